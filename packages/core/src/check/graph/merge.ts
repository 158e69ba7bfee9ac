import { defined } from '../../ground/defined.js';
import type { Graph, GraphEdge, GraphNode, Mark } from './model.js';

/** The sign of a mark before a label, so that color alone never tells it. */
export const SIGNS: Readonly<Record<Mark, string>> = {
  fail: '✗',
  unknown: '?',
  added: '+',
  changed: '~',
  removed: '-',
};

const MEANINGS: Readonly<Record<Mark, string>> = {
  fail: 'blocked',
  unknown: 'cannot be determined',
  added: 'to create',
  changed: 'to change',
  removed: 'to delete',
};

/** The worst first: of two marks of one thing, the first counts. */
const ORDER = Object.keys(SIGNS) as readonly Mark[];

/** The worse of two marks. */
export function worseMark(a: Mark | undefined, b: Mark | undefined): Mark | undefined {
  if (a === undefined || b === undefined) return a ?? b;

  return ORDER.indexOf(a) <= ORDER.indexOf(b) ? a : b;
}

/** The place of a mark among all, the worst first; no mark is last. */
export function severityOf(mark: Mark | undefined): number {
  return mark === undefined ? ORDER.length : ORDER.indexOf(mark);
}

/** What the marks of a graph mean: `✗ blocked, ? cannot be determined`. Empty where it has none. */
export function legendOf({ nodes, edges }: Graph): string {
  const used = new Set([...nodes, ...edges].map(({ mark }) => mark));
  return ORDER.filter((mark) => used.has(mark))
    .map((mark) => `${SIGNS[mark]} ${MEANINGS[mark]}`)
    .join(', ');
}

/** Nodes that become one. */
export interface Merge {
  readonly members: readonly GraphNode[];
  /** The label of the one, by how many it stands for. */
  readonly label: (count: number) => string;
}

/** Of several, so many are named. */
const MOST_NAMED = 3;

/** A graph in which each group of nodes is one node, at the place of its first, with the edges of all. Pure. */
export function merged(graph: Graph, merges: readonly Merge[]): Graph {
  if (merges.length === 0) return graph;

  const one = new Map<string, GraphNode>();
  for (const merge of merges) {
    const node = nodeOf(merge);
    for (const { id } of merge.members) one.set(id, node);
  }
  const idOf = (id: string): string => one.get(id)?.id ?? id;
  const nodes = new Map<string, GraphNode>();
  for (const node of graph.nodes) {
    const { target, ...rest } = one.get(node.id) ?? node;
    if (!nodes.has(rest.id)) nodes.set(rest.id, target === undefined ? rest : { ...rest, target: idOf(target) });
  }
  const edges = new Map<string, GraphEdge>();
  for (const edge of graph.edges) {
    const [from, to] = [idOf(edge.from), idOf(edge.to)];
    if (from === to) continue;

    const key = JSON.stringify([from, to]);
    const known = edges.get(key);
    const mark = worseMark(known?.mark, edge.mark);
    edges.set(key, { ...edge, from, to, ...defined({ mark }) });
  }
  return { ...graph, nodes: [...nodes.values()], edges: [...edges.values()] };
}

function nodeOf({ members, label }: Merge): GraphNode {
  const [first] = members;
  if (first === undefined) throw new RangeError('a group of nodes has at least one');

  const { id, kind, mark, target, detail } = first;
  const count = members.reduce((sum, one) => sum + (one.count ?? 1), 0);
  const names = members.flatMap((one) => one.examples ?? [one.label]);
  return {
    id: `several ${id}`,
    kind,
    label: label(count),
    detail: members.every((one) => one.detail === detail) ? detail : undefined,
    mark,
    note: noteOf(members),
    target,
    count,
    // The line `and 1 more` would take the place of that one.
    examples: count <= MOST_NAMED + 1 ? names : names.slice(0, MOST_NAMED),
  };
}

function noteOf(members: readonly GraphNode[]): string | undefined {
  const notes = [...new Set(members.flatMap(({ note }) => note ?? []))];
  const [first] = notes;
  return notes.length < 2 ? first : `${notes.length} reasons, such as: ${first}`;
}
