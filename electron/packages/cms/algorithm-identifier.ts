import { cursor, type Element, readOid } from '../../pki/asn1/der-reader.ts';
import { objectIdentifier, sequence } from '../../pki/asn1/der-writer.ts';

/** AlgorithmIdentifier (RFC 5280, 4.1.1.2). */
export interface AlgorithmIdentifier {
  readonly oid: string;
  readonly parameters: Element | null;
  /** The whole SEQUENCE as DER: key derivation and RFC 6211 take it as written. */
  readonly der: Buffer;
}

const NULL_TAG = 0x05;

export function readAlgorithmIdentifier(element: Element, tag = 0x30): AlgorithmIdentifier {
  const members = cursor(element, tag);
  const oid = readOid(members.next());
  const parameters = members.done ? null : members.next();
  members.end();
  return { oid, parameters, der: element.raw };
}

export function algorithmIdentifier(oid: string, ...parameters: readonly Buffer[]): Buffer {
  return sequence(objectIdentifier(oid), ...parameters);
}

/** True where the parameters are absent or NULL, as RFC 5754 2 and RFC 4055 2.1 let writers choose. */
export function hasNoParameters({ parameters }: AlgorithmIdentifier): boolean {
  return parameters === null || (parameters.tag === NULL_TAG && parameters.value.length === 0);
}
