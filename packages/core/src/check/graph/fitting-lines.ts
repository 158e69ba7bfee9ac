import { linesOf, LONGEST, type NodeLines } from './labels.js';
import type { Graph, GraphNode } from './model.js';
import { pointsOf } from './text-width.js';

export const POINTS_AN_INCH = 72;
/** Of a node, beside its text. */
export const MARGIN_POINTS = 18;
/** Between two columns. */
export const RANK_INCHES = 0.4;

/** As wide is a picture at most that a page of 1,400 pixels shows whole: it makes pictures smaller by a fifth. */
const MOST_POINTS = 1_240;

/** The most letters of a line, the first that makes a picture narrow enough. */
const LENGTHS = [LONGEST, 36, 28, 22, 18, 14];

/** The lines of each node, broken so that a picture from left to right fits a wide page. */
export function fittingLines(graph: Graph): (node: GraphNode) => NodeLines {
  const { nodes, isDown } = graph;
  const columns = isDown === true ? undefined : columnsOf(graph);
  const fits = (longest: number): boolean => {
    const widest = new Map<number, number>();
    for (const node of nodes) {
      const column = columns?.get(node.id) ?? 0;
      const width = pointsOf(linesOf(node, longest)) + MARGIN_POINTS + RANK_INCHES * POINTS_AN_INCH;
      widest.set(column, Math.max(widest.get(column) ?? 0, width));
    }
    return [...widest.values()].reduce((sum, width) => sum + width, 0) <= MOST_POINTS;
  };
  const longest = columns === undefined ? LONGEST : (LENGTHS.find(fits) ?? Math.min(...LENGTHS));
  return (node) => linesOf(node, longest);
}

/** The column of each node: one behind the last that leads to it. */
function columnsOf({ nodes, edges }: Graph): ReadonlyMap<string, number> {
  const columns = new Map(nodes.map(({ id }) => [id, 0]));
  // Once for each column; a circle ends, too.
  for (let round = 0; round < nodes.length; round += 1) {
    let isMoved = false;
    for (const { from, to } of edges) {
      const column = (columns.get(from) ?? 0) + 1;
      if (column > nodes.length || column <= (columns.get(to) ?? 0)) continue;
      columns.set(to, column);
      isMoved = true;
    }
    if (!isMoved) break;
  }
  return columns;
}
