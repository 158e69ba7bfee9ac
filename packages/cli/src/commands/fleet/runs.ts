import { PosternError } from '@postern/core/internal/library';
import { displayText } from '@postern/core/internal/report';
import type { FleetEvent, RunState, FleetClient } from '@postern/fleet/internal/fleet';
import { confirm, requireAnswer } from '../../apply/confirm.js';
import { chooseRun, openFleet, authorOf, showRun } from '../../fleet/open-fleet.js';
import { runLines, runsTable, eventLine } from '../../fleet/run-lines.js';
import type * as grammar from './grammar.js';
import type { CallOf } from '../../grammar/options.js';
import { printJson, printLines, jsonLines } from '../../output/print.js';

/** `postern fleet status`: a run, once or until it ends; or all runs. */
export async function status({ io, args: [id], options }: CallOf<typeof grammar.status>): Promise<number> {
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

/** `postern fleet logs`: what happened in a unit, or in all units of a spec. */
export async function logs({ io, args: [name = ''], options }: CallOf<typeof grammar.logs>): Promise<number> {
  const client = await openFleet(io, options);
  const state = await chooseRun(client, options.run);
  const place = placeOf(state, name);
  const watched = state.specs.find((one) => one.name === place.spec)?.watched;
  // Of all rounds: most of them find no change.
  const events: readonly FleetEvent[] =
    watched === undefined
      ? await client.events(state.run, place)
      : (await client.history(watched.history)).log.map((event) => ({ ...event, spec: place.spec }));
  if (options.json === true) {
    const line = jsonLines(io);
    for (const event of events) line(event);
  } else if (events.length === 0) printLines(io, `Nothing has happened in ${displayText(name)}.`);
  else printLines(io, ...events.map((event) => eventLine(event)));
  return 0;
}

/** A spec by its name, or `<spec>/<unit>`. Names of specs contain slashes, those of units do not. */
function placeOf({ run, specs }: RunState, name: string): { readonly spec: string; readonly unit?: string } {
  const spec = specs.find((one) => one.name === name || name.startsWith(`${one.name}/`))?.name;
  if (spec === name) return { spec };
  if (spec !== undefined) return { spec, unit: name.slice(spec.length + 1) };

  throw new PosternError('NOT_FOUND', `logs: run ${displayText(run)} has no spec or unit ${displayText(name)}`, {
    remedy: 'Write a name of `postern fleet status --json`: <spec> or <spec>/<unit>.',
  });
}

/** `postern fleet pause`: no step of the run begins until it is resumed. */
export function pause(invocation: CallOf<typeof grammar.pause>): Promise<number> {
  return change(invocation, (client, run, author) => client.pause(run, author));
}

/** `postern fleet resume`: continues a run that was paused. */
export function resume(invocation: CallOf<typeof grammar.resume>): Promise<number> {
  return change(invocation, (client, run, author) => client.resume(run, author));
}

/** `postern fleet cancel`: ends a run; what was changed stays. */
export async function cancel(invocation: CallOf<typeof grammar.cancel>): Promise<number> {
  const { io, options } = invocation;
  requireAnswer(io, options, 'Add --yes.');
  return change(invocation, (client, run, author) => client.cancel(run, author), 'Cancel');
}

async function change(
  { io, args: [id], options }: CallOf<typeof grammar.cancel>,
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
