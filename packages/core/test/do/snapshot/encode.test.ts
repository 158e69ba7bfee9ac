import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeSnapshot } from '../../../src/internal/decode.js';
import { encodeSnapshot, encodeSnapshotChunks } from '../../../src/do/snapshot/encode.js';
import type { RegionSnapshot, Snapshot } from '../../../src/do/snapshot/snapshot.js';
import { sortSnapshot } from '../../../src/do/snapshot/arrange.js';
import { FULL_REGION, FULL_SNAPSHOT } from '../../decode/samples.js';
import { runs } from '../../runs.js';
import { shuffled, WIDE_SNAPSHOT } from './wide-snapshot.js';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const withoutRaw = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, member: unknown) => (key === 'raw' ? undefined : member)));

it('writes what decodeSnapshot reads, without raw unless that is requested', () => {
  for (const snapshot of [FULL_SNAPSHOT, WIDE_SNAPSHOT]) {
    expect(decodeSnapshot(encodeSnapshot(snapshot))).toEqual(withoutRaw(sortSnapshot(snapshot)));
    expect(decodeSnapshot(encodeSnapshot(snapshot, { raw: true }))).toEqual(plain(sortSnapshot(snapshot)));
  }
  expect(encodeSnapshot(FULL_SNAPSHOT)).not.toContain('"raw"');
});

it('writes the same bytes for the same world, for any order of lists', () => {
  const text = encodeSnapshot(WIDE_SNAPSHOT);
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      expect(encodeSnapshot(shuffled(WIDE_SNAPSHOT, seed))).toBe(text);
    }),
    { numRuns: runs(3, 3_000) },
  );
  expect(encodeSnapshot(decodeSnapshot(text))).toBe(text);
});

it('keeps the order of lists whose order has a meaning', () => {
  const listener = {
    ...FULL_REGION.listeners[0]!,
    actions: [{ kind: 'authenticate' as const }, { kind: 'forward' as const, targetGroupIds: ['b', 'a'] }],
    certificateIds: ['z', 'b', 'a'],
  };
  const network = { ...FULL_REGION.networks[0]!, cidrBlocks: ['10.9.0.0/16', '10.2.0.0/16', '10.1.0.0/16'] };
  const region = { ...FULL_REGION, listeners: [listener], networks: [network] };
  const [written] = decodeSnapshot(encodeSnapshot({ ...FULL_SNAPSHOT, regions: [region] })).regions;
  expect(written!.listeners[0]).toMatchObject({
    actions: [{ kind: 'authenticate' }, { kind: 'forward', targetGroupIds: ['a', 'b'] }],
    certificateIds: ['z', 'a', 'b'],
  });
  expect(written!.networks[0]!.cidrBlocks).toEqual(['10.9.0.0/16', '10.1.0.0/16', '10.2.0.0/16']);
});

it('a change is a diff of few lines: a rule and a route are on one line each', () => {
  const lines = (snapshot: Snapshot): string[] => encodeSnapshot(snapshot).split('\n');
  const before = lines(WIDE_SNAPSHOT);
  const [group, ...groups] = WIDE_SNAPSHOT.regions[0]!.securityGroups;
  const [rule, ...rules] = group!.rules;
  const region: RegionSnapshot = {
    ...WIDE_SNAPSHOT.regions[0]!,
    securityGroups: [{ ...group!, rules: [{ ...rule!, toPort: 9_999 }, ...rules] }, ...groups],
  };
  const after = lines({ ...WIDE_SNAPSHOT, regions: [region, ...WIDE_SNAPSHOT.regions.slice(1)] });
  expect(after.filter((line) => !before.includes(line))).toEqual([expect.stringContaining('"toPort": 9999')]);
  expect(after).toHaveLength(before.length);
  expect(encodeSnapshot(WIDE_SNAPSHOT).endsWith('}\n')).toBe(true);
});

it('is written in chunks of limited length', () => {
  const { rules, ...group } = FULL_REGION.securityGroups[0]!;
  const many = Array.from({ length: 3_000 }, (_, index) => ({ ...group, id: `sg-${index}`, rules }));
  const snapshot = { ...FULL_SNAPSHOT, regions: [{ ...FULL_REGION, securityGroups: many }] };
  const chunks = [...encodeSnapshotChunks(snapshot)];
  expect(chunks.join('')).toBe(encodeSnapshot(snapshot));
  expect(chunks.length).toBeGreaterThan(10);
  expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThan(80_000);
});

it('accepts any value of a client in raw', () => {
  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  const odd = {
    date: new Date(0),
    big: 12n,
    nan: Number.NaN,
    minus: -0,
    fn: () => 1,
    nothing: undefined,
    list: [undefined, new Date(0)],
    cycle,
    ['__proto__']: 1,
    sep: 'a\u2028b\u0085\u202e',
    plain: '##vso[task.complete]',
  };
  const target = { ...FULL_REGION.targets[0]!, raw: odd };
  const text = encodeSnapshot({ ...FULL_SNAPSHOT, regions: [{ ...FULL_REGION, targets: [target] }] }, { raw: true });
  expect(decodeSnapshot(text).regions[0]!.targets[0]!.raw).toMatchObject({
    date: '1970-01-01T00:00:00.000Z',
    big: '12',
    nan: null,
    minus: 0,
    list: [null, '1970-01-01T00:00:00.000Z'],
    sep: odd.sep,
    plain: odd.plain,
  });
  // eslint-disable-next-line no-control-regex
  expect(text).not.toMatch(/[\u0085\u2028\u202e]|##\w*\[/);
});

it('writes a tag named __proto__ under a safe name, and keeps all others', () => {
  const tags = Object.fromEntries([
    ['__proto__', 'mine'],
    ['(__proto__)', 'another'],
    ['Z', 'capital'],
    ['team', 'shop'],
  ]);
  const network = { ...FULL_REGION.networks[0]!, tags };
  const text = encodeSnapshot({ ...FULL_SNAPSHOT, regions: [{ ...FULL_REGION, networks: [network] }] });
  const read = decodeSnapshot(text);
  expect(read.regions[0]!.networks[0]!.tags).toEqual({
    '((__proto__))': 'mine',
    '(__proto__)': 'another',
    Z: 'capital',
    team: 'shop',
  });
  expect(encodeSnapshot(read)).toBe(text);
});

it('does not change its input', () => {
  const before = JSON.stringify(WIDE_SNAPSHOT);
  encodeSnapshot(WIDE_SNAPSHOT, { redact: true });
  expect(JSON.stringify(WIDE_SNAPSHOT)).toBe(before);
});
