import type { Json, JournalRecord, CallContext } from '@postern/core/internal/adapter';
import { shownError, repeat, timed } from '@postern/core/internal/cloud';
import type { Run, StepError, StepOutcome } from '@postern/core/internal/engine';
import type { TimedEvent } from '@postern/core/internal/plan';
import type { HandoverPlan } from './plan/fingerprint.js';
import { type HandoverProof, requireProof } from './prove/proof.js';
import { proveHandover, type ProveHandoverOptions } from './prove/prove-handover.js';
import type { HandoverDriver } from './run/driver.js';
import { requireCurrent, type HandoverEvent, type HandoverResult, type JournaledTools } from './run/journaled.js';
import { buildStages, requireBuildable } from './run/run-handover.js';
import type { HandoverSwitchDriver } from './switch/dns.js';
import type { SwitchEvent, SwitchResult } from './switch/switch-events.js';
import { builtGateways, switchStages, type SwitchOptions } from './switch/switch-handover.js';
import { isStepOfFound } from './switch/name-mover.js';
import { BASELINE } from './switch/switch-stage.js';

/** What a part of a hand-over runs on: a `Run` of the caller, such as that of a workflow engine. */
export interface ExecuteHandoverOptions<E> {
  readonly run: Run;
  /** The clock of the unit: that of the answers that were recorded last. */
  readonly context: Pick<CallContext, 'clock'>;
  readonly emit: (event: E) => void;
}

/**
 * Builds a hand-over as `runHandover` does, on a `Run` of the caller: one step after the other, and the stages, too. What is refused
 * is a failure of the result.
 */
export async function executeHandoverRun(
  plan: HandoverPlan,
  driver: HandoverDriver,
  options: ExecuteHandoverOptions<HandoverEvent> & { readonly allowPurchase?: boolean | undefined },
): Promise<HandoverResult> {
  const { run, context, emit, allowPurchase = false } = options;
  for (const stage of plan.stages) requireBuildable(stage);
  const looked = await repeat<null>(
    run,
    LOOK,
    async (ctx) => (await requireCurrent(plan, driver, {}, ctx), null),
    READS,
  );
  if (!looked.ok) return { ...failedWith(plan, looked.error), state: 'failed', stages: [], notes: [] };

  const tools = { runOf: () => run, driver, allowPurchase, ...shownOn<HandoverEvent>(context, emit) };
  return (await buildStages(plan, tools, 'one by one')).result;
}

/**
 * Proves a hand-over as `proveHandover` does, as one step of a `Run` of the caller: after a kill all routes are called again.
 */
export async function executeHandoverProof(
  plan: HandoverPlan,
  driver: HandoverDriver,
  { run, ...options }: Omit<ProveHandoverOptions, 'context' | 'onRoute'> & Pick<ExecuteHandoverOptions<never>, 'run'>,
): Promise<StepOutcome & { readonly value?: HandoverProof }> {
  const prove = async (context: CallContext): Promise<Json> =>
    (await proveHandover(plan, driver, { ...options, context })) as unknown as Json;
  const proven = await repeat<Json>(run, 'prove', prove, READS);
  return proven as StepOutcome & { readonly value?: HandoverProof };
}

/** What a switch on a `Run` of the caller works with. */
export interface ExecuteSwitchOptions extends ExecuteHandoverOptions<SwitchEvent>, Omit<SwitchOptions, 'context'> {
  /** What former runs of this plan gave to `remember`. */
  readonly memory: readonly JournalRecord[];
  /** What a later run of the same plan needs: where the names led before, and what was served. Plain JSON without secrets. */
  readonly remember: (record: JournalRecord) => void;
}

/**
 * Switches a hand-over as `switchHandover` does, on a `Run` of the caller.
 * @throws {InvalidInputError}, {PosternError} as `switchHandover`, of the proof; `ABORTED` where the run ends
 */
export async function executeHandoverSwitch(
  plan: HandoverPlan,
  driver: HandoverSwitchDriver,
  proof: HandoverProof,
  { run: engine, memory, remember, ...options }: ExecuteSwitchOptions,
): Promise<SwitchResult> {
  requireProof(plan, proof);
  const run = withMemory(engine, remember);
  const { context, emit } = options;
  const look = async (ctx: CallContext) => {
    await requireCurrent(plan, driver, {}, ctx);
    return builtGateways(plan, driver, ctx);
  };
  const looked = await repeat<Readonly<Record<string, string>>>(run, LOOK, look, READS);
  if (!looked.ok) return { ...failedWith(plan, looked.error), state: 'failed', stages: [], notes: [] };

  const journal = { runOf: () => run, ...shownOn<SwitchEvent>(context, emit), records: memory };
  return (await switchStages(plan, driver, options, { gateways: looked.value, journal })).result;
}

/** How steps are shown on a `Run` of the caller. */
function shownOn<E extends TimedEvent>(
  { clock }: Pick<CallContext, 'clock'>,
  emit: (event: E) => void,
): Pick<JournaledTools<E>, 'emit' | 'at' | 'elapsedMs'> {
  const at = (): string => new Date(clock.now()).toISOString();
  return { emit: (event) => emit(timed<E>(event, at())), at, elapsedMs: () => Math.round(clock.monotonicMs()) };
}

const LOOK = 'look at the plan again';
const READS = { reads: true } as const;

function failedWith({ handover }: HandoverPlan, error: StepError): Pick<HandoverResult, 'handover' | 'failures'> {
  const { code, message } = shownError(error);
  return { handover, failures: [{ step: LOOK, code, message }] };
}

/** A run that tells the answers which a later run reads: they are in a journal where there is one. */
function withMemory(run: Run, remember: (record: JournalRecord) => void): Run {
  return {
    ...run,
    step: async (id, effect, options) => {
      const value = await run.step(id, effect, options);
      if (id === BASELINE || isStepOfFound(id)) {
        remember({ type: 'after', at: '', run: '', unit: run.unit, step: id, value });
      }
      return value;
    },
  };
}
