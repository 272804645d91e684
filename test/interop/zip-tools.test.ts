import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { documentPath } from '../../shared/model/names.ts';
import { hasTool, mustRun } from './foreign-tool.ts';
import { createSamples, DOCUMENTS } from './sealed-samples.ts';

const samples = await createSamples();
afterAll(() => samples.close());

const container = samples.file('container.asice', samples.packages[0]?.container ?? Buffer.alloc(0));
const paths = DOCUMENTS.map(({ name }, index) => documentPath(index, name));
const LISTING = [
  'mimetype',
  ...paths,
  'message.json',
  'META-INF/ASiCManifest001.xml',
  'META-INF/signature001.p7s',
  'META-INF/padding.bin',
];
const env = { ...process.env, LC_ALL: 'C.UTF-8' };

/** What Python reads: names and contents as it says, the checksums tested. */
const PYTHON = `
import json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
print(json.dumps({i.filename: len(z.read(i)) for i in z.infolist()}))
`;

describe.skipIf(!hasTool('unzip'))('Info-ZIP reads a container', () => {
  test('every checksum holds', () => {
    expect(mustRun('unzip', ['-t', container], { env }).text).toContain('No errors detected');
  });
  test('Chinese names come out as they are, and files can be read by their owner', () => {
    const folder = join(dirname(container), 'unzipped');
    mkdirSync(folder);
    mustRun('unzip', ['-q', container, '-d', folder], { env });
    for (const [index, path] of paths.entries()) {
      expect(readFileSync(join(folder, path)).equals(DOCUMENTS[index]?.content ?? Buffer.alloc(0))).toBe(true);
      expect(statSync(join(folder, path)).mode & 0o777).toBe(0o644);
    }
  });
});

describe.skipIf(!hasTool('python3'))('Python reads a container', () => {
  test('names, sizes and checksums, in the order of the profile', () => {
    const sizes = JSON.parse(mustRun('python3', ['-c', PYTHON, container], { env }).stdout.toString('utf8'));
    expect(Object.keys(sizes)).toEqual(LISTING);
    for (const [index, path] of paths.entries()) expect(sizes[path]).toBe(DOCUMENTS[index]?.content.length);
  });
});

describe.skipIf(!hasTool('file'))('file(1) knows what a container is', () => {
  test('by its first entry, which has no extra field', () => {
    const { text } = mustRun('file', ['--brief', '--mime-type', container]);
    expect(text.trim()).toMatch(/^application\/(vnd\.etsi\.asic-e\+zip|zip)$/);
  });
});
