import type { Page } from '@playwright/test';
import type { Translate } from '../../../shared/i18n/create-i18n.ts';
import { ROUTE_KINDS } from '../../../shared/ipc/channels/route.ts';
import type { ChannelName } from '../../../shared/ipc/contract.ts';
import { BUNDLE } from '../../fixtures/fake-bridge/evidence.ts';
import { FIRST_RECEIVED } from '../../fixtures/fake-bridge/inbox.ts';
import { certificate, SHOWN_OFFICE } from '../../fixtures/fake-bridge/office.ts';
import type { Scene } from '../../fixtures/fake-bridge/scene.ts';
import { VERIFICATION } from '../../fixtures/fake-bridge/verification.ts';

/** Everything of the window that can be looked at: its screens, full, empty and refused; what opens over them; the steps before an office stands. */

/** A page, and the words that stand in it. */
export interface Shown {
  readonly page: Page;
  readonly t: Translate;
}

export interface Place {
  readonly name: string;
  /** Behind the hash. */
  readonly path: string;
  readonly scene?: Partial<Scene>;
  /** Done before it is looked at: what opens by a click alone. */
  readonly prepare?: (shown: Shown) => Promise<void>;
  /** React itself complains of what is shown here. */
  readonly broken?: true;
}

type Words = (t: Translate) => string;
type Step = (shown: Shown) => Promise<void>;

const press =
  (words: Words): Step =>
  ({ page, t }) =>
    page
      .getByRole('button', { name: words(t) })
      .first()
      .click();
const choose =
  (words: Words): Step =>
  ({ page, t }) =>
    page.getByRole('menuitem', { name: words(t) }).click();
const key =
  (keys: string): Step =>
  ({ page }) =>
    page.keyboard.press(keys);
const click =
  (selector: string): Step =>
  ({ page }) =>
    page.locator(selector).first().click();
const appears =
  (selector: string): Step =>
  ({ page }) =>
    page.locator(selector).first().waitFor();
const dialog: Step = ({ page }) => page.getByRole('dialog').last().waitFor();

const inTurn =
  (...steps: readonly Step[]): Step =>
  async (shown) => {
    for (const step of steps) await step(shown);
  };
/** A dialog that opens by one button. */
const opened = (words: Words): Step => inTurn(press(words), dialog);

const MATTER = '/matters/019a0000-0000-7000-8000-000000000001';
const DRAFT = '/drafts/dddddddd-dddd-4ddd-8ddd-dddddddddddd';
const CHANGED_OFFICE = '/directory/12330000MB0000004T';
const MESSAGE = `/verify/message/${FIRST_RECEIVED}`;

const SECTIONS = [
  'identity',
  'office',
  'routes',
  'trust',
  'revocation',
  'timestamps',
  'rules',
  'papers',
  'appearance',
  'lock',
  'backup',
  'addresses',
  'about',
] as const;

const SCREENS: readonly Place[] = [
  { name: 'home', path: '/' },
  { name: 'home-restored', path: '/', scene: { restored: true } },
  { name: 'matters', path: '/matters?q=亲属关系证明' },
  { name: 'matters-none', path: '/matters?q=没有' },
  { name: 'matter', path: MATTER },
  { name: 'new-request', path: '/new' },
  { name: 'draft', path: DRAFT },
  { name: 'draft-staging', path: DRAFT, scene: { staging: true } },
  { name: 'inbox', path: `/inbox/${FIRST_RECEIVED}` },
  { name: 'rejected', path: '/inbox?tab=rejected' },
  { name: 'verify', path: '/verify' },
  { name: 'report', path: `/verify/${VERIFICATION}` },
  { name: 'report-of-message', path: MESSAGE },
  { name: 'bundle-verdict', path: `/verify/bundle/${BUNDLE}` },
  { name: 'signature-folder', path: '/signature-folder' },
  { name: 'directory', path: CHANGED_OFFICE },
  { name: 'directories', path: '/directory' },
  { name: 'audit', path: '/audit' },
  ...SECTIONS.map((section) => ({ name: `settings-${section}`, path: `/settings/${section}` })),
  { name: 'no-such-page', path: '/nowhere' },
  {
    name: 'broken-screen',
    path: '/settings/papers',
    scene: { answers: { 'paper:patterns': { items: [null as never] } } },
    broken: true,
  },
];

const EMPTY: readonly Place[] = [
  ...['', 'matters', 'new', 'inbox', 'signature-folder', 'directory'].map((path) => ({
    name: `${path || 'home'}-empty`,
    path: `/${path}`,
  })),
  ...['identity', 'office', 'routes'].map((section) => ({
    name: `settings-${section}-empty`,
    path: `/settings/${section}`,
  })),
].map((place) => ({ ...place, scene: { empty: true } }));

