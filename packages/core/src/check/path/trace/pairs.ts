import { madeIn, madeOnce } from '../../../do/world/derived.js';
import { calledTargetReasons } from '../reasons/load-balancer.js';
import type { SecurityGroup, SecurityGroupRule } from '../../../do/model/network.js';
import { isNew, standsInSubnets, unreadOf, allowlistOf } from '../../../do/world/link-facts.js';
import { portRanges } from '../../../do/allowlist/allow-entries.js';
import { calledPorts } from '../../../do/allowlist/needed-blocks.js';
import { callsOf, type Call } from '../listener-rules/calls.js';
import type {
  CheckInput,
  IntegrationView,
  LinkView,
  RegionIndex,
  TargetView,
  Unresolved,
} from '../../../do/world/views.js';
import { linkOwner } from '../../../do/world/resolve/link-identity.js';
import { RULE_HOP } from '../balancers/listener-rules.js';
import { destinationsOf, destinationsOfRef, type Destinations } from '../balancers/destinations.js';
import { narrowedGroup } from '../groups/kept-group.js';
import type { KeptGroup } from '../model/group-set.js';
import type { ReturnPaths } from '../routes/return-path.js';
import type { Caller } from '../sources/caller.js';
import { unsureStep, type PathStep, type PathTrace } from '../model/step.js';
import { tracesTo } from './trace.js';
import { createWorld } from '../create-world.js';
import type { World } from '../model/world.js';

/** A link and one of the targets that the spec declares for it. */
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

/** The input of a pair's traces; undefined where names of the spec could not be resolved, which other checks report. */
interface Asked {
  readonly world: World;
  readonly caller: Caller;
  readonly destinations: Destinations;
}

function askedBy(input: CheckInput, { integration, target }: Pair): Asked | undefined {
  const { link } = integration;
  const isNamed =
    target.target !== undefined ||
    target.unresolved?.verdict === 'unknown' ||
    (target.unresolved === undefined && link.unresolved?.verdict !== 'fail');
  const origin = standsInSubnets(link) ? link.subnetIds : (link.loadBalancerIds ?? []);
  if (!isNamed || (link.link === undefined && origin.length === 0)) return undefined;

  const world = worldOf(input, link.region);
  return { world, caller: callerOf(input, link), destinations: destinationsOfTarget(world, target) };
}

function destinationsOfTarget(world: World, { name, target, spec, unresolved }: TargetView): Destinations {
  if (target !== undefined) return destinationsOf(world, target);

  return unresolved === undefined
    ? destinationsOfRef(world, spec.ref)
    : { ends: [], trouble: [unread(name, unresolved)] };
}

/** The target cannot be determined, and so neither can the path of calls to it. */
function unread(name: string, { code, path, message, missing, remedy }: Unresolved): PathStep {
  return unsureStep('path/route', 'target', () => ({
    kind: 'target',
    id: name,
    text: `not known: ${message}`,
    ...calledTargetReasons.TARGET_NOT_KNOWN({ error: code, path, missing, message, remedy }),
  }));
}

/**
 * The traces of a pair: from each source of the link's calls to each address and port of the target. For calls of all the target's
 * routes, unless others are given.
 */
export function tracesOf(input: CheckInput, pair: Pair, calls?: readonly Call[]): readonly PathTrace[] {
  const asked = askedBy(input, pair);
  if (asked === undefined) return [];

  const { world, caller, destinations } = asked;
  const { integration, target } = pair;
  const { spec } = integration.link;
  const { throughout, assumed } = input;
  return tracesTo(
    {
      world,
      caller,
      spec,
      calls: calls ?? callsOf(integration, target),
      returns: returnsOf(input),
      assumed,
      throughout,
    },
    destinations,
  );
}

/** The traces of a pair; those of each of its routes, where rules of a listener divide the calls and not all of them pass. */
export function tracesByRoute(input: CheckInput, pair: Pair): readonly PathTrace[] {
  const all = tracesOf(input, pair);
  const { routeKeys } = pair.target;
  const isDivided = all.some(({ taken }) => taken.some(({ step }) => step.hop === RULE_HOP));
  if (routeKeys.length < 2 || !isDivided || all.every(({ verdict }) => verdict === 'pass')) return all;

  const calls = callsOf(pair.integration, pair.target);
  return routeKeys.flatMap((route) => {
    const own = calls.filter((call) => call.route === route);
    return tracesOf(input, pair, own).map((trace) => ({ ...trace, route }));
  });
}

