import { type ByteSource, bufferSource, readAll } from '../../../electron/files/bytes.ts';
import { parseManifest } from '../../../electron/packages/asic/manifest.ts';
import { parseEnvelopedHeader } from '../../../electron/packages/cms/parse-enveloped-header.ts';
import { type OpenedPackage, openPackage } from '../../../electron/packages/open-package.ts';
import { resealContainer } from '../../../electron/packages/seal-package.ts';
import { type ContainerVerdict, verifyContainer } from '../../../electron/packages/verify-container.ts';
import { checkCentral } from '../../../electron/packages/zip/check-central.ts';
import { readForeignZip } from '../../../electron/packages/zip/read-foreign-zip.ts';
import { scanContainer } from '../../../electron/packages/zip/scan-container.ts';
import { memorySink, memoryTarget } from '../../fixtures/memory-bytes.ts';
import { createMaterial, document, type Material, NOW, sealSample } from '../../fixtures/package-material.ts';
import { readEntries } from '../../fixtures/stored-zip.ts';
import { mutateBytes } from '../mutate/bytes.ts';
import { mutateDer } from '../mutate/der.ts';
import { mutateXml } from '../mutate/text.ts';
import { mutateEntries } from '../mutate/zip.ts';
import { type Outcome, type Target, Violation } from '../target.ts';

const MAX = 64 * 1024 * 1024;

interface Sample {
  readonly material: Material;
  readonly package: Buffer;
  readonly container: Buffer;
  readonly entries: Awaited<ReturnType<typeof readEntries>>;
  readonly good: ContainerVerdict;
}

async function createSample(): Promise<Sample> {
  const material = createMaterial();
  const documents = [
    document('委托书.pdf', Buffer.from('%PDF-1.7 sample')),
    document('b.bin', Buffer.alloc(70_000, 7)),
  ];
  const { bytes } = await sealSample(material, documents);
  const opened = await open(material, bufferSource(bytes));
  if (opened === null) throw new Error('the sample does not open');
  const container = await readAll(opened.container, MAX);
  const good = await verify(material, opened);
  if (good.indication !== 'TOTAL_PASSED') throw new Error(`the sample is ${good.indication} ${good.code}`);
  return { material, package: bytes, container, entries: await readEntries(container), good };
}

function open(material: Material, source: ByteSource): Promise<OpenedPackage | null> {
  return openPackage({ source, keys: [material.procuratorate.encryption], target: memoryTarget(), accept: 'exchange' });
}

function verify(material: Material, opened: OpenedPackage): Promise<ContainerVerdict> {
  const trust = { anchors: [material.ca.certificate], crls: [], revocation: 'off' } as const;
  return verifyContainer({ container: opened.container, opened, trust, at: NOW, accept: 'profile' });
}

/** A verdict that believes must speak of the very message that was sealed: same M, same signer, same documents. */
async function judge(sample: Sample, opened: OpenedPackage | null): Promise<Outcome> {
  if (opened === null) return 'refused';
  const verdict = await verify(sample.material, opened);
  if (verdict.indication !== 'TOTAL_PASSED') return 'refused';
  const facts = ({ m, signer, message, report }: ContainerVerdict) =>
    JSON.stringify([m, signer?.sha256, message, report.documents]);
  if (facts(verdict) !== facts(sample.good)) throw new Violation('an altered message was TOTAL_PASSED');
  return 'accepted';
}

/** Everything before the ciphertext. */
export async function packageHeader(): Promise<Target> {
  const sample = await createSample();
  return {
    seeds: [sample.package.subarray(0, 2048)],
    mutate: (_seed, random) => mutateDer(sample.package, random).subarray(0, 4096),
    run: async (input) => {
      parseEnvelopedHeader(input);
      return 'accepted';
    },
  };
}

/** A package as it comes out of a mailbox. */
export async function wholePackage(): Promise<Target> {
  const sample = await createSample();
  return {
    seeds: [sample.package],
    mutate: mutateDer,
    run: async (input) => judge(sample, await open(sample.material, bufferSource(input))),
  };
}

/** The container altered and sealed again for the same recipients: whoever may open it can do that. */
export async function resealedContainer(): Promise<Target> {
  const sample = await createSample();
  const { procuratorate, firm } = sample.material;
  const recipients = [procuratorate.encryption.certificate, firm.encryption.certificate];
  return {
    seeds: [sample.container],
    mutate: (seed, random) => (random.oneIn(3) ? mutateBytes(seed, random) : mutateEntries(sample.entries, random)),
    run: async (input) => {
      const sink = memorySink();
      await resealContainer({ container: bufferSource(input), recipients, sink });
      return judge(sample, await open(sample.material, bufferSource(sink.bytes())));
    },
  };
}

/** The ZIP readers alone: ours and the one for foreign containers. */
export async function zip(): Promise<Target> {
  const sample = await createSample();
  return {
    seeds: [
      sample.container,
      mutateEntries(sample.entries, {
        below: () => 2,
        oneIn: () => false,
        pick: ([first]) => first as never,
        bytes: Buffer.alloc,
      }),
    ],
    mutate: (_seed, random) => mutateEntries(sample.entries, random),
    run: async (input) => {
      const container = bufferSource(input);
      await readForeignZip(container);
      await checkCentral(container, await scanContainer(container));
      return 'accepted';
    },
  };
}

export async function manifest(): Promise<Target> {
  const sample = await createSample();
  const seed = sample.entries.find(({ name }) => name.endsWith('.xml'))?.content ?? Buffer.alloc(0);
  return {
    seeds: [seed],
    mutate: mutateXml,
    run: async (input) => {
      parseManifest(input);
      return 'accepted';
    },
  };
}
