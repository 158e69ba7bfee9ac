import type { FleetClient, RunState } from '@postern/fleet';
import { displayText } from '@postern/core/report';
import { confirm, requireAnswer } from '../../apply/confirm.js';
import { authorOf, chooseRun, openFleet, type FleetOptions } from '../../fleet/open-fleet.js';
import { runLines } from '../../fleet/run-lines.js';
import type { Invocation } from '../../invocation.js';
import { printJson, printLines } from '../../output/print.js';

interface Options extends FleetOptions {
  readonly yes?: boolean;
}

/** `postern fleet pause`: no step of the run begins until it is resumed. */
export function pause(invocation: Invocation<Options>): Promise<number> {
  return change(invocation, (client, run, author) => client.pause(run, author));
}

/** `postern fleet resume`: continues a run that was paused. */
export function resume(invocation: Invocation<Options>): Promise<number> {
  return change(invocation, (client, run, author) => client.resume(run, author));
}

/** `postern fleet cancel`: ends a run; what was changed stays. */
export async function cancel(invocation: Invocation<Options>): Promise<number> {
  const { io, options } = invocation;
  requireAnswer(io, options, 'Add --yes.');
  return change(invocation, (client, run, author) => client.cancel(run, author), 'Cancel');
}

async function change(
  { io, args: [id], options }: Invocation<Options>,
  how: (client: FleetClient, run: string, author: ReturnType<typeof authorOf>) => Promise<RunState>,
  verb?: string,
): Promise<number> {
  const client = await openFleet(io, options);
  const { run } = await chooseRun(client, id, 'open');
  if (verb !== undefined && options.yes !== true && !(await confirm(displayText(`${verb} run ${run}?`)))) {
    printLines(io, 'Nothing was changed.');
    return 1;
  }
  const state = await how(client, run, authorOf(io, options));
  if (options.json === true) printJson(io, state);
  else printLines(io, ...runLines(state, io.stdout.columns));
  return 0;
}
