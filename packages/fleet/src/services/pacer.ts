import * as restate from '@restatedev/restate-sdk';
import { SERVICE, keyOf } from '../engine/ingress.js';
import { sendTo } from './calls.js';

/** The rate of a bucket: `burst` calls at once, then one in each interval. All milliseconds here are those of the machines. */
export type Bucket = { readonly intervalMs: number; readonly burst: number };

/** Names a bucket: the object that holds it, such as an account and region, and its name there. */
export const bucketKey = (place: string, name: string): string => keyOf(place, name);

/** The object of a bucket, and its name there. */
export function placeOfBucket(bucket: string): InPlace & { readonly place: string } {
  const [place, name] = JSON.parse(bucket) as readonly [place: string, name: string];
  return { place, name };
}

/** The name of a bucket in the object that is called. */
type InPlace = { readonly name: string };

/** The time of the caller: a handler that asked for the time itself would have to record it. */
type Timed = { readonly nowMs: number };

/** How many turns of one bucket are wanted, and the bucket. */
export type WantedTurns = Bucket & { readonly count: number };

/** Turns of buckets of one place. */
export type ReserveTurns = { readonly wanted: readonly (WantedTurns & InPlace)[] };

/** The cloud asked for fewer calls of these buckets, for so long. */
export type SlowDown = { readonly buckets: readonly (Bucket & InPlace)[]; readonly waitMs: number };

/** A place in a line. `turn`: the ID of the awakeable that begins it. No two runs change a project in one account and region at once. */
export type Place = { readonly turn: string; readonly run: string; readonly project: string };

/** A wish for a turn that ends before the next one begins, or after `leaseMs`. */
export type EnterLine = { readonly bucket: Bucket & { readonly leaseMs: number }; readonly place: Place };

/** Turns of a bucket; and their instants. */
export type Line = {
  /** When the turn after the last one is due, with its burst used up. */
  readonly dueMs: number;
  readonly bucket?: Bucket & { readonly leaseMs: number };
  readonly holder?: Place & { readonly untilMs: number };
  readonly waiting: readonly Place[];
  /** When the line is looked at again. */
  readonly wakes: readonly number[];
};

const EMPTY: Line = { dueMs: 0, waiting: [], wakes: [] };

/**
 * The next turns of a bucket: a turn is never given twice, and one that has passed unused is not given any more, so
 * workers that wake together late get turns one after the other.
 */
export function nextTurns(
  dueMs: number,
  nowMs: number,
  { count, intervalMs, burst }: WantedTurns,
): { readonly dueMs: number; readonly turns: readonly number[] } {
  let due = dueMs;
  const turns: number[] = [];
  for (let at = 0; at < count; at += 1) {
    due = Math.max(nowMs, due);
    turns.push(Math.max(nowMs, due - (burst - 1) * intervalMs));
    due += intervalMs;
  }
  return { dueMs: due, turns };
}

/** Ends a turn, or the wait for it. The next one is due an interval later: the cloud has counted the call at the latest now. */
export function left(line: Line, turn: string, nowMs: number): Line {
  if (line.holder?.turn !== turn) return { ...line, waiting: line.waiting.filter((one) => one.turn !== turn) };

  const { holder: _ended, ...rest } = line;
  const intervalMs = line.bucket?.intervalMs ?? 0;
  return intervalMs === 0 ? rest : { ...rest, dueMs: Math.max(nowMs, line.dueMs) + intervalMs };
}

/** Adds a place. Those of earlier runs of the project are dropped: an operator has killed these runs in the engine. */
export function entered(line: Line, { bucket, place }: EnterLine, nowMs: number): Line {
  const isGone = ({ run, project }: Place): boolean => project === place.project && run !== place.run;
  const { holder } = line;
  const rest = holder !== undefined && isGone(holder) ? left(line, holder.turn, nowMs) : line;
  return { ...rest, bucket, waiting: [...rest.waiting.filter((one) => !isGone(one)), place] };
}

/** A turn begins so long before it is due: its step gets ready, and waits for the rest. */
const LEAD_MS = 2_000;

/** What follows: whose turn begins now, and when it is due; when the line is looked at again. */
export type Advanced = {
  readonly line: Line;
  readonly begins?: { readonly turn: string; readonly dueMs: number } | undefined;
  readonly wakeMs?: number | undefined;
};

