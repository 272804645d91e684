import { Button } from 'antd';
import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { regionText } from '../../text/labels.ts';
import { type Text, useText } from '../../text/use-text.ts';
import { Empty } from '../../ui/empty.tsx';
import { ErrorSheet, FailureLine } from '../../ui/error-sheet.tsx';
import { Section } from '../../ui/section.tsx';
import { Status } from '../../ui/status.tsx';

type Signed = ResponseOf<'directory:list-signed'>['items'][number];
type Imported = ResponseOf<'directory:import-signed'>;

/** Directories that a bureau or an association signs: they introduce offices that nobody here has met, and move no pin that stands. */
export function SignedDirectories() {
  const { t } = useText();
  const list = useAsk('directory:list-signed', {});
  const choose = useTell('file:choose');
  const take = useTell('directory:import-signed');
  const pick = (): void =>
    choose.tell(
      { purpose: 'card', several: false },
      // Whose directory is not relied on yet main asks about itself, with the issuer's fingerprint
      { onSuccess: ({ files: [file] }) => file !== undefined && take.tell({ file: file.token, accept: true }) },
    );
  const failure = choose.failure ?? take.failure;
  return (
    <Section
      extra={
        <Button loading={take.isPending} size="small" onClick={pick}>
          {t('window.signedDirectory.import')}
        </Button>
      }
      title={t('window.signedDirectory.title')}
    >
      <p className="meta text2 directory-lead">{t('window.signedDirectory.lead')}</p>
      {failure !== null && <FailureLine failure={failure} />}
      {take.value !== undefined && <Outcome imported={take.value} />}
      {list.failure !== null && <ErrorSheet failure={list.failure} onRetry={list.again} />}
      <div className="sheet">
        {list.value?.items.length === 0 && <Empty>{t('window.signedDirectory.none')}</Empty>}
        <ul className="directory-signed">
          {list.value?.items.map((signed) => (
            <Row key={signed.issuer.id} signed={signed} />
          ))}
        </ul>
      </div>
    </Section>
  );
}

function Row({ signed }: { readonly signed: Signed }) {
  const text = useText();
  const { t, date } = text;
  const { issuer, version, offices, expiresAt, expired } = signed;
  return (
    <li>
      <div>
        <span lang="zh-CN">{issuer.name}</span>
        <p className="meta text2 num">
          {t('window.signedDirectory.about', { version, count: offices })} · {scopeText(text, signed)}
        </p>
      </div>
      <Status tone={expired ? 'failed' : 'none'}>
        {t(expired ? 'window.signedDirectory.expired' : 'window.signedDirectory.until', { day: date(expiresAt) })}
      </Status>
    </li>
  );
}

function scopeText({ t }: Text, { scope }: Signed): string {
  const comma = t('window.list.comma');
  return [
    scope.regions.map((region) => regionText(t, region)).join(comma),
    scope.types.map((type) => t(`window.officeType.${type}`)).join(comma),
  ].join(' · ');
}

/** What became of each office in it: what waits for a comparison and what was not taken stands by name. */
function Outcome({ imported: { issuer, version, results } }: { readonly imported: Imported }) {
  const { t } = useText();
  const taken = results.filter(({ outcome }) => outcome === 'applied').length;
  const open = results.filter(({ outcome }) => outcome === 'pending' || outcome === 'refused');
  return (
    <div className="directory-outcome" role="status">
      <p>{t('window.signedDirectory.outcome', { issuer: issuer.name, version, count: taken })}</p>
      <ul>
        {open.map(({ office, outcome, code }) => (
          <li key={office.id} className="meta text2">
            <span lang="zh-CN">{office.name}</span>
            {outcome === 'pending' && ` · ${t('window.directory.uncompared')}`}
            {code !== null && ` · ${t(`errors.${code}`, {})}`}
          </li>
        ))}
      </ul>
    </div>
  );
}
