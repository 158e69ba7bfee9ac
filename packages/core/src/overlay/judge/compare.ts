import { type Finding, type Report, REPORT_VERSION } from '../../do/findings/finding.js';
import type { Spec } from '../../do/spec.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import type { LostRoute } from '../draft/draft-routes.js';
import { renamer } from '../lay/places.js';
import type { ToolPlan, ToolWords } from '../declared/tool-plan.js';
import { addressed, remedyOf, withoutNew } from './addressed.js';
import type { JudgedWorld } from './judged-world.js';
import type { PlanSet } from '../rows/plan-set.js';
import { optionsIn, settingsIn } from './plan-words.js';
import { touchedIds } from './touched-ids.js';
import { lostName, type LostName } from './lost-names.js';
import { actionNotes, actionOn } from './plan-actions.js';
import { movedCalls, WEIGHTS_RULE, weightsPutBack, type MovedCalls } from './moved-calls.js';
import { interruptions, type Interruption } from './interruptions.js';
import type { AddressedFinding, RouteSides, RouteVerdict } from './routes.js';
import type { Rule } from '../../do/findings/check.js';
import { findingOf } from '../../do/findings/say.js';
import { aboutThings, thing } from '../../do/findings/subject.js';
import type { AskedPlan } from '../carry/ask-plan.js';
import { askedNotes, askedRefusals, faultsOf, witnessed } from './asked.js';
import { REFUSED_RULE, refusedFindings, refusedOn, type Refused } from './refused.js';

/** What a plan is asked of each private integration. A verdict that no check made is a finding of this rule. */
const VERDICT_RULE: Rule = {
  id: 'plan/verdict',
  title: 'The private integration works after the plan',
  severity: 'error',
  about:
    'A plan can lead a route to a link, a listener or a target that does not exist after it, or leave open where the route ' +
    'leads. No check of a path can judge such a route, so the route itself is the finding. Correct what the route names.',
  sources: [],
  codes: ['INTEGRATION_FAILS', 'INTEGRATION_UNDECIDED'],
};

/** What is asked of a plan besides the checks. */
export const PLAN_RULES: readonly Rule[] = [VERDICT_RULE, REFUSED_RULE, WEIGHTS_RULE];

/** The verdict of a route, where no check has a finding for it. `address`: that of the route. */
function verdictFinding(
  verdict: 'fail' | 'unknown',
  address: string,
  { route, because, remedy }: { route: string; because: string | undefined; remedy: string | undefined },
  words: ToolWords,
): Finding {
  const failed = verdict === 'fail';
  return findingOf(VERDICT_RULE, {
    verdict,
    code: failed ? 'INTEGRATION_FAILS' : 'INTEGRATION_UNDECIDED',
    ...aboutThings(undefined, thing('route', address, address)),
    params: failed ? { address, route, because } : { address, route, missing: because },
    message: because ?? 'what decides about its path is not in the plan',
    evidence: [],
    remedy: remedy ?? (failed ? `Change what ${address} names.` : words.decide),
  });
}

export type { Interruption } from './interruptions.js';
export type { CallDestination, MovedCalls } from './moved-calls.js';

/** A private integration, before and after the plan. */
export interface JudgedIntegration {
  /** The address of its route; where no resource is the route, the gateway's address or ID, and the key. */
  readonly address: string;
  readonly route: string;
  readonly gateway: string;
  readonly before: RouteVerdict;
  readonly after: RouteVerdict;
  /** Why, where no finding says it; and what a verdict depends on, such as the port that a URI names. */
  readonly because?: string | undefined;
  readonly interruptions: readonly Interruption[];
  /** The calls that go elsewhere after the plan, or with other shares. Undefined: none that is known. */
  readonly calls?: readonly MovedCalls[] | undefined;
}

/** What a plan does to private integrations. Plain JSON, in a stable order, without sensitive values. */
export interface PlanJudgement {
  readonly version: 1;
  readonly integrations: readonly JudgedIntegration[];
  /** What stops calls after the plan, or may; an address is given wherever the plan has one. */
  readonly findings: readonly AddressedFinding[];
  /** What a reader must know besides, a sentence each. */
  readonly notes: readonly string[];
  /** The findings as a report, for its other formats, and the spec that it is about. */
  readonly report: Report;
  readonly spec: Spec;
}

