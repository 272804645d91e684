/**
 * One seal or open in a process of its own, so that its peak of memory is its own:
 * node package-child.ts seal OFFICE DOCUMENT OUT | open OFFICE PACKAGE FOLDER. Prints {milliseconds, peak}.
 */
import { open } from 'node:fs/promises';
import { fileSource } from '../../electron/files/bytes.ts';
import { createEphemeralTarget } from '../../electron/vault/blobs/ephemeral-target.ts';
import { loadOffice } from './bench-office.ts';
import { openOne, sealOne } from './package-work.ts';

const [verb = '', officeFolder = '', input = '', output = ''] = process.argv.slice(2);
const office = loadOffice(officeFolder);
const now = new Date();
const source = await fileSource(input);
const started = performance.now();
if (verb === 'seal') {
  const file = await open(output, 'w');
  const write = async (chunk: Buffer): Promise<void> => {
    for (let done = 0; done < chunk.length; ) done += (await file.write(chunk, done)).bytesWritten;
  };
  await sealOne(office, source, { write }, now);
  await file.close();
} else {
  await openOne(office, source, await createEphemeralTarget(output, source.size), now);
}
const milliseconds = performance.now() - started;
await source.close();
// maxRSS is KiB on Linux and macOS alike, says Node
console.log(JSON.stringify({ milliseconds, peak: process.resourceUsage().maxRSS * 1024 }));
