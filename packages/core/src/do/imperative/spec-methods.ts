import { beginReading, cloudNow } from '../../ground/clocks/cloud-time.js';
import { abilityOf } from '../abilities.js';
import { apply, applyOptions } from '../apply/apply.js';
import type { RunEvent } from '../apply/events.js';
import { untilChangesShow } from '../apply/late-writes.js';
import { recordedReach } from '../apply/reach.js';
import { checkOptions } from '../findings/check.js';
import { explainShape } from '../findings/explanation.js';
import { list, optional } from '../forms/form.js';
import { amount, callback, optionalFlag, optionalTexts, withSignal } from '../forms/values.js';
import { givenSpec } from '../input/given-spec.js';
import { gatewayId } from '../kinds/gateway/gateway-spec.js';
import { linkRef } from '../model/reference.js';
import { observePlan, observeSpec } from '../observe/observe-spec.js';
import { planDestroy } from '../plan/destroy.js';
import { withMembers } from '../plan/finish-plan.js';
import { planForget } from '../plan/forget.js';
import { givenJudge } from '../plan/judge.js';
import { withOpenMoves } from '../plan/notes/moved-notes.js';
import { partOf } from '../plan/only/part-of.js';
import { planForm } from '../plan/plan-scope.js';
import { planOptionsShape, type JudgedPlan, type Plan, type Step } from '../plan/plan.js';
import { simulatedCalls } from '../probe/call-gateway.js';
import { checkProbeOptions, probeOptions } from '../probe/probe-options.js';
import { probeRoutes } from '../probe/probe-routes.js';
import { runProbe } from '../probe/run-probe.js';
import { SNAPSHOT_VERSION, type Snapshot } from '../snapshot/snapshot.js';
import type { Spec } from '../spec.js';
import type * as Options from './call-options.js';
import type { Ensured } from './ensured.js';
import { regionOf } from './imperative-allowlist.js';
import { linkOf, method, ofEnsure, ofSpec, onEvent, optionsOf } from './link-methods.js';
import { withLinksOfOthers, type Removal } from './removal.js';
import { linkOrId, type RequestPlace } from './request-forms.js';
import { ensurePart, refuseAllPorts, refuseOthers, removeAll, withTimeout } from './session-parts.js';
import { inRegion, type Session } from './session.js';

/** Steps of one `ensure` at once; waiting links do not count. Calls are limited by the pace. */
const MAX_PARALLEL = 64;

const { allowPurchase, callGateway, ignoreFindings } = applyOptions;

