/** Region codes (GB/T 2260) by what they name: 31 a province, 3401 a city, 340104 a county. */
export const significant = (code: string): string => code.replace(/(?:0000|00)$/, '');

/** Whether one lies in the other. */
export function regionsMeet(one: string, other: string): boolean {
  const [a, b] = [significant(one), significant(other)];
  return a.startsWith(b) || b.startsWith(a);
}

export const sameLevel = (one: string, other: string): boolean => significant(one).length === significant(other).length;
