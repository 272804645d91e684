import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import { RouterProvider } from 'react-router';
import { createI18n, type Language } from '../shared/i18n/create-i18n.ts';
import type { Preferences } from '../shared/ipc/channels/app.ts';
import { useAsk, useTell } from './data/use-ask.ts';
import { useLiveAnswers } from './data/use-events.ts';
import { FirstRun } from './features/first-run/first-run.tsx';
import { Unlock } from './features/unlock/unlock.tsx';
import { createRoutes } from './routes.tsx';
import { ThemeProvider } from './theme/theme-provider.tsx';
import { ErrorSheet } from './ui/error-sheet.tsx';
import { allowPlainKeys } from './ui/use-shortcut.ts';

const client = new QueryClient({
  // Answers stay until an event says that they changed; what main refused once it refuses again. Main is there without any network.
  defaultOptions: {
    queries: {
      networkMode: 'always',
      retry: false,
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
    mutations: { networkMode: 'always' },
  },
});
const i18n = createI18n(systemLanguage());

export function App() {
  return (
    <QueryClientProvider client={client}>
      <I18nextProvider i18n={i18n}>
        <Window />
      </I18nextProvider>
    </QueryClientProvider>
  );
}

function systemLanguage(): Language {
  return /^zh\b/i.test(navigator.language) ? 'zh-CN' : 'en';
}

function languageOf(preferences: Preferences | undefined): Language {
  const chosen = preferences?.language ?? 'system';
  return chosen === 'system' ? systemLanguage() : chosen;
}

function Window() {
  useLiveAnswers();
  const { value: preferences } = useAsk('app:preferences', {});
  const setPreferences = useTell('app:set-preferences');
  const language = languageOf(preferences);

  useEffect(() => {
    void i18n.changeLanguage(language);
    document.title = i18n.t('window.title');
  }, [language]);
  useEffect(() => allowPlainKeys(preferences?.singleKeys ?? true), [preferences?.singleKeys]);

  return (
    <ThemeProvider appearance={preferences?.appearance ?? 'system'} language={language}>
      <Gate onLanguage={(chosen) => setPreferences.tell({ language: chosen })} />
    </ThemeProvider>
  );
}

/** No vault, a locked one, or the office: nothing of it is mounted before it is open. */
function Gate({ onLanguage }: { readonly onLanguage: (language: Language) => void }) {
  const vault = useAsk('vault:state', {});
  const info = useAsk('app:info', {});
  // The vault is open from the third step of the first run on, which is not its end.
  const [settingUp, setSettingUp] = useState(false);
  const state = vault.value?.state;
  const router = useMemo(() => (state === 'open' && !settingUp ? createRoutes() : null), [state, settingUp]);
  if (state === 'none' && !settingUp) setSettingUp(true);
  // What the first run shows goes with the lock, the recovery key above all
  if ((state === 'closing' || state === 'locked') && settingUp) setSettingUp(false);

  if (vault.failure !== null) return <ErrorSheet failure={vault.failure} onRetry={vault.again} />;
  if (vault.value === undefined || info.value === undefined) return null;
  const { version } = info.value;
  if (settingUp) {
    return <FirstRun version={version} onFinished={() => setSettingUp(false)} onLanguage={onLanguage} />;
  }
  if (router === null) return <Unlock vault={vault.value} version={version} onLanguage={onLanguage} />;
  return <RouterProvider router={router} />;
}
