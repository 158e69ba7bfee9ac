import { kindOfLink } from '../../kinds/cloud/link-kinds.js';
import type { Clouds } from '../../kinds/cloud/clouds.js';
import { followed, isMadeOnDemand, namedBy, targetKey, targetText } from '../../kinds/id-kinds.js';
import type { Target, TargetRef } from '../../model/target.js';
import { fewText } from '../../../ground/text/quantities.js';
import { nearest } from '../../../ground/text/nearest.js';
import { unknownBecause } from '../index/look-up.js';
import type { LinkView, RegionIndex, Unresolved } from '../views.js';
import type { LinkKindRules } from '../../kinds/link/link-kind.js';

/** Kinds of target that only routes through links of one kind lead to. */
function ownedKinds(clouds: Clouds): ReadonlySet<Target['kind']> {
  return new Set(clouds.linkKinds.flatMap((kind) => clouds.link(kind).ownTargets ?? []));
}

/** The lists that show whether what a reference means exists, and its ID in them where it names one. */
function listsOf(
  given: TargetRef,
): readonly (readonly ['targets' | 'services' | 'listeners' | 'loadBalancers', string | undefined])[] {
  const ref = followed(given);
  if ('service' in ref)
    return [
      ['targets', ref.service],
      ['services', ref.service],
    ];
  if (!('listener' in ref || 'port' in ref)) return [['targets', namedBy(ref)]];

  const id = 'listener' in ref && typeof ref.listener === 'string' ? ref.listener : undefined;
  return [
    ['targets', id],
    ['listeners', id],
    ['loadBalancers', undefined],
  ];
}

/**
 * The target of a reference, as seen from a link; neither member is set for one that is created on demand and
 * does not exist yet.
 */
export function findTarget(
  { region, networkId, link, spec, traits }: Pick<LinkView, 'region' | 'networkId' | 'link' | 'spec' | 'traits'>,
  ref: TargetRef,
  path: string,
): { readonly target?: Target | undefined; readonly unresolved?: Unresolved | undefined } {
  // One private address may be in several networks. An instance is in one network, which another check
  // compares.
  const { ownTargets: own, rules } = traits;
  const owned = region.clouds.derived(ownedKinds);
  const all = (own === undefined ? candidates(region, ref) : ownCandidates(region, own, rules, link, ref)).filter(
    ({ kind }) => kind === own || (own === undefined && !owned.has(kind)),
  );
  const found =
    'address' in ref && networkId !== undefined
      ? all.filter((target) => (target.networkId ?? networkId) === networkId)
      : all;
  const target = found[0];
  if (found.length > 1) {
    const candidates = found.map(({ id }) => id);
    const ids = candidates.slice(0, 10);
    const message = `${targetText(ref)} matches ${found.length} targets: ${ids.join(', ')}`;
    const remedy = `Write the intended one: ${ids.join(' or ')}.`;
    const details = { candidates };
    return { unresolved: { verdict: 'fail', code: 'AMBIGUOUS', path, message, remedy, details } };
  }
  if (target !== undefined) return { target };

  for (const [list, id] of listsOf(ref)) {
    const missing = region.missing(list, id);
    // Only a list whose read failed leaves open whether a target exists.
    if (missing?.failed !== true) continue;

    const about = `cannot determine whether ${targetText(ref)} exists`;
    return { unresolved: unknownBecause(missing, path, about) };
  }
  const kind = kindOfLink(region.clouds, spec);
  const plain =
    link === undefined || link.kind === kind ? region.clouds.link(kind).rules.plainTarget?.(ref) : undefined;
  if (plain !== undefined) return { target: plain };
  if (isMadeOnDemand(region.clouds, kind, ref)) return {};

  return {
    unresolved: {
      verdict: 'fail',
      code: 'NOT_FOUND',
      path,
      message: `${targetText(ref)} does not exist in ${region.region.region}`,
      remedy: remedyFor(region, ref),
    },
  };
}

function candidates(region: RegionIndex, given: TargetRef): readonly Target[] {
  const ref = followed(given);
  if ('service' in ref) {
    const exact = byId(region, ref.service);
    if (exact.length > 0) return exact;

    const named = region.group('targets', 'service name', ({ kind, name }) => (kind === 'service' ? [name] : []));
    return named.get(ref.service) ?? [];
  }
  if ('port' in ref) return targetPorts(region).byResource.get(namedBy(ref))?.get(ref.port) ?? [];
  if (!('listener' in ref)) return named(region, ref);

  const { listener } = ref;
  if (typeof listener === 'string') return byId(region, listener);

  const { loadBalancer, port } = listener;
  const { byResource, byName } = targetPorts(region);
  const found: Target[] = [];
  const add = (some: readonly Target[] | undefined): void => {
    if (some === undefined) return;

    for (const target of some) {
      if (!found.includes(target)) found.push(target);
    }
  };
  add(byResource.get(loadBalancer)?.get(port));
  for (const id of balancersOf(region, loadBalancer)) add(byResource.get(id)?.get(port));
  add(byName.get(loadBalancer)?.get(port));
  return found;
}

/** Of a kind that a cloud brings: by ID or by name. */
function named(region: RegionIndex, ref: TargetRef): readonly Target[] {
  const [wanted, key] = [namedBy(ref), targetKey(ref)];
  const exact = byId(region, wanted);
  if (exact.length > 0) return exact;

  return region.all('targets').items.filter(({ kind, name }) => kind === key && name === wanted);
}

function byId(region: RegionIndex, id: string): readonly Target[] {
  const found = region.find('targets', id);
  return found.is === 'found' ? [found.value] : [];
}

