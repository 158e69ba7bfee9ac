import type { Snapshot, Clouds } from '@postern/core/internal/library';
import type { PicturedMove } from '@postern/core/internal/graph';
import { svgOf } from './draw.js';

/** Pictures of gateways before and after a move, for a page; and what their marks mean. */
export async function drawMove(
  snapshot: Snapshot,
  move: PicturedMove,
  clouds: Clouds,
): Promise<{ readonly before: string; readonly after: string; readonly legend: string }> {
  const { dotOf, graphsOfMove, legendOf, styledSvg } = await import('@postern/core/internal/graph');
  const { before, after } = graphsOfMove(snapshot, move, clouds);
  const [first, second] = await Promise.all(
    [before, after].map(async (graph) => styledSvg(await svgOf(dotOf(graph, { isTitled: false })), graph.title)),
  );
  return { before: first ?? '', after: second ?? '', legend: legendOf(after) };
}
