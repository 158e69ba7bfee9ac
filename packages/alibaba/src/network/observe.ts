import type { CallContext, Link, RegionSnapshot, SnapshotList, LookUp } from '@postern/core/internal/library';
import { type Gaps, type Scope, unlessGone, type ServiceRole } from '@postern/core/internal/adapter';
import { listVpcs, listVSwitches, zonesOfGateways, readZones, prefixListsOf, unreadRouteLists } from './network.js';
import { listRouteTables, listPeerings } from './route-table.js';
import { listNetworkAcls, listSecurityGroups, type ListedGroup } from './security-group.js';
import type { Session } from '../client/session.js';

/** The lists of a snapshot that VPC and ECS fill. */
export interface Networks extends Pick<
  RegionSnapshot,
  | 'networks'
  | 'subnets'
  | 'securityGroups'
  | 'routeTables'
  | 'networkAcls'
  | 'prefixLists'
  | 'peerings'
  | 'zones'
  | 'serviceRoles'
> {
  readonly whole: readonly SnapshotList[];
}

/**
 * Reads VPCs, vSwitches, security groups and routes: all of them, or those of the scope and of its links. vSwitches, groups
 * and route tables are read as lists of the region, which checks read as well. Rules and entries are read of those alone.
 */
export async function observeNetworks(
  session: Session,
  scope: Scope,
  links: readonly Link[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<Networks> {
  const all = scope.all === true;
  const named = (scope.links?.length ?? 0) > 0 || (scope.declared?.length ?? 0) > 0;
  const groupIds = named ? links.flatMap((one) => one.securityGroupIds) : [];
  const every = (lookUps: readonly LookUp[] | undefined): boolean =>
    all || (lookUps ?? []).some((one) => typeof one !== 'string');
  const subnetIds = [...ids(scope.subnets), ...(named ? links.flatMap((one) => one.subnetIds) : [])];
  const [subnets, securityGroups, networks, zones, networkAcls] = await Promise.all([
    gaps.attempt({ what: 'vSwitches', of: 'subnets' }, async () => {
      if (every(scope.subnets)) return listVSwitches(session, ctx);
      if (subnetIds.length === 0) return [];

      return (await listVSwitches(session, ctx)).filter(({ id }) => subnetIds.includes(id));
    }),
    gaps.attempt({ what: 'security groups', of: 'securityGroups' }, async () => {
      if (all) return listSecurityGroups(session, gaps, ctx);

      const lookUps: readonly LookUp[] = [...groupIds, ...(scope.securityGroups ?? [])];
      return lookUps.length === 0
        ? []
        : listSecurityGroups(session, gaps, ctx, (group) => lookUps.some((by) => fits(group, by)));
    }),
    all || named ? gaps.attempt({ what: 'VPCs', of: 'networks' }, () => listVpcs(session, ctx)) : [],
    lacks(scope, links)
      ? gaps.attempt({ what: 'zones of API Gateway', of: 'zones' }, () => zonesOfGateways(session, ctx))
      : undefined,
    all
      ? gaps.attempt({ what: 'network ACLs', of: 'networkAcls' }, () => listNetworkAcls(session, gaps, ctx))
      : undefined,
  ]);
  const near = new Set([
    ...(subnets ?? []).filter(({ id }) => subnetIds.includes(id)).map(({ networkId }) => networkId),
    ...(named ? links.flatMap(({ networkId }) => networkId ?? []) : []),
  ]);
  const routeTables =
    all || near.size > 0
      ? await gaps.attempt({ what: 'route tables', of: 'routeTables' }, () =>
          listRouteTables(session, ctx, gaps, all ? undefined : [...near]),
        )
      : undefined;
  const lists = { networks, subnets, securityGroups, routeTables, networkAcls };
  return {
    networks: networks ?? [],
    subnets: subnets ?? [],
    securityGroups: securityGroups ?? [],
    routeTables,
    networkAcls,
    zones,
    whole: all ? wholeOf(lists) : [],
  };
}

/** The lists that were requested whole and were read. */
function wholeOf(lists: { readonly [L in SnapshotList]?: unknown }): readonly SnapshotList[] {
  return Object.entries(lists).flatMap(([list, items]) => (items === undefined ? [] : [list as SnapshotList]));
}

/** Whether a link is declared that is not there. */
function lacks({ declared = [], project }: Scope, links: readonly Link[]): boolean {
  const ours = links.flatMap(({ owner }) => (owner?.project === project ? (owner?.integration ?? []) : []));
  return declared.some((name) => !ours.includes(name));
}

function ids(lookUps: readonly LookUp[] | undefined): readonly string[] {
  return (lookUps ?? []).flatMap((one) => (typeof one === 'string' ? [one] : []));
}

function fits({ id, name, tags }: ListedGroup, by: LookUp): boolean {
  if (typeof by === 'string') return id === by;

  return 'name' in by ? name === by.name : Object.entries(by.tag).every(([key, value]) => tags[key] === value);
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

/**
 * The role that allows API Gateway to create interfaces in a VPC of the user's. The first purchase creates
 * it, which needs `ram:CreateServiceLinkedRole`.
 * @see https://help.aliyun.com/document_detail/601867.html
 */
const CONNECT_ROLE = 'AliyunServiceRoleForApiGatewayConnectUserVpc';

/** Whether the role of VPC integration instances exists. */
async function readServiceRoles(session: Session, ctx: CallContext): Promise<readonly ServiceRole[]> {
  const found = await unlessGone(session.call(ctx, 'Ram', 'GetRole', { RoleName: CONNECT_ROLE }));
  return [{ name: CONNECT_ROLE, exists: found !== undefined }];
}
