import { eventQueue } from '../../do/apply/event-queue.js';
import { interruptedSteps } from '../../do/apply/interrupted.js';
import type { Journal } from '../../do/apply/journal.js';
import { localRun } from '../../do/apply/local-run.js';
import { shownError } from '../../do/apply/outcome.js';
import { processRun, runId } from '../../do/apply/process-run.js';
import type { Run } from '../../do/apply/run.js';
import { stepKey } from '../../do/apply/step-key.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { aborted, onAbort } from '../../ground/clocks/abort.js';
import { latestTime } from '../../ground/clocks/cloud-time.js';
import { elapsedMs } from '../../ground/clocks/elapsed.js';
import { PosternError, UnsupportedError } from '../../ground/errors.js';
import type { HandoverPlan } from '../plan/handover-plan.js';
import type { PlannedStage } from '../plan/plan-values.js';
import type { HandoverSource } from '../source/source.js';
import { requireCurrentPlan } from '../plan/fingerprint.js';
import { buildObject, type BuildTools } from './build-object.js';
import type { HandoverDriver } from './driver.js';
import { notBuilt, objectsOf } from './objects.js';
import { placeOf, stepOf } from './place.js';
import type { BuiltObject, BuiltStage, HandoverEvent, HandoverResult } from './run-events.js';

/** What a run works with. */
export interface RunHandoverOptions {
  /** Its signal ends the run: the step in progress is finished and recorded, and no further step is started. */
  readonly context: CallContext;
  readonly journal: Journal;
  /** Whether gateways may be bought. Default false. */
  readonly allowPurchase?: boolean | undefined;
  /** Values of stage variables, as they were given for the plan. */
  readonly variables?: HandoverSource['variables'] | undefined;
}

/** Steps at once, over all stages: one for each gateway. */
const MAX_PARALLEL = 16;

/**
 * Builds and publishes on the target what a plan has. Nothing of the classic group is changed, and no record of DNS: callers notice
 * nothing. What exists with the mark of this hand-over is not created again, so a run that was killed is continued by running again.
 *
 * Failed steps are events, not exceptions: what was built stays, and the stage is not complete.
 *
 * @throws {PosternError} `WORLD_MOVED` for a plan that is a week old, or whose group or backends changed; `LOCKED`; `ABORTED` after
 *   the last event; `JOURNAL_WRITE_FAILED`. {InvalidInputError} `WRONG_ACCOUNT`. {UnsupportedError} `UNSUPPORTED`: backends that
 *   only the console creates.
 */
export async function* runHandover(
  plan: HandoverPlan,
  driver: HandoverDriver,
  options: RunHandoverOptions,
): AsyncGenerator<HandoverEvent, HandoverResult, undefined> {
  const { context, journal, allowPurchase = false, variables = {} } = options;
  const { signal } = context;
  if (signal?.aborted) throw aborted('handover', signal);
  for (const stage of plan.stages) requireBuildable(stage);
  const lock = await journal.lock();
  const stop = new AbortController();
  const deaf = onAbort(signal, () => stop.abort(signal?.reason));
  try {
    const records = await journal.read();
    await requireCurrent(plan, driver, variables, context);
    const at = (): string => latestTime(context);
    const startedMs = context.clock.monotonicMs();
    const run = runId(context);
    const steps = plan.stages.reduce((sum, stage) => sum + objectsOf(stage).length, 0);
    const value = { project: 'handovers', goal: 'handover', command: 'handover run', handover: plan.handover, steps };
    await journal.append({ type: 'run', value, at: at(), run });
    const events = eventQueue<HandoverEvent>();
    const { shared, breakage } = processRun(run, { context, journal, maxParallel: MAX_PARALLEL }, stop);
    const interrupted = interruptedSteps(records, context.clock.now());
    const runOf = (unit: string): Run =>
      localRun(unit, shared, {
        // Gateways are read one by one: there is one for each stage.
        watch: { until: () => Promise.reject(new PosternError('INTERNAL', `${unit} awaits no link`)) },
        result: (other) => Promise.reject(new PosternError('INTERNAL', `${unit} awaits no other unit: ${other}`)),
        interrupted: (step) => interrupted.has(stepKey({ unit, step })),
      });
    const failures: HandoverResult['failures'][number][] = [];
    const emit = (event: HandoverEvent): void => events.push(event);
    emit({
      type: 'handover.started',
      at: at(),
      handover: plan.handover,
      stages: plan.stages.map(({ stage }) => stage),
      steps,
    });
    let result: HandoverResult | undefined;
    const running = (async () => {
      const stages = await Promise.all(
        plan.stages.map((stage) => {
          const unit = `handover ${plan.handover.slice(0, 8)} ${stage.stage}`;
          return buildStage(plan, stage, { run: runOf(unit), driver, allowPurchase, emit, at, failures, context });
        }),
      );
      const isBuilt = stages.every(({ complete }) => complete);
      result = {
        handover: plan.handover,
        state: isBuilt ? 'built' : 'failed',
        stages,
        notes: plan.stages.flatMap(notBuilt),
        failures,
      };
      if (breakage() === undefined) {
        const applied = stages.reduce((sum, { objects }) => sum + objects.filter(({ created }) => created).length, 0);
        await journal.append({
          type: 'end',
          at: at(),
          run,
          value: { applied, failed: failures.length, skipped: 0, state: result.state },
          durationMs: elapsedMs(context.clock, startedMs),
        });
      }
      emit({ type: 'handover.done', at: at(), result });
    })().then(
      () => events.close(),
      (error: unknown) => events.close(error),
    );
    try {
      yield* events;
    } finally {
      // A caller that stops reading events stops the run: the step in progress is still finished and recorded.
      stop.abort(new PosternError('ABORTED', 'handover: the caller stopped reading events'));
      await running;
    }
    const broke = breakage();
    if (broke !== undefined) throw broke.error;
    if (signal?.aborted) throw aborted('handover', signal);
    if (result === undefined) throw new PosternError('INTERNAL', 'handover: the run ended without a result');
    return result;
  } finally {
    deaf();
    await lock.release();
  }
}

