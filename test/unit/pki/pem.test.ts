import { describe, expect, test } from 'vitest';
import { readPem, writePem } from '../../../electron/pki/pem.ts';

const read = (text: string) => readPem(Buffer.from(text));

describe('PEM', () => {
  test('what was written is read as something else', () => {
    const der = Buffer.from(Array.from({ length: 200 }, (_, index) => index));
    const text = writePem('CERTIFICATE', der);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBe(64);
    const blocks = read(`Bag Attributes: x\n${text}text between\n${writePem('PRIVATE KEY', der)}`);
    expect(blocks?.map(({ label }) => label)).toEqual(['CERTIFICATE', 'PRIVATE KEY']);
    expect(blocks?.[0]?.der).toEqual(der);
  });

  test('line ends, indentation or a missing last line end are refused', () => {
    expect(read('-----BEGIN X-----\r\n  QUJD\r\n-----END X-----')?.[0]?.der.toString()).toBe('ABC');
  });

  test('headers of old private keys are taken for base64, or not noticed', () => {
    const [block] =
      read('-----BEGIN X-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nQUJD\n-----END X-----') ?? [];
    expect(block).toMatchObject({ hasHeaders: true, der: Buffer.from('ABC') });
  });

  test.each([
    ['no end', '-----BEGIN X-----\nQUJD\n'],
    ['another end', '-----BEGIN X-----\nQUJD\n-----END Y-----'],
    ['other characters', '-----BEGIN X-----\nQU*D\n-----END X-----'],
    ['cut base64', '-----BEGIN X-----\nQUJ\n-----END X-----'],
    ['a bad label', '-----BEGIN x-----\nQUJD\n-----END x-----'],
  ])('a block with %s is read', (_, text) => expect(read(text)).toBeNull());

  test('a text without blocks is malformed', () => expect(read('nothing here')).toEqual([]));

  test('many beginnings without an end take quadratic time', () => {
    expect(read('-----BEGIN CERTIFICATE-----\n'.repeat(200_000))).toBeNull();
  });
});
