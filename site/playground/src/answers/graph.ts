import type { Snapshot, Spec } from '@postern/core';
import { dotOf, graphOf, graphOfSpec, legendOf, styledSvg } from '@postern/core/graph';
import type { Answer } from '../answer.js';
import { narrowSvgOf } from '../layout/svg-of.js';
import { linesOf } from '../painted.js';

/** A picture of a spec; with a snapshot, with what findings block. */
export function graphAnswer(spec: Spec, snapshot: Snapshot | undefined): Omit<Answer, 'marks'> {
  const graph = snapshot === undefined ? graphOfSpec(spec) : graphOf(snapshot, spec);
  const svg = styledSvg(narrowSvgOf(dotOf(graph, { isTitled: false })), graph.title);
  const count = (mark: string) => graph.nodes.filter((one) => one.mark === mark).length;
  const [blocked, unknown] = [count('fail'), count('unknown')];
  const legend = legendOf(graph);
  return {
    sentence: `Graph: ${graph.nodes.length} boxes${blocked > 0 ? `, ${blocked} of them blocked` : unknown > 0 ? `, ${unknown} of them cannot be determined` : ''}.`,
    tone: blocked > 0 ? 'bad' : unknown > 0 ? 'open' : 'good',
    lines: legend === '' ? [] : linesOf(legend),
    svg: onPage(svg),
  };
}

/** The colors follow the switch of the page, not the setting of the system alone. */
function onPage(svg: string): string {
  return svg.replace(/@media \(prefers-color-scheme: dark\) \{\s*\.postern (\{[^}]*\})\s*\}/, '.dark .postern $1');
}
