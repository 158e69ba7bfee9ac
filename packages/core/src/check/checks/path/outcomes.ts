import type { Outcome } from '../../../do/findings/check.js';
import type { Finding } from '../../../do/findings/finding.js';
import { COUNTED } from '../../../do/findings/say.js';
import type { CheckInput, TargetView } from '../../../do/world/views.js';
import type { PathTrace, ListChange } from '../../path/model/step.js';
import { PATH_RULES, type PathCheckId } from '../../path/reasons/index.js';
import type { HopText } from '../../path/reasons/reason.js';
import { forgetWorlds, pairsOf, tracesByRoute } from '../../path/trace/pairs.js';
import { outcomesOfPair, remedyText, unassignedStops, type Unassigned } from './pair-outcomes.js';

/** What a check of this family found, with the number of passes that are only counted. */
interface CountedPaths {
  readonly outcomes: readonly Outcome[];
  readonly passed: number;
}

/** The outcomes of all traces of an input. */
interface Traced {
  readonly byCheck: ReadonlyMap<PathCheckId, CountedPaths>;
  /** The entries that lists of the cloud need to allow all calls, in the order of the paths. */
  readonly wanted: ReadonlyMap<TargetView, readonly ListChange[]>;
  /** What blocks health checks of unhealthy targets, by the routes whose calls would reach them. */
  readonly causes: ReadonlyMap<TargetView, readonly RouteCause[]>;
  /** What stops traces, or leaves them unknown, at a step that a check of another family reports. */
  readonly unassigned: readonly Unassigned[];
}

interface RouteCause extends CheckCause {
  readonly route?: string | undefined;
}

/** The outcomes of one check of this family: all traces are computed once for all of them. */
export function outcomesOf(input: CheckInput, check: PathCheckId): readonly Outcome[] {
  const { outcomes, passed } = traced(input).byCheck.get(check) ?? NOTHING;
  return passed === 0 ? outcomes : [...outcomes, ...Array.from({ length: passed }, () => COUNTED)];
}

const NOTHING: CountedPaths = { outcomes: [], passed: 0 };

/** The list entries after which no list stops the paths to a target, or may stop them; an entry may occur more than once. */
export function listChangesFor(input: CheckInput, target: TargetView): readonly ListChange[] {
  return traced(input).wanted.get(target) ?? [];
}

/** What blocks health checks of unhealthy targets, and whether calls arrive there all the same. */
interface CheckCause {
  readonly hop: HopText;
  readonly callsArrive: boolean;
}

/**
 * What blocks health checks of the targets behind a target's load balancer, where a trace comes to a group without a healthy one.
 * @param routes those whose calls would reach them; undefined: any
 */
export function causeFor(
  input: CheckInput,
  target: TargetView,
  routes?: readonly (string | undefined)[],
): CheckCause | undefined {
  const all = (traced(input).causes.get(target) ?? []).filter(
    ({ route }) => routes === undefined || route === undefined || routes.includes(route),
  );
  const lost = all.filter(({ callsArrive }) => !callsArrive);
  const causes = lost.length > 0 ? lost : all;
  const remedies = new Set(causes.flatMap(({ hop }) => hop.remedy ?? []));
  const [first] = causes;
  return (
    first && { ...first, hop: { ...first.hop, remedy: remedies.size === 0 ? undefined : remedyText([...remedies]) } }
  );
}

/**
 * The causes that stop traces, or leave them unknown, and are in none of `findings`. Each stopped trace results
 * in a finding of severity `error`, each missing fact on a trace in an `unknown`, for any set of checks that
 * ran and any facts that they could read.
 */
export function unreported(input: CheckInput, findings: readonly Finding[]): readonly Unassigned[] {
  const { unassigned } = traced(input);
  if (unassigned.length === 0) return [];

  const said = findings.filter(({ verdict, severity }) => verdict !== 'pass' && severity === 'error');
  return unassigned.filter(
    ({ target, outcome }) =>
      !said.some(
        (finding) =>
          (outcome.verdict === 'unknown' || finding.verdict === 'fail') && concerns(finding, target, outcome),
      ),
  );
}

function concerns({ integration, about, routes }: Finding, target: string, of: Outcome): boolean {
  if (integration !== null && of.integration !== undefined && integration !== of.integration) return false;
  if (routes !== undefined && of.routes?.every((key) => routes.includes(key)) !== true) return false;

  return about.some(({ id }) => id === target);
}

function traced(input: CheckInput): Traced {
  return input.derived('paths', traceAll);
}

function listChangesOn(traces: readonly PathTrace[]): readonly ListChange[] {
  return traces.flatMap(({ taken }) =>
    taken.flatMap(({ step, way }) => (step.verdict === 'pass' ? [] : (step.wants?.(way) ?? []))),
  );
}

function causesOn(traces: readonly PathTrace[]): readonly RouteCause[] {
  return traces.flatMap(({ taken, route }) => {
    for (const { step } of taken) {
      const hop = step.cause?.();
      if (hop !== undefined) return [{ route, hop, callsArrive: step.verdict === 'pass' }];
    }
    return [];
  });
}

/** Results of traces are cached for this many pairs: for a large region they would take more memory than the region itself. */
const PAIRS_REMEMBERED = 20_000;

function traceAll(input: CheckInput): Traced {
  const byCheck = new Map(PATH_RULES.map(({ id }) => [id, { outcomes: [] as Outcome[], passed: 0 }]));
  const wanted = new Map<TargetView, readonly ListChange[]>();
  const causes = new Map<TargetView, readonly RouteCause[]>();
  const unassigned: Unassigned[] = [];
  const ofLinks = new Set<string>();
  let traced = 0;
  for (const pair of pairsOf(input)) {
    traced += 1;
    if (traced % PAIRS_REMEMBERED === 0) forgetWorlds(input);
    const traces = tracesByRoute(input, pair);
    const needs = listChangesOn(traces);
    if (needs.length > 0) wanted.set(pair.target, needs);
    const own = causesOn(traces);
    if (own.length > 0) causes.set(pair.target, own);
    unassigned.push(...unassignedStops(input, pair, traces));
    for (const [check, found] of byCheck) {
      for (const outcome of outcomesOfPair(input, check, pair, traces)) {
        if (outcome === COUNTED) found.passed += 1;
        // A problem of the link itself is reported once, however many targets use it.
        else if (!isOfLink(outcome) || isNew(ofLinks, `${outcome.integration} ${outcome.subject} ${outcome.message}`))
          found.outcomes.push(outcome);
      }
    }
  }
  forgetWorlds(input);
  return { byCheck, wanted, causes, unassigned };
}

/** Whether it names the link alone, without a target. */
function isOfLink({ about = [] }: Outcome): boolean {
  return about.length === 1;
}

function isNew(known: Set<string>, one: string): boolean {
  const { size } = known;
  return known.add(one).size > size;
}
