import { createHash, type Hash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import type { DigestReply, DigestRequest, DigestRing } from './digest-messages.ts';

/** SHA-256 beside the thread that reads and encrypts: both look at the same shared ring, nothing is copied. */
const ring = workerData as DigestRing;
const bytes = Buffer.from(ring.memory);
let hash: Hash = createHash('sha256');

const reply = (message: DigestReply): void => parentPort?.postMessage(message);

parentPort?.on('message', (request: DigestRequest) => {
  switch (request.kind) {
    case 'update': {
      const start = request.slot * ring.slotSize;
      hash.update(bytes.subarray(start, start + request.length));
      reply({ kind: 'free', slot: request.slot });
      break;
    }
    case 'bytes':
      hash.update(request.bytes);
      break;
    case 'finish':
      reply({ kind: 'digest', digest: hash.digest('hex') });
      hash = createHash('sha256');
      break;
    case 'reset':
      hash = createHash('sha256');
      break;
  }
});
