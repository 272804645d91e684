import { AppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Bytes } from '../../../shared/model/brand.ts';
import type { ByteSource } from '../../files/bytes.ts';
import { ENTRY } from '../asic/entry-names.ts';
import { parseSignedData, type SignedData, type SignerInfo } from '../cms/parse-signed-data.ts';
import { readForeignZip } from '../zip/read-foreign-zip.ts';

/** The signature of a container of our profile, unjudged: for a container that was verified before, or is about to be. */
export interface ContainerSignature {
  readonly der: Buffer;
  /** What it is over. */
  readonly manifest: Buffer;
  readonly signedData: SignedData;
  readonly signerInfo: SignerInfo;
}

/** Reads nothing of the documents. @throws AppError SIGNATURE_MISSING, SIGNATURE_MALFORMED, CONTAINER_MALFORMED */
export async function readSignature(container: ByteSource): Promise<ContainerSignature> {
  const entries = await readForeignZip(container);
  const read = async (name: string, limit: Bytes): Promise<Buffer> => {
    const entry = entries.find((one) => one.name === name);
    if (entry === undefined) throw new AppError('SIGNATURE_MISSING');
    return entry.readAll(limit);
  };
  const der = await read(ENTRY.signature, LIMITS.signature);
  const manifest = await read(ENTRY.manifest, LIMITS.manifest);
  const signedData = parseSignedData(der);
  const [signerInfo] = signedData.signerInfos;
  if (signerInfo === undefined) throw new AppError('SIGNATURE_MISSING');
  return { der, manifest, signedData, signerInfo };
}
