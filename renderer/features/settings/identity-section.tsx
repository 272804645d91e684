import { Button, Radio } from 'antd';
import { useState } from 'react';
import type { PersonId } from '../../../shared/model/brand.ts';
import { WARN_DAYS } from '../../../shared/model/warn-days.ts';
import { shortName } from '../../../shared/text/distinguished-name.ts';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureLine } from '../../ui/error-sheet.tsx';
import { Fingerprint } from '../../ui/fingerprint.tsx';
import { type IdentityFields, IdentityForm } from '../../ui/identity-form.tsx';
import { Tag } from '../../ui/status.tsx';
import { addIdentity } from './add-identity.ts';
import { ListState } from './list-state.tsx';
import { Tokens } from './tokens.tsx';

/** Who signs in this office, and who sits at this window now. */
export function IdentitySection() {
  const { t, date } = useText();
  const identities = useAsk('identity:list', {});
  const use = useTell('identity:use');
  const [adding, setAdding] = useState(false);
  return (
    <>
      <ListState answer={identities} empty={t('window.settings.identity.none')}>
        {(items) => (
          <Radio.Group
            aria-label={t('window.settings.identity.current')}
            style={{ display: 'block' }}
            value={identities.value?.current}
            onChange={(event) => use.tell({ person: event.target.value as PersonId })}
          >
            <ul className="sheet settings-rows">
              {items.map((identity) => (
                <li key={identity.certificate.sha256}>
                  <Radio disabled={identity.person === null} value={identity.person}>
                    <span lang="zh-CN">{identity.name}</span>
                  </Radio>
                  <span className="settings-acts">
                    {identity.trial && <Tag tone="waiting">{t('window.settings.identity.trial')}</Tag>}
                    {!identity.listed && <Tag tone="none">{t('window.settings.identity.unlisted')}</Tag>}
                    {identity.daysLeft < 0 ? (
                      <Tag tone="failed">{t('window.settings.identity.expired')}</Tag>
                    ) : (
                      identity.daysLeft < WARN_DAYS[0] && (
                        <Tag tone="waiting">{t('window.settings.identity.expires', { count: identity.daysLeft })}</Tag>
                      )
                    )}
                  </span>
                  <div className="settings-wide meta text2">
                    {t('window.certificate.line', {
                      subject: shortName(identity.certificate.subject),
                      issuer: identity.certificate.selfSigned
                        ? t('window.certificate.selfSigned')
                        : shortName(identity.certificate.issuer),
                      from: date(identity.certificate.notBefore),
                      to: date(identity.certificate.notAfter),
                    })}
                    {' · '}
                    {identity.keeper === 'token' ? (identity.token ?? '') : t('window.settings.identity.inVault')}
                  </div>
                  <div className="settings-wide">
                    <Fingerprint value={identity.certificate.sha256} />
                  </div>
                </li>
              ))}
            </ul>
          </Radio.Group>
        )}
      </ListState>
      {use.failure !== null && <FailureLine failure={use.failure} />}
      <div className="settings-below settings-acts">
        <Button onClick={() => setAdding(true)}>{t('window.settings.identity.add')}</Button>
      </div>
      <Tokens />
      <AddDialog open={adding} onClose={() => setAdding(false)} />
    </>
  );
}

function AddDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useText();
  const choose = useTell('file:choose');
  const add = useTellIdentity(onClose);
  return (
    <Dialog destroyOnHidden open={open} title={t('window.settings.identity.addTitle')} onCancel={onClose}>
      <IdentityForm
        failure={add.failure}
        foot={
          <div className="confirm-acts">
            <Button onClick={onClose}>{t('window.confirm.back')}</Button>
            <Button htmlType="submit" loading={add.busy} type="primary">
              {t('window.settings.identity.addVerb')}
            </Button>
          </div>
        }
        onChooseFile={(took) =>
          choose.tell(
            { purpose: 'identity', several: false },
            { onSuccess: ({ files: [file] }) => file !== undefined && took(file) },
          )
        }
        onSubmit={add.run}
      />
    </Dialog>
  );
}

function useTellIdentity(onDone: () => void) {
  const imported = useTell('identity:import');
  const made = useTell('identity:create-trial');
  return {
    busy: imported.isPending || made.isPending,
    failure: imported.failure ?? made.failure,
    run: (fields: IdentityFields) => addIdentity(fields, imported.tell, made.tell, onDone),
  };
}
