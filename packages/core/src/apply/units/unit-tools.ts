import type { Driver } from '../../driver.js';
import type { Json } from '../../json.js';
import type { Step } from '../../plan/plan.js';
import type { CreateOnceOptions } from '../create-once.js';
import type { Outcome, StepError } from '../outcome.js';
import type { Run } from '../run.js';
import type { LinkWaits } from './poll-unit.js';

/** What a unit works with. */
export interface UnitTools {
  readonly run: Run;
  readonly driver: Driver;
  /** Ids of links that units of this run made, by their names in the spec. */
  readonly links: Map<string, string>;
  readonly waits: LinkWaits;
  readonly tell: Tell;
  /** Whether a former run may have done this step without a record of it. */
  readonly interrupted: (step: Step) => boolean;
  /** The key under which writes to one gateway exclude each other. */
  readonly gatewayKey: (gatewayId: string) => string;
}

/** Where a unit says what happens. */
export interface Tell {
  readonly started: (step: Step) => void;
  readonly waiting: (step: Step, progress: { message: string; state?: string | undefined; elapsedMs: number }) => void;
  readonly retried: (step: Step, retry: { message: string; attempt: number }) => void;
  readonly done: (step: Step, result: Json) => void;
  readonly failed: (step: Step, error: StepError) => void;
}

/**
 * How a step's create looks first: once, or until lists must show what a former run made. What `costs` money is always looked for
 * that long, since the journal of the run that bought it may be on another machine.
 */
export function lookFirst(
  step: Step,
  { driver, interrupted, tell }: UnitTools,
  costs = false,
): Pick<CreateOnceOptions<unknown>, 'stalenessMs' | 'lookMs' | 'onLook' | 'onRetry'> {
  const { stalenessMs } = driver.traits;
  return {
    stalenessMs,
    lookMs: costs || interrupted(step) ? stalenessMs : 0,
    onLook: (message) => tell.waiting(step, { message, elapsedMs: 0 }),
    onRetry: (retry) => tell.retried(step, retry),
  };
}

/** How many of a unit's steps came to what. */
export interface UnitResult {
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What no later step of the unit can escape: one refusal says it, three hundred hide what else went wrong. */
const HOPELESS: ReadonlySet<string> = new Set([
  'ABORTED',
  'CREDENTIALS_MISSING',
  'CREDENTIALS_REFUSED',
  'CREDENTIALS_EXPIRED',
]);

/**
 * Runs steps one after the other. A step after a failed one is tried only if `independent` says that it needs none before it.
 * After an abort, or once the credentials are not taken any more, nothing more is tried.
 */
export async function runSteps(
  steps: readonly Step[],
  tools: UnitTools,
  perform: (step: Step, tools: UnitTools) => Promise<Outcome>,
  independent: (step: Step, failed: readonly Step[]) => boolean = () => false,
): Promise<UnitResult> {
  const failed: Step[] = [];
  let done = 0;
  let skipped = 0;
  let hopeless = false;
  for (const step of steps) {
    if (hopeless || (failed.length > 0 && !independent(step, failed))) {
      skipped += 1;
      continue;
    }
    tools.tell.started(step);
    const outcome = await perform(step, tools);
    if (outcome.ok) {
      done += 1;
      tools.tell.done(step, outcome.value);
    } else {
      failed.push(step);
      hopeless = HOPELESS.has(outcome.error.code);
      tools.tell.failed(step, outcome.error);
    }
  }
  return { done, failed: failed.length, skipped };
}
