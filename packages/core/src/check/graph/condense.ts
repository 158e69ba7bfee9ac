import { counted } from '../../ground/text/quantities.js';
import { merged, type Merge, severityOf } from './merge.js';
import type { Graph, GraphNode, NodeKind } from './model.js';
import { grouped, groupedPairs } from '../../ground/grouped.js';

/** As many alike boxes stand one by one; more are one box. */
const MOST_ALIKE = 3;
/** As many boxes are in a column; of more targets the worst stand one by one. */
const MOST_IN_COLUMN = 12;
/** Of many targets, as many stand one by one. */
const MOST_APART = 9;

/** What a box may stand for several of, and what the several are called. */
const SEVERAL: Readonly<Partial<Record<NodeKind, string>>> = {
  domain: 'custom domain',
  route: 'route',
  target: 'target',
  balancer: 'load balancer',
  backend: 'backend',
  step: 'step',
};

/** What is behind a link. */
const BEHIND: ReadonlySet<NodeKind> = new Set(['target', 'balancer', 'backend']);

/**
 * A graph as a picture shows it, readable whatever its size: routes with one gateway, link and target are one box, and so
 * are alike backends. Of many targets the worst stand one by one, and all others are one box for each link and mark.
 * Routes say which target they lead to where there are several. Pure.
 */
export function condensed(graph: Graph): Graph {
  const alike = merged(graph, alikeIn(graph, MOST_ALIKE + 1));
  const routes = countOf(alike, 'route') > MOST_IN_COLUMN ? merged(alike, alikeIn(alike, 2)) : alike;
  return withTargets(withFewTargets(routes));
}

function countOf({ nodes }: Graph, kind: NodeKind): number {
  return nodes.filter((one) => one.kind === kind).length;
}

/** Nodes with the same neighbors, target, mark and note, where there are at least so many of them. */
function alikeIn(graph: Graph, least: number): readonly Merge[] {
  const { before, after } = neighborsOf(graph);
  return groups(graph.nodes, least, ({ id, kind, does, detail, mark, note, target }) => [
    kind,
    mark,
    note,
    target,
    before(id),
    after(id),
    kind === 'step' ? does : kind === 'route' ? undefined : detail,
  ]);
}

/** Of many targets all but the worst, one box for each link and mark, with all that only they lead to. */
function withFewTargets(graph: Graph): Graph {
  const { before } = neighborsOf(graph);
  const links = new Set(graph.nodes.flatMap(({ id, kind }) => (kind === 'link' ? [id] : [])));
  const targets = graph.nodes.filter(({ id, kind }) => BEHIND.has(kind) && before(id).some((one) => links.has(one)));
  if (targets.length <= MOST_IN_COLUMN) return graph;

  const others = targets.toSorted((a, b) => severityOf(a.mark) - severityOf(b.mark)).slice(MOST_APART);
  const all = new Set(others.map(({ id }) => id));
  let few = merged(
    graph,
    groups(others, 2, ({ id, kind, mark }) => [kind, mark, before(id)]),
  );
  // What is behind them, column by column, and the routes that lead to them.
  for (;;) {
    const { before: now } = neighborsOf(few);
    const several = new Set(few.nodes.flatMap(({ id, count }) => (count === undefined ? [] : [id])));
    const behind = few.nodes.filter(
      ({ id, kind }) =>
        BEHIND.has(kind) && !all.has(id) && now(id).length > 0 && now(id).every((one) => several.has(one)),
    );
    const more = groups(behind, 2, ({ id, kind, mark }) => [kind, mark, now(id)]);
    if (more.length === 0) break;

    few = merged(few, more);
  }
  const { before: from, after: to } = neighborsOf(few);
  return merged(
    few,
    groups(
      few.nodes.filter(({ kind }) => kind === 'route'),
      2,
      ({ id, target, mark }) => [target, mark, from(id), to(id)],
    ),
  );
}

/** Where routes lead to several targets, each says to which. */
function withTargets(graph: Graph): Graph {
  const nodes = new Map(graph.nodes.map((one) => [one.id, one]));
  const targets = new Set(graph.nodes.flatMap(({ target }) => target ?? []));
  if (targets.size < 2) return graph;

  return {
    ...graph,
    nodes: graph.nodes.map((one) => {
      const to = one.target === undefined ? undefined : nodes.get(one.target);
      return to === undefined ? one : { ...one, detail: `to ${to.label}` };
    }),
  };
}

/** Groups of nodes with the same key, where they have at least so many members. */
function groups(
  nodes: readonly GraphNode[],
  least: number,
  keyOf: (node: GraphNode) => readonly unknown[],
): readonly Merge[] {
  const found = grouped(
    nodes.filter(({ kind }) => SEVERAL[kind] !== undefined),
    (node) => JSON.stringify(keyOf(node).map((one) => one ?? null)),
  );
  return [...found.values()].flatMap((members) => {
    const [first] = members;
    if (members.length < least) return [];

    const what = first.kind === 'step' ? first.does : undefined;
    return [
      {
        members,
        label: (count) => (what === undefined ? counted(count, SEVERAL[first.kind] ?? '') : `${what}: ${count}`),
      },
    ];
  });
}

/** The IDs that lead to a node, and those that it leads to, sorted. */
function neighborsOf({ edges }: Graph) {
  const before = groupedPairs(edges.map(({ from, to }) => [to, from] as const));
  const after = groupedPairs(edges.map(({ from, to }) => [from, to] as const));
  const sorted = (map: ReadonlyMap<string, readonly string[]>) => (id: string) => (map.get(id) ?? []).toSorted();
  return { before: sorted(before), after: sorted(after) };
}
