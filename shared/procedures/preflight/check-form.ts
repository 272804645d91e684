import type { z } from 'zod';
import { toFormError } from '../../model/forms/form-error.ts';
import { type Check, type Finding, found } from './finding.ts';

/** Fields whose last character or digits check the others. The right one is never offered: the original decides. */
const CHECK_DIGITS = new Set(['uscc', 'resident-id', 'lawyer-licence', 'region-code', 'region']);
const DATES = new Set(['day', 'moment']);

/** Everything that the form cannot hold, each with its field: not only the first, as sealing itself would say. */
export const checkForm: Check = ({ act, form }) => {
  const parsed = act.form.safeParse(form);
  if (parsed.success) return [found('passed', 'form')];
  const findings = parsed.error.issues.map(toFinding);
  return findings.filter(
    ({ id, field }, index) => findings.findIndex((one) => one.id === id && one.field === field) === index,
  );
};

function toFinding(issue: z.core.$ZodIssue): Finding {
  const { params } = toFormError({ issues: [issue] } as unknown as z.ZodError);
  const field = String(params['field'] ?? '');
  const reason = String(params['reason'] ?? '');
  // Stated as a secret: said in its own words by checkSecrets
  if (field === 'stateSecret') return found('failure', 'state-secret-declared', { field });
  if (CHECK_DIGITS.has(reason)) return found('failure', 'check-digit', { field });
  if (DATES.has(reason)) return found('failure', 'date-impossible', { field });
  return found('failure', 'form-invalid', { params: { reason }, field });
}
