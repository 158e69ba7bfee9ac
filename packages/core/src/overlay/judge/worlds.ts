import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';
import { fewOf, type Choice, type Choose } from '../draft/choice.js';
import type { JudgedWorld } from './judged-world.js';
import type { JudgedRoute } from './routes.js';

type Worlds = Pick<JudgedWorld, 'laid' | 'routes'>;

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
  world: Worlds,
  choices: readonly Choice[],
  judge: (chosen: Taken) => Worlds,
): readonly JudgedRoute[] {
  if (choices.length === 0) return world.routes;

  const made = new Map<string, World>();
  let left = MOST_IN_ALL;
  return world.routes.map((route) => {
    const own = choicesOf(route, world, choices);
    const isOnAll = own.some(({ every }) => every === true);
    if (own.length === 0 || (route.verdict === 'unknown' && !isOnAll)) return route;

    const inWorld = (numbers: readonly number[]): JudgedRoute => {
      // The world that is judged already has the first of each.
      if (numbers.every((one) => one === 0)) return onItsStage(route, own, numbers);

      const key = own.map((one, at) => `${one.address}.${one.attribute}=${numbers[at] ?? 0}`).join(' ');
      let cachedWorld = made.get(key);
      if (cachedWorld === undefined) {
        left -= 1;
        cachedWorld = worldOf(own, choices, numbers, judge);
        made.set(key, cachedWorld);
      }
      const found = cachedWorld.routes.get(`${route.gatewayId} ${route.routeId}`);
      if (found === undefined || cachedWorld.isOpen)
        return { ...route, verdict: 'unknown', findings: [], because: cachedWorld.whyLost(route) };

      return onItsStage(found, own, numbers);
    };
    const decided = (cases: readonly (readonly number[])[]): JudgedRoute => {
      const count = cases.reduce((all, { length }) => all * length, 1);
      if (count > MOST_WORLDS || count > left) return undecided(route, own, 'too many combinations');

      let agreed: JudgedRoute | undefined;
      for (const numbers of combinations(cases.map((one, at) => (own[at]?.every === true ? [0] : one)))) {
        // Every stage is there at the same time: the worst one counts.
        const stages = combinations(cases.map((one, at) => (own[at]?.every === true ? one : [numbers[at] ?? 0])));
        const all = stages.map(inWorld);
        const worst = (['fail', 'unknown'] as const).map((is) => all.find(({ verdict }) => verdict === is));
        const found = worst.find((one) => one !== undefined) ?? all[0] ?? route;
        if (agreed !== undefined && found.verdict !== agreed.verdict)
          return undecided(route, own, 'it depends on which');

        agreed ??= found;
      }
      return withReadings(agreed ?? route, own);
    };
    const casesIn = (isLeast: boolean): readonly (readonly number[])[] =>
      own.map((one) => (isOnAll ? one.alternatives.map((_, at) => at) : casesOf(one, route.verdict, isLeast)));
    // What passes with the least that is allowed passes with more: the alternatives need no worlds of their own.
    if (route.verdict === 'pass' && !isOnAll && own.some(({ least }) => least !== undefined)) {
      const found = decided(casesIn(true));
      if (found.verdict === 'pass') return found;
    }
    return decided(casesIn(false));
  });
}

/** What is wrong on a stage, with its name. */
function onItsStage(route: JudgedRoute, own: readonly Choice[], numbers: readonly number[]): JudgedRoute {
  const at = own.findIndex(({ every }) => every === true);
  const name = own[at]?.alternatives[numbers[at] ?? 0]?.[0];
  if (name === undefined || route.verdict === 'pass') return route;

  return {
    ...route,
    because: `on ${own[at]?.attribute === 'stage' ? 'stage ' : ''}${name}${route.because === undefined ? '' : `: ${route.because}`}`,
  };
}

/** Routes by gateway and ID, where a choice is taken. */
interface World {
  readonly routes: ReadonlyMap<string, JudgedRoute>;
  /** It has choices that no other world showed: not all of its cases are tried. */
  readonly isOpen: boolean;
  readonly whyLost: (route: JudgedRoute) => string | undefined;
}

function worldOf(
  own: readonly Choice[],
  choices: readonly Choice[],
  numbers: readonly number[],
  judge: (chosen: Taken) => Worlds,
): World {
  let isOpen = false;
  const isSame = (one: Choice, { address, attribute }: Choice): boolean =>
    one.address === address && one.attribute === attribute;
  const { routes, laid } = judge((choice) => {
    const known = choices.find((one) => isSame(one, choice));
    if ((known?.alternatives.length ?? 0) < choice.alternatives.length) isOpen ||= choice.alternatives.length > 1;
    const at = own.findIndex((one) => isSame(one, choice));
    const number = numbers[at] ?? 0;
    return number === LEAST ? [] : (choice.alternatives[number] ?? choice.alternatives[0] ?? []);
  });
  const lost = new Map(laid.unknownRoutes.map(({ address, what }) => [address, what] as const));
  for (const { gatewayId, routeId, what } of laid.lostRoutes) lost.set(`${gatewayId} ${routeId}`, what);
  return {
    routes: new Map(routes.map((one) => [`${one.gatewayId} ${one.routeId}`, one] as const)),
    isOpen,
    whyLost: ({ gatewayId, routeId }) => {
      const key = `${gatewayId} ${routeId}`;
      return lost.get(laid.routes.get(key) ?? key) ?? lost.get(key);
    },
  };
}

