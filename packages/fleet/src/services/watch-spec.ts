import { CONFIRM_MS } from '@postern/core/watch';
import type * as restate from '@restatedev/restate-sdk';
import { keyOf } from '../engine/names.js';
import type { FleetState } from '../model.js';
import type { Setting } from '../worker/setting.js';
import type { SpecWork, WatchWork } from '../worker/works.js';
import { callHandler } from './calls.js';
import type { WatchedRound } from './history.js';
import type { SpecEnds } from './place-work.js';

/** Clocks of two workers may differ by so much, in milliseconds: both follow the dates of the engine's answers. */
const BETWEEN_CLOCKS_MS = 2_000;

/** A round of a watched spec. One that shows something worse observes a second time, a minute later. */
export async function watchSpec(
  ctx: restate.WorkflowContext,
  { name, spec, accounts }: SpecWork,
  { timeScale }: Setting,
  { tell, end }: SpecEnds,
): Promise<FleetState> {
  const key = keyOf(spec.project, name);
  const observe = async (): Promise<WatchedRound> => {
    const work: WatchWork = { name, spec, accounts };
    const round = await callHandler<WatchedRound>(ctx, 'history', key, 'observe', work);
    tell({ state: 'running', ...('watched' in round ? { watched: round.watched } : {}) });
    return round;
  };
  let round = await observe();
  if (round.isPending === true) {
    await ctx.sleep(Math.ceil((CONFIRM_MS + BETWEEN_CLOCKS_MS) / timeScale));
    round = await observe();
  }
  return round.error === undefined ? end('done') : end('failed', { error: round.error });
}
