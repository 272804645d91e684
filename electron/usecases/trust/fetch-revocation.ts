import type { Certificate } from '../../pki/certificate.ts';
import { type Crl, parseCrl } from '../../pki/crl.ts';
import { nameKey } from '../../pki/name-key.ts';
import { buildOcspRequest } from '../../pki/ocsp/build-ocsp-request.ts';
import { type OcspResponse, parseOcspResponse, type SingleResponse } from '../../pki/ocsp/parse-ocsp-response.ts';
import { findSingleResponse, verifyOcspResponse } from '../../pki/ocsp/verify-ocsp-response.ts';
import { amends, listKey } from '../../pki/path/crl-scope.ts';
import type { PathRequest, RevocationStatus } from '../../pki/path/path-types.ts';
import { validatePath } from '../../pki/path/validate-path.ts';
import { deltaAddresses, revocationAddresses } from '../../pki/revocation-addresses.ts';
import { verifySignatureBy } from '../../pki/signature.ts';
import { insertOcspAnswer, removeOlderOcspAnswers } from '../../vault/repositories/ocsp-answers.ts';
import { insertCrl } from '../../vault/repositories/trust.ts';
import type { OfficeContext } from '../context.ts';
import { instantOf } from '../uuid-v7.ts';
import { askNetwork, type NetworkRun } from './ask-network.ts';
import { revocationsOf } from './cached-revocations.ts';
import { tolerateMalformed } from './tolerate-malformed.ts';

/** A certificate that its path shall be known not to be revoked of. */
export type ChainRequest = Pick<PathRequest, 'leaf' | 'untrusted' | 'anchors' | 'at' | 'usage'>;

/** RFC 9654, 2.1. */
const NONCE_SIZE = 32;
/** A delegated responder may itself have to be asked about, its own responder not. */
const MAX_DEPTH = 2;

/**
 * Fetches what is missing to know whether a certificate and its CAs are revoked, once its path leads to an anchor: what leads nowhere is asked about nowhere. OCSP
 * before lists, since it is newer. Everything is verified before it is kept; what is unknown after that stays unknown.
 *
 * @returns how many lists and answers were new
 */
export async function fetchRevocation(context: OfficeContext, chain: ChainRequest, run: NetworkRun): Promise<number> {
  const { indication, path } = validateAlone(chain);
  if (indication !== 'TOTAL_PASSED') return 0;
  let fetched = 0;
  // from the top: of who stands below nothing is known before
  for (let index = path.length - 2; index >= 0; index--) {
    const [certificate, issuer] = path.slice(index, index + 2);
    if (certificate === undefined || issuer === undefined) break;
    fetched += await fetchFor(
      context,
      certificate,
      issuer,
      { ...chain, untrusted: [...chain.untrusted, ...path] },
      run,
      1,
    );
  }
  return fetched;
}

/** Whether a certificate counts at all, whatever is known of revocations. */
export function leadsToAnchor(chain: ChainRequest): boolean {
  return validateAlone(chain).indication === 'TOTAL_PASSED';
}

const validateAlone = (chain: ChainRequest) => validatePath({ ...chain, crls: [], revocation: 'off' });

async function fetchFor(
  context: OfficeContext,
  certificate: Certificate,
  issuer: Certificate,
  chain: ChainRequest,
  run: NetworkRun,
  depth: number,
): Promise<number> {
  const isKnown = (): boolean => statusOf(context, certificate, chain) !== 'unknown';
  if (isKnown()) return fetchDeltas(context, certificate, chain, run);
  const { ocsp, crl } = revocationAddresses(certificate);
  let fetched = 0;
  for (const url of ocsp) {
    const answer = await askResponder(context, url, certificate, issuer, chain, run);
    if (answer === null) continue;
    fetched++;
    if (!isKnown() && depth < MAX_DEPTH) {
      const { responder } = answer;
      if (responder !== null) fetched += await fetchFor(context, responder, issuer, chain, run, depth + 1);
    }
    if (isKnown()) return fetched;
  }
  for (const url of crl) {
    if (await fetchList(context, url, chain, run)) fetched++;
    if (isKnown()) return fetched + (await fetchDeltas(context, certificate, chain, run));
  }
  return fetched;
}

/**
 * A delta says nothing by itself, but what it says over a full list is newer (RFC 5280, 5.2.4). Where the certificate or the full list names deltas, and none
 * of the time is at hand, one is fetched; without it the full list stands.
 */
