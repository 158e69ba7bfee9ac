import './add-list.js';
import { expect, it } from 'vitest';
import { decodeSnapshot } from '../../../src/decode/decode.js';
import { snapshotJsonSchema } from '../../../src/decode/json-schemas.js';
import { strict, type Infer } from '../../../src/do/forms/form.js';
import { set } from '../../../src/do/forms/lists.js';
import { optionalText, text } from '../../../src/do/forms/values.js';
import { resource } from '../../../src/do/snapshot/resources/resource.js';
import { RESOURCES, type IndexedIn, type ListsOf } from '../../../src/do/snapshot/resources/resources.js';
import { SNAPSHOT_LISTS, type RegionSnapshot, type Snapshot } from '../../../src/do/snapshot/snapshot.js';
import { sortSnapshot } from '../../../src/do/snapshot/arrange.js';
import { diffSnapshots } from '../../../src/do/snapshot-diff/diff.js';
import { gapFacts } from '../../../src/do/world/index/gap-facts.js';
import { FULL_SNAPSHOT } from '../../decode/samples.js';

const withCaches = (...items: readonly object[]): Snapshot => ({
  ...FULL_SNAPSHOT,
  regions: FULL_SNAPSHOT.regions.map((region) => ({ ...region, caches: items })),
});
const cachesOf = ({ regions }: Snapshot): unknown => (regions[0] as unknown as { caches: unknown }).caches;

it('decodes a list of the table, and refuses what is not of its form', () => {
  const items = [{ id: 'c-1', nodes: ['n-1'] }];
  expect(cachesOf(decodeSnapshot(JSON.stringify(withCaches(...items))))).toEqual(items);
  const decoding =
    (...given: readonly object[]) =>
    () =>
      decodeSnapshot(JSON.stringify(withCaches(...given)));
  expect(decoding({ id: 'c-1' })).toThrow('regions[0].caches[0]: the member nodes is missing');
  expect(decoding(...items, ...items)).toThrow('regions[0].caches[1].id: "c-1" is in this list twice');
  expect(JSON.stringify(snapshotJsonSchema())).toContain('"caches":{"type":"array"');
});

it('sorts it, and the lists in its items', () => {
  const sorted = sortSnapshot(withCaches({ id: 'c-2', nodes: ['b', 'a'] }, { id: 'c-1', nodes: [] }));
  expect(cachesOf(sorted)).toEqual([
    { id: 'c-1', nodes: [] },
    { id: 'c-2', nodes: ['a', 'b'] },
  ]);
});

it('compares it', () => {
  const diff = diffSnapshots(withCaches({ id: 'c-1', nodes: ['a'] }), withCaches({ id: 'c-1', nodes: ['b'] }));
  expect(diff.changes).toContainEqual(
    expect.objectContaining({
      list: 'caches',
      subject: 'cache c-1',
      paths: false,
      details: ['nodes: a removed', 'nodes: b added'],
    }),
  );
});

it('names it: in gaps, and where it could not be read', () => {
  expect(SNAPSHOT_LISTS).toContain('caches');
  const gap = { what: 'caches', operation: 'ListCaches', code: 'PERMISSION_DENIED', of: 'caches' } as never;
  const region: RegionSnapshot = { ...(FULL_SNAPSHOT.regions[0] as RegionSnapshot), gaps: [gap] };
  expect(gapFacts(region)('caches' as never, 'c-1')?.what).toContain('cache');
  expect(() => decodeSnapshot(JSON.stringify({ ...FULL_SNAPSHOT, regions: [region] }))).not.toThrow();
});

it('has types that follow from the shape', () => {
  const shape = { id: text, zone: optionalText, nodes: set(text) };
  interface Cache extends Infer<typeof shape> {}
  const one = resource(strict<Cache>()(shape), { noun: 'cache', diffOrder: 1 });
  // @ts-expect-error the shape has no such list of objects
  resource(strict<Cache>()(shape), { noun: 'cache', diffOrder: 1, parts: { nodes: { noun: 'node', text: String } } });
  const named = resource(strict<{ readonly name: string }>()({ name: text }), {
    always: true,
    key: 'name',
    noun: 'x',
    diffOrder: 1,
  });
  type Made = { readonly one: typeof one; readonly named: typeof named };
  const lists: ListsOf<Made> = { named: [], one: [{ id: 'c-1', nodes: [] }] };
  // @ts-expect-error a list that every snapshot has is missing
  const without: ListsOf<Made> = {};
  // @ts-expect-error a member of the shape is missing
  const cache: Cache = { id: 'c-1' };
  const indexed: IndexedIn<Made> = 'one';
  // @ts-expect-error its items have no ID
  const other: IndexedIn<Made> = 'named';
  expect([lists, without, cache, indexed, other]).toHaveLength(5);
});

it('has an order of differences in which each list has a place of its own', () => {
  const orders = Object.values(RESOURCES).map(({ diffOrder }) => diffOrder);
  expect(new Set(orders).size).toBe(orders.length);
});
