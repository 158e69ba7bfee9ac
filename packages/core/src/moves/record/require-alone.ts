import type { JournalRecord } from '../../do/apply/journal.js';
import { PosternError } from '../../ground/errors.js';
import type { MovePlan } from '../plan/move-plan.js';
import { movesIn } from './history.js';

/**
 * Refuses a move of gateways that another open move of the journal moves.
 * @throws {PosternError} `MOVE_OPEN`
 */
export function requireAlone(records: readonly JournalRecord[], plan: MovePlan): void {
  const own = new Set(plan.units.map(({ unit }) => unit.gateway.id));
  for (const { history, ended } of movesIn(records)) {
    const { plan: other } = history;
    if (ended !== undefined || other.move === plan.move) continue;
    const shared = other.units.find(({ unit }) => own.has(unit.gateway.id));
    if (shared === undefined) continue;
    throw new PosternError(
      'MOVE_OPEN',
      `${shared.name} is in the open move ${history.id} from ${other.from.id} to ${other.to.id}`,
      { details: { move: history.id } },
    );
  }
}
