import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';
import type { Choice, Choose } from '../draft/view.js';
import type { JudgedWorld } from './judged-world.js';
import type { JudgedRoute } from './routes.js';

/** Takes an alternative of each choice. */
export type Taken = Choose;

/** A route is judged in at most so many worlds: its choices multiply. */
const MOST_WORLDS = 64;
/** And all routes together in so many, each of which costs a check. */
const MOST_IN_ALL = 400;

/**
 * Proof by cases: where the plan leaves open which of several values an attribute has, a verdict counts where it is the
 * same for all of them. Of a list the extremes are tried, and what lies between follows: with more subnets there are more
 * paths that must all work, and more groups allow more.
 */
export function worlds(
  world: JudgedWorld,
  choices: readonly Choice[],
  judge: (chosen: Taken) => JudgedWorld,
): readonly JudgedRoute[] {
  if (choices.length === 0) return world.routes;
  const made = new Map<string, ReadonlyMap<string, JudgedRoute>>();
  let left = MOST_IN_ALL;
  return world.routes.map((route) => {
    const own = choicesOf(route, world, choices);
    if (own.length === 0 || route.verdict === 'unknown') return route;
    const cases = own.map((one) => casesOf(one, route.verdict));
    const count = cases.reduce((all, { length }) => all * length, 1);
    if (count > MOST_WORLDS || count > left) return undecided(route, own, 'too many combinations');
    const verdicts = new Set<JudgedRoute['verdict']>();
    for (const numbers of combinations(cases)) {
      const key = own.map((one, at) => `${one.address}.${one.attribute}=${numbers[at] ?? 0}`).join(' ');
      let routes = made.get(key);
      if (routes === undefined) {
        left -= 1;
        const chosen: Taken = ({ address, attribute, alternatives }) => {
          const at = own.findIndex((one) => one.address === address && one.attribute === attribute);
          return alternatives[numbers[at] ?? 0] ?? alternatives[0] ?? [];
        };
        routes = new Map(judge(chosen).routes.map((one) => [`${one.gatewayId} ${one.routeId}`, one] as const));
        made.set(key, routes);
      }
      verdicts.add(routes.get(`${route.gatewayId} ${route.routeId}`)?.verdict ?? 'unknown');
      if (verdicts.size > 1) return undecided(route, own, 'it depends on which');
    }
    return route;
  });
}

function undecided(route: JudgedRoute, own: readonly Choice[], why: string): JudgedRoute {
  const named = own.map(
    ({ address, attribute, alternatives }) => `${address}.${attribute} is one of ${alternatives.length} values`,
  );
  return { ...route, verdict: 'unknown', findings: [], because: `${named.join(', ')}: ${why}` };
}

/** The alternatives in which a verdict may be another one. */
function casesOf({ alternatives, more }: Choice, verdict: JudgedRoute['verdict']): readonly number[] {
  const numbers = alternatives.map((_, at) => at);
  if (more === undefined) return numbers;
  return (more === 'paths') === (verdict === 'pass') ? [0] : numbers.slice(1);
}

function combinations(cases: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return cases.reduce<readonly (readonly number[])[]>(
    (all, numbers) => all.flatMap((one) => numbers.map((at) => [...one, at])),
    [[]],
  );
}

/** The choices that a route may depend on: those of what is on its path, whichever alternative is taken. */
function choicesOf(route: JudgedRoute, { laid }: JudgedWorld, choices: readonly Choice[]): readonly Choice[] {
  const region = laid.snapshot.regions.find(({ gateways }) => gateways.some(({ id }) => id === route.gatewayId));
  if (region === undefined) return choices;
  const known = new Set([route.gatewayId, route.routeId, route.linkId, route.targetId ?? '']);
  const found = new Set<Choice>();
  for (let size = -1; size !== known.size + found.size;) {
    size = known.size + found.size;
    for (const id of related(region, known)) known.add(id);
    for (const choice of choices) {
      const owners = laid.owners.get(choice.address) ?? [];
      if (found.has(choice) || !owners.some((id) => known.has(id))) continue;
      found.add(choice);
      for (const id of choice.alternatives.flat()) known.add(id);
    }
  }
  return choices.filter((one) => found.has(one));
}

/** What is next to the things with these IDs, on the path of calls. */
function* related(region: RegionSnapshot, known: ReadonlySet<string>): Generator<string> {
  for (const one of region.links)
    if (known.has(one.id)) yield* [...one.subnetIds, ...one.securityGroupIds, ...(one.loadBalancerIds ?? [])];
  for (const one of region.listeners)
    if (known.has(one.id)) {
      yield one.loadBalancerId;
      for (const { targetGroupIds = [] } of [
        ...(one.actions ?? []),
        ...(one.rules ?? []).flatMap(({ actions }) => actions),
      ])
        yield* targetGroupIds;
    }
  for (const one of region.loadBalancers) if (known.has(one.id)) yield* [...one.subnetIds, ...one.securityGroupIds];
  for (const one of region.targetGroups ?? []) if (known.has(one.id)) yield* (one.targets ?? []).map(({ id }) => id);
  for (const one of region.interfaces)
    if (known.has(one.attachedTo ?? '') || one.addresses.some((address) => known.has(address)))
      yield* [one.id, one.subnetId, ...one.securityGroupIds];
  for (const one of region.instances ?? [])
    if (known.has(one.id) || one.addresses.some((address) => known.has(address)))
      yield* [one.id, one.subnetId ?? '', ...one.securityGroupIds];
  for (const one of region.targets) if (known.has(one.id)) yield one.resourceId ?? '';
  for (const one of region.subnets)
    if (known.has(one.id)) yield* [one.networkId, one.routeTableId ?? '', one.networkAclId ?? ''];
  for (const one of region.gateways)
    for (const route of one.routes) if (known.has(route.id) && known.has(one.id)) yield route.integrationId ?? '';
}
