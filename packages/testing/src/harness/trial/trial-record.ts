import type { Simulation } from '@postern/simulator';
import type { EventSource, Invariant, Violation } from '../scenario.js';
import type { EventKind, TrialEvent } from '../trace.js';
import type { Deed, VirtualProcess } from './virtual-process.js';

/** Ends a run in which an invariant does not hold. */
class Violated extends Error {}

/** What happened in a trial so far: its moments, its events, and the first invariant that did not hold. */
export class TrialRecord {
  readonly events: TrialEvent[] = [];
  readonly deeds: Deed[] = [];
  violation: Violation | undefined;
  /** Whether events happen now. */
  hasEvents = false;
  readonly #source: EventSource;

  constructor(source: EventSource) {
    this.#source = source;
  }

  /** Counts a moment, and returns its event. What is not a call meets only kills and removals. */
  meets(deed: Deed): EventKind | undefined {
    const moment = this.deeds.length;
    this.deeds.push(deed);
    const kind = this.hasEvents ? this.#source(moment) : undefined;
    if (kind === undefined || (deed.is !== 'call' && !/^(?:kill|removal:)/.test(kind))) return undefined;

    this.events.push({ moment, kind });
    return kind;
  }

  /** What a process did that no process may do. */
  blames({ unexplained, leaked }: Pick<VirtualProcess, 'unexplained' | 'leaked'>): void {
    if (unexplained !== undefined) this.violated('explained', unexplained);
    if (leaked !== undefined) this.violated('no-secret', leaked);
  }

  /** A process ended with an error that is none of Postern. */
  broke(error: unknown): void {
    if (error instanceof Violated) return;

    this.violated('typed-errors', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }

  /** @throws {Violated} where an invariant does not hold in the middle of a run */
  requireNone(): void {
    if (this.violation !== undefined) throw new Violated();
  }

  /** The first violation counts. */
  violated(invariant: Invariant, because: string): void {
    this.violation ??= { invariant, because, moment: this.deeds.length };
  }
}

/** All calls of a cloud so far, with their time and the status of their answers. */
export function callLines(simulation: Simulation): readonly string[] {
  return simulation.journal().map(({ operation, status, time }) => `${time} ${operation} ${status}`);
}

/** What became of a trial. */
export interface TrialResult {
  /** The events that happened. */
  readonly events: readonly TrialEvent[];
  /** None: all invariants hold. The trial ends with the first one that does not. */
  readonly violation: Violation | undefined;
  /** What processes did, in order: a moment is an index of it. */
  readonly deeds: readonly Deed[];
  /** The resources after each spec, and after all is deleted, without their IDs. */
  readonly ends: readonly (readonly string[])[];
  /** The routes that are answered after each spec, as their calls: `GET host/path`. */
  readonly works: readonly (readonly string[])[];
  /** Processes that planned and applied. */
  readonly runs: number;
  /** Calls of routes that worked. */
  readonly routeCalls: number;
  /** All calls of the cloud with the status of their answers. Two trials with the same trace have the same. */
  readonly calls: readonly string[];
}
