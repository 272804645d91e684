import { describe, expect, test } from 'vitest';
import { createI18n, LANGUAGES } from '../../../../../shared/i18n/create-i18n.ts';
import type { OfficeId, Sha256 } from '../../../../../shared/model/brand.ts';
import type { Form } from '../../../../../shared/model/forms/form.ts';
import type { CivilDate } from '../../../../../shared/procedures/clock/civil-date.ts';
import { findProcedureByName, PROCEDURES } from '../../../../../shared/procedures/find-procedure.ts';
import type {
  Finding,
  PreflightDocument,
  PreflightFacts,
  PreflightRecipient,
} from '../../../../../shared/procedures/preflight/finding.ts';
import { CHECK_IDS, preflight } from '../../../../../shared/procedures/preflight/preflight.ts';
import { preflightText } from '../../../../../shared/procedures/preflight/preflight-text.ts';
import { FILE_REVIEW, LEGAL_AID, OFFICE } from '../../../../fixtures/forms.ts';
import { sampleForm } from '../../../../fixtures/sample-form.ts';

const LAWYER = { name: '张甲', licence: '13401201810123456', firm: '安徽某律师事务所', phone: '0551-60000000' };
const TODAY = '2026-11-24' as CivilDate;

function office(id: OfficeId, type: PreflightRecipient['office']['type'], region: string): PreflightRecipient {
  const types = PROCEDURES.map((procedure) => procedure.type);
  return {
    office: { id, name: '收件机构', type, region },
    types,
    formats: null,
    routes: [{ kind: 'folder', largest: null }],
  };
}

const LEAD: Readonly<Record<string, PreflightRecipient>> = {
  'file-review': office(OFFICE.procuratorate, 'procuratorate', '310000'),
  'legal-aid-transfer': office(OFFICE.centreZhejiang, 'legal-aid-centre', '330100'),
  'notarization-request': office(OFFICE.notaryAnhui, 'notary-office', '340100'),
  'case-filing': office(OFFICE.procuratorate, 'court', '310000'),
  mediation: office(OFFICE.procuratorate, 'judicial-bureau', '310000'),
};

const document = (kind: string, more: Partial<PreflightDocument> = {}): PreflightDocument => ({
  name: `${kind}.pdf`,
  kind,
  mediaType: 'application/pdf',
  size: 1000,
  sha256: null,
  state: 'ready',
  ...more,
});

interface Given {
  readonly form?: Form;
  /** Of a later act; the form itself where it is left out. */
  readonly opening?: Form;
  readonly act?: string;
  /** Replaces the complete set. */
  readonly documents?: readonly PreflightDocument[];
  readonly more?: readonly PreflightDocument[];
  readonly lead?: Partial<PreflightRecipient>;
  readonly leadOffice?: Partial<PreflightRecipient['office']>;
  readonly sameTitle?: number;
}

/** A complete opening of a procedure, with what a test changes in it. */
function check(name: string, given: Given = {}): Finding[] {
  const procedure = findProcedureByName(name);
  const act = procedure?.acts.find(({ id }) => id === (given.act ?? 'submit'));
  if (procedure === null || act === undefined) throw new Error(name);
  const known: Form = name === 'file-review' ? (FILE_REVIEW['submit'] ?? {}) : (LEGAL_AID['transfer'] ?? {});
  const base =
    act.id === 'submit' && (name === 'file-review' || name === 'legal-aid-transfer')
      ? known
      : sampleForm(act, { full: false, day: TODAY });
  const form = { ...base, ...given.form };
  const complete = act.documents.filter(({ mandatory }) => mandatory).map(({ kinds }) => document(kinds[0] ?? ''));
  const documents = [...(given.documents ?? complete), ...(given.more ?? [])];
  const usual = LEAD[name] ?? office(OFFICE.procuratorate, 'court', '310000');
  const lead = { ...usual, ...given.lead, office: { ...usual.office, ...given.leadOffice } };
  const facts: PreflightFacts = {
    today: TODAY,
    lead: lead.office.id,
    recipients: [lead],
    sameTitle: given.sameTitle ?? 0,
    sentBefore: null,
  };
  return preflight({ procedure, act, opening: given.opening ?? form, form, documents }, facts);
}

