import type { CheckInput, TargetView } from '../../../do/world/views.js';
import type { Evidence, Finding, Severity, Verdict } from '../../../do/findings/finding.js';
import { aboutThings, part, thing, type About, type Subject } from '../../../do/findings/subject.js';
import { forgetWorlds, pairsOf, tracesOf, tracesUnlessPass, type Pair } from './pairs.js';
import { describedHop, type PathCheckId, type DescribedHop } from '../model/step.js';
import type { Described } from '../model/reasons.js';
import { hopsOn, type TracedStep, type PathTrace } from '../model/trace.js';
import type { Wanted } from '../model/wanted.js';

/** The checks of this family in the order of a packet's path. */
export const PATH_CHECK_IDS: readonly PathCheckId[] = [
  'path/link',
  'path/outside',
  'path/security-group',
  'path/network-acl',
  'path/route',
  'path/peering',
  'path/transit',
  'path/on-premises',
  'path/load-balancer',
  'path/return',
];

/** What a check of this family found for a link and a target, without sentences. */
export interface PathStatement extends About {
  readonly verdict: Verdict;
  readonly severity?: Severity | undefined;
  /** What stops traces, or leaves them unknown; undefined where they pass. */
  readonly stop?: Stop | undefined;
  /** The ends of the trace that is shown. */
  readonly from: string;
  readonly to: string;
  /** Its hops; of a pass those of the check. Kept as they are: a report may have a hundred thousand lists of them. */
  readonly evidence: readonly Evidence[];
  /** Where the evidence of a hop names the reason of another one: that hop, by its place. */
  readonly asides?: ReadonlyMap<number, DescribedHop> | undefined;
}

/** One cause that stops traces, or leaves them unknown. */
export interface Stop {
  /** The hops that decide, each once; the first is that of the trace that is shown. */
  readonly at: readonly [DescribedHop, ...DescribedHop[]];
  /** How many other pairs of ends it concerns. */
  readonly others: number;
  /** Whether it is about the link itself, whatever is called. */
  readonly ofLink: boolean;
}

/** A pass that is counted only. */
export const COUNTED: PathStatement = { verdict: 'pass', about: [], subject: '', from: '', to: '', evidence: [] };

/** What a check of this family found, with the number of passes that are only counted. */
interface CountedPaths {
  readonly statements: readonly PathStatement[];
  readonly passed: number;
}

/** The outcomes of all traces of an input. */
interface Traced {
  readonly byCheck: ReadonlyMap<PathCheckId, CountedPaths>;
  /** The entries that lists of the cloud need to allow all calls, in the order of the paths. */
  readonly wanted: ReadonlyMap<TargetView, readonly Wanted[]>;
  /** What blocks health checks of unhealthy targets. */
  readonly causes: ReadonlyMap<TargetView, Described>;
  /** What stops traces, or leaves them unknown, at a step that a check of another family reports. */
  readonly deferred: readonly Deferred[];
}

interface Deferred {
  readonly check: PathCheckId;
  readonly target: string;
  readonly statement: PathStatement;
}

/** The outcomes of one check of this family: all traces are computed once for all of them. */
export function outcomesOf(input: CheckInput, check: PathCheckId): readonly PathStatement[] {
  const { statements, passed } = traced(input).byCheck.get(check) ?? NOTHING;
  return passed === 0 ? statements : [...statements, ...Array.from({ length: passed }, () => COUNTED)];
}

const NOTHING: CountedPaths = { statements: [], passed: 0 };

/** The list entries after which no list stops the paths to a target, or may stop them; an entry may occur more than once. */
export function wantedFor(input: CheckInput, target: TargetView): readonly Wanted[] {
  return traced(input).wanted.get(target) ?? [];
}

/** What blocks health checks of the targets behind a target's load balancer, where a trace ends at a group without a healthy one. */
export function causeFor(input: CheckInput, target: TargetView): Described | undefined {
  return traced(input).causes.get(target);
}

/**
 * The causes that stop traces, or leave them unknown, and are in none of `findings`. Each stopped trace results
 * in a finding of severity `error`, each missing fact on a trace in an `unknown`, for any set of checks that
 * ran and any facts that they could read.
 */
export function unreported(
  input: CheckInput,
  findings: readonly Finding[],
): readonly { readonly check: PathCheckId; readonly statement: PathStatement }[] {
  const { deferred } = traced(input);
  if (deferred.length === 0) return [];
  const said = findings.filter(({ verdict, severity }) => verdict !== 'pass' && severity === 'error');
  return deferred.filter(
    ({ target, statement }) =>
      !said.some(
        (finding) =>
          (statement.verdict === 'unknown' || finding.verdict === 'fail') &&
          concerns(finding, target, statement.integration),
      ),
  );
}

function concerns({ integration, about }: Finding, target: string, of: string | undefined): boolean {
  if (integration !== null && of !== undefined && integration !== of) return false;
  return about.some(({ id }) => id === target);
}

