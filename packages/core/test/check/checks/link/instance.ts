import type { World } from '../world.js';

export const link = ({ the }: World) => the('links', 'apigateway-hz-1');

/** The spec declares an instance that does not exist. */
export const declared = (world: World, groups: readonly string[] = ['sg-link'], more: object = {}): void => {
  const { linkSpec, remove } = world;
  remove('links', 'apigateway-hz-1');
  delete linkSpec.id;
  Object.assign(linkSpec, {
    subnets: ['vsw-j', 'vsw-k'],
    securityGroups: groups,
    allowlist: ['10.0.20.0/24'],
    ...more,
  });
};
