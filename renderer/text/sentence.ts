/** What stands alone begins as a sentence does; Chinese knows no capitals. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
