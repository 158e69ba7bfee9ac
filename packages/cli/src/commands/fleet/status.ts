import { chooseRun, openFleet, type FleetOptions } from '../../fleet/open-fleet.js';
import { runLines, runsTable } from '../../fleet/run-lines.js';
import { showRun } from '../../fleet/watch-run.js';
import type { Invocation } from '../../invocation.js';
import { printJson, printLines } from '../../output/print.js';

interface Options extends FleetOptions {
  readonly watch?: boolean;
  readonly all?: boolean;
}

/** `postern fleet status`: a run, once or until it ends; or all runs. */
export async function run({ io, args: [id], options }: Invocation<Options>): Promise<number> {
  const client = await openFleet(io, options);
  const { columns } = io.stdout;
  if (options.all === true) {
    const runs = await client.runs();
    if (options.json === true) printJson(io, { runs });
    else printLines(io, ...(runs.length === 0 ? ['The engine has no run.'] : runsTable(runs, columns)));
    return 0;
  }
  const first = await chooseRun(client, id);
  if (options.watch !== true) {
    if (options.json === true) printJson(io, first);
    else printLines(io, ...runLines(first, columns));
    return 0;
  }
  return showRun(io, client, first, options.json);
}
