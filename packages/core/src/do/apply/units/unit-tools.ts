import type { LaterReads } from '../../../ground/calls/answers.js';
import type { CallContext } from '../../../ground/calls/call-context.js';
import type { Driver } from '../../driver.js';
import type { Clouds } from '../../kinds/cloud/clouds.js';
import type { Json } from '../../../ground/json.js';
import type { LinkKind } from '../../model/link.js';
import type { GatewayRef, LinkRef } from '../../model/reference.js';
import type { Step } from '../../plan/plan.js';
import type { CallGateway } from '../../probe/call-gateway.js';
import type { CreateInStepsOptions } from '../create-in-steps.js';
import { settle } from '../outcome.js';
import { repeat } from '../repeat.js';
import type { StepOptions, StepOutcome, StepCounts, Run } from '../run.js';
import { outcomeOf, valueOf, type StepProgress } from '../step.js';
import type { StillPlanned } from '../plan-again.js';

/** What a unit works with. */
export interface UnitTools {
  readonly run: Run;
  readonly driver: Driver;
  /** The set of the driver's cloud. */
  readonly clouds: Clouds;
  /** What a step asks before it deletes or narrows; undefined: it is not asked. */
  readonly stillPlanned?: StillPlanned | undefined;
  /** Links that the units before this one created, by their names in the spec. */
  readonly links: ReadonlyMap<string, LinkRef>;
  readonly report: (step: Step) => StepProgress;
  /** Shows that a step begins, and then how it ended. */
  readonly begin: (step: Step) => (outcome: StepOutcome) => void;
  /** How long a deletion waits for calls in flight, in milliseconds; 0 where nothing has to be awaited. */
  readonly drainMs: (step: Step) => number;
  /** See `ApplyOptions.probe`. */
  readonly probe: boolean;
  /** See `ApplyOptions.callGateway`. */
  readonly callGateway?: CallGateway | undefined;
  /** The steps of the plan that create or change routes of a gateway, of all integrations. */
  readonly routeSteps: (gateway: GatewayRef) => readonly Step[];
  /** The key under which writes to one gateway exclude each other. */
  readonly gatewayKey: (gateway: GatewayRef) => string;
  /** Reads that the units of a run share. */
  readonly reads: LaterReads;
}

/**
 * How a step's create looks first: once, or until lists must show what a former run created. For a resource that
 * `costs` money it always looks for that long, since the journal of the run that bought it may be on another machine.
 */
export function lookFirst(
  step: Step,
  { driver, report }: UnitTools,
  kind: LinkKind,
  costs = false,
): Pick<CreateInStepsOptions<Json>, 'stalenessMs' | 'lookMs' | 'onLook' | 'onRetry'> {
  const { stalenessMs } = driver.traits(kind);
  return {
    stalenessMs,
    lookMs: costs ? stalenessMs : 0,
    onLook: (message) => report(step).waiting(message, 0),
    onRetry: report(step).retried,
  };
}

/** Errors that affect all later steps of the unit: one refusal reports them, three hundred would hide other errors. */
export const HOPELESS: ReadonlySet<string> = new Set([
  'ABORTED',
  'CREDENTIALS_MISSING',
  'CREDENTIALS_REFUSED',
  'CREDENTIALS_EXPIRED',
]);

/**
 * Runs steps one after the other. A step after a failed one is tried only if `independent` is true for it.
 * After an abort, or once the credentials are rejected, no further step is tried.
 */
export async function runSteps(
  steps: readonly Step[],
  { begin }: Pick<UnitTools, 'begin'>,
  perform: (step: Step) => Promise<Json | void>,
  independent: (step: Step, failed: readonly Step[]) => boolean = () => false,
): Promise<StepCounts> {
  const failed: Step[] = [];
  let done = 0;
  let skipped = 0;
  let hopeless = false;
  for (const step of steps) {
    if (hopeless || (failed.length > 0 && !independent(step, failed))) {
      skipped += 1;
      continue;
    }

    const end = begin(step);
    const outcome = await outcomeOf(perform(step));
    end(outcome.ok ? { ok: true, value: outcome.value ?? null } : outcome);
    if (outcome.ok) done += 1;
    else {
      failed.push(step);
      hopeless = HOPELESS.has(outcome.error.code);
    }
  }
  return { done, failed: failed.length, skipped };
}

/** Performs and records one effect, which is not repeated. @throws {FailedStep} */
export async function act<T extends Json | void>(
  { run }: Pick<UnitTools, 'run'>,
  id: string,
  effect: (ctx: CallContext) => Promise<T>,
  how: StepOptions = {},
): Promise<T> {
  const recorded = async (ctx: CallContext): Promise<Json> => ((await effect(ctx)) as Json | undefined) ?? null;
  return valueOf(await run.step<StepOutcome>(id, (ctx) => settle(() => recorded(ctx)), how)) as T;
}

/** The same of an effect that is safe to repeat. @throws {FailedStep} */
export async function actAgain<T extends Json>(
  step: Step,
  { run, report }: Pick<UnitTools, 'run' | 'report'>,
  id: string,
  effect: (ctx: CallContext) => Promise<T>,
  exclusive?: string,
): Promise<T> {
  return valueOf(await repeat(run, id, effect, { exclusive, onRetry: (retry) => report(step).retried(retry) }));
}

/** A write to a gateway without an answer: a step, or a part of one. @throws {FailedStep} */
export function writeToGateway(
  tools: UnitTools,
  id: string,
  gateway: GatewayRef,
  work: (ctx: CallContext) => Promise<void>,
): Promise<void> {
  return act(tools, id, work, { exclusive: tools.gatewayKey(gateway) });
}
