import type { Driver } from '@postern/core/internal/library';
import type { MoveEvent, MoveRequest, PlanMoveOptions, RunMoveOptions } from '@postern/core/internal/moves';
import type { Simulation } from '@postern/simulator';
import type { RouteCall } from '../load-routes.js';
import type { Place } from '../places.js';
import type { Removal } from '../trial/removal.js';
import type { Edit, Scenario } from '../scenario.js';
import type { VirtualProcess } from '../trial/virtual-process.js';

/** A world, and commands that move one of its gateways, one after the other. */
export interface MoveScenario extends Pick<Scenario, 'name' | 'settings' | 'clockOffsetsMs'> {
  /** Makes the world, once: each trial begins with a copy of it. */
  readonly build: (simulation: Simulation) => BuiltMove | Promise<BuiltMove>;
  /** The driver of a process: `aws({ region, clients: process.clients(region) })`. */
  readonly driver: (process: VirtualProcess) => Driver;
  /** Calls of each route in a simulated second; 20 by default. */
  readonly callsPerSecond?: number | undefined;
}

/** A change by hand while a gateway moves. */
export interface MoveEdit extends Edit {
  /** The keys of rows that appear later, where the change takes time: `Block gw-1 10.0.9.0/24`. */
  readonly adds?: readonly string[] | undefined;
}

/** What `build` made. */
export interface BuiltMove {
  readonly place: Place;
  readonly request: MoveRequest;
  readonly plan?: Omit<PlanMoveOptions, 'clouds'> | undefined;
  readonly run?: RunMoveOptions | undefined;
  /** Repeated until each one has ended as it must. */
  readonly commands: readonly MoveCommand[];
  /** All of them are answered by their backends at the start, and must be at every moment. */
  readonly routes: readonly RouteCall[];
  /** After so long callers have found out about a change, and calls have ended, in simulated milliseconds. */
  readonly settlesMs: number;
  /** Changes that a trial may make by hand, by name. */
  readonly edits?: Readonly<Record<string, MoveEdit>> | undefined;
  /** What others may delete or move elsewhere, by name. */
  readonly removals?: Readonly<Record<string, Removal>> | undefined;
}

/** One command, as a process carries it out. */
export type MoveCommand =
  | {
      readonly does: 'run';
      /** The default: `draining`. */
      readonly ends?: 'finished' | 'rolled-back' | 'failed' | undefined;
      readonly options?: RunMoveOptions | undefined;
      /** The operator ends it after the first event for which this holds; it then need not have ended by itself. */
      readonly stopAfter?: ((event: MoveEvent) => boolean) | undefined;
    }
  | { readonly does: 'rollback'; readonly drainMs?: number | undefined; readonly afterMs?: number | undefined }
  | { readonly does: 'finish' }
  | { readonly does: 'abort'; readonly ends?: 'rolled-back' | undefined }
  /** Another move begins: its request. The journal is the same. */
  | { readonly does: 'turn'; readonly request: MoveRequest };

/** The state with which a command must end. */
export function wantedState(command: MoveCommand): string {
  switch (command.does) {
    case 'run':
      return command.stopAfter === undefined ? (command.ends ?? 'draining') : 'stopped';
    case 'rollback':
      return 'rolled-back';
    case 'finish':
      return 'finished';
    case 'abort':
      return command.ends ?? 'aborted';
    case 'turn':
      return 'turned';
  }
}
