import type { World } from '../world.js';
import { edit } from '../edits.js';

export const vswitch = (id: string, cidrBlock: string) => (world: World) => {
  world.the('subnets', id).cidrBlock = cidrBlock;
};

/** The instance is declared and does not exist. */
export const declared = (instanceCidr?: string) =>
  edit({
    links: [],
    allowlists: [],
    'linkSpec.id': undefined,
    linkSpec: {
      subnets: ['vsw-j', 'vsw-k'],
      securityGroups: ['sg-link'],
      native: instanceCidr === undefined ? {} : { instanceCidr },
    },
  });

export const vpc = (...cidrBlocks: string[]) => edit({ 'networks.vpc-h.cidrBlocks': cidrBlocks });
