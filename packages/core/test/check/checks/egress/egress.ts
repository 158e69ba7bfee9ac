import type { World } from '../world.js';
import { edit } from '../edits.js';

/** The only rule of the load balancer that allows the link. */
export const lbRule = (changes: object) => (world: World) => {
  const [rule] = world.the('securityGroups', 'sg-lb').rules;
  if (rule !== undefined) Object.assign(rule, changes);
};

export const byBlock = (cidrBlock: string, more: object = {}) =>
  lbRule({ securityGroupId: undefined, cidrBlock, ...more });

export const admits = (blocks: readonly string[]) => edit({ 'targetSpec.admits': blocks });
