import { outcomeOf } from '../do/apply/step.js';
import { look } from './engine/arrive.js';
import type { MoveContext } from './engine/options.js';
import { act, type MoveTools } from './engine/tools.js';
import { withRun, type LeftMove } from './engine/with-run.js';
import { widenedEntries } from './engine/widen.js';
import type { MoveEvent, MoveResult } from './events.js';
import type { PlannedUnit } from './plan/move-plan.js';
import { recordedState, WHOLE } from './record/history.js';
import { requireOpen } from './record/recorded-moves.js';
import { whereAll } from './engine/where-now.js';

/**
 * Ends a move or a shift as it is, from every state, and changes nothing in the cloud. Its result names what it leaves, as far as that can
 * be read. Nothing continues, returns or removes it later.
 * @throws {PosternError} `MOVE_ENDED`; `LOCKED` while a run is in progress: interrupt it first
 */
export function leaveMove(move: string, context: MoveContext): AsyncGenerator<MoveEvent, MoveResult, undefined> {
  return withRun(context, (records) => ({
    does: 'leave',
    history: requireOpen(records, move).history,
    work: leaveAll,
  }));
}

async function leaveAll(tools: MoveTools): Promise<LeftMove> {
  const { plan, history, notes } = tools;
  for (const planned of plan.units) notes.push(await leftOf(tools, planned));
  for (const { id } of widenedEntries(plan, history)) notes.push(`What the move added stays: ${id}.`);
  await act(tools, WHOLE, 'leave', () => Promise.resolve({ left: true }));
  return { state: 'left', ...whereAll(tools) };
}

/** What is left of a unit, as one sentence. */
async function leftOf(tools: MoveTools, planned: PlannedUnit): Promise<string> {
  const { unit, name } = planned;
  const state = recordedState(tools, unit);
  if (state === undefined) return `${name} was not changed.`;

  const seen = await outcomeOf(look(tools, unit, state));
  if (!seen.ok) return `${name} stays as it is, and could not be read: ${seen.error.code}: ${seen.error.message}`;

  const { at, percent = 0, found, exists } = seen.value;
  if (exists === false) return `${name} does not exist any more.`;

  const prepared = tools.history.begun(unit.id, 'prepare') ? ' What was prepared for it stays.' : '';
  switch (at) {
    case 'old':
      return `${name} is on ${unit.from.id}.${prepared}`;
    case 'new':
      return `${name} is on ${unit.to.id}, and what only ${unit.from.id} needed stays.`;
    case 'canary':
      return `${name} has ${percent} % of its calls on ${unit.to.id}, and the others on ${unit.from.id}.${prepared}`;
    default:
      return `${name} stays as it is: ${found ?? 'a change of it is in progress'}.${prepared}`;
  }
}
