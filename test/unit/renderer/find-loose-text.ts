import { parseSync } from 'vite';

export interface LooseText {
  readonly line: number;
  readonly text: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [member: string]: unknown;
}

/** Attributes and properties whose words people see or hear. */
const SPOKEN = new Set([
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'aria-valuetext',
  'alt',
  'cancelText',
  'content',
  'description',
  'extra',
  'help',
  'label',
  'lead',
  'message',
  'note',
  'okText',
  'placeholder',
  'suffix',
  'title',
]);
/** An address that shows how addresses look is in no language. */
const EXAMPLE = /^(?:https?:\/\/)?[\w.-]+\.example(?:\.org)?(?::\d+)?$/;
const HAN = /\p{Script=Han}/u;

/**
 * Text of a file of the window that people would see and that does not come from shared/i18n: words between tags, words in
 * attributes that are read out, and Chinese anywhere but in comments.
 */
export function findLooseText(path: string, source: string): LooseText[] {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path} does not parse`);
  const found: LooseText[] = [];
  const add = (node: Node, text: string): void => {
    if (/\p{L}/u.test(text) && !EXAMPLE.test(text.trim())) {
      found.push({ line: source.slice(0, node.start).split('\n').length, text: text.trim() });
    }
  };
  visit(program as unknown as Node, [], (node, above) => {
    if (node.type === 'JSXText') add(node, String(node['value']));
    for (const text of wordsOf(node)) if (isShown(above) || HAN.test(text)) add(node, text);
  });
  return found;
}

function wordsOf(node: Node): string[] {
  if (node.type === 'Literal' && typeof node['value'] === 'string') return [node['value']];
  if (node.type !== 'TemplateLiteral') return [];
  return (node['quasis'] as { value: { cooked: string | null } }[]).map(({ value }) => value.cooked ?? '');
}

/** Where a node hangs: its parent, and under which member. */
interface Place {
  readonly parent: Node;
  readonly member: string;
}

/** Between tags in braces, or as `title="…"`, `title={'…'}` and `{ title: '…' }`. */
function isShown(above: readonly Place[]): boolean {
  const [nearest, next] = above;
  const inBraces = nearest?.parent.type === 'JSXExpressionContainer';
  if (inBraces && next?.member === 'children') return true;
  const owner = inBraces ? next?.parent : nearest?.parent;
  if (owner?.type === 'JSXAttribute') return SPOKEN.has(String((owner['name'] as Node)['name']));
  if (owner?.type !== 'Property' || nearest?.member === 'key') return false;
  const key = owner['key'] as Node;
  return SPOKEN.has(String(key['name'] ?? key['value']));
}

/** @param above nearest first */
function visit(node: Node, above: readonly Place[], look: (node: Node, above: readonly Place[]) => void): void {
  look(node, above);
  for (const [member, value] of Object.entries(node)) {
    for (const inner of Array.isArray(value) ? value : [value]) {
      if (typeof inner !== 'object' || inner === null || !('type' in inner)) continue;
      visit(inner as Node, [{ parent: node, member }, ...above.slice(0, 1)], look);
    }
  }
}
