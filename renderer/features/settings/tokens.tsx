import { Button, Form } from 'antd';
import { useState } from 'react';
import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import { shortName } from '../../../shared/text/distinguished-name.ts';
import { secretBytes, useAsk, useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorSheet, FailureLine } from '../../ui/error-sheet.tsx';
import { Fingerprint } from '../../ui/fingerprint.tsx';
import { PassphraseInput } from '../../ui/passphrase-input.tsx';
import { Section } from '../../ui/section.tsx';
import { Tag } from '../../ui/status.tsx';
import { WaitingRows } from '../../ui/waiting-rows.tsx';

type Tokens = ResponseOf<'token:list'>;
type Token = Tokens['tokens'][number];
type TokenCertificate = Token['certificates'][number];

interface Asked {
  readonly use: 'sign' | 'read' | 'unlock';
  readonly token: Token | null;
  readonly certificate: TokenCertificate | null;
}

/** USB keys, cards and HSMs that are plugged in, through modules that a person named. Their keys never leave them. */
export function Tokens() {
  const { t } = useText();
  const { value, failure, again, waiting } = useAsk('token:list', {});
  const choose = useTell('file:choose');
  const add = useTell('token:add-module');
  const remove = useTell('token:remove-module');
  const [asked, setAsked] = useState<Asked | null>(null);
  const addModule = (): void =>
    choose.tell(
      { purpose: 'token-module', several: false },
      { onSuccess: ({ files: [file] }) => file !== undefined && add.tell({ file: file.token }) },
    );
  const refused = choose.failure ?? add.failure ?? remove.failure;
  return (
    <div className="settings-below">
      <Section
        extra={
          <Button size="small" onClick={again}>
            {t('window.settings.tokens.look')}
          </Button>
        }
        title={t('window.settings.tokens.title')}
      >
        <p className="meta text2">{t('window.settings.tokens.lead')}</p>
        {failure !== null && <ErrorSheet failure={failure} onRetry={again} />}
        {waiting && <WaitingRows count={2} label={t('window.waiting')} />}
        {value?.needsReadingPin === true && (
          <div className="settings-acts settings-waits">
            <Tag tone="waiting">{t('window.settings.tokens.waits')}</Tag>
            <Button size="small" onClick={() => setAsked({ use: 'unlock', token: null, certificate: null })}>
              {t('window.settings.tokens.unlock')}
            </Button>
          </div>
        )}
        {value?.tokens.map((token) => (
          <OneToken key={`${token.module} ${token.serial}`} token={token} onAsk={setAsked} />
        ))}
        {value !== undefined && (
          <Modules modules={value.modules} onAdd={addModule} onRemove={(module) => remove.tell({ module })} />
        )}
        {refused !== null && <FailureLine failure={refused} />}
      </Section>
      {asked !== null && <AskPin asked={asked} onClose={() => setAsked(null)} />}
    </div>
  );
}

function OneToken({ token, onAsk }: { readonly token: Token; readonly onAsk: (asked: Asked) => void }) {
  const { t } = useText();
  return (
    <ul aria-label={token.label} className="sheet settings-rows">
      {token.certificates.map((found) => {
        const { certificate, label, maySign, mayRead, used } = found;
        return (
          <li key={certificate.sha256}>
            <span>
              <span lang="zh-CN">{shortName(certificate.subject)}</span>{' '}
              <span className="meta text2">{[token.label, label].filter((part) => part !== null).join(' · ')}</span>
            </span>
            <span className="settings-acts">
              {used && <Tag tone="none">{t('window.settings.tokens.used')}</Tag>}
              {maySign && !used && (
                <Button size="small" onClick={() => onAsk({ use: 'sign', token, certificate: found })}>
                  {t('window.settings.tokens.sign')}
                </Button>
              )}
              {mayRead && (
                <Button size="small" onClick={() => onAsk({ use: 'read', token, certificate: found })}>
                  {t('window.settings.tokens.read')}
                </Button>
              )}
            </span>
            <div className="settings-wide">
              <Fingerprint value={certificate.sha256} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}

interface ModulesProps {
  readonly modules: Tokens['modules'];
  readonly onAdd: () => void;
  readonly onRemove: (module: string) => void;
}

function Modules({ modules, onAdd, onRemove }: ModulesProps) {
  const { t } = useText();
  return (
    <>
      {modules.length > 0 && (
        <ul aria-label={t('window.settings.tokens.modules')} className="sheet settings-keys settings-below">
          {modules.map(({ id, name, failure }) => (
            <li key={id}>
              <span className="mono">{name}</span>
              {failure !== null && <FailureLine failure={{ code: failure, params: {} }} />}
              <Button
                aria-label={t('window.settings.dropOne', { name })}
                className="push"
                size="small"
                onClick={() => onRemove(id)}
              >
                {t('window.settings.drop')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="settings-below settings-acts">
        <Button onClick={onAdd}>{t('window.settings.tokens.addModule')}</Button>
        {modules.length === 0 && <span className="meta text3">{t('window.settings.tokens.noModule')}</span>}
      </div>
    </>
  );
}

/** The PIN is asked for each time, and goes to the token. */
function AskPin({
  asked: { use, token, certificate },
  onClose,
}: {
  readonly asked: Asked;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const sign = useTell('token:adopt-signing');
  const read = useTell('token:adopt-reading');
  const unlock = useTell('token:unlock-reading');
  const failure = sign.failure ?? read.failure ?? unlock.failure;
  const run = ({ pin: typed }: { readonly pin: string }): void => {
    const pin = secretBytes(typed);
    if (token === null || certificate === null) {
      unlock.tell({ pin }, { onSuccess: onClose });
      return;
    }
    const choice = { module: token.module, token: token.serial, certificate: certificate.certificate.sha256, pin };
    if (use === 'sign') sign.tell({ ...choice, name: null, acts: ['*'] }, { onSuccess: onClose });
    else read.tell(choice, { onSuccess: ({ adopted }) => adopted && onClose() });
  };
  return (
    <Dialog destroyOnHidden title={t(`window.settings.tokens.${use}Title`)} width={440} onCancel={onClose}>
      <Form<{ pin: string }> layout="vertical" requiredMark={false} onFinish={run}>
        <p className="text2 form-lead">{t(`window.settings.tokens.${use}Body`)}</p>
        <Form.Item
          label={t('window.settings.tokens.pin')}
          name="pin"
          rules={[{ required: true, message: t('window.settings.tokens.pinMissing') }]}
        >
          <PassphraseInput autoFocus />
        </Form.Item>
        {read.value?.adopted === false && <p role="status">{t('window.settings.tokens.cannotRead')}</p>}
        {failure !== null && <FailureLine failure={failure} />}
        <div className="confirm-acts">
          <Button onClick={onClose}>{t('window.confirm.back')}</Button>
          <Button htmlType="submit" loading={sign.isPending || read.isPending || unlock.isPending} type="primary">
            {t(`window.settings.tokens.${use}Verb`)}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
