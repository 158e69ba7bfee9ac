import type { World } from '../world.js';

export const vswitch = (id: string, cidrBlock: string) => (world: World) => {
  world.the('subnets', id).cidrBlock = cidrBlock;
};

/** The instance is declared and does not exist. */
export const declared = (instanceCidr?: string) => (world: World) => {
  world.region.links = [];
  world.region.allowlists = [];
  delete world.linkSpec.id;
  Object.assign(world.linkSpec, {
    subnets: ['vsw-j', 'vsw-k'],
    securityGroups: ['sg-link'],
    native: instanceCidr === undefined ? {} : { instanceCidr },
  });
};

export const vpc =
  (...cidrBlocks: string[]) =>
  (world: World) => {
    world.the('networks', 'vpc-h').cidrBlocks = cidrBlocks;
  };
