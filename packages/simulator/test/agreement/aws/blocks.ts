import { addRule, ALL, type AwsWorld, type Entry } from './parts.js';
import type { Random } from '../random.js';

/** Blocks that contain all, some or none of the link's addresses, and of the addresses that are called. */
export const LINK_BLOCKS = [
  '10.0.0.0/16',
  '10.0.0.0/22',
  '10.0.1.0/24',
  '10.0.2.0/24',
  '10.0.1.0/25',
  '10.0.2.128/25',
  '10.0.1.0/29',
  '10.0.9.0/24',
  ALL,
];
export const TARGET_BLOCKS = [
  '10.0.3.0/24',
  '10.0.3.10/32',
  '10.0.3.0/28',
  '10.0.4.0/24',
  '10.9.0.0/16',
  '10.0.3.128/25',
  ALL,
  '192.168.0.0/16',
];
export const PORTS: readonly (readonly [number, number])[] = [
  [80, 80],
  [1, 1024],
  [79, 81],
  [443, 443],
  [81, 90],
];

export const OPEN: readonly Entry[] = [true, false].map((out) => ({
  out,
  order: 1000,
  allow: true,
  ports: 'all',
  block: ALL,
}));

/** Entries around the ports of calls (`call`) or of answers; some of them deny. */
export function entries(
  random: Random,
  out: boolean,
  of: 'call' | 'answer',
  blocks: readonly string[],
): readonly Entry[] {
  const ports =
    of === 'call'
      ? PORTS
      : ([
          [1024, 65_535],
          [1024, 40_000],
          [32_768, 60_999],
          [40_001, 65_535],
          [49_152, 65_535],
          [5000, 5000],
          [80, 90],
        ] as const);
  return Array.from({ length: 1 + random.below(3) }, (_, index) => ({
    out,
    order: 100 + index * 10 + random.below(5),
    allow: random.chance(0.5),
    ports: random.chance(0.15) ? 'all' : random.pick(ports),
    block: random.pick(blocks),
  }));
}

export function openServer(world: AwsWorld): void {
  addRule(world, 'in', world.groups.server, { IpRanges: [{ CidrIp: '10.0.0.0/8' }] });
}
