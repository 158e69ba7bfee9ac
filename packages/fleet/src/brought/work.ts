import type * as restate from '@restatedev/restate-sdk';
import type { SpecEnds } from '../services/place-work.js';
import type { FleetState } from '../model.js';
import type { Setting } from '../worker/failures.js';
import type { SpecWork } from '../worker/works.js';
import type { BroughtGoal } from './names.js';
import { handoverWork } from '../handover/hand-over-spec.js';

export interface BroughtWorkKind {
  readonly goal: BroughtGoal;
  /** Plans the work of an account and region, asks about it, and carries out its units. */
  readonly carryOut: (
    ctx: restate.WorkflowContext,
    given: SpecWork,
    setting: Setting,
    ends: SpecEnds,
  ) => Promise<FleetState>;
  /** Ends the waits of a unit, which workers of a version carry out. */
  readonly stop: (
    ctx: restate.Context,
    unit: { readonly run: string; readonly name: string; readonly id: string },
    version: string,
  ) => void;
  /** The services of its units, and of what is open in an account and region. */
  readonly services: (setting: Setting, replaysAlways: boolean) => readonly BroughtService[];
}

/** A service as the engine takes it. */
export type BroughtService =
  restate.WorkflowDefinition<string, unknown> | restate.VirtualObjectDefinition<string, unknown>;

/** How workers carry out what clouds bring. */
export const BROUGHT_WORK: readonly BroughtWorkKind[] = [handoverWork];
