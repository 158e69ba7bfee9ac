import type { Plan, RunEvent } from '@postern/core/internal/library';
import type { Io } from '../process/io.js';
import { progressLines, type Progress } from './progress.js';

/** A list that is longer than a screen flickers and scrolls away. */
const MOST_ROWS = 30;

/** The way to show a run: lines of JSON, which `json` prints; a living list on a terminal, plain lines elsewhere. */
export async function chooseProgress(
  io: Io,
  plan: Plan,
  json: ((event: RunEvent) => void) | undefined,
): Promise<Progress> {
  if (json !== undefined) return { event: json, end: () => Promise.resolve() };

  const steps = plan.units.reduce((sum, unit) => sum + unit.steps.length, 0);
  // A list wraps at the width of the terminal, which some pseudo-terminals do not have.
  if (!io.stdout.isTerminal || io.stdout.columns === undefined || steps > MOST_ROWS) return progressLines(io);

  const { progressList } = await import('./progress-list.js');
  return progressList(plan);
}
