import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { AuditEntryView } from '../../../shared/ipc/channels/exchange.ts';
import { actorText, auditActionText, auditDetailName, auditDetailValue } from '../../../shared/text/audit-text.ts';
import { useText } from '../../text/use-text.ts';
import { Digest } from '../../ui/digest.tsx';
import { KeyValues } from '../../ui/key-values.tsx';
import { Aside } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { useShortcut } from '../../ui/use-shortcut.ts';

/** One entry in full. */
export function EntryAside({ entry, onClose }: { readonly entry: AuditEntryView; readonly onClose: () => void }) {
  const { t, exact } = useText();
  const { seq, at, actor, action, subject, detail, hash } = entry;
  useShortcut('Escape', onClose);
  const details = Object.entries(detail).map(
    ([name, value]) => [auditDetailName(t, name), auditDetailValue(t, name, value, exact)] as const,
  );
  return (
    <Aside label={t('window.audit.entry')}>
      <div className="audit-entry-head">
        <h2>{auditActionText(t, action)}</h2>
        <Button
          aria-label={t('window.matters.closePreview')}
          icon={<CloseOutlined />}
          size="small"
          type="text"
          onClick={onClose}
        />
      </div>
      <KeyValues
        items={[
          [t('window.audit.column.seq'), String(seq)],
          [t('window.audit.column.at'), exact(at)],
          [t('window.audit.column.actor'), actorText(t, actor)],
          [
            t('window.audit.column.subject'),
            subject === null ? (
              ''
            ) : (
              <span key="s" className="mono">
                {subject}
              </span>
            ),
          ],
          [t('window.audit.column.hash'), <Digest key="h" value={hash} />],
        ]}
      />
      {details.length > 0 && (
        <Section title={t('window.audit.detail')}>
          <KeyValues items={details} />
        </Section>
      )}
    </Aside>
  );
}
