import { hopMessage } from '../../findings/hop-message.js';
import type { CheckInput, TargetView } from '../../world/views.js';
import type { Outcome } from '../../findings/check.js';
import type { Evidence, Finding } from '../../findings/finding.js';
import { aboutThings, part, thing, type Subject } from '../../findings/subject.js';
import { forgetWorlds, pairsOf, walksOf, walksUnlessPass, type Pair } from './pairs.js';
import type { Hop } from '../path.js';
import { hopOf, type PathCheckId, type Told } from '../step.js';
import { hopsOf, type Taken, type Walk } from '../taken.js';
import type { Wanted } from '../wanted.js';

/** The checks of this family in the order of a packet's path. */
const PATH_CHECK_IDS: readonly PathCheckId[] = [
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

/** A pass that is counted only. */
const PASS: Outcome = { verdict: 'pass', subject: '', message: '', evidence: [] };

/** The outcomes of all walks of an input. */
interface Walked {
  readonly byCheck: ReadonlyMap<PathCheckId, readonly Outcome[]>;
  /** The entries that lists of the cloud need to allow all calls, in the order of the paths. */
  readonly wanted: ReadonlyMap<TargetView, readonly Wanted[]>;
  /** What blocks health checks of unhealthy targets. */
  readonly causes: ReadonlyMap<TargetView, Told>;
  /** What stops walks, or leaves them unknown, at a step that a check of another family reports. */
  readonly deferred: readonly Deferred[];
}

interface Deferred {
  readonly check: PathCheckId;
  readonly target: string;
  readonly outcome: Outcome;
}

const known = new WeakMap<CheckInput, Walked>();

/** The outcomes of one check of this family: all walks are computed once for all of them. */
export function outcomesOf(input: CheckInput, check: PathCheckId): readonly Outcome[] {
  return walked(input).byCheck.get(check) ?? [];
}

/** The list entries after which no list stops the paths to a target, or may stop them; an entry may occur more than once. */
export function wantedFor(input: CheckInput, target: TargetView): readonly Wanted[] {
  return walked(input).wanted.get(target) ?? [];
}

/** What blocks health checks of the targets behind a target's load balancer, where a walk ends at a group without a healthy one. */
export function causeFor(input: CheckInput, target: TargetView): Told | undefined {
  return walked(input).causes.get(target);
}

/**
 * The causes that stop walks, or leave them unknown, and are in none of `findings`. Each stopped walk results
 * in a finding of severity `error`, each missing fact on a walk in an `unknown`, for any set of checks that
 * ran and any facts that they could read.
 */
export function unreported(
  input: CheckInput,
  findings: readonly Finding[],
): readonly { readonly check: PathCheckId; readonly outcome: Outcome }[] {
  const { deferred } = walked(input);
  if (deferred.length === 0) return [];
  const said = findings.filter(({ verdict, severity }) => verdict !== 'pass' && severity === 'error');
  return deferred.filter(
    ({ target, outcome }) =>
      !said.some(
        (finding) =>
          (outcome.verdict === 'unknown' || finding.verdict === 'fail') &&
          concerns(finding, target, outcome.integration),
      ),
  );
}

function concerns({ integration, about }: Finding, target: string, of: string | undefined): boolean {
  if (integration !== null && of !== undefined && integration !== of) return false;
  return about.some(({ id }) => id === target);
}

function walked(input: CheckInput): Walked {
  const there = known.get(input) ?? walkAll(input);
  known.set(input, there);
  return there;
}

function wantedOn(walks: readonly Walk[]): readonly Wanted[] {
  return walks.flatMap(({ taken }) =>
    taken.flatMap(({ step, way }) => (step.verdict === 'pass' ? [] : (step.wants?.(way) ?? []))),
  );
}

function causeOn(walks: readonly Walk[]): Told | undefined {
  for (const { verdict, taken } of walks) {
    const cause = verdict === 'fail' ? taken.at(-1)?.step.cause?.() : undefined;
    if (cause !== undefined) return cause;
  }
  return undefined;
}

/** Results of walks are cached for this many pairs: for a large region they would take more memory than the region itself. */
const PAIRS_REMEMBERED = 20_000;

function walkAll(input: CheckInput): Walked {
  const all = new Map<PathCheckId, Outcome[]>(PATH_CHECK_IDS.map((id) => [id, []]));
  const wanted = new Map<TargetView, readonly Wanted[]>();
  const causes = new Map<TargetView, Told>();
  const deferred: Deferred[] = [];
  const linksTold = new Set<string>();
  let walked = 0;
  for (const pair of pairsOf(input)) {
    walked += 1;
    if (walked % PAIRS_REMEMBERED === 0) forgetWorlds(input);
    const walks = input.passes ? walksOf(input, pair) : walksUnlessPass(input, pair);
    if ('met' in walks) {
      for (let at = 0; at < walks.met.length; at += 1) all.get(walks.met[at] as PathCheckId)?.push(PASS);
      continue;
    }
    const needs = wantedOn(walks);
    if (needs.length > 0) wanted.set(pair.target, needs);
    const cause = causeOn(walks);
    if (cause !== undefined) causes.set(pair.target, cause);
    deferred.push(...deferredOn(pair, walks));
    for (const [check, list] of all) {
      for (const outcome of outcomesOfPair(check, pair, walks, input.passes)) {
        // A problem of the link itself is reported once, however many targets use it.
        const told = `${outcome.integration} ${outcome.subject} ${outcome.message}`;
        if (outcome.verdict !== 'pass' && outcome.about?.length === 1 && linksTold.has(told)) continue;
        linksTold.add(outcome.verdict === 'pass' ? '' : told);
        list.push(outcome);
      }
    }
  }
  forgetWorlds(input);
  return { byCheck: all, wanted, causes, deferred };
}

/** A walk, and the step of it that a check is about. */
interface Met {
  readonly walk: Walk;
  readonly taken: Taken;
}

/**
 * The outcomes of a check for a link and a target. One outcome for each cause that stops walks. In addition,
 * one for each missing fact on a walk that no known cause stops. Where no walk is stopped: one for each
 * missing fact. One where all walks that reach this check pass. Entries that stop a few calls of a walk add
 * warnings. No outcome where no walk reaches the check, or where a walk ends before it because the rest of
 * the path is unknown.
 */
function outcomesOfPair(check: PathCheckId, pair: Pair, walks: readonly Walk[], passes: boolean): readonly Outcome[] {
  const failed: Met[] = [];
  const unknown: Met[] = [];
  const warned: Met[] = [];
  let passed: Met | undefined;
  for (const walk of walks) {
    for (const taken of walk.taken) {
      if (taken.step.check !== check) continue;
      if (taken.step.verdict === 'fail') failed.push({ walk, taken });
      else if (taken.step.verdict === 'unknown') unknown.push({ walk, taken });
      else if (taken.step.warns === true) warned.push({ walk, taken });
      else passed ??= { walk, taken };
    }
  }
  // A cause that stops a few calls is reported for walks on which the other calls succeed.
  const few = [...groupBy(warned.filter(({ walk }) => walk.verdict !== 'fail')).values()];
  const warnings = (several: boolean): readonly Outcome[] =>
    few.map((group): Outcome => ({ ...outcomeOf(pair, group, several), verdict: 'fail', severity: 'warning' }));
  if (failed.length > 0) {
    const stops = [...groupBy(failed).values()];
    // For a stopped walk, the cause that stops it is reported. For a walk that is not stopped, only its gap
    // is reported.
    const open = [...groupBy(unknown.filter(({ walk }) => walk.verdict === 'unknown')).values()];
    return [
      ...stops.map((group) => outcomeOf(pair, group, stops.length > 1)),
      ...open.map((group) => outcomeOf(pair, group, true)),
      ...warnings(true),
    ];
  }
  if (unknown.length > 0) {
    const groups = [...groupBy(unknown).values()];
    return [...groups.map((group) => outcomeOf(pair, group, groups.length > 1)), ...warnings(true)];
  }
  if (few.length > 0) return warnings(few.length > 1);
  // A step after a missing fact may be the one that stops the walk.
  if (passed === undefined || (check !== 'path/link' && walks.some(({ cut }) => cut === true))) return [];
  return [passes ? passOf(check, pair, passed.walk) : PASS];
}

/** Of walks that end at a step without a check of this family: their outcomes, under the nearest check. */
function deferredOn(pair: Pair, walks: readonly Walk[]): readonly Deferred[] {
  const met = walks.flatMap((walk): Met[] => {
    const bad = walk.taken.filter(({ step }) => step.verdict !== 'pass');
    const stop = bad.find(({ step }) => step.verdict === 'fail');
    if (stop !== undefined) return stop.step.check === undefined ? [{ walk, taken: stop }] : [];
    const [first] = bad;
    return first !== undefined && bad.every(({ step }) => step.check === undefined) ? [{ walk, taken: first }] : [];
  });
  const groups = [...groupBy(met).values()];
  return groups.map((group) => ({
    check: group[0]?.hop.hop === 'load balancer' ? 'path/load-balancer' : 'path/link',
    target: pair.target.name,
    outcome: outcomeOf(pair, group, groups.length > 1),
  }));
}

function passOf(check: PathCheckId, pair: Pair, { taken, from, to }: Walk): Outcome {
  const hops = taken.filter(({ step }) => step.check === check).map(({ step, way }) => hopOf(step, way));
  return {
    verdict: 'pass',
    ...aboutThings(pair.integration.name, ...aboutPair(pair)),
    message: `from ${from} to ${to}: ${hops.map(({ hop, id }) => `${hop} (${id})`).join(', ')}`,
    evidence: hops.map(evidenceOf),
  };
}

interface Worded extends Met {
  readonly hop: Hop;
}

/** By what decided: paths that one rule, route or entry stops are one finding. */
function groupBy(bad: readonly Met[]): ReadonlyMap<string, readonly Worded[]> {
  const groups = new Map<string, Worded[]>();
  for (const met of bad) {
    const hop = hopOf(met.taken.step, met.taken.way);
    const exact = /rule$|entry$|route$/.test(hop.kind) ? hop.text : '';
    const key = [hop.hop, hop.kind, hop.id, hop.code ?? '', exact].join('\n');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [{ ...met, hop }]);
    else group.push({ ...met, hop });
  }
  return groups;
}

