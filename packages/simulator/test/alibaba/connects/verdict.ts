import { expect } from 'vitest';
import type { SourceConnection } from '../../../src/alibaba/connects/connection.js';
import type { World } from './world.js';

export type Verdict = 'yes' | `no: ${string}` | `undecided: ${string}`;

/** The result, and what decided it. */
export function verdict({ cloud, linkId }: World, address: string, port = 80): Verdict {
  const reach = cloud.sim.connects(linkId, address, port);
  expect(reach.because).not.toBe('');
  return reach.connects ? 'yes' : `${reach.undecided === undefined ? 'no' : 'undecided'}: ${reach.by}`;
}

/** The result for the addresses of each zone. */
export function zones({ cloud, linkId }: World, address: string): Record<string, string> {
  const { sources } = cloud.sim.connects(linkId, address, 80) as { readonly sources?: readonly unknown[] };
  return Object.fromEntries(
    ((sources ?? []) as readonly SourceConnection[]).map(({ zoneId, connects, by }) => [
      zoneId,
      connects ? 'yes' : `no: ${by}`,
    ]),
  );
}

/** The ECS instance, the load balancer and all addresses. */
export const SERVER = '10.0.3.10';
export const BALANCER = '10.0.3.20';
export const ALL = '0.0.0.0/0';
