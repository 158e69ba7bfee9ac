import type { OpenMovesIn } from '../do/apply/journal.js';
import type { TimeBounds } from '../ground/clocks/cloud-time.js';
import type { OpenMove } from '../do/model/moves.js';
import { drainedAt, drainLeftMs, drainOf, type Drain } from './engine/drain.js';
import { movesIn, WHOLE, type MoveHistory } from './record/history.js';

/** The moves of a journal that have not ended, oldest first. `now` is that of the cloud: `cloudNow`. */
export const openMovesIn: OpenMovesIn = (records, now) =>
  movesIn(records).flatMap(({ history, ended }): readonly OpenMove[] => {
    if (ended !== undefined) return [];
    const { provider, region, account, from, to, units } = history.plan;
    const gateways = [...new Set(units.map(({ unit }) => unit.gateway.id))];
    const drain = lastDrain(history);
    const at = drain && drainedAt(drain);
    return [
      {
        move: history.id,
        provider,
        region,
        account,
        from,
        to,
        gateways,
        state: openState(history, drain, now),
        ...(at === undefined ? {} : { drainedAt: at }),
      },
    ];
  });

/** The drain after which `finish` is possible; undefined where none was begun. */
export function lastDrain(history: MoveHistory): Drain | undefined {
  return drainOf(history, 'drain after abort') ?? drainOf(history, 'drain');
}

/** Where an open move stands. */
export function openState(
  history: MoveHistory,
  drain: Drain | undefined,
  now: TimeBounds | undefined,
): OpenMove['state'] {
  if (history.last(WHOLE, 'abort') !== undefined) return 'aborted';
  if (history.begun(WHOLE, 'turn back')) return 'returning';
  if (drain === undefined) return 'open';
  return drainLeftMs(drain, history.plan, now) > 0 ? 'draining' : 'drained';
}
