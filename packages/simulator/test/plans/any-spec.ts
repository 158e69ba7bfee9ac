import type { LinkSpec, RegionSnapshot, Spec, TargetRef, TargetSpec, LookUp } from '@postern/core/internal/library';
import type { Random } from '../agreement/random.js';

/** Another spec for the same account: its link, its target and its gateway, each of which exists or does not exist. */
export function anySpec(random: Random, region: RegionSnapshot, { links, integrations, ...rest }: Spec): Spec {
  const [name = 'eu'] = Object.keys(links);
  const [link] = Object.values(links);
  const main = integrations['main'];
  if (link === undefined || main === undefined) throw new Error('the spec has no integration');
  const isAws = region.provider === 'aws';
  const gateway = random.chance(0.1) ? (isAws ? { httpApi: 'gone' } : { apiGroup: 'gone' }) : main.gateway;
  const target: TargetSpec = random.chance(0.2)
    ? (main.targets[Object.keys(main.targets)[0] ?? ''] ?? { ref: otherRef(random, region) })
    : { ref: otherRef(random, region), ...(random.chance(0.2) ? { tls: { serverName: 'orders.internal' } } : {}) };
  return {
    ...rest,
    links: { [name]: otherLink(random, region, link, networkOf(region, target.ref)) },
    integrations: { main: { link: name, gateway, targets: { one: target }, routes: { 'GET /other': 'one' } } },
  };
}

/** The network of a target, if the target exists. */
function networkOf(region: RegionSnapshot, { instance, listener: byArn }: TargetRef): string | undefined {
  const named = instance ?? byArn;
  const listener = region.listeners.find(({ id }) => id === named);
  const id = listener?.loadBalancerId ?? named;
  return [...region.loadBalancers, ...(region.instances ?? [])].find((one) => one.id === id)?.networkId;
}

function otherLink(random: Random, region: RegionSnapshot, link: LinkSpec, likely: string | undefined): LinkSpec {
  const { provider, region: place, account, id } = link;
  const base = { provider, region: place, account, tags: {}, ...allowlist(random) };
  if (id !== undefined && random.chance(0.2)) return { ...base, id: random.chance(0.2) ? 'gone' : id };
  if (random.chance(0.1))
    return { ...base, allowlist: undefined, owner: 'external', name: random.pick(['gone', 'eu']) };
  const network = likely !== undefined && random.chance(0.9) ? likely : random.pick(region.networks).id;
  const near = <T extends { readonly networkId: string }>(list: readonly T[]): readonly T[] => {
    const own = list.filter(({ networkId }) => networkId === network);
    return own.length > 0 && random.chance(0.9) ? own : list;
  };
  const subnets = random.some(near(region.subnets), 3).map((one) => named(random, one, 'subnet-gone'));
  const groups =
    region.securityGroups.length > 0 && random.chance(0.9) ? random.some(near(region.securityGroups), 2) : [];
  return {
    ...base,
    subnets,
    securityGroups: groups.map((one) => named(random, one, 'sg-gone')),
    ...(provider === 'alibaba' && random.chance(0.3) ? { native: { instanceCidr: random.pick(BLOCKS) } } : {}),
  };
}

const BLOCKS = ['192.168.0.0/16', '172.16.0.0/12', '10.0.0.0/8'];

function allowlist(random: Random): { readonly allowlist?: readonly string[] } {
  if (random.chance(0.6)) return {};
  return {
    allowlist: random.some(['10.0.0.0/16', '10.0.1.0/24', '100.64.0.0/10', '192.168.1.0/24', '10.9.0.0/16'], 2),
  };
}

function named(
  random: Random,
  { id, name }: { readonly id: string; readonly name?: string | undefined },
  gone: string,
): LookUp {
  if (random.chance(0.05)) return gone;
  return name !== undefined && name !== '' && random.chance(0.2) ? { name } : id;
}

function otherRef(random: Random, region: RegionSnapshot): TargetRef {
  if (region.provider === 'alibaba') {
    const ids = [...(region.instances ?? []), ...region.loadBalancers].map(({ id }) => id);
    const { address, instance } = { address: '10.0.3.3', instance: ids.length === 0 ? 'i-gone' : random.pick(ids) };
    const port = random.pick([80, 443, 8080]);
    return random.chance(0.2) ? { address, port } : { instance: random.chance(0.1) ? 'vsw-1' : instance, port };
  }
  const { account, loadBalancers, listeners, services = [], targets } = region;
  const gone = `arn:aws:servicediscovery:${region.region}:${account}:service/srv-gone`;
  if (random.chance(0.1)) return { service: gone };
  if (loadBalancers.length > 0 && random.chance(0.2)) return { listener: random.pick(loadBalancers).id };
  if (loadBalancers.length > 0 && random.chance(0.2)) {
    return { listener: { loadBalancer: random.pick(loadBalancers).name, port: random.pick([80, 443]) } };
  }
  const there = [
    ...listeners.map(({ id }): TargetRef => ({ listener: id })),
    ...services.map(({ id }): TargetRef => ({ service: id })),
    ...targets.flatMap(({ kind, id }): readonly TargetRef[] => (kind === 'service' ? [{ service: id }] : [])),
  ];
  return there.length === 0 ? { service: gone } : random.pick(there);
}
