import { FilePdfOutlined, FileTextOutlined, PrinterOutlined, SafetyCertificateOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import type { ToneName } from '../../../shared/design/tokens.ts';
import type { MatterView } from '../../../shared/ipc/channels/matter.ts';
import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import { procedureText } from '../../../shared/procedures/procedure-text.ts';
import { actOfMessage, findProcedureAct } from '../../text/form-text.ts';
import { procedureActText, stateText, typeText } from '../../text/labels.ts';
import { type Text, useText } from '../../text/use-text.ts';
import { Status } from '../../ui/status.tsx';

export type PaperItem = ResponseOf<'paper:list'>['items'][number];

interface Props {
  readonly matter: MatterView;
  readonly assignee: string | null;
  readonly papers: readonly PaperItem[];
  readonly onPaper: (paper: PaperItem) => void;
  readonly onEvidence: () => void;
  readonly onPrint: () => void;
  readonly onSavePdf: () => void;
}

/** The paper that says what was delivered to whom, and when it was signed for. */
export const PROOF = 'delivery-proof';

/** What the matter is, in two lines, and where it stands. */
export function Head({ matter, assignee, papers, onPaper, onEvidence, onPrint, onSavePdf }: Props) {
  const text = useText();
  const { t, date } = text;
  const proof = papers.findLast(({ id }) => id === PROOF);
  const others = papers.filter((paper) => paper !== proof);
  const procedure = findProcedureAct(matter, 'submit')?.procedure;
  return (
    <>
      <div className="matter-title">
        <h1 lang="zh-CN" title={matter.title}>
          {matter.title}
        </h1>
        <Status tone={toneOf(matter)}>{stateText(t, matter)}</Status>
        <div className="matter-proofs">
          <Dropdown
            menu={{
              items: [
                ...others.map((paper, index) => ({
                  key: `${paper.id}-${index}`,
                  label: (
                    <>
                      <span lang="zh-CN">{paper.title}</span>{' '}
                      <span className="meta text3 num">{messageOf(text, matter, paper)}</span>
                    </>
                  ),
                  onClick: () => onPaper(paper),
                })),
                ...(others.length === 0 ? [] : [{ type: 'divider' as const }]),
                { key: 'print', icon: <PrinterOutlined />, label: t('window.matter.print'), onClick: onPrint },
                { key: 'pdf', icon: <FilePdfOutlined />, label: t('window.matter.savePdf'), onClick: onSavePdf },
              ],
            }}
            trigger={['click']}
          >
            <Button icon={<FileTextOutlined />}>{t('window.matter.papers')}</Button>
          </Dropdown>
          {proof !== undefined && (
            <Button icon={<FilePdfOutlined />} onClick={() => onPaper(proof)}>
              {t('window.matter.proof')}
            </Button>
          )}
          <Button icon={<SafetyCertificateOutlined />} onClick={onEvidence}>
            {t('window.matter.evidence')}
          </Button>
        </div>
      </div>
      <p className="matter-facts num">
        <span>{typeText(t, matter.type)}</span>
        {assignee !== null && <span lang="zh-CN">{t('window.matters.chip.assignee', { name: assignee })}</span>}
        {matter.participants
          .filter(({ own }) => !own)
          .map(({ id, name, role }) => (
            <span key={id}>
              {procedure === undefined ? role : procedureText(t, procedure.name, 'roles', role)}{' '}
              <span lang="zh-CN">{name}</span>
            </span>
          ))}
        <span className="text3">{t('window.matters.opened', { date: date(matter.openedAt) })}</span>
      </p>
      <Steps matter={matter} />
    </>
  );
}

/** Of which message a paper is: several messages have papers of one title. */
function messageOf({ t, moment }: Text, matter: MatterView, { m }: PaperItem): string {
  const message = matter.timeline.find((entry) => entry.kind === 'message' && entry.m === m);
  if (message?.kind !== 'message') return '';
  const id = actOfMessage(matter, message)?.act.id;
  const act = id === undefined ? '' : procedureActText(t, matter, { id });
  return [act, moment(message.createdAt)].filter(Boolean).join(' · ');
}

function toneOf({ final, clocks }: MatterView): ToneName {
  if (final) return 'none';
  if (clocks.some(({ state }) => state === 'paused')) return 'paused';
  return 'waiting';
}

/** The way of the procedure: past, now, ahead. A state off the way stands in place of now. */
function Steps({ matter }: { readonly matter: MatterView }) {
  const { t } = useText();
  const { steps, type, subtype } = matter;
  return (
    <ol aria-label={t('window.matter.steps')} className="matter-steps">
      {steps.map(({ state, at }) => {
        const name = stateText(t, { type, subtype, state });
        return (
          <li key={state} className={at} {...(at === 'now' ? { 'aria-current': 'step' as const } : {})} title={name}>
            {name}
          </li>
        );
      })}
    </ol>
  );
}
