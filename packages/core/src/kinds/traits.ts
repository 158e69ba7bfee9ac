import type { PlanTraits, RegionSnapshot } from '../snapshot/snapshot.js';

/** Of a snapshot that does not say: links are free, and an allowlist is a security group. */
const DEFAULTS: PlanTraits = {
  linksCostMoney: false,
  targetsAreResources: false,
  allowlistNeedsCreation: true,
  allowlistHasPorts: true,
  routesNeedDeployment: true,
};

/** What the planner has to know of the cloud that a region belongs to. */
export function traitsOf({ traits }: Pick<RegionSnapshot, 'traits'>): PlanTraits {
  return traits ?? DEFAULTS;
}
