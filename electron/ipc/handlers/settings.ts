import type { settingsChannels } from '../../../shared/ipc/channels/settings.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Settings } from '../../../shared/model/settings.ts';
import { addCrlsInThread, dropAnchor } from '../../usecases/add-trust.ts';
import { readChosen } from '../../usecases/chosen-files.ts';
import { askAnchors, askAnchorTerms, askNetwork, askSettings } from '../../usecases/desk/questions/trust-questions.ts';
import { listAddresses } from '../../usecases/desk/view-routes.ts';
import {
  addChosenAnchors,
  readCertificateFile,
  viewAnchors,
  viewRevocationLists,
} from '../../usecases/desk/view-trust.ts';
import { setTrustNetwork } from '../../usecases/set-trust-network.ts';
import { changeSettings, showSettings } from '../../usecases/settings.ts';
import { setAnchorTerms } from '../../usecases/trust/import-anchors.ts';
import { getTrustNetwork } from '../../usecases/trust/network-settings.ts';
import type { HandlersOf } from '../handlers.ts';
import { actorOf, officeOf, tellChanged } from '../office-of.ts';
import { requireConfirmed } from '../require-confirmed.ts';

/** Certificates of one file. */
const BUNDLE = 4 * 1024 * 1024;

export const settingsHandlers: HandlersOf<keyof typeof settingsChannels> = {
  'settings:show': (_, desk) => showSettings(officeOf(desk).vault.read),
  'settings:change': async (change, desk) => {
    const given = Object.fromEntries(
      Object.entries(change).filter(([, value]) => value !== undefined),
    ) as Partial<Settings>;
    await requireConfirmed(desk, askSettings(officeOf(desk), given));
    const settings = changeSettings(officeOf(desk), given, actorOf(desk));
    desk.shell.applySettings(settings);
    tellChanged(desk, 'settings');
    return settings;
  },
  'settings:addresses': (_, desk) => listAddresses(officeOf(desk)),
  'trust:list-anchors': (_, desk) => viewAnchors(officeOf(desk)),
  'trust:read-file': async ({ file }, { files }) => ({
    items: readCertificateFile(await readChosen(files.look(file), BUNDLE)),
  }),
  'trust:add-anchors': async ({ file, certificates }, desk) => {
    const path = desk.files.look(file, 'certificates');
    const bytes = await readChosen(path, BUNDLE);
    await requireConfirmed(desk, askAnchors(bytes, certificates));
    desk.files.forget([file]);
    return { added: addChosenAnchors(officeOf(desk), bytes, certificates, actorOf(desk)) };
  },
  'trust:set-anchor-terms': async ({ certificate, ...terms }, desk) => {
    await requireConfirmed(desk, askAnchorTerms(officeOf(desk), certificate, terms));
    setAnchorTerms(officeOf(desk), certificate, terms, actorOf(desk));
    return {};
  },
  'trust:remove-anchor': ({ certificate }, desk) => {
    dropAnchor(officeOf(desk), certificate, actorOf(desk));
    return {};
  },
  'trust:add-revocation-list': async ({ file }, desk) => ({
    added: await addCrlsInThread(officeOf(desk), await readChosen(desk.files.take(file), LIMITS.crl)),
  }),
  'trust:list-revocation-lists': (_, desk) => viewRevocationLists(officeOf(desk)),
  'trust:network': (_, desk) => getTrustNetwork(officeOf(desk).vault.read),
  'trust:set-network': async (network, desk) => {
    await requireConfirmed(desk, askNetwork(officeOf(desk), network));
    setTrustNetwork(officeOf(desk), network, actorOf(desk));
    return {};
  },
};
