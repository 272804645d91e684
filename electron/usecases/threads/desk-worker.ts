import type { KeyObject } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { isAppError } from '../../../shared/errors.ts';
import { createPair } from '../../pki/issue/create-pair.ts';
import { writePkcs12 } from '../../pki/pkcs12/write-pkcs12.ts';
import { openSigningKey } from '../office/open-signing-key.ts';
import { prepareIdentity } from '../prepare-identity.ts';
import { readCrlRecords } from '../read-crl-records.ts';
import type { TaskKind, ThreadSaying, ThreadTask, ThreadTasks } from './thread-messages.ts';

/** One task of the desk that would hold main's loop: files that others wrote, and keys behind many rounds. It ends with its task. */

type Runs = { readonly [Kind in TaskKind]: (asks: ThreadTasks[Kind]['asks']) => Promise<ThreadTasks[Kind]['gives']> };

const RUNS: Runs = {
  // Whoever waits for a key waits for no more code than that takes
  verify: async (asks) => (await import('./judge-tasks.ts')).verify(asks),
  'judge-bundle': async (asks) => (await import('./judge-tasks.ts')).judgeBundle(asks),
  'prepare-identity': async (asks) => prepareIdentity(asks),
  'make-trial': async ({ subject, algorithm, passphrase, now }) => {
    const pair = createPair({ purpose: 'sign', subject, algorithm, now });
    const p12 = writePkcs12({ entries: [pair], certificates: [], password: passphrase });
    return { certificate: pair.certificate.der, chain: [], p12 };
  },
  'open-key': async (asks) => {
    const { key, certificate, chain = [] } = openSigningKey(asks);
    // Copied out of the pool that small buffers share: the thread that gets it overwrites all there is
    const pkcs8 = Uint8Array.from((key as KeyObject).export({ type: 'pkcs8', format: 'der' }));
    return { key: pkcs8, certificate: certificate.der, chain: chain.map(({ der }) => der) };
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
