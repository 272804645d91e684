import type { OfficeId, Sha256 } from './brand.ts';
import { isUscc } from './identifiers.ts';

/**
 * What the QR code of an office says: `lexpost-card:<统一社会信用代码>:<fingerprint>`. A card with its certificates is too large for a code; it comes by file, and the
 * code replaces reading the fingerprint aloud, as far as whoever scans it knows whose paper or screen it is on.
 */
const CODE = /^lexpost-card:(?<office>[0-9A-Z]{18}):(?<fingerprint>[0-9a-f]{64})$/;

export interface CardCode {
  readonly office: OfficeId;
  readonly fingerprint: Sha256;
}

export function writeCardCode({ office, fingerprint }: CardCode): string {
  return `lexpost-card:${office}:${fingerprint}`;
}

/** From what a scanner types. Null for what is not one. */
export function parseCardCode(text: string): CardCode | null {
  const { office, fingerprint } = CODE.exec(text.trim())?.groups ?? {};
  if (office === undefined || fingerprint === undefined || !isUscc(office)) return null;
  return { office: office as OfficeId, fingerprint: fingerprint as Sha256 };
}
