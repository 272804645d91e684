import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { formatFingerprint } from '../../../electron/cli/format.ts';
import { buildSignedData } from '../../../electron/packages/cms/build-signed-data.ts';
import { createCa } from '../../../electron/pki/issue/create-ca.ts';
import { writePem } from '../../../electron/pki/pem.ts';
import { dropAnchor } from '../../../electron/usecases/add-trust.ts';
import { trustFor } from '../../../electron/usecases/office/trust.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import {
  anchorsFor,
  confirmAnchor,
  getTypedAnchor,
  importAnchors,
  listTrust,
  setAnchorTerms,
} from '../../../electron/usecases/trust/import-anchors.ts';
import { listAudit } from '../../../electron/vault/repositories/audit.ts';
import { findMessage } from '../../../electron/vault/repositories/messages.ts';
import type { Instant } from '../../../shared/model/brand.ts';
import {
  createLab,
  exportedCard,
  importFrom,
  introduce,
  type Lab,
  OFFICES,
  type Party,
  send,
  settle,
} from '../../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';

const START = new Date('2026-11-24T06:00:00.000Z');
const YEARS_AGO = new Date('2020-01-01T00:00:00.000Z');
const first = createCa({ name: '甲根', algorithm: 'p256', now: YEARS_AGO });
const second = createCa({ name: '乙根', algorithm: 'p256', now: YEARS_AGO });
const refused = (code: string) => expect.objectContaining({ code });
const pem = (...all: (typeof first)[]) =>
  Buffer.from(all.map(({ certificate }) => writePem('CERTIFICATE', certificate.der)).join(''));

let lab: Lab;
let firm: Party;
beforeEach(async () => {
  lab = createLab(START.toISOString());
  firm = await lab.addOffice(OFFICES.firm);
});
afterEach(() => lab.close());

const counting = (at = START) =>
  anchorsFor(firm.context, firm.context.vault.read, 'sign', at).map(({ sha256 }) => sha256);

