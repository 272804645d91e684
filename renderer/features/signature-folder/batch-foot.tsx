import { Button, type InputRef, Select } from 'antd';
import { useRef, useState } from 'react';
import type { Job } from '../../../shared/ipc/channels/job.ts';
import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import type { Bytes, PersonId } from '../../../shared/model/brand.ts';
import { secretBytes, useAsk, useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { FailureLine } from '../../ui/error-sheet.tsx';
import { PassphraseInput } from '../../ui/passphrase-input.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import type { FolderItem } from './folder-item.ts';

interface Props {
  readonly picked: readonly FolderItem[];
  readonly signers: ResponseOf<'signature:list'>['signers'];
  readonly job: Job | null;
  /** Pressed with nothing ticked: lead to what is still to be read. */
  readonly onMissing: () => void;
  readonly onStarted: (job: string) => void;
}

/** One passphrase or PIN for one fixed list. Each is signed for itself; one that fails does not stop the rest. */
export function BatchFoot({ picked, signers, job, onMissing, onStarted }: Props) {
  const { t } = useText();
  const field = useRef<InputRef>(null);
  const current = useAsk('identity:list', {}).value?.current ?? null;
  const sign = useTell('signature:sign-and-send');
  const [passphrase, setPassphrase] = useState('');
  const [chosen, setChosen] = useState<PersonId | null>(null);
  const signer = signers.find(({ person }) => person === (chosen ?? current)) ?? signers[0];
  const running = job?.state === 'running';
  const files = picked.reduce((sum, { documents }) => sum + documents, 0);
  const secretName = t(signer?.keeper === 'token' ? 'window.review.pin' : 'window.passphrase.signing');

  const confirm = (): void => {
    if (running) return;
    if (picked.length === 0) {
      onMissing();
      return;
    }
    if (passphrase === '' || signer === undefined) {
      field.current?.focus();
      return;
    }
    sign.tell(
      {
        items: picked.flatMap(({ draft, digest }) => (digest === null ? [] : [{ draft, digest }])),
        person: signer.person,
        secret: secretBytes(passphrase),
      },
      { onSuccess: ({ job: started }) => onStarted(started) },
    );
    setPassphrase('');
  };

  return (
    <div className="folder-batch">
      <div className="folder-batch-line">
        <span className="strong num" role="status">
          {t('window.folder.picked', { count: picked.length, files })}
        </span>
        <span className="meta text3">{t('window.folder.mustRead')}</span>
      </div>
      {running && (
        <ProgressBar
          done={job.done as Bytes}
          label={t('window.review.sealing')}
          left={null}
          total={job.total as Bytes}
        />
      )}
      <div className="folder-batch-acts">
        {signers.length > 1 && (
          <Select<PersonId>
            aria-label={t('window.review.signer')}
            options={signers.map(({ person, name }) => ({ value: person, label: name }))}
            popupMatchSelectWidth={false}
            value={signer?.person ?? null}
            onChange={setChosen}
          />
        )}
        <div className="folder-secret">
          <PassphraseInput
            aria-label={secretName}
            ref={field}
            placeholder={secretName}
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
            onPressEnter={confirm}
          />
        </div>
        <Button loading={sign.isPending || running} type="primary" onClick={confirm}>
          {picked.length === 0 ? t('window.folder.signNone') : t('window.folder.sign', { count: picked.length })}
        </Button>
      </div>
      {sign.failure !== null && <FailureLine failure={sign.failure} />}
      <span className="meta text3">{t('window.folder.oneByOne')}</span>
    </div>
  );
}