/** Without what passed. */
const told = (name: string, given: Given = {}): [string, string][] =>
  check(name, given)
    .filter(({ level }) => level !== 'passed')
    .map(({ level, id }) => [level, id]);

describe('nothing is said', () => {
  test.each(['file-review', 'legal-aid-transfer'])('of a complete %s', (name) => {
    expect(told(name)).toEqual([]);
    expect(check(name).map(({ id }) => id)).toEqual(expect.arrayContaining(['form', 'documents-complete']));
  });
});

test('every check that a procedure lists is there, and the other way round', () => {
  const listed = PROCEDURES.flatMap(({ checks }) => checks);
  expect(listed.filter((id) => !CHECK_IDS.includes(id))).toEqual([]);
  expect(CHECK_IDS.filter((id) => !listed.includes(id))).toEqual([]);
});

describe('state secrets stop', () => {
  test('a marked name, a marked text and a form that says so itself', () => {
    expect(told('file-review', { more: [document('other', { name: '机密★笔录.pdf' })] })).toContainEqual([
      'failure',
      'state-secret-in-name',
    ]);
    expect(told('file-review', { form: { note: '密级：绝密' } })).toContainEqual(['failure', 'state-secret-in-form']);
    expect(told('file-review', { form: { stateSecret: true } })).toEqual([['failure', 'state-secret-declared']]);
  });
  test('not a charge that speaks of them, which is only sent on site', () => {
    expect(told('file-review', { form: { charge: '泄露国家秘密' } })).toEqual([['advice', 'on-site-secret']]);
    expect(told('file-review', { form: { charge: '侵犯商业秘密' } })).toEqual([]);
  });
});

describe('the form', () => {
  test('a wrong check digit stops, with its field and without the right digit', () => {
    const findings = check('file-review', { form: { lawyers: [{ ...LAWYER, licence: '99999201810123456' }] } });
    expect(findings[0]).toEqual({
      id: 'check-digit',
      level: 'failure',
      params: {},
      field: 'lawyers.0.licence',
      slot: null,
    });
  });
  test('every wrong field is named, not only the first; a day that does not exist says so', () => {
    const form = { limitationOn: '2026-02-30', receivedOn: '2026-13-01', cause: '' };
    const failures = check('legal-aid-transfer', { form }).filter(({ level }) => level === 'failure');
    expect(failures.map(({ id, field }) => [id, field])).toEqual(
      expect.arrayContaining([
        ['date-impossible', 'limitationOn'],
        ['date-impossible', 'receivedOn'],
        ['form-invalid', 'cause'],
      ]),
    );
  });
  test.each([
    ['2026-11-25', ['date-future']],
    ['2026-11-24', []],
  ])('an application received on %s', (receivedOn, ids) => {
    expect(told('legal-aid-transfer', { form: { receivedOn } }).map(([, id]) => id)).toEqual(ids);
  });
  test.each([
    ['2026-11-23', ['date-past']],
    ['2026-11-24', []],
  ])('an answer wanted by %s', (by, ids) => {
    expect(told('legal-aid-assistance', { form: { by } }).map(([, id]) => id)).toEqual(
      expect.arrayContaining(['office-kind', ...ids]),
    );
    expect(told('legal-aid-assistance', { form: { by } })).toHaveLength(ids.length + 1);
  });
  test.each([
    ['2026-11-23', [['advice', 'licence-expired']]],
    ['2026-11-24', []],
  ])('a licence assessed until %s', (licenceUntil, findings) => {
    expect(told('file-review', { form: { lawyers: [{ ...LAWYER, licenceUntil }] } })).toEqual(findings);
  });
});

