import type { World } from '../world.js';

/** A block that exists on the cloud. */
export const allowed = (cidrBlock: string) => (world: World) => {
  world.region.allowlists[0]?.entries.push({ cidrBlock, protocol: 'all', fromPort: 0, toPort: 65_535 });
};

export const listed =
  (...allowlist: string[]) =>
  (world: World) => {
    Object.assign(world.linkSpec, { allowlist });
  };
