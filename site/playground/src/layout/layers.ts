// Layers of a directed graph, in the steps of Sugiyama and others: ranks, an order within each rank, and positions.
// See https://doi.org/10.1109/TSE.1993.29 (Gansner, Koutsofios, North, Vo: "A technique for drawing directed graphs").

/** A box, or a bend of an edge that crosses a layer. `size` is its extent along the layer. */
export interface Item {
  readonly id: number;
  readonly size: number;
  readonly isBend: boolean;
}

export interface Layered {
  /** Items of each layer, in order. */
  readonly layers: readonly (readonly Item[])[];
  /** Where the center of each item is along its layer, by its ID. */
  readonly centers: readonly number[];
  /** The items that each edge leads through, from its source to its destination. */
  readonly chains: readonly (readonly number[])[];
}

const SWEEPS = 12;
const GAP = 16;

/** `sizes` are those of the nodes; edges are pairs of indexes of nodes. */
export function layered(sizes: readonly number[], edges: readonly (readonly [number, number])[]): Layered {
  const forward = withoutCycles(sizes.length, edges);
  const ranks = ranksOf(sizes.length, forward);
  const items: Item[] = sizes.map((size, id) => ({ id, size, isBend: false }));
  const layers: Item[][] = Array.from({ length: Math.max(0, ...ranks) + 1 }, () => []);
  for (const [id, rank] of ranks.entries()) layers[rank]?.push(items[id] as Item);

  const links: [number, number][] = [];
  const chains = forward.map(([from, to], at) => {
    const chain = [from];
    for (let rank = (ranks[from] ?? 0) + 1; rank < (ranks[to] ?? 0); rank += 1) {
      const bend: Item = { id: items.length, size: 2, isBend: true };
      items.push(bend);
      layers[rank]?.push(bend);
      chain.push(bend.id);
    }
    chain.push(to);
    for (const [index, id] of chain.slice(1).entries()) links.push([chain[index] ?? 0, id]);
    const isTurned = edges[at]?.[0] !== from;
    return isTurned ? chain.toReversed() : chain;
  });
  const before = neighbors(items.length, links, 1);
  const after = neighbors(items.length, links, 0);
  const ordered = order(layers, before, after);
  return { layers: ordered, centers: centersOf(ordered, before, after, items.length), chains };
}

/** Edges that lead back are turned around. */
function withoutCycles(count: number, edges: readonly (readonly [number, number])[]): [number, number][] {
  const state = Array.from({ length: count }, () => 'new' as 'new' | 'open' | 'done');
  const turned = new Set<number>();
  const from = Array.from({ length: count }, () => [] as number[]);
  for (const [at, [source]] of edges.entries()) from[source]?.push(at);
  const visit = (node: number): void => {
    state[node] = 'open';
    for (const at of from[node] ?? []) {
      const to = edges[at]?.[1] ?? 0;
      if (state[to] === 'open') turned.add(at);
      else if (state[to] === 'new') visit(to);
    }
    state[node] = 'done';
  };
  for (let node = 0; node < count; node += 1) if (state[node] === 'new') visit(node);
  return edges.map(([a, b], at) => (turned.has(at) ? [b, a] : [a, b]));
}

/** Each node is one layer after the last before it; one that nothing leads to is next to what it leads to. */
function ranksOf(count: number, edges: readonly (readonly [number, number])[]): number[] {
  const ranks = Array.from({ length: count }, () => 0);
  for (let round = 0; round < count; round += 1) {
    let isChanged = false;
    for (const [from, to] of edges) {
      if (from === to || (ranks[to] ?? 0) > (ranks[from] ?? 0)) continue;
      ranks[to] = (ranks[from] ?? 0) + 1;
      isChanged = true;
    }
    if (!isChanged) break;
  }
  const led = new Set(edges.map(([, to]) => to));
  for (let node = 0; node < count; node += 1) {
    if (led.has(node)) continue;
    const next = edges.filter(([from]) => from === node).map(([, to]) => ranks[to] ?? 0);
    if (next.length > 0) ranks[node] = Math.min(...next) - 1;
  }
  return ranks;
}

function neighbors(count: number, links: readonly (readonly [number, number])[], of: 0 | 1): readonly number[][] {
  const lists = Array.from({ length: count }, () => [] as number[]);
  for (const link of links) lists[link[of]]?.push(link[1 - of] as number);
  return lists;
}

