import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { ErrorSheet, FailureLine } from '../../ui/error-sheet.tsx';
import { ReviewWords } from '../../ui/review-words.tsx';
import { WaitingRows } from '../../ui/waiting-rows.tsx';
import type { FolderItem } from './folder-item.ts';

/** The very words and digests. The mark that they were read appears after their end was in view. */
export function Reader({ item }: { readonly item: FolderItem }) {
  const { t } = useText();
  const navigate = useNavigate();
  const review = useAsk('signature:review', { draft: item.draft }, { enabled: item.digest !== null });
  const current = useAsk('identity:list', {}).value;
  const mark = useTell('signature:mark-read');
  const back = useTell('draft:take-back');
  const end = useRef<HTMLDivElement>(null);
  const shown = review.value?.item;
  const { read, digest, draft } = item;
  const signer = current?.items.find(({ person }) => person === current.current)?.name ?? '';
  const ready = shown !== undefined && !read && digest !== null && shown.digest === digest;
  const { tell } = mark;

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each text
  useEffect(() => {
    const element = end.current;
    if (!ready || element === null || digest === null) return;
    const watcher = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting !== true) return;
      watcher.disconnect();
      tell({ draft, digest });
    });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [ready, draft, digest]);

  const takeBack = (): void => back.tell({ draft }, { onSuccess: () => void navigate(`/drafts/${draft}`) });
  const failure = mark.failure ?? back.failure;
  return (
    <>
      <div className="folder-reader-head">
        <h2>{t('window.folder.reading')}</h2>
        <Button loading={back.isPending} size="small" onClick={takeBack}>
          {t('window.folder.takeBack')}
        </Button>
      </div>
      {failure !== null && <FailureLine failure={failure} />}
      {item.failure !== null && <ErrorSheet failure={item.failure} />}
      {review.failure !== null && <ErrorSheet failure={review.failure} onRetry={review.again} />}
      {digest !== null && review.failure === null && shown === undefined && (
        <WaitingRows count={5} label={t('window.waiting')} />
      )}
      {shown !== undefined && <ReviewWords item={shown} signer={signer} />}
      {shown !== undefined && (
        <p className="folder-recipients text2">
          {t('window.review.recipients')}{' '}
          <span lang="zh-CN">{shown.recipients.map(({ name }) => name).join(t('window.list.comma'))}</span>
          {t('window.review.onlyThese', { count: shown.recipients.length })}
        </p>
      )}
      <div ref={end} className="folder-end" />
    </>
  );
}
