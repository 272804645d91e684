/**
 * How hard a passphrase is to guess, as bits: about the logarithm of the guesses an informed attacker needs.
 *
 * A rough and wary estimate: what follows a pattern counts for little, what does not counts by its alphabet. It exists to talk people
 * out of poor choices; the brake on guessing is the vault's scrypt. No word lists of megabytes for that.
 */

export type Strength = 'poor' | 'fair' | 'good' | 'strong';

/** A vault is lost with its passphrase, and stolen with it: shorter ones are refused. */
export const SHORTEST_PASSPHRASE = 12;

const FAIR = 40;
const GOOD = 56;
const STRONG = 72;

/** A word of a usual dictionary: 2^11 of them are in everybody's mouth. */
const WORD_BITS = 11;
/** A name or a word of these lists is among the first guesses. */
const COMMON_BITS = 5;
const COMMON = new Set(
  (
    'password passphrase passw0rd admin administrator root login welcome letmein secret qwerty qwertyuiop asdfgh asdfghjkl zxcvbn ' +
    'zxcvbnm iloveyou lawyer lawfirm lexpost notary lvhan mima woaini wang zhang chen test guest master changeme default abc'
  ).split(' '),
);
const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '!@#$%^&*()'];

/** Bits of `passphrase`, at least 0. */
export function passphraseBits(passphrase: string): number {
  const tokens =
    passphrase.normalize('NFKC').match(/[a-z]+|[A-Z]+[a-z]*|\d+|\p{Script=Han}+|\s+|[^\sa-zA-Z\d]+/gu) ?? [];
  const seen = new Set<string>();
  let bits = 0;
  for (const token of tokens) {
    const known = token.toLowerCase();
    // Whoever guessed it once has the repetition for a bit.
    bits += seen.has(known) ? 1 : tokenBits(token);
    seen.add(known);
  }
  return bits;
}

export function passphraseStrength(passphrase: string): Strength {
  const bits = passphraseBits(passphrase);
  if (bits >= STRONG) return 'strong';
  if (bits >= GOOD) return 'good';
  return bits >= FAIR ? 'fair' : 'poor';
}

function tokenBits(token: string): number {
  const known = token.toLowerCase();
  if (/^\s+$/.test(token)) return 1;
  if (COMMON.has(known)) return COMMON_BITS;
  if (/^(.)\1*$/u.test(known)) return 4 + Math.log2([...token].length);
  if (isRun(known)) return 5 + Math.log2(token.length);
  if (/^\d+$/.test(token)) return digitBits(token);
  if (/^[a-z]+$/.test(known)) return letterBits(token);
  // 3,000 characters make nearly all of written Chinese; phrases are far from random, so about half of what each could carry.
  if (/^\p{Script=Han}+$/u.test(token)) return [...token].length * 7;
  return [...token].length * 5;
}

function isRun(token: string): boolean {
  if (token.length < 3) return false;
  const backwards = [...token].reverse().join('');
  return ROWS.some((row) => row.includes(token) || row.includes(backwards));
}

/** Years, dates and telephone numbers are tried first. */
function digitBits(token: string): number {
  if (/^1[3-9]\d{9}$/.test(token)) return 20;
  const rest = token.replaceAll(/(?:19|20)\d\d(?:(?:0\d|1[0-2])(?:[0-2]\d|3[01])?)?/g, '');
  const dated = rest === token ? 0 : token.length - rest.length > 4 ? 14 : 6;
  return dated + rest.length * Math.log2(10);
}

/** A token of letters is most likely a word; only long ones can be more than one. */
function letterBits(token: string): number {
  const capital = /[A-Z]/.test(token) ? 1 : 0;
  const random = token.length * Math.log2(26);
  const words = Math.max(1, token.length / 6) * WORD_BITS;
  return Math.min(random, words) + capital;
}
