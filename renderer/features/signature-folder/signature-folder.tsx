import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useAsk } from '../../data/use-ask.ts';
import { useJob } from '../../data/use-job.ts';
import { useText } from '../../text/use-text.ts';
import { Empty } from '../../ui/empty.tsx';
import { ErrorSheet } from '../../ui/error-sheet.tsx';
import { ListReader } from '../../ui/list-reader.tsx';
import { WaitingRows } from '../../ui/waiting-rows.tsx';
import { BatchFoot } from './batch-foot.tsx';
import { canTick } from './folder-item.ts';
import { FolderRow } from './folder-row.tsx';
import { Reader } from './reader.tsx';
import './signature-folder.css';

/** What others have prepared: read to its end, then signed one by one under one passphrase. */
export function SignatureFolder() {
  const { t } = useText();
  const navigate = useNavigate();
  const { value, failure, again } = useAsk('signature:list', {});
  const [chosen, setChosen] = useState<string | null>(null);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [jobId, setJobId] = useState<string | null>(null);
  const job = useJob(jobId);
  const items = value?.items ?? [];
  const shown = items.find(({ draft }) => draft === chosen) ?? items[0];
  const picked = items.filter((item) => ticked.has(item.draft) && canTick(item));
  const results = new Map((job?.sent ?? []).map((result) => [result.draft, result] as const));

  const toggle = (draft: string): void =>
    setTicked((before) => new Set(before.has(draft) ? [...before].filter((one) => one !== draft) : [...before, draft]));

  return (
    <ListReader
      foot={
        value !== undefined &&
        value.signers.length > 0 &&
        items.length > 0 && (
          <BatchFoot
            job={job}
            picked={picked}
            signers={value.signers}
            onMissing={() =>
              setChosen(items.find(({ read, digest }) => !read && digest !== null)?.draft ?? shown?.draft ?? null)
            }
            onStarted={(id) => {
              setJobId(id);
              setTicked(new Set());
            }}
          />
        )
      }
      head={
        <div className="list-head">
          <h1>{t('window.frame.folder')}</h1>
          {value !== undefined && items.length > 0 && (
            <span className="text3">{t('window.folder.waiting', { count: items.length })}</span>
          )}
        </div>
      }
      reader={shown !== undefined && <Reader key={`${shown.draft}-${shown.digest}`} item={shown} />}
      readerLabel={t('window.folder.content')}
    >
      {failure !== null && <ErrorSheet failure={failure} onRetry={again} />}
      {failure === null && value === undefined && <WaitingRows count={6} label={t('window.waiting')} />}
      {value !== undefined && items.length === 0 && (
        <Empty act={<Button onClick={() => void navigate('/new')}>{t('window.frame.newRequest')}</Button>}>
          {t('window.folder.none')}
        </Empty>
      )}
      <ul>
        {items.map((item) => (
          <FolderRow
            key={item.draft}
            chosen={item.draft === shown?.draft}
            item={item}
            result={results.get(item.draft) ?? null}
            ticked={ticked.has(item.draft) && canTick(item)}
            onOpen={() => setChosen(item.draft)}
            onTick={() => toggle(item.draft)}
          />
        ))}
      </ul>
      <Done job={job} gone={(draft) => !items.some((item) => item.draft === draft)} />
    </ListReader>
  );
}

/** What was signed has left the list: said here, one by one, never as a sum. */
function Done({ job, gone }: { readonly job: ReturnType<typeof useJob>; readonly gone: (draft: string) => boolean }) {
  const { t } = useText();
  const navigate = useNavigate();
  const signed = (job?.sent ?? []).flatMap(({ draft, m }) => (m !== null && gone(draft) ? [m] : []));
  if (signed.length === 0) return null;
  return (
    <ul className="folder-done">
      {signed.map((m) => (
        <li key={m}>
          <span>{t('window.folder.signed')}</span>
          <span className="mono">{m.slice(0, 8)}</span>
          <button type="button" className="link" onClick={() => void navigate(`/verify/message/${m}`)}>
            {t('window.matter.verify')}
          </button>
        </li>
      ))}
    </ul>
  );
}
