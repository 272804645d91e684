import { App } from 'antd';
import { type ClipboardEvent, useState } from 'react';
import type { DraftView, StagedDocument } from '../../../shared/ipc/channels/draft.ts';
import type { Job } from '../../../shared/ipc/channels/job.ts';
import type { ChosenFile } from '../../../shared/ipc/parts.ts';
import type { Bytes, Milliseconds } from '../../../shared/model/brand.ts';
import type { Procedure } from '../../../shared/procedures/procedure.ts';
import { procedureText } from '../../../shared/procedures/procedure-text.ts';
import { registerDropped } from '../../bridge.ts';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { useEvent } from '../../data/use-events.ts';
import { sentence } from '../../text/sentence.ts';
import { useNow } from '../../text/use-now.ts';
import { useText } from '../../text/use-text.ts';
import { FailureLine } from '../../ui/error-sheet.tsx';
import { Section } from '../../ui/section.tsx';
import { Slot } from '../../ui/slot.tsx';
import { SlotFile } from '../../ui/slot-file.tsx';
import { OTHER_SLOT, type SlotView } from './to-slots.ts';

interface Props {
  readonly draft: DraftView;
  readonly procedure: Procedure;
  readonly slots: readonly SlotView[];
  /** From the first review on, an empty required slot is a failure. */
  readonly reviewed: boolean;
  readonly onOpen: (document: StagedDocument) => void;
}

export const slotId = (slot: string): string => `slot-${slot}`;

/** Papers into their places: by dialog, by dropping, by pasting, from the scanner's folder. */
export function Materials({ draft, procedure, slots, reviewed, onOpen }: Props) {
  const { t } = useText();
  const { message } = App.useApp();
  const choose = useTell('file:choose');
  const folder = useTell('file:choose-folder');
  const list = useTell('file:list-folder');
  const add = useTell('draft:add-files');
  const paste = useTell('draft:add-bytes');
  const change = useTell('draft:change-document');
  const remove = useTell('draft:remove-document');
  const jobs = useStageJobs();
  const failure = [choose, folder, list, add, paste, change, remove]
    .map((one) => one.failure)
    .find((one) => one !== null);

  const put = (kind: string, files: readonly ChosenFile[]): void => {
    if (files.length > 0) add.tell({ draft: draft.id, kind, files: files.map(({ token }) => token), to: null });
  };
  const pick = (kind: string): void =>
    choose.tell({ purpose: 'documents', several: true }, { onSuccess: ({ files }) => put(kind, files) });
  const drop = (kind: string, files: readonly File[]): void => {
    void registerDropped(files).then(
      (registered) => {
        put(kind, registered);
        // What another program drags without a file on disk comes as bytes.
        if (registered.length === 0) void pasteFiles(kind, files);
      },
      () => message.error(t('window.compose.dropFailed')),
    );
  };
  const pasteFiles = async (kind: string, files: readonly File[]): Promise<void> => {
    for (const file of files) {
      const bytes = new Uint8Array(await file.arrayBuffer());
      if (bytes.length > 0) paste.tell({ draft: draft.id, kind, name: file.name, bytes });
    }
  };
  const onPaste = (event: ClipboardEvent): void => {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    const focused = (event.target as HTMLElement).closest('[data-slot]')?.getAttribute('data-slot');
    const slot =
      slots.find(({ id }) => id === focused) ??
      slots.find(({ mandatory, documents }) => mandatory && documents.length === 0);
    void pasteFiles(slot?.kinds[0] ?? OTHER_SLOT, files);
  };
  const scan = (): void =>
    folder.tell(
      { purpose: 'scan' },
      {
        onSuccess: ({ folder: chosen }) => {
          if (chosen !== null) {
            list.tell({ folder: chosen.token }, { onSuccess: ({ files }) => put(firstEmpty(slots), files) });
          }
        },
      },
    );
  const kindText = (kind: string): string => procedureText(t, procedure.name, 'kinds', kind);

  return (
    <Section
      extra={
        <>
          {t('window.compose.ways')}
          <button type="button" className="link" onClick={scan}>
            {t('window.compose.scan')}
          </button>
        </>
      }
      title={t('window.matter.documents')}
    >
      <ul className="slots sheet" onPaste={onPaste}>
        {slots.map((slot) => (
          <Slot
            key={slot.id}
            id={slotId(slot.id)}
            name={sentence(procedureText(t, procedure.name, 'documents', slot.id))}
            optional={!slot.mandatory}
            state={stateOf(slot, reviewed)}
            onFiles={(files) => drop(slot.kinds[0] ?? OTHER_SLOT, files)}
            onPick={() => pick(slot.kinds[0] ?? OTHER_SLOT)}
          >
            {slot.documents.map((document) => (
              <StagedFile
                key={document.id}
                document={document}
                job={jobs.get(document.id) ?? null}
                menu={[
                  { key: 'more', label: t('window.slot.addMore'), onClick: () => pick(slot.kinds[0] ?? OTHER_SLOT) },
                  ...slots
                    .flatMap(({ kinds }) => kinds)
                    .filter((kind) => kind !== document.kind)
                    .map((kind) => ({
                      key: kind,
                      label: t('window.slot.moveTo', { name: kindText(kind) }),
                      onClick: () => change.tell({ draft: draft.id, document: document.id, kind }),
                    })),
                  {
                    key: 'remove',
                    label: t('window.slot.remove'),
                    onClick: () => remove.tell({ draft: draft.id, document: document.id }),
                  },
                ]}
                note={slot.kinds.length > 1 ? kindText(document.kind) : null}
                onOpen={() => onOpen(document)}
              />
            ))}
          </Slot>
        ))}
      </ul>
      {failure != null && <FailureLine failure={failure} />}
    </Section>
  );
}

