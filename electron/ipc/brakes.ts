import type { ChannelName, PRELOAD_CHANNELS } from '../../shared/ipc/contract.ts';

/**
 * What stands between a window that has been taken over and an act. `dialog`: main's own dialog of a file, folder or printer; `token`: of a file or folder that a
 * person chose in such a dialog or dropped; `secret`: a passphrase, PIN or password that a key does not open without; `question`: main's own question, which names
 * what becomes true.
 */
export type Brake = 'dialog' | 'token' | 'secret' | 'question';

export interface Braked {
  readonly brakes: readonly Brake[];
  /** What it could cost, and why this is enough. */
  readonly why: string;
}

const none = (why: string): Braked => ({ brakes: [], why });
const held = (why: string, ...brakes: readonly Brake[]): Braked => ({ brakes, why });

const READS = 'shows what the open vault holds; the policy of the page lets nothing out';
const LOOKS = 'how the program looks and behaves for this person; nothing is trusted by it and nothing leaves';
const OWN_NOTES = 'words of this office for itself; they leave with nothing';
const DRAFTS = 'nothing leaves before a signature, and that is asked for by main word for word';
const NARROWS = 'trusts or reaches less than before; what is held stays held, and messages wait for another route';
const SAVES = 'a file is written only where the person says in the dialog of the system';
const PRINTS = 'the dialog of the printer is the system’s';
const CHOSEN = 'reads only what a person chose or dropped, and changes nothing';
const REPEATS = 'the same sealed bytes to the same offices, or none at all';

