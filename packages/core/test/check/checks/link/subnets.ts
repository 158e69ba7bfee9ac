import type { World } from '../world.js';

/** The link is declared and does not exist. */
export function declared(subnets: readonly string[], securityGroups: readonly string[] | undefined = ['sg-link']) {
  return ({ linkSpec, remove, region }: World) => {
    remove('links', region.links[0]?.id ?? '');
    delete linkSpec.id;
    Object.assign(linkSpec, { subnets, ...(securityGroups.length === 0 ? {} : { securityGroups }) });
  };
}