describe('documents', () => {
  test('a missing mandatory slot stops; either of two papers fills one', () => {
    const documents = [document('lawyer-licence'), document('firm-letter')];
    const [missing] = check('file-review', { documents });
    expect(missing).toMatchObject({ id: 'document-missing', level: 'failure', slot: 'authority' });
    for (const kind of ['power-of-attorney', 'legal-aid-letter']) {
      expect(told('file-review', { documents: [...documents, document(kind)] })).toEqual([]);
    }
  });
  test('a slot that the form makes mandatory', () => {
    const documents = ['lawyer-licence', 'firm-letter', 'power-of-attorney'].map((kind) => document(kind));
    const form = { principal: { name: '李丁', relation: '父子' } };
    expect(told('file-review', { form, documents })).toEqual([
      ['failure', 'document-missing'],
      ['failure', 'document-missing'],
    ]);
  });
  test('an unfinished read stops, a failed one too', () => {
    const more = [
      document('reading-application', { state: 'hashing' }),
      document('lawyer-licence', { state: 'failed' }),
    ];
    expect(told('file-review', { more })).toEqual([
      ['failure', 'document-unfinished'],
      ['failure', 'document-failed'],
    ]);
  });
  test('the same content twice, and two files where one is usual', () => {
    const sha256 = 'a'.repeat(64) as Sha256;
    const twice = [document('lawyer-licence', { sha256 }), document('lawyer-licence', { sha256, name: '副本.pdf' })];
    expect(told('file-review', { more: twice })).toEqual([['advice', 'document-duplicate']]);
    expect(told('file-review', { more: [document('firm-letter')] })).toEqual([['advice', 'slot-twice']]);
  });
  test.each([
    ['卷宗.pdf', 1, []],
    ['卷宗.OFD', 1, []],
    ['卷宗.pages', 1, ['document-format']],
    ['卷宗', 1, ['document-format']],
    ['卷宗.pdf', 0, ['document-empty']],
  ])('%s of %i bytes', (name, size, ids) => {
    const more = [document('lawyer-licence', { name, size })];
    expect(told('file-review', { more }).map(([, id]) => id)).toEqual(ids);
  });
  test.each([
    ['卷宗.pdf', ['pdf', 'ofd'], []],
    ['卷宗.OFD', ['pdf', 'ofd'], []],
    ['卷宗.docx', ['pdf', 'ofd'], ['document-unread']],
    ['卷宗.pages', ['pages', 'pdf'], []],
    ['卷宗', ['pdf'], ['document-unread']],
  ])('%s to an office whose card says that it opens %s', (name, formats, ids) => {
    const given = { more: [document('lawyer-licence', { name })], lead: { formats } };
    expect(told('file-review', given)).toEqual(ids.map((id) => ['advice', id]));
  });
  test('a file in no slot', () => {
    expect(told('file-review', { more: [document('attachment')] })).toEqual([['advice', 'document-without-slot']]);
  });
});

describe('the route', () => {
  const MiB = 1024 * 1024;
  const big = [document('lawyer-licence', { size: 21 * MiB })];
  test('too small on every route is a wait, never a stop', () => {
    const mail = { kind: 'mail', largest: 20 * MiB };
    const lead = { routes: [mail] };
    expect(told('file-review', { more: big, lead })).toEqual([['wait', 'route-too-small']]);
    expect(told('file-review', { more: big, lead: { routes: [mail, { kind: 'folder', largest: null }] } })).toEqual([]);
    expect(told('file-review', { more: [document('lawyer-licence', { size: 19 * MiB })], lead })).toEqual([]);
  });
  test('above 256 MiB an offer goes first', () => {
    const more = [document('lawyer-licence', { size: 300 * MiB })];
    expect(told('file-review', { more })).toEqual([['wait', 'offer-first']]);
  });
});

describe('limitation', () => {
  test.each([
    ['2026-12-01', []],
    ['2026-11-30', ['limitation-urgent', 'urgent-unmarked']],
    ['2026-11-24', ['limitation-urgent', 'urgent-unmarked']],
    ['2026-11-23', ['limitation-past']],
  ])('ends on %s', (limitationOn, ids) => {
    expect(told('legal-aid-transfer', { form: { limitationOn } }).map(([, id]) => id)).toEqual(ids);
  });
  test('marked urgent already', () => {
    const form = { limitationOn: '2026-11-30', urgent: true };
    expect(told('legal-aid-transfer', { form })).toEqual([['advice', 'limitation-urgent']]);
  });
});

