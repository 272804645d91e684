import { Button } from 'antd';
import type { MatterView } from '../../../shared/ipc/channels/matter.ts';
import type { Bytes } from '../../../shared/model/brand.ts';
import { procedureText } from '../../../shared/procedures/procedure-text.ts';
import { findProcedureAct } from '../../text/form-text.ts';
import { useText } from '../../text/use-text.ts';
import { DocumentRow } from '../../ui/document-row.tsx';
import { Empty } from '../../ui/empty.tsx';
import type { MatterDocument } from './matter-aside.tsx';

interface Props {
  readonly matter: MatterView;
  readonly documents: readonly MatterDocument[];
  readonly onOpen: (document: MatterDocument) => void;
  readonly onExport: (document: MatterDocument) => void;
  /** To what was sent and received, which documents come with. */
  readonly onTimeline: () => void;
}

/** Every document of the matter, the newest message first, with what it was sent as and by whom. */
export function DocumentsTab({ matter, documents, onOpen, onExport, onTimeline }: Props) {
  const { t, moment } = useText();
  const procedure = findProcedureAct(matter, 'submit')?.procedure;
  if (documents.length === 0)
    return (
      <Empty act={<Button onClick={onTimeline}>{t('window.matter.toTimeline')}</Button>}>
        {t('window.matter.noDocuments')}
      </Empty>
    );
  return (
    <ul className="matter-documents sheet">
      {documents.map((one) => {
        const { message, document } = one;
        return (
          <DocumentRow
            key={`${message.m}-${document.index}`}
            digest={document.sha256}
            extra={
              <div className="matter-document-facts">
                <span className="meta text3">
                  {procedure === undefined ? document.kind : procedureText(t, procedure.name, 'kinds', document.kind)}
                  {' · '}
                  <span lang="zh-CN">{message.own ? t('window.matter.us') : message.sender.name}</span>
                  {' · '}
                  <span className="num">{moment(message.storedAt)}</span>
                </span>
                {!message.filesGone && (
                  <Button size="small" onClick={() => onExport(one)}>
                    {t('window.matter.exportDocument')}
                  </Button>
                )}
              </div>
            }
            name={document.name}
            size={document.size as Bytes}
            {...(message.filesGone ? {} : { onOpen: () => onOpen(one) })}
          />
        );
      })}
    </ul>
  );
}
