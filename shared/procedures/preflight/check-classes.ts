import { valueAt } from '../condition.ts';
import { type Check, type Finding, found } from './finding.ts';
import { textOf } from './text-fields.ts';

/** Kinds of cases and papers for which this way is not the usual one: redirected or warned of, never denied. */

interface CaseClass {
  /** As in the grounds of file-review. */
  readonly id: string;
  readonly words: RegExp;
}

/** Classes that local guides keep off line. Words of the charge; what merely sounds alike is left out. */
const CLASSES: readonly CaseClass[] = [
  {
    id: 'on-site-security',
    words: /危害国家安全|背叛国家|分裂国家|颠覆国家|武装叛乱|投敌|叛逃|间谍|为境外.{0,40}(?:秘密|情报)|资敌/u,
  },
  { id: 'on-site-terror', words: /(?<!虚假)恐怖|极端主义/u },
  { id: 'on-site-secret', words: /国家秘密|军事秘密/u },
  { id: 'on-site-minor', words: /未成年|儿童|幼女|校园/u },
  { id: 'on-site-accomplice', words: /同案(?:犯|人员|嫌疑人).{0,6}在逃|另案.{0,4}在逃/u },
];

const CASE_FIELDS = ['charge', 'cause', 'caseOutline', 'note'] as const;

export const checkOnSiteClass: Check = ({ form }): Finding[] => {
  if (form['mode'] === 'on-site') return [];
  return CLASSES.flatMap(({ id, words }) => {
    const field = CASE_FIELDS.find((name) => words.test(textOf(form[name])));
    return field === undefined ? [] : [found('advice', id, { field })];
  });
};

/** 电子签名法 3(1): 婚姻、收养、继承等人身关系 are outside what parties may agree to sign electronically. */
const PERSONAL = /婚姻|结婚|离婚|复婚|婚前|婚内|夫妻|收养|继承|遗嘱|遗赠|遗产|认领亲子|亲子关系|监护/u;
const PERSONAL_FIELDS = ['matterName', 'dispute', 'cause'] as const;

export const checkElectronicSignature: Check = ({ form }) => {
  const field = PERSONAL_FIELDS.find((path) => PERSONAL.test(textOf(valueAt(form, path))));
  const title = titlesOf(form).findIndex((text) => PERSONAL.test(text));
  if (field === undefined && title < 0) return [];
  return [found('advice', 'e-signature-exception', { field: field ?? `titles.${title}` })];
};

const titlesOf = (form: Parameters<typeof valueAt>[0]): string[] => {
  const titles = valueAt(form, 'titles');
  return Array.isArray(titles) ? titles.map(textOf) : [];
};

/** 公证法 26 and 公证程序规则 11: no agent may act in these. */
const IN_PERSON = /遗嘱|遗赠扶养|赠与|认领亲子|收养|生存|委托|声明|保证(?!金|合同|人|期)/u;

export const checkInPerson: Check = ({ form }) => {
  const named = IN_PERSON.test(textOf(form['matterName']));
  if (!named && form['inPersonOnly'] !== true) return [];
  return [found('advice', form['agent'] === undefined ? 'in-person' : 'in-person-agent', { field: 'matterName' })];
};

/** 同一事项: the first centre that received it keeps it. */
export const checkSameMatter: Check = (_, { sameTitle }) =>
  sameTitle === 0 ? [] : [found('advice', 'same-matter', { params: { count: sameTitle } })];
