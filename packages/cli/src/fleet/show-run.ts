import { realClock } from '@postern/core/internal/library';
import type { FleetClient, RunState } from '@postern/fleet';
import { jsonLines, printLines } from '../output/print.js';
import type { Io } from '../process/io.js';
import { hasEnded } from './open-fleet.js';
import { runLines } from './run-lines.js';

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
