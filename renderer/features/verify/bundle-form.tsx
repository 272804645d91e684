import { Button, Checkbox, Input } from 'antd';
import { useId, useRef, useState } from 'react';
import type { RequestOf } from '../../../shared/ipc/contract.ts';
import type { ChosenFile } from '../../../shared/ipc/parts.ts';
import type { Bytes } from '../../../shared/model/brand.ts';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { FailureLine } from '../../ui/error-sheet.tsx';
import { Section } from '../../ui/section.tsx';
import { AsOf, useAsOf } from './as-of.tsx';
import { toFingerprints } from './to-fingerprints.ts';
import './bundle-form.css';

interface Props {
  readonly bundle: ChosenFile;
  readonly busy: boolean;
  readonly onJudge: (trust: Omit<RequestOf<'evidence:verify'>, 'file'>) => void;
  readonly onOther: () => void;
}

/** What a bundle is to be judged by: said by the person who judges it, and by nothing inside it. */
export function BundleForm({ bundle, busy, onJudge, onOther }: Props) {
  const { t, bytes } = useText();
  const own = useAsk('trust:list-anchors', {}).value?.items ?? [];
  const [ownTrust, setOwnTrust] = useState(true);
  const [anchors, setAnchors] = useState<readonly ChosenFile[]>([]);
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const asOf = useAsOf();
  const form = useRef<HTMLFormElement>(null);
  const { found, wrong } = toFingerprints(typed);
  const trustsNothing = !ownTrust && anchors.length === 0 && found.length === 0;
  const judge = (): void => {
    setTried(true);
    if (wrong === null && asOf.at !== undefined) {
      const tokens = anchors.map(({ token }) => token);
      onJudge({ anchors: tokens, fingerprints: [...found], ownTrust, at: asOf.at });
    } else
      form.current?.querySelector<HTMLElement>(wrong === null ? 'input[type=datetime-local]' : 'textarea')?.focus();
  };
  return (
    <form
      ref={form}
      className="bundle-form"
      onSubmit={(event) => {
        event.preventDefault();
        judge();
      }}
    >
      <div>
        <h2 className="clip">
          {t('window.evidence.bundle', { name: bundle.name, size: bytes(bundle.size as Bytes) })}
        </h2>
        <p className="text2">{t('window.evidence.bundleLead')}</p>
      </div>
      <Section title={t('window.evidence.trust')}>
        <div className="sheet bundle-trust">
          <div>
            <Checkbox checked={ownTrust} onChange={(event) => setOwnTrust(event.target.checked)}>
              {t('window.evidence.ownTrust')}
            </Checkbox>
            <p className="meta text3 bundle-under num">{t('window.evidence.ownTrustNote', { anchors: own.length })}</p>
          </div>
          <Anchors files={anchors} onChange={setAnchors} />
          <Fingerprints text={typed} wrong={tried ? wrong : null} onChange={setTyped} />
          {trustsNothing && (
            <p className="meta text2" role="status">
              {t('window.evidence.nothingTrusted')}
            </p>
          )}
        </div>
      </Section>
      <AsOf state={asOf} tried={tried} />
      <div className="bundle-acts">
        <Button onClick={onOther}>{t('window.verify.other')}</Button>
        <Button htmlType="submit" loading={busy} type="primary">
          {t('window.evidence.verify')}
        </Button>
      </div>
    </form>
  );
}

interface AnchorsProps {
  readonly files: readonly ChosenFile[];
  readonly onChange: (files: readonly ChosenFile[]) => void;
}

function Anchors({ files, onChange }: AnchorsProps) {
  const { t } = useText();
  const pick = useTell('file:choose');
  const add = (): void =>
    pick.tell(
      { purpose: 'certificates', several: true },
      { onSuccess: (chosen) => onChange([...files, ...chosen.files]) },
    );
  return (
    <fieldset className="bundle-anchors">
      <legend>{t('window.evidence.anchors')}</legend>
      {files.length === 0 ? (
        <p className="meta text3">{t('window.evidence.noAnchors')}</p>
      ) : (
        <ul>
          {files.map((file) => (
            <li key={file.token}>
              <span className="clip" lang="zh-CN">
                {file.name}
              </span>
              <Button
                aria-label={t('window.evidence.dropAnchor', { name: file.name })}
                size="small"
                type="text"
                onClick={() => onChange(files.filter(({ token }) => token !== file.token))}
              >
                {t('window.settings.drop')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Button loading={pick.isPending} size="small" onClick={add}>
        {t('window.evidence.addAnchors')}
      </Button>
      {pick.failure !== null && <FailureLine failure={pick.failure} />}
    </fieldset>
  );
}

interface FingerprintsProps {
  readonly text: string;
  readonly wrong: number | null;
  readonly onChange: (text: string) => void;
}

function Fingerprints({ text, wrong, onChange }: FingerprintsProps) {
  const { t } = useText();
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{t('window.evidence.fingerprints')}</label>
      <Input.TextArea
        aria-describedby={`${id}-note`}
        className="mono growing"
        id={id}
        maxLength={20_000}
        rows={2}
        {...(wrong === null ? {} : { status: 'error' as const, 'aria-invalid': true })}
        spellCheck={false}
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
      <p className={wrong === null ? 'meta text3' : 'meta tone-failed'} id={`${id}-note`}>
        {wrong === null
          ? t('window.evidence.fingerprintsNote')
          : t('window.evidence.fingerprintWrong', { line: wrong })}
      </p>
    </div>
  );
}
