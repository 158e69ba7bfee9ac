import { asStep, outcomeOf, type StepProgress } from '../../do/apply/step.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { isPosternError } from '../../ground/errors.js';
import type { MovePosition } from '../../do/move-driver.js';
import { lostOnOldLink } from '../judge-return.js';
import type { PlannedUnit } from '../plan/move-plan.js';
import { recordedState, WHOLE } from '../record/history.js';
import { arrive, giveShare, look } from './arrive.js';
import { voidDrains } from './drain.js';
import { settleUnit } from './settle.js';
import { act, unitStep, type MoveTools } from './tools.js';
import { unitState } from './unit-state.js';
import { removeUnusedMark } from './unused-mark.js';
import { lastSeen } from './where-now.js';

/** Why calls are lost, by the gateway whose path was judged for it. */
type Judged = Map<string, Promise<string | null>>;

/** What a return has done in this process. */
export interface ReturnWatch {
  /** A unit is being sent back until `ended`: it is looked at once it has arrived. */
  readonly begun: (planned: PlannedUnit) => void;
  readonly ended: (planned: PlannedUnit) => void;
  /** Sends units forward that lose their calls on the former side. Whether there was one. */
  readonly look: () => Promise<boolean>;
  /** The units that went forward since this was asked last. */
  readonly taken: () => readonly PlannedUnit[];
}

/**
 * The rule of every return: what serves gets the calls. A unit that has returned, or has a share on the former side, goes to the new
 * side as soon as the former one does not take its calls and the new one does. It returns once the former side takes them.
 */
export function watchReturn(tools: MoveTools): ReturnWatch {
  const busy = new Set<string>();
  const refused = new Set<string>();
  let forwarded: PlannedUnit[] = [];
  let looking: Promise<boolean> | undefined;
  const lookAll = async (): Promise<boolean> => {
    const { plan, history, left } = tools;
    const judged: Judged = new Map();
    const mayGo = ({ unit: { id } }: PlannedUnit): boolean =>
      !left.has(id) && !busy.has(id) && !refused.has(id) && !history.begun(id, 'release new');
    const went = await tools.each(plan.units.filter(mayGo), async (planned) => {
      const done = await forwardAgain(tools, planned, judged);
      if (done === 'refused') refused.add(planned.unit.id);
      return done === 'went' ? [planned] : [];
    });
    if (went.every(({ length }) => length === 0)) return false;

    forwarded = [...new Set([...forwarded, ...went.flat()])];
    await voidDrains(tools);
    await outcomeOf(removeUnusedMark(tools, plan.to));
    return true;
  };
  return {
    begun: (planned) => {
      busy.add(planned.unit.id);
      forwarded = forwarded.filter((one) => one !== planned);
    },
    ended: ({ unit }) => void busy.delete(unit.id),
    // The units of a batch wait side by side, and one look is for all of them.
    look: () =>
      (looking ??=
        tools.isForced === true
          ? Promise.resolve(false)
          : lookAll().finally(() => {
              looking = undefined;
            })),
    taken: () => {
      const units = forwarded;
      forwarded = [];
      return units;
    },
  };
}

/** Where a unit is of which nothing is recorded. */
const NOT_MOVED: MovePosition = { at: 'old' };

/** Sends a unit forward where its calls are lost on the former side. */
async function forwardAgain(
  tools: MoveTools,
  planned: PlannedUnit,
  judged: Judged,
): Promise<'went' | 'stays' | 'refused'> {
  const { unit, name } = planned;
  const state = recordedState(tools, unit);
  const seeing = state === undefined ? undefined : look(tools, unit, state, 'look whether it is served');
  const seen = await outcomeOf(Promise.resolve(seeing ?? NOT_MOVED));
  if (!seen.ok || (seen.value.at !== 'old' && seen.value.at !== 'canary')) return 'stays';

  const why = await outcomeOf(lostOnFormer(tools, planned, judged));
  if (!why.ok || why.value === null) return 'stays';

  const text = `its calls go to ${unit.to.id}, because ${why.value}`;
  const send = async (report: StepProgress): Promise<void> => {
    report.progress(text);
    const ready = await unitState(tools, unit);
    await giveShare(tools, unit, ready, { percent: 100, report });
    await arrive(tools, unit, ready, { goal: 'new', before: seen.value, report });
    await settleUnit(tools, planned, ready, { at: 'new', report });
  };
  const went = await outcomeOf(asStep(tools, unitStep(planned, 'switch', `forward ${name}`), send));
  if (went.ok) tools.notes.push(`${name}: ${text}.`);
  return went.ok ? 'went' : 'refused';
}

/**
 * Why the calls that a unit has on its former side are lost there, as a clause, where the new side takes them; null where nothing shows
 * that. The path of a gateway is judged once for all units of it.
 */
async function lostOnFormer(tools: MoveTools, planned: PlannedUnit, judged: Judged): Promise<string | null> {
  const { unit } = planned;
  const { moves } = tools.driver;
  const id = 'whether calls are lost';
  if (unit.shift !== undefined) {
    const state = recordedState(tools, unit);
    if (state === undefined) return null;

    const ask = async (ctx: CallContext): Promise<string | null> => {
      const why = await moves.wayBack?.ready(unit, state, ctx).catch((error: unknown) => {
        if (!isPosternError(error, 'WORLD_MOVED')) throw error;

        return error.message;
      });
      return why !== undefined && (await moves.ready?.(unit, state, ctx)) === undefined ? why : null;
    };
    return act(tools, unit.id, id, ask, { reads: true });
  }

  const { gateway } = unit;
  const judge = async (ctx: CallContext): Promise<string | null> =>
    (await lostOnOldLink(tools.plan, planned, tools, ctx)) ?? null;
  const known = judged.get(gateway.id) ?? act(tools, WHOLE, `${id} of ${gateway.id}`, judge, { reads: true });
  judged.set(gateway.id, known);
  return known;
}

/** Why calls that are still on the former side are lost, where the new side takes them; undefined where nothing shows that. */
export async function lossOfFormer(tools: MoveTools): Promise<string | undefined> {
  const judged: Judged = new Map();
  for (const planned of tools.plan.units) {
    if (tools.left.has(planned.unit.id) || lastSeen(tools, planned).at === 'new') continue;

    const why = await outcomeOf(lostOnFormer(tools, planned, judged));
    if (why.ok && why.value !== null) return why.value;
  }
  return undefined;
}
