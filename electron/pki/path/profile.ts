import { Asn1Error } from '../asn1/der-reader.ts';
import type { Certificate } from '../certificate.ts';
import { parseDistributionPoints } from '../distribution-point.ts';
import { readExtension } from '../extensions.ts';
import { OID, oidName } from '../oids.ts';
import { alternativeNames, isEmptyName, isSelfIssued } from './certificate-names.ts';
import type { Path } from './find-paths.ts';
import { isDnsPattern } from './host-name.ts';
import { parseNameConstraints } from './name-constraints.ts';
import {
  parseInhibitAnyPolicy,
  parsePolicies,
  parsePolicyConstraints,
  parsePolicyMappings,
} from './policy-extensions.ts';

/** Extensions that validation obeys or may safely pass over (RFC 5280, 4.2). */
const PROCESSED: ReadonlySet<string> = new Set([
  OID.keyUsage,
  OID.extKeyUsage,
  OID.basicConstraints,
  OID.subjectAltName,
  OID.issuerAltName,
  OID.nameConstraints,
  OID.certificatePolicies,
  OID.policyMappings,
  OID.policyConstraints,
  OID.inhibitAnyPolicy,
  OID.cRLDistributionPoints,
  OID.freshestCRL,
  OID.subjectKeyIdentifier,
  OID.authorityKeyIdentifier,
]);

/** 6.1.4 (o), 6.1.5 (f): the first critical extension that nobody here understands. */
export function unknownCriticalExtension(path: Path): string | null {
  for (const certificate of path) {
    for (const [id, { critical }] of certificate.extensions) {
      if (critical && !PROCESSED.has(id)) return `${oidName(id)} in ${certificate.subjectText}`;
    }
  }
  return null;
}

/** What breaks the profile of RFC 5280, 4 in a path, or null. `strict` also asks for what conforming CAs must write although nobody needs it to validate. */
export function profileViolation(path: Path, strict: boolean): string | null {
  for (const [index, certificate] of path.entries()) {
    const isCa = index > 0;
    const violation =
      malformedExtension(certificate) ??
      basicViolation(certificate, isCa) ??
      (strict ? strictViolation(certificate, isCa) : null);
    if (violation !== null) return `${violation}: ${certificate.subjectText}`;
  }
  return null;
}

const DECODERS: ReadonlyMap<string, (value: Buffer) => unknown> = new Map<string, (value: Buffer) => unknown>([
  [OID.nameConstraints, parseNameConstraints],
  [OID.certificatePolicies, parsePolicies],
  [OID.policyMappings, parsePolicyMappings],
  [OID.policyConstraints, parsePolicyConstraints],
  [OID.inhibitAnyPolicy, parseInhibitAnyPolicy],
  [OID.cRLDistributionPoints, parseDistributionPoints],
]);

function malformedExtension(certificate: Certificate): string | null {
  try {
    alternativeNames(certificate);
  } catch (error) {
    return malformed(error, OID.subjectAltName);
  }
  for (const [id, decode] of DECODERS) {
    try {
      readExtension(certificate.extensions, id, decode);
    } catch (error) {
      return malformed(error, id);
    }
  }
  return null;
}

function malformed(error: unknown, id: string): string {
  if (!(error instanceof Asn1Error)) throw error;
  return `${oidName(id)} is malformed (${error.message})`;
}

function basicViolation(certificate: Certificate, isCa: boolean): string | null {
  const { extensions } = certificate;
  if (isEmptyName(certificate.issuer)) return 'no issuer name';
  if (isCa && isEmptyName(certificate.subject)) return 'CA without a name';
  if (certificate.basicConstraints?.ca !== true && extensions.has(OID.nameConstraints)) {
    return 'nameConstraints where no CA is';
  }
  return null;
}

const MUST_BE_CRITICAL: readonly string[] = [OID.nameConstraints, OID.policyConstraints, OID.inhibitAnyPolicy];
const MUST_NOT_BE_CRITICAL: readonly string[] = [
  OID.authorityKeyIdentifier,
  OID.subjectKeyIdentifier,
  OID.authorityInfoAccess,
  OID.subjectInfoAccess,
  OID.freshestCRL,
];

function strictViolation(certificate: Certificate, isCa: boolean): string | null {
  const { extensions, serial } = certificate;
  const has = (id: string) => extensions.has(id);
  const isCritical = (id: string) => extensions.get(id)?.critical === true;
  const wrongCritical =
    MUST_BE_CRITICAL.find((id) => has(id) && !isCritical(id)) ?? MUST_NOT_BE_CRITICAL.find(isCritical);
  if (wrongCritical !== undefined) return `criticality of ${oidName(wrongCritical)}`;
  // 4.1.2.2: positive, at most 20 octets
  const [first = 0] = serial;
  if (first >= 0x80 || serial.every((octet) => octet === 0)) return 'serial number is not positive';
  if (serial.length > 20) return 'serial number too long';
  // 4.2.1.1: only a self-signed certificate may do without
  if (certificate.authorityKeyId === null && !isSelfIssued(certificate)) return 'no authorityKeyIdentifier';
  if (isEmptyName(certificate.subject) && !isCritical(OID.subjectAltName)) return 'no name at all';
  if (isCa) {
    if (!has(OID.subjectKeyIdentifier)) return 'CA without subjectKeyIdentifier';
    if (!isCritical(OID.basicConstraints)) return 'basicConstraints must be critical';
  } else if (certificate.basicConstraints?.ca !== true && certificate.keyUsage?.has('keyCertSign') === true) {
    return 'keyCertSign without being a CA';
  }
  return dnsViolation(certificate);
}

/** 4.2.1.6: preferred name syntax, which an address is not. */
function dnsViolation(certificate: Certificate): string | null {
  const bad = alternativeNames(certificate).find(
    (name) => name.kind === 'dns' && !isDnsPattern(name.text.toLowerCase()),
  );
  return bad === undefined ? null : 'alternative name is no DNS name';
}
