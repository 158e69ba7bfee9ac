import { displayText } from '../../ground/text/display.js';
import { COLORS, fillColor, markColor } from './builder.js';
import { condensed } from './condense.js';
import {
  fittingLines,
  MARGIN_POINTS,
  POINTS_AN_INCH,
  RANK_INCHES,
  edgeText,
  type NodeLines,
  pointsOf,
} from './labels.js';
import { legendOf } from './merge.js';
import type { Graph, Mark } from './model.js';

/** Graphviz has a table of its widths. */
const FONT = 'Arial,Helvetica,sans-serif';

/** Lines, not only colors, tell marks apart: thick and dashed is blocked, dotted is not determined. */
const STYLES: Readonly<Record<Mark, readonly [string, string]>> = {
  fail: ['dashed,bold', ' penwidth=3'],
  unknown: ['dotted', ' penwidth=2.5'],
  added: ['bold', ' penwidth=2.5'],
  changed: ['bold', ' penwidth=2'],
  removed: ['dashed', ' penwidth=1.5'],
};

/** How a graph is written. */
export interface DotOptions {
  /** False leaves title and legend to the page around the picture. */
  readonly isTitled?: boolean | undefined;
}

/**
 * A graph in the language of Graphviz, condensed: alike routes are one box. Classes are for style sheets of an SVG: `gateway fail`, and `name3` where the third line belongs to a name of several lines.
 *
 * ```ts
 * writeFileSync('shop.dot', dotOf(graphOf(snapshot, spec)));
 * ```
 *
 * @see https://graphviz.org/doc/info/lang.html
 */
export function dotOf(whole: Graph, { isTitled = true }: DotOptions = {}): string {
  const graph = condensed(whole);
  const { isDown } = graph;
  const linesOf = fittingLines(graph);
  const names = new Map(graph.nodes.map(({ id }, at) => [id, `n${at}`]));
  const legend = legendOf(graph);
  const title = isTitled ? [graph.title, legend].filter((line) => line !== '').map(displayText) : [];
  const label = title.length === 0 ? '' : ` label=${quoted(title, '\\l')}`;
  const lines = [
    'digraph postern {',
    `  graph [rankdir=${isDown === true ? 'TB' : 'LR'} labelloc=t labeljust=l fontname="${FONT}" fontsize=12 pad=0.15 nodesep=0.2 ranksep=${RANK_INCHES}${label}];`,
    `  node [fontname="${FONT}" fontsize=11 shape=box style="rounded,filled" color="${COLORS.line}" fontcolor="${COLORS.ink}" fillcolor="${COLORS.paper}" margin="0.12,0.09"];`,
    `  edge [fontname="${FONT}" fontsize=10 arrowsize=0.7 color="${COLORS.line}" fontcolor="${COLORS.dim}"];`,
  ];
  for (const node of graph.nodes) {
    const [style, pen] = node.mark === undefined ? ['', ''] : STYLES[node.mark];
    const fill = fillColor(node.kind, node.mark);
    const filled = fill === COLORS.paper ? '' : ` fillcolor="${fill}"`;
    const marked = node.mark === undefined ? '' : ` style="rounded,filled,${style}"${pen}${inColor(node.mark)}`;
    const text = linesOf(node);
    const more = Array.from({ length: text.nameLines - 1 }, (_, at) => `name${text.name + at + 2}`);
    const classes = [node.kind, ...(node.mark === undefined ? [] : [node.mark]), ...more].join(' ');
    const name = names.get(node.id);
    lines.push(`  ${name} [class="${classes}" label=${quoted(text.lines)} width=${widthOf(text)}${filled}${marked}];`);
  }
  for (const { from, to, label: on, mark, isAside } of graph.edges) {
    const [a, b] = [names.get(from), names.get(to)];
    if (a === undefined || b === undefined) continue;

    const [style, pen] = mark === undefined ? ['', ''] : STYLES[mark];
    const attributes = [
      ...(on === undefined ? [] : [`label=${quoted([padded(edgeText(on))])}`]),
      ...(mark === undefined ? [] : [`style="${style}"${pen} color="${markColor(mark)}" class="${mark}"`]),
      ...(isAside === true ? ['dir=none', ...(mark === undefined ? ['style=dashed'] : [])] : []),
    ];
    lines.push(`  ${a} -> ${b}${attributes.length === 0 ? '' : ` [${attributes.join(' ')}]`};`);
  }
  return `${[...lines, '}'].join('\n')}\n`;
}

function inColor(mark: Mark): string {
  const color = markColor(mark);
  return ` color="${color}" fontcolor="${color}"`;
}

/** The least width of a node, in inches, so that no font of a viewer is wider than the node. */
function widthOf(text: NodeLines): string {
  return ((pointsOf(text) + MARGIN_POINTS) / POINTS_AN_INCH).toFixed(2);
}

/** Room for a label of an edge in a wider font: blanks at both ends, which are not shown. */
function padded(label: string): string {
  const room = ' '.repeat(Math.ceil(label.length / 5) + 1);
  return `${room}${label}${room}`;
}

/**
 * Lines as one quoted text: quotes and backslashes escaped, and `&`, since Graphviz reads entities in labels. `end`: how
 * each line ends where they are not centered.
 */
function quoted(lines: readonly string[], end = ''): string {
  const escaped = lines.map((line) =>
    line
      .replaceAll('\\', '\\\\')
      .replaceAll('"', '\\"')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;'),
  );
  return `"${end === '' ? escaped.join('\\n') : escaped.map((line) => `${line}${end}`).join('')}"`;
}
