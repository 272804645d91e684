/** Seals one document and puts it into a mailbox: node deliver-child.ts OFFICE DOCUMENT OUT KIND CONFIG. Prints {milliseconds, peak}. */
import { open, readFile } from 'node:fs/promises';
import { randomMailboxName } from '../../electron/exchange/mailbox-name.ts';
import { fileSource } from '../../electron/files/bytes.ts';
import { openMailbox } from '../../electron/usecases/open-mailbox.ts';
import type { Instant } from '../../shared/model/brand.ts';
import type { ChannelKind } from '../../shared/model/channel-config.ts';
import { loadOffice } from './bench-office.ts';
import { sealOne } from './package-work.ts';

const [officeFolder = '', input = '', output = '', kind = '', configFile = ''] = process.argv.slice(2);
const office = loadOffice(officeFolder);
const config = JSON.parse(await readFile(configFile, 'utf8'));
const started = performance.now();
const source = await fileSource(input);
const file = await open(output, 'w');
const write = async (chunk: Buffer): Promise<void> => {
  for (let done = 0; done < chunk.length; ) done += (await file.write(chunk, done)).bytesWritten;
};
await sealOne(office, source, { write }, new Date());
await file.close();
await source.close();
const sealed = performance.now() - started;
const addedAt = new Date(0).toISOString() as Instant;
const mailbox = await openMailbox({ id: 'bench', kind: kind as ChannelKind, config, addedAt });
const parcel = await fileSource(output);
const [address, name] = [randomMailboxName(), randomMailboxName()];
await mailbox.put(address, name, parcel);
await parcel.close();
const milliseconds = performance.now() - started;
// The server keeps it in memory.
await mailbox.remove(address, name);
await mailbox.close();
console.log(JSON.stringify({ milliseconds, sealed, peak: process.resourceUsage().maxRSS * 1024 }));
