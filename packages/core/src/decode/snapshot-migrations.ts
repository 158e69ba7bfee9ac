import type { Migration } from './decode.js';

type Members = Readonly<Record<string, unknown>>;

/**
 * The migrations of a snapshot from an older version to the next, by the older version's number. A list that
 * the older version did not have stays undefined, which means that it was not read: a result that depends on
 * it is unknown, never passed.
 */
export const SNAPSHOT_MIGRATIONS: ReadonlyMap<number, Migration> = new Map([
  [1, fromVersion1],
  [2, fromVersion2],
]);

/** Version 2 added what checks read: routes, ACLs, peerings, and whether a rule allows or drops. */
function fromVersion1(snapshot: Members): Members {
  const { regions } = snapshot;
  return { ...snapshot, version: 2, regions: Array.isArray(regions) ? regions.map(regionFromVersion1) : regions };
}

/**
 * On Alibaba Cloud the rules of version 1 record neither whether they allow or drop, nor their order. Read as
 * current rules, a drop would be an allow, so the groups count as not read.
 */
function regionFromVersion1(region: unknown): unknown {
  if (typeof region !== 'object' || region === null || Array.isArray(region)) return region;
  const { provider, gaps } = region as Members;
  if (provider !== 'alibaba' || !Array.isArray(gaps)) return region;
  const gap = {
    what: 'what the rules of security groups do, which version 1 of a snapshot did not hold',
    operation: 'DescribeSecurityGroupAttribute',
    code: 'UNSUPPORTED_VERSION',
    of: 'securityGroups',
  };
  return { ...region, securityGroups: [], gaps: [...(gaps as readonly unknown[]), gap] };
}

/** Version 3 holds observations only: what an adapter refused, and what it charged, were answers to one spec. */
function fromVersion2(snapshot: Members): Members {
  const { regions } = snapshot;
  return { ...snapshot, version: 3, regions: Array.isArray(regions) ? regions.map(regionFromVersion2) : regions };
}

function regionFromVersion2(region: unknown): unknown {
  if (typeof region !== 'object' || region === null || Array.isArray(region)) return region;
  const { refusals: _refusals, prices: _prices, traits: _traits, ...facts } = region as Members;
  return facts;
}
