import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { UpdateStateView } from '../../../shared/ipc/channels/update.ts';
import type { Bytes } from '../../../shared/model/brand.ts';
import { updateAddress } from '../../../shared/model/update-address.ts';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { Digest } from '../../ui/digest.tsx';
import { ErrorSheet, FailureLine } from '../../ui/error-sheet.tsx';
import { KeyValues } from '../../ui/key-values.tsx';
import { Section } from '../../ui/section.tsx';
import { useUpdateJob } from './use-update-job.tsx';

/** Updates of the program: by file, or from the one address that the office named. Nothing happens without a person, twice. */
export function UpdateSection() {
  const { t } = useText();
  const { value: state, failure, again } = useAsk('update:state', {});
  return (
    <Section title={t('window.settings.update.title')}>
      {failure !== null && <ErrorSheet failure={failure} onRetry={again} />}
      {state !== undefined && (
        <div className="sheet">
          {state.takes ? (
            <>
              <Ready state={state} />
              <ByFile />
              <ByAddress key={state.address} address={state.address} />
            </>
          ) : (
            <p className="settings-row text2">{t('window.settings.update.off')}</p>
          )}
        </div>
      )}
    </Section>
  );
}

function Ready({ state: { ready, channel } }: { readonly state: UpdateStateView }) {
  const { t, bytes, day } = useText();
  const open = useTell('update:open');
  if (ready === null) {
    return (
      <div className="settings-row">
        <div>{t('window.settings.update.none')}</div>
        <span className="text3">{t('window.settings.update.channel', { channel })}</span>
      </div>
    );
  }
  return (
    <div className="settings-row settings-update">
      <div className="settings-wide strong">{t('window.settings.update.ready', { version: ready.version })}</div>
      <div className="settings-wide">
        <KeyValues
          items={[
            [t('window.settings.update.published'), day(ready.publishedAt)],
            [t('window.settings.update.until'), day(ready.expiresAt)],
            [t('window.settings.update.installer'), `${ready.name} · ${bytes(ready.size as Bytes)}`],
            ['SHA-256', <Digest key="digest" value={ready.sha256} />],
          ]}
        />
      </div>
      {open.failure === null ? <span /> : <FailureLine failure={open.failure} />}
      <Button loading={open.isPending} type="primary" onClick={() => open.tell({})}>
        {t('window.settings.update.open')}
      </Button>
    </div>
  );
}

function ByFile() {
  const { t } = useText();
  const choose = useTell('file:choose');
  const read = useTell('update:read-file');
  const check = useUpdateJob();
  const start = (): void =>
    choose.tell(
      { purpose: 'update', several: false },
      { onSuccess: ({ files: [file] }) => file && read.tell({ file: file.token }, { onSuccess: check.follow }) },
    );
  const failure = choose.failure ?? read.failure ?? check.failure;
  return (
    <div className="settings-row">
      <div>
        <div>{t('window.settings.update.byFile')}</div>
        <div className="meta text3">{t('window.settings.update.byFileNote')}</div>
      </div>
      <Button loading={check.running || read.isPending} onClick={start}>
        {t('window.settings.update.choose')}
      </Button>
      {check.progress}
      {failure !== null && <FailureLine failure={failure} />}
    </div>
  );
}

function ByAddress({ address }: { readonly address: string | null }) {
  const { t } = useText();
  const [text, setText] = useState(address ?? '');
  const save = useTell('update:set-address');
  const ask = useTell('update:check');
  const check = useUpdateJob();
  const wrong = text !== '' && !updateAddress.safeParse(text).success;
  const changed = text !== (address ?? '');
  const failure = save.failure ?? ask.failure ?? check.failure;
  return (
    <div className="settings-row settings-update">
      <div className="settings-wide">
        <Form.Item
          extra={wrong ? undefined : <span className="meta">{t('window.settings.update.addressNote')}</span>}
          help={wrong ? t('window.settings.update.addressWrong') : undefined}
          htmlFor="update-address"
          label={t('window.settings.update.address')}
          layout="vertical"
          {...(wrong ? { validateStatus: 'error' as const } : {})}
        >
          <Input
            id="update-address"
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.target.value.trim())}
          />
        </Form.Item>
      </div>
      <span />
      <div className="settings-acts">
        {changed && (
          <Button
            loading={save.isPending}
            onClick={() =>
              wrong
                ? document.getElementById('update-address')?.focus()
                : save.tell({ address: text === '' ? null : text })
            }
          >
            {t('window.settings.update.save')}
          </Button>
        )}
        {!changed && address !== null && (
          <Button loading={check.running || ask.isPending} onClick={() => ask.tell({}, { onSuccess: check.follow })}>
            {t('window.settings.update.check')}
          </Button>
        )}
      </div>
      {check.progress}
      {failure !== null && <FailureLine failure={failure} />}
    </div>
  );
}