/** Begins the next turn where none is under way; a turn that has lasted too long has ended. */
export function advance(past: Line, nowMs: number): Advanced {
  const isOver = past.holder !== undefined && past.holder.untilMs <= nowMs;
  const wakes = past.wakes.filter((atMs) => atMs > nowMs);
  let line: Line = { ...(isOver ? left(past, past.holder.turn, nowMs) : past), wakes };
  const { bucket, holder, waiting } = line;
  const [first, ...rest] = waiting;
  if (bucket === undefined || first === undefined) return { line };

  const { intervalMs, burst, leaseMs } = bucket;
  const dueMs = Math.max(nowMs, line.dueMs - (burst - 1) * intervalMs);
  let atMs = dueMs - Math.min(LEAD_MS, intervalMs / 2);
  const begins = holder === undefined && atMs <= nowMs ? { turn: first.turn, dueMs } : undefined;
  if (begins !== undefined) line = { ...line, holder: { ...first, untilMs: nowMs + leaseMs }, waiting: rest };
  atMs = line.holder?.untilMs ?? atMs;
  const isAwaited = line.waiting.length === 0 || wakes.some((wakeMs) => wakeMs <= atMs);
  if (!isAwaited) line = { ...line, wakes: [...wakes, atMs] };
  return { line, begins, wakeMs: isAwaited ? undefined : atMs };
}

/** A handler of the pacer gets the time of its caller. */
type Handler<Input, Answer> = (ctx: restate.ObjectContext, input: Input & Timed) => Promise<Answer>;

/** A handler that changes one line. */
const inLine =
  <Input extends InPlace>(to: (line: Line, input: Input, nowMs: number) => Line): Handler<Input, null> =>
  async (ctx, input) => {
    await change(ctx, input.name, input.nowMs, (line) => to(line, input, input.nowMs));
    return null;
  };

/**
 * The turns of the buckets of one place over all workers: an object of the engine has one caller at a time. Buckets of one account and region
 * share an object, so that a worker asks once for what calls side by side need.
 */
export const pacer = restate.object({
  name: SERVICE.pacer,
  handlers: {
    /** Returns how long to wait for each turn, in the order of the buckets. */
    reserve: (async (ctx, { nowMs, wanted }) => {
      const answers: (readonly number[])[] = [];
      for (const { name, ...of } of wanted) {
        await change(ctx, name, nowMs, (line) => {
          const { dueMs, turns } = nextTurns(line.dueMs, nowMs, of);
          answers.push(turns.map((turn) => turn - nowMs));
          return { ...line, dueMs };
        });
      }
      return answers;
    }) satisfies Handler<ReserveTurns, readonly (readonly number[])[]>,
    /** The cloud asked for fewer calls: the buckets are empty until then. */
    slowDown: (async (ctx, { nowMs, buckets, waitMs }) => {
      for (const { name, intervalMs, burst } of buckets) {
        const dueMs = nowMs + Math.max(waitMs, intervalMs) + (burst - 1) * intervalMs;
        await change(ctx, name, nowMs, (line) => ({ ...line, dueMs: Math.max(line.dueMs, dueMs) }));
      }
      return null;
    }) satisfies Handler<SlowDown, null>,
    /** Waits in the line. The awakeable that begins the turn says when it is due; it ends with `leave`, or with its lease. */
    enter: inLine<InPlace & EnterLine>(entered),
    /** Ends a turn, or the wait for it. */
    leave: inLine<InPlace & { readonly turn: string }>((line, { turn }, nowMs) => left(line, turn, nowMs)),
    wake: inLine<InPlace>((line) => line),
  },
});

async function change(
  ctx: restate.ObjectContext,
  name: string,
  nowMs: number,
  to: (line: Line) => Line,
): Promise<void> {
  const { line, begins, wakeMs } = advance(to((await ctx.get<Line>(name)) ?? EMPTY), nowMs);
  ctx.set<Line>(name, line);
  if (begins !== undefined) ctx.resolveAwakeable(begins.turn, begins.dueMs);
  if (wakeMs !== undefined) sendTo(ctx, 'pacer', ctx.key, 'wake', { name, nowMs: wakeMs }, wakeMs - nowMs);
}
