import type { Drivers, Spec } from '@postern/core';
import type { LoadJob, SimulateOptions, Simulation } from '@postern/simulator';
import type { Removal } from './trial/removal.js';
import type { VirtualProcess } from './trial/virtual-process.js';

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
