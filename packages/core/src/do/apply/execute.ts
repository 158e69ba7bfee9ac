import { defined } from '../../ground/defined.js';
import { isSameService } from '../model/traits.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import type { CallCounts } from '../../ground/calls/step-context.js';
import { laterReads } from '../../ground/calls/answers.js';
import { onAbort } from '../../ground/clocks/abort.js';
import { elapsedMs } from '../../ground/clocks/real-clock.js';
import { cloudNow, latestTime } from '../../ground/clocks/cloud-time.js';
import { PosternError } from '../../ground/errors.js';
import type { PlanFinding } from '../findings/finding.js';
import { entryOf, type Json } from '../../ground/json.js';
import type { LinkRef } from '../model/reference.js';
import type { Spec } from '../spec.js';
import type { Reach } from './reach.js';
import type { ObservedPlace } from '../observe/places.js';
import type { Plan, Unit } from '../plan/plan.js';
import type { CallGateway } from '../probe/call-gateway.js';
import { type RunEvent, stepKey } from './events.js';
import { executeUnit, integrationOf } from './execute-unit.js';
import type { Journal } from './journal.js';
import { interruptedSteps, leftPlaces, recordedPlaces } from './outcome.js';
import type { LinkWatches } from './link-watch.js';
import { localRun, localWatches, processRun, runId } from './local-run.js';
import { type Runs, type StepCounts, type UnitResult, schedule } from './run.js';
import type { StillPlanned } from './plan-again.js';

/** What a plan's units are carried out with. */
export interface ExecuteOptions {
  readonly places: readonly ObservedPlace[];
  /** What a step asks before it deletes or narrows; undefined: it is not asked. */
  readonly stillPlanned?: StillPlanned | undefined;
  /** Where the spec has resources afterwards, for the journal. Undefined: it names a part of what it has. */
  readonly reach?: Reach | undefined;
  readonly context: CallContext;
  readonly journal: Journal;
  readonly maxParallel: number;
  readonly signal: AbortSignal;
  readonly emit: (event: RunEvent) => void;
  /** The runs that execute units; by default this process, with every step in the journal. */
  readonly runs?: Runs | undefined;
  /** How the journal names the run; by default the plan's goal. */
  readonly command?: string | undefined;
  /** See `ApplyOptions.drain`. */
  readonly drain?: number | undefined;
  /** See `ApplyOptions.probe`. */
  readonly probe?: boolean | undefined;
  /** See `ApplyOptions.callGateway`. */
  readonly callGateway?: CallGateway | undefined;
  /** What was spent on reading the current state before the run, for the journal. */
  readonly reading?: { readonly durationMs: number; readonly calls: CallCounts } | undefined;
  /** Watches that several runs share; by default the run has its own. */
  readonly watches?: LinkWatches | undefined;
}

/**
 * Executes a plan that is known to be current, in this process, with every step in the journal. Returns the
 * links that were created, by their names in the spec.
 */
export async function execute(plan: Plan, spec: Spec, options: ExecuteOptions): Promise<ReadonlyMap<string, LinkRef>> {
  const { places, context, journal, signal } = options;
  let interruptions = 0;
  const emit = (event: RunEvent): void => {
    if (event.type === 'step.failed' && event.error.code === 'ABORTED') interruptions += 1;
    options.emit(event);
  };
  const at = (): string => latestTime(context);
  const run = runId(context);
  const records = await journal.read();
  const nowMs = cloudNow(context)?.earliestMs ?? Number.NaN;
  const interrupted = interruptedSteps(records, nowMs);
  const unseen = interruptedSteps(records, nowMs, 'any');
  const steps = plan.units.reduce((sum, unit) => sum + unit.steps.length, 0);
  const { project, goal, unchanged, fingerprint, findings = [] } = plan;
  const { command = goal, reading } = options;
  const startedMs = context.clock.monotonicMs();
  await journal.append({
    type: 'run',
    at: at(),
    run,
    value: {
      project,
      goal,
      fingerprint,
      steps,
      command,
      ...ignoredErrors(findings),
      ...recordedPlaces(plan),
      ...(options.reach as unknown as Record<string, Json> | undefined),
    },
    ...reading,
  });
  const shown = findings.length === 0 ? {} : { findings };
  const here = places.map(({ driver: { provider, region }, account }) => ({ provider, region, account }));
  const left = leftPlaces(records, here);
  const notes = left.length === 0 ? {} : { notes: left };
  emit({ type: 'run.started', at: at(), project, goal, steps, unchanged, ...shown, ...notes });

  const broken = new AbortController();
  const deaf = onAbort(signal, () => broken.abort(signal.reason));
  const { shared, breakage } = processRun(run, options, broken);
  const watches = options.watches ?? localWatches(shared);
  const runs: Runs =
    options.runs ??
    ((unit, { driver, account }, result) =>
      localRun(unit.id, shared, {
        watch: watches(driver, account),
        result,
        interrupted: (step) => unseen.has(stepKey({ unit: unit.id, step })),
      }));

  const reads = laterReads();
  let results: ReadonlyMap<string, UnitResult>;
  try {
    results = await schedule(plan.units, (unit, result) => {
      const place = placeOf(places, unit);
      return executeUnit(plan, unit, {
        ...options,
        ...place,
        run: runs(unit, place, result),
        interrupted,
        emit,
        reads,
      });
    });
  } catch (error) {
    throw breakage()?.error ?? error;
  } finally {
    deaf();
  }
  const broke = breakage();
  if (broke !== undefined) throw broke.error;

  const count = (of: keyof StepCounts): number => [...results.values()].reduce((sum, result) => sum + result[of], 0);
  const counts = { applied: count('done'), unchanged, failed: count('failed'), skipped: count('skipped') };
  const durationMs = elapsedMs(context.clock, startedMs);
  const units = unitCounts([...results.values()]);
  const value = { ...counts, units, ...(interruptions === 0 ? {} : { interrupted: interruptions }) };
  await journal.append({ type: 'end', at: at(), run, value, durationMs });
  const { unread } = plan;
  const integrations = integrationsOf(plan, spec, results);
  const shownCounts =
    interruptions === 0 ? counts : { ...counts, failed: counts.failed - interruptions, interrupted: interruptions };
  emit({ type: 'run.done', at: at(), ...shownCounts, integrations, ...defined({ unread }) });
  return new Map([...results.values()].flatMap(({ links }) => links));
}

