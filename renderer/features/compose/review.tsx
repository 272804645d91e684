import { Button, type InputRef, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { Bytes, PersonId } from '../../../shared/model/brand.ts';
import { secretBytes, useAsk, useTell } from '../../data/use-ask.ts';
import { useJob } from '../../data/use-job.ts';
import { useText } from '../../text/use-text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorSheet, FailureLine } from '../../ui/error-sheet.tsx';
import { KeyValues } from '../../ui/key-values.tsx';
import { PassphraseInput } from '../../ui/passphrase-input.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { ReviewWords } from '../../ui/review-words.tsx';
import { WaitingRows } from '../../ui/waiting-rows.tsx';
import './review.css';

interface Props {
  readonly draft: string;
  readonly onBack: () => void;
  readonly onFolder: () => void;
  /** Signed and on its way. */
  readonly onSent: (m: string) => void;
}

/** What exactly is signed, on one page: the words, the files by digest, the key, the recipients. The way back has the focus. */
export function Review({ draft, onBack, onFolder, onSent }: Props) {
  const { t, date } = useText();
  const back = useRef<HTMLButtonElement>(null);
  const field = useRef<InputRef>(null);
  const review = useAsk('signature:review', { draft });
  const sign = useTell('signature:sign-and-send');
  const [passphrase, setPassphrase] = useState('');
  const [chosen, setChosen] = useState<PersonId | null>(null);
  const [jobId, setJobId] = useState<string | null>(null);
  const job = useJob(jobId);
  const item = review.value?.item;
  const signers = review.value?.signers ?? [];
  const current = useAsk('identity:list', {}).value?.current ?? null;
  const signer = signers.find(({ person }) => person === (chosen ?? current)) ?? signers[0];
  const result = job?.sent.find((one) => one.draft === draft);
  const secretName = t(signer?.keeper === 'token' ? 'window.review.pin' : 'window.passphrase.signing');
  const failure = sign.failure ?? result?.failure ?? job?.failure ?? null;
  const busy = sign.isPending || (job !== null && job.state === 'running');

  const m = result?.m ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the signed message has its name
  useEffect(() => {
    if (m !== null && job?.state === 'done') onSent(m);
  }, [m, job?.state]);

  const confirm = (): void => {
    if (busy || item === undefined || signer === undefined) return;
    if (passphrase === '') {
      field.current?.focus();
      return;
    }
    sign.tell(
      { items: [{ draft, digest: item.digest }], person: signer.person, secret: secretBytes(passphrase) },
      { onSuccess: ({ job: started }) => setJobId(started) },
    );
    setPassphrase('');
  };

  return (
    <Dialog
      centered
      className="review"
      closable={false}
      destroyOnHidden
      first={back}
      mask={{ closable: false }}
      title={t('window.review.title')}
      width={760}
      onCancel={onBack}
    >
      {review.failure !== null && <ErrorSheet failure={review.failure} onRetry={review.again} />}
      {review.failure === null && item === undefined && <WaitingRows count={5} label={t('window.waiting')} />}
      {item !== undefined && (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard */}
          <section aria-label={t('window.review.content')} className="review-scroll" tabIndex={0}>
            <ReviewWords item={item} signer={signer?.name ?? ''} />
          </section>
          <KeyValues
            items={[
              [
                t('window.review.signer'),
                signer === undefined ? (
                  t('window.review.noSigner')
                ) : (
                  <span key="signer" className="review-signer">
                    {signers.length > 1 ? (
                      <Select<PersonId>
                        aria-label={t('window.review.signer')}
                        options={signers.map(({ person, name }) => ({ value: person, label: name }))}
                        popupMatchSelectWidth={false}
                        size="small"
                        value={signer.person}
                        onChange={setChosen}
                      />
                    ) : (
                      <span lang="zh-CN">{signer.name}</span>
                    )}
                    <span className="text3 num">
                      {t('window.review.certificate', {
                        serial: signer.certificate.serial,
                        date: date(signer.certificate.notAfter),
                      })}
                    </span>
                  </span>
                ),
              ],
              [
                t('window.review.recipients'),
                <span key="to">
                  <span lang="zh-CN">{item.recipients.map(({ name }) => name).join(t('window.list.comma'))}</span>
                  {t('window.review.onlyThese', { count: item.recipients.length })}
                </span>,
              ],
              [
                secretName,
                <div key="secret" className="review-secret">
                  <PassphraseInput
                    aria-label={secretName}
                    ref={field}
                    placeholder={t('window.passphrase.eachTime')}
                    value={passphrase}
                    onChange={(event) => setPassphrase(event.target.value)}
                    onPressEnter={confirm}
                  />
                </div>,
              ],
            ]}
          />
        </>
      )}
      {job !== null && job.state === 'running' && (
        <ProgressBar
          done={job.done as Bytes}
          label={t('window.review.sealing')}
          left={null}
          total={job.total as Bytes}
        />
      )}
      {failure !== null && <FailureLine failure={failure} />}
      <div className="review-foot">
        <span className="meta text3">{t('window.review.final')}</span>
        <Button ref={back} onClick={onBack}>
          {t('window.review.back')}
        </Button>
        <Button onClick={onFolder}>{t('window.compose.toFolder')}</Button>
        <Button loading={busy} type="primary" onClick={confirm}>
          {t('window.review.sign')}
        </Button>
      </div>
    </Dialog>
  );
}
