import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useNavigate } from 'react-router';
import type { MatterId } from '../../../shared/model/brand.ts';
import { useAsk } from '../../data/use-ask.ts';
import { actText, clockName, stateText, typeText } from '../../text/labels.ts';
import { useText } from '../../text/use-text.ts';
import { ClockCard } from '../../ui/clock-card.tsx';
import { ErrorSheet } from '../../ui/error-sheet.tsx';
import { KeyValues } from '../../ui/key-values.tsx';
import { Aside } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { Status } from '../../ui/status.tsx';
import { WaitingRows } from '../../ui/waiting-rows.tsx';

interface Props {
  readonly matter: MatterId;
  readonly onClose: () => void;
}

/** A matter at a glance, beside the list: where it stands, what is due, what came last. */
export function Preview({ matter, onClose }: Props) {
  const { t, date, moment } = useText();
  const navigate = useNavigate();
  const { value, failure, again } = useAsk('matter:preview', { matter }, { keep: true });
  return (
    <Aside label={t('window.matters.preview')}>
      {failure !== null && <ErrorSheet failure={failure} onRetry={again} />}
      {failure === null && value === undefined && <WaitingRows count={4} label={t('window.waiting')} />}
      {value !== undefined && (
        <>
          <div className="preview-head">
            <h2 lang="zh-CN">{value.title}</h2>
            <Button
              aria-label={t('window.matters.closePreview')}
              icon={<CloseOutlined />}
              size="small"
              type="text"
              onClick={onClose}
            />
            <Status tone={value.final ? 'none' : 'waiting'}>{stateText(t, value)}</Status>
          </div>
          <KeyValues
            items={[
              [t('window.matters.column.type'), typeText(t, value.type)],
              [
                t('window.matters.participants'),
                <span key="participants" lang="zh-CN">
                  {value.participants
                    .filter(({ own }) => !own)
                    .map(({ name }) => name)
                    .join('、')}
                </span>,
              ],
              [t('window.matters.openedAt'), date(value.openedAt)],
              [
                t('window.matters.amount'),
                t('window.matters.amountOf', { messages: value.messages, documents: value.documents }),
              ],
            ]}
          />
          <Button block type="primary" onClick={() => void navigate(`/matters/${value.id}`)}>
            {t('window.matters.openMatter')}
          </Button>
          {value.clocks.length > 0 && (
            <Section title={t('window.matters.column.due')}>
              {value.clocks.map((clock) => (
                <ClockCard key={`${clock.id}-${clock.turn}`} clock={clock} name={clockName(t, value, clock)} />
              ))}
            </Section>
          )}
          {value.last !== null && (
            <Section title={t('window.matters.last')}>
              <p className="preview-last">
                {value.last.act !== null && <span className="strong">{actText(t, value.last.act)}</span>}
                <span lang="zh-CN">{value.last.sender.name}</span>
                <span className="text3 num">{moment(value.last.storedAt)}</span>
              </p>
            </Section>
          )}
        </>
      )}
    </Aside>
  );
}
