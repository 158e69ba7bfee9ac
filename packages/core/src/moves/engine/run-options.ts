import type { DriverWith } from '../../do/driver.js';
import { InvalidInputError, PosternError } from '../../ground/errors.js';
import { fewText } from '../../ground/text/quantities.js';
import { isShift, type MovePlan, type MoveProbe, type ShiftRequest } from '../plan/move-plan.js';
import { requireUnedited } from '../plan/read-move-plan.js';
import { PROBE_CHECK } from '../validate/accept.js';
import {
  MAX_ERROR_RATE,
  checkRunOptions,
  SHIFT_DRAIN_MS,
  type Analysis,
  type AnalysisAnswer,
  type RunMoveOptions,
} from './options.js';

/** Calls of one analysis: with fewer, an error share says little. */
const LEAST_CALLS = 20;
/** The chance that no call of an analysis uses the new target, although it has its share. */
const MISSED = 0.05;
/** Calls at once. */
const PARALLEL = 8;
/** A little more than the longest time that an HTTP API waits for its integration. */
const TIMEOUT_MS = 35_000;

/** Answers of the gateway to callers without its credentials, or with too many calls: they show nothing of the target. */
const SHOWS_NOTHING: ReadonlySet<number> = new Set([401, 403, 429]);

/**
 * The options of a run, as its plan needs them.
 * @throws {InvalidInputError} `INVALID_INPUT` for options, for a shift whose calls nothing shows, and for a plan that was edited.
 *   {PosternError} `UNSUPPORTED_VERSION`, `UNSUPPORTED`
 */
export function runOptionsOf(plan: MovePlan, driver: DriverWith<'moves'>, given: RunMoveOptions): RunMoveOptions {
  requireUnedited(plan);
  checkRunOptions(given);
  requireShares(plan, driver, given);
  requireCaller(plan, given);
  return isShift(plan.request) ? withCalls(plan.request, given) : given;
}

/** Calls are split by percent only where each kind of gateway of the plan can. */
function requireShares(plan: MovePlan, driver: DriverWith<'moves'>, { canary }: RunMoveOptions): void {
  if (canary === undefined || typeof canary === 'number') return;

  const kind = plan.units.map(({ unit }) => unit.gateway.kind).find((one) => !driver.moves.traits(one).canary);
  if (kind === undefined) return;

  throw new PosternError('UNSUPPORTED', `calls of ${kind} cannot be split by percent`, {
    remedy: 'Write a number of units: they are switched first.',
  });
}

/** A temporary route that the cloud does not call itself tests nothing where it cannot be called. */
export function requireCaller({ units }: MovePlan, { probe = true, callGateway, accept }: RunMoveOptions): void {
  if (!probe || callGateway !== undefined) return;

  const probes = units.flatMap((one) => one.probes);
  if (probes.every((one) => one.byRoute === undefined || 'copies' in one.byRoute || isAccepted(one, accept))) return;

  throw new InvalidInputError('INVALID_INPUT', '`callGateway` is required: temporary routes test the new link', {
    remedy: 'Pass `createCallGateway()`, or false as `probe` to switch without a test.',
  });
}

/** Whether a test that shows nothing does not stop the move. */
export function isAccepted({ subject }: Pick<MoveProbe, 'subject'>, accept: RunMoveOptions['accept'] = []): boolean {
  return accept.some((one) => one.check === PROBE_CHECK && (one.subject ?? subject) === subject);
}

/** A shift calls its routes between the steps, and then asks the given analysis. */
function withCalls(request: ShiftRequest, options: RunMoveOptions): RunMoveOptions {
  const { drainMs = SHIFT_DRAIN_MS, analysis, probe = true, maxErrorRate = MAX_ERROR_RATE } = options;
  if (!probe) return { ...options, drainMs };

  const called = callsAnalysis(request, options);
  const both: Analysis = async (batch) => {
    const found = await called(batch);
    const isOver = found.errorRate !== undefined && found.errorRate > maxErrorRate;
    return analysis === undefined || !found.ok || isOver ? found : analysis(batch);
  };
  return { ...options, drainMs, analysis: both };
}

/** Calls the routes of a shift in turn; an error is an answer with status 500 or more, or no answer. */
function callsAnalysis(
  { calls, name, uncalled = [] }: ShiftRequest,
  { callGateway, probeHeaders: headers }: Pick<RunMoveOptions, 'callGateway' | 'probeHeaders'>,
): Analysis {
  if (callGateway === undefined || calls.length === 0) {
    const why = uncalled.length === 0 ? '' : ` (${fewText(uncalled)})`;
    const what = calls.length === 0 ? `no call of ${name} shows its backend${why}` : '`callGateway` is required';
    throw new InvalidInputError('INVALID_INPUT', `${what}, so nothing shows whether callers are served`, {
      remedy: 'Give a route that GET may call, or shift without calls: --no-probe, with --analysis (`probe: false`).',
    });
  }

  const send = async (at: number): Promise<number> => {
    const { url, method, headers: own } = calls[at % calls.length] ?? { url: '', method: 'GET' };
    try {
      return (await callGateway({ url, method, headers: { ...own, ...headers }, timeoutMs: TIMEOUT_MS })).status;
    } catch {
      return 0; // its text may repeat a header
    }
  };
  return async ({ percent }) => {
    const wanted = Math.max(LEAST_CALLS, callsFor(percent));
    const statuses: number[] = [];
    for (let at = 0; at < wanted; at += PARALLEL) {
      const numbers = Array.from({ length: Math.min(PARALLEL, wanted - at) }, (_, one) => at + one);
      statuses.push(...(await Promise.all(numbers.map(send))));
    }
    return answerOf(statuses);
  };
}

/** So many that one of them uses the new target with a probability of 95 %. */
function callsFor(percent: number): number {
  return percent >= 100 ? 1 : Math.ceil(Math.log(MISSED) / Math.log(1 - percent / 100));
}

function answerOf(statuses: readonly number[]): AnalysisAnswer {
  const shown = statuses.filter((status) => !SHOWS_NOTHING.has(status));
  const failed = shown.filter((status) => status === 0 || status >= 500);
  if (shown.length === 0) {
    const status = statuses[0] ?? 0;
    return {
      ok: false,
      because: `all ${statuses.length} calls got status ${status}, which shows nothing of the target`,
    };
  }

  const words = [...new Set(failed)].map((status) => (status === 0 ? 'no answer' : `status ${status}`));
  const because = `${failed.length} of ${shown.length} calls failed${words.length === 0 ? '' : ` (${words.join(', ')})`}`;
  return { ok: true, errorRate: failed.length / shown.length, because };
}
