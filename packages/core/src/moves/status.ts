import { defined } from '../ground/defined.js';
import { cloudNow, type TimeBounds } from '../ground/clocks/cloud-time.js';
import type { MovePosition } from '../do/move-driver.js';
import { PosternError, thrownText } from '../ground/errors.js';
import { drainedAt, drainLeftMs, drainOf, type Drain } from './engine/drain.js';
import type { MoveContext } from './engine/options.js';
import { lastSeen } from './engine/where-now.js';
import { widenedAgain, widenedEntries } from './engine/widen.js';
import { recordedState, type MoveHistory, type MovePhase, WHOLE } from './record/history.js';
import { isLatest, isNamed, movesIn, type RecordedMove } from './record/recorded-moves.js';
import type { Journal, OpenMovesIn } from '../do/apply/journal.js';
import { lateWrites } from '../do/apply/late-writes.js';
import type { OpenMove } from '../do/model/moves.js';
import { commandsOf, isShift } from './plan/move-plan.js';

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
        ...(isShift(history.plan.request) ? { shift: true as const } : {}),
        state: openState(history, drain, now),
        ...defined({ drainedAt: at }),
      },
    ];
  });

/** The drain after which `finish` is possible; undefined where none was begun. */
function lastDrain(history: MoveHistory): Drain | undefined {
  return drainOf(history, 'drain after abort') ?? drainOf(history, 'drain');
}

/** Where an open move stands. */
function openState(history: MoveHistory, drain: Drain | undefined, now: TimeBounds | undefined): OpenMove['state'] {
  if (history.last(WHOLE, 'abort') !== undefined) return 'aborted';
  if (history.begun(WHOLE, 'turn back')) return 'returning';
  if (drain === undefined) return 'open';

  return drainLeftMs(drain, history.plan, now) > 0 ? 'draining' : 'drained';
}

/** Where a move stands. Plain JSON. */
export interface MoveStatus {
  readonly move: string;
  readonly from: string;
  readonly to: string;
  readonly state: 'open' | 'draining' | 'drained' | 'aborted' | 'returning' | 'finished' | 'rolled-back' | 'left';
  readonly phase: MovePhase;
  /** ISO 8601: the last record. */
  readonly at: string;
  /** What the cloud shows of each unit; `unread` with the reason where it could not be read. */
  readonly units: readonly {
    readonly id: string;
    readonly name: string;
    readonly at: MovePosition['at'] | 'unread';
    /** Of `canary`: the share of the calls that use the new link or target. */
    readonly percent?: number | undefined;
    readonly because?: string | undefined;
  }[];
  /** What this move added and is still there, one text each. */
  readonly added: readonly string[];
  /** ISO 8601: when `finish` is possible. */
  readonly drainedAt?: string | undefined;
  /**
   * ISO 8601: until then a change may still take effect that a process has sent which did not end. The next command waits until then, and
   * looks at the cloud after that.
   */
  readonly watchedUntil?: string | undefined;
  /** What to do next, as a command. */
  readonly next: string;
}

/** Where the moves of a journal stand, open ones first; the clouds are read for open moves, and for the last that ended of a gateway. */
export async function moveStatus({ journal, ...where }: MoveContext, move?: string): Promise<readonly MoveStatus[]> {
  const all = movesIn(await journal.read());
  const moves = all.filter((one) => move === undefined || isNamed(one, move));
  if (move !== undefined && moves.length === 0) {
    throw new PosternError('MOVE_ENDED', `move ${move} is not in this journal`, {
      remedy: 'Run the command in the folder in which the move was run.',
    });
  }

  const rows: MoveStatus[] = [];
  for (const one of moves.toSorted((a, b) => Number(a.ended !== undefined) - Number(b.ended !== undefined))) {
    const isRead = one.ended === undefined || (one.ended !== 'left' && isLatest(all, one));
    rows.push(await statusOf(one, { ...where, fence: journal.fence, isRead }));
  }
  return rows;
}

