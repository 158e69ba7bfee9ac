import { type AwsDriver, aws } from '../../src/index.js';
import { createContext } from '@postern/core/internal/library';
import type { Json, MoveUnit } from '@postern/core/internal/adapter';
import type { Simulation } from '@postern/simulator';
import { killedClients } from './killed-clients.js';
import { REGION } from './simulated.js';

/** What a journal keeps of a move. */
export interface Kept {
  captured?: Json;
  prepared?: Json;
}

/** One process of a move: it goes on with what is kept. */
export type Process = (driver: AwsDriver, kept: Kept) => Promise<void>;

export const contextOf = (simulation: Simulation) => createContext({ clock: simulation.clock, random: () => 0.5 });

/** The phases of a move up to the switch of all calls, through `percents`. */
export const forward =
  (unit: MoveUnit, simulation: Simulation, percents: readonly number[]): Process =>
  async ({ moves }, kept) => {
    const ctx = contextOf(simulation);
    kept.captured ??= await moves.capture(unit, ctx);
    kept.prepared ??= await moves.prepare(unit, { captured: kept.captured }, ctx);
    const state = { captured: kept.captured, prepared: kept.prepared };
    for (const percent of percents) {
      const { at, percent: now = 0 } = await moves.where(unit, state, ctx);
      if (at === 'new' || (at === 'canary' && now > percent)) continue;
      await moves.shift(unit, state, percent, ctx);
      await simulation.advance(60_000);
    }
    await moves.settle(unit, state, 'new', ctx);
  };

/** The way back, and what was made for the move is deleted. */
export const backward =
  (unit: MoveUnit, simulation: Simulation): Process =>
  async ({ moves }, kept) => {
    const ctx = contextOf(simulation);
    const state = { captured: kept.captured ?? null, prepared: kept.prepared };
    await moves.back(unit, state, ctx);
    await simulation.advance(60_000);
    await moves.settle(unit, state, 'new', ctx);
    await moves.release(unit, state, 'new', ctx);
  };

/**
 * Runs a process that is killed at its write number `at`, before or after the effect, and then one that is not killed.
 * @returns false where the process ended before that write
 */
export async function killedAt(
  simulation: Simulation,
  run: Process,
  kept: Kept,
  at: number,
  when: 'before' | 'after',
): Promise<boolean> {
  const clients = killedClients(simulation.clients(REGION), at, when);
  const wasKilled = await run(aws({ region: REGION, clients }), kept).then(
    () => false,
    () => true,
  );
  await run(aws({ region: REGION, clients: simulation.clients(REGION) }), kept);
  return wasKilled;
}
