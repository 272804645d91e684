import { dropAnchor } from '../../../usecases/add-trust.ts';
import type { OfficeContext } from '../../../usecases/context.ts';
import { type Anchor, confirmAnchor, getTypedAnchor, setAnchorTerms } from '../../../usecases/trust/import-anchors.ts';
import { anchorJson, anchorLines } from '../../confirm-anchors.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { ACTOR, withOffice } from '../../office-session.ts';
import { type TermsFlags, termsOf } from './import.ts';

export type ConfirmOptions = OfficeFlags;
export interface ChangeOptions extends OfficeFlags, TermsFlags {}

/** From now on it counts. The whole fingerprint is typed, so that it is compared. */
export function confirm(typed: string, options: ConfirmOptions, context: CommandContext): Promise<CommandReport> {
  return withAnchor(typed, options, context, (office, { certificate }) =>
    confirmAnchor(office, certificate.sha256, typed, ACTOR),
  );
}

export function change(typed: string, options: ChangeOptions, context: CommandContext): Promise<CommandReport> {
  return withAnchor(typed, options, context, (office, anchor) => {
    const { certificate, scopes, validFrom, validUntil } = anchor;
    return setAnchorTerms(office, certificate.sha256, { scopes, validFrom, validUntil, ...termsOf(options) }, ACTOR);
  });
}

export function remove(typed: string, options: ConfirmOptions, context: CommandContext): Promise<CommandReport> {
  return withOffice(options, context, (office) => {
    const { certificate } = getTypedAnchor(office, typed);
    dropAnchor(office, certificate.sha256, ACTOR);
    const { subjectText: subject, sha256 } = certificate;
    return { exit: EXIT.good, json: { removed: sha256 }, text: [context.t('cli.trust.remove.verdict', { subject })] };
  });
}

function withAnchor(
  typed: string,
  options: OfficeFlags,
  context: CommandContext,
  task: (office: OfficeContext, anchor: Anchor) => Anchor,
): Promise<CommandReport> {
  return withOffice(options, context, (office) => {
    const anchor = task(office, getTypedAnchor(office, typed));
    return { exit: EXIT.good, json: { anchor: anchorJson(anchor) }, text: anchorLines(anchor, context) };
  });
}
