import type { RegionSnapshot } from '@postern/core/internal/library';
import { displayText } from '@postern/core/internal/report';
import type { Cloud, Clouds, FirstParts } from '@postern/core/internal/kinds';
import { gatewayOf, startsFrom, targetOf } from './parts.js';

/** One of several answers. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Asks on a terminal. */
export interface Ask {
  readonly one: (question: string, choices: readonly Choice[]) => Promise<string>;
  /** `chosen` are those that Enter alone gives. */
  readonly several: (
    question: string,
    choices: readonly Choice[],
    chosen: readonly string[],
  ) => Promise<readonly string[]>;
}

/** What is left to fill in. */
const LATER: Choice = { value: '', label: 'None of these: I fill it in later' };
const NEW_LINK = 'new';

/** Asks for the parts of a first spec that options do not name, among those that exist. */
export async function askForParts(
  clouds: Clouds,
  cloud: Cloud,
  region: RegionSnapshot,
  given: FirstParts,
  ask: Ask,
): Promise<FirstParts> {
  let { link, subnets, gateway, target } = given;
  if (link === undefined && subnets === undefined) {
    const chosen = await chooseLink(region.links, startsFrom(cloud) === undefined, ask);
    if (chosen === NEW_LINK) subnets = await chooseSubnets(region, ask);
    else link = chosen;
  }
  gateway ??= await chooseGateway(clouds, region.gateways, ask);
  target ??= await chooseTarget(cloud, region, ask);
  const allowlist = subnets && allowlistFor(cloud, region, target);
  return { ...given, link, subnets, allowlist, gateway, target };
}

/** The blocks of the subnets of a target's load balancer, which a new link has to reach. Undefined where one was not read. */
function allowlistFor(cloud: Cloud, region: RegionSnapshot, target: string | undefined): readonly string[] | undefined {
  const chosen = listenersIn(cloud, region).find(
    ({ value }) => target !== undefined && targetOf(cloud, value) === target,
  );
  const blocks = chosen?.balancer.subnetIds.map((id) => region.subnets.find((one) => one.id === id)?.cidrBlock);
  if (blocks === undefined || blocks.length === 0) return undefined;

  return blocks.every((block) => block !== undefined) ? [...new Set(blocks)].toSorted() : undefined;
}

/** The listeners that a new spec may name, as `--target` takes them. */
function listenersIn({ backend }: Cloud, { listeners = [], loadBalancers = [] }: RegionSnapshot) {
  if (backend === undefined) return [];

  return listeners.flatMap(({ loadBalancerId, port, protocol }) => {
    const balancer = loadBalancers.find(({ id }) => id === loadBalancerId);
    if (balancer === undefined || balancer.scheme === 'internet-facing') return [];

    return [{ value: `${backend.byName === true ? balancer.name : balancer.id}:${port}`, balancer, port, protocol }];
  });
}

/** Links that a spec may adopt: without a mark, and not made for one load balancer. */
async function chooseLink(links: RegionSnapshot['links'], isNew: boolean, ask: Ask): Promise<string | undefined> {
  const existing = links
    .filter(({ owner, loadBalancerIds }) => owner === undefined && loadBalancerIds === undefined)
    .map(({ id, name, state }) => ({ value: id, label: displayText(`${id} (${name}), ${state}`) }));
  if (existing.length === 0) return isNew ? NEW_LINK : undefined;

  const choices = isNew ? [{ value: NEW_LINK, label: 'A new link' }, ...existing] : [...existing, LATER];
  return (await ask.one('Which link carries the calls?', choices)) || undefined;
}

async function chooseSubnets(region: RegionSnapshot, ask: Ask): Promise<readonly string[] | undefined> {
  const { networks, subnets } = region;
  const choices = networks
    .filter(({ id }) => subnets.some(({ networkId }) => networkId === id))
    .map(({ id, name = '', cidrBlocks }) => ({
      value: id,
      label: displayText(`${id} ${name} ${cidrBlocks.join(' ')}`),
    }));
  if (choices.length === 0) return undefined;

  const network =
    choices.length === 1 ? choices[0]?.value : await ask.one('In which VPC?', [...usedFirst(choices, region), LATER]);
  if (network === undefined || network === '') return undefined;

  const inside = subnets
    .filter(({ networkId }) => networkId === network)
    .map(({ id, name = '', zone, cidrBlock }) => ({
      value: id,
      label: displayText(`${id} ${name} ${zone} ${cidrBlock}`),
    }));
  const chosen = await ask.several(
    'In which subnets? Choose two zones or more',
    inside,
    firstOfZones(subnets.filter(({ networkId }) => networkId === network)),
  );
  return chosen.length === 0 ? undefined : chosen;
}

/** Of a list of VPCs those first that have a load balancer: the default one is empty in most accounts. */
function usedFirst(choices: readonly Choice[], { loadBalancers = [] }: RegionSnapshot): readonly Choice[] {
  const isUsed = ({ value }: Choice): boolean => loadBalancers.some(({ networkId }) => networkId === value);
  return choices.toSorted((a, b) => Number(isUsed(b)) - Number(isUsed(a)));
}

/** The first subnet of each of two zones. */
function firstOfZones(subnets: RegionSnapshot['subnets']): readonly string[] {
  const zones = new Map<string, string>();
  for (const { id, zone } of subnets) if (!zones.has(zone)) zones.set(zone, id);
  return [...zones.values()].slice(0, 2);
}

async function chooseGateway(
  clouds: Clouds,
  gateways: RegionSnapshot['gateways'],
  ask: Ask,
): Promise<string | undefined> {
  if (gateways.length === 0) return undefined;

  const choices = gateways.map(({ kind, id, name }) => ({ value: id, label: displayText(`${id} (${name}), ${kind}`) }));
  const chosen = await ask.one('Which gateway gets the routes?', [...choices, LATER]);
  const gateway = gateways.find(({ id }) => id === chosen);
  if (gateway === undefined || !clouds.hasGateway(gateway.kind)) return undefined;

  return gatewayOf(clouds, { [clouds.gateway(gateway.kind).ref]: gateway.id }, gateway.stages[0]?.name);
}

async function chooseTarget(cloud: Cloud, region: RegionSnapshot, ask: Ask): Promise<string | undefined> {
  const choices = listenersIn(cloud, region).map(({ value, balancer: { name }, protocol, port }) => ({
    value,
    label: displayText(`${name}, ${protocol} ${port}`),
  }));
  if (choices.length === 0) return undefined;

  const chosen = await ask.one('Which listener receives the calls?', [...choices, LATER]);
  return chosen === '' ? undefined : targetOf(cloud, chosen);
}
