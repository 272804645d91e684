import { type Check, found } from './finding.ts';
import { findMarkInName, findMarkInText } from './state-secret-mark.ts';
import { listTexts } from './text-fields.ts';

/** What is marked as a state secret must not enter the program at all, in any procedure. By name and form: no program reads a scan's stamp. */
export const checkSecrets: Check = ({ form, documents }) => [
  ...(form['stateSecret'] === true ? [found('failure', 'state-secret-declared', { field: 'stateSecret' })] : []),
  ...listTexts(form).flatMap(({ path, text }) => {
    const mark = findMarkInText(text);
    return mark === null ? [] : [found('failure', 'state-secret-in-form', { params: { mark }, field: path })];
  }),
  ...documents.flatMap(({ name, kind }) => {
    const mark = findMarkInName(name);
    return mark === null ? [] : [found('failure', 'state-secret-in-name', { params: { mark, name }, slot: kind })];
  }),
];
