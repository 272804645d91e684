import { regionsMeet, sameLevel } from '../../model/region.ts';
import { valueAt } from '../condition.ts';
import { type Check, type Finding, found, type PreflightDraft, type PreflightFacts } from './finding.ts';
import { textOf } from './text-fields.ts';

/** Whether the addressees are the right ones. Advice with where to turn: whoever is asked decides on its own competence. */

const leadOf = ({ recipients, lead }: PreflightFacts) => recipients.find(({ office }) => office.id === lead) ?? null;
const isOpening = ({ procedure, act }: PreflightDraft): boolean => procedure.acts[0] === act;

/** For every procedure: the kind of office that leads it, and what its card says it takes. */
export const checkOffices: Check = (draft, facts) => {
  const lead = leadOf(facts);
  if (lead === null || !isOpening(draft)) return [];
  const { procedure } = draft;
  const kinds = procedure.roles.find(({ id }) => id === 'lead')?.offices;
  const about = { params: { name: lead.office.name }, field: 'to' };
  return [
    ...(kinds !== undefined && !kinds.includes(lead.office.type) ? [found('advice', 'office-kind', about)] : []),
    ...(lead.types.includes(procedure.type) ? [] : [found('advice', 'type-not-taken', about)]),
  ];
};

/** The place that `path` names must lie where the leading office is. */
const atPlace =
  (id: string, path: string): Check =>
  ({ form }, facts) => {
    const lead = leadOf(facts);
    const place = textOf(valueAt(form, path));
    if (lead === null || place === '' || regionsMeet(place, lead.office.region)) return [];
    return [found('advice', id, { params: { name: lead.office.name, region: place }, field: path })];
  };

/** 法律援助法 38: litigation → where the handling authority is. */
export const checkAidJurisdiction = atPlace('aid-jurisdiction', 'handlingAuthority.region');
export const checkFilingJurisdiction = atPlace('filing-jurisdiction', 'connectionRegion');

/** 公证法 25: real estate at its place, except 委托, 声明, 赠与, 遗嘱. */
export const checkNotaryJurisdiction: Check = ({ form }) => {
  const matter = textOf(form['matterName']);
  if (!/不动产|房屋|房产|土地使用权/u.test(matter) || /委托|声明|赠与|遗嘱/u.test(matter)) return [];
  return [found('advice', 'real-estate-place', { field: 'matterName' })];
};

/** 异地阅卷: at an office of the same level, at the place where the lawyer is registered. Digits 2 to 5 of a licence name that place. */
export const checkPickUp: Check = ({ form }, facts) => {
  const place = textOf(valueAt(form, 'pickUpOffice.region'));
  if (place === '') return [];
  const field = 'pickUpOffice.region';
  const lead = leadOf(facts);
  const licence = textOf(valueAt(form, 'lawyers.0.licence'));
  const registered = licence.length === 17 ? `${licence.slice(1, 5)}00` : place;
  return [
    ...(lead !== null && !sameLevel(place, lead.office.region) ? [found('advice', 'pick-up-level', { field })] : []),
    ...(regionsMeet(place, registered) ? [] : [found('advice', 'pick-up-place', { field })]),
  ];
};

/** Who has the case at this stage. */
export const checkStage: Check = ({ form }, facts) => {
  const lead = leadOf(facts);
  const stage = textOf(form['stage']);
  if (lead === null || stage === '') return [];
  const wanted = stage === 'prosecution-review' ? 'procuratorate' : 'court';
  const other = wanted === 'court' ? 'procuratorate' : 'court';
  if (lead.office.type !== other) return [];
  return [found('advice', `stage-${wanted}`, { params: { name: lead.office.name }, field: 'stage' })];
};

/** 刑诉规则 56: an agent needs permission at the procuratorate; 刑诉法解释 65: at court only one who is no lawyer. */
export const checkAgentPermission: Check = ({ form }, facts): Finding[] => {
  if (form['role'] !== 'litigation-agent') return [];
  const type = leadOf(facts)?.office.type;
  if (type === 'procuratorate') return [found('advice', 'agent-permission', { field: 'role' })];
  const lawyer = form['applicant'] !== 'other-defender';
  return type === 'court' && !lawyer ? [found('advice', 'agent-permission-court', { field: 'role' })] : [];
};
