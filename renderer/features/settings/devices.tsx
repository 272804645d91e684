import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import type { ChosenFile } from '../../../shared/ipc/parts.ts';
import type { PersonId } from '../../../shared/model/brand.ts';
import { secretBytes, useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureLine } from '../../ui/error-sheet.tsx';
import { Fingerprint } from '../../ui/fingerprint.tsx';
import { PassphraseInput } from '../../ui/passphrase-input.tsx';
import { Section } from '../../ui/section.tsx';
import { SignAct } from '../../ui/sign-act.tsx';
import { Tag } from '../../ui/status.tsx';

type Shown = ResponseOf<'office:show'>;
type Device = NonNullable<Shown['card']>['vaults'][number];

/** The devices that the office's card names: one vault each, one of which gives places (protocol.md 6). */
export function Devices({ office, person }: { readonly office: Shown; readonly person: PersonId | null }) {
  const { t } = useText();
  const [adding, setAdding] = useState(false);
  const [retiring, setRetiring] = useState<Device | null>(null);
  const join = useTell('office:export-join-request');
  const vaults = office.card?.vaults ?? [];
  return (
    <div className="settings-below">
      <Section title={t('window.settings.devices.title')}>
        <p className="meta text2">{t('window.settings.devices.lead')}</p>
        <ul className="sheet settings-keys" hidden={vaults.length === 0 && office.listed}>
          {vaults.map((device) => (
            <li key={device.id}>
              <span>{device.own ? t('window.settings.devices.this') : t('window.settings.devices.other')}</span>
              <code className="mono">{device.id}</code>
              {device.registrar && <Tag tone="none">{t('window.settings.devices.registrar')}</Tag>}
              {!device.active && <Tag tone="none">{t('window.settings.devices.retired')}</Tag>}
              {device.active && !device.own && (
                <Button className="push" size="small" onClick={() => setRetiring(device)}>
                  {t('window.settings.devices.retire')}
                </Button>
              )}
            </li>
          ))}
          {!office.listed && (
            <li>
              <span>{t('window.settings.devices.this')}</span>
              <Tag tone="waiting">{t('window.settings.devices.unlisted')}</Tag>
            </li>
          )}
        </ul>
        <div className="settings-below settings-acts">
          {!office.listed && (
            <Button loading={join.isPending} onClick={() => join.tell({})}>
              {t('window.settings.devices.join')}
            </Button>
          )}
          {office.listed && <Button onClick={() => setAdding(true)}>{t('window.settings.devices.add')}</Button>}
        </div>
        {join.failure !== null && <FailureLine failure={join.failure} />}
        {join.value?.saved === true && (
          <div className="settings-below">
            <p className="text2">{t('window.settings.devices.joined')}</p>
            <Fingerprint value={join.value.fingerprint} />
          </div>
        )}
      </Section>
      {adding && <AddDevice person={person} onClose={() => setAdding(false)} />}
      <Retire device={retiring} person={person} onBack={() => setRetiring(null)} />
    </div>
  );
}

interface AddFields {
  readonly fingerprint: string;
  readonly passphrase: string;
}

function AddDevice({ person, onClose }: { readonly person: PersonId | null; readonly onClose: () => void }) {
  const { t } = useText();
  const choose = useTell('file:choose');
  const add = useTell('office:add-vault');
  const [file, setFile] = useState<ChosenFile | null>(null);
  const run = ({ fingerprint, passphrase }: AddFields): void => {
    if (file === null) {
      document.getElementById('join-request')?.focus();
      return;
    }
    if (person === null) return;
    add.tell(
      { request: file.token, fingerprint, credentials: { person, secret: secretBytes(passphrase) } },
      // A token serves once: after a refusal the file is chosen again
      { onSuccess: onClose, onError: () => setFile(null) },
    );
  };
  return (
    <Dialog destroyOnHidden title={t('window.settings.devices.addTitle')} onCancel={onClose}>
      <Form<AddFields> layout="vertical" requiredMark={false} onFinish={run}>
        <p className="text2 form-lead">{t('window.settings.devices.addBody')}</p>
        <Form.Item htmlFor="join-request" label={t('window.settings.devices.request')}>
          <Button
            id="join-request"
            onClick={() =>
              choose.tell(
                { purpose: 'join-request', several: false },
                { onSuccess: ({ files: [chosen] }) => chosen !== undefined && setFile(chosen) },
              )
            }
          >
            {file === null ? t('window.settings.devices.chooseRequest') : file.name}
          </Button>
        </Form.Item>
        <Form.Item
          label={t('window.settings.devices.fingerprint')}
          name="fingerprint"
          rules={[{ required: true, message: t('window.settings.routes.missing') }]}
        >
          <Input.TextArea autoComplete="off" className="growing mono" rows={2} spellCheck={false} />
        </Form.Item>
        <Form.Item
          label={t('window.passphrase.signing')}
          name="passphrase"
          rules={[{ required: true, message: t('window.passphrase.missing') }]}
        >
          <PassphraseInput placeholder={t('window.passphrase.eachTime')} />
        </Form.Item>
        {person === null && <p className="tone-failed">{t('window.settings.office.nobody')}</p>}
        {add.failure !== null && <FailureLine failure={add.failure} />}
        <div className="confirm-acts">
          <Button onClick={onClose}>{t('window.confirm.back')}</Button>
          <Button htmlType="submit" loading={add.isPending} type="primary">
            {t('window.settings.devices.addVerb')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

interface RetireProps {
  readonly device: Device | null;
  readonly person: PersonId | null;
  readonly onBack: () => void;
}

function Retire({ device, person, onBack }: RetireProps) {
  const { t } = useText();
  const issue = useTell('office:issue-card');
  const back = (): void => {
    issue.forget();
    onBack();
  };
  return (
    <SignAct
      busy={issue.isPending}
      failure={issue.failure}
      open={device !== null}
      signer={person}
      title={t('window.settings.devices.retireTitle')}
      verb={t('window.settings.devices.retireVerb')}
      onBack={back}
      onSign={(signer, passphrase) => {
        if (device === null) return;
        const credentials = { person: signer, secret: secretBytes(passphrase) };
        issue.tell({ credentials, retireVaults: [device.id] }, { onSuccess: back });
      }}
    >
      <p>{t('window.settings.devices.retireBody')}</p>
    </SignAct>
  );
}
