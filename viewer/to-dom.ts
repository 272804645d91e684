import type { Tree } from '../shared/report/tree.ts';

const SVG = 'http://www.w3.org/2000/svg';
const DRAWN: ReadonlySet<string> = new Set(['svg', 'path', 'circle']);

/** Nodes of a tree. Texts become text nodes and nothing is ever parsed: words of others cannot become markup. */
export function toDom(tree: Tree): Node {
  if (typeof tree === 'string') return document.createTextNode(tree);
  const { tag, attributes, children } = tree;
  const node = DRAWN.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children.map(toDom));
  return node;
}
