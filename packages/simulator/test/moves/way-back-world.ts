import { createContext, memoryJournal, type Driver } from '@postern/core/internal/library';
import {
  Moves,
  type MovePlan,
  type MoveRequest,
  type PlanMoveOptions,
  type RunMoveOptions,
} from '@postern/core/internal/moves';
import type { Simulation } from '../../src/index.js';

/** A planned move, its callers, and what only its former path needs. */
export interface WayBackWorld {
  readonly moves: Moves;
  readonly plan: MovePlan;
  readonly run: RunMoveOptions;
  /** How long callers may use the former path after the switch. */
  readonly settlesMs: number;
  /** Takes away what the former path needs, and gives it back. */
  readonly former: { readonly breaks: () => Promise<void>; readonly mends: () => Promise<void> };
  /** Calls until it is ended: how many were lost. */
  readonly calls: () => () => Promise<number>;
  readonly advance: (ms: number) => Promise<void>;
}

export async function moved(
  simulation: Simulation,
  driver: Driver,
  request: MoveRequest,
  how: Omit<PlanMoveOptions, 'clouds'> = {},
): Promise<Pick<WayBackWorld, 'moves' | 'plan' | 'advance'>> {
  const context = createContext({ clock: simulation.clock, random: () => 0.5 });
  const moves = new Moves({ driver, context, journal: memoryJournal() });
  return { moves, plan: await moves.plan(request, how), advance: (ms) => simulation.advance(ms) };
}
