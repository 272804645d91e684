import type { Certificate } from '../../pki/certificate.ts';
import { nameKey } from '../../pki/name-key.ts';
import { readCertificates } from '../../pki/read-certificates.ts';
import { issuerAddresses } from '../../pki/revocation-addresses.ts';
import { verifySignatureBy } from '../../pki/signature.ts';
import type { OfficeContext } from '../context.ts';
import { askNetwork, type NetworkRun } from './ask-network.ts';
import { type ChainRequest, leadsToAnchor } from './fetch-revocation.ts';
import { keepFetchedIssuers } from './fetched-issuers.ts';
import { tolerateMalformed } from './tolerate-malformed.ts';

/** CAs between a person and an anchor. */
const MAX_LEVELS = 4;

/**
 * Fetches the CA certificates that a certificate lacks to lead to an anchor, from where it says that they are (RFC 5280, 4.2.2.1), as far as the office
 * allows these hosts. Before it leads anywhere a certificate is a stranger's: so call this only for those that stand in a confirmed card. Nothing is kept
 * but a chain that led to an anchor.
 *
 * @returns whether certificates were new
 */
export async function fetchIssuers(context: OfficeContext, chain: ChainRequest, run: NetworkRun): Promise<boolean> {
  const found: Certificate[] = [];
  let below = chain.leaf;
  for (let level = 0; level < MAX_LEVELS; level++) {
    const known = chain.untrusted.find((one) => hasSigned(one, below));
    const issuer = known ?? (await askForIssuer(context, below, run));
    if (issuer === null) return false;
    if (known === undefined) found.push(issuer);
    if (leadsToAnchor({ ...chain, untrusted: [...chain.untrusted, ...found] })) {
      return context.vault.write((db) => keepFetchedIssuers(db, found)) > 0;
    }
    below = issuer;
  }
  return false;
}

async function askForIssuer(context: OfficeContext, below: Certificate, run: NetworkRun): Promise<Certificate | null> {
  if (below.issuer.equals(below.subject)) return null;
  for (const url of issuerAddresses(below)) {
    const bytes = await askNetwork(context, { kind: 'issuer', url }, '', run);
    const issuer = bytes === null ? undefined : readSent(bytes).find((one) => hasSigned(one, below));
    if (issuer !== undefined) return issuer;
  }
  return null;
}

function hasSigned({ subject, publicKey }: Certificate, below: Certificate): boolean {
  if (nameKey(subject) !== nameKey(below.issuer)) return false;
  return (
    tolerateMalformed(() => verifySignatureBy(below.signatureAlgorithm, publicKey, below.tbs, below.signature)) === true
  );
}

/** DER, or certificates-only CMS. */
const readSent = (bytes: Buffer): Certificate[] => tolerateMalformed(() => readCertificates(bytes)) ?? [];
