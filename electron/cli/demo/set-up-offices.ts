import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OfficeId } from '../../../shared/model/brand.ts';
import { bufferSource } from '../../files/bytes.ts';
import type { KeyPairCertificate } from '../../pki/identity.ts';
import { createCa } from '../../pki/issue/create-ca.ts';
import { createIdentity } from '../../pki/issue/create-identity.ts';
import { issueCrl } from '../../pki/issue/issue-crl.ts';
import { writePem } from '../../pki/pem.ts';
import { writePkcs12 } from '../../pki/pkcs12/write-pkcs12.ts';
import { addAnchors, addCrls } from '../../usecases/add-trust.ts';
import type { OfficeContext } from '../../usecases/context.ts';
import { createOfficeVault } from '../../usecases/create-office-vault.ts';
import { exportCard } from '../../usecases/export-card.ts';
import { importCard } from '../../usecases/import-card.ts';
import { importIdentity } from '../../usecases/import-identity.ts';
import { issueCard } from '../../usecases/issue-card.ts';
import { addVault, exportJoinRequest } from '../../usecases/join-office.ts';
import type { SigningCredentials } from '../../usecases/office/signing-authority.ts';
import { setChannel } from '../../usecases/set-channel.ts';
import { CAST, type DemoOffice, type OfficeKey } from './cast.ts';

/** An office that plays: its devices, and who signs on each of them. */
export interface Player {
  readonly office: DemoOffice;
  readonly id: OfficeId;
  readonly devices: readonly Device[];
}

export interface Device {
  readonly name: string;
  readonly context: OfficeContext;
  readonly credentials: SigningCredentials;
}

export type Players = ReadonlyMap<OfficeKey, Player>;

/** Low, so that a demonstration is not spent on deriving keys; a real vault takes the default of 2^17. */
const SCRYPT_COST = 2 ** 14;
const PKCS12_ITERATIONS = 10_000;
const DAY = 24 * 3600_000;

interface Ground {
  readonly dir: string;
  readonly now: () => Date;
  readonly ca: KeyPairCertificate;
  readonly crl: Buffer;
  /** Of vaults and persons alike: made up for each demonstration and left in a file beside the vaults. */
  readonly passphrase: string;
}

/** Seven offices with keys below one test CA, vaults, confirmed cards of each other and a folder to exchange through. */
export async function setUpOffices(dir: string, now: () => Date): Promise<Players> {
  const ground = await layGround(dir, now);
  const players = new Map<OfficeKey, Player>();
  for (const office of CAST) players.set(office.key, await openPlayer(ground, office));
  await exchangeCards([...players.values()]);
  for (const { context } of devicesOf(players)) connect(ground, players, context);
  return players;
}

export function devicesOf(players: Players): Device[] {
  return [...players.values()].flatMap(({ devices }) => devices);
}

async function layGround(dir: string, now: () => Date): Promise<Ground> {
  for (const folder of ['vaults', 'mailboxes', 'keys'])
    await mkdir(join(dir, folder), { recursive: true, mode: 0o700 });
  const ca = createCa({ name: 'LexPost 演示根证书', algorithm: 'p256', now: new Date(now().getTime() - DAY) });
  const thisUpdate = new Date(now().getTime() - 3600_000);
  const { der: crl } = issueCrl(
    { thisUpdate, nextUpdate: new Date(now().getTime() + 30 * DAY), number: 1, revoked: [] },
    ca,
  );
  const passphrase = randomBytes(15).toString('base64url');
  await writeFile(join(dir, 'keys', 'ca.pem'), writePem('CERTIFICATE', ca.certificate.der));
  await writeFile(join(dir, 'keys', 'ca.crl.pem'), writePem('X509 CRL', crl));
  await writeFile(join(dir, 'keys', 'passphrase.txt'), `${passphrase}\n`, { mode: 0o600 });
  return { dir, now, ca, crl, passphrase };
}

async function openPlayer(ground: Ground, office: DemoOffice): Promise<Player> {
  const { name, type, uscc, region, person } = office;
  const { ca, now, passphrase } = ground;
  const identity = createIdentity({
    name,
    officeType: type,
    uscc,
    region,
    person,
    algorithm: 'p256',
    issuer: { ...ca, chain: [] },
    now: now(),
  });
  const p12 = writePkcs12({
    entries: [identity.signing],
    certificates: [ca.certificate],
    password: passphrase,
    iterations: PKCS12_ITERATIONS,
  });
  const first = await openDevice(ground, office, 1);
  const device = identify(ground, office, first, p12);
  let { fingerprint } = await issueCard(first.context, device.credentials);
  const devices = [device];
  for (let number = 2; number <= office.devices; number++) {
    const next = await openDevice(ground, office, number);
    const { bytes: request, fingerprint: shown } = exportJoinRequest(next.context);
    const { credentials } = device;
    ({ fingerprint } = await addVault(first.context, { request, credentials, fingerprint: shown }));
    await importCard(next.context, { source: bufferSource(await cardOf(first)), fingerprint, by: 'demo' });
    devices.push(identify(ground, office, next, p12));
  }
  return { office, id: uscc as OfficeId, devices };
}

type OpenDevice = Omit<Device, 'credentials'>;

async function openDevice(
  { dir, now, ca, crl, passphrase }: Ground,
  office: DemoOffice,
  number: number,
): Promise<OpenDevice> {
  const deviceName = number === 1 ? office.key : `${office.key}-${number}`;
  const { name, type, region } = office;
  const { context } = await createOfficeVault({
    dir: join(dir, 'vaults', deviceName),
    passphrase,
    office: { id: office.uscc as OfficeId, name, type, region },
    now,
    program: 'lexpost demo',
    scryptCost: SCRYPT_COST,
  });
  addAnchors(context, Buffer.from(writePem('CERTIFICATE', ca.certificate.der)), 'demo');
  addCrls(context, crl);
  return { name: deviceName, context };
}

/** Takes the person's key in; on a further device after the card, so that it is the same person there. */
function identify({ passphrase }: Ground, office: DemoOffice, { name, context }: OpenDevice, p12: Buffer): Device {
  const person = importIdentity(context, {
    p12,
    password: passphrase,
    name: office.person,
    iterations: PKCS12_ITERATIONS,
  });
  return { name, context, credentials: { person: person.id, passphrase } };
}

async function cardOf({ context }: OpenDevice): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await exportCard(context, { write: async (chunk) => void chunks.push(Buffer.from(chunk)) });
  return Buffer.concat(chunks);
}

/** Everybody reads everybody's card and compares the fingerprint, which the demonstration does for them. */
async function exchangeCards(players: readonly Player[]): Promise<void> {
  for (const { devices, id } of players) {
    const [first] = devices;
    if (first === undefined) continue;
    const card = await cardOf(first);
    const fingerprint = await exportCard(first.context, { write: async () => {} });
    for (const other of players.filter((player) => player.id !== id)) {
      for (const { context } of other.devices) {
        await importCard(context, { source: bufferSource(card), fingerprint, by: 'demo' });
      }
    }
  }
}

function connect({ dir }: Ground, players: Players, context: OfficeContext): void {
  const offices = [...players.values()].map(({ id }) => id);
  setChannel(context, { id: 'folder', kind: 'folder', config: { root: join(dir, 'mailboxes') }, offices, by: 'demo' });
}
