import type { Outcome } from '../../../do/findings/check.js';
import type { Evidence, Mending } from '../../../do/findings/finding.js';
import { hopMessage } from '../../../do/findings/explanation.js';
import { COUNTED } from '../../../do/findings/say.js';
import { aboutThings, ofRoutes, part, thing, type Subject } from '../../../do/findings/subject.js';
import type { CheckInput } from '../../../do/world/views.js';
import { hopOf, type TracedHop, hopsOn, type PathTrace } from '../../path/model/step.js';
import type { PathCheckId } from '../../path/reasons/index.js';
import { becauseOf } from '../../path/reasons/reason.js';
import type { Pair } from '../../path/trace/pairs.js';
import { linkMending } from '../link-mending.js';
import { grouped } from '../../../ground/grouped.js';

/** What stops traces at a step without a check of this family, under the nearest check. */
export interface Unassigned {
  readonly check: PathCheckId;
  readonly target: string;
  readonly outcome: Outcome;
}

/** A trace, and the hop of it that a check is about. */
interface HopOfTrace {
  readonly trace: PathTrace;
  readonly hop: TracedHop;
}

/** What one rule, route or entry stops. */
type Stopped = readonly [HopOfTrace, ...HopOfTrace[]];

/**
 * The outcomes of a check for a link and a target. One outcome for each cause that stops traces. In addition, one for
 * each missing fact on a trace that no known cause stops. Where no trace is stopped: one for each missing fact. One
 * where all traces that reach this check pass. Entries that stop a few calls of a trace add warnings. No outcome where
 * no trace reaches the check, or where a trace ends before it because the rest of the path is unknown.
 */
export function outcomesOfPair(
  input: CheckInput,
  check: PathCheckId,
  pair: Pair,
  traces: readonly PathTrace[],
): readonly Outcome[] {
  const failed: HopOfTrace[] = [];
  const unknown: HopOfTrace[] = [];
  const warned: HopOfTrace[] = [];
  let passed: PathTrace | undefined;
  for (const trace of traces) {
    for (const { step, way } of trace.taken) {
      if (step.check !== check) continue;

      if (step.verdict === 'fail') failed.push({ trace, hop: hopOf(step, way) });
      else if (step.verdict === 'unknown') unknown.push({ trace, hop: hopOf(step, way) });
      else if (step.warns === true) warned.push({ trace, hop: hopOf(step, way) });
      else passed ??= trace;
    }
  }
  const stop = (group: Stopped, several: boolean): Outcome => stopOf(input, check, pair, group, several);
  // A cause that stops a few calls is reported for traces on which the other calls succeed.
  const few = byCause(warned.filter(({ trace }) => trace.verdict !== 'fail'));
  const warnings = (several: boolean): readonly Outcome[] =>
    few.map((group): Outcome => ({ ...stop(group, several), verdict: 'fail', severity: 'warning' }));
  if (failed.length > 0) {
    const stops = byCause(failed);
    // For a stopped trace, the cause that stops it is reported. For a trace that is not stopped, only its gap
    // is reported.
    const open = byCause(unknown.filter(({ trace }) => trace.verdict === 'unknown'));
    return [
      ...stops.map((group) => stop(group, stops.length > 1)),
      ...open.map((group) => stop(group, true)),
      ...warnings(true),
    ];
  }
  if (unknown.length > 0) {
    const groups = byCause(unknown);
    return [...groups.map((group) => stop(group, groups.length > 1)), ...warnings(true)];
  }
  if (few.length > 0) return warnings(few.length > 1);
  // A step after a missing fact may be the one that stops the trace.
  if (passed === undefined || (check !== 'path/link' && traces.some(({ cut }) => cut === true))) return [];

  return [input.passes ? passOf(check, pair, passed) : COUNTED];
}

/** Of traces that end at a step without a check of this family: their outcomes. */
export function unassignedStops(input: CheckInput, pair: Pair, traces: readonly PathTrace[]): readonly Unassigned[] {
  const stopping = traces.flatMap((trace): HopOfTrace[] => {
    const bad = trace.taken.filter(({ step }) => step.verdict !== 'pass');
    const stop = bad.find(({ step }) => step.verdict === 'fail');
    const deciding = stop === undefined ? bad : [stop];
    const [first] = deciding;
    if (first === undefined || deciding.some(({ step }) => step.check !== undefined)) return [];

    return [{ trace, hop: hopOf(first.step, first.way) }];
  });
  const groups = byCause(stopping);
  return groups.map((group) => ({
    check: group[0].hop.hop === 'load balancer' ? 'path/load-balancer' : 'path/link',
    target: pair.target.name,
    outcome: stopOf(input, undefined, pair, group, groups.length > 1),
  }));
}

