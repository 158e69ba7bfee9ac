import type { RegionSnapshot, Snapshot } from '../../../src/do/snapshot/snapshot.js';
import { FULL_REGION, FULL_SNAPSHOT } from '../../decode/samples.js';

/** Lists whose order has a meaning, for all items or all except the first; all others are sets. */
const KEPT = new Set(['actions', 'sides', 'terms', 'plugins', 'nested']);
const HEAD = new Set(['cidrBlocks of networks', 'addresses of interfaces', 'addresses of instances']);
const HEADS = new Set(['certificateIds', 'names']);

/** Three of everything, with different identifying members. */
function tripled(value: unknown, name: string): unknown {
  if (Array.isArray(value)) {
    if (KEPT.has(name) || name === 'whole') return value.map((item) => tripled(item, ''));
    return value.flatMap((item: unknown) => ['', '-b', '-a'].map((suffix) => renamed(tripled(item, ''), suffix)));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, tripled(member, key)]));
}

const IDS = [
  'id',
  'name',
  'linkId',
  'cidrBlock',
  'key',
  'subject',
  'operation',
  'target',
  'link',
  'at',
  'profile',
  'region',
];

/** Another text that is a block or an address where this one is, since no other text is valid there. */
function other(text: string, suffix: string): string {
  const [, start, last] = /^((?:\d+\.){3}|[\da-f:]*:)([\da-f]+)$/.exec(text) ?? [];
  if (start !== undefined && last !== undefined)
    return `${start}${last}${suffix === '' ? '' : suffix === '-a' ? 1 : 2}`;
  const [, address, length] = /^([\d.]+|[\da-f:]+)\/(\d+)$/.exec(text) ?? [];
  const away = ['', '-a', '-b'].indexOf(suffix);
  if (address === undefined) return text + suffix;
  return `${address}/${Number(length) < away ? Number(length) + away : Number(length) - away}`;
}

function renamed(value: unknown, suffix: string): unknown {
  if (typeof value === 'string') return other(value, suffix);
  if (typeof value !== 'object' || value === null) return value;
  // A mapping of a custom domain is identified by its path.
  const ids = 'gatewayId' in value && !('key' in value) ? [...IDS, 'path'] : IDS;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      ids.includes(key) && typeof member === 'string' ? other(member, suffix) : (member as unknown),
    ]),
  );
}

/** A snapshot with every member, three regions, and three of everything in them. */
export const WIDE_SNAPSHOT = tripled({ ...FULL_SNAPSHOT, regions: [FULL_REGION as RegionSnapshot] }, '') as Snapshot;

/** The same world in another order: members everywhere, lists where their order has no meaning. */
export function shuffled(snapshot: Snapshot, seed: number): Snapshot {
  let state = seed >>> 0 || 1;
  const random = (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  const mix = <T>(items: readonly T[], from = 0): T[] => {
    const mixed = [...items];
    for (let index = mixed.length - 1; index > from; index -= 1) {
      const other = from + random(index - from + 1);
      [mixed[index], mixed[other]] = [mixed[other] as T, mixed[index] as T];
    }
    return mixed;
  };
  const walk = (value: unknown, name: string, parent: string): unknown => {
    if (Array.isArray(value)) {
      const items = value.map((item) => walk(item, '', name));
      if (KEPT.has(name)) return items;
      return mix(items, HEADS.has(name) || HEAD.has(`${name} of ${parent}`) ? 1 : 0);
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(mix(Object.entries(value)).map(([key, member]) => [key, walk(member, key, parent)]));
  };
  return walk(snapshot, '', '') as Snapshot;
}
