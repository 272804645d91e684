import { Button } from 'antd';
import { useState } from 'react';
import type { PersonId } from '../../../shared/model/brand.ts';
import { secretBytes, useAsk, useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { ErrorSheet, FailureLine } from '../../ui/error-sheet.tsx';
import { Fingerprint } from '../../ui/fingerprint.tsx';
import { KeyValues } from '../../ui/key-values.tsx';
import { SignAct } from '../../ui/sign-act.tsx';
import { useToast } from '../../ui/use-toast.ts';
import { Devices } from './devices.tsx';
import { VaultKeys } from './vault-keys.tsx';

type Act = 'issue' | 'publish';

/** What counterparts know of us, and how they get to know it. */
export function OfficeCardSection() {
  const { t, moment } = useText();
  const toast = useToast();
  const { value, failure, again } = useAsk('office:show', {});
  const person = useAsk('identity:list', {}).value?.current ?? null;
  const [act, setAct] = useState<Act | null>(null);
  const issue = useTell('office:issue-card');
  const publish = useTell('office:publish-card');
  const give = useTell('office:export-card');
  if (failure !== null) return <ErrorSheet failure={failure} onRetry={again} />;
  if (value === undefined) return null;
  const { office, card, candidates } = value;

  const back = (): void => {
    setAct(null);
    issue.forget();
    publish.forget();
  };
  const run = (signer: PersonId, passphrase: string): void => {
    const credentials = { person: signer, secret: secretBytes(passphrase) };
    if (act === 'issue') issue.tell({ credentials }, { onSuccess: back });
    else publish.tell({ credentials, to: null }, { onSuccess: back });
  };

  return (
    <>
      <div className="sheet" style={{ padding: 16 }}>
        <KeyValues
          items={[
            [
              t('window.office.name'),
              <span key="name" lang="zh-CN">
                {office.name}
              </span>,
            ],
            [
              t('window.office.uscc'),
              <span key="id" className="mono">
                {office.id}
              </span>,
            ],
            [t('window.office.type'), t(`window.officeType.${office.type}`)],
            [
              t('window.settings.office.card'),
              card === null
                ? t('window.settings.office.noCard')
                : t('window.directory.cardOf', { version: card.version, time: moment(card.issuedAt) }),
            ],
            ...(card === null
              ? []
              : [
                  [
                    t('window.settings.office.persons'),
                    <span key="persons" lang="zh-CN">
                      {card.persons.map(({ name }) => name).join('、')}
                    </span>,
                  ] as const,
                ]),
          ]}
        />
        {card !== null && (
          <div className="settings-below">
            <Fingerprint value={card.fingerprint} />
          </div>
        )}
      </div>
      {candidates.length > 0 && (
        <p className="settings-below text2">
          {t('window.settings.office.candidates', { names: candidates.map(({ name }) => name).join('、') })}
        </p>
      )}
      <div className="settings-below settings-acts">
        <Button onClick={() => setAct('issue')}>{t('window.settings.office.issue')}</Button>
        {card !== null && <Button onClick={() => setAct('publish')}>{t('window.settings.office.publish')}</Button>}
        {card !== null && (
          <Button
            onClick={() =>
              give.tell({ office: null }, { onSuccess: ({ saved }) => saved && toast(t('window.directory.exported')) })
            }
          >
            {t('window.directory.export')}
          </Button>
        )}
      </div>
      {give.failure !== null && <FailureLine failure={give.failure} />}
      <VaultKeys person={person} />
      <Devices office={value} person={person} />
      {act !== null && (
        <SignAct
          busy={issue.isPending || publish.isPending}
          failure={issue.failure ?? publish.failure}
          open
          signer={person}
          title={t(`window.settings.office.${act}Title`)}
          verb={t(`window.settings.office.${act}Verb`)}
          onBack={back}
          onSign={run}
        >
          <p>{t(`window.settings.office.${act}Body`)}</p>
        </SignAct>
      )}
    </>
  );
}
