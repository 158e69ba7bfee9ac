import { displayText } from '../../ground/text/display.js';
import { condensed } from './condense.js';
import { edgeText, linesOf } from './labels.js';
import { legendOf } from './merge.js';
import type { Graph, Mark, NodeKind } from './model.js';

const SHAPES: Readonly<Record<NodeKind, readonly [string, string]>> = {
  domain: ['[[', ']]'],
  gateway: ['[[', ']]'],
  route: ['>', ']'],
  link: ['[/', '/]'],
  subnet: ['(', ')'],
  group: ['{{', '}}'],
  balancer: ['{{', '}}'],
  target: ['[', ']'],
  backend: ['([', '])'],
  hop: ['[', ']'],
  place: ['(', ')'],
  step: ['[', ']'],
};

const STYLES: Readonly<Record<Mark, string>> = {
  fail: 'stroke:#c00,stroke-width:3px,stroke-dasharray:6 3',
  unknown: 'stroke-width:2px,stroke-dasharray:2 2',
  added: 'stroke:#080,stroke-width:3px',
  changed: 'stroke:#a60,stroke-width:2px',
  removed: 'stroke:#c00,stroke-dasharray:6 3',
};

/**
 * A graph in the language of Mermaid, condensed as in `dotOf`, which GitHub shows in Markdown.
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function mermaidOf(whole: Graph): string {
  const graph = condensed(whole);
  const names = new Map(graph.nodes.map(({ id }, at) => [id, `n${at}`]));
  const legend = legendOf(graph);
  const lines = [
    `%% ${[graph.title, ...(legend === '' ? [] : [legend])].map((text) => inComment(displayText(text))).join(': ')}`,
    `flowchart ${graph.isDown === true ? 'TB' : 'LR'}`,
  ];
  for (const node of graph.nodes) {
    const [open, close] = SHAPES[node.kind];
    const style = node.mark === undefined ? '' : `:::${node.mark}`;
    lines.push(`  ${names.get(node.id)}${open}"${linesOf(node).lines.map(escaped).join('<br/>')}"${close}${style}`);
  }
  for (const { from, to, label, isAside, mark } of graph.edges) {
    const [a, b] = [names.get(from), names.get(to)];
    if (a === undefined || b === undefined) continue;

    const arrow = isAside === true ? '-.-' : mark === 'fail' ? '--x' : mark === 'unknown' ? '-.->' : '-->';
    lines.push(`  ${a} ${arrow}${label === undefined ? '' : `|"${escaped(edgeText(label))}"|`} ${b}`);
  }
  const used = new Set(graph.nodes.flatMap(({ mark }) => mark ?? []));
  for (const mark of used) lines.push(`  classDef ${mark} ${STYLES[mark]}`);
  return `${lines.join('\n')}\n`;
}

/** Text in a comment, where only `%%{…}%%` is read: a directive. */
function inComment(text: string): string {
  return text.replace(/[%{}]/g, (sign) => `#${sign.codePointAt(0)};`);
}

/** Text in a quoted label: every sign that Mermaid, Markdown or HTML reads becomes an entity code. */
function escaped(text: string): string {
  return text.replace(/[#&<>"'`*_{}[\]()|\\;%~]/g, (sign) => `#${sign.codePointAt(0)};`);
}