/** What the screens ask for; what the frame asks for is answered. */
const FAILING: readonly ChannelName[] = [
  'home:today',
  'home:charts',
  'alarm:list',
  'matter:list',
  'matter:show',
  'matter:facets',
  'draft:list',
  'draft:show',
  'inbox:list',
  'inbox:rejected',
  'message:show',
  'verify:show',
  'verify:message',
  'evidence:show',
  'signature:list',
  'directory:list',
  'directory:show',
  'directory:list-signed',
  'audit:list',
  'audit:check',
  'settings:show',
  'settings:addresses',
  'route:list',
  'token:list',
  'trust:list-anchors',
  'trust:list-revocation-lists',
  'trust:network',
  'paper:patterns',
  'app:licences',
  'update:state',
];
const FAILED: readonly Place[] = SCREENS.filter(
  ({ name, scene }) => scene === undefined && !['matters-none', 'no-such-page', 'verify'].includes(name),
).map((place) => ({ ...place, name: `${place.name}-failed`, scene: { failing: FAILING } }));

const LOCKED: readonly Place[] = [
  { name: 'unlock', path: '/', scene: { vault: 'locked' } },
  {
    name: 'unlock-refused',
    path: '/',
    scene: { vault: 'locked', refused: { 'vault:unlock': 'KEY_PASSPHRASE_WRONG' } },
    prepare: inTurn(({ page }) => page.keyboard.type('纸鹞'), key('Enter'), appears('.error-line')),
  },
  {
    name: 'recover',
    path: '/',
    scene: { vault: 'locked' },
    prepare: inTurn(
      press((t) => t('window.unlock.useRecoveryKey')),
      appears('textarea'),
      press((t) => t('window.unlock.recover')),
      appears('.ant-form-item-explain-error'),
    ),
  },
];

const office: Step = inTurn(click('.first-run-choice'), appears('#region'));
const passphrase: Step = inTurn(
  office,
  async ({ page, t }) => {
    await page.getByLabel(t('window.office.name')).fill('安徽示例律师事务所');
    await page.getByLabel(t('window.office.uscc')).fill('31340000MD0000001T');
    await page.getByLabel(t('window.office.region')).fill('340100');
  },
  press((t) => t('window.firstRun.next')),
  appears('input[type=password]'),
);
const recoveryKey: Step = inTurn(
  passphrase,
  async ({ page }) => {
    for (const field of await page.locator('input[type=password]').all()) {
      await field.fill('harbour anvil mosaic thistle orbit');
    }
  },
  press((t) => t('window.firstRun.passphrase.create')),
  ({ page, t }) => page.getByRole('heading', { name: t('window.firstRun.recoveryKey.title') }).waitFor(),
);
const identity: Step = inTurn(
  recoveryKey,
  async ({ page, t }) => {
    await page.getByLabel(t('window.firstRun.recoveryKey.typeBack', { n: 4 }), { exact: true }).fill('9HCE');
    await page.getByLabel(t('window.firstRun.recoveryKey.typeBack', { n: 11 }), { exact: true }).fill('H9WQ');
    await page.getByLabel(t('window.firstRun.recoveryKey.kept')).check();
  },
  press((t) => t('window.firstRun.next')),
  ({ page, t }) => page.getByRole('heading', { name: t('window.firstRun.identity.title') }).waitFor(),
);
const trial: Step = async ({ page, t }) => {
  await page.getByText(t('window.identity.trial'), { exact: true }).click();
};
const route: Step = inTurn(
  identity,
  trial,
  async ({ page, t }) => {
    await page.getByLabel(t('window.identity.name')).fill('张三');
    for (const field of await page.locator('input[type=password]').all()) await field.fill('天鹅湖 correct horse');
  },
  press((t) => t('window.firstRun.next')),
  ({ page, t }) => page.getByRole('heading', { name: t('window.firstRun.route.title') }).waitFor(),
);
const restore: Step = inTurn(click('.first-run-choice + .first-run-choice'), appears('#backup'));

