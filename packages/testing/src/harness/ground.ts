import { SeededRandom, simulate, type Simulation, type SavedWorld } from '@postern/simulator/internal/simulation';
import { Clocks } from './trial/machines.js';
import { doubledLink, inventory, type Inventory } from './inventory/inventory.js';
import { unreadyLink } from './inventory/unready-link.js';
import { placesOf, type Place } from './places.js';
import { VirtualProcess, type Happens, type ProcessOptions } from './trial/virtual-process.js';
import type { BuiltMove, MoveScenario } from './moves/move-scenario.js';
import type { BroughtScenario, BroughtWorld } from './brought.js';
import type { Built, Scenario } from './scenario.js';

/**
 * `look`, which sees nothing but the clouds of a simulation: it looks again only after one of them may have changed. Most records of
 * a journal, and many events, have no change between them.
 */
function perVersion<T>(simulation: Simulation, look: () => T): () => T {
  let seen: { readonly version: number; readonly answer: T } | undefined;
  return () => {
    const version = simulation.version();
    if (seen?.version !== version) seen = { version, answer: look() };
    return seen.answer;
  };
}

/** Of calls where two processes run, in simulated milliseconds: so their calls interleave. */
const LATENCY_MS = 200;
/** The stream of a trial's own chances, beside those of its events. */
const CHANCES = 21;

/** What differs between the processes of a trial. */
interface GroundProcess extends Pick<ProcessOptions, 'journal' | 'lock' | 'clockOffsetMs' | 'secrets'> {
  readonly together?: (() => boolean) | undefined;
}

/** The simulated world of one trial, and the processes that use it. */
export class Ground {
  readonly simulation: Simulation;
  /** The regions that the specs name, or the one of a move. */
  readonly places: readonly Place[];
  /** Before anything of the scenario was applied: what is foreign. Of moves nothing: they compare all there is. */
  readonly start: Inventory;
  readonly random: () => number;
  readonly clocks: Clocks;
  /** See `unreadyLink`. */
  readonly unreadyLink: () => string | undefined;
  /** See `doubledLink`. */
  readonly doubledLink: () => string | undefined;
  /** The region that answers no call any more. */
  lostRegion: string | undefined;
  /** Which reads show the past. */
  lags: 'lists' | 'reads' | undefined;

  constructor({ scenario, built, saved }: Pick<AnyWorld, 'scenario' | 'built' | 'saved'>, seed: number) {
    this.simulation = simulate({ ...scenario.settings, clock: 'auto' });
    this.simulation.load(saved);
    this.places = 'specs' in built ? placesOf(built.specs) : [built.place];
    this.start = 'specs' in built ? this.inventory() : new Map();
    const { simulation, places, start } = this;
    this.unreadyLink = perVersion(simulation, () => unreadyLink(simulation, places, start));
    this.doubledLink = perVersion(simulation, () => doubledLink(simulation, places, start));
    const chances = new SeededRandom(seed, CHANCES);
    this.random = () => chances.next();
    this.clocks = new Clocks(seed, scenario.clockOffsetsMs);
  }

  /** Keeps the past for reads that are stale. */
  keepPast(): void {
    this.simulation.faults.add({ kind: 'stale', operation: 'none' });
  }

  /** The resources now. */
  inventory(): Inventory {
    return inventory(this.simulation, this.places);
  }

  /** A process that meets events; while it is `together` with another one their calls take time. */
  process(happens: Happens, { together = () => false, ...own }: GroundProcess = {}): VirtualProcess {
    const latencyMs = (): number => (together() ? LATENCY_MS : 0);
    const isLost = (region: string): boolean => region === this.lostRegion;
    const lags = (): Ground['lags'] => this.lags;
    const options = { ...own, happens, random: this.random, latencyMs, isLost, lags };
    return new VirtualProcess(this.simulation, options);
  }

  /** A process that meets none. */
  quiet(): VirtualProcess {
    return this.process(() => undefined);
  }
}

/** A scenario whose world was made. */
export interface World {
  readonly scenario: Scenario;
  readonly built: Built;
  readonly saved: SavedWorld;
  /** The resources after each spec in a trial without events; see `TrialResult.ends`. */
  readonly ends?: readonly (readonly string[])[] | undefined;
  /** The routes that are answered then; see `TrialResult.works`. */
  readonly works?: readonly (readonly string[])[] | undefined;
}

/** A scenario of a move whose world was made. */
export interface MoveWorld extends Omit<World, 'scenario' | 'built'> {
  readonly scenario: MoveScenario;
  readonly built: BuiltMove;
}

/** A scenario of any kind. */
export type AnyScenario = Scenario | MoveScenario | BroughtScenario;

/** A world of any kind of scenario. */
export type AnyWorld = World | MoveWorld | BroughtWorld;

/** Whether its scenario moves gateways. */
export function isMoveWorld(world: AnyWorld): world is MoveWorld {
  return 'request' in world.built;
}

/** Whether its scenario applies specs. */
export function isSpecWorld(world: AnyWorld): world is World {
  return 'specs' in world.built;
}
