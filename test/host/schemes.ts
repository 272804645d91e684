/**
 * A scheme of the app stands under an https address in Chromium, for DevTools cannot add schemes: `app://bundle/x` is `https://bundle.app.invalid/x` there.
 * Policies and addresses in headers are translated with it.
 */
import type { Protocol } from 'electron';

type Handler = Parameters<Protocol['handle']>[1];

const privileged = new Set<string>();
const handlers = new Map<string, Handler>();

const isOurs = (scheme: string): boolean => privileged.has(scheme) || handlers.has(scheme);

export const listSchemes = (): string[] => [...new Set([...privileged, ...handlers.keys()])];
export const findHandler = (address: string): Handler | undefined =>
  handlers.get(/^([a-z0-9+.-]+):/.exec(address)?.[1] ?? '');

export function toReal(address: string): string {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(address);
  return parts !== null && isOurs(parts[1] ?? '')
    ? `https://${parts[2] || 'x'}.${parts[1]}.invalid${parts[3]}`
    : address;
}

export function toApp(address: string): string {
  const parts = /^(blob:)?https:\/\/([^/?#]*?)\.([a-z0-9+-]+)\.invalid(.*)$/is.exec(address);
  return parts === null ? address : `${parts[1] ?? ''}${parts[3]}://${parts[2]}${parts[4]}`;
}

/** One header on its way to the page. */
export function toRealHeader(name: string, value: string): string {
  if (/^(?:location|access-control-allow-origin)$/i.test(name)) return toReal(value);
  if (!/^content-security-policy/i.test(name)) return value;
  return value.replace(
    /\b([a-z][a-z0-9+-]*):(\/\/[^\s;,]+)?(?=[\s;,]|$)/g,
    (all, scheme: string, rest: string | undefined) => {
      if (!isOurs(scheme)) return all;
      return rest === undefined ? `${scheme}: https://*.${scheme}.invalid` : toReal(`${scheme}:${rest}`);
    },
  );
}

export const protocol = {
  registerSchemesAsPrivileged(schemes: readonly { readonly scheme: string }[]): void {
    for (const { scheme } of schemes) privileged.add(scheme);
  },
  handle(scheme: string, handler: Handler): void {
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    handlers.set(scheme, handler);
  },
  unhandle: (scheme: string): boolean => handlers.delete(scheme),
  isProtocolHandled: (scheme: string): boolean => handlers.has(scheme),
};
