import { SeededRandom } from '@postern/simulator';
import { EVENT_KINDS, type EventKind, type TrialEvent } from './trace.js';

/** Which event a trial meets at each moment. Asked once for each moment, in their order. */
export type EventSource = ((moment: number) => EventKind | undefined) & {
  /** The kinds that it may give; without it all. */
  readonly kinds?: ReadonlySet<EventKind> | undefined;
};

/** The events of a trace. */
export function replayed(events: readonly TrialEvent[]): EventSource {
  const byMoment = new Map(events.map(({ moment, kind }) => [moment, kind]));
  const kinds = new Set(events.map(({ kind }) => kind));
  return Object.assign((moment: number) => byMoment.get(moment), { kinds });
}

/** Most events of one trial on average. */
const MOST_EVENTS = 8;
/** How much more likely a favored kind is than another. */
const FAVORED = 6;

/**
 * Events by chance. Each seed draws its own number of events, its own moments and its own weights of the kinds, some of which it
 * leaves out, so that some trials meet one kind over and over and others all of them.
 * `moments` is the length of a trial without events.
 */
export function drawn(
  seed: number,
  moments: number,
  edits: readonly string[] = [],
  usual: readonly EventKind[] = EVENT_KINDS,
): EventSource {
  const random = new SeededRandom(seed, 20);
  const horizon = Math.ceil(moments * (0.25 + 1.25 * random.next()));
  const chance = (1 + random.next() * (MOST_EVENTS - 1)) / Math.max(1, horizon);
  const kinds: readonly EventKind[] = [...usual, ...edits.map((name): EventKind => `edit:${name}`)];
  const weights = kinds.map((): number => (random.next() < 0.4 ? 0 : random.next() < 0.3 ? FAVORED : 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const events: TrialEvent[] = [];
  for (let moment = 0; moment < horizon; moment += 1) {
    if (random.next() >= chance) continue;
    let left = random.next() * total;
    const kind = kinds[weights.findIndex((weight) => (left -= weight) < 0)];
    if (kind !== undefined) events.push({ moment, kind });
  }
  return replayed(events); // drawn at once, so that a trial knows which kinds it meets
}