function traced(input: CheckInput): Traced {
  return input.derived(traceAll);
}

function wantedOn(traces: readonly PathTrace[]): readonly Wanted[] {
  return traces.flatMap(({ taken }) =>
    taken.flatMap(({ step, way }) => (step.verdict === 'pass' ? [] : (step.wants?.(way) ?? []))),
  );
}

function causeOn(traces: readonly PathTrace[]): Described | undefined {
  for (const { verdict, taken } of traces) {
    const cause = verdict === 'fail' ? taken.at(-1)?.step.cause?.() : undefined;
    if (cause !== undefined) return cause;
  }
  return undefined;
}

/** Results of traces are cached for this many pairs: for a large region they would take more memory than the region itself. */
const PAIRS_REMEMBERED = 20_000;

function traceAll(input: CheckInput): Traced {
  const all = new Map(PATH_CHECK_IDS.map((id) => [id, { statements: [] as PathStatement[], passed: 0 }]));
  const wanted = new Map<TargetView, readonly Wanted[]>();
  const causes = new Map<TargetView, Described>();
  const deferred: Deferred[] = [];
  const linksTold = new Set<string>();
  const met = new Map<readonly PathCheckId[], number>();
  let traced = 0;
  for (const pair of pairsOf(input)) {
    traced += 1;
    if (traced % PAIRS_REMEMBERED === 0) forgetWorlds(input);
    const traces = input.passes ? tracesOf(input, pair) : tracesUnlessPass(input, pair);
    if ('met' in traces) {
      // Most pairs pass, and have one of a few lists of checks.
      met.set(traces.met, (met.get(traces.met) ?? 0) + 1);
      continue;
    }
    const needs = wantedOn(traces);
    if (needs.length > 0) wanted.set(pair.target, needs);
    const cause = causeOn(traces);
    if (cause !== undefined) causes.set(pair.target, cause);
    deferred.push(...deferredOn(pair, traces));
    for (const [check, found] of all) {
      for (const statement of outcomesOfPair(check, pair, traces, input.passes)) {
        // A problem of the link itself is reported once, however many targets use it.
        if (statement.stop?.ofLink === true) {
          const described = `${statement.integration} ${statement.subject} ${factOf(statement.stop.at[0])}`;
          if (linksTold.has(described)) continue;
          linksTold.add(described);
        }
        if (statement === COUNTED) found.passed += 1;
        else found.statements.push(statement);
      }
    }
  }
  for (const [checks, pairs] of met) {
    for (const check of checks) {
      const found = all.get(check);
      if (found !== undefined) found.passed += pairs;
    }
  }
  forgetWorlds(input);
  return { byCheck: all, wanted, causes, deferred };
}

/** What a hop of the link reports; a missing fact by its name, which may be missing for several reasons. */
function factOf({ hop, why }: DescribedHop): string {
  return why?.code === 'NOT_READ' ? `${hop} ${why.params.missing.what}` : JSON.stringify([hop, why]);
}

/** A trace, and the step of it that a check is about. */
interface Met {
  readonly trace: PathTrace;
  readonly taken: TracedStep;
}

/**
 * The outcomes of a check for a link and a target. One outcome for each cause that stops traces. In addition,
 * one for each missing fact on a trace that no known cause stops. Where no trace is stopped: one for each
 * missing fact. One where all traces that reach this check pass. Entries that stop a few calls of a trace add
 * warnings. No outcome where no trace reaches the check, or where a trace ends before it because the rest of
 * the path is unknown.
 */
function outcomesOfPair(
  check: PathCheckId,
  pair: Pair,
  traces: readonly PathTrace[],
  passes: boolean,
): readonly PathStatement[] {
  const failed: Met[] = [];
  const unknown: Met[] = [];
  const warned: Met[] = [];
  let passed: Met | undefined;
  for (const trace of traces) {
    for (const taken of trace.taken) {
      if (taken.step.check !== check) continue;
      if (taken.step.verdict === 'fail') failed.push({ trace, taken });
      else if (taken.step.verdict === 'unknown') unknown.push({ trace, taken });
      else if (taken.step.warns === true) warned.push({ trace, taken });
      else passed ??= { trace, taken };
    }
  }
  // A cause that stops a few calls is reported for traces on which the other calls succeed.
  const few = [...groupBy(warned.filter(({ trace }) => trace.verdict !== 'fail')).values()];
  const warnings = (several: boolean): readonly PathStatement[] =>
    few.map((group): PathStatement => ({ ...stopOf(pair, group, several), verdict: 'fail', severity: 'warning' }));
  if (failed.length > 0) {
    const stops = [...groupBy(failed).values()];
    // For a stopped trace, the cause that stops it is reported. For a trace that is not stopped, only its gap
    // is reported.
    const open = [...groupBy(unknown.filter(({ trace }) => trace.verdict === 'unknown')).values()];
    return [
      ...stops.map((group) => stopOf(pair, group, stops.length > 1)),
      ...open.map((group) => stopOf(pair, group, true)),
      ...warnings(true),
    ];
  }
  if (unknown.length > 0) {
    const groups = [...groupBy(unknown).values()];
    return [...groups.map((group) => stopOf(pair, group, groups.length > 1)), ...warnings(true)];
  }
  if (few.length > 0) return warnings(few.length > 1);
  // A step after a missing fact may be the one that stops the trace.
  if (passed === undefined || (check !== 'path/link' && traces.some(({ cut }) => cut === true))) return [];
  return [passes ? passOf(check, pair, passed.trace) : COUNTED];
}

