import { parentPort, workerData } from 'node:worker_threads';
import { isAppError } from '../../../shared/errors.ts';
import { verifyBundle } from '../../evidence/verify-bundle.ts';
import { newFindings } from '../../packages/verify/checks.ts';
import { readProfile } from '../../packages/verify/read-profile.ts';
import { verifyContainer } from '../../packages/verify-container.ts';
import { type Certificate, parseCertificate } from '../../pki/certificate.ts';
import { parseCrl } from '../../pki/crl.ts';
import { createPair } from '../../pki/issue/create-pair.ts';
import { parseOcspResponse } from '../../pki/ocsp/parse-ocsp-response.ts';
import { writePkcs12 } from '../../pki/pkcs12/write-pkcs12.ts';
import { bindingByCards } from '../office/binding-by-cards.ts';
import { prepareIdentity } from '../prepare-identity.ts';
import { readCrlRecords } from '../read-crl-records.ts';
import { askTrust, ownersBytes } from './ask-owner.ts';
import type { TaskKind, ThreadSaying, ThreadTask, ThreadTasks } from './thread-messages.ts';

/** One task of the desk that would hold main's loop: files that others wrote, and keys behind many rounds. It ends with its task. */

type Runs = { readonly [Kind in TaskKind]: (asks: ThreadTasks[Kind]['asks']) => Promise<ThreadTasks[Kind]['gives']> };

const certificates = (ders: readonly Uint8Array[]): Certificate[] =>
  ders.map((der) => parseCertificate(Buffer.from(der)));

const RUNS: Runs = {
  async verify({ size, at }) {
    const container = ownersBytes(size);
    // Whose pins count depends on who says to have sent it: read first, believed later
    const peeked = await readProfile(container, null, newFindings());
    const { anchors, timestampAnchors, untrusted, crls, ocsps, revocation, cards } = await askTrust(
      peeked?.message.sender.office ?? null,
    );
    const trust = {
      anchors: certificates(anchors),
      timestampAnchors: certificates(timestampAnchors),
      untrusted: certificates(untrusted),
      crls: crls.map((der) => parseCrl(Buffer.from(der))),
      ocsps: ocsps.map((der) => parseOcspResponse(Buffer.from(der))),
      revocation,
    };
    const { report } = await verifyContainer({ container, trust, at, binding: bindingByCards(() => cards, null) });
    return report;
  },
  'judge-bundle': ({ size, anchors, ...rest }) =>
    verifyBundle({ bundle: ownersBytes(size), anchors: certificates(anchors), ...rest, revocation: 'require' }),
  'prepare-identity': async (asks) => prepareIdentity(asks),
  'make-trial': async ({ subject, algorithm, passphrase, now }) => {
    const pair = createPair({ purpose: 'sign', subject, algorithm, now });
    const p12 = writePkcs12({ entries: [pair], certificates: [], password: passphrase });
    return { certificate: pair.certificate.der, chain: [], p12 };
  },
  'read-crls': async ({ bytes }) => readCrlRecords(Buffer.from(bytes)),
};

const say = (saying: ThreadSaying): void => parentPort?.postMessage(saying);

async function run({ kind, ...asks }: ThreadTask): Promise<void> {
  try {
    say({ kind: 'done', value: await RUNS[kind](asks as never) });
  } catch (error) {
    const known = isAppError(error);
    say({ kind: 'failed', code: known ? error.code : 'INTERNAL', params: known ? error.params : {} });
  }
}

void run(workerData as ThreadTask);