/** By the means of the neighbors' places, forth and back; the order with the fewest crossings stays. */
function order(layers: readonly Item[][], before: readonly number[][], after: readonly number[][]): readonly Item[][] {
  let best = layers.map((layer) => [...layer]);
  let fewest = crossings(best, after);
  const current = best.map((layer) => [...layer]);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep += 1) {
    const isForth = sweep % 2 === 0;
    for (const layer of isForth ? current.slice(1) : current.slice(0, -1).reverse()) {
      const place = placesIn(current);
      const mean = new Map(
        layer.map(({ id }, at) => {
          const near = (isForth ? before : after)[id] ?? [];
          return [id, near.length === 0 ? at : near.reduce((sum, one) => sum + (place.get(one) ?? 0), 0) / near.length];
        }),
      );
      layer.sort((a, b) => (mean.get(a.id) ?? 0) - (mean.get(b.id) ?? 0));
    }
    const count = crossings(current, after);
    if (count < fewest) {
      fewest = count;
      best = current.map((layer) => [...layer]);
    }
  }
  return best;
}

function placesIn(layers: readonly (readonly Item[])[]): ReadonlyMap<number, number> {
  return new Map(layers.flatMap((layer) => layer.map(({ id }, at) => [id, at] as const)));
}

function crossings(layers: readonly (readonly Item[])[], after: readonly number[][]): number {
  const place = placesIn(layers);
  let count = 0;
  for (const layer of layers) {
    const ends = layer.flatMap(({ id }, at) => (after[id] ?? []).map((to) => [at, place.get(to) ?? 0] as const));
    for (const [at, [a, b]] of ends.entries()) {
      for (const [c, d] of ends.slice(at + 1)) if ((a - c) * (b - d) < 0) count += 1;
    }
  }
  return count;
}

/** As close to the means of the neighbors as the order and the gaps allow. */
function centersOf(
  layers: readonly (readonly Item[])[],
  before: readonly number[][],
  after: readonly number[][],
  count: number,
): readonly number[] {
  const centers = Array.from({ length: count }, () => 0);
  for (const layer of layers) {
    let end = 0;
    for (const { id, size } of layer) {
      centers[id] = end + size / 2;
      end += size + GAP;
    }
  }
  for (let sweep = 0; sweep < 2 * SWEEPS; sweep += 1) {
    const isForth = sweep % 2 === 0;
    for (const layer of isForth ? layers : layers.toReversed()) {
      const wanted = layer.map(({ id }) => {
        const first = (isForth ? before : after)[id] ?? [];
        const near = first.length > 0 ? first : ((isForth ? after : before)[id] ?? []);
        return near.length === 0
          ? (centers[id] ?? 0)
          : near.reduce((sum, one) => sum + (centers[one] ?? 0), 0) / near.length;
      });
      for (const [at, center] of spread(layer, wanted).entries()) centers[layer[at]?.id ?? 0] = center;
    }
  }
  const starts = layers.flat().map(({ id, size }) => (centers[id] ?? 0) - size / 2);
  const least = Math.min(...starts);
  return centers.map((center) => center - least);
}

/**
 * The places with the least squares from the wanted ones that keep order and gaps: adjacent violators are pooled.
 * See https://en.wikipedia.org/wiki/Isotonic_regression
 */
function spread(layer: readonly Item[], wanted: readonly number[]): readonly number[] {
  let offset = 0;
  const offsets = layer.map(({ size }, at) => {
    const gap = at === 0 ? 0 : ((layer[at - 1]?.size ?? 0) + size) / 2 + GAP;
    return (offset += gap);
  });
  const pools: { sum: number; weight: number; count: number }[] = [];
  for (const [at, item] of layer.entries()) {
    const weight = item.isBend ? 4 : 1;
    pools.push({ sum: ((wanted[at] ?? 0) - (offsets[at] ?? 0)) * weight, weight, count: 1 });
    for (let last = pools.length - 1; last > 0; last -= 1) {
      const [a, b] = [pools[last - 1], pools[last]];
      if (a === undefined || b === undefined || a.sum / a.weight <= b.sum / b.weight) break;
      pools.splice(last - 1, 2, { sum: a.sum + b.sum, weight: a.weight + b.weight, count: a.count + b.count });
    }
  }
  const values = pools.flatMap(({ sum, weight, count }) => Array.from({ length: count }, () => sum / weight));
  return offsets.map((one, at) => one + (values[at] ?? 0));
}
