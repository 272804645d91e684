/**
 * One seal or open in a process of its own, so that its peak of memory is its own:
 * node package-child.ts seal OFFICE DOCUMENT OUT | open OFFICE PACKAGE FOLDER [delay]. Prints {milliseconds, peak}; with `delay` also how long the loop of this
 * thread was kept from turning, in the longest case and in the 99th percentile of its turns. Milliseconds.
 */
import { open } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileSource } from '../../electron/files/bytes.ts';
import { createEphemeralTarget } from '../../electron/vault/blobs/ephemeral-target.ts';
import { loadOffice } from './bench-office.ts';
import { openOne, sealOne } from './package-work.ts';

const [verb = '', officeFolder = '', input = '', output = '', wanted] = process.argv.slice(2);
const office = loadOffice(officeFolder);
const now = new Date();
const source = await fileSource(input);
/** Milliseconds; the histogram's values contain it. */
const RESOLUTION = 1;
const turns = wanted === 'delay' ? monitorEventLoopDelay({ resolution: RESOLUTION }) : null;
turns?.enable();
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
turns?.disable();
await source.close();
// maxRSS is KiB on Linux and macOS alike, says Node
const held = (nanoseconds = 0) => Math.max(0, nanoseconds / 1e6 - RESOLUTION);
const delay = turns === null ? {} : { longest: held(turns.max), percentile99: held(turns.percentile(99)) };
console.log(JSON.stringify({ milliseconds, peak: process.resourceUsage().maxRSS * 1024, ...delay }));