const FIRST_RUN: readonly Place[] = [
  ...Object.entries<Step | undefined>({
    'first-run': undefined,
    'first-run-office': inTurn(
      office,
      press((t) => t('window.firstRun.next')),
      appears('.ant-form-item-explain-error'),
    ),
    'first-run-passphrase': passphrase,
    'first-run-recovery-key': recoveryKey,
    'first-run-identity': identity,
    'first-run-trial': inTurn(identity, trial),
    'first-run-route': route,
    'first-run-restore': restore,
    'first-run-restore-by-key': inTurn(
      restore,
      ({ page, t }) => page.getByText(t('window.firstRun.restore.recoveryKey'), { exact: true }).first().click(),
      appears('textarea'),
    ),
  }).map(([name, prepare]) => ({
    name,
    path: '/',
    scene: {
      vault: 'none' as const,
      answers: {
        'identity:create-trial': { person: SHOWN_OFFICE.card?.persons[0]?.id } as never,
        'identity:use': {},
        'office:issue-card': { version: 1 } as never,
      },
    },
    ...(prepare === undefined ? {} : { prepare }),
  })),
];

const TOKEN = { token: '0'.repeat(32), size: 9_437_184 };
/** Another device of the office beside ours, so that one of them can be retired. */
const TWO_DEVICES = {
  ...SHOWN_OFFICE,
  card: SHOWN_OFFICE.card && {
    ...SHOWN_OFFICE.card,
    vaults: [
      ...SHOWN_OFFICE.card.vaults,
      {
        id: '44444444-4444-4444-8444-444444444444' as never,
        epoch: 1,
        own: false,
        registrar: false,
        active: true,
      },
    ],
  },
};
const EXCHANGE = {
  running: false,
  lastSuccess: null,
  queued: 0,
  nextAt: null,
  unreachable: [],
  failed: [],
  frozen: 2,
  awaiting: [],
  pendingCards: [],
  restored: true,
};

const more = (words: Words): Step =>
  inTurn(({ page }) => page.locator('.event:has(.event-delivery) .event-title button').first().click(), choose(words));
const delivery: Step = inTurn(
  more((t) => t('window.delivery.menu')),
  appears('.delivery-attempts'),
);

