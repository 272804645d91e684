import type { Certificate } from '../../pki/certificate.ts';

export function maySign({ keyUsage, basicConstraints }: Certificate): boolean {
  if (basicConstraints?.ca === true) return false;
  return keyUsage === null || keyUsage.has('digitalSignature') || keyUsage.has('nonRepudiation');
}

export function mayEncrypt({ keyUsage, basicConstraints }: Certificate): boolean {
  if (basicConstraints?.ca === true) return false;
  return keyUsage === null || keyUsage.has('keyEncipherment') || keyUsage.has('keyAgreement');
}
