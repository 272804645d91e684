import { describe, expect, test } from 'vitest';
import { writeFailure, writeReport } from '../../../electron/cli/output.ts';
import { AppError } from '../../../shared/errors.ts';
import { createFakeContext, createFakeIo } from '../../fixtures/command-io.ts';

describe('writeReport', () => {
  test('writes lines on stdout and nothing on stderr when all is good', () => {
    const io = createFakeIo();
    expect(writeReport(createFakeContext(io), { exit: 0, json: {}, text: ['one', 'two'] })).toBe(0);
    expect([io.out(), io.err()]).toEqual(['one\ntwo\n', '']);
  });

  test('writes one document with ok and code first for --json, and nothing else on stdout', () => {
    const io = createFakeIo();
    const report = { exit: 4, code: 'VERDICT_INDETERMINATE', json: { m: null }, text: ['no'] } as const;
    expect(writeReport(createFakeContext(io, { json: true }), report)).toBe(4);
    expect(JSON.parse(io.out())).toEqual({ ok: false, code: 'VERDICT_INDETERMINATE', m: null });
  });

  test('ends a bad finding with its text and code on stderr', () => {
    const io = createFakeIo();
    writeReport(createFakeContext(io), { exit: 1, code: 'PACKAGE_TAMPERED', json: {}, text: ['verdict'] });
    expect(io.out()).toBe('verdict\n');
    expect(io.err()).toMatch(/altered.*\[PACKAGE_TAMPERED\]/);
  });
});

describe('writeFailure', () => {
  test('gives scripts the code and its parameters, people the sentence in their language', () => {
    const io = createFakeIo();
    const error = new AppError('FILE_NOT_FOUND', { path: 'a.p12' });
    expect(writeFailure(createFakeContext(io, { json: true, language: 'zh-CN' }), error)).toBe(5);
    expect(JSON.parse(io.out())).toMatchObject({ ok: false, code: 'FILE_NOT_FOUND', params: { path: 'a.p12' } });
    expect(io.err()).toContain('找不到文件');
    expect(io.err()).toContain('  path: a.p12\n');
  });

  test('shows control and bidi characters of a parameter instead of sending them to the terminal', () => {
    const io = createFakeIo();
    writeFailure(createFakeContext(io), new AppError('FILE_NOT_FOUND', { path: 'a\u001b[31m\u202egpj.exe' }));
    expect(io.err()).toContain('a\\u001b[31m\\u202egpj.exe');
  });

  test('keeps stacks to itself unless LEXPOST_DEBUG is set', () => {
    const error = new AppError('INTERNAL', {}, new Error('the cause'));
    const quiet = createFakeIo();
    writeFailure(createFakeContext(quiet), error);
    expect(quiet.out() + quiet.err()).not.toMatch(/the cause|at .*\.ts/);
    const loud = createFakeIo({ env: { LEXPOST_DEBUG: '1' } });
    writeFailure(createFakeContext(loud), error);
    expect(loud.err()).toContain('the cause');
  });
});