/** What opens over a screen, or in its place. */
const OVER: readonly Place[] = [
  { name: 'search', path: '/', prepare: key('Control+k') },
  {
    name: 'search-hits',
    path: '/',
    prepare: inTurn(key('Control+k'), dialog, ({ page }) => page.keyboard.type('示例'), appears('.palette-hit')),
  },
  { name: 'keys', path: '/', prepare: inTurn(key('Shift+?'), dialog) },
  {
    name: 'proposals',
    path: '/',
    scene: {
      answers: {
        'app:take-proposals': {
          files: [
            { ...TOKEN, name: '上海示例人民检察院.asice' },
            { ...TOKEN, token: '1'.repeat(32), name: '律师异地阅卷申请.lexpost.p7m' },
          ],
        },
      },
    },
    prepare: dialog,
  },
  {
    name: 'restored-drop',
    path: '/',
    scene: { restored: true },
    prepare: inTurn(
      press((t) => t('window.restored.all')),
      opened((t) => t('window.restored.drop', { count: 2 })),
    ),
  },
  {
    name: 'restored-resume',
    path: '/',
    scene: { answers: { 'exchange:status': EXCHANGE } },
    prepare: opened((t) => t('window.restored.resume')),
  },
  {
    name: 'restored-finish',
    path: '/',
    scene: {
      answers: {
        'exchange:status': {
          ...EXCHANGE,
          awaiting: [{ id: '11310000MB0000002F' as never, name: '上海示例人民检察院' }],
        },
      },
    },
    prepare: opened((t) => t('window.restored.finish')),
  },
  {
    name: 'matters-preview',
    path: '/matters',
    prepare: inTurn(
      ({ page }) => page.getByRole('grid').focus(),
      key('ArrowDown'),
      key('Space'),
      ({ page }) => page.getByRole('complementary').waitFor(),
    ),
  },
  { name: 'matters-save-view', path: '/matters?q=亲属', prepare: opened((t) => t('window.matters.view.save')) },
  {
    name: 'matter-evidence',
    path: MATTER,
    prepare: inTurn(
      press((t) => t('window.matter.evidence')),
      dialog,
      appears('.evidence-holds'),
    ),
  },
  { name: 'matter-delivery', path: MATTER, prepare: delivery },
  {
    name: 'matter-give-up',
    path: MATTER,
    prepare: inTurn(
      delivery,
      press((t) => t('window.delivery.giveUp')),
      appears('.delivery-proves'),
    ),
  },
  {
    name: 'matter-remind',
    path: MATTER,
    prepare: inTurn(
      press((t) => t('window.remind.open')),
      appears('.remind-quick'),
    ),
  },
  {
    name: 'matter-document',
    path: MATTER,
    prepare: inTurn(click('.event-attached button'), appears('.ant-drawer canvas')),
  },
  { name: 'matter-proof', path: MATTER, prepare: inTurn(key('Control+p'), appears('.ant-drawer canvas')) },
  ...[2, 3, 4].map((tab) => ({
    name: `matter-tab-${tab}`,
    path: MATTER,
    prepare: inTurn(
      ({ page }) =>
        page
          .getByRole('tab')
          .nth(tab - 1)
          .click(),
      appears('.matter-tab'),
    ),
  })),
  { name: 'draft-review', path: DRAFT, prepare: inTurn(key('Control+Enter'), appears('.review-scroll table')) },
  {
    name: 'draft-missing',
    path: DRAFT,
    scene: { staging: true },
    prepare: inTurn(
      press((t) => t('window.compose.review')),
      appears('.preflight'),
    ),
  },
  {
    name: 'signature-folder-refused',
    path: '/signature-folder',
    scene: { failing: ['signature:sign-and-send'] },
    prepare: inTurn(
      async ({ page }) => {
        await page.getByRole('checkbox', { disabled: false }).first().check();
        await page.locator('.folder-secret input').fill('天鹅湖');
      },
      key('Enter'),
      appears('.error-line'),
    ),
  },
  { name: 'directory-confirm', path: CHANGED_OFFICE, prepare: opened((t) => t('window.directory.confirm')) },
  { name: 'directory-refuse', path: CHANGED_OFFICE, prepare: opened((t) => t('window.directory.refuse')) },
  { name: 'directory-withdraw', path: CHANGED_OFFICE, prepare: opened((t) => t('window.directory.withdraw')) },
  { name: 'bundle-form', path: '/verify', prepare: inTurn(click('.verify-drop'), appears('.bundle-form')) },
  {
    name: 'report-detailed',
    path: `/verify/${VERIFICATION}`,
    prepare: inTurn(
      ({ page, t }) => page.getByText(t('report.detailed'), { exact: true }).click(),
      appears('.verify-checks'),
    ),
  },
  { name: 'report-other-time', path: MESSAGE, prepare: opened((t) => t('window.verify.atOther')) },
  {
    name: 'audit-entry',
    path: '/audit',
    prepare: inTurn(({ page }) => page.getByRole('grid').focus(), key('ArrowDown'), key('Enter')),
  },
  { name: 'identity-add', path: '/settings/identity', prepare: opened((t) => t('window.settings.identity.add')) },
  { name: 'token-sign', path: '/settings/identity', prepare: opened((t) => t('window.settings.tokens.sign')) },
  { name: 'token-read', path: '/settings/identity', prepare: opened((t) => t('window.settings.tokens.read')) },
  { name: 'token-unlock', path: '/settings/identity', prepare: opened((t) => t('window.settings.tokens.unlock')) },
  { name: 'card-issue', path: '/settings/office', prepare: opened((t) => t('window.settings.office.issue')) },
  { name: 'card-publish', path: '/settings/office', prepare: opened((t) => t('window.settings.office.publish')) },
  { name: 'keys-renew', path: '/settings/office', prepare: opened((t) => t('window.settings.keys.renew')) },
  { name: 'device-add', path: '/settings/office', prepare: opened((t) => t('window.settings.devices.add')) },
  {
    name: 'device-retire',
    path: '/settings/office',
    scene: { answers: { 'office:show': TWO_DEVICES } },
    prepare: opened((t) => t('window.settings.devices.retire')),
  },
  {
    name: 'device-join',
    path: '/settings/office',
    scene: {
      answers: {
        'office:show': { ...SHOWN_OFFICE, listed: false },
        'office:export-join-request': { saved: true, fingerprint: certificate(70, '').sha256 } as never,
      },
    },
    prepare: inTurn(
      press((t) => t('window.settings.devices.join')),
      ({ page, t }) => page.getByText(t('window.settings.devices.joined')).waitFor(),
    ),
  },
  ...ROUTE_KINDS.map((kind) => ({
    name: `route-${kind}`,
    path: '/settings/routes',
    prepare: inTurn(
      press((t) => t('window.settings.routes.add')),
      choose((t) => t(`window.route.kind.${kind}`)),
      dialog,
    ),
  })),
  { name: 'route-remove', path: '/settings/routes', prepare: opened((t) => t('window.settings.routes.remove')) },
  { name: 'trust-remove', path: '/settings/trust', prepare: opened((t) => t('window.settings.trust.remove')) },
  {
    name: 'trust-add',
    path: '/settings/trust',
    scene: { answers: { 'trust:read-file': { items: [certificate(71, '示例政法根 CA', true)] } } },
    prepare: opened((t) => t('window.settings.trust.add')),
  },
];

/** Every place that this room looks at. */
export const PLACES: readonly Place[] = [...LOCKED, ...FIRST_RUN, ...SCREENS, ...EMPTY, ...FAILED, ...OVER];
