import type { JournalRecord, RunEvent, CallContext } from '@postern/core/internal/library';
import { cloudNow, PosternError } from '@postern/core/internal/adapter';
import {
  interruptedSteps,
  localRun,
  stepKey,
  journaled as journaledCommand,
  type JournaledOptions as Journaled,
  type JournaledTools as CommandTools,
  type StepFailure,
  type Untimed,
} from '@postern/core/internal/cloud';
import type { Run } from '@postern/core/internal/engine';
import type { TimedEvent } from '@postern/core/internal/plan';
import type { HandoverKind, HandoverDriver } from './driver.js';
import { requireCurrentPlan, type HandoverPlan } from '../plan/fingerprint.js';
import type { HandoverSource } from '../source/source.js';

/** A command of a hand-over that changes something. */
export interface JournaledOptions<R, E extends TimedEvent> extends Omit<Journaled, 'what'> {
  /** `handover run`. */
  readonly command: string;
  readonly handover: string;
  readonly steps: number;
  /** Refuses what cannot be carried out, under the lock and before the first record. */
  readonly requireCurrent: () => Promise<void>;
  /** The last event. */
  readonly done: (result: R) => Untimed<E>;
}

/** What such a command works with. */
export interface JournaledTools<E extends TimedEvent> extends Pick<CommandTools<E>, 'emit' | 'at' | 'elapsedMs'> {
  readonly runOf: (stage: string) => Run;
  /** Of former runs. */
  readonly records: readonly JournalRecord[];
}

/** What a command came to, for its last record. */
interface Ended {
  readonly state: string;
  readonly failures: readonly unknown[];
}

/** The unit of a stage in the journal. */
export const unitOf = (handover: string, stage: string): string => `handover ${handover.slice(0, 8)} ${stage}`;

/**
 * Runs a command under the journal's lock, with a record before and after each step, and yields its events.
 * @throws {PosternError} as `journaled` of moves, and what `require` throws.
 */
export function journaled<E extends TimedEvent, R extends Ended>(
  options: JournaledOptions<R, E>,
  work: (tools: JournaledTools<E>) => Promise<{ readonly result: R; readonly applied: number }>,
): AsyncGenerator<E, R, undefined> {
  const { context, journal, command, handover, steps, maxParallel, done } = options;
  const hear = (): Promise<unknown> => options.requireCurrent().catch(() => undefined); // what it refuses, it refuses below
  const where = { context, journal, what: 'handover', maxParallel, hear };
  return journaledCommand<R, E>(where, async (records) => {
    await options.requireCurrent();
    const value = { project: 'handovers', goal: 'handover', command, handover, steps };
    return {
      begin: [{ type: 'run', value }],
      work: async ({ shared, ...command }) => {
        // A run is repeated at once after a failure, and lists may not show yet what it created before that.
        const interrupted = interruptedSteps(records, cloudNow(context)?.earliestMs ?? Number.NaN, 'any');
        const runOf = (stage: string): Run => {
          const unit = unitOf(handover, stage);
          return localRun(unit, shared, {
            // Gateways are read one by one: there is one for each stage.
            watch: { until: () => Promise.reject(new PosternError('INTERNAL', `${unit} awaits no link`)) },
            result: (other) => Promise.reject(new PosternError('INTERNAL', `${unit} awaits no other unit: ${other}`)),
            interrupted: (step) => interrupted.has(stepKey({ unit, step })),
          });
        };
        const { result, applied } = await work({ ...command, runOf, records });
        const end = { applied, failed: result.failures.length, skipped: 0, state: result.state };
        return { result, end, last: done(result) };
      },
    };
  });
}

/** What happens during a run of a hand-over. Steps are those of `RunEvent`. */
export type HandoverEvent =
  | Extract<RunEvent, { readonly step: string }>
  | (TimedEvent & {
      readonly type: 'handover.started';
      readonly handover: string;
      readonly stages: readonly string[];
      readonly steps: number;
    })
  | (TimedEvent & { readonly type: 'handover.done'; readonly result: HandoverResult });

/** An object of the target. */
export interface BuiltObject {
  readonly kind: HandoverKind;
  readonly name: string;
  readonly id: string;
  /** Whether this run created it. */
  readonly created: boolean;
}

/** What was built for a stage. */
export interface BuiltStage {
  readonly stage: string;
  /** Whether every object of the plan exists and is published. */
  readonly complete: boolean;
  readonly objects: readonly BuiltObject[];
}

/** How a run ended. */
export interface HandoverResult {
  readonly handover: string;
  /** `built`: everything is published on the target, and calls still come to the classic group. */
  readonly state: 'built' | 'failed';
  readonly stages: readonly BuiltStage[];
  /** What is left to do by hand, one sentence each. */
  readonly notes: readonly string[];
  readonly failures: readonly StepFailure[];
}

/** Refuses credentials of another account than the plan's. @throws {PosternError} `WRONG_ACCOUNT` */
export async function requireAccount(
  plan: HandoverPlan,
  driver: Pick<HandoverDriver, 'account'>,
  context: CallContext,
): Promise<void> {
  const account = await driver.account(context);
  if (account === plan.account) return;

  throw new PosternError('WRONG_ACCOUNT', `the plan is of account ${plan.account}, the credentials of ${account}`, {
    remedy: `Use credentials of ${plan.account}.`,
  });
}

/** The same, and a plan that is a week old, or whose group or backends changed. @throws {PosternError} `WORLD_MOVED` */
export async function requireCurrent(
  plan: HandoverPlan,
  driver: Pick<HandoverDriver, 'account' | 'source'>,
  variables: HandoverSource['variables'],
  context: CallContext,
): Promise<void> {
  await requireAccount(plan, driver, context);
  requireCurrentPlan(plan, await driver.source(plan, variables, context), new Date(context.clock.now()).toISOString());
}
