import { isPosternError } from '@postern/core/internal/library';
import type { CommonOptions } from '../../invocation.js';
import { printLines } from '../../output/print.js';
import type { Io } from '../../process/io.js';
import { scriptBackends, RouteCalls, workingRoutes, type CalledRoute, openTwin, type Twin } from './world.js';
import { printRehearsal, type Rehearsal, type RehearsedRun } from './report.js';
import type { FaultKind } from '@postern/simulator/internal/simulation';
import type { REHEARSAL } from './grammar.js';
import type { OptionsOf } from '../../grammar/options.js';

/** What a retry or a new run must survive. Refusals and expired credentials are not among them: they end every run. */
const KINDS: readonly FaultKind[] = ['throttle', 'error', 'reset', 'lost', 'throttle-after', 'error-after', 'stale'];
/** How old a stale answer is at most, in simulated milliseconds. */
const STALE_MS = 10_000;

/** Lets a share of the calls of the clouds fail, in percent, by the twin's seed. */
function addFaults({ simulation }: Pick<Twin, 'simulation'>, percent: number): void {
  for (const kind of KINDS) {
    const probability = percent / 100 / KINDS.length;
    simulation.faults.add({ kind, probability, ...(kind === 'stale' ? { ms: STALE_MS } : {}) });
  }
}

export type RehearsalOptions = CommonOptions & OptionsOf<{ readonly options: typeof REHEARSAL }>;

/** What a rehearsal does besides. */
interface RehearsalHooks {
  /** Adds to the twin what a snapshot does not have. */
  readonly prepare?: (twin: Twin) => void;
  /** Why a route that works is not called. */
  readonly whyNotCalled?: (route: CalledRoute, twin: Twin) => string | undefined;
}

/** Calls before the run, in simulated milliseconds. */
const BEFORE_MS = 30_000;

/** After the run: until changes are in effect everywhere; DNS of an API group takes ten minutes. */
const AFTER_MS: Readonly<Record<string, number>> = { aws: 120_000, alibaba: 720_000 };

/** Until calls in flight have ended. */
const END_MS = 60_000;

/**
 * Carries out something on the twin of a snapshot, with calls of each route all the time, and reports it. No cloud is
 * called. @returns 3 where a call was lost or the run failed
 */
export async function rehearse(
  io: Io,
  options: RehearsalOptions,
  what: string,
  carryOut: (twin: Twin) => Promise<RehearsedRun>,
  { prepare, whyNotCalled }: RehearsalHooks = {},
): Promise<number> {
  const twin = await openTwin(io, options.snapshot, options.seed);
  prepare?.(twin);
  const { simulation, snapshot } = twin;
  const backends = scriptBackends(simulation, snapshot);
  const { called, uncalled } = await workingRoutes(twin, whyNotCalled);
  const { places, heading } = placesOf(twin, what, options);
  if (options.json !== true) printLines(io, heading, '');
  const calls = new RouteCalls(simulation, called, options.rate);
  await simulation.advance(BEFORE_MS);
  const callsBefore = simulation.journal().length;
  const startMs = simulation.clock.now();
  if (options.faults !== undefined) addFaults(twin, options.faults);
  const run = await outcomeOf(() => carryOut(twin));
  simulation.faults.clear();
  const durationMs = simulation.clock.now() - startMs;
  const cloudCalls = simulation.journal().length - callsBefore;
  await simulation.advance(Math.max(0, ...snapshot.regions.map(({ provider }) => AFTER_MS[provider] ?? 0)));
  calls.stop();
  await simulation.advance(END_MS);
  const load = calls.result();
  const { perSecond } = calls;
  const { seed, faults } = options;
  const rehearsal: Rehearsal = {
    what,
    places,
    takenAt: snapshot.takenAt,
    seed,
    faults,
    run,
    durationMs,
    cloudCalls,
    backends,
    routes: called.length,
    perSecond,
    load,
    uncalled,
    lacks: twin.lacks,
    snapshot,
  };
  printRehearsal(io, rehearsal, options.json === true);
  return load.lost > 0 || !run.ok ? 3 : 0;
}

/** Errors that end the run are its outcome. One of the input, such as a file that is missing, is not. */
async function outcomeOf(run: () => Promise<RehearsedRun>): Promise<RehearsedRun> {
  try {
    return await run();
  } catch (error) {
    if (!isPosternError(error) || WRONG_INPUT.has(error.code)) throw error;

    const { code, message, remedy } = error;
    const failure = { code, message: remedy === undefined ? message : `${message}. ${remedy}` };
    return { ok: false, summary: 'Refused.', failures: [failure] };
  }
}

const WRONG_INPUT: ReadonlySet<string> = new Set([
  'ABORTED',
  'FILE_UNREADABLE',
  'INVALID_INPUT',
  'INVALID_SPEC',
  'INVALID_YAML',
  'UNSUPPORTED_VERSION',
]);

function placesOf({ snapshot, file }: Twin, what: string, { seed, faults }: RehearsalOptions) {
  const places = snapshot.regions.map(({ provider, region, account }) => `${provider} ${region}, account ${account}`);
  const failing = faults === undefined ? '' : `, ${faults} % of the calls of the clouds fail`;
  const heading = `Rehearsal of ${what} on a twin of ${file} (${places.join('; ')}), as it was at ${snapshot.takenAt}, seed ${seed}${failing}. No cloud is called.`;
  return { places, heading };
}
