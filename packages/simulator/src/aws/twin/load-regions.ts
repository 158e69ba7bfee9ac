import type { RegionSnapshot } from '@postern/core';
import type { Dispatcher } from '../../simulation/dispatch/dispatcher.js';
import type { Aws } from '../dispatch.js';
import { isQuota } from '../operation/quotas.js';
import { isRegion } from '../ec2/regions.js';
import { emptyRegion, newGlobals } from '../services.js';
import type { AwsState } from '../state/aws-state.js';
import { loadRegion } from './load-region.js';

/**
 * Replaces an account by what snapshots of its regions show.
 * @returns what the twin lacks
 * @throws {RangeError} for a region or an account that AWS cannot have
 */
export function loadAwsRegions(dispatcher: Dispatcher<Aws>, regions: readonly RegionSnapshot[]): readonly string[] {
  const account = regions[0]?.account ?? '';
  if (!/^\d{12}$/.test(account)) throw new RangeError(`${account} is no AWS account id: twelve digits.`);
  const aws: AwsState = {
    account,
    regions: new Map(),
    quotas: new Map(dispatcher.quotas),
    sessions: new Map(),
    ...newGlobals(),
  };
  const notes: string[] = [];
  for (const region of regions) {
    if (!isRegion(region.region)) throw new RangeError(`AWS has no region ${region.region}.`);
    if (region.account !== account) {
      notes.push(`${region.region} of account ${region.account} is left out: one account is simulated, ${account}`);
      continue;
    }
    // Quotas are the account's here; those that were set for the simulation, then those of the first region with quotas.
    for (const [key, value] of Object.entries(region.quotas ?? {})) {
      if (isQuota(key) && !aws.quotas.has(key)) aws.quotas.set(key, value);
    }
    aws.regions.set(region.region, emptyRegion(region.region));
  }
  dispatcher.replace(aws);
  for (const region of regions) {
    if (region.account !== account) continue;
    loadRegion(dispatcher.context(region.region), region, (lack) => notes.push(lack));
  }
  return notes;
}
