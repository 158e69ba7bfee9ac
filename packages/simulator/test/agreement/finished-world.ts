import { contains, parsePrefix } from '@postern/core/internal/cidr';
import type { RouteEntry, RegionSnapshot } from '@postern/core/internal/snapshot';
import type { Finished } from './situation.js';

const isBalancer = (attachedTo = ''): boolean => attachedTo.includes(':loadbalancer/');

/** The addresses of load balancers, of one kind or of all. */
export function balancerAddresses({ interfaces }: RegionSnapshot, kind = ''): ReadonlySet<string> {
  const own = interfaces.filter(({ attachedTo = '' }) => isBalancer(attachedTo) && attachedTo.includes(kind));
  return new Set(own.flatMap(({ addresses }) => addresses));
}

/** The current addresses of resources whose addresses change: links and application load balancers. */
export function changingAddresses({ region }: Pick<Finished, 'region'>): ReadonlySet<string> {
  const links = region.interfaces.filter(({ linkId }) => linkId !== undefined).flatMap(({ addresses }) => addresses);
  return new Set([...links, ...balancerAddresses(region, ':loadbalancer/app/')]);
}

/** The addresses that calls of a target without a load balancer go to. */
export function calledAddresses({ region, target }: Finished): readonly string[] {
  const service = region.services?.find(({ id }) => id === target);
  if (service !== undefined) return service.instances?.flatMap(({ address }) => address ?? []) ?? [];
  const instance = region.instances?.find(({ id }) => id === target);
  return instance?.addresses ?? (/^[\d.]+$/.test(target) ? [target] : []);
}

/** The routes of the link's subnets that cover a called address. */
export function routesTaken(finished: Finished): readonly RouteEntry[] {
  const { region, linkId } = finished;
  const called = calledAddresses(finished);
  const subnetIds = region.links.find(({ id }) => id === linkId)?.subnetIds ?? [];
  const tables = new Set(region.subnets.filter(({ id }) => subnetIds.includes(id)).map((one) => one.routeTableId));
  return (region.routeTables ?? [])
    .filter(({ id }) => tables.has(id))
    .flatMap(({ routes = [] }) => routes)
    .filter(({ cidrBlock, prefixListId }) => {
      const list = region.prefixLists?.find(({ id }) => id === prefixListId)?.cidrBlocks ?? [];
      return [...(cidrBlock === undefined ? [] : [cidrBlock]), ...list].some((block) =>
        called.some((address) => covers(block, address)),
      );
    });
}

export function covers(block: string, address: string): boolean {
  return contains(parsePrefix(block), parsePrefix(`${address}/32`));
}

/** The target groups of the load balancer whose listener is called. */
export function calledGroups({ region, target }: Finished) {
  const balancerId = region.listeners.find(({ id }) => id === target)?.loadBalancerId ?? target;
  return (region.targetGroups ?? []).filter(({ loadBalancerIds }) => loadBalancerIds.includes(balancerId));
}

/** The blocks that rules of groups and network ACLs name. */
export function namedBlocks({ securityGroups, networkAcls = [] }: RegionSnapshot): ReadonlySet<string> {
  const rules = [...securityGroups.flatMap((one) => one.rules), ...networkAcls.flatMap(({ entries = [] }) => entries)];
  return new Set(rules.flatMap(({ cidrBlock }) => cidrBlock ?? []));
}

/** Whether a network ACL denies one of the ports that answers go to, and has further entries. */
export function deniesOnePort({ region }: Finished): boolean {
  return (region.networkAcls ?? []).some(({ entries = [] }) =>
    entries.some(({ action, fromPort, toPort }) => action === 'deny' && fromPort === toPort && fromPort >= 1024),
  );
}

/** Whether a rule or an entry names an address that its owner can lose. */
export function namesToday(finished: Finished): boolean {
  const named = namedBlocks(finished.region);
  return [...changingAddresses(finished)].some((address) => named.has(`${address}/32`));
}
