import type { ReactNode } from 'react';
import type { VerificationView } from '../../../shared/ipc/channels/message.ts';
import type { Bytes } from '../../../shared/model/brand.ts';
import { describeReport } from '../../../shared/report/describe-report.ts';
import type { CheckView, ReportView, SignatureView } from '../../../shared/report/report-view.ts';
import { useText } from '../../text/use-text.ts';
import { Digest } from '../../ui/digest.tsx';
import { DocumentRow } from '../../ui/document-row.tsx';
import { Dot, Shield } from '../../ui/glyphs.tsx';
import { KeyValues } from '../../ui/key-values.tsx';
import { Section } from '../../ui/section.tsx';
import { Tag } from '../../ui/status.tsx';
import { TONE_VERDICTS } from './tone-verdicts.ts';

const DIGEST = /^[0-9a-f]{64}$/;

interface Props {
  readonly verification: VerificationView;
  readonly detailed: boolean;
  /** Where it came from, where the office knows. */
  readonly origin: ReactNode;
  /** What can be done about a verdict that is open. */
  readonly remind: ReactNode;
}

/** One verdict sentence, then who, then why: the same words as in the printed report. The worst signature decides the band. */
export function Report({ verification, detailed, origin, remind }: Props) {
  const { t, language, exact } = useText();
  const { report, at } = verification;
  const view = describeReport(report, {
    t,
    language,
    time: exact,
    zone: 'UTC+8',
    clock: Math.abs(Date.parse(report.validationTime) - Date.parse(at)) < 60_000 ? 'local' : 'given',
  });
  return (
    <div className="verify">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard */}
      <section aria-label={t('window.verify.result')} className="verify-result" tabIndex={0}>
        <Band act={view.indication === 'INDETERMINATE' ? remind : null} view={view} />
        {view.signatures.length > 0 && (
          <div className="sheet">
            {view.signatures.map((signature, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: signatures have no other name than their place
              <Signature key={index} detailed={detailed} signature={signature} />
            ))}
          </div>
        )}
        {detailed && view.checks.length > 0 && (
          <Section title={t('window.verify.wholeFile')}>
            <div className="sheet verify-whole">
              <Checks checks={view.checks} />
            </div>
          </Section>
        )}
      </section>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard */}
      <section aria-label={t('window.verify.aside')} className="verify-aside" tabIndex={0}>
        {report.documents.length > 0 && (
          <Section extra={report.documents.length} title={t('window.verify.documents')}>
            <ul className="sheet verify-files">
              {report.documents.map(({ name, size, sha256 }) => (
                <DocumentRow key={name} digest={sha256} name={name} size={size as Bytes} />
              ))}
            </ul>
          </Section>
        )}
        <Section title={t('window.verify.about')}>
          <div className="sheet verify-about">
            <KeyValues
              items={[
                ...(origin === null ? [] : [[t('window.verify.origin'), origin] as const]),
                ...view.about.map(
                  ({ label, value }) =>
                    [label, DIGEST.test(value) ? <Digest key={label} value={value} /> : value] as const,
                ),
              ]}
            />
          </div>
        </Section>
        <Section title={t('window.verify.limits')}>
          <p className="text2 verify-limits">{view.limits}</p>
        </Section>
      </section>
    </div>
  );
}

function Band({ view: { band }, act }: { readonly view: ReportView; readonly act: ReactNode }) {
  return (
    <div className={`verify-band verify-band-${band.tone}`}>
      <Shield size={40} verdict={TONE_VERDICTS[band.tone]} />
      <div>
        <h2>{band.headline}</h2>
        {band.lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        <p className="text2 num">{band.meta}</p>
        {act}
      </div>
    </div>
  );
}

function Signature({ signature, detailed }: { readonly signature: SignatureView; readonly detailed: boolean }) {
  const { t } = useText();
  const { name, word, tone, facts, advice, particulars, checks } = signature;
  return (
    <article className="verify-signature">
      <header>
        <Shield verdict={TONE_VERDICTS[tone]} />
        <h3 lang="zh-CN">{name}</h3>
        <Tag tone={tone}>{word}</Tag>
        <span className="meta text3 push num">{t('window.verify.checks', { count: checks.length })}</span>
      </header>
      <dl className="verify-facts">
        {facts.map(({ id, label, tone: found, value, source }) => (
          <div key={id}>
            <dt>{label}</dt>
            <dd className="num">
              <Dot size={14} tone={found} />
              <span>
                {value}
                {source !== null && <span className="text3 meta">{t('window.verify.source', { source })}</span>}
              </span>
            </dd>
          </div>
        ))}
        {advice !== null && (
          <div>
            <dt>{t('window.verify.advice')}</dt>
            <dd>
              <Dot size={14} tone="none" />
              <span>{advice}</span>
            </dd>
          </div>
        )}
      </dl>
      {detailed && (
        <div className="verify-more">
          <KeyValues
            items={particulars.map(({ label, value }) => [
              label,
              <span key={label} className={DIGEST.test(value) ? 'mono' : 'num'}>
                {value}
              </span>,
            ])}
          />
          <Checks checks={checks} />
        </div>
      )}
    </article>
  );
}

function Checks({ checks }: { readonly checks: readonly CheckView[] }) {
  const { t } = useText();
  return (
    <table className="verify-checks">
      <thead>
        <tr>
          <th scope="col">{t('window.verify.check')}</th>
          <th scope="col">{t('window.verify.block')}</th>
          <th scope="col">{t('window.verify.seen')}</th>
        </tr>
      </thead>
      <tbody>
        {checks.map(({ id, name, block, tone, result, value, source }) => (
          <tr key={`${id}-${value}`}>
            <td>
              <span className="verify-check-name">
                <Dot size={14} tone={tone} />
                <span>
                  {name} <span className={`tone-${tone}`}>{result}</span>
                </span>
              </span>
            </td>
            <td className="text2">{block}</td>
            <td className="text2">
              {value}
              {value !== '' && ' · '}
              <span className="text3">{source}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
