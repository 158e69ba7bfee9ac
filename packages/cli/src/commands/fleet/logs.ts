import { PosternError } from '@postern/core';
import type { FleetEvent, RunState } from '@postern/fleet';
import { displayText } from '@postern/core/report';
import { chooseRun, openFleet, type FleetOptions } from '../../fleet/open-fleet.js';
import { eventLine } from '../../fleet/run-lines.js';
import type { Invocation } from '../../invocation.js';
import { jsonLines, printLines } from '../../output/print.js';

/** `postern fleet logs`: what happened in a unit, or in all units of a spec. */
export async function run({ io, args: [name = ''], options }: Invocation<FleetOptions>): Promise<number> {
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
