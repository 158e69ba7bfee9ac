import { InvalidInputError, PosternError, UnsupportedError } from '@postern/core';
import type { FleetClient, RunState } from '@postern/fleet';
import type { Io } from '../process/io.js';

/** Options of the commands that call an engine. */
export interface FleetOptions {
  readonly engine?: string | undefined;
  readonly run?: string | undefined;
  readonly as?: string | undefined;
  readonly reason?: string | undefined;
}

/** Where an engine of `postern fleet dev` listens. */
const DEFAULT_ENGINE = 'http://127.0.0.1:8080';

/** The runs of the engine that `--engine` or POSTERN_FLEET names. @throws {InvalidInputError} where it is not an address. */
export async function openFleet(io: Io, { engine }: FleetOptions): Promise<FleetClient> {
  const given = engine ?? io.env['POSTERN_FLEET'] ?? DEFAULT_ENGINE;
  if (!/^https?:\/\//.test(given) || !URL.canParse(given)) {
    const name = engine === undefined ? 'POSTERN_FLEET' : '--engine';
    throw new InvalidInputError('INVALID_INPUT', `${name} is not the address of an engine`, {
      remedy: `Write it as in ${DEFAULT_ENGINE}.`,
    });
  }
  if (io.fleet !== undefined) return io.fleet(given);
  const fleet: object = await import('@postern/fleet');
  if (hasClient(fleet)) return fleet.fleetClient({ url: given, signal: io.signal });
  throw new UnsupportedError('this version of @postern/fleet has no client of an engine', {
    remedy: 'Install a newer version of postern.',
  });
}

interface Fleet {
  readonly fleetClient: (options: { readonly url: string; readonly signal: AbortSignal }) => FleetClient;
}

function hasClient(fleet: object): fleet is Fleet {
  return 'fleetClient' in fleet;
}

/** Who does something, and why, for the report. */
type Author = Parameters<FleetClient['pause']>[1];

/** Who does something, and why. */
export function authorOf(io: Io, { as, reason }: FleetOptions): Author {
  const { USER, LOGNAME, USERNAME } = io.env;
  return { by: as ?? USER ?? LOGNAME ?? USERNAME ?? 'unknown', reason };
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
    remedy:
      which === 'open' ? 'List the runs with `postern fleet status --all`.' : 'Begin one with `postern fleet up`.',
  });
}
