/** A name that is longer would push the rest out of the dialog. */
const LONGEST = 120;

/**
 * Words of others as one line of a dialog: line breaks and marks of direction would let them write further lines of it.
 *
 * @param longest characters; what lies in the middle gives way, for the ends tell a host or a folder from its like
 */
export function plainLine(text: string, longest = LONGEST): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
  if (line.length <= longest) return line;
  const half = Math.floor(longest / 2);
  return `${line.slice(0, half)}…${line.slice(-half)}`;
}
