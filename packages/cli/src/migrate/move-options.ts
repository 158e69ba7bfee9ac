import { parseAccepted, type RunMoveOptions } from '@postern/core';
import type { MigrateOptions } from './migrate-options.js';

/** The options of `postern migrate plan` and `run`; durations in milliseconds. */
export interface MoveOptions extends MigrateOptions {
  readonly manage?: readonly string[];
  readonly canary?: RunMoveOptions['canary'];
  readonly batch?: number;
  readonly pause?: number;
  readonly drain?: number;
}

/** The options of `postern migrate run`. */
export interface RunOptions extends MoveOptions {
  readonly plan?: string;
  readonly analysis?: string;
  readonly maxErrorRate?: number;
  readonly probe?: string;
  readonly wait?: number;
  readonly yes?: boolean;
  /** False with `--no-auto-rollback`. */
  readonly autoRollback?: boolean;
  readonly finish?: boolean;
}

/** How the switch is carried out. */
export function switchOptions({ canary, batch, pause, drain }: MoveOptions) {
  return { canary, batch, pauseMs: pause, drainMs: drain } satisfies Partial<RunMoveOptions>;
}

/** The undecided errors that the options accept. */
export function acceptedOf({ acceptUnknown = [] }: MigrateOptions) {
  return acceptUnknown.map((text) => parseAccepted(text));
}
