import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CHANNEL_CONFIGS, type ChannelKind } from '../../shared/model/channel-config.ts';
import { FAULTS } from './faults.ts';
import { PLACES } from './servers.ts';

/** Which test proves which line of what every transport must withstand: whoever renames or takes away one of them is told here what it stood for. */

/** A title in a file of this folder, a fault that two-offices.test.ts meets, or why there is nothing to prove. */
type Proof =
  | { readonly in: string; readonly title: string; readonly calledAs?: string }
  | { readonly fault: string }
  | { readonly none: string };

const KINDS = Object.keys(CHANNEL_CONFIGS) as ChannelKind[];

const LINES = [
  'two offices',
  'cut at twenty random bytes, going up',
  'cut at twenty random bytes, coming down',
  'server killed and restarted',
  'server that is not the one we know',
  'wrong password',
  'full',
  'read-only',
  'lies about sizes',
  'lists forged names',
  'packages of others',
  'packages altered or cut short',
  'old packages',
  'receipts withheld',
  'bandwidth',
] as const;
type Line = (typeof LINES)[number];

/** Each transport's own file calls for it. */
const behaviour = (calledAs: string, title: string): Proof => ({ in: 'mailbox-behaviour.ts', title, calledAs });
const proof = (file: string, title: string): Proof => ({ in: file, title });
const keeper = (title: string): Proof => proof('bad-servers.ts', title);

const EVERYWHERE: Readonly<Partial<Record<Line, Proof>>> = {
  'two offices': proof(
    'two-offices.test.ts',
    'a request and its decision go and come, and both sides hold receipts for all of it',
  ),
  'cut at twenty random bytes, going up': proof(
    'dossiers.test.ts',
    'goes up through twenty cuts, the death of the sender and of the server, and no cut costs 32 MiB',
  ),
  'cut at twenty random bytes, coming down': proof(
    'dossiers.test.ts',
    'comes down through twenty cuts, the death of the receiver and of the server, whole, once, and no cut costs 32 MiB',
  ),
  'server killed and restarted': behaviour(
    'describeMailbox(',
    'a server that is killed in the middle of a put and a read is a route that is down; afterwards all goes on',
  ),
  'wrong password': { fault: 'a wrong password' },
  full: { fault: 'a full server' },
  'read-only': { fault: 'a server that lets nobody write' },
  'packages of others': keeper('hands over a package of somebody else gets it turned away unread'),
  'packages altered or cut short': keeper(
    'alters a package, cuts it short or puts rubbish in its place has nothing of it accepted, and the true one still counts',
  ),
  'old packages': keeper('plays an old package again moves nothing'),
  'receipts withheld': keeper(
    'keeps every receipt back leaves the message orange, then on record as expired, and a late receipt heals it',
  ),
  bandwidth: behaviour('describePace(', 'a put hands its transport no more bytes than the bandwidth has given so far'),
};

const FORGED = 'about names: what is not a mailbox’s own entry is never listed';
const CUT_MAILS = proof(
  'cut-mails.test.ts',
  'is cut at twenty random bytes each way, and once its server dies: never half there, once in the end, and no cut costs 32 MiB',
);

const APART: Readonly<Record<ChannelKind, Readonly<Partial<Record<Line, Proof>>>>> = {
  folder: {
    'server killed and restarted': { none: 'no server: a folder that is gone is a fault' },
    'server that is not the one we know': { none: 'no server' },
    'wrong password': { none: 'no password' },
    full: { fault: 'a full folder' },
    'read-only': { fault: 'a folder that lets nobody write' },
    'lies about sizes': proof(
      '../integration/exchange/folder-mailbox.test.ts',
      'a put that died half-way is finished by the next one and never listed before',
    ),
    'lists forged names': proof(
      '../integration/hostile/hostile-mailbox.test.ts',
      'that are paths, commands or a sync tool’s are left alone and lead nowhere',
    ),
    bandwidth: { none: 'no line of ours' },
  },
  sftp: {
    'server that is not the one we know': { fault: 'another host key' },
    'lies about sizes': proof('lying-sftp.test.ts', 'names more bytes than it gives'),
    'lists forged names': proof('lying-sftp.test.ts', FORGED),
  },
  webdav: {
    'server that is not the one we know': { fault: 'an expired certificate' },
    'lies about sizes': proof('lying-servers.test.ts', 'gives the whole of another size'),
    'lists forged names': proof('lying-servers.test.ts', FORGED),
  },
  s3: {
    'server that is not the one we know': { fault: 'an expired certificate' },
    'wrong password': { fault: 'a wrong secret' },
    'lies about sizes': proof('lying-servers.test.ts', 'that gives another range than asked for is told so'),
    'lists forged names': proof('lying-servers.test.ts', FORGED),
  },
  mail: {
    'cut at twenty random bytes, going up': CUT_MAILS,
    'cut at twenty random bytes, coming down': CUT_MAILS,
    'server that is not the one we know': { fault: 'an expired certificate' },
    full: { fault: 'a full box at a server that has room' },
    'read-only': { fault: 'a server that takes no mail for the recipient' },
    'lies about sizes': proof(
      'lying-mail.test.ts',
      'a mail $is, of $says bytes by its server’s word, is fetched without a bound',
    ),
    'lists forged names': proof(
      'mail.test.ts',
      'forged fields name nothing: only what is whole in address and name is listed',
    ),
    bandwidth: { none: 'a mail is no longer than its limit and goes at once' },
  },
};

describe.each(KINDS)('%s', (kind) => {
  test.each(LINES)('%s: what proved it is gone', (line) => {
    const found = APART[kind][line] ?? EVERYWHERE[line];
    if (found === undefined) throw new Error('nothing proves it');
    if ('none' in found) return;
    if ('fault' in found) {
      expect(FAULTS[kind].map(({ name }) => name)).toContain(found.fault);
      return;
    }
    expect(textOf(found.in)).toContain(`'${found.title}'`);
    if (found.calledAs !== undefined) expect(textOf(`${kind}.test.ts`)).toContain(found.calledAs);
  });

  test('is not among the places that two offices meet over', () => {
    expect(PLACES.map((place) => place.kind)).toContain(kind);
  });
});

const textOf = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');
