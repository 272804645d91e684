import { ERROR_KINDS, type ErrorCode } from '../errors.ts';
import type { Translate } from '../i18n/create-i18n.ts';
import { SUB_INDICATIONS, type SubIndication } from '../model/verdict.ts';

/** How verifiers note what they saw, and the words for it; named parts go into the words as they are. */
const NOTES = {
  signers: /^(?<n>\d+) signers$/,
  entriesExact: /^(?<n>\d+) entries, no byte outside them$/,
  entries: /^(?<n>\d+) entries$/,
  entriesRead: /^message, manifest and signature read$/,
  references: /^(?<n>\d+) references$/,
  digestsAgree: /^(?<n>\d+) digests agree$/,
  documentsAgree: /^(?<n>\d+) documents agree$/,
  documentsRead: /^(?<n>\d+) documents read$/,
  signatures: /^(?<n>\d+) signatures$/,
  recipientsAsSigned: /^(?<n>\d+) recipients as signed$/,
  envelope: /^(?<cipher>[\w-]+), (?<n>\d+) recipients$/,
  tagFirst: /^tag verified before anything was read$/,
  noTag: /^(?<cipher>[\w-]+) has no tag$/,
  signingCertificate: /^signing-certificate version (?<n>\d)$/,
  version: /^version (?<n>\d)$/,
  noSigningCertificate: /^no signing-certificate attribute$/,
  profileLacks: /^attributes of the profile are missing$/,
  otherCertificate: /^the message names another certificate$/,
  otherCipher: /^(?<suite>\S+) does not encrypt with (?<cipher>\S+)$/,
  notMeant: /^not meant for the key that opened it$/,
  otherRecipients: /^outer recipients differ from the signed list$/,
  noCard: /^no card was given$/,
  endedCard: /^by a card whose time has ended$/,
  card: /^by the confirmed card$/,
  overContent: /^none: the signature is over the content itself$/,
  noSigner: /^no certificate matches the signer$/,
  notAtHand: /^the content is not at hand$/,
  confusable: /^content reads as signed attributes$/,
  noDigest: /^content has no (?<digest>\S+) digest$/,
  notSigned: /^not signed$/,
  none: /^none$/,
  notAsked: /^not asked for$/,
  pinned: /^pinned$/,
  gaveUp: /^gave up: too many candidates$/,
  otherQuestion: /^answers another question$/,
  onlyFirst: /^only the first (?<n>\d+) of (?<of>\d+)$/,
  otherToken: /^manifest names another token$/,
  notBefore: /^not valid before (?<at>\S+Z): (?<name>.*)$/s,
  expired: /^expired at (?<at>\S+Z): (?<name>.*)$/s,
  otherHost: /^not for (?<name>\S+)$/,
  goodBy: /^(?<name>.*): good by (?<source>.*)$/s,
  good: /^(?<name>.*): good$/s,
  unknown: /^(?<name>.*): unknown$/s,
  notChecked: /^(?<name>.*): not-checked$/s,
  outsideTsa: /^(?<at>\S+) is outside the TSA’s validity$/,
  notSealed: /^the container was not sealed$/,
  notLexpost: /^not a LexPost container$/,
  forNobody: /^nothing signed says for whom it is$/,
  stamped: /^(?<at>\d{4}-\S+Z) by (?<name>.*)$/s,
} as const;

const REVOKED = /^(?<name>.*): revoked (?<at>\S+Z) \((?<reason>\w+)\)(?: by (?<source>.*))?$/s;
const NO_COUNT = /^does not count: (?<why>.*)$/s;
const CODED = /^(?<code>[A-Z][A-Z_]+)(?:: | |$)(?<rest>.*)$/s;
const MESSAGE = /^(?<kind>act|enclosure|receipt|sync-request|card|non-delivery|offer|directory) (?<id>[0-9a-f-]{36})$/;

type Groups = Readonly<Record<string, string | undefined>>;

/** What a check saw, which verifiers note in short English, in the words of a report. Names, algorithms and what no version knows stay as they are. */
export function seenText(detail: string, t: Translate): string {
  const why = NO_COUNT.exec(detail)?.groups?.['why'];
  if (why !== undefined) return t('report.seen.noCount', { why: seenText(why, t) });
  const { kind, id } = MESSAGE.exec(detail)?.groups ?? {};
  if (kind !== undefined) return `${t(`window.audit.value.kind.${kind}` as 'window.audit.value.kind.act')} ${id}`;
  const revoked = REVOKED.exec(detail)?.groups;
  if (revoked !== undefined) return revokedText(revoked, t);
  for (const [name, pattern] of Object.entries(NOTES)) {
    const found = pattern.exec(detail);
    if (found !== null) return t(`report.seen.${name as keyof typeof NOTES}`, partsOf(found));
  }
  return codedText(detail, t) ?? detail;
}

/** Each by its name, for the compiler takes an open set of names for contexts of a text. */
function partsOf({ groups = {} }: RegExpExecArray) {
  const { n, of, at, name, source, cipher, suite, digest } = groups;
  return { n, of, at, name, source, cipher, suite, digest };
}

function revokedText({ name, at, source, reason = '' }: Groups, t: Translate): string {
  const why = t(`report.reason.${reason}` as 'report.reason.other', { defaultValue: reason });
  return t(source === undefined ? 'report.seen.revoked' : 'report.seen.revokedBy', { name, at, source, reason: why });
}

/** A code in words, and the code for whoever looks it up. */
function codedText(detail: string, t: Translate): string | null {
  const { code = '', rest = '' } = CODED.exec(detail)?.groups ?? {};
  const words = Object.hasOwn(ERROR_KINDS, code)
    ? t(`errors.${code as ErrorCode}`, { reason: rest })
    : SUB_INDICATIONS.includes(code as SubIndication)
      ? t(`report.because.${code as SubIndication}`)
      : null;
  return words === null ? null : `${words} [${detail}]`;
}
