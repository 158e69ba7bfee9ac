import { userInfo } from 'node:os';
import { InvalidInputError, isPosternError, PosternError, realClock } from '@postern/core/internal/library';
import type { Author, FleetClient, RunState } from '@postern/fleet/internal/fleet';
import type { Io } from '../process/io.js';
import type { up } from '../commands/fleet/grammar.js';
import type { OptionsOf } from '../grammar/options.js';
import { jsonLines, printLines } from '../output/print.js';
import { runLines } from './run-lines.js';

/** Options of the commands that call an engine. */
export type FleetOptions = Partial<OptionsOf<typeof up>>;

/** Where an engine of `postern fleet dev` listens. */
const DEFAULT_ENGINE = 'http://127.0.0.1:8080';

/** The address of an engine's ingress. @throws {InvalidInputError} where it is not an address. */
export function engineOf(io: Io, { engine }: FleetOptions): string {
  const given = engine ?? io.env['POSTERN_FLEET'] ?? DEFAULT_ENGINE;
  requireAddress(
    given,
    `${engine === undefined ? 'POSTERN_FLEET' : '--engine'} is not the address of an engine`,
    DEFAULT_ENGINE,
  );
  return given.replace(/(?<!\/)\/+$/, '');
}

/** @throws {InvalidInputError} with this message where `given` is not the address of a service. */
export function requireAddress(given: string, message: string, example: string): void {
  if (/^https?:\/\//.test(given) && URL.canParse(given)) return;

  throw new InvalidInputError('INVALID_INPUT', message, { remedy: `Write it as in ${example}.` });
}

/** The runs of the engine that `--engine` or POSTERN_FLEET names. @throws {InvalidInputError} where it is not an address. */
export async function openFleet(io: Io, options: FleetOptions): Promise<FleetClient> {
  const ingress = engineOf(io, options);
  if (io.fleet !== undefined) return io.fleet(ingress);

  const { fleetClient } = await import('@postern/fleet');
  return explained(await fleetClient({ ingress, admin: options.admin }), ingress);
}

const LIST_RUNS = 'List the runs with `postern fleet status --all`.';
const LOOK_UP = 'Look it up: `postern fleet status --all` lists runs, and `postern fleet status RUN` shows one.';

/** The same, whose errors say how an engine is started or named. */
function explained(client: FleetClient, engine: string): FleetClient {
  const methods = Object.entries(client) as [string, (...given: unknown[]) => Promise<unknown>][];
  const withRemedy = methods.map(([name, call]) => [
    name,
    async (...given: unknown[]) => {
      try {
        return await call(...given);
      } catch (error) {
        if (isPosternError(error, 'NOT_FOUND'))
          throw new PosternError(error.code, error.message, { cause: error, remedy: LOOK_UP });
        if (!isPosternError(error, 'ENDPOINT_UNREACHABLE')) throw error;

        const { origin } = new URL(engine); // without a password
        throw new PosternError(error.code, `no engine with workers answers at ${origin}`, {
          cause: error,
          remedy:
            'Start one with `postern fleet dev`, or name its ingress with --engine. Where the engine runs and its newest workers do not, run `postern fleet register` with the address of workers that run.',
        });
      }
    },
  ]);
  return Object.fromEntries(withRemedy) as FleetClient;
}

/** Who does something, and why. */
export function authorOf(io: Io, { as, reason }: FleetOptions): Author {
  return { by: as ?? io.env['USER'] ?? userInfo().username, reason };
}

/** Whether nothing of a run goes on. */
export function hasEnded({ state }: Pick<RunState, 'state'>): boolean {
  return state === 'done' || state === 'failed' || state === 'canceled' || state === 'skipped';
}

/**
 * The run with this ID; without one the newest, or the newest that has not ended.
 * @throws {PosternError} `NOT_FOUND`, and what the client throws.
 */
export async function chooseRun(client: FleetClient, id: string | undefined, which?: 'open'): Promise<RunState> {
  if (id !== undefined) return client.status(id);

  const runs = await client.runs();
  const found = runs.find((run) => which === undefined || !hasEnded(run));
  if (found !== undefined) return client.status(found.run);

  const message = which === 'open' ? 'fleet: every run has ended' : 'fleet: the engine has no run';
  throw new PosternError('NOT_FOUND', message, {
    remedy: which === 'open' ? LIST_RUNS : 'Begin one with `postern fleet up`.',
  });
}

/** How often a run is looked at. */
const EVERY_MS = 1_000;

/** Prints a run now and when its text changes, or with `json` the run itself, until it has ended. Returns the exit status: 1 unless it is done. */
export async function showRun(
  io: Io,
  client: FleetClient,
  first: RunState,
  json: boolean | undefined,
): Promise<number> {
  const line = json === true ? jsonLines(io) : undefined;
  const clock = realClock();
  let run = first;
  let shown = '';
  for (;;) {
    const lines = line === undefined ? runLines(run, io.stdout.columns) : [JSON.stringify(run)];
    const now = lines.join('\n');
    if (now !== shown) {
      if (line === undefined) printLines(io, ...lines);
      else line({ type: 'run', ...run });
    }
    shown = now;
    if (hasEnded(run)) return run.state === 'done' ? 0 : 1;

    await clock.sleep(EVERY_MS, io.signal);
    run = await client.status(run.run);
  }
}
