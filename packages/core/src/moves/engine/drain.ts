import { pause } from '../../apply/outcome.js';
import { lengthOfTime } from '../../text/length-of-time.js';
import { WHOLE, type MoveHistory } from '../record/history.js';
import { DONE, act, once, shown, type MoveTools, type Outcome } from './tools.js';

/** Which drain: after the switch calls leave the old link, after a return the new one. An aborted move may have calls on both. */
export type DrainStep = 'drain' | 'drain after return' | 'drain after abort';

/** Records when a drain began; a later process reads it. Returns when it ends, in milliseconds since the epoch. */
export async function beginDrain(tools: MoveTools, id: DrainStep, ms: number): Promise<Outcome<number>> {
  const begun = await once(tools, WHOLE, id, () => Promise.resolve({ sinceMs: tools.time.latestMs(), ms }));
  return begun.ok ? { ok: true, value: begun.value.sinceMs + begun.value.ms } : begun;
}

/** When a drain ends, where one has begun. */
export function drainEnd(history: MoveHistory, id: DrainStep): number | undefined {
  const value = history.first(WHOLE, id) as { readonly sinceMs: number; readonly ms: number } | undefined;
  return value && value.sinceMs + value.ms;
}

/** Waits until a drain ends. */
export function waitForDrain(tools: MoveTools, id: DrainStep, endMs: number, link: string): Promise<Outcome<null>> {
  const title = `${id}: calls leave ${link}`;
  const step = { unit: WHOLE, step: title, kind: 'drain', resource: { type: 'link', name: link } };
  return shown(tools, step, async (told) => {
    const now = await act(tools, WHOLE, `${id}: now`, () => Promise.resolve({ nowMs: tools.time.earliestMs() }));
    if (!now.ok) return now;
    // The clock is read once: one that jumps meanwhile ends no drain early.
    let leftMs = endMs - now.value.nowMs;
    for (let part = 0, waitedMs = 0; leftMs > 0; part += 1) {
      const restMs = Math.min(leftMs, REPORT_MS);
      told.waiting(`${lengthOfTime(leftMs)} of the drain are left`, waitedMs);
      const slept = await pause(tools.run(WHOLE), `${id}: wait ${part}`, restMs);
      if (!slept.ok) return slept;
      waitedMs += restMs;
      leftMs -= restMs;
    }
    return DONE;
  });
}

/** Between two reports of a drain. */
const REPORT_MS = 60_000;
