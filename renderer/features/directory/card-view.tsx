import type { CardDetail } from '../../../shared/ipc/channels/directory.ts';
import type { CertificateView } from '../../../shared/ipc/parts.ts';
import { shortName } from '../../../shared/text/distinguished-name.ts';
import { useText } from '../../text/use-text.ts';
import { Fingerprint } from '../../ui/fingerprint.tsx';
import { VerdictLine } from '../../ui/verdict-line.tsx';
import { actsText } from './acts-text.ts';

/** A card as it is in force: how and when it was compared, then who signs for the office, then where it reads. */
export function CardView({ card }: { readonly card: CardDetail }) {
  const { t } = useText();
  return (
    <div className="card-view sheet">
      <div className="card-part">
        {card.confirmedAt !== null && (
          <VerdictLine asOf={card.confirmedAt} source={howText(t, card.how)} verdict="valid">
            {t('window.directory.fingerprintCompared')}
          </VerdictLine>
        )}
        <p className="meta text3">{t('window.directory.cardFingerprint', { version: card.version })}</p>
        <Fingerprint value={card.fingerprint} />
      </div>
      {card.persons.map((person) => (
        <div key={person.id} className="card-part">
          <h3>
            <span lang="zh-CN">{person.name}</span>
            <span className="meta text3">{actsText(t, person.acts)}</span>
          </h3>
          <CertificateFacts certificate={person.certificate} />
        </div>
      ))}
      {card.vaults
        .filter(({ active }) => active)
        .map((vault) => (
          <div key={vault.id} className="card-part">
            <h3>
              {t('window.directory.vault')}
              <span className="meta text3">
                {vault.registrar ? t('window.directory.registrar') : t('window.directory.encryption')}
              </span>
            </h3>
            <CertificateFacts certificate={vault.encryption} />
          </div>
        ))}
    </div>
  );
}

function CertificateFacts({ certificate }: { readonly certificate: CertificateView }) {
  const { t, date } = useText();
  const { subject, issuer, selfSigned, notBefore, notAfter, sha256 } = certificate;
  return (
    <>
      <p className="meta text2 num">
        {t('window.certificate.line', {
          subject: shortName(subject),
          issuer: selfSigned ? t('window.certificate.selfSigned') : shortName(issuer),
          from: date(notBefore),
          to: date(notAfter),
        })}
      </p>
      <Fingerprint value={sha256} />
    </>
  );
}

export function howText(t: ReturnType<typeof useText>['t'], how: string | null): string {
  return t(`window.directory.how.${how ?? 'unknown'}` as 'window.directory.how.phone', { defaultValue: how ?? '' });
}
