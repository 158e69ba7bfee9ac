import { asStep } from '../../do/apply/step.js';
import { cloudNow, type TimeBounds } from '../../ground/clocks/cloud-time.js';
import type { Json } from '../../ground/json.js';
import { lengthOfTime } from '../../ground/text/quantities.js';
import type { MovePlan } from '../plan/move-plan.js';
import { WHOLE, type MoveHistory } from '../record/history.js';
import { act, wait, type MoveTools } from './tools.js';

/** Which drain: after the switch calls leave the old link, after a return the new one. An aborted move may have calls on both. */
export type DrainStep = 'drain' | 'drain after return' | 'drain after abort';

/** A drain that has begun. Plain JSON. */
export interface Drain {
  /** The latest instant by the cloud's clock, in milliseconds since the epoch; null where no answer had a `Date`. */
  readonly sinceMs: number | null;
  readonly ms: number;
}

/** Records when a drain began; a later process reads it. */
export async function beginDrain(tools: MoveTools, id: DrainStep, ms: number): Promise<Drain> {
  return drainOf(tools.history, id) ?? recordDrain(tools, id, ms);
}

function recordDrain(tools: MoveTools, id: DrainStep, ms: number): Promise<Drain & Json> {
  return act(tools, WHOLE, id, (ctx) => Promise.resolve({ sinceMs: cloudNow(ctx)?.latestMs ?? null, ms }));
}

/** Calls have come to the new side again: they leave the old one from now on, and a later return drains anew. */
export async function voidDrains(tools: MoveTools): Promise<void> {
  const ms = drainOf(tools.history, 'drain')?.ms;
  await act(tools, WHOLE, 'drain after return', () => Promise.resolve(null));
  if (ms !== undefined) await recordDrain(tools, 'drain', ms);
}

/** The drain of a step, where it has begun. */
export function drainOf(history: MoveHistory, id: DrainStep): Drain | undefined {
  return (history.last(WHOLE, id) ?? undefined) as Drain | undefined;
}

/**
 * How much of a drain is left, in milliseconds. All of it where it cannot be determined how much has passed, and where its beginning
 * cannot be true: it is of the future, or of a time before the move was planned.
 */
export function drainLeftMs({ sinceMs, ms }: Drain, { takenAt }: MovePlan, now: TimeBounds | undefined): number {
  if (sinceMs === null || now === undefined || sinceMs > now.latestMs || sinceMs < Date.parse(takenAt)) return ms;

  return Math.min(ms, Math.max(0, sinceMs + ms - now.earliestMs));
}

/** ISO 8601: when a drain ends; undefined where its beginning is not known. */
export function drainedAt({ sinceMs, ms }: Drain): string | undefined {
  return sinceMs === null ? undefined : new Date(sinceMs + ms).toISOString();
}

/** Waits until a drain ends, or `isOver` says that it has no sense any more. Whether it came to its end. */
export function waitForDrain(
  tools: MoveTools,
  id: DrainStep,
  drain: Drain,
  { link, isOver = () => Promise.resolve(false) }: { readonly link: string; readonly isOver?: () => Promise<boolean> },
): Promise<boolean> {
  const title = `${id}: calls leave ${link}`;
  const step = { unit: WHOLE, step: title, kind: 'drain', resource: { type: 'link', name: link } };
  return asStep(tools, step, async (report) => {
    let { ms: leftMs } = await act(tools, WHOLE, `${id}: what is left`, (ctx) =>
      Promise.resolve({ ms: drainLeftMs(drain, tools.plan, cloudNow(ctx)) }),
    );
    for (let part = 0, waitedMs = 0; leftMs > 0; part += 1) {
      const restMs = Math.min(leftMs, REPORT_MS);
      report.waiting(`${lengthOfTime(leftMs)} of the drain are left`, waitedMs);
      await wait(tools, WHOLE, `${id}: wait ${part}`, restMs);
      waitedMs += restMs;
      leftMs -= restMs;
      if (await isOver()) return false;
    }
    return true;
  });
}

/** Between two reports of a drain. */
const REPORT_MS = 60_000;
