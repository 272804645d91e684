import { Button } from 'antd';
import type { MatterView, TimelineMessage } from '../../../shared/ipc/channels/matter.ts';
import type { DocumentView } from '../../../shared/ipc/parts.ts';
import type { Bytes } from '../../../shared/model/brand.ts';
import { isAwaited } from '../../../shared/procedures/awaited-act.ts';
import { useReminders } from '../../data/use-reminders.ts';
import { clockName, procedureActText } from '../../text/labels.ts';
import { useText } from '../../text/use-text.ts';
import { ClockCard } from '../../ui/clock-card.tsx';
import { DocumentRow } from '../../ui/document-row.tsx';
import { type Failure, FailureLine } from '../../ui/error-sheet.tsx';
import { Aside } from '../../ui/page.tsx';
import { RemindMe } from '../../ui/remind-me.tsx';
import { Section } from '../../ui/section.tsx';

export interface MatterDocument {
  readonly message: TimelineMessage;
  readonly document: DocumentView;
}

interface Props {
  readonly matter: MatterView;
  readonly documents: readonly MatterDocument[];
  readonly failure: Failure | null;
  readonly onAct: (actId: string) => void;
  readonly onDocument: (document: MatterDocument) => void;
  readonly onAllDocuments: () => void;
}

const SHOWN = 3;

/** What can be done now, until when, and with which papers. */
export function MatterAside({ matter, documents, failure, onAct, onDocument, onAllDocuments }: Props) {
  const { t } = useText();
  // Filled is what the procedure waits for; where it waits for the other side, nothing is.
  const first = matter.turn === 'ours' ? matter.allowed.find(({ act }) => isAwaited(act)) : undefined;
  const others = matter.allowed.filter((one) => one !== first);
  const clocks = [...matter.clocks].sort((a, b) => Number(isOver(a.state)) - Number(isOver(b.state)));
  const drafted = new Set(matter.drafts.map(({ actId }) => actId));
  const label = (id: string): string =>
    t(drafted.has(id) ? 'window.matter.goOn' : 'window.matter.act', { act: procedureActText(t, matter, { id }) });
  return (
    <Aside label={t('window.matter.aside')}>
      <Section title={t('window.matter.allowed')}>
        {(matter.turn !== 'ours' || matter.allowed.length === 0) && (
          <p className="text3 meta">{t(matter.final ? 'window.matter.over' : 'window.matter.theirMove')}</p>
        )}
        {matter.allowed.length > 0 && (
          <div className="matter-acts">
            {first !== undefined && (
              <Button block type="primary" onClick={() => onAct(first.id)}>
                {label(first.id)}
              </Button>
            )}
            {others.map(({ id }) => (
              <Button key={id} onClick={() => onAct(id)}>
                {label(id)}
              </Button>
            ))}
          </div>
        )}
        {failure !== null && <FailureLine failure={failure} />}
        <Reminders matter={matter} />
      </Section>
      {clocks.length > 0 && (
        <Section title={t('window.matters.column.due')}>
          {clocks.map((clock) => (
            <ClockCard key={`${clock.id}-${clock.turn}`} clock={clock} name={clockName(t, matter, clock)} />
          ))}
        </Section>
      )}
      {documents.length > 0 && (
        <Section
          extra={
            <button type="button" className="link" onClick={onAllDocuments}>
              {t('window.matter.allDocuments', { n: documents.length })}
            </button>
          }
          title={t('window.matter.documents')}
        >
          <ul>
            {documents.slice(0, SHOWN).map((one) => (
              <DocumentRow
                key={`${one.message.m}-${one.document.index}`}
                digest={one.document.sha256}
                name={one.document.name}
                size={one.document.size as Bytes}
                {...(one.message.filesGone ? {} : { onOpen: () => onDocument(one) })}
              />
            ))}
          </ul>
        </Section>
      )}
    </Aside>
  );
}

/** Before the first deadline that runs, or whenever a person wants. */
function Reminders({ matter: { id, clocks } }: { readonly matter: MatterView }) {
  const reminders = useReminders({ kind: 'matter', matter: id });
  const deadlines = clocks.flatMap(({ state, due }) => (state === 'running' && due !== null ? [due] : [])).sort();
  return <RemindMe {...reminders} deadline={deadlines[0] ?? null} />;
}

function isOver(state: MatterView['clocks'][number]['state']): boolean {
  return state === 'met' || state === 'stopped' || state === 'lapsed';
}
