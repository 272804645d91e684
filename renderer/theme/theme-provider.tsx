import { App, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US.js';
import zhCN from 'antd/locale/zh_CN.js';
import { type ReactNode, useInsertionEffect } from 'react';
import { cssVariables, type Mode } from '../../shared/design/tokens.ts';
import type { Language } from '../../shared/i18n/create-i18n.ts';
import { antdTheme } from './antd-theme.ts';
import { cspNonce } from './csp-nonce.ts';
import './base.css';
import { ModeContext } from './mode-context.ts';
import { useMedia } from './use-media.ts';

/** What the person chose; `system` follows the desktop. */
export type Appearance = 'system' | Mode;

interface Props {
  readonly appearance: Appearance;
  readonly language: Language;
  readonly children: ReactNode;
}

/** Colours, type and the language of antd's own words for everything below it. */
export function ThemeProvider({ appearance, language, children }: Props) {
  const dark = useMedia('(prefers-color-scheme: dark)');
  const reducedMotion = useMedia('(prefers-reduced-motion: reduce)');
  const mode = appearance === 'system' ? (dark ? 'dark' : 'light') : appearance;
  const nonce = cspNonce();

  useInsertionEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dataset['mode'] = mode;
    const style = document.createElement('style');
    style.nonce = nonce;
    style.textContent = cssVariables(mode);
    document.head.append(style);
    return () => style.remove();
  }, [mode, language, nonce]);

  return (
    <ConfigProvider
      button={{ autoInsertSpace: false }}
      csp={{ nonce }}
      locale={language === 'en' ? enUS : zhCN}
      theme={antdTheme(mode, reducedMotion)}
      wave={{ disabled: true }}
    >
      <ModeContext value={mode}>
        <App className="app" notification={{ placement: 'bottomRight', duration: 3 }}>
          {children}
        </App>
      </ModeContext>
    </ConfigProvider>
  );
}