/** Both sides of a plan, side by side. */
export function compared(
  plan: ToolPlan,
  base: Snapshot | undefined,
  before: JudgedWorld,
  after: JudgedWorld,
  set: PlanSet,
  { live = false, ask }: { readonly live?: boolean | undefined; readonly ask?: AskedPlan | undefined } = {},
): PlanJudgement {
  const names = new Map([...before.laid.names, ...after.laid.names]);
  const addressOf = (world: JudgedWorld, { gatewayId, routeId, key }: Omit<LostRoute, 'what'>): string =>
    world.laid.routes.get(`${gatewayId} ${routeId}`) ??
    [names.get(gatewayId) ?? gatewayId, ...(key === '' ? [] : [key])].join(' ');
  const sides = new Map<string, RouteSides>();
  for (const route of before.routes) sides.set(addressOf(before, route), { before: route });
  for (const route of after.routes) {
    const address = addressOf(after, route);
    sides.set(address, { ...sides.get(address), after: route });
  }
  const lost = new Map(after.laid.unknownRoutes.map((one) => [one.address, one.what] as const));
  const keys = new Map<string, string>();
  for (const one of after.laid.lostRoutes) {
    const address = addressOf(after, one);
    keys.set(address, one.key);
    if (!lost.has(address)) lost.set(address, one.what);
  }
  const addresses = new Set([
    ...sides.keys(),
    ...keys.keys(),
    ...after.laid.unknownRoutes.flatMap(({ address, isRoute }) => (isRoute ? address : [])),
  ]);
  const renamed = renamer(after.laid);
  const naming = { keyOf: (id: string) => names.get(id) ?? id, renamed };
  const destinations = (side: RouteSides) =>
    [side.before && before.destinations(side.before), side.after && after.destinations(side.after)] as const;
  /** Of a route that leads nowhere after the plan, the findings say why. */
  const movedOf = (side: RouteSides, isLost: boolean): readonly MovedCalls[] => {
    const [went, goes] = destinations(side);
    if (side.before === undefined || (goes === undefined && side.after?.verdict !== 'unknown' && !isLost)) return [];

    return movedCalls(went, goes, naming);
  };
  const isPart = plan.partial.length > 0;
  const refusedAll = [...faultsOf(plan), ...askedRefusals(ask, plan, after.laid, set, sides)];
  const needing = new Map<Refused, string[]>();
  const failed = new Set<string>();
  const reasons = new Map<string, LostName>();
  const integrations = [...addresses].toSorted().map((address): JudgedIntegration => {
    const side = sides.get(address) ?? {};
    const one = side.after ?? side.before;
    const moments = interruptions(side, before, after.laid.changes, ask?.lost);
    const open = moments.find(({ verdict }) => verdict === 'unknown')?.message;
    const decided = decidedBy(side, before, after) ?? actionOn(side.after, plan, after.laid.snapshot, set);
    if (decided !== undefined) reasons.set(address, decided);
    const unproven = side.after?.verdict === 'pass' ? (isPart ? plan.partial[0] : open) : undefined;
    const byCloud =
      side.after !== undefined || lost.has(address) ? refusedOn(address, side.after, after, refusedAll) : [];
    for (const one of byCloud) {
      const all = needing.get(one);
      if (all === undefined) needing.set(one, [address]);
      else all.push(address);
    }
    if (byCloud.length > 0) failed.add(address);
    const why = decided?.because ?? lost.get(address) ?? side.after?.because ?? unproven ?? stillServed(side, after);
    // What is not known to happen was not carried out.
    const isOpen = plan.doubts !== undefined && side.after?.verdict === 'unknown';
    const seen = isOpen ? undefined : witnessed(ask, side.after);
    const isHeard = decided === undefined && byCloud.length === 0 && seen?.verdict !== undefined;
    const witness = isHeard ? { ...seen, verdict: seen.verdict, address } : undefined;
    if (witness?.verdict !== undefined) reasons.set(address, { ...witness, verdict: witness.verdict });
    const what = byCloud.length > 0 ? undefined : witness === undefined ? both(why, seen?.because) : witness.because;
    const isRefused = byCloud.some(({ finding }) => finding.verdict === 'fail');
    // What this version does not know may be refused.
    const mayBeRefused = byCloud.length > 0 && side.after?.verdict !== 'fail';
    const moved = movedOf(side, lost.has(address));
    const unknown = unproven !== undefined || (lost.has(address) && side.after === undefined) || mayBeRefused;
    return {
      address,
      // One that stands for all of a document has no key of its own.
      route: after.laid.symbols.has(one?.key ?? '') ? '' : (one?.key ?? keys.get(address) ?? ''),
      gateway: names.get(one?.gatewayId ?? '') ?? one?.gatewayId ?? '',
      before: side.before?.verdict ?? 'absent',
      after: isRefused
        ? 'fail'
        : (decided?.verdict ?? witness?.verdict ?? (unknown ? 'unknown' : (side.after?.verdict ?? 'absent'))),
      ...(what === undefined ? {} : { because: renamed(what) }),
      interruptions: moments,
      ...(moved.length === 0 ? {} : { calls: moved }),
    };
  });
  const findings = [
    ...refusedFindings(refusedAll, needing),
    ...addressed({
      before,
      after,
      names,
      renamed,
      words: plan.words,
      settings: settingsIn(plan, after, set),
      touched: touchedIds(plan.instances),
      option: optionsIn(plan, names),
    }),
    ...integrations.flatMap((one) =>
      failed.has(one.address) ? [] : unfounded(one, sides.get(one.address) ?? {}, after, plan.words, reasons),
    ),
    ...weightsPutBack([...sides.values()].map(destinations), naming, after.laid.changes),
  ];
  const notes = [
    ...plan.partial.map((one) => `${one}: what ${plan.words.plan} does not have is not judged`),
    ...plan.notes,
    ...actionNotes(plan),
    ...(live ? [] : ages(plan, base)),
    ...askedNotes(ask),
    ...after.laid.notes,
  ];
  const report: Report = {
    version: REPORT_VERSION,
    findings: findings.map(({ addresses: _addresses, ...one }) => one as Finding),
    gaps: after.report.gaps.map((one) => ({ ...one, what: renamed(one.what) })),
    assumptions: [],
  };
  return { version: 1, integrations, findings, notes, report, spec: after.spec };
}

