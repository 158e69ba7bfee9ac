import type { RunOptions } from '@postern/fleet';

/** The ID of a new run: `payments-20261125-120000`. */
export function newRunId(name: string): string {
  return `${name}-${new Date().toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}`;
}

/** What such an ID has behind the name. */
export const STAMP = /-\d{8}-\d{6}$/;

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