async function requireCurrent(
  plan: HandoverPlan,
  driver: HandoverDriver,
  variables: HandoverSource['variables'],
  context: CallContext,
): Promise<void> {
  const account = await driver.account(context);
  if (account !== plan.account) {
    throw new PosternError('WRONG_ACCOUNT', `the plan is of account ${plan.account}, the credentials of ${account}`, {
      remedy: `Use credentials of ${plan.account}.`,
    });
  }
  requireCurrentPlan(plan, await driver.source(plan, variables, context), new Date(context.clock.now()).toISOString());
}

/** @throws {UnsupportedError} `UNSUPPORTED` */
function requireBuildable({ stage, services }: PlannedStage): void {
  const other = services.find(({ kind }) => kind === 'FC3' || kind === 'MSE_NACOS');
  if (other === undefined) return;
  throw new UnsupportedError(`${stage}: a service of type ${other.kind} (${other.name}) is not created`, {
    remedy: 'Hand its APIs over in the console, and plan the others.',
  });
}

interface StageTools extends Pick<BuildTools, 'run' | 'driver' | 'allowPurchase'> {
  readonly emit: (event: HandoverEvent) => void;
  readonly at: () => string;
  readonly failures: { readonly step: string; readonly code: string; readonly message: string }[];
  readonly context: CallContext;
}

/** The objects of a stage one after the other; the first that fails ends the stage. */
async function buildStage(plan: HandoverPlan, stage: PlannedStage, tools: StageTools): Promise<BuiltStage> {
  const { run, driver, allowPurchase, emit, at, failures, context } = tools;
  const built = new Map<string, BuiltObject>();
  const place = placeOf(plan, stage, built);
  const { unit } = run;
  const ended = (complete: boolean): BuiltStage => ({ stage: stage.stage, complete, objects: [...built.values()] });
  for (const object of objectsOf(stage)) {
    const step = stepOf(object);
    const { kind, name } = object;
    const begunMs = context.clock.monotonicMs();
    emit({ type: 'step.started', at: at(), unit, step, kind: `build-${kind}`, resource: { type: kind, name } });
    const outcome = await buildObject(object, {
      run,
      driver,
      place,
      allowPurchase,
      onRetry: ({ attempt, message }) => emit({ type: 'step.retried', at: at(), unit, step, attempt, message }),
      onWait: (message, waitedMs) => emit({ type: 'step.waiting', at: at(), unit, step, message, elapsedMs: waitedMs }),
    });
    if (!outcome.ok) {
      const error = shownError(outcome.error);
      failures.push({ step, code: error.code, message: error.message });
      emit({ type: 'step.failed', at: at(), unit, step, error });
      return ended(false);
    }
    built.set(step, { kind, name, ...outcome.value });
    emit({ type: 'step.done', at: at(), unit, step, durationMs: elapsedMs(context.clock, begunMs) });
  }
  return ended(true);
}
