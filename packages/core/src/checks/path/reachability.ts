import type { RegionIndex } from '../check.js';
import type { Verdict } from '../finding.js';
import { destinationsOf, type Destination, type Destinations } from './destinations.js';
import type { End, Place } from './end.js';
import { filterOf, type Filter } from './filter.js';
import { quickVerdict } from './judge.js';
import { linkStep } from './link-state.js';
import { balancerSteps } from './load-balancer.js';
import { NO_RETURN_PATHS } from './return-path.js';
import { groupStep } from './security-group.js';
import { sourcesOf, type Caller, type Sources } from './sources.js';
import { subnetWay, type SubnetWay } from './subnet-way.js';
import { walksTo } from './walk.js';
import { createWorld, type World } from './world.js';

/** What each link of a region reaches. */
export interface Reachability {
  readonly links: readonly string[];
  readonly targets: readonly string[];
  /** Row by row, a link each: 0 where every walk gets through, 1 where one is stopped, 2 where nobody can say. */
  readonly verdicts: Uint8Array;
}

const PASS = 0;
const FAIL = 1;
const UNKNOWN = 2;
const CODES: Readonly<Record<Verdict, number>> = { pass: PASS, fail: FAIL, unknown: UNKNOWN };

/** A place that calls come from, with what was worked out for it. */
interface Row {
  readonly end: End;
  readonly place: Place;
  /** What the groups let out, by the number of the port. */
  readonly out: (Filter | undefined)[];
  /** The ways from its subnet: shared by all that stand in it. */
  readonly ways: Map<number, SubnetWay | undefined>;
}

/** An address and port that calls go to, with what was worked out for it. */
interface Column {
  readonly destination: Destination;
  readonly end: End;
  readonly place: Place;
  readonly port: number;
  /** The number of the port, and that of subnet and port together. */
  readonly portNumber: number;
  readonly wayNumber: number;
  readonly into: Filter | undefined;
  /** What the load balancer makes of a call, where that is the same for all callers. */
  behind: number | undefined;
}

/**
 * All links against all targets of a region, whatever a spec declares. The answers are those of the walks, which are walked where
 * single addresses matter; what many pairs share is worked out once: the way between two subnets, and what is behind an address.
 * What is left for a pair is a binary search for the groups of either end.
 */
export function reachability(index: RegionIndex, world: World = createWorld(index)): Reachability {
  const { links, targets } = index.region;
  const ports = new Map<number, number>();
  const ways = new Map<Place, Row['ways']>();
  const columns = targets.map((target) => {
    const destinations = destinationsOf(world, target);
    return { destinations, columns: columnsOf(world, destinations, ports) };
  });
  const verdicts = new Uint8Array(links.length * targets.length);
  let at = 0;
  for (const link of links) {
    const caller: Caller = { ...link, link };
    const state = CODES[linkStep(link).verdict];
    const rows = link.kind === 'vpc-link-v2' ? rowsOf(sourcesOf(world, caller, 4), ways) : undefined;
    for (const target of columns) {
      const quick =
        rows === undefined || target.columns === undefined ? undefined : pairOf(world, rows, target.columns);
      const verdict = quick ?? walked(world, caller, target.destinations);
      verdicts[at] = state === FAIL || verdict === FAIL ? FAIL : Math.max(state, verdict);
      at += 1;
    }
  }
  return { links: links.map(({ id }) => id), targets: targets.map(({ id }) => id), verdicts };
}

/** The long way, which is always right. */
function walked(world: World, caller: Caller, to: Destinations): number {
  const walks = walksTo({ world, caller, returns: NO_RETURN_PATHS }, to);
  if (walks.some(({ verdict }) => verdict === 'fail')) return FAIL;
  return walks.length === 0 || walks.some(({ verdict }) => verdict === 'unknown') ? UNKNOWN : PASS;
}

function rowsOf({ ends, trouble }: Sources, ways: Map<Place, Row['ways']>): readonly Row[] | undefined {
  if (trouble.length > 0 || ends.length === 0) return undefined;
  const rows: Row[] = [];
  for (const end of ends) {
    const { place } = end;
    if (place === undefined) return undefined;
    const own = ways.get(place) ?? new Map<number, SubnetWay | undefined>();
    ways.set(place, own);
    rows.push({ end, place, out: [], ways: own });
  }
  return rows;
}

