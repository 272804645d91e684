import type { Instant } from '../../shared/model/brand.ts';
import type { OfficeContext } from '../usecases/context.ts';
import {
  type Anchor,
  confirmAnchor,
  type ImportAnchors,
  importAnchors,
  isFingerprintOf,
} from '../usecases/trust/import-anchors.ts';
import type { CommandContext } from './context.ts';
import { certificateJson, certificateLines } from './describe-certificate.ts';
import { formatInstant } from './format.ts';
import { ACTOR } from './office-session.ts';

/**
 * Takes anchors in, and confirms those whose fingerprint was given: the others wait and count for nothing.
 *
 * @param fingerprints as they were told out of band
 */
export function takeAnchors(
  office: OfficeContext,
  files: readonly Buffer[],
  fingerprints: readonly string[],
  terms: Omit<ImportAnchors, 'by'> = {},
): Anchor[] {
  return files
    .flatMap((bytes) => importAnchors(office, bytes, { by: ACTOR, ...terms }))
    .map((anchor) => {
      const { sha256 } = anchor.certificate;
      const told = fingerprints.find((one) => isFingerprintOf(one, sha256));
      return told === undefined ? anchor : confirmAnchor(office, sha256, told, ACTOR);
    });
}

export const isWaiting = ({ confirmedAt }: Anchor): boolean => confirmedAt === null;

export function anchorJson({ certificate, scopes, validFrom, validUntil, confirmedAt }: Anchor) {
  return {
    ...certificateJson(certificate),
    scopes,
    validFrom,
    validUntil,
    confirmed: confirmedAt !== null,
    confirmedAt,
  };
}

export function anchorLines(anchor: Anchor, { t, language }: CommandContext): string[] {
  const { certificate, scopes, validFrom, validUntil, confirmedAt } = anchor;
  const bound = (at: Instant | null): string => (at === null ? '…' : formatInstant(at, language));
  const scope = scopes.map((one) => t(`cli.trust.scope.${one}`)).join(', ');
  return [
    ...certificateLines(certificate, t, language),
    `  ${t('cli.trust.scopes', { scopes: scope })}`,
    ...(validFrom === null && validUntil === null
      ? []
      : [`  ${t('cli.trust.bounds', { from: bound(validFrom), to: bound(validUntil) })}`]),
    `  ${confirmedAt === null ? t('cli.trust.waiting') : t('cli.trust.since', { at: formatInstant(confirmedAt, language) })}`,
  ];
}
