import { Button, Select } from 'antd';
import type { Settings } from '../../../shared/model/settings.ts';
import { networkHost } from '../../../shared/model/trust-network.ts';
import { shortName } from '../../../shared/text/distinguished-name.ts';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { ErrorSheet, FailureLine } from '../../ui/error-sheet.tsx';
import { Section } from '../../ui/section.tsx';
import { useToast } from '../../ui/use-toast.ts';
import { AddressList } from './address-list.tsx';
import { ListState } from './list-state.tsx';
import { SettingRow } from './setting-row.tsx';
import { useNetwork } from './use-network.ts';

const POLICIES = ['require', 'soft', 'off'] as const;

/** How it is found out that a certificate was revoked, and whom one may ask. */
export function RevocationSection() {
  const { t } = useText();
  const { value: settings, failure, again } = useAsk('settings:show', {});
  const change = useTell('settings:change');
  const network = useNetwork();
  return (
    <>
      {failure !== null && <ErrorSheet failure={failure} onRetry={again} />}
      {settings !== undefined && (
        <div className="sheet">
          <SettingRow
            label={t('window.settings.revocation.policy')}
            note={t(`window.settings.revocation.${settings.revocation}Note`)}
          >
            {(ids) => (
              <Select<Settings['revocation']>
                {...ids}
                options={POLICIES.map((each) => ({ value: each, label: t(`window.settings.revocation.${each}`) }))}
                popupMatchSelectWidth={false}
                style={{ width: 160 }}
                value={settings.revocation}
                onChange={(revocation) => change.tell({ revocation })}
              />
            )}
          </SettingRow>
        </div>
      )}
      {change.failure !== null && <FailureLine failure={change.failure} />}
      <div className="settings-below">
        <Section title={t('window.settings.revocation.hosts')}>
          {network.value !== undefined && (
            <AddressList
              invalid={t('window.settings.revocation.hostWrong')}
              isValid={(typed) => networkHost.safeParse(typed).success}
              items={network.value.hosts}
              none={t('window.settings.revocation.noHosts')}
              placeholder="crl.example.org"
              onChange={(hosts) => network.change({ hosts: [...hosts] })}
            />
          )}
          {network.failure !== null && <FailureLine failure={network.failure} />}
        </Section>
        <Lists />
      </div>
    </>
  );
}

function Lists() {
  const { t, moment } = useText();
  const toast = useToast();
  const lists = useAsk('trust:list-revocation-lists', {});
  const choose = useTell('file:choose');
  const add = useTell('trust:add-revocation-list');
  return (
    <Section title={t('window.settings.revocation.lists')}>
      <ListState answer={lists} empty={t('window.settings.revocation.noLists')}>
        {(items) => (
          <ul className="sheet settings-rows">
            {items.map(({ sha256, issuer, thisUpdate, nextUpdate, source }) => (
              <li key={sha256}>
                <div>
                  <div>{shortName(issuer)}</div>
                  <div className="meta text3 num">
                    {t('window.settings.revocation.list', {
                      from: moment(thisUpdate),
                      to: nextUpdate === null ? t('window.settings.revocation.open') : moment(nextUpdate),
                      source,
                    })}
                  </div>
                </div>
              </li>
            ))}
          </ul>
        )}
      </ListState>
      <div className="settings-below settings-acts">
        <Button
          loading={add.isPending}
          onClick={() =>
            choose.tell(
              { purpose: 'revocation-list', several: false },
              {
                onSuccess: ({ files: [file] }) =>
                  file !== undefined &&
                  add.tell(
                    { file: file.token },
                    { onSuccess: ({ added }) => toast(t('window.settings.revocation.added', { count: added })) },
                  ),
              },
            )
          }
        >
          {t('window.settings.revocation.add')}
        </Button>
        {add.failure !== null && <FailureLine failure={add.failure} />}
      </div>
    </Section>
  );
}