/** Undefined where more than subnets and groups matters. */
function columnsOf(world: World, to: Destinations, ports: Map<number, number>): readonly Column[] | undefined {
  if (to.trouble.length > 0 || to.ends.length === 0) return undefined;
  const columns: Column[] = [];
  for (const destination of to.ends) {
    const { end, port } = destination;
    if (end?.place === undefined || end.span.family !== 4 || !end.behindNetworkAcl) return undefined;
    const portNumber = ports.get(port) ?? ports.size;
    ports.set(port, portNumber);
    const { groups, place } = end;
    const filtered = groups !== undefined && groups.missing === undefined && groups.ids.length > 0;
    columns.push({
      destination,
      end,
      place,
      port,
      portNumber,
      // Ports are few: numbers stay small, which maps are quickest with.
      wayNumber: place.key * 64 + (portNumber % 64),
      into: filtered ? filterOf(groups, 'in', port, world.prefixes) : undefined,
      behind: destination.balancer === undefined ? PASS : undefined,
    });
  }
  return ports.size > 64 ? undefined : columns;
}

function pairOf(world: World, rows: readonly Row[], columns: readonly Column[]): number | undefined {
  let worst = PASS;
  for (const column of columns) {
    for (const row of rows) {
      const one = walkOf(world, row, column);
      if (one === undefined || one === FAIL) return one;
      if (one === UNKNOWN) worst = UNKNOWN;
    }
  }
  return worst;
}

function walkOf(world: World, row: Row, column: Column): number | undefined {
  let way = row.ways.get(column.wayNumber);
  if (way === undefined) {
    if (row.ways.has(column.wayNumber)) return undefined;
    way = subnetWay(row.end, row.place, column.end, column.place, column.port);
    row.ways.set(column.wayNumber, way);
    if (way === undefined) return undefined;
  }
  if (way.verdict === 'fail') return FAIL;
  const { references } = way.arrival;
  const kept = references.out === 'kept' && references.in === 'kept';
  const groups = (kept ? quickGroups(world, row, column) : undefined) ?? slowGroups(world, row, column, way);
  if (groups === FAIL) return FAIL;
  const behind = column.behind ?? behindOf(world, row.end, column);
  return behind === FAIL ? FAIL : Math.max(groups, behind);
}

function quickGroups(world: World, row: Row, column: Column): number | undefined {
  const { end, portNumber, port, into } = column;
  const { groups } = row.end;
  if (groups === undefined || groups.missing !== undefined || groups.ids.length === 0) return undefined;
  const out = (row.out[portNumber] ??= filterOf(groups, 'out', port, world.prefixes));
  const leaves = quickVerdict(out, end.span, end.groups);
  if (leaves !== 'pass') return leaves === 'fail' ? FAIL : undefined;
  if (into === undefined) return undefined;
  const enters = quickVerdict(into, row.end.span, groups);
  return enters === undefined ? undefined : CODES[enters];
}

function slowGroups(world: World, { end: from }: Row, { end: to, port }: Column, { arrival }: SubnetWay): number {
  const { prefixes } = world;
  const { references } = arrival;
  const ask = (direction: 'in' | 'out', own: End, other: End): Verdict =>
    own.groups === undefined
      ? 'pass'
      : groupStep(direction, own.groups, other, { port, references: references[direction], prefixes }).verdict;
  const out = CODES[ask('out', from, to)];
  if (out === FAIL) return FAIL;
  const into = CODES[ask('in', to, from)];
  return into === FAIL ? FAIL : Math.max(out, into);
}

/** What the load balancer makes of a call; kept where it does not look at the caller. */
function behindOf(world: World, source: End, column: Column): number {
  const { balancer } = column.destination;
  if (balancer === undefined) return PASS;
  let verdict = PASS;
  let looksAtCaller = false;
  for (const { step, way } of balancerSteps(world, balancer, { from: source, to: column.end, port: column.port })) {
    // A target that sees the caller's address sees it under its owner's name.
    if (way.from !== source && way.from.owner === source.owner) looksAtCaller = true;
    if (step.hop === 'access control list') looksAtCaller = true;
    if (step.verdict === 'fail') {
      verdict = FAIL;
      break;
    }
    if (step.verdict === 'unknown') verdict = UNKNOWN;
  }
  if (!looksAtCaller) column.behind = verdict;
  return verdict;
}