/** A verdict with what it depends on. */
export function withReadings(route: JudgedRoute, own: readonly Choice[]): JudgedRoute {
  const readings = own.flatMap(({ reading }) => reading?.judged ?? []);
  if (readings.length === 0 || route.verdict === 'unknown') return route;
  if (route.verdict === 'fail' && own.some(({ reading }) => reading?.isGuess === true))
    return undecided(route, own, 'it depends on which');

  return { ...route, because: [...(route.because === undefined ? [] : [route.because]), ...readings].join('; ') };
}

export function undecided(route: JudgedRoute, own: readonly Choice[], why: string): JudgedRoute {
  const readings = own.flatMap(({ reading }) => reading?.open ?? []);
  const named = own
    .filter(({ reading, every, alternatives }) => reading === undefined && every !== true && alternatives.length > 1)
    .map(
      ({ address, attribute, alternatives, isMap, least }) =>
        `${address}.${attribute} is one of ${alternatives.length - (least === 'below' ? 1 : 0)} values${isMap === true ? ' of a map or object with several IDs' : ''}`,
    );
  const remedy = own.some(({ isMap }) => isMap === true) ? '. Give each ID a variable or an output of its own' : '';
  const undescribed = [...new Set(own.flatMap((one) => one.undescribed ?? []))];
  const because = [
    ...(named.length === 0 ? [] : [`${named.join(', ')}: ${why}${remedy}`]),
    ...fewOf(undescribed),
    ...readings,
  ].join('; ');
  return { ...route, verdict: 'unknown', findings: [], because: because === '' ? why : because };
}

/** In place of the number of an alternative: none of them. */
const LEAST = -1;

/** The alternatives in which a verdict may be another one. */
function casesOf(
  { alternatives, more, least }: Choice,
  verdict: JudgedRoute['verdict'],
  isLeast: boolean,
): readonly number[] {
  if (isLeast && least !== undefined) return [LEAST];

  const numbers = alternatives.map((_, at) => at);
  if (more === undefined || (least === 'bounds' && verdict === 'pass')) return numbers;

  return (more === 'paths') === (verdict === 'pass') ? [0] : numbers.slice(1);
}

export function combinations(cases: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return cases.reduce<readonly (readonly number[])[]>(
    (all, numbers) => all.flatMap((one) => numbers.map((at) => [...one, at])),
    [[]],
  );
}

/** The choices that a route may depend on: those of what is on its path, whichever alternative is taken. */
export function choicesOf(route: JudgedRoute, { laid }: Worlds, choices: readonly Choice[]): readonly Choice[] {
  const region = laid.snapshot.regions.find(({ gateways }) => gateways.some(({ id }) => id === route.gatewayId));
  if (region === undefined) return choices;

  const known = new Set([route.gatewayId, route.routeId, route.linkId, route.targetId ?? '']);
  const found = new Set<Choice>();
  const address = laid.routes.get(`${route.gatewayId} ${route.routeId}`);
  const others = new Set([...laid.routes.values()].filter((one) => one !== address));
  for (let size = -1; size !== known.size + found.size;) {
    size = known.size + found.size;
    for (const id of related(region, known, laid.uses)) known.add(id);
    for (const choice of choices) {
      const taken = laid.owners.get(choice.address) ?? [choice.address];
      const values = choice.every === true ? [] : choice.alternatives.flat();
      // What it belongs to may be the choice.
      const owners = taken.some((id) => values.includes(id)) ? [...taken, ...values] : taken;
      const isOthers = others.has(choice.address);
      if (found.has(choice) || isOthers || !owners.some((id) => known.has(id))) continue;

      found.add(choice);
      for (const id of values) known.add(id);
    }
  }
  return choices.filter((one) => found.has(one));
}

/** What is next to the things with these IDs, on the path of calls. */
export function* related(
  region: RegionSnapshot,
  known: ReadonlySet<string>,
  uses: ReadonlyMap<string, readonly string[]>,
): Generator<string> {
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
  for (const one of region.registrars ?? [])
    if (
      known.has(one.id) ||
      one.targetGroups.some(({ targetGroupId }) => known.has(targetGroupId)) ||
      one.registries.some(({ serviceId }) => known.has(serviceId))
    )
      yield* [one.id, ...(one.subnetIds ?? []), ...(one.securityGroupIds ?? []), ...(uses.get(one.id) ?? [])];
  for (const one of region.targets) if (known.has(one.id)) yield one.resourceId ?? '';
  for (const one of region.subnets)
    if (known.has(one.id)) yield* [one.networkId, one.routeTableId ?? '', one.networkAclId ?? ''];
  for (const one of region.gateways)
    for (const route of one.routes) if (known.has(route.id) && known.has(one.id)) yield route.integrationId ?? '';
}
