import type { CallContext } from '@postern/core';
import type { Gaps } from '@postern/core/adapter';
import { listNetworkAcls } from '../network/network-acl.js';
import { listVpcs, listVSwitches } from '../network/network.js';
import { wholeOf, type Networks } from './network.js';
import { listPeerings } from '../network/peering.js';
import { prefixListsOf, unreadRouteLists } from '../network/prefix-list.js';
import { listRouteTables } from '../network/route-table.js';
import { listSecurityGroups } from '../network/security-group.js';
import { readServiceRoles } from '../link/service-role.js';
import type { Session } from '../client/session.js';
import { readZones } from '../network/zones.js';

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
