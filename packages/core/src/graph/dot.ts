import { displayText } from '../text/display.js';
import { linesOf } from './labels.js';
import { legendOf } from './marks.js';
import type { Graph, Mark, NodeKind } from './model.js';

const SHAPES: Readonly<Record<NodeKind, string>> = {
  gateway: 'box3d',
  route: 'note',
  link: 'component',
  subnet: 'tab',
  group: 'octagon',
  balancer: 'hexagon',
  target: 'box',
  backend: 'ellipse',
  hop: 'box',
  place: 'plaintext',
};

/**
 * Graphviz estimates the width of text by a table that has Arial. Margins leave room for wider fonts that a viewer may
 * show instead.
 */
const FONT = 'Arial,Helvetica,sans-serif';

/** Of an average letter of a wide font at the size of labels. */
const INCHES_A_LETTER = 0.088;

/** Lines, not only colors, tell marks apart: thick and dashed is blocked, dotted is not determined. */
const STYLES: Readonly<Record<Mark, string>> = {
  fail: 'style="dashed,bold" penwidth=3',
  unknown: 'style=dotted penwidth=2',
  added: 'style=bold penwidth=2',
  changed: 'style=bold',
  removed: 'style=dashed',
};

/**
 * A graph in the language of Graphviz. Classes (`gateway fail`) are for style sheets of an SVG.
 * @see https://graphviz.org/doc/info/lang.html
 */
export function dotOf(graph: Graph): string {
  const names = new Map(graph.nodes.map(({ id }, at) => [id, `n${at}`]));
  const legend = legendOf(graph);
  const title = legend === '' ? [graph.title] : [graph.title, legend];
  const lines = [
    'digraph postern {',
    `  graph [rankdir=LR labelloc=t fontname="${FONT}" nodesep=0.15 ranksep=0.6 label=${quoted(title.map(displayText))}];`,
    `  node [fontname="${FONT}" fontsize=11 margin="0.25,0.08"];`,
    `  edge [fontname="${FONT}" fontsize=10];`,
  ];
  for (const node of graph.nodes) {
    const style = node.mark === undefined ? '' : ` ${STYLES[node.mark]}`;
    const classes = [node.kind, ...(node.mark === undefined ? [] : [node.mark])].join(' ');
    const name = names.get(node.id);
    const text = linesOf(node);
    lines.push(
      `  ${name} [shape=${SHAPES[node.kind]} class="${classes}" label=${quoted(text)} width=${widthOf(text)}${style}];`,
    );
  }
  for (const { from, to, label, mark, isAside } of graph.edges) {
    const [a, b] = [names.get(from), names.get(to)];
    if (a === undefined || b === undefined) continue;
    const attributes = [
      ...(label === undefined ? [] : [`label=${quoted([displayText(label)])}`]),
      ...(mark === undefined ? [] : [STYLES[mark], `class="${mark}"`]),
      ...(isAside === true ? ['dir=none', ...(mark === undefined ? ['style=dashed'] : [])] : []),
    ];
    lines.push(`  ${a} -> ${b}${attributes.length === 0 ? '' : ` [${attributes.join(' ')}]`};`);
  }
  return `${[...lines, '}'].join('\n')}\n`;
}

/** The least width of a node, in inches: of wide letters, so that no font of a viewer is wider than the node. */
function widthOf(lines: readonly string[]): string {
  const longest = Math.max(...lines.map((line) => line.length));
  return (longest * INCHES_A_LETTER + 0.3).toFixed(2);
}

/** Lines as one quoted text: quotes and backslashes escaped, and `&`, since Graphviz reads entities in labels. */
function quoted(lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    line
      .replaceAll('\\', '\\\\')
      .replaceAll('"', '\\"')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;'),
  );
  return `"${escaped.join('\\n')}"`;
}
