import type { CallContext } from '@postern/core';
import { PROJECT_TAG, type Allowlist, type Gaps, type Scope } from '@postern/core/adapter';
import { toAllowlist } from '../link/connect-blocks.js';
import { getInstance, listInstances, type InstanceOutput } from '../link/instance.js';
import { eachOf } from '../client/call-params.js';
import type { Session } from '../client/session.js';
import { listNetworkAcls, listPeerings } from '../network/network-acl.js';
import { listVpcs, listVSwitches, readZones, prefixListsOf, unreadRouteLists } from '../network/network.js';
import { wholeOf, type Networks } from './network.js';
import { listRouteTables } from '../network/route-table.js';
import { listSecurityGroups } from '../network/security-group.js';
import { readServiceRoles } from '../link/dependents.js';

/** Gateway instances, and whether these are all that there are. */
export interface ObservedInstances {
  readonly instances: readonly InstanceOutput[];
  readonly complete: boolean;
}

/** Where none were asked for. */
export const NO_INSTANCES: ObservedInstances = { instances: [], complete: true };

/**
 * The list has no second page. Missing instances are looked up by the project's tag and by the ids of the
 * scope.
 */
export async function readInstances(
  session: Session,
  scope: Scope,
  gaps: Gaps,
  ctx: CallContext,
): Promise<ObservedInstances> {
  const { instances, complete } = await listInstances(session, ctx);
  if (complete) return { instances, complete };
  const found = new Map(instances.map((one) => [one.InstanceId ?? '', one] as const));
  const own =
    scope.project === undefined ? undefined : await listInstances(session, ctx, { [PROJECT_TAG]: scope.project });
  for (const one of own?.instances ?? []) found.set(one.InstanceId ?? '', one);
  const ids = (scope.links ?? []).flatMap((by) => (typeof by === 'string' && !found.has(by) ? [by] : []));
  for (const one of await eachOf(ids, (id) => getInstance(session, id, ctx))) {
    if (one !== undefined) found.set(one.InstanceId ?? '', one);
  }
  const byLook = (scope.links ?? []).some((by) => typeof by !== 'string');
  if (scope.all || byLook || own?.complete === false) {
    const what = 'API Gateway instances beyond the tenth: the service lists at most ten';
    gaps.list.push({ what, operation: 'DescribeInstances', code: 'INCOMPLETE_LIST', of: 'links' });
  }
  return { instances: [...found.values()], complete: false };
}

/** What an instance may reach; a text that cannot be read is a gap. */
export function allowlistOf(instance: InstanceOutput, gaps: Gaps): readonly Allowlist[] {
  try {
    return [toAllowlist(instance)];
  } catch {
    const what = `accessible blocks of ${instance.InstanceId}`;
    gaps.list.push({ what, operation: 'DescribeInstances', code: 'BAD_RESPONSE', of: 'allowlists' });
    return [];
  }
}

/**
 * Reads everything of the region's networks that checks need, in parallel: whole lists, page by page. Each
 * security group needs a call for its rules, each route table for its entries, and each prefix list that a
 * rule names. Interfaces are read separately, since egress is derived from them, too.
 */
export async function observeRegion(session: Session, gaps: Gaps, ctx: CallContext): Promise<Networks> {
  const grouped = async () => {
    // The rules show which prefix lists are in use.
    const wanted = { what: 'security groups', of: ['securityGroups', 'prefixLists'] } as const;
    const groups = await gaps.attempt(wanted, () => listSecurityGroups(session, gaps, ctx));
    if (groups === undefined) return { groups, prefixLists: undefined };
    const prefixLists = await gaps.attempt({ what: 'prefix lists in use', of: 'prefixLists' }, () =>
      prefixListsOf(session, groups, ctx),
    );
    return { groups, prefixLists };
  };
  const [networks, subnets, { groups: securityGroups, prefixLists }, routeTables, networkAcls, peerings, zones, roles] =
    await Promise.all([
      gaps.attempt({ what: 'VPCs', of: 'networks' }, () => listVpcs(session, ctx)),
      gaps.attempt({ what: 'vSwitches', of: 'subnets' }, () => listVSwitches(session, ctx)),
      grouped(),
      gaps.attempt({ what: 'route tables', of: 'routeTables' }, () => listRouteTables(session, ctx, gaps)),
      gaps.attempt({ what: 'network ACLs', of: 'networkAcls' }, () => listNetworkAcls(session, gaps, ctx)),
      gaps.attempt({ what: 'VPC peerings', of: 'peerings' }, () => listPeerings(session, ctx)),
      readZones(session, gaps, ctx),
      gaps.attempt({ what: 'service-linked role', of: 'serviceRoles' }, () => readServiceRoles(session, ctx)),
    ]);
  unreadRouteLists(routeTables ?? [], gaps);
  const lists = { networks, subnets, securityGroups, routeTables, networkAcls, prefixLists, peerings, zones };
  return {
    networks: networks ?? [],
    subnets: subnets ?? [],
    securityGroups: securityGroups ?? [],
    routeTables,
    networkAcls,
    prefixLists,
    peerings,
    zones,
    serviceRoles: roles,
    whole: wholeOf(lists),
  };
}