function both(why: string | undefined, observed: string | undefined): string | undefined {
  return why === undefined || observed === undefined ? (why ?? observed) : `${why}. ${observed}`;
}

/** What the plan does to the name of the gateway, where that decides whatever the path is after it. */
function decidedBy(side: RouteSides, before: JudgedWorld, after: JudgedWorld): LostName | undefined {
  const lost = lostName(side.before, before, after);
  return lost?.verdict === 'unknown' && side.after?.verdict === 'fail' ? undefined : lost;
}

/** The verdict of an integration as a finding, where no check has one for it: what decides is in every report. */
function unfounded(
  { address, route, after, because }: JudgedIntegration,
  { before, after: judged }: RouteSides,
  { laid }: JudgedWorld,
  words: ToolWords,
  reasons: ReadonlyMap<string, LostName>,
): readonly AddressedFinding[] {
  if (after !== 'fail' && after !== 'unknown') return [];

  const reason = reasons.get(address);
  if (reason !== undefined) {
    const finding = verdictFinding(after, address, { route, because, remedy: reason.remedy }, words);
    return [{ ...finding, addresses: [...new Set([address, reason.address])] } as AddressedFinding];
  }
  if (judged?.verdict === after && judged.findings.length > 0) return [];

  // What the route led to before: the plan may take it away.
  const path = [judged?.linkId, judged?.targetId, judged?.routeId, before?.linkId, before?.targetId].filter(
    (id) => id !== undefined && id !== '',
  );
  const causes = laid.changes.filter(({ ids }) => ids.some((id) => path.includes(id)));
  const finding = verdictFinding(after, address, { route, because, remedy: judged?.remedy }, words);
  const addresses = [...new Set([address, ...causes.map((one) => one.address)])];
  const remedy = remedyOf(finding.remedy, before === undefined ? withoutNew(causes) : causes, after, words);
  return [{ ...finding, remedy, addresses } as AddressedFinding];
}

/** What may have changed between the base and the plan. */
function ages({ timestamp, words }: ToolPlan, base: Snapshot | undefined): readonly string[] {
  if (base === undefined) return [`no snapshot is given: only what ${words.tool} manages is known`];
  if (timestamp === undefined || Date.parse(base.takenAt) >= Date.parse(timestamp)) return [];

  return [`the snapshot (${base.takenAt}) is older than ${words.plan} (${timestamp})`];
}

/** An API without routes is not deployed: its stage keeps the deployment that it has. */
function stillServed({ before, after }: RouteSides, { laid }: JudgedWorld): string | undefined {
  if (before === undefined || after !== undefined) return undefined;

  const gateways = laid.snapshot.regions.flatMap((region) => region.gateways);
  const left = gateways.find(({ id }) => id === before.gatewayId);
  if (left === undefined || left.routes.length > 0 || left.stages.length === 0) return undefined;

  return 'the API has no route left, so its stages go on serving their last deployment';
}
