import { Button, Checkbox } from 'antd';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { ExchangeState } from '../../../shared/ipc/channels/exchange.ts';
import { secretBytes, useAsk, useTell } from '../../data/use-ask.ts';
import { actText } from '../../text/labels.ts';
import { useText } from '../../text/use-text.ts';
import { ConfirmAct } from '../../ui/confirm-act.tsx';
import { ErrorSheet, FailureLine } from '../../ui/error-sheet.tsx';
import { Section } from '../../ui/section.tsx';
import { SignAct } from '../../ui/sign-act.tsx';
import { Status } from '../../ui/status.tsx';
import './after-restore.css';

/** A vault that came out of a backup has no right to send (protocol.md 6): first its past, then a person's word on what still waits. */
export function AfterRestore() {
  const { t } = useText();
  const state = useAsk('exchange:status', {}).value;
  if (state === undefined || !(state.restored || state.frozen > 0 || state.awaiting.length > 0)) return null;
  return (
    <Section title={t('window.restored.title')}>
      <div className="sheet restored">
        {state.awaiting.length > 0 ? <Awaiting state={state} /> : state.restored ? <Resume /> : <Frozen />}
      </div>
    </Section>
  );
}

function Resume() {
  const { t } = useText();
  const navigate = useNavigate();
  const person = useAsk('identity:list', {}).value?.current ?? null;
  const resume = useTell('exchange:resume');
  const [asking, setAsking] = useState(false);
  const back = (): void => {
    setAsking(false);
    resume.forget();
  };
  return (
    <>
      <Status tone="paused">{t('window.restored.frozen')}</Status>
      <p className="text2">{t('window.restored.why')}</p>
      <div className="restored-acts">
        {person === null && (
          <Button onClick={() => void navigate('/settings/identity')}>{t('window.restored.choosePerson')}</Button>
        )}
        <Button type="primary" onClick={() => setAsking(true)}>
          {t('window.restored.resume')}
        </Button>
      </div>
      <SignAct
        busy={resume.isPending}
        failure={resume.failure}
        open={asking}
        signer={person}
        title={t('window.restored.resumeTitle')}
        verb={t('window.restored.resumeVerb')}
        onBack={back}
        onSign={(signer, passphrase) =>
          resume.tell({ credentials: { person: signer, secret: secretBytes(passphrase) } }, { onSuccess: back })
        }
      >
        <p>{t('window.restored.resumeBody')}</p>
      </SignAct>
    </>
  );
}

function Awaiting({ state: { awaiting } }: { readonly state: ExchangeState }) {
  const { t } = useText();
  const finish = useTell('exchange:finish-restore');
  const [asking, setAsking] = useState(false);
  const back = (): void => {
    setAsking(false);
    finish.forget();
  };
  return (
    <>
      <Status tone="waiting">{t('window.restored.awaiting', { count: awaiting.length })}</Status>
      <p lang="zh-CN">{awaiting.map(({ name }) => name).join(t('window.list.comma'))}</p>
      <div className="restored-acts">
        <Button onClick={() => setAsking(true)}>{t('window.restored.finish')}</Button>
      </div>
      <ConfirmAct
        busy={finish.isPending}
        failure={finish.failure}
        open={asking}
        title={t('window.restored.finishTitle')}
        verb={t('window.restored.finishVerb')}
        onBack={back}
        onConfirm={() => finish.tell({}, { onSuccess: back })}
      >
        <p>{t('window.restored.finishBody')}</p>
      </ConfirmAct>
    </>
  );
}

/** What waited in the outbox on the day of the backup: a copy that a counterpart has meanwhile had is known to be posted; for the rest a person speaks. */
function Frozen() {
  const { t, moment } = useText();
  const { value, failure, again } = useAsk('exchange:list-frozen', {});
  const decide = useTell('exchange:decide-frozen');
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [dropping, setDropping] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const ids = chosen.filter((id) => value?.items.some((item) => item.id === id));
  const run = (decision: 'send' | 'drop'): void =>
    decide.tell({ decision, ids: [...ids] }, { onSuccess: () => setDropping(false) });
  return (
    <>
      <p>{t('window.restored.decide')}</p>
      {failure !== null && <ErrorSheet failure={failure} onRetry={again} />}
      <ul ref={list} className="restored-copies">
        {value?.items.map(({ id, title, act, office, createdAt }) => (
          <li key={id}>
            <Checkbox
              checked={chosen.includes(id)}
              onChange={({ target }) =>
                setChosen(target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
              }
            >
              <span lang="zh-CN">{title}</span>
              <span className="meta text2 num">
                {' '}
                {[...(act === null ? [] : [actText(t, act)]), office.name, moment(createdAt)].join(' · ')}
              </span>
            </Checkbox>
          </li>
        ))}
      </ul>
      {decide.failure !== null && !dropping && <FailureLine failure={decide.failure} />}
      <div className="restored-acts">
        <Button onClick={() => (ids.length === 0 ? setChosen(allOf(value?.items)) : setDropping(true))}>
          {ids.length === 0 ? t('window.restored.all') : t('window.restored.drop', { count: ids.length })}
        </Button>
        <Button
          loading={decide.isPending}
          type="primary"
          onClick={() => (ids.length === 0 ? list.current?.querySelector('input')?.focus() : run('send'))}
        >
          {ids.length === 0 ? t('window.restored.sendChosen') : t('window.restored.send', { count: ids.length })}
        </Button>
      </div>
      <ConfirmAct
        busy={decide.isPending}
        failure={decide.failure}
        open={dropping}
        title={t('window.restored.dropTitle')}
        verb={t('window.restored.dropVerb')}
        onBack={() => setDropping(false)}
        onConfirm={() => run('drop')}
      >
        <p>{t('window.restored.dropBody', { count: ids.length })}</p>
      </ConfirmAct>
    </>
  );
}

const allOf = (items: readonly { readonly id: number }[] = []): number[] => items.map(({ id }) => id);
