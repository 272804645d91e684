import type { ComponentType } from 'react';
import { Link, useParams } from 'react-router';
import { useText } from '../../text/use-text.ts';
import { AboutSection } from './about-section.tsx';
import { AddressesSection } from './addresses-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { BackupSection } from './backup-section.tsx';
import { IdentitySection } from './identity-section.tsx';
import { LockSection } from './lock-section.tsx';
import { OfficeCardSection } from './office-card-section.tsx';
import { PapersSection } from './papers-section.tsx';
import { RevocationSection } from './revocation-section.tsx';
import { RoutesSection } from './routes-section.tsx';
import { RulesSection } from './rules-section.tsx';
import { TimestampSection } from './timestamp-section.tsx';
import { TrustSection } from './trust-section.tsx';
import './settings.css';

/** In the order of the list at the left. */
const SECTIONS = [
  ['identity', IdentitySection],
  ['office', OfficeCardSection],
  ['routes', RoutesSection],
  ['trust', TrustSection],
  ['revocation', RevocationSection],
  ['timestamps', TimestampSection],
  ['rules', RulesSection],
  ['papers', PapersSection],
  ['appearance', AppearanceSection],
  ['lock', LockSection],
  ['backup', BackupSection],
  ['addresses', AddressesSection],
  ['about', AboutSection],
] as const satisfies readonly (readonly [string, ComponentType])[];

export function Settings() {
  const { t } = useText();
  const wanted = useParams()['section'];
  const [name, Section] = SECTIONS.find(([each]) => each === wanted) ?? SECTIONS[0];
  return (
    <div className="settings">
      <nav aria-label={t('window.settings.sections')} className="settings-list">
        <h1>{t('window.frame.settings')}</h1>
        <ul>
          {SECTIONS.map(([each]) => (
            <li key={each}>
              <Link to={`/settings/${each}`} {...(each === name ? { 'aria-current': 'page' as const } : {})}>
                {t(`window.settings.section.${each}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <section aria-label={t(`window.settings.section.${name}`)} className="settings-form">
        <h2>{t(`window.settings.section.${name}`)}</h2>
        <p className="text2 settings-lead">{t(`window.settings.lead.${name}`)}</p>
        <Section />
      </section>
    </div>
  );
}
