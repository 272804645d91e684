import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writePem } from '../../../electron/pki/pem.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';
import { type Desk, sealArguments, USCC, writeRequestPapers } from '../../fixtures/lexpost-command.ts';
import { createOfficeDesk } from '../../fixtures/office-desk.ts';
import { startTrustServices, type TrustServices } from '../../fixtures/trust-services.ts';
import { hasTool } from '../../interop/foreign-tool.ts';

let desk: Desk;
let services: TrustServices;
beforeAll(async () => {
  services = await startTrustServices();
  desk = await createOfficeDesk();
  await writeFile(desk.path('tsa-root.pem'), writePem('CERTIFICATE', services.root.certificate.der));
  await writeFile(desk.path('tsa-root.crl'), services.list());
  await writeFile(desk.path('request.json'), JSON.stringify(FILE_REVIEW['submit']));
});
afterAll(async () => {
  await desk.remove();
  await services.close();
});

const trust = ['--trust', 'ca.pem', '--trust', 'tsa-root.pem', '--crl', 'ca.crl', '--crl', 'tsa-root.crl'];

describe.skipIf(!hasTool('openssl'))('package seal --tsa', () => {
  test('does not put the timestamp into the package, or open does not report it', async () => {
    const sealed = await desk.json(...sealArguments('stamped.p7m', '--tsa', services.url('/tsa')));
    expect(sealed).toMatchObject({ exit: 0, document: { timestamp: { state: 'in-package', failed: [] } } });
    const opened = await desk.json(
      'package',
      'open',
      'stamped.p7m',
      '--key',
      'procuratorate.p12',
      '--passphrase-file',
      'pw',
      ...trust,
    );
    const { genTime } = sealed.document['timestamp'] as { genTime: string };
    expect(opened).toMatchObject({ exit: 0, document: { ok: true, signers: [{ timestamp: genTime }] } });
  });

  test('leaves no package where the authority is out, or does not say that the timestamp is missing', async () => {
    const tsas = ['--tsa', 'http://127.0.0.1:9/', '--tsa', 'http://localhost:9/'];
    const { exit, document } = await desk.json(...sealArguments('unstamped.p7m', ...tsas));
    expect([exit, document['ok']]).toEqual([0, true]);
    expect(document['timestamp']).toMatchObject({
      state: 'pending',
      failed: [
        { url: 'http://127.0.0.1:9/', code: 'FETCH_FAILED' },
        // a name that leads to this machine was not configured by its address
        { url: 'http://localhost:9/', code: 'FETCH_REFUSED' },
      ],
    });
    const { stdout } = await desk.run(...sealArguments('unstamped-2.p7m', ...tsas));
    expect(stdout).toContain('No timestamp yet');
  });

  test('reaches the next authority only where the first answers', async () => {
    const tsas = ['--tsa', 'http://127.0.0.1:9/', '--tsa', services.url('/tsa')];
    const { document } = await desk.json(...sealArguments('second.p7m', ...tsas));
    expect(document['timestamp']).toMatchObject({ state: 'in-package', source: services.url('/tsa') });
  });
});