function firstEmpty(slots: readonly SlotView[]): string {
  return slots.find(({ documents }) => documents.length === 0)?.kinds[0] ?? OTHER_SLOT;
}

function stateOf({ documents, mandatory }: SlotView, reviewed: boolean): 'empty' | 'missing' | 'hashing' | 'filled' {
  if (documents.some(({ state }) => state === 'hashing')) return 'hashing';
  if (documents.some(({ state }) => state === 'failed')) return 'missing';
  if (documents.length > 0) return 'filled';
  return mandatory && reviewed ? 'missing' : 'empty';
}

interface FileProps {
  readonly document: StagedDocument;
  readonly job: Job | null;
  readonly note: string | null;
  readonly menu: Parameters<typeof SlotFile>[0]['menu'];
  readonly onOpen: () => void;
}

function StagedFile({ document, job, note, menu, onOpen }: FileProps) {
  const { t } = useText();
  const now = useNow();
  const { name, size, sha256, state, failure } = document;
  const percent = job === null || job.total === 0 ? 0 : Math.floor((job.done / job.total) * 100);
  const elapsed = job === null ? 0 : Math.max(0, now.getTime() - Date.parse(job.startedAt));
  const left = job === null || job.done === 0 || elapsed === 0 ? null : ((job.total - job.done) / job.done) * elapsed;
  return (
    <SlotFile
      digest={sha256}
      menu={menu}
      name={name}
      note={note}
      problem={failure === null ? null : t(`errors.${failure.code}`, failure.params)}
      progress={state === 'hashing' ? { percent, left: left as Milliseconds | null } : null}
      size={size as Bytes}
      {...(state === 'ready' ? { onOpen } : {})}
    />
  );
}

/** What is being taken in, by document. */
function useStageJobs(): ReadonlyMap<string, Job> {
  const listed = useAsk('job:list', {}).value;
  const [told, setTold] = useState<ReadonlyMap<string, Job>>(new Map());
  useEvent('job:changed', (job) => {
    if (job.kind === 'stage' && job.document !== null)
      setTold((before) => new Map(before).set(job.document ?? '', job));
  });
  const first = (listed?.items ?? []).flatMap((job) =>
    job.document === null ? [] : [[job.document as string, job] as const],
  );
  return new Map([...first, ...told]);
}
