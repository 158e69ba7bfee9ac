import type { Plan } from '@postern/core';
import { jsonLines } from '../output/print.js';
import type { Io } from '../process/io.js';
import { progressLines } from './progress-lines.js';
import type { Progress } from './progress.js';

/** Every event as a line of JSON. */
function jsonProgress(io: Io): Progress {
  const line = jsonLines(io);
  return { event: line, end: () => Promise.resolve() };
}

/** A list that is longer than a screen flickers and scrolls away. */
const MOST_ROWS = 30;

/** The way to show a run: JSON lines, a living list on a terminal, plain lines elsewhere. */
export async function chooseProgress(io: Io, plan: Plan, json: boolean): Promise<Progress> {
  if (json) return jsonProgress(io);
  const steps = plan.units.reduce((sum, unit) => sum + unit.steps.length, 0);
  if (!io.stdout.isTerminal || steps > MOST_ROWS) return progressLines(io);
  const { progressList } = await import('./progress-list.js');
  return progressList(plan);
}
