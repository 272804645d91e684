import type { Block, Cell, Paper, PaperBody, Text } from './paper.ts';

/** The words of a paper in reading order, one line for each paragraph or row: what its digest is taken over, whatever the layout. */
export function paperText(paper: PaperBody | Paper): string {
  return [
    paper.issuer,
    ...paper.title,
    ...(paper.number === null ? [] : [`${paper.number.label}${paper.number.value ?? '＿'}`]),
    ...(paper.addressee === null ? [] : [plainText(paper.addressee)]),
    ...paper.blocks.flatMap(blockLines),
    ...paper.attachments.map((name, index) => `附件${index + 1}：${name}`),
    ...(paper.signature?.lines ?? []).map(plainText),
    ...(paper.signature === null ? [] : [plainText(paper.signature.date)]),
    ...paper.tail.flatMap(blockLines),
  ].join('\n');
}

/** A blank shows as a low line. */
export function plainText(text: Text): string {
  return text.map((inline) => (typeof inline === 'string' ? inline : '＿')).join('');
}

function blockLines(block: Block): string[] {
  if (block.kind === 'space') return [];
  if (block.kind !== 'table') return [plainText(block.text)];
  const row = (cells: readonly Cell[]): string => cells.map(({ text }) => plainText(text)).join('\t');
  return [...(block.head === undefined ? [] : [row(block.head)]), ...block.rows.map(row)];
}