describe('an anchor', () => {
  test('counts for nothing before its fingerprint was compared', () => {
    const imported = importAnchors(firm.context, pem(first, second), { by: 'x' });
    expect(imported.map(({ certificate, confirmedAt }) => [certificate.sha256, confirmedAt])).toEqual([
      [first.certificate.sha256, null],
      [second.certificate.sha256, null],
    ]);
    expect(counting()).toEqual([]);
    const { sha256 } = first.certificate;
    expect(() => confirmAnchor(firm.context, sha256, second.certificate.sha256, 'x')).toThrow(
      refused('FINGERPRINT_MISMATCH'),
    );
    expect(() => confirmAnchor(firm.context, sha256, sha256.slice(0, 40), 'x')).toThrow(
      refused('FINGERPRINT_MISMATCH'),
    );
    expect(counting()).toEqual([]);
    confirmAnchor(firm.context, sha256, formatFingerprint(sha256), 'x');
    expect(counting()).toEqual([sha256]);
  });

  test('comes as PEM, as DER, and several of them in a PKCS#7', () => {
    const der = importAnchors(firm.context, first.certificate.der, { by: 'x' });
    expect(der).toHaveLength(1);
    const signed = { content: Buffer.from('x'), detached: true, chain: [second.certificate], signingTime: START };
    const p7b = buildSignedData({ ...first, ...signed }).der;
    expect(importAnchors(firm.context, p7b, { by: 'x' })).toHaveLength(2);
    expect(listTrust(firm.context)).toHaveLength(2);
  });

  test('is no certificate of a person or an office: those are pinned by their card, for their office alone', () => {
    expect(() => importAnchors(firm.context, firm.identity.signing.certificate.der, { by: 'x' })).toThrow(
      refused('ANCHOR_NOT_CA'),
    );
    expect(listTrust(firm.context)).toEqual([]);
  });

  test('vouches only for what it was taken in for', () => {
    const { sha256 } = first.certificate;
    importAnchors(firm.context, pem(first), { by: 'x', scopes: ['timestamp'] });
    confirmAnchor(firm.context, sha256, sha256, 'x');
    const trust = trustFor(firm.context, firm.context.vault.read, null);
    expect(trust.anchors).toEqual([]);
    expect(trust.timestampAnchors?.map((one) => one.sha256)).toEqual([sha256]);
    setAnchorTerms(firm.context, sha256, { scopes: ['sign'], validFrom: null, validUntil: null }, 'x');
    const changed = trustFor(firm.context, firm.context.vault.read, null);
    expect([changed.anchors.length, changed.timestampAnchors?.length]).toEqual([1, 0]);
  });

  test('vouches for nothing outside its bounds', () => {
    const { sha256 } = first.certificate;
    const bounds = {
      validFrom: '2026-01-01T00:00:00.000Z' as Instant,
      validUntil: '2026-12-01T00:00:00.000Z' as Instant,
    };
    importAnchors(firm.context, pem(first), { by: 'x', ...bounds });
    confirmAnchor(firm.context, sha256, sha256, 'x');
    expect(counting(new Date('2025-12-31T23:59:59Z'))).toEqual([]);
    expect(counting(new Date('2026-01-01T00:00:00Z'))).toEqual([sha256]);
    expect(counting(new Date('2026-12-01T00:00:01Z'))).toEqual([]);
    const turned = { scopes: ['sign'] as const, validFrom: bounds.validUntil, validUntil: bounds.validFrom };
    expect(() => setAnchorTerms(firm.context, sha256, turned, 'x')).toThrow(refused('USAGE'));
    expect(() => importAnchors(firm.context, pem(second), { by: 'x', scopes: [] })).toThrow(refused('USAGE'));
  });

  test('stands in the audit log from import to removal, and an unknown one is none to confirm, change or remove', () => {
    const { sha256 } = first.certificate;
    importAnchors(firm.context, pem(first), { by: 'x' });
    importAnchors(firm.context, pem(first), { by: 'y', scopes: ['tls'] });
    expect(getTypedAnchor(firm.context, sha256.toUpperCase()).scopes).toEqual(['sign', 'timestamp']);
    confirmAnchor(firm.context, sha256, sha256, 'y');
    setAnchorTerms(firm.context, sha256, { scopes: ['tls'], validFrom: null, validUntil: null }, 'z');
    dropAnchor(firm.context, sha256, 'z');
    const actions = listAudit(firm.context.vault.read, { subject: sha256 }, 10).items.map(({ actor, action }) => [
      actor,
      action,
    ]);
    expect(actions.reverse()).toEqual([
      ['x', 'anchor-imported'],
      ['y', 'anchor-added'],
      ['z', 'anchor-changed'],
      ['z', 'anchor-removed'],
    ]);
    expect(() => dropAnchor(firm.context, sha256, 'z')).toThrow(refused('ANCHOR_UNKNOWN'));
    expect(() => confirmAnchor(firm.context, sha256, sha256, 'z')).toThrow(refused('ANCHOR_UNKNOWN'));
    expect(() => getTypedAnchor(firm.context, sha256)).toThrow(refused('ANCHOR_UNKNOWN'));
  });

  test('that is confirmed later lets in what was turned away before', async () => {
    const issuer = { ...first, chain: [] };
    const lead = await lab.addOffice(OFFICES.procuratorate, { issuer, context: { revocation: 'off' } });
    Object.assign(firm.context, { revocation: 'off' });
    importAnchors(firm.context, pem(first), { by: 'x' });
    await importFrom(lead.context, await exportedCard(firm));
    // Its card is judged by its own authority, which nobody here has confirmed yet
    await expect(importFrom(firm.context, await exportedCard(lead))).rejects.toThrow(refused('SIGNER_NOT_TRUSTED'));
    const { sha256 } = first.certificate;
    confirmAnchor(firm.context, sha256, sha256, 'x');
    await introduce(lab.share, [firm, lead]);
    const opening = { target: { type: 'file-review' as const, to: [firm.office.id] }, act: 'submit' as const };
    const { m } = await send(lead, { ...opening, form: FILE_REVIEW['submit'] ?? {} });
    setAnchorTerms(firm.context, sha256, { scopes: ['tls'], validFrom: null, validUntil: null }, 'x');
    await sync(lead.context);
    expect((await sync(firm.context)).received).toMatchObject({ accepted: 0 });
    expect(findMessage(firm.context.vault.read, m)).toBeNull();
    dropAnchor(firm.context, sha256, 'x');
    importAnchors(firm.context, pem(first), { by: 'x' });
    confirmAnchor(firm.context, sha256, sha256, 'x');
    await settle([firm, lead]);
    expect(findMessage(firm.context.vault.read, m)).toMatchObject({ status: 'accepted' });
  });
});