describe('addressees: advice with where to turn, never a denial', () => {
  test.each([
    ['310000', ['aid-jurisdiction']],
    ['330100', []],
    ['330000', []],
    ['330106', []],
    ['330200', ['aid-jurisdiction']],
  ])('legal aid in litigation before an authority in %s, sent to 330100', (region, ids) => {
    const form = { handlingAuthority: { name: '某法院', region } };
    expect(told('legal-aid-transfer', { form }).map(([, id]) => id)).toEqual(ids);
  });
  test('a filing whose ground of jurisdiction lies elsewhere', () => {
    expect(told('case-filing', { form: { connectionRegion: '340100' } })).toEqual([['advice', 'filing-jurisdiction']]);
    expect(told('case-filing', { form: { connectionRegion: '310104' } })).toEqual([]);
  });
  test.each([
    ['房屋买卖合同', ['real-estate-place']],
    ['委托他人出售房屋', ['in-person']],
    ['学历', []],
  ])('notarization of %s', (matterName, ids) => {
    const documents = ['identity', 'document', 'proof'].map((kind) => document(kind));
    const form = { matterName, inPersonOnly: false };
    expect(told('notarization-request', { form, documents }).map(([, id]) => id)).toEqual(ids);
  });
  test('an office of another kind, and one that does not take such matters', () => {
    expect(told('file-review', { leadOffice: { type: 'notary-office' } })).toEqual([['advice', 'office-kind']]);
    expect(told('file-review', { lead: { types: ['notarization'] } })).toEqual([['advice', 'type-not-taken']]);
  });
  test('a pick-up office of another level, or elsewhere than the licence says', () => {
    const at = (region: string): Form => ({ pickUpOffice: { name: '某检察院', region } });
    const city = { region: '310100' };
    expect(told('file-review', { form: at('340100'), leadOffice: city })).toEqual([]);
    expect(told('file-review', { form: at('340104'), leadOffice: city })).toEqual([['advice', 'pick-up-level']]);
    expect(told('file-review', { form: at('330100'), leadOffice: city })).toEqual([['advice', 'pick-up-place']]);
  });
  test('the stage and the office that has the case then', () => {
    expect(told('file-review', { leadOffice: { type: 'court' } })).toEqual([['advice', 'stage-procuratorate']]);
    expect(told('file-review', { form: { stage: 'first-instance' } })).toEqual([['advice', 'stage-court']]);
  });
  test('an agent ad litem at the procuratorate, and one who is no lawyer at court', () => {
    const form = { role: 'litigation-agent', stage: 'first-instance' };
    const court = { type: 'court' } as const;
    expect(told('file-review', { form: { role: 'litigation-agent' } })).toEqual([['advice', 'agent-permission']]);
    expect(told('file-review', { form, leadOffice: court })).toEqual([]);
    const layman = { ...form, applicant: 'other-defender' };
    expect(told('file-review', { form: layman, leadOffice: court })).toContainEqual([
      'advice',
      'agent-permission-court',
    ]);
  });
});

describe('classes', () => {
  test.each([
    ['间谍', 'on-site-security'],
    ['组织、领导恐怖组织', 'on-site-terror'],
    ['猥亵儿童', 'on-site-minor'],
    ['编造虚假恐怖信息', null],
    ['合同诈骗', null],
  ])('a charge of %s', (charge, id) => {
    expect(told('file-review', { form: { charge } })).toEqual(id === null ? [] : [['advice', id]]);
    expect(told('file-review', { form: { charge, mode: 'on-site' } })).toEqual([]);
  });
  test('an accomplice at large', () => {
    expect(told('file-review', { form: { note: '同案犯王某在逃' } })).toEqual([['advice', 'on-site-accomplice']]);
  });
  test.each([
    ['notarization-request', { matterName: '继承权' }, 'e-signature-exception'],
    ['notarization-request', { titles: ['离婚协议'] }, 'e-signature-exception'],
    ['mediation', { dispute: '婚姻家庭纠纷' }, 'e-signature-exception'],
    ['mediation', { dispute: '邻里纠纷' }, null],
  ])('%s of %o under 电子签名法 3', (name, form, id) => {
    const ids = told(name, { form }).map(([, one]) => one);
    if (id === null) expect(ids).not.toContain('e-signature-exception');
    else expect(ids).toContain(id);
  });
  test('what must be done in person, with an agent and without', () => {
    const form = { matterName: '遗嘱', inPersonOnly: true };
    const agent = { name: '周戊', identity: { kind: 'other', number: '1' }, relation: '友', authority: '委托' };
    expect(told('notarization-request', { form })).toContainEqual(['advice', 'in-person']);
    const withAgent = told('notarization-request', { form: { ...form, agent } });
    expect(withAgent).toContainEqual(['advice', 'in-person-agent']);
    expect(told('notarization-request', { form: { matterName: '保证合同', inPersonOnly: false } })).not.toContainEqual([
      'advice',
      'in-person',
    ]);
  });
  test('another open matter of the same title', () => {
    expect(told('legal-aid-transfer', { sameTitle: 1 })).toEqual([['advice', 'same-matter']]);
  });
});

