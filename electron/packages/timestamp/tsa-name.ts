import { Asn1Error } from '../../pki/asn1/der-reader.ts';
import type { Certificate } from '../../pki/certificate.ts';
import { readExtension } from '../../pki/extensions.ts';
import { type GeneralName, parseGeneralNamesExtension } from '../../pki/general-name.ts';
import { OID } from '../cms/oids.ts';
import { isSameName } from '../cms/recipient-id.ts';

/** Whether a TSTInfo's tsa is the subject of the certificate or one of its alternative names (RFC 3161, 2.4.2). */
export function namesTsa(tsa: GeneralName, certificate: Certificate): boolean {
  if (tsa.kind === 'directory' && isSameName(tsa.name, certificate.subject)) return true;
  return alternativeNames(certificate).some((name) => isSame(name, tsa));
}

function alternativeNames({ extensions }: Certificate): GeneralName[] {
  try {
    return readExtension(extensions, OID.subjectAltName, parseGeneralNamesExtension) ?? [];
  } catch (error) {
    // a malformed extension is the path's to refuse
    if (error instanceof Asn1Error) return [];
    throw error;
  }
}

function isSame(a: GeneralName, b: GeneralName): boolean {
  switch (a.kind) {
    case 'directory':
      return b.kind === 'directory' && isSameName(a.name, b.name);
    case 'ip':
      return b.kind === 'ip' && a.octets.equals(b.octets);
    case 'other':
      return b.kind === 'other' && a.raw.equals(b.raw);
    case 'email':
    case 'dns':
    case 'uri':
      return b.kind === a.kind && a.text === b.text;
  }
}
