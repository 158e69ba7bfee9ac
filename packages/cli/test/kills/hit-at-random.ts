import { setTimeout as pause } from 'node:timers/promises';
import type { Simulation } from '@postern/simulator';
import type { PosternCommand } from './postern-command.js';

/** What random moments of a run are chosen from. */
export interface Moments {
  readonly random: () => number;
  readonly simulation: Simulation;
  /** How long a run takes, in milliseconds of real time, and how many calls it makes. */
  readonly usualMs: number;
  readonly usualCalls: number;
}

/**
 * Sends a signal at a random moment. Half of the moments are spread over the time of a run, the others over its calls.
 * @returns whether the process was still running
 */
export async function hitAtRandom(
  { child }: ReturnType<PosternCommand['start']>,
  signal: NodeJS.Signals,
  { random, simulation, usualMs, usualCalls }: Moments,
): Promise<boolean> {
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const byTime = random() < 0.5;
  const calls = byTime ? 0 : simulation.journal().length + Math.floor(random() * usualCalls);
  await pause(random() * (byTime ? usualMs : 3));
  while (!isOver() && simulation.journal().length < calls) await pause(1);
  return !isOver() && child.kill(signal);
}
