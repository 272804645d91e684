import type { Certificate } from '../pki/certificate.ts';
import type { Identity } from '../pki/identity.ts';
import type { CommandContext } from './context.ts';
import { certificateJson, certificateLines } from './describe-certificate.ts';

export function identityJson({ signing, encryption, chain }: Identity): Record<string, unknown> {
  return {
    signing: certificateJson(signing.certificate),
    encryption: certificateJson(encryption.certificate),
    chain: chain.map(certificateJson),
    selfSigned: isSelfIssued(signing.certificate),
  };
}

export function identityLines({ signing, encryption, chain }: Identity, context: CommandContext): string[] {
  const { t, language } = context;
  const section = (title: string, certificate: Certificate) => [
    title,
    ...certificateLines(certificate, t, language).map((line) => `  ${line}`),
  ];
  return [
    ...(isSelfIssued(signing.certificate) ? [t('cli.identity.selfSigned')] : []),
    ...section(t('cli.identity.signing'), signing.certificate),
    ...section(t('cli.identity.encryption'), encryption.certificate),
    ...chain.flatMap((certificate) => section(t('cli.identity.chain'), certificate)),
  ];
}

function isSelfIssued({ issuer, subject }: Certificate): boolean {
  return issuer.equals(subject);
}
