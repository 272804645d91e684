import { describe, expect, test } from 'vitest';
import { isAppError } from '../../../../../shared/errors.ts';
import { type Form, findSubtype, parseForm } from '../../../../../shared/model/forms/parse-form.ts';
import type { Act, ProcedureType } from '../../../../../shared/model/vocabulary.ts';
import { FILE_REVIEW, LEGAL_AID, NOTARIZATION } from '../../../../fixtures/forms.ts';

const refusal = (type: ProcedureType, act: Act, form: Form, subtype: string | null = null) => {
  try {
    parseForm(type, act, form, subtype);
  } catch (error) {
    if (isAppError(error)) return { code: error.code, ...error.params };
    throw error;
  }
  return null;
};
const submit = FILE_REVIEW['submit'] ?? {};
const lawyer = (change: Form): Form => ({
  ...submit,
  lawyers: [{ name: '张甲', firm: '某所', phone: '12345', ...change }],
});

describe('forms', () => {
  test.each([
    ['file-review', 'submit', FILE_REVIEW['submit']],
    ['file-review', 'receipt', FILE_REVIEW['firstCheck']],
    ['file-review', 'decision', FILE_REVIEW['denied']],
    ['file-review', 'deliver', FILE_REVIEW['deliver']],
    ['file-review', 'supplement-request', FILE_REVIEW['supplementRequest']],
    ['legal-aid', 'submit', LEGAL_AID['transfer']],
    ['legal-aid', 'submit', LEGAL_AID['assistance']],
    ['legal-aid', 'decision', LEGAL_AID['refused']],
    ['legal-aid', 'deliver', LEGAL_AID['assigned']],
    ['notarization', 'submit', NOTARIZATION['request']],
    ['notarization', 'submit', NOTARIZATION['verification']],
    ['notarization', 'decision', NOTARIZATION['issued']],
  ] as const)('%s %s: a right form passes unchanged', (type, act, form) => {
    expect(parseForm(type, act, form ?? {}, null)).toEqual(form);
  });

  test.each([
    [
      'a licence of 16 digits',
      'file-review',
      'submit',
      lawyer({ licence: '1340120181012345' }),
      'lawyers.0.licence',
      'lawyer-licence',
    ],
    ['a day that does not exist', 'file-review', 'receipt', { step: 'registered', on: '2026-02-30' }, 'on', 'day'],
    [
      'a dossier with state secrets',
      'file-review',
      'submit',
      { ...submit, stateSecret: true },
      'stateSecret',
      'invalid_value',
    ],
    [
      'a denial without a reason',
      'file-review',
      'decision',
      { outcome: 'denied', on: '2026-11-25', ground: 'credentials-incomplete', reason: ' ' },
      'reason',
      'reason',
    ],
    [
      'a ground that no article gives',
      'file-review',
      'decision',
      { outcome: 'denied', on: '2026-11-25', ground: 'too-busy', reason: '忙' },
      'ground',
      'invalid_value',
    ],
    ['an outcome that nobody knows', 'file-review', 'decision', { outcome: 'maybe' }, 'outcome', 'invalid_value'],
    [
      'a lawyer whose name has 300 characters',
      'file-review',
      'submit',
      lawyer({ licence: '13401201810123456', name: '王'.repeat(300) }),
      'lawyers.0.name',
      'too_big',
    ],
    ['29 February of no leap year', 'file-review', 'receipt', { step: 'registered', on: '2027-02-29' }, 'on', 'day'],
    ['a field that nobody knows', 'file-review', 'withdraw', { why: 'x' }, 'why', 'unrecognized_keys'],
    [
      'a resident id with a wrong check digit',
      'legal-aid',
      'submit',
      {
        ...LEGAL_AID['transfer'],
        applicant: { kind: 'person', name: '王', identity: { kind: 'resident-id', number: '340100199003070010' } },
      },
      'applicant.identity.number',
      'resident-id',
    ],
    [
      'a refusal of a transfer without a redirection',
      'legal-aid',
      'decision',
      { outcome: 'refused', on: '2026-11-25', ground: 'no-jurisdiction', reason: '无管辖权' },
      'redirection',
      'invalid_type',
    ],
    [
      'a company with a wrong USCC',
      'notarization',
      'submit',
      {
        ...NOTARIZATION['request'],
        applicants: [{ kind: 'entity', name: '某公司', uscc: '91350100M000100Y44', representative: '甲' }],
      },
      'applicants.0.uscc',
      'uscc',
    ],
  ] as const)('%s is refused with the name of the field', (_, type, act, form, field, reason) => {
    expect(refusal(type, act, form as Form)).toEqual({ code: 'FORM_INVALID', field, reason });
  });

  test.each(['䶮', '𠮷野家', '阿卜杜拉·买买提', '迪丽热巴·迪力木拉提', '王'.repeat(100)])(
    'the rare and minority name %s stays as it is, to the character',
    (party) => {
      const form = { ...submit, party: { name: party, standing: 'suspect' } };
      expect(parseForm('file-review', 'submit', form, null)).toEqual(form);
    },
  );

  test('an opening form chooses the subtype, and an unknown one is refused', () => {
    expect(findSubtype('file-review', submit)).toBe('');
    expect(findSubtype('legal-aid', { subtype: 'assistance' })).toBe('assistance');
    expect(findSubtype('legal-aid', { subtype: 'toString' })).toBeNull();
    expect(refusal('legal-aid', 'submit', { subtype: 'other' })).toMatchObject({ field: 'subtype' });
  });

  test('in a matter whose subtype is known the form of the other subtype is refused', () => {
    const answer = LEGAL_AID['answer'] ?? {};
    expect(parseForm('legal-aid', 'deliver', answer, null)).toEqual(answer);
    expect(refusal('legal-aid', 'deliver', answer, 'transfer')).toMatchObject({ code: 'FORM_INVALID' });
  });
});
