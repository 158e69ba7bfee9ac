import { madeOnce } from '../../../do/world/derived.js';
import type { LoadBalancer } from '../../../do/model/load-balancer.js';
import type { Verdict } from '../../../do/findings/finding.js';
import { admittedStep } from '../routes/accessible-blocks.js';
import type { Destination, Destinations } from '../balancers/destinations.js';
import type { End } from '../model/end.js';
import type { SubnetPlace, World } from '../model/world.js';
import { NO_RETURN_PATHS } from '../routes/return-path.js';
import { tracesTo } from '../trace/trace.js';
import { filterOf } from '../groups/filter.js';
import { type Filter } from '../model/group-set.js';
import type { Forwarding } from '../balancers/forwarding.js';
import { groupsVerdictOf } from '../groups/judge.js';
import { startStep } from '../link-state.js';
import { balancerSteps, listenerEntrance, forwardedSteps, type ListenerEntrance } from '../balancers/load-balancer.js';
import { groupStep } from '../groups/security-group.js';
import { sourcesOf } from '../sources/sources.js';
import { callsFrom, type Caller } from '../sources/caller.js';
import { verdictOf, type PathStep, type Way } from '../model/step.js';
import type { PathCheckId } from '../reasons/index.js';
import { portRun, subnetPath, type SubnetPath } from './subnet-path.js';
import { verdictOn } from '../model/trace.js';

/** The verdict of a pair, without a reason. */
export interface PairVerdict {
  readonly verdict: Verdict;
  /** The checks with a step on its traces, where all of them pass. */
  readonly met: readonly PathCheckId[];
}

/** A link, with what was computed for the sources of its calls. */
export interface Row {
  readonly caller: Caller;
  readonly state: Verdict;
  readonly sources: readonly Source[];
}

interface Source {
  readonly end: End;
  readonly place: SubnetPlace;
  /** The outbound filters of the groups, by the number of the port. */
  readonly out: (Filter | undefined)[];
  /** The paths from its subnet, shared by all sources in it. */
  readonly ways: Ways;
}

/** The paths from one subnet to others: by the port, and by the range of ports; `trace` where single addresses matter. */
type Ways = Map<
  SubnetPlace,
  { readonly runs: Map<number, SubnetPath | 'trace'>; readonly ports: Map<number, SubnetPath | 'trace'> }
>;

/** An address and port that calls go to, with what was computed for it. */
interface Column {
  readonly destination: Destination;
  readonly end: End;
  readonly place: SubnetPlace;
  /** The number of its port among those of all columns. */
  readonly portNumber: number;
  readonly into: Filter | undefined;
  /** The load balancer's handling of a call, where it is the same for all callers. */
  behind: Verdict | undefined;
}

/** A target, with what was computed for its addresses and ports. */
export interface PairColumns {
  readonly to: Destinations;
  readonly all: readonly Column[];
}

/** The checks that pairs meet, by those between their subnets, and by what else their paths have: see `evaluatedOn`. */
type MetChecks = Map<readonly PathCheckId[], (readonly PathCheckId[] | undefined)[]>;

/**
 * Evaluates pairs of links and targets of a region from facts that many of them share: the path between two
 * subnets, and the resource at an address. The rest for a pair is a binary search for the groups of each end.
 * The verdict is always that of the traces; `undefined` where single addresses matter, or facts are missing.
 */
export interface PairMatrix {
  readonly row: (caller: Caller) => Row | undefined;
  readonly columns: (to: Destinations) => PairColumns | undefined;
  readonly verdict: (row: Row, columns: PairColumns) => PairVerdict | undefined;
}

const PASS: Verdict = 'pass';
const NOTHING_MET: readonly PathCheckId[] = [];
const FAILED: PairVerdict = { verdict: 'fail', met: [] };

/** Starts with an empty cache. */
export function createPairMatrix(world: World): PairMatrix {
  const ports = new Map<number, number>();
  const ways = new Map<SubnetPlace, Ways>();
  const met: MetChecks = new Map();
  return {
    row: (caller) => rowOf(world, caller, ways),
    columns: (to) => columnsOf(world, to, ports),
    verdict: (row, columns) => pairOf(world, row, columns, met),
  };
}

