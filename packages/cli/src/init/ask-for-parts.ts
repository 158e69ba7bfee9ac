import type { RegionSnapshot } from '@postern/core';
import { displayText } from '@postern/core/report';
import { CLOUDS, gatewayOf, targetOf, type Parts } from './parts.js';

/** One of several answers. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Asks on a terminal. */
export interface Ask {
  readonly one: (question: string, choices: readonly Choice[]) => Promise<string>;
  readonly several: (question: string, choices: readonly Choice[]) => Promise<readonly string[]>;
}

/** What is left to fill in. */
const LATER: Choice = { value: '', label: 'None of these: I fill it in later' };
const NEW_LINK = 'new';

/** Asks for the parts of a first spec that options do not name, among those that exist. */
export async function askForParts(
  provider: keyof typeof CLOUDS,
  region: RegionSnapshot,
  given: Parts,
  ask: Ask,
): Promise<Parts> {
  let { link, subnets, gateway, target } = given;
  if (link === undefined && subnets === undefined) {
    const chosen = await chooseLink(region.links, CLOUDS[provider].makesLinks, ask);
    if (chosen === NEW_LINK) subnets = await chooseSubnets(region, ask);
    else link = chosen;
  }
  gateway ??= await chooseGateway(provider, region.gateways, ask);
  target ??= await chooseTarget(provider, region, ask);
  return { link, subnets, gateway, target };
}

/** Links that a spec may adopt: without a mark, and not made for one load balancer. */
async function chooseLink(links: RegionSnapshot['links'], isNew: boolean, ask: Ask): Promise<string | undefined> {
  const existing = links
    .filter(({ owner, loadBalancerIds }) => owner === undefined && loadBalancerIds === undefined)
    .map(({ id, name, state }) => ({ value: id, label: displayText(`${id} (${name}), ${state}`) }));
  if (existing.length === 0) return isNew ? NEW_LINK : undefined;
  const first = isNew ? { value: NEW_LINK, label: 'A new link' } : LATER;
  return (await ask.one('Which link carries the calls?', [first, ...existing])) || undefined;
}

async function chooseSubnets({ networks, subnets }: RegionSnapshot, ask: Ask): Promise<readonly string[] | undefined> {
  const choices = networks
    .filter(({ id }) => subnets.some(({ networkId }) => networkId === id))
    .map(({ id, name = '', cidrBlocks }) => ({
      value: id,
      label: displayText(`${id} ${name} ${cidrBlocks.join(' ')}`),
    }));
  if (choices.length === 0) return undefined;
  const network = choices.length === 1 ? choices[0]?.value : await ask.one('In which VPC?', [LATER, ...choices]);
  if (network === undefined || network === '') return undefined;
  const inside = subnets
    .filter(({ networkId }) => networkId === network)
    .map(({ id, name = '', zone, cidrBlock }) => ({
      value: id,
      label: displayText(`${id} ${name} ${zone} ${cidrBlock}`),
    }));
  const chosen = await ask.several('In which subnets? Choose two zones or more', inside);
  return chosen.length === 0 ? undefined : chosen;
}

async function chooseGateway(
  provider: keyof typeof CLOUDS,
  gateways: RegionSnapshot['gateways'],
  ask: Ask,
): Promise<string | undefined> {
  if (gateways.length === 0) return undefined;
  const choices = gateways.map(({ kind, id, name }) => ({ value: id, label: displayText(`${id} (${name}), ${kind}`) }));
  const chosen = await ask.one('Which gateway gets the routes?', [LATER, ...choices]);
  const gateway = gateways.find(({ id }) => id === chosen);
  if (gateway === undefined) return undefined;
  // `websocket-api` is `webSocketApi` in a spec.
  const key = CLOUDS[provider].gateways.find((one) => one.toLowerCase() === gateway.kind.replace('-', ''));
  return key && gatewayOf(key, gateway.id, gateway.stages[0]?.name);
}

async function chooseTarget(
  provider: keyof typeof CLOUDS,
  region: RegionSnapshot,
  ask: Ask,
): Promise<string | undefined> {
  const { listeners = [], loadBalancers = [] } = region;
  const { namesBalancers } = CLOUDS[provider];
  const choices = listeners.flatMap(({ loadBalancerId, port, protocol }) => {
    const balancer = loadBalancers.find(({ id }) => id === loadBalancerId);
    if (balancer === undefined || balancer.scheme === 'internet-facing') return [];
    const { id, name } = balancer;
    return [{ value: `${namesBalancers ? name : id}:${port}`, label: displayText(`${name}, ${protocol} ${port}`) }];
  });
  if (choices.length === 0) return undefined;
  const chosen = await ask.one('Which listener receives the calls?', [LATER, ...choices]);
  return chosen === '' ? undefined : targetOf(provider, chosen);
}
