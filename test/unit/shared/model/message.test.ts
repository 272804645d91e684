import { describe, expect, test } from 'vitest';
import { parseMessage } from '../../../../shared/model/message.ts';

const digest = 'a'.repeat(64);
const act = {
  version: 1,
  suite: 'LP1-A256GCM-SHA256',
  kind: 'act',
  id: '01930000-0000-7000-8000-000000000001',
  author: { office: '91350100M000100Y43', vault: '01930000-0000-7000-8000-000000000002', epoch: 1 },
  sender: { office: '91350100M000100Y43', person: '01930000-0000-7000-8000-000000000003', certificate: digest },
  recipients: [{ office: '91110000802100433B', vault: '01930000-0000-7000-8000-000000000004', certificate: digest }],
  createdAt: '2026-11-24T06:00:00.000Z',
  documents: [{ name: '委托书.pdf', kind: 'power-of-attorney', mediaType: 'application/pdf', size: 3, sha256: digest }],
  matter: '01930000-0000-7000-8000-000000000005',
  type: 'file-review',
  act: 'submit',
  seq: 1,
  prev: null,
  parents: [],
  enclosures: [],
  form: { note: '请予安排' },
};
const parse = (change: Record<string, unknown>) => () => parseMessage(JSON.stringify({ ...act, ...change }));

describe('message.json', () => {
  test('a whole act is read back as it was', () => {
    expect(parseMessage(JSON.stringify(act))).toEqual(act);
  });
  test('a newer version and unknown words have codes of their own, so that the person can be told to update', () => {
    expect(parse({ version: 2 })).toThrow('MESSAGE_VERSION_NEWER');
    expect(parse({ kind: 'poem' })).toThrow('MESSAGE_TYPE_UNKNOWN');
    expect(parse({ type: 'forensic-appraisal-2' })).toThrow('MESSAGE_TYPE_UNKNOWN');
    expect(parse({ act: 'applaud' })).toThrow('MESSAGE_TYPE_UNKNOWN');
  });
  test.each([
    ['an additional member', { extra: 1 }],
    ['an id that is not a UUIDv7', { id: '01930000-0000-4000-8000-000000000001' }],
    ['an upper-case digest', { prev: 'A'.repeat(64) }],
    ['a time with an offset', { createdAt: '2026-11-24T14:00:00.000+08:00' }],
    ['a day that does not exist', { createdAt: '2026-02-30T06:00:00.000Z' }],
    ['seq 0', { seq: 0 }],
    ['seventeen parents', { parents: Array.from({ length: 17 }, () => digest) }],
    ['an office with a wrong check digit', { author: { ...act.author, office: '91350100M000100Y44' } }],
    ['a suite that is not written', { suite: 'LP0-DES' }],
    ['a document name with a path', { documents: [{ ...act.documents[0], name: '../x' }] }],
    ['a document of negative size', { documents: [{ ...act.documents[0], size: -1 }] }],
    ['a media type with a parameter', { documents: [{ ...act.documents[0], mediaType: 'text/html;a=b' }] }],
  ])('refuses %s', (_, change) => {
    expect(parse(change)).toThrow('MESSAGE_MALFORMED');
  });
  test('a duplicate member is refused though JSON.parse would keep the last', () => {
    const text = JSON.stringify(act).replace('"act":"submit"', '"act":"withdraw","act":"submit"');
    expect(() => parseMessage(text)).toThrow('MESSAGE_MALFORMED');
  });
});
