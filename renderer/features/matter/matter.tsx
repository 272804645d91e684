import { Button, Tabs } from 'antd';
import { useEffect, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { MatterView, TimelineMessage } from '../../../shared/ipc/channels/matter.ts';
import type { MatterId } from '../../../shared/model/brand.ts';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { ErrorSheet, FailureLine } from '../../ui/error-sheet.tsx';
import { Dot } from '../../ui/glyphs.tsx';
import { useShortcut } from '../../ui/use-shortcut.ts';
import { WaitingRows } from '../../ui/waiting-rows.tsx';
import { DeliveryDialog } from './delivery-dialog.tsx';
import { DocumentsTab } from './documents-tab.tsx';
import { EvidenceDialog } from './evidence-dialog.tsx';
import { Head, type PaperItem, PROOF } from './head.tsx';
import { LogTab } from './log-tab.tsx';
import { MatterAside, type MatterDocument } from './matter-aside.tsx';
import { MessageDocument } from './message-document.tsx';
import { NotesTab } from './notes-tab.tsx';
import { PaperPreview } from './paper-preview.tsx';
import { Timeline } from './timeline.tsx';
import './matter.css';

/** One matter with everything in it. */
export function Matter() {
  const { t } = useText();
  const navigate = useNavigate();
  const id = useParams()['matter'] as MatterId;
  const { value, failure, again } = useAsk('matter:show', { matter: id });
  if (failure !== null) {
    return (
      <div className="page">
        <h1 className="unseen">{t('window.frame.matters')}</h1>
        <ErrorSheet
          act={
            <Button size="small" onClick={() => void navigate('/matters')}>
              {t('window.frame.matters')}
            </Button>
          }
          failure={failure}
          onRetry={again}
        />
      </div>
    );
  }
  if (value === undefined) {
    return (
      <div className="page">
        <h1 className="unseen">{t('window.frame.matters')}</h1>
        <WaitingRows count={6} label={t('window.waiting')} />
      </div>
    );
  }
  return <Open key={id} matter={value} />;
}

type Tab = 'all' | 'documents' | 'notes' | 'log';

function Open({ matter }: { readonly matter: MatterView }) {
  const { t } = useText();
  const [tab, setTab] = useState<Tab>('all');
  const [paper, setPaper] = useState<PaperItem | null>(null);
  const [shown, setShown] = useState<MatterDocument | null>(null);
  const [packing, setPacking] = useState(false);
  const [tracked, setTracked] = useState<TimelineMessage | null>(null);
  const papers = useAsk('paper:list', { matter: matter.id }).value?.items ?? [];
  const office = useAsk('office:show', {}).value;
  const saved = useTell('document:export');
  const print = useTell('matter:print');
  const pdf = useTell('matter:save-pdf');
  const { acts, failure: actFailure } = useMessageActs(matter, setShown);
  const proofOf = ({ m }: TimelineMessage) => {
    const proof = papers.find((one) => one.id === PROOF && one.m === m);
    return proof === undefined ? null : () => setPaper(proof);
  };
  const { begin, failure: beginFailure } = useBeginAct(matter);
  const documents = documentsOf(matter);
  const proof = papers.findLast(({ id }) => id === PROOF);
  useShortcut('Mod+P', () => proof !== undefined && setPaper(proof));
  const failure = saved.failure ?? print.failure ?? pdf.failure ?? actFailure;
  return (
    <div className="matter">
      <header className="matter-head">
        <Head
          assignee={office?.card?.persons.find((person) => person.id === matter.assignee)?.name ?? null}
          matter={matter}
          papers={papers}
          onEvidence={() => setPacking(true)}
          onPaper={setPaper}
          onPrint={() => print.tell({ matter: matter.id })}
          onSavePdf={() => pdf.tell({ matter: matter.id })}
        />
        <Tabs
          activeKey={tab}
          items={[
            {
              key: 'all',
              label: t('window.matter.tab.all', { n: matter.timeline.filter(({ kind }) => kind === 'message').length }),
            },
            { key: 'documents', label: t('window.matter.tab.documents', { n: documents.length }) },
            { key: 'notes', label: t('window.matter.tab.notes', { n: matter.notes.length }) },
            { key: 'log', label: t('window.matter.tab.log') },
          ]}
          onChange={(key) => setTab(key as Tab)}
        />
      </header>
      <div className="matter-body">
        <div className="matter-main">
          <Warnings matter={matter} />
          {failure !== null && <FailureLine failure={failure} />}
          {tab === 'all' && <Timeline matter={matter} proofOf={proofOf} {...acts} onDelivery={setTracked} />}
          {tab !== 'all' && (
            <div className="matter-tab">
              {tab === 'documents' && (
                <DocumentsTab
                  documents={documents}
                  matter={matter}
                  onExport={({ message, document }) => saved.tell({ m: message.m, index: document.index })}
                  onOpen={setShown}
                  onTimeline={() => setTab('all')}
                />
              )}
              {tab === 'notes' && <NotesTab matter={matter} />}
              {tab === 'log' && <LogTab matter={matter.id} />}
            </div>
          )}
        </div>
        <MatterAside
          documents={documents}
          failure={beginFailure}
          matter={matter}
          onAct={begin}
          onAllDocuments={() => setTab('documents')}
          onDocument={setShown}
        />
      </div>
      {paper !== null && <PaperPreview matter={matter.id} paper={paper} onClose={() => setPaper(null)} />}
      {packing && <EvidenceDialog matter={matter.id} onClose={() => setPacking(false)} />}
      {tracked !== null && <DeliveryDialog message={tracked} onClose={() => setTracked(null)} />}
      {shown !== null && <ShownDocument shown={shown} onClose={() => setShown(null)} />}
    </div>
  );
}

/** To have shown a document of a received message is to have opened the message: its sender gets a receipt of that. */
function ShownDocument({
  shown: { message, document },
  onClose,
}: {
  readonly shown: MatterDocument;
  readonly onClose: () => void;
}) {
  const { tell } = useTell('message:mark-opened');
  const due = !message.own && message.openedAt === null && message.status === 'accepted';
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each message that is shown
  useEffect(() => {
    if (due) tell({ m: message.m });
  }, [message.m]);
  return <MessageDocument index={document.index} m={message.m} onClose={onClose} />;
}

function useMessageActs(matter: MatterView, show: (document: MatterDocument) => void) {
  const navigate = useNavigate();
  const opened = useTell('message:mark-opened');
  const exported = useTell('message:export');
  return {
    failure: opened.failure ?? exported.failure,
    acts: {
      onDocument: (message: TimelineMessage, document: MatterDocument['document']) => show({ message, document }),
      onOpened: ({ m }: TimelineMessage) => opened.tell({ m }),
      onVerify: ({ m }: TimelineMessage) => void navigate(`/verify/message/${m}?matter=${matter.id}`),
      onExport: ({ m }: TimelineMessage) => exported.tell({ m, level: 'LT' }),
    },
  };
}

/** A draft of the act is gone on with, where there is one. */
function useBeginAct(matter: MatterView) {
  const navigate = useNavigate();
  const create = useTell('draft:create');
  return {
    failure: create.failure,
    begin: (act: string): void => {
      const draft = matter.drafts.find(({ actId }) => actId === act);
      if (draft !== undefined) void navigate(`/drafts/${draft.id}`);
      else {
        create.tell(
          { target: { kind: 'matter', matter: matter.id, act } },
          { onSuccess: ({ id }) => void navigate(`/drafts/${id}`) },
        );
      }
    },
  };
}

/** What is not whole yet, and what the lead has contradicted itself in. */
function Warnings({ matter: { gap, conflict } }: { readonly matter: MatterView }) {
  const { t } = useText();
  const words = [
    ...(gap === null ? [] : [gap.certain ? t('window.matter.gap', { count: gap.wanted }) : t('window.matter.gapOpen')]),
    ...(conflict === null ? [] : [t('window.matter.conflict', { pos: conflict.pos })]),
  ];
  return words.map((word) => (
    <p key={word} className="matter-warning" role="status">
      <Dot tone={word === words.at(-1) && conflict !== null ? 'failed' : 'waiting'} />
      {word}
    </p>
  ));
}

function documentsOf({ timeline }: MatterView): MatterDocument[] {
  return timeline
    .flatMap((entry) =>
      entry.kind === 'message' ? entry.documents.map((document) => ({ message: entry, document })) : [],
    )
    .reverse();
}