function passOf(check: PathCheckId, pair: Pair, { taken, from, to }: PathTrace): Outcome {
  const evidence = taken
    .filter(({ step }) => step.check === check)
    .map(({ step, way }) => evidenceOf(hopOf(step, way)));
  return {
    verdict: 'pass',
    ...aboutThings(pair.integration.name, ...aboutPair(pair)),
    evidence,
    message: `from ${from} to ${to}: ${evidence.map(({ hop, id }) => `${hop} (${id})`).join(', ')}`,
  };
}

/** By what decided: paths that one rule, route or entry stops are one finding. */
function byCause(bad: readonly HopOfTrace[]): readonly Stopped[] {
  const groups = grouped(bad, ({ hop }) => {
    const exact = /rule$|entry$|route$/.test(hop.kind) ? hop.text : '';
    return [hop.hop, hop.kind, hop.id, hop.code ?? '', exact].join('\n');
  });
  return [...groups.values()];
}

function stopOf(
  input: CheckInput,
  check: PathCheckId | undefined,
  pair: Pair,
  group: Stopped,
  several: boolean,
): Outcome {
  const [{ trace, hop }] = group;
  const ofLink = check === 'path/link' && hop.id !== 'IPv6';
  const things = ofLink ? [aboutLink(pair)] : [...aboutPair(pair), ...(several ? pathParts(trace, hop) : [])];
  const others = new Set(group.map((one) => `${one.trace.from} ${one.trace.to}`)).size - 1;
  const more = others === 0 ? '' : `; the same on ${others} other ${others === 1 ? 'path' : 'paths'} of this link`;
  const remedies = [...new Set(group.flatMap((one) => one.hop.remedy ?? []))];
  return {
    verdict: hop.verdict,
    ...ofRoutes(
      aboutThings(pair.integration.name, ...things),
      pair.target,
      group.map(({ trace: of }) => of),
    ),
    code: hop.why?.code ?? 'STOPPED',
    params: { hop: hop.hop, ...hop.why?.params, others },
    message: hopMessage(hop.hop, `${becauseOf(hop)}${ofLink ? '' : more}`),
    evidence: hopsOn(trace).map(evidenceOf),
    ...(remedies.length === 0 ? {} : { remedy: remedyText(remedies) }),
    mendedBy: mendingOf(input, pair, group),
  };
}

/** The calls pass only when every cause has ended. */
function mendingOf({ now }: CheckInput, { integration: { link } }: Pair, group: Stopped): Mending | undefined {
  if (group.every(({ hop }) => hop.mendedBy === 'apply')) return 'apply';

  // The same fact is a failure of `link/state` or `link/inactive`.
  return group.every(({ hop }) => hop.why?.code === 'LINK_STATE') ? linkMending(link, now) : undefined;
}

/**
 * A link has at most ten subnets. The limit is above that, because a cause left out of the remedy would still
 * stop the calls.
 */
const REMEDIES = 12;

/** Some remedies, of which each is needed, as one. */
export function remedyText(remedies: readonly string[]): string {
  const more = remedies.length - REMEDIES;
  return [...remedies.slice(0, REMEDIES), ...(more > 0 ? [`Do the same for ${more} more.`] : [])].join(' ');
}

function aboutLink({ integration }: Pair): Subject {
  return thing('link', integration.link.name);
}

function aboutPair(pair: Pair): readonly Subject[] {
  return [aboutLink(pair), thing('target', pair.target.name)];
}

/** One of several paths of a pair, and the hop on it. */
function pathParts({ from, to }: PathTrace, { hop }: TracedHop): readonly Subject[] {
  return [part('source', from), part('destination', to), part('hop', hop)];
}

function evidenceOf({ kind, id, text, hop, verdict, code }: TracedHop): Evidence {
  return code === undefined ? { kind, id, text, hop, verdict } : { kind, id, text, hop, verdict, code };
}
