import { AppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { ByteSource } from '../../files/bytes.ts';
import { ENTRY } from '../asic/entry-names.ts';
import { parseSignedData, type SignedData, type SignerInfo } from '../cms/parse-signed-data.ts';
import { readForeignZip } from '../zip/read-foreign-zip.ts';

/** The signature of a container of our profile, unjudged: for a container that was verified before, or is about to be. */
export interface ContainerSignature {
  readonly der: Buffer;
  readonly signedData: SignedData;
  readonly signerInfo: SignerInfo;
}

/** Reads nothing of the documents. @throws AppError SIGNATURE_MISSING, SIGNATURE_MALFORMED, CONTAINER_MALFORMED */
export async function readSignature(container: ByteSource): Promise<ContainerSignature> {
  const entry = (await readForeignZip(container)).find(({ name }) => name === ENTRY.signature);
  if (entry === undefined) throw new AppError('SIGNATURE_MISSING');
  const der = await entry.readAll(LIMITS.signature);
  const signedData = parseSignedData(der);
  const [signerInfo] = signedData.signerInfos;
  if (signerInfo === undefined) throw new AppError('SIGNATURE_MISSING');
  return { der, signedData, signerInfo };
}