/** What the user accepted, for the journal. */
function ignoredErrors(findings: readonly PlanFinding[]): Readonly<Record<string, Json>> {
  const errors = findings.filter(
    ({ ignored, severity, verdict }) => ignored === true && severity === 'error' && verdict === 'fail',
  );
  if (errors.length === 0) return {};

  return { ignored: errors.map(({ check, code, subject }) => ({ check, code, subject })) };
}

function placeOf(places: readonly ObservedPlace[], unit: Unit): ObservedPlace {
  const { id, provider, region, account } = unit;
  const place = places.find((one) => isSameService(one.driver, unit) && one.account === account);
  if (place !== undefined) return place;

  throw new PosternError('INTERNAL', `${id}: no driver for ${provider} ${region} of account ${account}`);
}

function unitCounts(results: readonly UnitResult[]): { done: number; failed: number; skipped: number } {
  const failed = results.filter((result) => result.failed > 0).length;
  const skipped = results.filter((result) => result.failed === 0 && result.skipped > 0).length;
  return { done: results.length - failed - skipped, failed, skipped };
}

/**
 * The result of each integration of the spec, and of those that the plan removes. An integration whose link,
 * or whose gateway's deployment, failed has not succeeded either.
 */
function integrationsOf(
  plan: Plan,
  spec: Spec,
  results: ReadonlyMap<string, UnitResult>,
): Readonly<Record<string, 'done' | 'unchanged' | 'failed' | 'skipped'>> {
  const unread = new Set(plan.unread?.flatMap((part) => part.integrations));
  const removed = plan.units.flatMap((unit) => integrationOf(unit) ?? []);
  const names = new Set([...(plan.goal === 'apply' ? Object.keys(spec.integrations) : []), ...removed]);
  const entries = [...names].map((name) => {
    const link = entryOf(spec.integrations, name)?.link;
    if (unread.has(name)) return [name, 'skipped'] as const;

    const own = plan.units.find((unit) => unit.kind === 'integration' && unit.name === name)?.id ?? '';
    const others = plan.units
      .filter(
        (unit) =>
          (plan.goal === 'apply' && unit.kind === 'link' && unit.name === link) ||
          (unit.kind === 'gateway' && unit.dependsOn.includes(own)),
      )
      .map(({ id }) => results.get(id));
    return [name, verdict(results.get(own), others)] as const;
  });
  return Object.fromEntries(entries);
}

function verdict(
  own: UnitResult | undefined,
  others: readonly (UnitResult | undefined)[],
): 'done' | 'unchanged' | 'failed' | 'skipped' {
  if (own !== undefined && own.failed > 0) return 'failed';
  if (own !== undefined && own.skipped > 0) return 'skipped';
  if (others.some((result) => result !== undefined && result.failed > 0)) return 'failed';
  if (others.some((result) => result !== undefined && result.skipped > 0)) return 'skipped';

  return own === undefined ? 'unchanged' : 'done';
}