function rowOf(world: World, caller: Caller, ways: Map<SubnetPlace, Ways>): Row | undefined {
  if (callsFrom(caller) !== 'subnets') return undefined;
  const { ends, trouble } = sourcesOf(world, caller, 4);
  if (trouble.length > 0 || ends.length === 0) return undefined;
  const sources: Source[] = [];
  for (const end of ends) {
    const { place } = end;
    if (place === undefined) return undefined;
    const own: Ways = ways.get(place) ?? new Map();
    ways.set(place, own);
    sources.push({ end, place, out: [], ways: own });
  }
  return { caller, state: startStep(caller)?.verdict ?? PASS, sources };
}

function columnsOf(world: World, to: Destinations, ports: Map<number, number>): PairColumns | undefined {
  if (to.trouble.length > 0 || to.ends.length === 0) return undefined;
  const columns: Column[] = [];
  for (const destination of to.ends) {
    const { end, port } = destination;
    if (end?.place === undefined || end.span.family !== 4 || !end.behindNetworkAcl) return undefined;
    let portNumber = ports.get(port);
    if (portNumber === undefined) ports.set(port, (portNumber = ports.size));
    const { groups, place } = end;
    const filtered = groups !== undefined && groups.missing === undefined && groups.ids.length > 0;
    columns.push({
      destination,
      end,
      place,
      portNumber,
      into: filtered ? filterOf(groups, 'in', port, world) : undefined,
      behind: destination.balancer === undefined ? PASS : undefined,
    });
  }
  return { to, all: columns };
}

function pairOf(world: World, row: Row, columns: PairColumns, known: MetChecks): PairVerdict | undefined {
  if (row.state === 'fail') return FAILED;
  let worst = row.state;
  let between = NOTHING_MET;
  for (const column of columns.all) {
    const admitted = admittedStep(world, row.caller, undefined, column.end.span);
    if (admitted !== undefined && (row.caller.link === undefined || admitted.verdict !== 'pass')) return undefined;
    for (const source of row.sources) {
      const way = wayOf(source, column);
      if (way === undefined) return undefined;
      const one = traceVerdict(world, source, column, way);
      if (one === 'fail') return FAILED;
      if (one === undefined) return undefined;
      if (one === 'unknown') worst = 'unknown';
      // Traces of a pair may have different checks: within one subnet there are no network ACLs.
      if (way.checks.length > between.length) between = way.checks;
    }
  }
  return { verdict: worst, met: worst === 'pass' ? evaluatedOn(world, row, columns, between, known) : NOTHING_MET };
}

/** The checks with a step on the traces of a pair that passes: those of the first such pair with the same parts. */
function evaluatedOn(
  world: World,
  { caller, sources }: Row,
  { to, all }: PairColumns,
  between: readonly PathCheckId[],
  known: MetChecks,
): readonly PathCheckId[] {
  const groups = all[0]?.end.groups !== undefined || sources[0]?.end.groups !== undefined;
  const balancer = all[0]?.destination.balancer !== undefined;
  const lists = known.get(between) ?? [];
  known.set(between, lists);
  const parts = (caller.link === undefined ? 0 : 4) + (groups ? 2 : 0) + (balancer ? 1 : 0);
  return (lists[parts] ??= [
    ...new Set(
      tracesTo({ world, caller, returns: NO_RETURN_PATHS }, to).flatMap(({ taken }) =>
        taken.flatMap(({ step }) => step.check ?? []),
      ),
    ),
  ]);
}

function wayOf(source: Source, column: Column): SubnetPath | undefined {
  const { ways } = source;
  const { port } = column.destination;
  let subnet = ways.get(column.place);
  if (subnet === undefined) ways.set(column.place, (subnet = { runs: new Map(), ports: new Map() }));
  const byPort = subnet.ports.get(port);
  if (byPort !== undefined) return byPort === 'trace' ? undefined : byPort;
  const run = portRun(source.place, column.place, port);
  const known = run === undefined ? undefined : subnet.runs.get(run);
  const way = known ?? subnetPath(source.end, source.place, column.end, column.place, port) ?? 'trace';
  // The result of a router's own network ACLs is valid for this port only.
  if (run !== undefined && (way === 'trace' || way.arrival.gates === undefined)) subnet.runs.set(run, way);
  subnet.ports.set(port, way);
  return way === 'trace' ? undefined : way;
}

function traceVerdict(world: World, source: Source, column: Column, way: SubnetPath): Verdict | undefined {
  if (way.verdict === 'fail') return 'fail';
  const { references } = way.arrival;
  const kept = references.out === 'kept' && references.in === 'kept';
  const groups = (kept ? groupsVerdict(world, source, column) : undefined) ?? slowGroups(world, source, column, way);
  if (groups === 'fail') return 'fail';
  const behind = column.behind ?? behindOf(world, source.end, column);
  if (behind === 'fail' || behind === undefined) return behind;
  return groups === 'unknown' || behind === 'unknown' ? 'unknown' : 'pass';
}

