import type { Sha256 } from './brand.ts';

/** What main asks a person before an act that changes whom this office trusts, or where its papers and keys go. Drawn by the shell, in words of `shell.ask`. */

export const ASKED_ACTS = [
  'trustAnchors',
  'anchorTerms',
  'network',
  'revocation',
  'updateAddress',
  'card',
  'vouchedCard',
  'directory',
  'quota',
  'route',
  'officeRoutes',
  'ownCard',
  'renewKeys',
  'publishCard',
  'addDevice',
  'giveUp',
  'resume',
  'finishRestore',
  'sendFrozen',
  'dropFrozen',
] as const;
export type AskedAct = (typeof ASKED_ACTS)[number];

export type FactName =
  | 'certificate'
  | 'office'
  | 'person'
  | 'personOut'
  | 'device'
  | 'deviceOut'
  | 'registrar'
  | 'way'
  | 'keys'
  | 'address'
  | 'folder'
  | 'account'
  | 'sender'
  | 'receiver'
  | 'hostKey'
  | 'pin'
  | 'proxy'
  | 'host'
  | 'private'
  | 'timestamps'
  | 'scope'
  | 'from'
  | 'until'
  | 'policy'
  | 'size'
  | 'regions'
  | 'copies'
  | 'message';

/** One thing that becomes true. */
export interface ActFact {
  readonly name: FactName;
  /** Whatever others wrote may stand in it: the shell draws it as one plain line. */
  readonly value: string;
  /** Of what the line names, to be compared with what stands outside this computer. */
  readonly fingerprint?: Sha256;
}

export interface ActQuestion {
  readonly act: AskedAct;
  /** Whom or what the question names: an office, a certificate, a signer; empty where it names nobody. */
  readonly subject: string;
  readonly facts: readonly ActFact[];
}
