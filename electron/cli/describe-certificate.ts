import type { KeyObject } from 'node:crypto';
import { isAppError } from '../../shared/errors.ts';
import type { Language, Translate } from '../../shared/i18n/create-i18n.ts';
import type { Certificate } from '../pki/certificate.ts';
import { oidName } from '../pki/oids.ts';
import { formatFingerprint, formatInstant } from './format.ts';

/** A certificate as `--json` shows it. */
export function certificateJson(certificate: Certificate): Record<string, unknown> {
  return {
    subject: certificate.subjectText,
    issuer: certificate.issuerText,
    serial: certificate.serial.toString('hex'),
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    sha256: certificate.sha256,
    subjectKeyIdentifier: certificate.subjectKeyId.toString('hex'),
    key: keyText(certificate),
    keyUsage: certificate.keyUsage === null ? null : [...certificate.keyUsage],
    extendedKeyUsage: certificate.extendedKeyUsage?.map(oidName) ?? null,
    ca: certificate.basicConstraints?.ca ?? false,
    organizationIdentifier: certificate.organizationIdentifier,
  };
}

/** A certificate in lines for people; every value has been made visible by its parser. */
export function certificateLines(certificate: Certificate, t: Translate, language: Language): string[] {
  const usage = certificate.keyUsage === null ? [] : [[...certificate.keyUsage].join(', ')];
  return [
    certificate.subjectText,
    `  ${t('cli.certificate.issuer')} ${certificate.issuerText}`,
    `  ${t('cli.certificate.serial')} ${certificate.serial.toString('hex')}`,
    `  ${t('cli.certificate.validity', {
      from: formatInstant(certificate.notBefore, language),
      to: formatInstant(certificate.notAfter, language),
    })}`,
    `  ${t('cli.certificate.key')} ${keyText(certificate)}`,
    ...usage.map((text) => `  ${t('cli.certificate.usage')} ${text}`),
    `  SHA-256 ${formatFingerprint(certificate.sha256)}`,
  ];
}

/** `RSA-3072`, `EC prime256v1`, `ed25519`, or the name of what this runtime cannot use. */
function keyText(certificate: Certificate): string {
  try {
    return keyName(certificate.publicKey);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return oidName(certificate.keyAlgorithm);
  }
}

export function keyName(key: KeyObject): string {
  const details = key.asymmetricKeyDetails;
  if (details?.modulusLength !== undefined) return `RSA-${details.modulusLength}`;
  return details?.namedCurve === undefined ? (key.asymmetricKeyType ?? '') : `EC ${details.namedCurve}`;
}
