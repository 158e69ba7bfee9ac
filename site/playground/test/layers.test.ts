import { expect, it } from 'vitest';
import { layered } from '../src/layout/layers.js';

/** The nodes of each layer. */
const nodesOf = (count: number, edges: readonly (readonly [number, number])[]): readonly (readonly number[])[] =>
  layered(
    Array.from({ length: count }, () => 10),
    edges,
  ).layers.map((layer) => layer.flatMap(({ id, isBend }) => (isBend ? [] : [id])).toSorted((a, b) => a - b));

it.each<[string, number, readonly (readonly [number, number])[], readonly (readonly number[])[]]>([
  [
    'a node is one layer after the last before it',
    4,
    [
      [0, 1],
      [1, 2],
      [0, 2],
      [2, 3],
    ],
    [[0], [1], [2], [3]],
  ],
  [
    'a node that nothing leads to is right before the first that it leads to',
    5,
    [
      [0, 1],
      [1, 2],
      [3, 2],
      [4, 1],
      [4, 2],
    ],
    [[0, 4], [1, 3], [2]],
  ],
  [
    'an edge that leads back is turned around',
    3,
    [
      [0, 1],
      [1, 2],
      [2, 0],
    ],
    [[0], [1], [2]],
  ],
])('%s', (_, count, edges, layers) => {
  expect(nodesOf(count, edges)).toEqual(layers);
});
