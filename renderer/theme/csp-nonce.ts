/**
 * The nonce of this page load for `style-src`, which antd's generated style sheets need. The host writes it into
 * `<meta property="csp-nonce" nonce="…">`; the browser hides the attribute from CSS, and the property keeps it for us.
 */
export function cspNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
