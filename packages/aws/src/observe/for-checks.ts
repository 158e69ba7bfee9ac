import type { CallContext, RegionSnapshot } from '@postern/core/internal/library';
import { NETWORK_LISTS, wholeLists, type Gaps, type Scope } from '@postern/core/internal/adapter';
import type { SecurityGroup, SnapshotList, Subnet } from '@postern/core/internal/snapshot';
import { observeInterfaces } from './egress.js';
import { observeNetworkAcls } from '../networks/observe/network-acls.js';
import { observeEndpoints } from '../networks/observe/endpoints.js';
import { observePeerings } from '../networks/observe/transit.js';
import { observePrefixLists, prefixListsOf, observeRouteTables } from '../networks/observe/route-tables.js';
import { observeTransitGateways } from '../networks/observe/transit-gateways.js';
import { observeVirtualGateways } from '../networks/observe/virtual-gateways.js';
import { observeZones } from '../networks/observe/network.js';
import { observeQuotas } from './quotas.js';
import type { Session } from '../client/session.js';

/**
 * The parts of the network that checks read in addition to those of plans. `undefined` for a part that was
 * not requested, or is a gap.
 */
export interface ObservedNetwork extends Pick<
  RegionSnapshot,
  | 'routeTables'
  | 'networkAcls'
  | 'prefixLists'
  | 'peerings'
  | 'transitGateways'
  | 'virtualGateways'
  | 'endpoints'
  | 'endpointServices'
  | 'zones'
  | 'quotas'
> {
  /** Whole, as EC2 answered it. */
  readonly interfaces: Awaited<ReturnType<typeof observeInterfaces>>;
  /** A subnet with the table and the ACL that hold for it. */
  readonly place: (subnet: Subnet) => Subnet;
}

/** Reads the network's lists, whole and side by side; prefix lists once it is known which of them are in use. */
export async function observeNetwork(
  session: Session,
  account: string,
  isAll: boolean,
  groups: Promise<readonly SecurityGroup[] | undefined>,
  gaps: Gaps,
  ctx: CallContext,
): Promise<ObservedNetwork> {
  const tables = observeRouteTables(session, gaps, ctx);
  const prefixLists = Promise.all([groups, tables]).then(([known, read]) =>
    observePrefixLists(session, prefixListsOf(known ?? [], read?.routeTables ?? []), gaps, ctx),
  );
  const listed = observeInterfaces(session, gaps, ctx);
  const [routing, acls, lists, peerings, transitGateways, virtualGateways, zones, interfaces, quotas, endpoints] =
    await Promise.all([
      tables,
      observeNetworkAcls(session, gaps, ctx),
      prefixLists,
      observePeerings(session, gaps, ctx),
      observeTransitGateways(session, account, gaps, ctx),
      observeVirtualGateways(session, gaps, ctx),
      observeZones(session, gaps, ctx),
      listed,
      observeQuotas(session, gaps, ctx),
      observeEndpoints(session, listed, isAll, gaps, ctx),
    ]);
  return {
    routeTables: routing?.routeTables,
    networkAcls: acls?.networkAcls,
    prefixLists: lists,
    peerings,
    transitGateways,
    virtualGateways,
    ...endpoints,
    zones,
    interfaces,
    quotas,
    place: (subnet) => ({
      ...subnet,
      routeTableId: routing?.tableOf(subnet),
      networkAclId: acls?.aclOf(subnet.id),
    }),
  };
}

/** The lists that a plan reads whole where everything is requested. */
const WHOLE_OF_PLANS: readonly SnapshotList[] = ['links', 'networks', 'subnets', 'securityGroups'];

const WHOLE_OF_ALL: readonly SnapshotList[] = [
  'loadBalancers',
  'listeners',
  'targetGroups',
  'certificates',
  'services',
  'registrars',
];

/** The complete lists: those that were read, and not refused. */
export function wholeOf(
  { all = false, checks = false }: Pick<Scope, 'all' | 'checks'>,
  gaps: Gaps,
): readonly SnapshotList[] {
  // Prefix lists are those in use.
  const ofChecks = NETWORK_LISTS.filter((list) => list !== 'prefixLists');
  return wholeLists(checks ? [...ofChecks, ...(all ? WHOLE_OF_ALL : [])] : all ? WHOLE_OF_PLANS : [], gaps);
}