describe.skipIf(!hasTool('openssl'))('vault network, message verify and message export', () => {
  const own = ['--vault', 'firm-vault', '--passphrase-file', 'pw'];
  const network = (...more: string[]) =>
    desk.json('vault', 'network', 'firm-vault', '--passphrase-file', 'pw', ...more);

  test('does not show, change and check whom may be asked', async () => {
    expect((await network()).document).toMatchObject({ ok: true, hosts: [], tsas: [], proxy: null, asks: [] });
    const set = await network('--allow', services.host, '--allow', 'crl.example.cn', '--tsa', services.url('/tsa'));
    expect(set.document).toMatchObject({
      hosts: [services.host, 'crl.example.cn'],
      tsas: [{ url: services.url('/tsa') }],
    });
    expect((await network('--forbid', 'crl.example.cn')).document['hosts']).toEqual([services.host]);
    const tsas = async (...more: string[]) => (await network(...more)).document['tsas'];
    const url = services.url('/tsa');
    expect(await tsas('--tsa', url, '--tsa-policy', '1.3.6.1.4.1.99999.1')).toEqual([
      { url, policy: '1.3.6.1.4.1.99999.1' },
    ]);
    expect(await tsas('--tsa', url)).toEqual([{ url, policy: '1.3.6.1.4.1.99999.1' }]);
    expect(await tsas('--tsa', url, '--tsa-policy', 'any')).toEqual([{ url, policy: null }]);
    expect(await tsas('--tsa', url, '--tsa-policy', '1.3.6.1.4.1.99999.1')).toHaveLength(1);
    for (const bad of [
      ['--allow', 'http://crl.example.cn/'],
      ['--allow', 'a b'],
      ['--tsa', 'ftp://tsa'],
      ['--tsa', services.url('/tsa'), '--tsa-policy', 'secure'],
      ['--tsa-policy', '1.2.3'],
      ['--proxy', 'socks5://proxy'],
      ['--allow-address', '10.0.0'],
    ]) {
      expect(await network(...bad)).toMatchObject({ exit: 2, document: { code: 'USAGE' } });
    }
  });

  test('loses the proof of a message on the way from sealing to the copy', async () => {
    await desk.json(
      'vault',
      'trust',
      'firm-vault',
      '--passphrase-file',
      'pw',
      '--trust',
      'tsa-root.pem',
      '--fingerprint',
      services.root.certificate.sha256,
      '--crl',
      'tsa-root.crl',
    );
    for (const [from, card] of [
      ['firm-vault', 'firm.card'],
      ['office-vault', 'office.card'],
    ] as const) {
      await desk.json('office', 'export', '--vault', from, '--passphrase-file', 'pw', '--out', card);
    }
    const shown = await desk.json(
      'office',
      'export',
      '--vault',
      'office-vault',
      '--passphrase-file',
      'pw',
      '--out',
      'again.card',
    );
    const fingerprint = String(shown.document['fingerprint']);
    const imported = await desk.json('office', 'import', 'office.card', ...own, '--fingerprint', fingerprint);
    expect(imported.exit).toBe(0);
    await desk.json('office', 'route', USCC.procuratorate, ...own, '--folder', 'share');
    const sent = await desk.json(
      'message',
      'send',
      ...own,
      '--signing-passphrase-file',
      'pw',
      '--type',
      'file-review',
      '--to',
      USCC.procuratorate,
      '--act',
      'submit',
      '--form',
      'request.json',
      ...(await writeRequestPapers(desk)),
    );
    expect(sent).toMatchObject({ exit: 0, document: { timestamp: { state: 'in-package' } } });
    const m = String(sent.document['m']);
    const early = await desk.json('message', 'export', m, ...own, '--level', 'LT', '--out', 'early.asice');
    expect(early).toMatchObject({ exit: 4, document: { code: 'PROOF_MISSING' } });
    await desk.json('sync', ...own);
    expect(await desk.json('message', 'verify', m, ...own)).toMatchObject({
      exit: 0,
      document: { indication: 'TOTAL_PASSED', trustTimeBy: 'timestamps' },
    });
    const { document: listed } = await desk.json('message', 'show', m, ...own);
    const proofs = listed['proofs'] as { kind: string; source: string; genTime: string; expiresAt: string }[];
    expect(proofs.map(({ kind, source }) => [kind, source])).toContainEqual(['signature', services.url('/tsa')]);
    expect(proofs.every(({ genTime, expiresAt }) => genTime < expiresAt)).toBe(true);
    const { stdout } = await desk.run('message', 'show', m, ...own);
    expect(stdout).toMatch(/^ {2}timestamp .* from http\S+\/tsa; its authority’s certificate ends /m);
    for (const level of ['B', 'T', 'LT', 'LTA']) {
      const exported = await desk.json('message', 'export', m, ...own, '--level', level, '--out', `${level}.asice`);
      expect(exported).toMatchObject({ exit: 0, document: { level } });
    }
    const anchors = ['--trust', 'ca.pem', '--trust', 'tsa-root.pem'];
    expect(await desk.json('package', 'verify', 'LTA.asice', ...anchors)).toMatchObject({
      exit: 0,
      document: { indication: 'TOTAL_PASSED', m },
    });
    expect(await desk.json('package', 'verify', 'T.asice', ...anchors)).toMatchObject({ exit: 4 });
  });
});
