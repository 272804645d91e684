import type { ToneName } from '../../shared/design/tokens.ts';
import type { Translate } from '../../shared/i18n/create-i18n.ts';
import type { Act, ProcedureType } from '../../shared/model/vocabulary.ts';
import { PROCEDURES } from '../../shared/procedures/find-procedure.ts';
import type { Procedure } from '../../shared/procedures/procedure.ts';
import { procedureText, procedureTitle } from '../../shared/procedures/procedure-text.ts';
import { sentence } from './sentence.ts';

/** What the window calls the words of the protocol. */

/** Types that several procedures share are named here; where there is one, the procedure says its own name. */
export function typeText(t: Translate, type: ProcedureType): string {
  const [first, second] = PROCEDURES.filter((procedure) => procedure.type === type);
  const own = first !== undefined && second === undefined ? procedureTitle(t, first.name) : type;
  return t(`window.type.${type}` as 'window.type.notarization', { defaultValue: own });
}

/** The word of message.json, where the procedure's own name for it is not at hand. */
export function actText(t: Translate, act: Act): string {
  return t(`window.act.${act}`);
}

interface Kind {
  readonly type: ProcedureType;
  readonly subtype?: string;
}

interface State extends Kind {
  readonly state: string;
}

/** An act in the words of its procedure: 请求补正, 签署阅卷承诺书. */
export function procedureActText(t: Translate, kind: Kind, { id }: { readonly id: string }): string {
  return sentence(
    procedureText(
      t,
      nameWith(kind, (procedure) => procedure.acts, id),
      'acts',
      id,
    ),
  );
}

/** What a clock is called by its procedure. */
export function clockName(t: Translate, kind: Kind, { id }: { readonly id: string }): string {
  return sentence(
    procedureText(
      t,
      nameWith(kind, (procedure) => procedure.clocks, id),
      'clocks',
      id,
    ),
  );
}

/** Of the procedures of a type the one that a list means, by something that only it may have. */
function nameWith(
  { type, subtype }: Kind,
  parts: (procedure: Procedure) => readonly { readonly id: string }[],
  id: string,
): string {
  const kinds = PROCEDURES.filter((procedure) => procedure.type === type);
  const found =
    kinds.find((procedure) => procedure.subtype === subtype) ??
    kinds.find((procedure) => parts(procedure).some((part) => part.id === id)) ??
    kinds[0];
  return found?.name ?? type;
}

/** A state in the words of its procedure. */
export function stateText(t: Translate, state: State): string {
  return sentence(
    procedureText(
      t,
      nameWith(state, (procedure) => procedure.states, state.state),
      'states',
      state.state,
    ),
  );
}

/** Where a matter stands, in the word that its tone says: what was turned away is no step of the procedure. */
export function standingText(t: Translate, row: State & Standing): string {
  return row.colour === 'red' ? t('window.home.kind.refused') : stateText(t, row);
}

/** The province of a region code, by its first two digits; the code itself where there is none. */
export function regionText(t: Translate, region: string): string {
  return t(`window.region.${region.slice(0, 2)}` as 'window.region.31', { defaultValue: region });
}

interface Standing {
  readonly final: boolean;
  readonly colour: 'grey' | 'orange' | 'green' | 'red' | null;
  readonly clock: { readonly state: string } | null;
}

/** The tone of a matter in a list: red only for what was turned away, green only where the counterpart has signed for our last word. */
export function toneOfMatter({ final, colour, clock }: Standing): ToneName {
  if (colour === 'red') return 'failed';
  if (clock?.state === 'paused') return 'paused';
  if (final) return colour === 'green' ? 'done' : 'none';
  return 'waiting';
}