describe('answers', () => {
  const opening = FILE_REVIEW['submit'] ?? {};
  const layman = { ...opening, applicant: 'other-defender' };
  const agent = { ...opening, role: 'litigation-agent' };
  const deny = (ground: string) => ({ outcome: 'denied', on: TODAY, ground, reason: '经审查' });

  test.each([
    ['secrets', opening, true],
    ['collusion-risk', opening, true],
    ['secrets', layman, false],
    ['credentials-incomplete', opening, false],
    ['agent-not-permitted', opening, true],
    ['agent-not-permitted', agent, false],
  ])(
    'a lawyer is denied on the ground %s that 刑诉规则 48 or 56 gives against others only: %o, %s',
    (ground, of, warned) => {
      const ids = told('file-review', { act: 'denied', form: deny(ground), opening: of }).map(([, id]) => id);
      expect(ids).toEqual(warned ? ['ground-not-applicable'] : []);
    },
  );
  test.each([
    ['no-jurisdiction', {}, true],
    ['no-jurisdiction', { redirection: { office: '某公证处' } }, false],
    ['dispute', {}, false],
  ])('an application is sent away on the ground %s with %o: nobody says where', (ground, more, warned) => {
    const form = { outcome: 'not-accepted', on: TODAY, ground, reason: '经审查', ...more };
    const ids = told('notarization-request', { act: 'not-accepted', form }).map(([, id]) => id);
    expect(ids).toEqual(warned ? ['redirection-missing'] : []);
  });
  test.each([
    ['file-review', 'restart', true],
    ['file-review', 'none', false],
    ['notarization-request', 'restart', true],
    ['notarization-request', 'pause', false],
    ['legal-aid-transfer', 'pause', false],
    ['legal-aid-transfer', 'lapse', false],
    ['legal-aid-transfer', 'restart', true],
  ])(
    'a notice in %s tells the applicant that the period will %s while the rule says otherwise',
    (name, effect, warned) => {
      const form = { items: [{ item: '委托书', wanted: '补交' }], by: TODAY, effect };
      const ids = told(name, { act: 'supplement-request', form }).map(([, id]) => id);
      expect(ids).toEqual(warned ? ['supplement-effect'] : []);
    },
  );
});

test('a later act is not asked what only an opening is', () => {
  const ids = told('legal-aid-transfer', {
    act: 'withdraw',
    documents: [],
    sameTitle: 3,
    leadOffice: { type: 'court' },
  });
  expect(ids).toEqual([]);
});

test.each(LANGUAGES)('says in %s where it is and what it is, with every value in its place', (language) => {
  const { t } = createI18n(language);
  const mail = { routes: [{ kind: 'mail', largest: 20 }] };
  const findings = [
    ...check('file-review', {
      form: { lawyers: [{ ...LAWYER, licence: '1', licenceUntil: '2020-01-01' }] },
      documents: [],
    }),
    ...check('file-review', { more: [document('x', { name: '绝密.pdf' })], lead: mail }),
    ...check('file-review', { lead: { formats: ['ofd'] } }),
    ...check('legal-aid-transfer', {
      form: { limitationOn: '2026-11-30', handlingAuthority: { name: '院', region: '310000' } },
    }),
  ];
  const texts = findings.map((finding) => preflightText(t, 'file-review', finding));
  for (const text of texts) expect(text).not.toMatch(/\{\{|preflight\.|undefined/);
  const licence = language === 'en' ? 'lawyers 1 · licence number: ' : '律师 1 · 执业证号：';
  expect(texts.some((text) => text.startsWith(licence))).toBe(true);
});