function callerOf(input: CheckInput, view: LinkView): Caller {
  return madeOnce(input, 'callers by link', view, (): Caller => {
    const { name, link, loadBalancerIds, subnetIds, securityGroupIds, networkId, unseen } = view;
    return {
      name,
      kind: view.kind,
      link,
      loadBalancerIds,
      subnetIds,
      securityGroupIds,
      networkId,
      planned: plannedGroup(input, view),
      kept: keptGroup(view),
      unseen,
      unread: unreadNames(view),
    };
  });
}

/**
 * The names in the spec, for a link that does not exist yet, that could not be looked up. A link that may
 * exist has unknown groups: those of its interfaces, and the one that holds its allowlist.
 */
function unreadNames(view: LinkView): Caller['unread'] {
  if (view.link !== undefined) return undefined;

  return { subnets: unreadOf(view, 'subnets'), groups: view.unseen ?? unreadOf(view, 'securityGroups') };
}

/** The managed group that holds the allowlist of an existing link, where its cloud keeps allowlists in groups. */
function keptGroup({ name, spec, link, region }: LinkView): KeptGroup | undefined {
  const allowlist = link && allowlistOf(region, link.id);
  if (allowlist?.owned !== true || allowlist.securityGroupId === undefined) return undefined;

  const id = allowlist.securityGroupId;
  const group = region.find('securityGroups', id);
  // Without an allowlist the group is not changed, and an external link is never changed.
  const narrowed =
    group.is !== 'found' || spec.allowlist === undefined || spec.owner === 'external'
      ? undefined
      : narrowedGroup(group.value, spec);
  const path = `links.${name}.allowlist`;
  if (spec.allowlist !== undefined || spec.id === undefined) return { id, declared: spec, path, narrowed };

  // Another spec declares the list, and gave the link its name there.
  const by = link && linkOwner(region.region, link);
  return { id, declared: spec, path: by === undefined ? path : `links.${by.integration}.allowlist`, narrowed, by };
}

/**
 * The managed group that a plan creates with a new link whose allowlist is declared: it allows outbound
 * traffic to the CIDRs of the list, on the ports of the link's targets. No rule references it yet.
 */
function plannedGroup({ integrations }: CheckInput, view: LinkView): SecurityGroup | undefined {
  const { name, spec, networkId } = view;
  if (!isNew(view) || spec.allowlist === undefined) return undefined;
  if (view.traits.allowlist !== 'security group') return undefined;

  const id = `the allowlist of link ${name}`;
  const targets = integrations.filter(({ link }) => link === view).flatMap((one) => one.targets);
  const called = targets.map((target) => calledPorts(view.region.region, target));
  const ranges = portRanges(
    called.flatMap((one): readonly (number | undefined)[] => ('ports' in one ? one.ports : [undefined])),
  );
  const rules = spec.allowlist.flatMap((cidrBlock) =>
    (spec.allowPorts?.[cidrBlock] ?? ranges).map((ports): SecurityGroupRule => ({
      direction: 'out',
      protocol: 'tcp',
      ...ports,
      cidrBlock,
    })),
  );
  return { id, name: id, networkId: networkId ?? '', rules, tags: {}, raw: null };
}

function worldsOf({ derived }: CheckInput): Map<RegionIndex, World> {
  return derived('path worlds', () => new Map());
}

/** The region of a link for traces, read once. */
function worldOf(input: CheckInput, index: RegionIndex): World {
  return madeIn(worldsOf(input), index, () => {
    const { provider, region, account } = index.region;
    const worldAt = (place: Parameters<CheckInput['regionOf']>[0]): World | undefined => {
      const far = input.regionOf(place);
      return far === undefined ? undefined : worldOf(input, far);
    };
    return createWorld(
      index,
      (place) => worldAt({ provider, region: place.region ?? region, account: place.account ?? account }),
      () => input.snapshot.regions.flatMap((one) => worldAt(one) ?? []),
      input.planned !== true,
    );
  });
}

/** Releases all results of traces: they are not needed once all traces are done, and a region may be large. */
export function forgetWorlds(input: CheckInput): void {
  worldsOf(input).clear();
}

function returnsOf({ spec, assumed }: CheckInput): ReturnPaths {
  const blocks = spec.assume?.returnPaths ?? [];
  return {
    blocks,
    assumed: (index) => assumed(`assume.returnPaths[${index}]`, `answers from ${blocks[index] ?? ''} reach the link`),
  };
}