function outcomeOf(pair: Pair, group: readonly Worded[], several: boolean): Outcome {
  const [first] = group;
  if (first === undefined) return PASS;
  const { walk, hop } = first;
  const others = new Set(group.map((one) => `${one.walk.from} ${one.walk.to}`)).size - 1;
  const more = others === 0 ? '' : `; the same on ${others} other ${others === 1 ? 'path' : 'paths'} of this link`;
  const ofLink = first.taken.step.check === 'path/link' && hop.id !== 'IPv6';
  const remedies = [...new Set(group.flatMap((one) => one.hop.remedy ?? []))];
  const things = ofLink ? [aboutLink(pair)] : [...aboutPair(pair), ...(several ? pathParts(walk, hop) : [])];
  return {
    verdict: hop.verdict,
    code: hop.why?.code ?? 'STOPPED',
    params: { hop: hop.hop, ...hop.why?.params, others },
    ...aboutThings(pair.integration.name, ...things),
    message: hopMessage(hop.hop, `${hop.because ?? hop.text}${ofLink ? '' : more}`),
    evidence: hopsOf(walk).map(evidenceOf),
    ...(remedies.length === 0 ? {} : { remedy: remedyText(remedies) }),
  };
}

/**
 * A link has at most ten subnets. The limit is above that, because a cause left out of the remedy would still
 * stop the calls.
 */
const REMEDIES = 12;

function remedyText(remedies: readonly string[]): string {
  const more = remedies.length - REMEDIES;
  return [...remedies.slice(0, REMEDIES), ...(more > 0 ? [`Do the same for ${more} more.`] : [])].join(' ');
}

function aboutLink({ integration }: Pair): Subject {
  return thing('link', integration.link.name);
}

/** One of several paths of a pair, and the hop on it. */
function pathParts({ from, to }: Walk, { hop }: Hop): readonly Subject[] {
  return [part('source', from), part('destination', to), part('hop', hop)];
}

function aboutPair(pair: Pair): readonly Subject[] {
  return [aboutLink(pair), thing('target', pair.target.name)];
}

function evidenceOf({ kind, id, text, hop, verdict, code }: Hop): Evidence {
  return { kind, id, text, hop, verdict, ...(code === undefined ? {} : { code }) };
}