/** Every channel of the contract, decided. A channel that is missing here does not compile, and fails its test. */
export const BRAKES: Readonly<Record<ChannelName | keyof typeof PRELOAD_CHANNELS, Braked>> = {
  'app:info': none('names the program'),
  'app:licences': none('texts that come with the program'),
  'app:preferences': none(LOOKS),
  'app:set-preferences': none(LOOKS),
  'app:take-proposals': none('a link or a double click only ever proposes a file to be looked at'),
  'file:choose': held('what is chosen is chosen in the dialog of the system, under the title of its purpose', 'dialog'),
  'file:choose-folder': held('as file:choose', 'dialog'),
  'file:list-folder': held('only files of a folder that was chosen for scans', 'token'),
  'file:forget': none('a token less'),
  'file:register-dropped': none('the preload asks Electron where the file lies; a page cannot name a path'),

  'vault:state': none('what the unlock screen shows'),
  'vault:create': held('makes what is not there yet, and holds nothing', 'secret'),
  'vault:check-recovery-key': none('compares two groups with what was shown'),
  'vault:print-recovery-key': held(PRINTS, 'dialog'),
  'vault:unlock': held('tries cost time', 'secret'),
  'vault:recover': held('opens with the recovery key; signing keys stay shut', 'secret'),
  'vault:lock': none('less is open'),
  'vault:restore': held('a backup that was chosen for this, and its secret', 'token', 'secret'),
  'vault:change-passphrase': held('takes the passphrase of now', 'secret'),
  'vault:backup': held('sealed, into a folder that was chosen for backups', 'token'),
  'vault:choose-backup': held('sealed, into a folder that is chosen here', 'dialog'),

  'identity:list': none(READS),
  'identity:use': none('who sits here by their own word: named in the log, authorised for nothing'),
  'identity:import': held(
    'the key of a file that was chosen for this; it counts for nothing before a card lists it, and the card is asked for',
    'token',
    'secret',
  ),
  'identity:create-trial': held(
    'a key that counts for nothing before a card lists it, and the card is asked for',
    'secret',
  ),
  'identity:expiring': none(READS),

  'office:show': none(READS),
  'office:issue-card': held(
    'says whose signatures and keys count for this office: asked for wherever a card is in force. The first one is relied on by nobody who has not compared it',
    'secret',
    'question',
  ),
  'office:vault-keys': none(READS),
  'office:renew-keys': held('others seal by the new keys', 'secret', 'question'),
  'office:publish-card': held('signs, and leaves', 'secret', 'question'),
  'office:export-card': held(SAVES, 'dialog'),
  'office:export-join-request': held(SAVES, 'dialog'),
  'office:add-vault': held('whoever holds that device opens all that comes', 'token', 'secret', 'question'),

  'alarm:list': none(READS),
  'alarm:acknowledge': none('a warning less on the screen; what it warned of stays blocked, and the log keeps it'),

  'route:list': none(READS),
  'route:save': held('packages go there, and passwords to that host', 'question'),
  'route:remove': none(NARROWS),
  'route:test': none('signs in where the person said'),

  'directory:list': none(READS),
  'directory:show': none(READS),
  'directory:import': held(
    'a card counts where a key that was compared signed it, and adds no key before it was confirmed',
    'token',
  ),
  'directory:confirm': held('papers are sealed for these keys and signatures of theirs count', 'question'),
  'directory:refuse': none(NARROWS),
  'directory:withdraw': none(NARROWS),
  'directory:import-signed': held(
    'offices that it introduces count without a comparison: asked for once per issuer',
    'token',
    'question',
  ),
  'directory:list-signed': none(READS),
  'directory:set-quota': held('more of the disk for others; less is not asked for', 'question'),
  'directory:set-routes': held('packages go there; a route less, or another order, is not asked for', 'question'),

  'matter:list': none(READS),
  'matter:preview': none(READS),
  'matter:show': none(READS),
  'matter:facets': none(READS),
  'matter:assign': none(OWN_NOTES),
  'matter:export-csv': held(SAVES, 'dialog'),
  'matter:print': held(PRINTS, 'dialog'),
  'matter:save-pdf': held(SAVES, 'dialog'),
  'matter:add-note': none(OWN_NOTES),
  'matter:edit-note': none(OWN_NOTES),
  'matter:remove-note': none(OWN_NOTES),
  'view:list': none(READS),
  'view:save': none(OWN_NOTES),
  'view:remove': none(OWN_NOTES),
  'home:counts': none(READS),
  'home:today': none(READS),
  'home:charts': none(READS),
  'reminder:list': none(READS),
  'reminder:set': none(OWN_NOTES),
  'reminder:remove': none(OWN_NOTES),

  'draft:list': none(READS),
  'draft:show': none(READS),
  'draft:create': none(DRAFTS),
  'draft:update': none(DRAFTS),
  'draft:remove': none(DRAFTS),
  'draft:add-files': held(DRAFTS, 'token'),
  'draft:add-bytes': none(DRAFTS),
  'draft:change-document': none(DRAFTS),
  'draft:remove-document': none(DRAFTS),
  'draft:preflight': none(READS),
  'draft:hand-over': none(DRAFTS),
  'draft:take-back': none(DRAFTS),
  'signature:list': none(READS),
  'signature:review': none(READS),
  'signature:mark-read': none('whoever signs is shown the list again by main'),
  'signature:sign-and-send': held('signs, and leaves', 'secret', 'question'),

  'inbox:list': none(READS),
  'inbox:rejected': none(READS),
  'message:show': none(READS),
  'message:mark-opened': none(
    'a receipt that says opened before anybody read. Asked at every paper it would be answered blindly; the log names it',
  ),
  'message:export': held(SAVES, 'dialog'),
  'search:find': none(READS),
  'delivery:show': none(READS),
  'message:remind': none(REPEATS),
  'delivery:give-up': held('signs that others have not answered', 'question'),
  'delivery:export-record': held(SAVES, 'dialog'),
  'document:open': none(READS),
  'document:read': none(READS),
  'document:export': held(SAVES, 'dialog'),
  'paper:list': none(READS),
  'paper:read': none(READS),
  'paper:save': held(SAVES, 'dialog'),
  'paper:patterns': none(READS),
  'paper:set-pattern': none('the numbers that later papers bear'),

  'verify:file': held(CHOSEN, 'token'),
  'verify:show': none(READS),
  'verify:message': none(READS),
  'verify:save-report': held(SAVES, 'dialog'),
  'verify:print-report': held(PRINTS, 'dialog'),
  'evidence:preview': none(READS),
  'evidence:export': held(SAVES, 'dialog'),
  'evidence:recognise': held(CHOSEN, 'token'),
  'evidence:verify': held('anchors count for this verdict alone, and the report names them', 'token'),
  'evidence:show': none(READS),
  'evidence:save-report': held(SAVES, 'dialog'),
  'evidence:print-report': held(PRINTS, 'dialog'),

  'exchange:status': none(READS),
  'exchange:sync': none(REPEATS),
  'exchange:resume': held('signs a card that lists a new epoch, and leaves', 'secret', 'question'),
  'exchange:finish-restore': held('acts that others know of could be contradicted', 'question'),
  'exchange:list-frozen': none(READS),
  'exchange:decide-frozen': held('messages leave, or never do', 'question'),
  'audit:list': none(READS),
  'audit:check': none(READS),
  'audit:export-csv': held(SAVES, 'dialog'),
  'audit:save-pdf': held(SAVES, 'dialog'),

  'settings:show': none(READS),
  'settings:change': held(
    'signatures of keys that nobody can vouch for could count: asked for where revocation is relaxed, and for nothing else',
    'question',
  ),
  'settings:addresses': none(READS),
  'trust:list-anchors': none(READS),
  'trust:read-file': held(CHOSEN, 'token'),
  'trust:add-anchors': held('whatever that CA signs is believed', 'token', 'question'),
  'trust:set-anchor-terms': held('a CA is believed for more; less is not asked for', 'question'),
  'trust:remove-anchor': none(NARROWS),
  'trust:add-revocation-list': held('a list takes trust away, and counts only by its issuer’s signature', 'token'),
  'trust:list-revocation-lists': none(READS),
  'trust:network': none(READS),
  'trust:set-network': held(
    'hosts learn what is looked at, and say what time it is; fewer are not asked for',
    'question',
  ),

  'token:list': none(READS),
  'token:add-module': held('its code runs here: chosen under that title, and for nothing else', 'token'),
  'token:remove-module': none(NARROWS),
  'token:adopt-signing': held('as identity:create-trial', 'secret'),
  'token:adopt-reading': held('as identity:create-trial', 'secret'),
  'token:unlock-reading': held('opens what came for this vault', 'secret'),

  'update:state': none(READS),
  'update:set-address': held('the program asks there; what it gets must still be signed', 'question'),
  'update:check': none('asks the address that the person said'),
  'update:read-file': held('laid ready where the publisher signed it, and opened by a question', 'token'),
  'update:open': held('an installer runs', 'question'),

  'job:list': none(READS),
  'job:show': none(READS),
  'job:cancel': none('work that can be begun again'),
};
