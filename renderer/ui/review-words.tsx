import type { ReviewItem } from '../../shared/ipc/channels/draft.ts';
import type { Bytes } from '../../shared/model/brand.ts';
import { procedureText } from '../../shared/procedures/procedure-text.ts';
import { visible } from '../../shared/text/visible.ts';
import { findProcedureAct, formRows, noticeText } from '../text/form-text.ts';
import { procedureActText } from '../text/labels.ts';
import { useNow } from '../text/use-now.ts';
import { useText } from '../text/use-text.ts';
import { Digest } from './digest.tsx';
import { SignedWords } from './signed-words.tsx';
import './review-words.css';

interface Props {
  readonly item: ReviewItem;
  /** Who would sign; empty where nobody can here. */
  readonly signer: string;
}

/** The very words and files that a signature would stand under, as main has them: every member of the form, every file by its digest. */
export function ReviewWords({ item, signer }: Props) {
  const { t, language, documentDay } = useText();
  const now = useNow();
  const found = findProcedureAct(item, item.actId);
  const rows = found === null ? [] : formRows(t, found.procedure, found.act, item.form);
  const notice = found === null ? '' : noticeText(t, found.procedure, found.act);
  const to = item.recipients.map(({ name }) => name).join(t('window.list.comma'));
  return (
    <>
      <SignedWords
        closing={t('window.review.closing', { name: signer, day: documentDay(now) })}
        lang={language}
        paragraphs={[
          ...(notice === '' ? [] : [notice]),
          ...rows.map(({ label, text }) => t('window.review.line', { label, text: visible(text) })),
        ]}
        title={procedureActText(t, item, { id: item.actId })}
        to={t('window.review.to', { to })}
      />
      <ReviewFiles
        item={item}
        kindText={(kind) => (found === null ? kind : procedureText(t, found.procedure.name, 'kinds', kind))}
      />
    </>
  );
}

function ReviewFiles({
  item: { documents },
  kindText,
}: {
  readonly item: ReviewItem;
  readonly kindText: (kind: string) => string;
}) {
  const { t, bytes } = useText();
  if (documents.length === 0) return <p className="meta text3 review-files">{t('window.review.noFiles')}</p>;
  const total = documents.reduce((sum, { size }) => sum + size, 0) as Bytes;
  return (
    <table className="review-files">
      <thead>
        <tr>
          <th scope="col">{t('window.review.files', { count: documents.length, size: bytes(total) })}</th>
          <th scope="col">{t('window.review.size')}</th>
          <th scope="col">{t('report.column.digest')}</th>
        </tr>
      </thead>
      <tbody>
        {documents.map(({ id, kind, name, size, sha256, to }) => (
          <tr key={id}>
            <td>
              {kindText(kind)}{' '}
              <span className="text3" lang="zh-CN">
                {visible(name)}
              </span>
              {to !== null && (
                <span className="text2">
                  {' '}
                  {t('window.review.onlyFor', {
                    offices: to.map((office) => office.name).join(t('window.list.comma')),
                  })}
                </span>
              )}
            </td>
            <td className="num nowrap">{bytes(size as Bytes)}</td>
            <td>
              <Digest value={sha256} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
