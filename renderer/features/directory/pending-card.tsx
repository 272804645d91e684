import { Button, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import type { CardDetail } from '../../../shared/ipc/channels/directory.ts';
import type { RequestOf, ResponseOf } from '../../../shared/ipc/contract.ts';
import type { Office } from '../../../shared/model/office-card.ts';
import { useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { ConfirmAct } from '../../ui/confirm-act.tsx';
import { Fingerprint } from '../../ui/fingerprint.tsx';
import { Dot } from '../../ui/glyphs.tsx';
import { Section } from '../../ui/section.tsx';

type Pending = NonNullable<ResponseOf<'directory:show'>['pending']>;
type How = RequestOf<'directory:confirm'>['how'];

interface Props {
  readonly office: Office;
  readonly current: CardDetail | null;
  readonly pending: Pending;
}

/**
 * A card that waits for a person. Where a key has changed nothing is sent until it was compared by telephone or in person. The comparison
 * itself is main's: it draws the fingerprint where no page can draw over it, and what is typed here only ever stops a card.
 */
export function PendingCard({ office, current, pending }: Props) {
  const { t, moment } = useText();
  const [asking, setAsking] = useState<'confirm' | 'refuse' | null>(null);
  const [how, setHow] = useState<How>(pending.comparison ? 'phone' : 'signed-by-known-key');
  const [heard, setHeard] = useState('');
  const confirm = useTell('directory:confirm');
  const refuse = useTell('directory:refuse');
  const back = (): void => {
    setAsking(null);
    confirm.forget();
    refuse.forget();
  };
  return (
    <Section title={current === null ? t('window.directory.newCard') : t('window.directory.newerCard')}>
      <div className="card-view sheet pending-card">
        <div className="pending-lead">
          <Dot tone={current === null ? 'waiting' : 'failed'} />
          <p>
            <span className="strong pending-what">
              {current === null ? t('window.directory.compareFirst') : t('window.directory.blocked')}
            </span>
            {pending.comparison ? t('window.directory.compareHow') : t('window.directory.vouched')}
            <span className="meta text3 pending-at num">
              {t('window.directory.cardOf', { version: pending.version, time: moment(pending.issuedAt) })}
            </span>
          </p>
        </div>
        <div className="pending-compare">
          {current !== null && (
            <div>
              <h3>{t('window.directory.onFile')}</h3>
              <Fingerprint value={current.fingerprint} />
            </div>
          )}
          <div>
            <h3>{t('window.directory.nowSent')}</h3>
            <Fingerprint value={pending.fingerprint} />
          </div>
        </div>
        {pending.changes.length > 0 && (
          <ul className="pending-changes">
            {pending.changes.map(({ what, change, name, before, after }) => (
              <li key={`${what}/${change}/${name}/${after ?? before}`}>
                {t(`window.directory.change.${change}`, { what: t(`window.directory.changeOf.${what}`), name })}
                {change === 'key-changed' && before !== null && after !== null && (
                  <div className="pending-compare">
                    <div>
                      <h3>{t('window.directory.keyOnFile')}</h3>
                      <Fingerprint value={before} />
                    </div>
                    <div>
                      <h3>{t('window.directory.keyNow')}</h3>
                      <Fingerprint value={after} />
                    </div>
                  </div>
                )}
              </li>
            ))}
          </ul>
        )}
        <div className="pending-acts">
          <Button onClick={() => setAsking('refuse')}>{t('window.directory.refuse')}</Button>
          <Button type="primary" onClick={() => setAsking('confirm')}>
            {t('window.directory.confirm')}
          </Button>
        </div>
      </div>
      <ConfirmAct
        busy={confirm.isPending}
        failure={confirm.failure}
        open={asking === 'confirm'}
        title={t('window.directory.confirmTitle', { office: office.name })}
        verb={t('window.directory.confirmVerb')}
        onBack={back}
        onConfirm={() =>
          confirm.tell(
            { office: office.id, how, ...(heard.trim() === '' ? {} : { fingerprint: heard }) },
            { onSuccess: back },
          )
        }
      >
        <p>{t('window.directory.confirmBody', { office: office.name })}</p>
        {pending.comparison && <p>{t('window.directory.compareNext')}</p>}
        {pending.comparison && (
          <Form layout="vertical" requiredMark={false}>
            <Form.Item label={t('window.directory.howLabel')}>
              <Radio.Group
                aria-label={t('window.directory.howLabel')}
                options={(['phone', 'in-person'] as const).map((value) => ({
                  value,
                  label: t(`window.directory.how.${value}`),
                }))}
                value={how}
                onChange={(event) => setHow(event.target.value as How)}
              />
            </Form.Item>
            <Form.Item htmlFor="heard" label={t('window.directory.heard')}>
              <Input.TextArea
                id="heard"
                autoComplete="off"
                className="growing mono"
                rows={2}
                spellCheck={false}
                value={heard}
                onChange={(event) => setHeard(event.target.value)}
              />
            </Form.Item>
          </Form>
        )}
      </ConfirmAct>
      <ConfirmAct
        busy={refuse.isPending}
        failure={refuse.failure}
        open={asking === 'refuse'}
        title={t('window.directory.refuseTitle', { office: office.name })}
        verb={t('window.directory.refuseVerb')}
        onBack={back}
        onConfirm={() => refuse.tell({ office: office.id }, { onSuccess: back })}
      >
        <p>{t('window.directory.refuseBody')}</p>
      </ConfirmAct>
    </Section>
  );
}