function groupsVerdict(world: World, source: Source, column: Column): Verdict | undefined {
  const { end, portNumber, into } = column;
  const { groups } = source.end;
  if (groups === undefined || groups.missing !== undefined || groups.ids.length === 0) return undefined;
  const out = (source.out[portNumber] ??= filterOf(groups, 'out', column.destination.port, world));
  const leaves = groupsVerdictOf(out, end.span, end.groups);
  if (leaves !== 'pass') return leaves;
  return into === undefined ? undefined : groupsVerdictOf(into, source.end.span, groups);
}

function slowGroups(
  world: World,
  { end: from }: Source,
  { end: to, destination }: Column,
  { arrival }: SubnetPath,
): Verdict {
  const { port } = destination;
  const ask = (direction: 'in' | 'out', own: End, other: End): Verdict =>
    own.groups === undefined
      ? PASS
      : groupStep(direction, own.groups, other, { port, references: arrival.references[direction], lists: world })
          .verdict;
  const out = ask('out', from, to);
  if (out === 'fail') return 'fail';
  const into = ask('in', to, from);
  return into === 'pass' ? out : into;
}

/** The load balancer's handling of a call; cached where it does not depend on the caller. Undefined where there is a warning. */
function behindOf(world: World, source: End, column: Column): Verdict | undefined {
  const { balancer } = column.destination;
  if (balancer === undefined) return PASS;
  const way = { from: source, to: column.end, port: column.destination.port };
  const { steps, forwarding, ruled, looksAtCaller: isAsked } = sharedEntrance(world, balancer, way);
  // Rules may depend on the caller, and forward to several groups: this is for any call.
  if (ruled !== undefined) {
    const taken = [...balancerSteps(world, balancer, way)];
    return taken.some(({ step }) => step.warns) ? undefined : verdictOn(taken);
  }
  const entrance = verdictOf(steps);
  let looksAtCaller = isAsked === true || steps.some(isAccessControl);
  let verdict = entrance;
  if (entrance !== 'fail' && forwarding !== undefined) {
    const handed = forwardedBy(world, balancer.balancer, forwarding, way);
    if (handed.warns) return undefined;
    if (handed.looksAtCaller) looksAtCaller = true;
    if (handed.verdict !== 'pass') verdict = handed.verdict;
  }
  if (!looksAtCaller) column.behind = verdict;
  return verdict;
}

/** A load balancer's handling of a call, evaluated once for all its addresses where it is the same for all callers. */
function sharedEntrance(world: World, called: NonNullable<Destination['balancer']>, way: Way): ListenerEntrance {
  if (called.entrance !== undefined) return called.entrance;
  const made = listenerEntrance(world, called, way);
  const asks = made.ruled !== undefined || made.looksAtCaller === true || made.steps.some(isAccessControl);
  if (!asks) called.entrance = made;
  return made;
}

function isAccessControl({ hop }: PathStep): boolean {
  return hop === 'access control list';
}

interface Forwarded {
  readonly verdict: Verdict;
  readonly looksAtCaller: boolean;
  readonly warns: boolean;
}

/** The handling of a call that is forwarded to some groups; computed once for all listeners, unless it depends on the caller. */
function forwardedBy(world: World, balancer: LoadBalancer, forwarding: Forwarding, way: Way): Forwarded {
  // By the end of the load balancer, which is its own, and the groups, which its listeners share.
  const own = madeOnce(world, 'forwarded calls', way.to, () => new Map<Forwarding, Forwarded>());
  const there = own.get(forwarding);
  if (there !== undefined) return there;
  let verdict: Verdict = PASS;
  let looksAtCaller = false;
  let warns = false;
  for (const { step, way: taken } of forwardedSteps(world, { balancer }, forwarding, way)) {
    // A target that sees the caller's address reports it under its owner's name.
    if (taken.from !== way.from && taken.from.owner === way.from.owner) looksAtCaller = true;
    if (step.hop === 'access control list') looksAtCaller = true;
    if (step.warns === true) warns = true;
    if (step.verdict === 'fail') {
      verdict = 'fail';
      break;
    }
    if (step.verdict === 'unknown') verdict = 'unknown';
  }
  const made = { verdict, looksAtCaller, warns: warns && verdict === 'pass' };
  if (!looksAtCaller) own.set(forwarding, made);
  return made;
}
