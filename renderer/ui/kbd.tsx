import './kbd.css';

const MAC = /mac/i.test(globalThis.navigator?.platform ?? '');
const SIGNS: Readonly<Record<string, string>> = MAC ? { Mod: '⌘', Shift: '⇧', Alt: '⌥' } : { Mod: 'Ctrl' };

/** `Mod+K` as this computer's keyboard has it: Ctrl K or ⌘ K. */
export function keysText(keys: string): string {
  return keys
    .split('+')
    .map((key) => SIGNS[key] ?? key)
    .join(' ');
}

/** A key, or keys pressed together. */
export function Kbd({ keys }: { readonly keys: string }) {
  return <kbd className="kbd">{keysText(keys)}</kbd>;
}
