import type { alarmChannels, identityChannels, officeChannels } from '../../../shared/ipc/channels/office.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { readChosen, withChosenTarget, writeChosen } from '../../usecases/chosen-files.ts';
import { createTrialIdentity } from '../../usecases/create-trial-identity.ts';
import {
  askAddDevice,
  askOwnCard,
  askPublishCard,
  askRenewKeys,
} from '../../usecases/desk/questions/card-questions.ts';
import {
  dismissAlarm,
  listExpiring,
  showAlarms,
  showIdentities,
  showOffice,
  viewVaultKeys,
} from '../../usecases/desk/view-office.ts';
import { exportCard } from '../../usecases/export-card.ts';
import { importIdentityInThread } from '../../usecases/import-identity.ts';
import { issueCard } from '../../usecases/issue-card.ts';
import { addVault, exportJoinRequest, readJoinRequest } from '../../usecases/join-office.ts';
import { publishCard } from '../../usecases/publish-card.ts';
import { renewVaultKeys } from '../../usecases/renew-vault-keys.ts';
import { setCurrentPerson } from '../../usecases/settings.ts';
import type { HandlersOf } from '../handlers.ts';
import { actorOf, noteOf, officeOf, tellChanged } from '../office-of.ts';
import { requireConfirmed } from '../require-confirmed.ts';
import { withSecretText } from '../secret-text.ts';

type Names = keyof typeof identityChannels | keyof typeof officeChannels | keyof typeof alarmChannels;

const LARGEST_REQUEST = 512 * 1024;

export const officeHandlers: HandlersOf<Names> = {
  'identity:list': (_, desk) => showIdentities(officeOf(desk)),
  'identity:use': ({ person }, desk) => {
    setCurrentPerson(officeOf(desk), person);
    tellChanged(desk, 'identities');
    return {};
  },
  'identity:import': async ({ file, password, passphrase, name, acts }, desk) => {
    // A wrong password is typed again, for the same file
    const p12 = await readChosen(desk.files.look(file, 'identity'), LIMITS.pkcs12);
    try {
      const secret = passphrase === null ? {} : { passphrase: withSecretText(passphrase, String) };
      const named = name === null ? {} : { name };
      const person = await withSecretText(password, (text) =>
        importIdentityInThread(officeOf(desk), { p12, password: text, acts, ...secret, ...named }),
      );
      desk.files.forget([file]);
      tellChanged(desk, 'identities');
      return { person: person.id, name: person.name };
    } finally {
      p12.fill(0);
    }
  },
  'identity:create-trial': async ({ name, passphrase, acts, algorithm }, desk) => {
    const person = await withSecretText(passphrase, (text) =>
      createTrialIdentity(officeOf(desk), { name, passphrase: text, acts, algorithm }),
    );
    tellChanged(desk, 'identities');
    return { person: person.id, name: person.name };
  },
  'identity:expiring': (_, desk) => listExpiring(officeOf(desk)),

  'office:show': (_, desk) => showOffice(officeOf(desk)),
  'office:issue-card': async ({ credentials, removePersons, retireVaults, registrar, routes, types }, desk) => {
    const changes = {
      ...(removePersons === undefined ? {} : { removePersons }),
      ...(retireVaults === undefined ? {} : { retireVaults }),
      ...(registrar === undefined ? {} : { registrar }),
      ...(routes === undefined ? {} : { routes }),
      ...(types === undefined ? {} : { types }),
    };
    const { person, secret } = credentials;
    const { question, persons } = askOwnCard(officeOf(desk), 'ownCard', person, changes);
    const issued = await withSecretText(secret, async (passphrase) => {
      await requireConfirmed(desk, question);
      return issueCard(officeOf(desk), { person, passphrase }, { ...changes, shownPersons: persons });
    });
    tellChanged(desk, 'identities', 'directory');
    return { version: issued.card.version, fingerprint: issued.fingerprint };
  },
  'office:vault-keys': (_, desk) => viewVaultKeys(officeOf(desk)),
  'office:renew-keys': async ({ credentials: { person, secret }, kinds }, desk) => {
    const { question, persons } = askRenewKeys(officeOf(desk), person, kinds);
    const { card, fingerprint, renewed } = await withSecretText(secret, async (passphrase) => {
      await requireConfirmed(desk, question);
      return renewVaultKeys(officeOf(desk), { credentials: { person, passphrase }, kinds, shownPersons: persons });
    });
    tellChanged(desk, 'identities', 'directory');
    return { version: card.version, fingerprint, renewed: [...renewed] };
  },
  'office:publish-card': async ({ credentials: { person, secret }, to }, desk) => {
    const question = askPublishCard(officeOf(desk), person, to);
    const sent = await withSecretText(secret, async (passphrase) => {
      await requireConfirmed(desk, question);
      return publishCard(officeOf(desk), { person, passphrase }, to);
    });
    desk.session.get().exchange.syncNow();
    return { packages: sent.length };
  },
  'office:export-card': async ({ office }, desk) => {
    const path = await desk.shell.chooseTarget('office-card.asice');
    if (path === null) return { saved: false };
    await withChosenTarget(
      path,
      (sink) => exportCard(officeOf(desk), sink, ...(office === null ? [] : [office])),
      noteOf(desk),
    );
    return { saved: true };
  },
  'office:export-join-request': async (_, desk) => {
    const { bytes, fingerprint } = exportJoinRequest(officeOf(desk));
    const path = await desk.shell.chooseTarget('join-request.json');
    if (path !== null) await writeChosen(path, bytes, noteOf(desk));
    return { saved: path !== null, fingerprint };
  },
  'office:add-vault': async ({ request, fingerprint, credentials: { person, secret } }, desk) => {
    const bytes = await readChosen(desk.files.take(request, 'join-request'), LARGEST_REQUEST);
    const issued = await withSecretText(secret, async (passphrase) => {
      const { vault, fingerprint: shown } = readJoinRequest(officeOf(desk), bytes, fingerprint);
      const { question, persons } = askAddDevice(officeOf(desk), person, { id: vault.id, fingerprint: shown });
      await requireConfirmed(desk, question);
      const credentials = { person, passphrase };
      return addVault(officeOf(desk), { request: bytes, fingerprint, credentials, shownPersons: persons });
    });
    return { version: issued.card.version, fingerprint: issued.fingerprint };
  },

  'alarm:list': (_, desk) => showAlarms(officeOf(desk)),
  'alarm:acknowledge': ({ id }, desk) => {
    dismissAlarm(officeOf(desk), id, actorOf(desk));
    tellChanged(desk, 'alarms');
    return {};
  },
};
