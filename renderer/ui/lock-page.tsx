import { Select } from 'antd';
import type { ReactNode } from 'react';
import { LANGUAGES, type Language } from '../../shared/i18n/create-i18n.ts';
import { LANGUAGE_NAMES } from '../../shared/i18n/language-names.ts';
import { useText } from '../text/use-text.ts';
import './lock-page.css';

interface Props {
  readonly version: string;
  readonly onLanguage: (language: Language) => void;
  readonly children: ReactNode;
}

/** The page before the vault is open: a language, one sheet, and what holds for the data. */
export function LockPage({ version, onLanguage, children }: Props) {
  const { t, language } = useText();
  return (
    <div className="lock-page">
      <header>
        <Select<Language>
          aria-label={t('window.language.choose')}
          options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          popupMatchSelectWidth={false}
          size="small"
          value={language}
          variant="borderless"
          onChange={onLanguage}
        />
      </header>
      <main>{children}</main>
      <footer>
        <span>{t('window.lockPage.local')}</span>
        <span className="num">{t('window.lockPage.version', { version })}</span>
      </footer>
    </div>
  );
}
