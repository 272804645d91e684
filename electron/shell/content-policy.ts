/**
 * What the page may load and run: its own files. Styles that Ant Design makes at run time carry the nonce of this load; scripts have no such way in.
 *
 * - img blob:   previews of documents, which the page builds from bytes
 * - worker      the thread in which pdf.js parses
 * - frame       a document is never given a frame of its own
 */
export function contentPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
