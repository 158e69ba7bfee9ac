import type { RouteEntry } from '../../../../src/do/model/routing.js';
import type { World } from '../world.js';

/** A block that exists on the cloud. */
export const allowed = (cidrBlock: string) => (world: World) => {
  world.region.allowlists[0]?.entries.push({ cidrBlock, protocol: 'all', fromPort: 0, toPort: 65_535 });
};

/** What the spec lists. */
export const listed =
  (...allowlist: string[]) =>
  (world: World) => {
    Object.assign(world.linkSpec, { allowlist });
  };

export const route = (entry: Partial<RouteEntry>) => (world: World) => {
  const base = { nextHop: { kind: 'vpn-gateway', id: 'vpn-1' }, state: 'active', origin: 'static' } as const;
  world.region.routeTables?.[0]?.routes?.push({ ...base, ...entry });
};
