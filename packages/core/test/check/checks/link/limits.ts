import type { World } from '../world.js';

export function declared(subnets: readonly string[]) {
  return ({ linkSpec, remove, region }: World) => {
    remove('links', region.links[0]?.id ?? '');
    delete linkSpec.id;
    Object.assign(linkSpec, { subnets, securityGroups: ['sg-link'] });
  };
}
