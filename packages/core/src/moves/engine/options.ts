import { optional, type Infer } from '../../do/forms/form.js';
import { amount, callback, choice, keyed, optionalFlag, optionalText, signal, strings } from '../../do/forms/values.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import type { DriverWith } from '../../do/driver.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { Journal } from '../../do/apply/journal.js';
import type { CallGateway } from '../../do/probe/call-gateway.js';
import { snapshotArgument } from '../../do/snapshot/snapshot-argument.js';
import type { PlannedUnit } from '../plan/move-plan.js';
import type { PlanMoveOptions } from '../plan/plan-move.js';

/** What an analysis found: `errorRate` is a share from 0 to 1. */
export interface AnalysisAnswer {
  readonly ok: boolean;
  readonly errorRate?: number | undefined;
  /** A clause: `status 500`, `exit status 1`. */
  readonly because: string;
}

/** Finds out whether callers are served. It must end by itself; a rejection counts as a failure. */
export type Analysis = (batch: {
  readonly units: readonly string[];
  readonly switched: number;
  /** How many of their calls use the new link or target. */
  readonly percent: number;
}) => Promise<AnalysisAnswer>;

const callOptions = { signal };

/** Options of every method of `Moves`. */
export interface MoveCallOptions extends Infer<typeof callOptions> {}

export const planningOptions = { capture: optionalFlag, snapshot: optional(snapshotArgument) };

/** Options of `Moves.plan`. */
export interface MovePlanningOptions extends Infer<typeof planningOptions> {}

/** What every command of a move works with. */
export interface MoveContext {
  readonly driver: DriverWith<'moves'>;
  /** The set of the driver's cloud. */
  readonly clouds: Clouds;
  /** Its signal ends the run: the step in progress is finished and recorded, and no further step is started. */
  readonly context: CallContext;
  readonly journal: Journal;
}

export const runOptions = {
  /** The first batch: so many units; or `{ percent }` of the calls, where the kind of gateway can split calls. Default 1. */
  canary: optional(
    choice<number | { readonly percent: number }>('a number of units, or { percent }', (given) =>
      typeof given === 'number' ? amount : keyed<{ percent: number }>({ percent: amount }),
    ),
  ),
  /** How many units are switched side by side. Default 10. */
  batch: optional(amount),
  /** After each batch. Default one minute. */
  pauseMs: optional(amount),
  /** After the last switch, until what only the old link needs may be removed. Default 15 minutes. */
  drainMs: optional(amount),
  /** Called at the end of each pause, and every half minute of it. */
  analysis: optional(callback<Analysis>()),
  /** The largest share of errors that an analysis may report, from 0 to 1. Default 0. */
  maxErrorRate: optional(amount),
  /** How long to wait for open to-dos. Default 0: the run ends with `FINDINGS_FAILED` before anything has changed. */
  waitMs: optional(amount),
  /** Whether everything is put back after a failed test, switch, verification or analysis. Default true. */
  autoRollback: optionalFlag,
  /**
   * Whether backends are tested through the new link before the switch. A test that shows nothing stops the move, unless
   * `accept` names it. Default true.
   */
  probe: optionalFlag,
  /** Called on the public domain of each unit after its switch, with GET: `/health`. Needs `callGateway`. */
  probePath: optionalText,
  /** Of a shift: headers of the calls of its routes, such as an API key. They are not recorded. */
  probeHeaders: optional(strings),
  /** How gateways are called: `createCallGateway()`. Needed to test the new link of an HTTP API by a temporary route. */
  callGateway: optional(callback<CallGateway>()),
  /** Of a shift: whether shares that the deployments of a service write are changed. Default false: `WEIGHTS_OWNED`. */
  despiteOwner: optionalFlag,
  /** Whether to wait for the drain and to finish. Default false. */
  finish: optionalFlag,
};

/** Options of a run. Times are in milliseconds. */
export interface RunMoveOptions extends Pick<PlanMoveOptions, 'accept' | 'assume'>, Infer<typeof runOptions> {}

export const rollbackOptions = {
  /** In milliseconds: calls may use the new link for so long after the return. Default 15 minutes. */
  drainMs: optional(amount),
  /** Whether to return although validation reports errors of the move back, or the former targets of a shift take no calls. */
  force: optionalFlag,
};

/** Options of a return. */
export interface RollbackMoveOptions
  extends Pick<PlanMoveOptions, 'accept' | 'assume'>, Infer<typeof rollbackOptions> {}

/** Fifteen minutes: the old instance serves a group for up to ten after the switch, and calls in flight end after that. */
export const DRAIN_MS = 900_000;
export const PAUSE_MS = 60_000;
const BATCH = 10;
export const MAX_ERROR_RATE = 0;

/** Of a shift: calls in flight end within five minutes, the default deregistration delay of a target group. */
export const SHIFT_DRAIN_MS = 300_000;

/** A week. */
const LONGEST_MS = 604_800_000;

/** The units in the order of the plan: the canaries first, then batches. */
export function batchesOf(
  units: readonly PlannedUnit[],
  { canary = 1, batch = BATCH }: Pick<RunMoveOptions, 'canary' | 'batch'>,
): readonly (readonly PlannedUnit[])[] {
  const first = typeof canary === 'number' && units.length > canary ? canary : 0;
  const batches = first === 0 ? [] : [units.slice(0, first)];
  for (let at = first; at < units.length; at += batch) batches.push(units.slice(at, at + batch));
  return batches;
}

/** @throws {InvalidInputError} `INVALID_INPUT` for an option out of its range. */
export function checkRunOptions(options: RunMoveOptions): void {
  const { canary = 1, batch = BATCH, maxErrorRate = MAX_ERROR_RATE } = options;
  if (typeof canary === 'number') requireWhole('canary', canary, 'units', 0);
  else if (!(canary.percent > 0 && canary.percent < 100)) {
    throw wrong(`canary is ${canary.percent} %`, 'Write more than 0 % and less than 100 %.');
  }
  requireWhole('batch', batch, 'units', 1);
  if (options.probePath !== undefined && !/^\/[!-~]*$/.test(options.probePath)) {
    throw wrong(
      `the probe's path is ${JSON.stringify(options.probePath)}`,
      'Write the path of a URL, such as /health.',
    );
  }
  if (!(maxErrorRate >= 0 && maxErrorRate <= 1)) {
    throw wrong(`the largest error rate is ${maxErrorRate * 100} %`, 'Write 0 % to 100 %.');
  }

  for (const name of ['pauseMs', 'drainMs', 'waitMs'] as const) {
    const ms = options[name] ?? 0;
    if (!(ms >= 0 && ms <= LONGEST_MS)) throw wrong(`${name} is ${ms}`, 'Write 0 to a week.');
  }
}

function requireWhole(name: string, value: number, what: string, least: number): void {
  if (Number.isInteger(value) && value >= least && value <= 10_000) return;

  throw wrong(`${name} is ${value}`, `Write a whole number of ${what} from ${least} to 10000.`);
}

function wrong(message: string, remedy: string): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', message, { remedy });
}
