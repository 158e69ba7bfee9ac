import type { Simulation } from '@postern/simulator';
import type { RouteCall } from '../../src/harness/load-routes.js';
import type { Place } from '../../src/harness/places.js';
import type { Scene } from './kind.js';
import type { VirtualProcess } from '../../src/harness/trial/virtual-process.js';

/** One command, or the program that does the same, as a process carries it out. Given again, it continues. */
export type Command = (process: VirtualProcess, signal: AbortSignal) => Promise<unknown>;

/** A command on a kind of gateway. */
export interface Row {
  /** `destroy: REST API`. */
  readonly name: string;
  readonly place: Place;
  readonly build: (simulation: Simulation) => Promise<Built>;
}

/** What `build` made. */
export interface Built {
  /** Carried out before, one after the other, without an end in the middle. */
  readonly before?: readonly Command[] | undefined;
  readonly command: Command;
  /** What the command names; of moves nothing. */
  readonly scene?: Scene | undefined;
  /** How callers call the routes; the end includes which of them are answered. */
  readonly calls: readonly RouteCall[];
}
