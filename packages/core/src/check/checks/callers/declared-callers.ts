import { madeOnce } from '../../../do/world/derived.js';
import { PrefixSet } from '../../../cidr/prefix-set.js';
import type { SecurityGroupRule } from '../../../do/model/network.js';
import type { CheckInput, Missing, RegionIndex } from '../../../do/world/views.js';
import { backends } from '../../path/balancers/balancers.js';
import { groupsBehind } from '../../path/balancers/backend.js';
import { callerNames, type Client, type DeclaredCaller } from './caller-names.js';
import { forwardedCallers } from './forwarded-callers.js';
import { allCalled } from './live-targets.js';
import { inboundFiltersOf } from './groups-of-target.js';
import { sourceOf, type Source } from '../../path/sources/link-source.js';

type NamedCaller = Pick<DeclaredCaller, 'port' | 'names'>;

/** By group, then by port and names, so that each caller is there once. */
type ByGroup = Map<RegionIndex, Map<string, Callers>>;

interface Callers {
  readonly list: DeclaredCaller[];
  readonly byPort: Map<number, DeclaredCaller[]>;
  /** What remedies name of each, in the same order: one list for all findings. */
  readonly named: NamedCaller[];
}

/**
 * All callers that the spec declares, and those of live routes, for some ports of what a security group filters: of every link
 * and target. A remedy that narrows the group names all of them: one that named a single link would cut the others off.
 */
export function declaredCallers(
  input: CheckInput,
  region: RegionIndex,
  groupId: string,
  { fromPort, toPort }: Pick<SecurityGroupRule, 'fromPort' | 'toPort'>,
): readonly DeclaredCaller[] {
  const callers = callersOf(input, region, groupId);
  if (fromPort === toPort) return callers?.byPort.get(fromPort) ?? [];

  return callers?.list.filter(({ port }) => fromPort <= port && port <= toPort) ?? [];
}

function callersOf(input: CheckInput, region: RegionIndex, groupId: string): Callers | undefined {
  return input.derived('declared callers', readCallers).get(region)?.get(groupId);
}

function readCallers(input: CheckInput): ByGroup {
  const byGroup: ByGroup = new Map();
  addLinks(byGroup, input);
  forwardedCallers(input, (at, id, client, port) => add(byGroup, at, id, client, port));
  return byGroup;
}

/**
 * Why a group may have callers that the spec declares and that are unknown: a load balancer, or its targets,
 * could not be read. A rule that seems to be for another caller may then be for its nodes.
 */
export function callersMissing(input: CheckInput, region: RegionIndex): Missing | undefined {
  // Each finding about a group needs it, and its computation visits all targets.
  return madeOnce(input, 'callers that are missing', region, () => findMissing(input, region));
}

function findMissing(input: CheckInput, region: RegionIndex): Missing | undefined {
  const open = input.integrations
    .filter(({ link }) => link.region === region)
    .flatMap(({ targets }) => targets)
    .find(({ unresolved }) => unresolved?.verdict === 'unknown');
  if (open?.unresolved !== undefined) {
    const what = `the backend of target ${open.name}`;
    const gap = region.missing('listeners') ?? region.missing('loadBalancers') ?? region.missing('targets');
    return gap ?? { what, remedy: open.unresolved.remedy ?? 'Take the snapshot again.' };
  }

  for (const { integration, backend } of backends(input)) {
    if (backend.kind !== 'balancer' || integration.link.region !== region) continue;
    if (backend.balancer.is === 'unknown') return backend.balancer.missing;

    const listener = backend.listener;
    if (listener.is === 'unknown') return listener.missing;
    if (listener.is !== 'found' || backend.balancer.is !== 'found' || backend.balancer.value.kind === 'classic')
      continue;

    const { groups, missing } = groupsBehind(region, listener.value);
    if (missing !== undefined) return missing;

    for (const { id, found } of groups) {
      if (found.is === 'unknown') return found.missing;

      const isUnread = found.is === 'found' && found.value.targets === undefined;
      const gap = isUnread ? region.missing('targetGroups', id) : undefined;
      if (gap !== undefined) return gap;
    }
  }
  return undefined;
}

function addLinks(to: ByGroup, input: CheckInput): void {
  for (const { integration, target, backend } of allCalled(input)) {
    const { link } = integration;
    const source = sourceOf(link);
    const { filters } = inboundFiltersOf(input, integration, target, backend);
    for (const { region, groupIds, port, byBlocks } of filters) {
      for (const id of groupIds) {
        const group = region.find('securityGroups', id);
        const groups = group.is === 'found' ? [group.value] : [];
        const names = callerNames(link, source, { groups, byBlocks });
        add(to, region, id, { groupIds: source.groupIds, prefixes: source.prefixes, names }, port);
      }
    }
  }
}

function add(to: ByGroup, region: RegionIndex, groupId: string, client: Client, port: number): void {
  if (client.names.length === 0) return;

  let here = to.get(region);
  if (here === undefined) to.set(region, (here = new Map()));
  let ofGroup = here.get(groupId);
  if (ofGroup === undefined) here.set(groupId, (ofGroup = { list: [], byPort: new Map(), named: [] }));
  const ofPort = ofGroup.byPort.get(port);
  if (ofPort?.some((one) => areEqual(one.names, client.names)) === true) return;

  const caller = { port, groupIds: client.groupIds, prefixes: client.prefixes, names: client.names };
  ofGroup.list.push(caller);
  ofGroup.named.push({ port, names: client.names });
  if (ofPort === undefined) ofGroup.byPort.set(port, [caller]);
  else ofPort.push(caller);
}

/** Whether rules for two callers of one port are the same. */
function areEqual(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((name, at) => name === others[at]);
}

/** A link's source together with those of other declared callers, for code that uses only groups and addresses. */
export function withCallers(source: Source, callers: readonly DeclaredCaller[]): Source {
  if (callers.length === 0) return source;

  const prefixes = [...source.prefixes];
  const groupIds = [...source.groupIds];
  for (const caller of callers) {
    prefixes.push(...caller.prefixes);
    groupIds.push(...caller.groupIds);
  }
  let set: PrefixSet | undefined;
  return { ...source, prefixes, groupIds: [...new Set(groupIds)], set: () => (set ??= PrefixSet.of(prefixes)) };
}

/**
 * What a narrowed group is to allow: the caller of a link, and all callers that the spec declares, the first
 * one included. One list for all findings about the group.
 */
export function callersWith(
  own: NamedCaller,
  input: CheckInput,
  region: RegionIndex,
  groupId: string,
): { readonly caller: NamedCaller; readonly callers: readonly NamedCaller[] } {
  const { list = [], byPort, named = [] } = callersOf(input, region, groupId) ?? {};
  const same = byPort?.get(own.port)?.find(({ names }) => areEqual(names, own.names));
  if (same === undefined) return { caller: own, callers: [own, ...named] };

  return { caller: named[list.indexOf(same)] ?? own, callers: named };
}
