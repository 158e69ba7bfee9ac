import type { PlanTraits } from '../model/traits.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import { createdKind } from './link/index.js';

/** Of a cloud that is not known: links are free, and an allowlist is a security group. */
const DEFAULTS: PlanTraits = {
  linksCostMoney: false,
  targetsAreResources: false,
  allowlistNeedsCreation: true,
  allowlistHasPorts: true,
  routesNeedDeployment: true,
};

/** What the planner has to know of the cloud that a region belongs to. */
export function traitsOf({ provider }: Pick<RegionSnapshot, 'provider'>): PlanTraits {
  return createdKind(provider)?.traits ?? DEFAULTS;
}
