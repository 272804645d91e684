import type { ProcedureType } from '../../../../shared/model/vocabulary.ts';
import { civilMomentAt } from '../../../../shared/procedures/clock/civil-date.ts';
import { describeForm } from '../../../../shared/procedures/describe-form.ts';
import { exampleForm } from '../../../../shared/procedures/example-form.ts';
import { findProcedureByName, listProcedures, PROCEDURES } from '../../../../shared/procedures/find-procedure.ts';
import type { Procedure, ProcedureAct } from '../../../../shared/procedures/procedure.ts';
import { procedureText, procedureTitle } from '../../../../shared/procedures/procedure-text.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { type DescribedField, describeFields, fieldLines } from '../../describe-fields.ts';
import { EXIT } from '../../exit-codes.ts';
import { usageError } from '../../usage-error.ts';

export interface ShowOptions {
  readonly act?: string;
  /** Nothing but the form. */
  readonly example: boolean;
}

/** What one procedure asks for: all acts in a line each, and one in full: fields, papers, and a form to begin from. */
export async function show(
  type: string,
  { act, example }: ShowOptions,
  context: CommandContext,
): Promise<CommandReport> {
  const procedure = findNamed(type, context);
  const acts = procedure.acts.filter(({ id, act: word }, index) =>
    act === undefined ? index === 0 : id === act || word === act,
  );
  if (acts.length === 0) {
    const words = procedure.acts.map(({ id }) => id).join(' | ');
    throw usageError(context.t('cli.usage.invalidArgument', { name: '--act', value: act ?? '', detail: words }));
  }
  const shown = { ...describe(procedure, context), acts: acts.map((one) => describeAct(procedure, one, context)) };
  const text = example ? [JSON.stringify(shown.acts[0]?.example, null, 2)] : toText(procedure, shown, context);
  return { exit: EXIT.good, json: shown, text };
}

/** By its name, or by its type where that has one procedure only. @throws AppError USAGE with the names */
function findNamed(text: string, { t }: CommandContext): Procedure {
  const ofType = listProcedures(text as ProcedureType);
  const found = findProcedureByName(text) ?? (ofType.length === 1 ? ofType[0] : undefined);
  if (found !== undefined) return found;
  const detail = (ofType.length > 1 ? ofType : PROCEDURES).map(({ name }) => name).join(' | ');
  throw usageError(t('cli.usage.invalidArgument', { name: 'type', value: text, detail }));
}

interface Shown {
  readonly name: string;
  readonly type: string;
  readonly subtype: string;
  readonly title: string;
  readonly roles: readonly { readonly id: string; readonly label: string }[];
  readonly states: readonly { readonly id: string; readonly kind: string; readonly label: string }[];
  readonly clocks: readonly {
    readonly id: string;
    readonly label: string;
    readonly who: string;
    readonly rules: readonly string[];
  }[];
  readonly allActs: readonly string[];
  readonly acts: readonly ShownAct[];
}

interface ShownAct {
  readonly id: string;
  readonly act: ProcedureAct['act'];
  readonly label: string;
  readonly fixed: ProcedureAct['fixed'];
  readonly by: ProcedureAct['by'];
  readonly fields: readonly DescribedField[];
  readonly documents: readonly {
    readonly id: string;
    readonly label: string;
    readonly kinds: readonly string[];
    readonly mandatory: boolean;
    readonly when: ProcedureAct['documents'][number]['when'] | null;
  }[];
  readonly example: Readonly<Record<string, unknown>>;
}

function describe(
  { name, type, subtype, roles, states, clocks, acts }: Procedure,
  { t }: CommandContext,
): Omit<Shown, 'acts'> {
  return {
    name,
    type,
    subtype,
    title: procedureTitle(t, name),
    roles: roles.map(({ id }) => ({ id, label: procedureText(t, name, 'roles', id) })),
    states: states.map(({ id, kind }) => ({ id, kind, label: procedureText(t, name, 'states', id) })),
    clocks: clocks.map(({ id, who, rule }) => {
      return { id, label: procedureText(t, name, 'clocks', id), who, rules: [...(rule ?? [])] };
    }),
    allActs: acts.map(({ id }) => id),
  };
}

function describeAct({ name }: Procedure, one: ProcedureAct, { t, now }: CommandContext): ShownAct {
  const today = civilMomentAt(now().getTime()).date;
  const { form, asked } = exampleForm(one, today, t('cli.procedure.show.word'));
  const fields = describeForm(one).groups.flatMap((group) => group.fields);
  return {
    id: one.id,
    act: one.act,
    label: procedureText(t, name, 'acts', one.id),
    fixed: one.fixed,
    by: one.by,
    fields: describeFields(fields, asked, name, t),
    documents: one.documents.map(({ id, kinds, mandatory, when }) => ({
      id,
      label: procedureText(t, name, 'documents', id),
      kinds,
      mandatory,
      when: when ?? null,
    })),
    example: form,
  };
}

function toText(procedure: Procedure, shown: Shown, { t }: CommandContext): string[] {
  const { name, roles, states, clocks, acts } = shown;
  const role = (id: string): string => procedureText(t, name, 'roles', id);
  const flags = ({ act, fixed }: Pick<ProcedureAct, 'act' | 'fixed'>): string =>
    [`--act ${act}`, ...Object.entries(fixed).map(([key, value]) => `${key}=${value}`)].join(' ');
  return [
    `${shown.title}  --type ${shown.type}${shown.subtype === '' ? '' : `  subtype=${shown.subtype}`}`,
    `${t('cli.procedure.show.roles')} ${roles.map(({ label }) => label).join(' · ')}`,
    `${t('cli.procedure.show.states')} ${states.map(({ label }) => label).join(' · ')}`,
    t('cli.procedure.show.acts'),
    ...procedure.acts.map((one) => {
      const label = procedureText(t, name, 'acts', one.id);
      return `  ${one.id}  ${label}  ${flags(one)}  ${one.by.map(role).join(' · ')}`;
    }),
    ...(clocks.length === 0 ? [] : [t('cli.procedure.show.clocks')]),
    ...clocks.map(
      ({ label, who, rules }) =>
        `  ${label}  ${role(who)}  ${rules.length === 0 ? t('cli.clock.matter.agreed') : rules.join(' ')}`,
    ),
    ...acts.flatMap((act) => ['', `${act.label}  ${flags(act)}`, ...actLines(act, t)]),
  ];
}

function actLines({ fields, documents, example }: ShownAct, t: CommandContext['t']): string[] {
  return [
    t('cli.procedure.show.fields'),
    ...fieldLines(fields, t),
    ...(documents.length === 0 ? [] : [t('cli.procedure.show.documents')]),
    ...documents.map(({ label, kinds, mandatory, when }) => {
      const need = when !== null ? 'conditional' : mandatory ? 'mandatory' : 'optional';
      return `  --doc-kind ${kinds.join(' | ')}  ${label}  ${t(`cli.procedure.show.${need}`)}`;
    }),
    t('cli.procedure.show.example'),
    ...JSON.stringify(example, null, 2).split('\n'),
  ];
}
