import {
  AuditOutlined,
  BookOutlined,
  FolderOpenOutlined,
  HomeOutlined,
  InboxOutlined,
  ProfileOutlined,
  SafetyCertificateOutlined,
  SettingOutlined,
} from '@ant-design/icons';
import { useState } from 'react';
import { Outlet, useNavigate } from 'react-router';
import type { ToneName } from '../../../shared/design/tokens.ts';
import type { ExchangeState } from '../../../shared/ipc/channels/exchange.ts';
import type { Job } from '../../../shared/ipc/channels/job.ts';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { useEvent } from '../../data/use-events.ts';
import { type Text, useText } from '../../text/use-text.ts';
import { Frame } from '../../ui/frame/frame.tsx';
import { useShortcut } from '../../ui/use-shortcut.ts';
import { useToast } from '../../ui/use-toast.ts';
import { FailedExport } from './failed-export.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { ProposalsDialog } from './proposals-dialog.tsx';
import { SearchPalette } from './search-palette.tsx';

const PLACES = ['/', '/matters', '/inbox', '/signature-folder', '/directory', '/verify'] as const;
/** What the menus of the system name, and where it leads. */
const COMMANDS: Readonly<Record<string, string>> = {
  'new-request': '/new',
  settings: '/settings',
  about: '/settings/about',
  home: '/',
  matters: '/matters',
  inbox: '/inbox',
  'signature-folder': '/signature-folder',
  directory: '/directory',
  verify: '/verify',
};

/** What can be begun again without a loss. */
const ENDED_AT_WILL: ReadonlySet<Job['kind']> = new Set(['backup', 'export', 'verify']);

/** The frame with what it shows of the office: what waits, who sits here, how the exchange stands. */
export function OfficeFrame() {
  const text = useText();
  const { t } = text;
  const navigate = useNavigate();
  const toast = useToast();
  const [shown, setShown] = useState<'search' | 'keys' | null>(null);
  const counts = useAsk('home:counts', {}).value;
  const exchange = useAsk('exchange:status', {}).value;
  const jobs = useAsk('job:list', {});
  const office = useAsk('office:show', {}).value;
  const identities = useAsk('identity:list', {}).value;
  const lock = useTell('vault:lock');
  const sync = useTell('exchange:sync');
  const stop = useTell('job:cancel');
  const running = jobs.value?.items.find(({ state }) => state === 'running');
  const person = identities?.items.find((identity) => identity.person === identities.current);

  const go = (path: string): void => void navigate(path);
  const lockNow = (): void => lock.tell({});
  useShortcut('Mod+K', () => setShown('search'));
  useShortcut('Mod+N', () => go('/new'));
  useShortcut('Mod+L', lockNow);
  useShortcut('?', () => setShown('keys'));
  usePlaceKeys(go);
  useEvent('job:changed', () => jobs.again());
  useEvent('message:received', ({ messages }) => toast(t('window.frame.received', { count: messages.length })));
  useEvent('app:command-chosen', ({ command }) => {
    const path = COMMANDS[command];
    if (path !== undefined) go(path);
    else if (command === 'search' || command === 'keys') setShown(command);
    else if (command === 'lock') lockNow();
    else if (command === 'sync') sync.tell({});
  });

  return (
    <>
      <Frame
        exchange={exchangeText(text, exchange, running)}
        items={[
          { to: '/', icon: <HomeOutlined />, label: t('window.frame.home'), keys: 'Mod+1' },
          { to: '/matters', icon: <ProfileOutlined />, label: t('window.frame.matters'), keys: 'Mod+2' },
          {
            to: '/inbox',
            icon: <InboxOutlined />,
            label: t('window.frame.inbox'),
            count: counts?.unopened ?? 0,
            keys: 'Mod+3',
          },
          {
            to: '/signature-folder',
            icon: <FolderOpenOutlined />,
            label: t('window.frame.folder'),
            count: counts?.toSign ?? 0,
            keys: 'Mod+4',
          },
          { to: '/directory', icon: <BookOutlined />, label: t('window.frame.directory'), keys: 'Mod+5' },
          { to: '/verify', icon: <SafetyCertificateOutlined />, label: t('window.frame.verify'), keys: 'Mod+6' },
        ]}
        lowItems={[
          { to: '/audit', icon: <AuditOutlined />, label: t('window.frame.audit') },
          { to: '/settings', icon: <SettingOutlined />, label: t('window.frame.settings') },
        ]}
        newRequestPath="/new"
        person={{
          name: person?.name ?? t('window.frame.nobody'),
          role: null,
          office: office?.office.name ?? '',
        }}
        onCancel={
          running !== undefined && ENDED_AT_WILL.has(running.kind) ? () => stop.tell({ job: running.id }) : null
        }
        onLock={lockNow}
        onSearch={() => setShown('search')}
      >
        <FailedExport />
        <Outlet />
      </Frame>
      <ProposalsDialog />
      {shown === 'search' && <SearchPalette onClose={() => setShown(null)} />}
      {shown === 'keys' && <KeysDialog onClose={() => setShown(null)} />}
    </>
  );
}

function usePlaceKeys(go: (path: string) => void): void {
  useShortcut('Mod+1', () => go(PLACES[0]));
  useShortcut('Mod+2', () => go(PLACES[1]));
  useShortcut('Mod+3', () => go(PLACES[2]));
  useShortcut('Mod+4', () => go(PLACES[3]));
  useShortcut('Mod+5', () => go(PLACES[4]));
  useShortcut('Mod+6', () => go(PLACES[5]));
}

/** How the exchange stands, in one line: running work first, then what is wrong, then when it last went well. */
function exchangeText(
  { t, moment, time }: Text,
  state: ExchangeState | undefined,
  job: Job | undefined,
): { tone: ToneName; text: string } {
  if (job !== undefined) {
    const percent = job.total === 0 ? 0 : Math.floor((job.done / job.total) * 100);
    return { tone: 'waiting', text: t(`window.frame.job.${job.kind}`, { percent }) };
  }
  if (state === undefined) return { tone: 'none', text: t('window.frame.exchange.unknown') };
  if (state.restored || state.frozen > 0) return { tone: 'paused', text: t('window.frame.exchange.frozen') };
  if (state.unreachable.length > 0) {
    return { tone: 'waiting', text: t('window.frame.exchange.unreachable', { count: state.unreachable.length }) };
  }
  if (state.running) return { tone: 'waiting', text: t('window.frame.exchange.running') };
  if (state.lastSuccess === null) return { tone: 'none', text: t('window.frame.exchange.never') };
  const today = moment(state.lastSuccess).startsWith(t('window.date.today'));
  return {
    tone: 'done',
    text: t('window.frame.exchange.ok', { time: today ? time(state.lastSuccess) : moment(state.lastSuccess) }),
  };
}
