import type { vaultChannels } from '../../../shared/ipc/channels/vault.ts';
import { backUp } from '../../usecases/back-up.ts';
import { changeVaultPassphrase } from '../../usecases/change-vault-passphrase.ts';
import { listReminderTimes } from '../../usecases/desk/keep-reminders.ts';
import { renderRecoverySheet } from '../../usecases/recovery-sheet.ts';
import { showSettings } from '../../usecases/settings.ts';
import type { Desk } from '../desk.ts';
import type { HandlersOf } from '../handlers.ts';
import { actorOf, officeOf } from '../office-of.ts';
import { withSecretText } from '../secret-text.ts';
import { viewSession } from '../view-session.ts';

/** What the vault says of how the window must behave, and when it must speak up, counts from the moment it is open. */
function applyVault(desk: Desk): void {
  const office = officeOf(desk);
  desk.shell.applySettings(showSettings(office.vault.read));
  desk.shell.keepReminders(listReminderTimes(office));
}

export const vaultHandlers: HandlersOf<keyof typeof vaultChannels> = {
  'vault:state': async (_, { session }) => viewSession(await session.state()),
  'vault:create': async ({ passphrase, office }, desk) => {
    const { groups, ask } = await withSecretText(passphrase, (text) => desk.session.create(text, office));
    applyVault(desk);
    return { recoveryKey: [...groups], ask: [...ask] };
  },
  'vault:check-recovery-key': ({ groups }, { session }) => ({ wrong: session.checkRecoveryKey(groups) }),
  'vault:print-recovery-key': async (_, desk) => {
    const { shell, session, now } = desk;
    const page = renderRecoverySheet(officeOf(desk), session.recoveryKey(), shell.language(), now());
    return { printed: await shell.print(page) };
  },
  'vault:unlock': async ({ passphrase }, desk) => {
    await withSecretText(passphrase, (text) => desk.session.unlock(text));
    applyVault(desk);
    return {};
  },
  'vault:recover': async ({ recoveryKey, passphrase }, desk) => {
    await withSecretText(recoveryKey, (key) => withSecretText(passphrase, (text) => desk.session.recover(key, text)));
    applyVault(desk);
    return {};
  },
  'vault:lock': (_, { session }) => {
    // The window is told at once; what has to end goes on behind it.
    void session.lock('asked');
    return {};
  },
  'vault:restore': async ({ backup, secret }, desk) => {
    // A wrong word is typed again, for the same backup
    const path = desk.files.look(backup, 'vault-backup');
    if (secret.kind === 'passphrase') {
      await withSecretText(secret.passphrase, (passphrase) => desk.session.restore(path, { passphrase }));
    } else {
      await withSecretText(secret.recoveryKey, (recoveryKey) => desk.session.restore(path, { recoveryKey }));
    }
    desk.files.forget([backup]);
    applyVault(desk);
    return {};
  },
  'vault:change-passphrase': async ({ current, passphrase }, desk) => {
    const office = officeOf(desk);
    await withSecretText(current, (old) =>
      withSecretText(passphrase, (text) => changeVaultPassphrase(office, old, text)),
    );
    return {};
  },
  'vault:backup': ({ folder }, desk) => ({ job: startBackup(desk, desk.files.look(folder, 'vault-backup')) }),
  'vault:choose-backup': async (_, desk) => {
    const path = await desk.shell.chooseFolder('vault-backup');
    return { job: path === null ? null : startBackup(desk, path) };
  },
};

function startBackup(desk: Desk, path: string): string {
  const { context, jobs } = desk.session.get();
  const by = actorOf(desk);
  return jobs.start({ kind: 'backup', label: '' }, ({ signal, progress }) =>
    backUp(context, path, { signal, progress, by }),
  ).id;
}
