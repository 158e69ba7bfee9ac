import type { FleetGoal, RunOptions } from '@postern/fleet/internal/fleet';
import { BROUGHT_WORDS } from './brought-words.js';

/** The ID of a new run: `payments-20261125-120000`, of goals other than `apply` with the goal, since two may begin in one second. */
export function newRunId(name: string, goal: FleetGoal = 'apply'): string {
  const stamp = new Date().toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  return `${name}-${stamp}${goal === 'apply' ? '' : `-${goal}`}`;
}

const OTHER_GOALS: readonly FleetGoal[] = ['check', 'watch', 'migrate', ...BROUGHT_WORDS.map(({ goal }) => goal)];

/** What such an ID has behind the name. */
export const STAMP = new RegExp(String.raw`-\d{8}-\d{6}(?:-(?:${OTHER_GOALS.join('|')}))?$`);

/** The options of a run among those of a command. */
export function runOptionsOf({
  allowPurchase,
  prune,
  replaceFailed,
  deleteAllRoutes,
  ignoreFindings,
  drain,
  probe,
  rollback,
}: RunOptions): RunOptions {
  return { allowPurchase, prune, replaceFailed, deleteAllRoutes, ignoreFindings, drain, probe, rollback };
}
