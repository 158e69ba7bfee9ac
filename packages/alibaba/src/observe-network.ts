import type { CallContext, Json, Link, LookUp, Network, Scope, SecurityGroup, Subnet, Gaps } from '@postern/core';
import { listNetworkAcls, listRouteTables, listVpcs, listVSwitches, vSwitchesById } from './network.js';
import { plain } from './plain.js';
import { listSecurityGroups } from './security-group.js';
import type { Session } from './session.js';
import { listZones } from './zones.js';

/** The networks that a scope speaks of, and what of them only this cloud has. */
export interface Networks {
  readonly networks: readonly Network[];
  readonly subnets: readonly Subnet[];
  readonly securityGroups: readonly SecurityGroup[];
  readonly native: { readonly [name: string]: Json };
}

/** Reads VPCs, vSwitches, security groups and routes: all of them, or those of the scope and of its links. */
export async function observeNetworks(
  session: Session,
  scope: Scope,
  links: readonly Link[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<Networks> {
  const all = scope.all === true;
  const named = (scope.links?.length ?? 0) > 0 || (scope.declared?.length ?? 0) > 0;
  const groupIds = [...ids(scope.securityGroups), ...(named ? links.flatMap((one) => one.securityGroupIds) : [])];
  const every = (lookUps: readonly LookUp[] | undefined): boolean =>
    all || (lookUps ?? []).some((one) => typeof one !== 'string');
  const subnetIds = [...ids(scope.subnets), ...(named ? links.flatMap((one) => one.subnetIds) : [])];
  const [subnets, securityGroups, networks, zones, acls] = await Promise.all([
    gaps.attempt({ what: 'vSwitches', of: 'subnets' }, () =>
      every(scope.subnets) ? listVSwitches(session, ctx) : vSwitchesById(session, ctx, subnetIds),
    ),
    gaps.attempt({ what: 'security groups', of: 'securityGroups' }, () =>
      listSecurityGroups(session, ctx, every(scope.securityGroups) ? undefined : [...new Set(groupIds)]),
    ),
    all || named ? gaps.attempt({ what: 'VPCs', of: 'networks' }, () => listVpcs(session, ctx)) : [],
    lacks(scope, links)
      ? gaps.attempt({ what: 'zones of API Gateway', of: 'networks' }, () => listZones(session, ctx))
      : [],
    all ? gaps.attempt({ what: 'network ACLs', of: 'networks' }, () => listNetworkAcls(session, ctx)) : [],
  ]);
  const near = new Set([
    ...(subnets ?? []).filter(({ id }) => subnetIds.includes(id)).map(({ networkId }) => networkId),
    ...(named ? links.flatMap(({ networkId }) => networkId ?? []) : []),
  ]);
  const tables =
    all || near.size > 0
      ? await gaps.attempt({ what: 'route tables', of: 'networks' }, () =>
          listRouteTables(session, ctx, all ? undefined : [...near]),
        )
      : [];
  return {
    networks: networks ?? [],
    subnets: subnets ?? [],
    securityGroups: securityGroups ?? [],
    native: {
      ...(zones === undefined || zones.length === 0 ? {} : { zones: [...zones] }),
      // An empty list would say that there are no routes; a list that was not read is left out.
      ...(tables === undefined || (!all && near.size === 0) ? {} : { routeTables: plain(tables) as Json }),
      ...(all && acls !== undefined ? { networkAcls: plain(acls) as Json } : {}),
    },
  };
}

/** Whether a link is declared that is not there. */
function lacks({ declared = [], project }: Scope, links: readonly Link[]): boolean {
  const ours = links.flatMap(({ owner }) => (owner?.project === project ? (owner?.integration ?? []) : []));
  return declared.some((name) => !ours.includes(name));
}

function ids(lookUps: readonly LookUp[] | undefined): readonly string[] {
  return (lookUps ?? []).flatMap((one) => (typeof one === 'string' ? [one] : []));
}
