import { useEffect, useEffectEvent } from 'react';

/**
 * Keys of the window. `Mod` is Ctrl, on macOS ⌘. A later mount wins over an earlier one, so that a dialog's Esc closes the
 * dialog. Keys without `Mod` count only outside fields and can be switched off as a whole (WCAG 2.1.4).
 */
interface Entry {
  readonly keys: string;
  readonly run: () => void;
}

const MAC = /mac/i.test(globalThis.navigator?.platform ?? '');
const entries: Entry[] = [];
let plainKeys = true;

/** Whether keys without Ctrl or ⌘ act; a setting of the person. */
export function allowPlainKeys(allowed: boolean): void {
  plainKeys = allowed;
}

function nameOf(event: KeyboardEvent): string {
  const key = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const mod = MAC ? event.metaKey : event.ctrlKey;
  return `${mod ? 'Mod+' : ''}${event.altKey ? 'Alt+' : ''}${key}`;
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}

/** A dialog keeps the keys of the page behind it from acting. */
function isBehindDialog(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}

function act(event: KeyboardEvent, withMod: boolean): void {
  if (event.defaultPrevented || event.isComposing) return;
  const keys = nameOf(event);
  if (keys.startsWith('Mod+') !== withMod) return;
  if (!withMod && keys !== 'Escape' && (!plainKeys || isField(event.target))) return;
  const entry = entries.findLast((candidate) => candidate.keys === keys);
  if (entry === undefined || isBehindDialog()) return;
  event.preventDefault();
  event.stopPropagation();
  entry.run();
}

/** Before whatever has the focus: a list of choices takes Enter for itself, with Ctrl too. */
const onKeyComing = (event: KeyboardEvent): void => act(event, true);
/** After it: what it has used is done. */
const onKeyLeft = (event: KeyboardEvent): void => act(event, false);

function listen(): void {
  window.addEventListener('keydown', onKeyComing, true);
  window.addEventListener('keydown', onKeyLeft);
}

function endListening(): void {
  window.removeEventListener('keydown', onKeyComing, true);
  window.removeEventListener('keydown', onKeyLeft);
}

/** Runs `run` while the caller is mounted and `keys` are pressed: `Mod+K`, `Escape`, `J`, `?`. */
export function useShortcut(keys: string, run: () => void): void {
  const latest = useEffectEvent(run);
  useEffect(() => {
    const entry: Entry = { keys, run: () => latest() };
    if (entries.length === 0) listen();
    entries.push(entry);
    return () => {
      entries.splice(entries.indexOf(entry), 1);
      if (entries.length === 0) endListening();
    };
  }, [keys]);
}