/** Of traces that end at a step without a check of this family: their outcomes, under the nearest check. */
function deferredOn(pair: Pair, traces: readonly PathTrace[]): readonly Deferred[] {
  const met = traces.flatMap((trace): Met[] => {
    const bad = trace.taken.filter(({ step }) => step.verdict !== 'pass');
    const stop = bad.find(({ step }) => step.verdict === 'fail');
    if (stop !== undefined) return stop.step.check === undefined ? [{ trace, taken: stop }] : [];
    const [first] = bad;
    return first !== undefined && bad.every(({ step }) => step.check === undefined) ? [{ trace, taken: first }] : [];
  });
  const groups = [...groupBy(met).values()];
  return groups.map((group) => ({
    check: group[0].hop.hop === 'load balancer' ? 'path/load-balancer' : 'path/link',
    target: pair.target.name,
    statement: stopOf(pair, group, groups.length > 1),
  }));
}

function passOf(check: PathCheckId, pair: Pair, { taken, from, to }: PathTrace): PathStatement {
  const evidence = taken
    .filter(({ step }) => step.check === check)
    .map(({ step, way }) => evidenceOf(describedHop(step, way)));
  return { verdict: 'pass', ...aboutThings(pair.integration.name, ...aboutPair(pair)), from, to, evidence };
}

/** A step of a trace, described. */
interface Deciding extends Met {
  readonly hop: DescribedHop;
}

type Group = readonly [Deciding, ...Deciding[]];

/** By what decided: paths that one rule, route or entry stops are one finding. */
function groupBy(bad: readonly Met[]): ReadonlyMap<string, Group> {
  const groups = new Map<string, [Deciding, ...Deciding[]]>();
  for (const met of bad) {
    const hop = describedHop(met.taken.step, met.taken.way);
    const exact = /rule$|entry$|route$/.test(hop.kind) ? hop.text : '';
    const key = [hop.hop, hop.kind, hop.id, hop.code ?? '', exact].join('\n');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [{ ...met, hop }]);
    else group.push({ ...met, hop });
  }
  return groups;
}

function stopOf(pair: Pair, group: Group, several: boolean): PathStatement {
  const [{ trace, taken, hop }] = group;
  // Paths that one rule stops often have the same facts: each is kept once.
  const at: [DescribedHop, ...DescribedHop[]] = [hop];
  const seen = new Set([factsOf(hop)]);
  for (const { hop: one } of group) {
    const facts = one === hop ? '' : factsOf(one);
    if (facts === '' || seen.has(facts)) continue;
    seen.add(facts);
    at.push(one);
  }
  const ofLink = taken.step.check === 'path/link' && hop.id !== 'IPv6';
  const things = ofLink ? [aboutLink(pair)] : [...aboutPair(pair), ...(several ? pathParts(trace, hop) : [])];
  const hops = hopsOn(trace);
  return {
    verdict: hop.verdict,
    ...aboutThings(pair.integration.name, ...things),
    stop: {
      at,
      others: new Set(group.map((one) => `${one.trace.from} ${one.trace.to}`)).size - 1,
      ofLink,
    },
    from: trace.from,
    to: trace.to,
    evidence: hops.map(evidenceOf),
    asides: asidesIn(hops),
  };
}

function factsOf({ why, around }: DescribedHop): string {
  return JSON.stringify([why, around]);
}

function aboutLink({ integration }: Pair): Subject {
  return thing('link', integration.link.name);
}

/** One of several paths of a pair, and the hop on it. */
function pathParts({ from, to }: PathTrace, { hop }: DescribedHop): readonly Subject[] {
  return [part('source', from), part('destination', to), part('hop', hop)];
}

function aboutPair(pair: Pair): readonly Subject[] {
  return [aboutLink(pair), thing('target', pair.target.name)];
}

function evidenceOf({ kind, id, text, hop, verdict, code }: DescribedHop): Evidence {
  return code === undefined ? { kind, id, text, hop, verdict } : { kind, id, text, hop, verdict, code };
}

function asidesIn(hops: readonly DescribedHop[]): PathStatement['asides'] {
  const open = hops.flatMap((described, at) =>
    described.why?.code === 'NOT_READ' && described.why.params.aside !== undefined ? [[at, described] as const] : [],
  );
  return open.length === 0 ? undefined : new Map(open);
}