/** The ids of the load balancers that an id or name means. */
function balancersOf(region: RegionIndex, idOrName: string): readonly string[] {
  const named = region.group('loadBalancers', 'id or name', ({ id, name }) => [id, name]);
  return (named.get(idOrName) ?? []).map(({ id }) => id);
}

const CREATE = 'Create it first, or correct the reference.';

/** The listeners that a load balancer has now whose name an ID has: one that was created again has the name, and other IDs. */
function presentListeners(region: RegionIndex, ref: TargetRef, id: string): string | undefined {
  const name = region.clouds.target(targetKey(ref)).namesBalancer?.written(id);
  if (name === undefined) return undefined;

  const [balancer] =
    region.group('loadBalancers', 'id or name', ({ id: own, name: one }) => [own, one]).get(name) ?? [];
  if (balancer === undefined) return undefined;

  const listeners = region.group('listeners', 'load balancer', ({ loadBalancerId }) => [loadBalancerId]);
  const texts = (listeners.get(balancer.id) ?? []).map((one) => `${one.id} (${one.protocol} ${one.port})`);
  return texts.length === 0 ? undefined : `Write a listener that ${name} has now: ${fewText(texts, 3)}.`;
}

function remedyFor(region: RegionIndex, given: TargetRef): string {
  const ref = followed(given);
  if (!('listener' in ref)) return CREATE;
  if (typeof ref.listener === 'string') return presentListeners(region, ref, ref.listener) ?? CREATE;

  const { loadBalancer } = ref.listener;
  const [balancer] = region.group('loadBalancers', 'id or name', ({ id, name }) => [id, name]).get(loadBalancer) ?? [];
  if (balancer === undefined) {
    const names = region.all('loadBalancers').items.map(({ name }) => name);
    const similar = nearest(loadBalancer, names);
    if (similar !== undefined) return `Did you mean ${similar}?`;

    const known = names.length === 0 ? '' : `: ${fewText(names, 5)}`;
    return `Create the load balancer ${loadBalancer} first, or correct its name${known}.`;
  }

  const listeners = region.group('listeners', 'load balancer', ({ loadBalancerId }) => [loadBalancerId]);
  const ports = (listeners.get(balancer.id) ?? []).map(({ port }) => port);
  return ports.length === 0
    ? `Create a listener on ${balancer.name}: it has none.`
    : `Write a port that ${balancer.name} listens on: ${ports.toSorted((a, b) => a - b).join(', ')}.`;
}

/**
 * The targets of a kind that one link has and that a reference means: those with exactly its endpoints. Of a machine or a
 * load balancer these are its address and the port. A service of a registry is found by its rule. None where the link does
 * not exist, or its kind has no rule for them.
 */
function ownCandidates(
  region: RegionIndex,
  kind: Target['kind'],
  { endpointsOf, isRegistered }: Pick<LinkKindRules, 'endpointsOf' | 'isRegistered'>,
  link: LinkView['link'],
  ref: TargetRef,
): readonly Target[] {
  if (link === undefined) return [];

  const ofLink = region.group('targets', 'link', (one) => [one.linkId]).get(link.id) ?? [];
  if (!('port' in ref)) return ofLink.filter((one) => one.kind === kind && isRegistered?.(one, ref, link) === true);
  if (endpointsOf === undefined) return [];

  const wanted = endpointsKey(endpointsOf(ref, (id) => addressOf(region, id)));
  return ofLink.filter(
    (one) =>
      one.kind === kind &&
      one.port === ref.port &&
      // Neither what was not read nor what a service does not list is the same as anything.
      ((wanted !== '' && endpointsKey(one.endpoints ?? []) === wanted) || one.resourceId === namedBy(ref)),
  );
}

/** The address at which a machine or a load balancer is called, where it was read. */
function addressOf(region: RegionIndex, id: string): string | undefined {
  const instance = region.find('instances', id);
  if (instance.is === 'found') return instance.value.addresses[0];

  const balancer = region.find('loadBalancers', id);
  return balancer.is === 'found' ? balancer.value.addresses?.[0] : undefined;
}

function endpointsKey(endpoints: readonly string[]): string {
  return endpoints.toSorted().join(' ');
}

/** Targets by what they belong to, and their port. */
type ByPort = ReadonlyMap<string, ReadonlyMap<number, readonly Target[]>>;

/** The targets of a region that have a port. */
interface TargetPorts {
  /** By the load balancer, the machine or the address. */
  readonly byResource: ByPort;
  /** By its name, which of a listener is that of its load balancer. */
  readonly byName: ByPort;
}

/** The targets of a region by their ports, indexed once. */
function targetPorts(region: RegionIndex): TargetPorts {
  return region.derived('targets by port', readTargetPorts);
}

function readTargetPorts(region: RegionIndex): TargetPorts {
  const byResource = new Map<string, Map<number, Target[]>>();
  const byName = new Map<string, Map<number, Target[]>>();
  for (const target of region.region.targets) {
    const { resourceId, name, port } = target;
    if (port === undefined) continue;

    if (resourceId !== undefined) add(byResource, resourceId, port, target);
    if (name !== undefined) add(byName, name, port, target);
  }
  return { byResource, byName };
}

function add(to: Map<string, Map<number, Target[]>>, key: string, port: number, target: Target): void {
  let own = to.get(key);
  if (own === undefined) {
    own = new Map();
    to.set(key, own);
  }
  const there = own.get(port);
  if (there === undefined) own.set(port, [target]);
  else there.push(target);
}
