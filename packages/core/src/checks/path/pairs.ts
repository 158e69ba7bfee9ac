import type { CheckInput, IntegrationView, LinkView, RegionIndex, TargetView } from '../check.js';
import { destinationsOf, destinationsOfRef } from './destinations.js';
import type { ReturnPaths } from './return-path.js';
import type { Caller } from './sources.js';
import type { Walk } from './taken.js';
import { walksTo } from './walk.js';
import { createWorld, type World } from './world.js';

/** A link and one of the targets that the spec leads through it. */
export interface Pair {
  readonly integration: IntegrationView;
  readonly target: TargetView;
}

/** Every pair of a link and a target that the spec declares. */
export function* pairsOf({ integrations }: CheckInput): Generator<Pair> {
  for (const integration of integrations) {
    for (const target of integration.targets) yield { integration, target };
  }
}

/**
 * The walks of a pair: from each place that the link's calls come from to each address and port of the target. None where the
 * spec's names could not be answered, of which other checks tell.
 */
export function walksOf(input: CheckInput, { integration, target }: Pair): readonly Walk[] {
  const { link } = integration;
  const isNamed =
    target.target !== undefined || (target.unresolved === undefined && link.unresolved?.verdict !== 'fail');
  if (!isNamed || (link.link === undefined && link.subnetIds.length === 0)) return [];
  const world = worldOf(input, link.region);
  const destinations =
    target.target === undefined ? destinationsOfRef(world, target.spec.ref) : destinationsOf(world, target.target);
  return walksTo({ world, caller: callerOf(link), spec: link.spec, returns: returnsOf(input) }, destinations);
}

function callerOf({ name, link, subnetIds, securityGroupIds, networkId }: LinkView): Caller {
  return { name, link, subnetIds, securityGroupIds, networkId };
}

const worlds = new WeakMap<RegionIndex, World>();

/** The region of a link as walks see it, read once. */
export function worldOf(input: CheckInput, index: RegionIndex): World {
  const known = worlds.get(index);
  if (known !== undefined) return known;
  const { provider, region, account } = index.region;
  const made = createWorld(index, (place) => {
    const far = input.regionOf({ provider, region: place.region ?? region, account: place.account ?? account });
    return far === undefined ? undefined : worldOf(input, far);
  });
  worlds.set(index, made);
  return made;
}

function returnsOf({ spec, assumed }: CheckInput): ReturnPaths {
  const blocks = spec.assume?.returnPaths ?? [];
  return {
    blocks,
    assumed: (index) =>
      assumed(`assume.returnPaths[${index}]`, `answers from ${blocks[index] ?? ''} find their way back`),
  };
}
