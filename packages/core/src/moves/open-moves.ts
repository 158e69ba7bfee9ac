import type { JournalRecord } from '../apply/journal.js';
import type { OpenMove } from '../model/open-move.js';
import { drainEnd } from './engine/drain.js';
import { movesIn, WHOLE, type MoveHistory } from './record/history.js';

/** The moves of a journal that have not ended, oldest first. `nowMs` is in milliseconds since the epoch. */
export function openMovesIn(records: readonly JournalRecord[], nowMs: number): readonly OpenMove[] {
  return movesIn(records).flatMap(({ history, ended }): readonly OpenMove[] => {
    if (ended !== undefined) return [];
    const { provider, region, account, from, to, units } = history.plan;
    const gateways = [...new Set(units.map(({ unit }) => unit.gateway.id))];
    const endMs = lastDrain(history);
    return [
      {
        move: history.id,
        provider,
        region,
        account,
        from,
        to,
        gateways,
        state: openState(history, endMs, nowMs),
        ...(endMs === undefined ? {} : { drainedAt: new Date(endMs).toISOString() }),
      },
    ];
  });
}

/** When the drain ends after which `finish` is possible; undefined where none was begun. */
export function lastDrain(history: MoveHistory): number | undefined {
  return drainEnd(history, 'drain after abort') ?? drainEnd(history, 'drain');
}

/** Where an open move stands. */
export function openState(history: MoveHistory, endMs: number | undefined, nowMs: number): OpenMove['state'] {
  if (history.last(WHOLE, 'abort') !== undefined) return 'aborted';
  if (history.begun(WHOLE, 'turn back')) return 'returning';
  if (endMs === undefined) return 'open';
  return nowMs < endMs ? 'draining' : 'drained';
}
