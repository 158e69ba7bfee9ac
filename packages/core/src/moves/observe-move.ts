import type { CallContext } from '../calls/call-context.js';
import type { Driver, Scope } from '../driver.js';
import { SNAPSHOT_VERSION, type Snapshot } from '../snapshot/snapshot.js';
import { isWholeInstance } from './plan/plan-move.js';
import type { MoveRequest } from './plan/move-plan.js';

/** Reads what a plan of a move needs: no more than the move changes, and what the paths to the backends depend on. */
export async function observeMove(driver: Driver, request: MoveRequest, context: CallContext): Promise<Snapshot> {
  const takenAt = new Date(context.clock.now()).toISOString();
  return { version: SNAPSHOT_VERSION, takenAt, regions: [await driver.observe(scopeOf(request), context)] };
}

function scopeOf(request: MoveRequest): Scope {
  const what = { checks: true, uses: true };
  // Only the API groups show on which instance they are.
  if (isWholeInstance(request)) return { ...what, all: true };
  return 'group' in request
    ? { ...what, gateways: [{ apiGroup: request.group }], links: [request.to] }
    : { ...what, gateways: [{ httpApi: request.api }], links: [request.from, request.to] };
}
