import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileSource } from '../../electron/files/bytes.ts';
import { type ContainerVerdict, verifyContainer } from '../../electron/packages/verify-container.ts';
import type { Certificate } from '../../electron/pki/certificate.ts';
import { runSuite, vectorsRoot } from './vectors.ts';

const root = vectorsRoot();
const folder = join(root ?? '', 'eu-dss');

/** Within the life of the certificates that signed the samples. */
const AT = new Date('2020-01-01T00:00:00Z');

async function verify(file: string, anchors: readonly Certificate[]): Promise<ContainerVerdict> {
  const container = await fileSource(join(folder, file));
  try {
    return await verifyContainer({ container, trust: { anchors, crls: [], revocation: 'off' }, at: AT });
  } finally {
    await container.close();
  }
}

/** With the signer itself as anchor, so that only the container and its signature decide. */
async function verifyPinned(file: string): Promise<ContainerVerdict> {
  const { signer } = await verify(file, []);
  return verify(file, signer === null ? [] : [signer]);
}

describe.skipIf(root === null)('EU DSS: ASiC-E and ASiC-S with CAdES (10 containers)', () => {
  test('a good container is refused, or a broken one passes', async () => {
    const files = readdirSync(folder).filter((name) => /\.(asice|asics|sce)$/.test(name));
    const verdicts = new Map<string, ContainerVerdict>();
    for (const file of files) verdicts.set(file, await verifyPinned(file));
    const result = runSuite(
      'eu-dss',
      files,
      (file) => file,
      (file) => {
        const verdict = verdicts.get(file);
        const expected = file.includes('-ok') ? 'TOTAL_PASSED' : 'TOTAL_FAILED';
        return verdict?.indication === expected ? null : `${verdict?.indication} ${verdict?.code}`;
      },
    );
    expect(result.total).toBe(10);
    expect(result.unexpected).toEqual([]);
    expect(result.stale).toEqual([]);
  });

  test('what is wrong with a broken one is named', async () => {
    const codes = await Promise.all(
      ['brokenReference.asice', 'removed-doc.asice', 'removed-doc.asics', 'no-signature.asics'].map(
        async (file) => (await verifyPinned(file)).code,
      ),
    );
    expect(codes).toEqual(['MANIFEST_MISMATCH', 'MANIFEST_MISMATCH', 'SIGNATURE_INVALID', 'SIGNATURE_MISSING']);
  });

  test('a good one does not pass without its anchor, and says who signed what', async () => {
    const { indication, subIndication, report } = await verify('multifiles-ok.asice', []);
    expect({ indication, subIndication }).toEqual({
      indication: 'INDETERMINATE',
      subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
    });
    expect(report.container.profile).toBe('ASiC-E');
    expect(report.signers.map(({ subject }) => subject)).toEqual([expect.stringContaining('good-user')]);
    expect(report.documents.map(({ name, size }) => [name, size])).toEqual([
      ['test.text', 13],
      ['test2.text', 11],
    ]);
  });
});