async function statusOf(
  move: RecordedMove,
  {
    driver,
    context,
    fence,
    isRead,
  }: Pick<MoveContext, 'driver' | 'context'> & Pick<Journal, 'fence'> & { readonly isRead: boolean },
): Promise<MoveStatus> {
  const { history, ended, at, records } = move;
  const { plan } = history;
  const { from, to } = plan;
  const units = await Promise.all(
    plan.units.map(async ({ unit, name }) => {
      const known = recordedState({ history }, unit);
      try {
        const found =
          isRead && known !== undefined
            ? await driver.moves.where(unit, known, context)
            : lastSeen({ history }, { unit });
        const because = found.found ?? found.failure;
        const { at, percent } = found;
        const more = { ...defined({ percent, because }) };
        return { id: unit.id, name, at, ...more };
      } catch (error) {
        return {
          id: unit.id,
          name,
          at: 'unread' as const,
          because: thrownText(error),
        };
      }
    }),
  );
  const again = ended === 'rolled-back' && isRead ? widenedAgain(move, driver, context) : Promise.resolve([]);
  // What cannot be read is not known to have come late.
  const entries = ended === 'rolled-back' ? await again.catch(() => []) : widenedEntries(plan, history);
  const drain = lastDrain(history);
  const state = ended ?? openState(history, drain, cloudNow(context)); // after the units: their answers show the cloud's time
  const now = cloudNow(context)?.earliestMs ?? Number.NaN;
  const late = lateWrites(records, fence, now).map(({ until }) => until);
  const drained = ended === undefined && drain !== undefined ? drainedAt(drain) : undefined;
  return {
    move: history.id,
    from: from.id,
    to: to.id,
    state,
    phase: phaseOf(history, state),
    at,
    units,
    added: entries.map(({ id }) => id),
    ...defined({ drainedAt: drained, watchedUntil: late.toSorted().at(-1) }),
    next: isUndone(move, units, entries) ? undoneOf(history, state) : nextOf(history)[state],
  };
}

/** Whether a move has ended, and a unit that it brought to its end is not there any more, or an entry is there again. */
function isUndone({ history, ended }: RecordedMove, units: MoveStatus['units'], entries: readonly unknown[]): boolean {
  const end = ended === 'finished' ? 'new' : ended === 'rolled-back' ? 'old' : undefined;
  const isAway = ({ id, at }: MoveStatus['units'][number]): boolean =>
    at !== end && at !== 'unread' && at !== 'elsewhere' && lastSeen({ history }, { unit: { id } }).at === end;
  return end !== undefined && (units.some(isAway) || (ended === 'rolled-back' && entries.length > 0));
}

/** What to do with a move that has ended, and whose units are not where that says. */
function undoneOf({ id, plan }: MoveHistory, state: MoveStatus['state']): string {
  const { run, rollback } = commandsOf(plan);
  return state === 'finished'
    ? `its units are not all on ${plan.to.id}: \`postern ${run}\` with the same request moves them again`
    : `it is not all as before: \`postern ${rollback} ${id}\` returns it again`;
}

/** What to do next, by the state of a move. */
function nextOf(history: MoveHistory): Readonly<Record<MoveStatus['state'], string>> {
  const { id: move, plan } = history;
  const { run, finish, rollback, leave } = commandsOf(plan);
  // The open shift is the only one, and its argument would be an integration.
  const again = isShift(plan.request) ? run : `${run} ${move}`;
  const keeps =
    drainOf(history, 'drain') !== undefined ? `; \`postern ${finish} ${move}\` keeps what has all calls` : '';
  return {
    open: `\`postern ${again}\` continues it; \`postern ${rollback} ${move}\` returns`,
    draining: `\`postern ${finish} ${move}\` after the drain; \`postern ${rollback} ${move}\` returns`,
    drained: `\`postern ${finish} ${move}\`; \`postern ${rollback} ${move}\` returns`,
    aborted: `\`postern ${finish} ${move}\` keeps what has moved; \`postern ${rollback} ${move}\` returns it`,
    returning: `\`postern ${rollback} ${move}\` continues${keeps}; \`postern ${leave} ${move}\` ends it as it is`,
    finished: 'nothing',
    'rolled-back': 'nothing',
    left: 'nothing',
  };
}

function phaseOf(history: MoveHistory, state: MoveStatus['state']): MovePhase {
  const { plan } = history;
  if (state === 'returning' || state === 'rolled-back') return 'rollback';
  if (state === 'finished' || state === 'left') return 'finish';
  if (state === 'draining' || state === 'drained') return 'drain';

  const has = (step: string): boolean => plan.units.some(({ unit }) => history.begun(unit.id, step));
  if (has('verify')) return 'verify';
  if (has('capture')) return 'switch';

  return plan.units.some(({ unit, probes }) => probes.some(({ id }) => history.begun(unit.id, `probe ${id}`)))
    ? 'probe'
    : 'widen';
}