/** What a program does with a whole spec, or with all that is there. */
export const specMethods = {
  ensure: ofSpec({ options: ofEnsure }, async (session, { spec: given, options }): Promise<Ensured> => {
    refuseOthers(session, given);
    const spec = withTimeout(given, options.timeoutMs);
    for (const { id, owner } of Object.values(spec.links))
      if (owner === 'external' && typeof id === 'string') session.usedLinks.add(id);

    const how = { maxParallel: MAX_PARALLEL, review: refuseAllPorts(spec) };
    const gateways = [...new Set(Object.values(spec.integrations).map(({ gateway }) => gatewayId(gateway)))].toSorted();
    const made = await session.holding(options, gateways, () => ensurePart(session, spec, options, how));
    const links = Object.entries(spec.links).map(async ([name, link]) => {
      const driver = await session.drivers(link);
      const found = await linkOf(session, name, made, options, driver);
      if (link.owner === 'external') session.usedLinks.add(found.id);
      const egress = await abilityOf(driver, 'egress')(linkRef(found), session.ctx(options));
      return [name, { ...found, egress }] as const;
    });
    return { links: Object.fromEntries(await Promise.all(links)), changes: changesOf(made.steps), notes: made.notes };
  }),

  release: method(
    {
      options: (place: RequestPlace) =>
        optionsOf<Options.ReleaseOptions>({
          onEvent,
          deleteInstances: planOptionsShape.deleteInstances,
          links: optional(list(linkOrId(place))),
        }),
    },
    async (session, { options }) => {
      const { deleteInstances, links = [] } = options;
      for (const link of links) session.usedLinks.add(session.refOf(link).id);
      const removal: Removal = (region, snapshot, spec, clouds) =>
        planDestroy(snapshot, withLinksOfOthers(spec, region, [...session.usedLinks]), { clouds, deleteInstances });
      const { steps, notes } = await session.alone(options, () => removeAll(session, options, removal));
      return { changes: changesOf(steps), notes };
    },
  ),

  observe: method(
    {
      options: optionsOf<Options.ObserveCallOptions>({
        checks: optionalFlag,
        domains: optionalFlag,
        flowLogs: optionalFlag,
      }),
    },
    async (session, { options: { checks, domains, flowLogs, signal } }): Promise<Snapshot> => {
      const ctx = session.ctx({ signal });
      const taken = beginReading(ctx);
      const region = await regionOf(session, { checks, domains, flowLogs }, ctx);
      return { version: SNAPSHOT_VERSION, ...taken(), scope: 'all', regions: [region] };
    },
  ),

  check: ofSpec(
    { options: optionsOf<Options.CheckCallOptions>({ ...checkOptions }) },
    async (session, { spec, clouds, options: { signal, ...how } }) => {
      const { check } = givenJudge('check', session.judge);
      const elsewhere = recordedReach(await session.journal.read(), spec);
      const snapshot = await observeSpec(spec, session.drivers, session.ctx({ signal }), { checks: true, elsewhere });
      return check(snapshot, spec, { live: true, ...how, clouds });
    },
    'a spec to check',
  ),

  explain: ofSpec(
    { options: withSignal<Options.ExplainCallOptions>({ ...explainShape }) },
    async (session, { spec, clouds, options: { signal, ...how } }) => {
      const { explain } = givenJudge('explain', session.judge);
      const snapshot = await observeSpec(spec, session.drivers, session.ctx({ signal }), { checks: true });
      return explain(snapshot, spec, { ...how, clouds, live: true });
    },
    'a spec to check',
  ),

  probe: ofSpec(
    {
      options: optionsOf<Options.ProbeCallOptions>({
        ...probeOptions,
        callGateway,
        timeoutMs: optional(amount),
        maxParallel: optional(amount),
        onResult: optional(callback()),
      }),
    },
    async (session, { spec, clouds, options }) => {
      const { signal, callGateway: given, timeoutMs, maxParallel, onResult, ...how } = options;
      checkProbeOptions(spec, how);
      const { check } = givenJudge('probe', session.judge);
      const { driver, drivers } = session;
      const context = session.ctx({ signal });
      const snapshot = await observeSpec(spec, drivers, context, { checks: true });
      const report = check(snapshot, spec, { clouds, live: true, passes: false });
      const calls = { callGateway: given ?? simulatedCalls(driver), timeoutMs, maxParallel, onResult };
      const routes = probeRoutes(snapshot, spec, { ...how, clouds });
      return runProbe(routes, { spec, clouds, report, drivers, context, ...calls });
    },
    'a spec to check',
  ),

  plan: ofSpec(
    { options: optionsOf<Options.PlanCallOptions>({ ...planOptionsShape, ignoreFindings }) },
    async (session, { spec, clouds, options }): Promise<JudgedPlan> => {
      const { signal, ignoreFindings: given = [], ...plan } = options;
      const judge = givenJudge('plan', session.judge);
      const ignored = judge.ignored(given, clouds);
      const records = await session.journal.read();
      const how = { clouds, all: plan.all, checks: true, elsewhere: recordedReach(records, spec), plan };
      const seen = await observePlan(spec, session.drivers, session.ctx({ signal }), how);
      const judged = judge.judge(seen.plan, seen.snapshot, partOf(spec, clouds, plan), ignored);
      const moves = session.openMovesIn?.(await session.journal.read(), cloudNow(session.context));
      const noted = moves === undefined ? judged : withOpenMoves(judged, moves);
      return withMembers(noted, { findings: noted.findings ?? [] }) as JudgedPlan;
    },
    'a spec to check',
  ),

  apply: method(
    {
      plan: planForm,
      options: optionsOf<Options.ApplyCallOptions>({
        spec: applyOptions.spec,
        allowPurchase,
        maxDeletes: applyOptions.maxDeletes,
        deleteAllRoutes: applyOptions.deleteAllRoutes,
        ignoreFindings,
        drain: applyOptions.drain,
        probe: applyOptions.probe,
        callGateway,
      }),
    },
    (session, { plan, options: { spec, signal, ...how } }) =>
      applied(session, plan, {
        ...how,
        signal,
        spec: spec === undefined ? undefined : givenSpec('apply', spec, session.drivers.clouds, session),
      }),
  ),

  destroy: ofSpec(
    {
      options: optionsOf<Options.DestroyCallOptions>({
        deleteInstances: planOptionsShape.deleteInstances,
        prune: optionalFlag,
      }),
    },
    (session, { spec, clouds, options: { signal, ...how } }) =>
      applyTo(session, spec, signal, (snapshot, spec) => planDestroy(snapshot, spec, { clouds, ...how })),
  ),

  forgetSpec: ofSpec(
    { options: optionsOf<Options.ForgetCallOptions>({ names: optionalTexts }) },
    (session, { spec, clouds, options: { signal, names } }) =>
      applyTo(session, spec, signal, (snapshot, spec) => planForget(snapshot, spec, { clouds, names })),
  ),
};

function applied(
  session: Session,
  plan: Plan,
  { spec, signal, callGateway, ...how }: Options.ApplyCallOptions & { readonly spec?: Spec | undefined },
): AsyncIterable<RunEvent> {
  const { driver, drivers, journal, judge } = session;
  const calls = callGateway ?? simulatedCalls(driver);
  return apply(plan, { spec, drivers, context: session.ctx({ signal }), journal, judge, ...how, callGateway: calls });
}

/** Carries out what is planned from all that the spec has, wherever that is. */
async function applyTo(
  session: Session,
  declared: Spec,
  signal: AbortSignal | undefined,
  planOf: (snapshot: Snapshot, spec: Spec) => Plan,
): Promise<AsyncIterable<RunEvent>> {
  const spec = inRegion(declared, session.driver);
  const records = await session.journal.read();
  const elsewhere = recordedReach(records, spec);
  const context = session.ctx({ signal });
  await untilChangesShow(records, context);
  const snapshot = await observeSpec(spec, session.drivers, context, { all: true, elsewhere });
  return applied(session, planOf(snapshot, spec), { signal, spec });
}

/** The steps of a run as a result shows them. */
const changesOf = (steps: readonly Step[]): Ensured['changes'] => steps.map(({ input: _input, ...step }) => step);
