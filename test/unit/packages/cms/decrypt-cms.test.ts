import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bufferSource } from '../../../../electron/files/bytes.ts';
import { decryptCms } from '../../../../electron/packages/cms/decrypt-cms.ts';
import { writePem } from '../../../../electron/pki/pem.ts';
import { cmsPair, sealContent } from '../../../fixtures/cms-material.ts';
import { decryptToBuffer } from '../../../fixtures/decrypt-to-buffer.ts';
import { memoryTarget } from '../../../fixtures/memory-bytes.ts';

const pair = cmsPair('p256');
const other = cmsPair('p256', 'encrypt', 'another');
const content = randomBytes(3 * 1024 * 1024);
const { message } = sealContent(content, [pair.certificate]);

describe('decryptCms', () => {
  test('finishes its target once the tag was checked, and says whose key opened it', async () => {
    const target = memoryTarget();
    const opened = await decryptCms(bufferSource(message), [other, pair], target);
    expect(target.state).toBe('finished');
    expect(opened).toMatchObject({ length: content.length, authenticated: true, openedAs: pair.certificate });
  });

  test('destroys its target where the message is for somebody else', async () => {
    const target = memoryTarget();
    expect(await decryptCms(bufferSource(message), [other], target)).toBe(null);
    expect(target.state).toBe('aborted');
  });

  test('destroys its target where the last byte of the tag is wrong, after all the plaintext was written', async () => {
    const altered = Buffer.from(message);
    altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;
    const target = memoryTarget();
    await expect(decryptCms(bufferSource(altered), [pair], target)).rejects.toMatchObject({ code: 'PACKAGE_TAMPERED' });
    expect(target.state).toBe('aborted');
  });

  test.each([
    ['cut short', message.subarray(0, -1), 'PACKAGE_TRUNCATED'],
    ['cut in the header', message.subarray(0, 50), 'PACKAGE_TRUNCATED'],
    ['empty', Buffer.alloc(0), 'PACKAGE_TRUNCATED'],
    ['PEM without an end', Buffer.from(writePem('CMS', message).slice(0, 5000)), 'PACKAGE_MALFORMED'],
    ['a PEM certificate', Buffer.from(writePem('CERTIFICATE', pair.certificate.der)), 'PACKAGE_MALFORMED'],
  ])('destroys its target: %s', async (_title, bytes, code) => {
    const target = memoryTarget();
    await expect(decryptCms(bufferSource(bytes), [pair], target)).rejects.toMatchObject({ code });
    expect(target.state).toBe('aborted');
  });

  test.each(['CMS', 'PKCS7'])('reads PEM labelled %s', async (label) => {
    const pem = Buffer.from(writePem(label, message));
    expect((await decryptToBuffer(pem, [pair]))?.content.equals(content)).toBe(true);
  });
});
