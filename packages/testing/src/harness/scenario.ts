import type { Drivers, Spec } from '@postern/core/internal/library';
import {
  type LoadJob,
  type SimulateOptions,
  type Simulation,
  SeededRandom,
} from '@postern/simulator/internal/simulation';
import type { Removal } from './trial/removal.js';
import type { VirtualProcess } from './trial/virtual-process.js';
import { EVENT_KINDS, type EventKind, type TrialEvent } from './trace.js';

/** A world, and specs that are applied to it one after the other. */
export interface Scenario {
  readonly name: string;
  /** Settings of the simulation: seed, quotas, throttling. Its clock is always `auto`. */
  readonly settings?: Omit<SimulateOptions, 'clock'> | undefined;
  /** Makes the world, once: each trial begins with a copy of it. */
  readonly build: (simulation: Simulation) => Built | Promise<Built>;
  /** The drivers of a process: `driversOf(aws({ region, clients: process.clients(region) }))`. */
  readonly drivers: (process: VirtualProcess) => Drivers;
  /** Calls of each route in a simulated second; 1 by default. */
  readonly callsPerSecond?: number | undefined;
  /**
   * By how much the clocks of the first machines are off, in milliseconds: of trials of `apply` those of the two machines, then of each
   * other process that begins; of trials of moves those of its processes. The others are drawn: see `Clocks`.
   */
  readonly clockOffsetsMs?: readonly number[] | undefined;
}

/** What `build` made. */
export interface Built {
  /** Applied in this order; what the last one owns is deleted at the end. */
  readonly specs: readonly Spec[];
  /** The last spec as another project has it; without it no trial has a `rival`. */
  readonly rival?: Spec | undefined;
  /** IDs of resources that a spec adopts: until everything is deleted they carry its marks. */
  readonly adopted?: readonly string[] | undefined;
  /** Changes that a trial may make by hand, by name. */
  readonly edits?: Readonly<Record<string, Edit>> | undefined;
  /** What others may delete or move elsewhere, by name. */
  readonly removals?: Readonly<Record<string, Removal>> | undefined;
}

/** A change outside of Postern, as in a console. */
export interface Edit {
  readonly make: (simulation: Simulation) => void;
  /** The calls that others make from then on, of which none may be lost. */
  readonly calls?: ((simulation: Simulation) => LoadJob) | undefined;
  /** Calls may be lost by it until a run has ended without failures. */
  readonly breaks?: boolean | undefined;
  /** Runs may refuse to go on after it, with an error, and resources may stay that are not the spec's any more. */
  readonly stops?: boolean | undefined;
}

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

/** Something that must hold, and does not. */
export interface Violation {
  readonly invariant: Invariant;
  readonly because: string;
  /** When it was found. */
  readonly moment: number;
}

/** What must hold in every trial. */
export const INVARIANTS = {
  'no-lost-call': 'a call of a route that worked is delivered',
  'no-unready-link': 'no route of the spec leads to a link that is not ready',
  'one-each': 'one machine that keeps its journal never has two links for one part of a spec',
  'foreign-unchanged': 'resources of others do not change',
  explained: 'each change has a record of its step in the journal before it',
  converges: 'when faults stop, a run ends without failures, and the next plan changes nothing',
  ends: 'after others deleted or moved something, every command comes to its end',
  'one-path': 'at every moment of a move each route that worked is answered by its backend',
  'as-before': 'after a rollback the resources are those before the move',
  'as-declared': 'after a spec is applied, links of the project that it does not declare are gone',
  'same-end': 'the resources are those of a trial without faults',
  'all-answered': 'after a spec is applied, the routes are answered that are in a trial without faults',
  'nothing-left': 'after a destroy no resource of the spec is left',
  'one-owner': 'a second project that declares a route gets no mark on it',
  'no-secret': 'events, errors, plans and records do not contain credentials',
  'typed-errors': 'runs end with errors of Postern only',
} as const;

/** One of {@link INVARIANTS}. */
export type Invariant = keyof typeof INVARIANTS;