async function fetchDeltas(
  context: OfficeContext,
  certificate: Certificate,
  chain: ChainRequest,
  run: NetworkRun,
): Promise<number> {
  const lists = revocationsOf(context, context.vault.read).crls;
  const issuer = nameKey(certificate.issuer);
  const isOfTime = ({ nextUpdate }: Crl): boolean => nextUpdate !== null && chain.at <= nextUpdate;
  let fetched = 0;
  for (const base of lists.filter(
    (one) => one.baseNumber === null && nameKey(one.issuer) === issuer && isOfTime(one),
  )) {
    if (lists.some((one) => amends(one, base) && isOfTime(one))) continue;
    for (const url of new Set([...revocationAddresses(certificate).delta, ...deltaAddresses(base)])) {
      if (!(await fetchList(context, url, chain, run))) continue;
      fetched++;
      break;
    }
  }
  return fetched;
}

/** By what the vault holds now. */
function statusOf(context: OfficeContext, leaf: Certificate, chain: ChainRequest): RevocationStatus {
  const known = revocationsOf(context, context.vault.read);
  return validatePath({ ...chain, ...known, leaf, usage: 'any', revocation: 'require' }).revocation.status;
}

interface KeptAnswer {
  /** Whom the issuer named to give it; null: the issuer itself. Certificates beside the answer are signed by nobody, and say nothing of whom to ask. */
  readonly responder: Certificate | null;
}

async function askResponder(
  context: OfficeContext,
  url: string,
  certificate: Certificate,
  issuer: Certificate,
  { untrusted }: ChainRequest,
  run: NetworkRun,
): Promise<KeptAnswer | null> {
  const nonce = context.random(NONCE_SIZE);
  const body = buildOcspRequest(certificate, issuer, nonce);
  const bytes = await askNetwork(context, { kind: 'ocsp', url, body }, certificate.sha256, run);
  const answer = bytes === null ? null : tolerateMalformed(() => parseOcspResponse(bytes));
  const response = answer?.basic ?? null;
  if (answer === null || response === null) return null;
  const at = context.now();
  const single = findSingleResponse(response, certificate, issuer);
  // the answer to another question, or of nobody who may give it, is not kept at all
  const verdict = verifyOcspResponse({ response, issuer, at, nonce, certificates: untrusted });
  if (single === null || !verdict.ok) return null;
  if (!keepAnswer(context, url, certificate, answer, single)) return null;
  return { responder: verdict.delegated ? verdict.responder : null };
}

function keepAnswer(
  { vault, now }: OfficeContext,
  source: string,
  certificate: Certificate,
  { der, basic }: OcspResponse,
  { status, thisUpdate, nextUpdate }: SingleResponse,
): boolean {
  if (basic === null) return false;
  const kept = instantOf(thisUpdate);
  return vault.write((db) => {
    removeOlderOcspAnswers(db, certificate.sha256, kept);
    return insertOcspAnswer(db, {
      sha256: basic.sha256,
      certificate: certificate.sha256,
      answer: der,
      status,
      thisUpdate: kept,
      nextUpdate: nextUpdate === null ? null : instantOf(nextUpdate),
      source,
      fetchedAt: instantOf(now()),
    });
  });
}

async function fetchList(context: OfficeContext, url: string, chain: ChainRequest, run: NetworkRun): Promise<boolean> {
  const bytes = await askNetwork(context, { kind: 'crl', url }, '', run);
  const crl = bytes === null ? null : tolerateMalformed(() => parseCrl(bytes));
  // an unsigned list that claims to be newer would push the good one aside
  if (crl === null || !isSignedByKnown(crl, [...chain.untrusted, ...chain.anchors])) return false;
  const { vault, now } = context;
  return vault.write((db) =>
    insertCrl(db, {
      sha256: crl.sha256,
      issuer: crl.issuer,
      scope: listKey(crl),
      crl: crl.der,
      thisUpdate: instantOf(crl.thisUpdate),
      nextUpdate: crl.nextUpdate === null ? null : instantOf(crl.nextUpdate),
      source: url,
      fetchedAt: instantOf(now()),
    }),
  );
}

function isSignedByKnown(crl: Crl, certificates: readonly Certificate[]): boolean {
  const issuer = nameKey(crl.issuer);
  return certificates.some(
    (one) =>
      nameKey(one.subject) === issuer &&
      tolerateMalformed(() => verifySignatureBy(crl.signatureAlgorithm, one.publicKey, crl.tbs, crl.signature)) ===
        true,
  );
}
