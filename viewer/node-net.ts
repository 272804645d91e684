/** Names of hosts are no part of what a bundle is judged by; an address is told by its digits and colons. */
export function isIP(text: string): 0 | 4 | 6 {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return 4;
  return /^[0-9a-f:.]+$/i.test(text) && text.includes(':') ? 6 : 0;
}
