import { createPublicKey, type KeyObject } from 'node:crypto';
import { context, integer, objectIdentifier, sequence, setOf } from '../asn1/der-writer.ts';
import { OID } from '../oids.ts';
import { signatureAlgorithmFor } from '../signature-algorithm.ts';
import { signStructure, spkiOf } from './issue-certificate.ts';
import { encodeName, type SubjectName } from './subject-name.ts';

/** A DER PKCS#10 request (RFC 2986) for the key, signed by it. `extensions` are whole DER extensions to ask for. @throws AppError USAGE */
export function createCsr(request: {
  readonly subject: SubjectName;
  readonly key: KeyObject;
  readonly extensions?: readonly Buffer[];
}): Buffer {
  const { subject, key, extensions = [] } = request;
  const wishes = sequence(objectIdentifier(OID.extensionRequest), setOf(sequence(...extensions)));
  const info = sequence(
    integer(0),
    encodeName(subject),
    spkiOf(createPublicKey(key)),
    context(0, ...(extensions.length === 0 ? [] : [wishes])),
  );
  return signStructure(info, signatureAlgorithmFor(key), key);
}
