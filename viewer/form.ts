import type { Translate } from '../shared/i18n/create-i18n.ts';

/** What the verifier chose or wrote, and the controls for it. Texts can change their language while the entries stay. */
export interface Form {
  readonly element: HTMLFormElement;
  readonly entries: () => Entries;
  /** Chosen or dropped: certificates by their names, everything else is the bundle. */
  readonly add: (files: readonly File[]) => void;
  readonly write: (t: Translate) => void;
  readonly setBusy: (busy: boolean) => void;
}

export interface Entries {
  readonly bundle: File | null;
  readonly anchors: readonly File[];
  readonly fingerprints: readonly string[];
  /** Null: now. */
  readonly at: Date | null;
}

const CERTIFICATE = /\.(pem|crt|cer|der)$/i;
type Name = 'bundle' | 'anchors' | 'fingerprints' | 'at';

export function createForm(run: () => void): Form {
  let bundle: File | null = null;
  let anchors: readonly File[] = [];
  const controls = {
    bundle: control('input', 'bundle', { type: 'file' }),
    anchors: control('input', 'anchors', { type: 'file', multiple: '', accept: '.pem,.crt,.cer,.der' }),
    fingerprints: control('textarea', 'fingerprints', { rows: '2', spellcheck: 'false' }),
    at: control('input', 'at', { type: 'datetime-local', step: '1' }),
  };
  const names = Object.keys(controls) as Name[];
  const captions = new Map(names.map((name) => [name, document.createElement('span')]));
  const hint = document.createElement('small');
  const chosen = { bundle: document.createElement('small'), anchors: document.createElement('small') };
  const button = document.createElement('button');
  button.type = 'submit';
  button.className = 'main';
  const element = document.createElement('form');
  for (const name of names) {
    const label = document.createElement('label');
    label.append(captions.get(name) ?? '', controls[name]);
    if (name === 'anchors') label.append(hint);
    if (name === 'bundle' || name === 'anchors') label.append(chosen[name]);
    element.append(label);
  }
  element.append(button);
  const show = (): void => {
    // what was dropped stands in no control
    const unseen = (files: readonly File[], input: HTMLInputElement): string =>
      files.every((file) => filesOf(input).includes(file)) ? '' : files.map(({ name }) => name).join(', ');
    chosen.bundle.textContent = unseen(bundle === null ? [] : [bundle], controls.bundle);
    chosen.anchors.textContent = unseen(anchors, controls.anchors);
  };
  controls.bundle.addEventListener('change', () => {
    bundle = filesOf(controls.bundle)[0] ?? bundle;
    show();
  });
  controls.anchors.addEventListener('change', () => {
    anchors = filesOf(controls.anchors);
    show();
  });
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    run();
  });
  return {
    element,
    entries: () => ({
      bundle,
      anchors,
      fingerprints: controls.fingerprints.value.split('\n').filter((line) => line.trim() !== ''),
      at: controls.at.value === '' ? null : new Date(controls.at.value),
    }),
    add: (files) => {
      anchors = [...anchors, ...files.filter(({ name }) => CERTIFICATE.test(name))];
      bundle = files.find(({ name }) => !CERTIFICATE.test(name)) ?? bundle;
      show();
    },
    write: (t) => {
      for (const name of names) (captions.get(name) ?? hint).textContent = t(`evidence.viewer.${name}`);
      hint.textContent = t('evidence.viewer.anchorsHint');
      button.textContent = t('evidence.viewer.run');
    },
    setBusy: (busy) => {
      button.disabled = busy;
    },
  };
}

function control<K extends 'input' | 'textarea'>(
  tag: K,
  id: string,
  attributes: Readonly<Record<string, string>>,
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.id = id;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

const filesOf = (input: HTMLInputElement): File[] => [...(input.files ?? [])];
