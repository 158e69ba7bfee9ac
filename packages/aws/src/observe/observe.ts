import type { CallContext, Gap, Link, RegionSnapshot } from '@postern/core/internal/library';
import { defined, awaitedLater, observing, toAllowlist, type Gaps, type Scope } from '@postern/core/internal/adapter';
import type { SecurityGroup } from '@postern/core/internal/snapshot';
import { observeBackends, toBackendLists, type ObservedBackends } from '../load-balancing/observe/backends.js';
import { observeCustomDomains } from './custom-domains.js';
import { egressOf, observeEgress, toInterfaces } from './egress.js';
import { observeNetwork, wholeOf, type ObservedNetwork } from './for-checks.js';
import { otherGateways, targetIdsOf } from './gateways.js';
import { observeLinks, placedLinks } from './links.js';
import { observeNetworks, observeSubnets, observeSecurityGroups } from '../networks/observe/network.js';
import { observeRoutes } from './routes.js';
import { withInstances } from '../load-balancing/observe/services.js';
import { readQuotas } from './quotas.js';
import { documentedBalancers } from '../load-balancing/load-balancer.js';
import { sourceAddressesIn } from '../vpc-links/door/egress.js';
import type { Session } from '../client/session.js';
import type { GatewayReader } from '../gateways/gateway-reader.js';
import { observeFlows, zoneFinder } from '../networks/subnet.js';

/**
 * Reads what `scope` requests, gateways by the readers of their products, by list calls only, in parallel where one does not need the other. A list
 * that the credentials do not allow, that is cut short or that stayed throttled is a gap. Only a failure to
 * list the links is an error.
 * @throws {CloudError} `INCOMPLETE_LIST`, `RESPONSE_TOO_LARGE`, ….
 */
export async function observe(
  session: Session,
  readers: readonly GatewayReader[],
  scope: Scope,
  caller: CallContext,
): Promise<RegionSnapshot> {
  const account = await session.account(caller);
  const { gaps, ctx } = observing(caller);
  const checks = scope.checks === true;
  const whole = scope.all === true || checks;

  const bare = observeLinks(session, scope, gaps, caller);
  const reading = observeRoutes(session, readers, scope, bare, account, gaps, ctx);
  const grouping = observeSecurityGroups(session, scope, bare, gaps, ctx);
  const mapping =
    checks || scope.domains === true
      ? reading.then(({ gateways }) =>
          gateways.length > 0 || scope.all === true ? observeCustomDomains(session, gaps, ctx) : undefined,
        )
      : Promise.resolve(undefined);
  // An error elsewhere may end this function before it is awaited.
  void awaitedLater(mapping);
  const [unplaced, { gateways, others, found }, subnets, groups, networks, network, backends, customDomains] =
    await Promise.all([
      bare,
      reading,
      observeSubnets(session, scope, { links: bare, groups: grouping }, gaps, ctx),
      grouping,
      whole || (scope.networks ?? []).length > 0 ? observeNetworks(session, checks, gaps, ctx) : [],
      checks
        ? observeNetwork(session, account, scope.all === true, grouping, gaps, { ...ctx, forChecksOnly: true })
        : undefined,
      checks ? reading.then((one) => observeBackends(session, scope, one.found, mapping, gaps, ctx)) : undefined,
      mapping,
    ]);
  const links = placedLinks(unplaced, subnets, groups ?? [], found.loadBalancers);

  const plain = {
    provider: 'aws',
    region: session.region,
    account,
    links,
    gateways,
    targets: found.targets,
    allowlists: groups === undefined ? [] : links.flatMap((link) => allowlistOf(link, groups)),
    networks,
    subnets,
    securityGroups: groups ?? [],
    ...defined({ customDomains }),
    ...(others === undefined || others.length === 0
      ? await otherGateways(session, readers, scope, gateways, gaps, ctx)
      : { otherGateways: others }),
  };
  if (network !== undefined && backends !== undefined) {
    const read = withNetwork(session, plain, network, backends, gaps);
    const { interfaces } = read;
    const flows = scope.flowLogs === true ? await observeFlows(session, links, interfaces, gaps, ctx) : undefined;
    const seen = flows && interfaces.map((one) => ({ ...one, flows: flows.get(one.id) }));
    return { ...plain, ...read, interfaces: seen ?? interfaces, ...closing(scope, gaps) };
  }

  const [egress, quotas, services] = await Promise.all([
    (scope.egress ?? scope.all) === true ? observeEgress(session, plain, gaps, ctx) : { egress: [], interfaces: [] },
    mayCreate(scope, links) ? readQuotas(session, links, { ...ctx, forChecksOnly: true }) : undefined,
    // Allowlists need the ports that instances are called on.
    scope.uses === true ? undefined : withInstances(session, found.services ?? [], { health: false }, gaps, ctx),
  ]);
  return {
    ...plain,
    loadBalancers: documentedBalancers(found.loadBalancers, gaps),
    listeners: found.listeners,
    ...egress,
    ...defined({ quotas }),
    ...(services === undefined || services.length === 0 ? {} : { services }),
    ...closing(scope, gaps),
  };
}

/** Whether a link is declared that does not exist, or may be replaced: then both exist for some time. */
function mayCreate({ declared = [], subnets, project }: Scope, links: readonly Link[]): boolean {
  const own = links.flatMap(({ owner }) => (owner !== undefined && owner.project === project ? owner.integration : []));
  return declared.length > 0 && (subnets !== undefined || declared.some((name) => !own.includes(name)));
}

type Plain = Pick<RegionSnapshot, 'links' | 'gateways' | 'subnets'>;

/**
 * The data for checks, combined: subnets with their tables, backends with the ids of zones, interfaces with
 * their owners.
 */
function withNetwork(
  session: Session,
  { links, gateways, subnets }: Plain,
  { place, interfaces: outputs, ...lists }: ObservedNetwork,
  backends: ObservedBackends,
  gaps: Gaps,
) {
  const interfaces = toInterfaces(session, outputs ?? [], links);
  const read = toBackendLists(backends, zoneFinder(lists.zones, subnets, interfaces), gaps);
  const rows = sourceAddressesIn(targetIdsOf(gateways), read.listeners, read.targetGroups);
  return {
    ...lists,
    ...read,
    subnets: subnets.map(place),
    interfaces,
    egress: outputs === undefined ? [] : egressOf(session, links, subnets, gateways, outputs, rows),
  };
}

/** The parts that are known when everything is read. Gaps are always in the same order, whichever call ended first. */
function closing(scope: Scope, gaps: Gaps): Pick<RegionSnapshot, 'gaps' | 'whole'> {
  const key = ({ of, id = '', what, operation }: Gap) => [of ?? '', id, what, operation].join('\n');
  return {
    gaps: gaps.list.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)),
    ...(scope.checks === true || scope.all === true ? { whole: wholeOf(scope, gaps) } : {}),
  };
}

/** If one of a V2 link's groups is missing, it cannot be determined what the link may reach. */
function allowlistOf(link: Link, groups: readonly SecurityGroup[]) {
  if (link.kind !== 'vpc-link-v2') return [];

  const own = groups.filter(({ id }) => link.securityGroupIds.includes(id));
  return own.length === link.securityGroupIds.length ? [toAllowlist(link.id, link.owner, own)] : [];
}
