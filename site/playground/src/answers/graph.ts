import type { Snapshot, Spec } from '@postern/core/internal/library';
import { dotOf, graphOf, graphOfSpec, legendOf, styledSvg } from '@postern/core/internal/graph';
import type { Answer } from '../answer.js';
import { CLOUDS } from '../clouds.js';
import { narrowSvgOf } from '../narrow-picture.js';
import { linesOf } from '../painted.js';

/** A picture of a spec; with a snapshot, with what findings block. */
export async function graphAnswer(spec: Spec, snapshot: Snapshot | undefined): Promise<Omit<Answer, 'marks'>> {
  const graph =
    snapshot === undefined ? graphOfSpec(spec, { clouds: CLOUDS }) : graphOf(snapshot, spec, { clouds: CLOUDS });
  const dot = dotOf(graph, { isTitled: false });
  const svg = styledSvg(await narrowSvgOf(dot), graph.title);
  // Alike routes are one box of the picture.
  const count = (form: RegExp): number => dot.match(form)?.length ?? 0;
  const boxes = count(/^ {2}n\d+ \[/gm);
  const blocked = count(/^ {2}n\d+ \[class="\w+ fail"/gm);
  const unknown = count(/^ {2}n\d+ \[class="\w+ unknown"/gm);
  const marked = blocked > 0 ? `, ${blocked} blocked` : unknown > 0 ? `, ${unknown} cannot be determined` : '';
  const legend = legendOf(graph);
  return {
    sentence: `Graph: ${boxes} ${boxes === 1 ? 'box' : 'boxes'}${marked}.`,
    tone: blocked > 0 ? 'bad' : unknown > 0 ? 'open' : 'good',
    lines: legend === '' ? [] : linesOf(legend),
    svg: onPage(svg),
  };
}

/** The colors follow the switch of the page, not the setting of the system alone. */
function onPage(svg: string): string {
  return svg.replace(/@media \(prefers-color-scheme: dark\) \{\s*\.postern (\{[^}]*\})\s*\}/, '.dark .postern $1');
}
