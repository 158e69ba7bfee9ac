import type { MoveState, MoveUnit } from '../../move-driver.js';
import { DONE, once, type Failed, type MoveTools, type Outcome } from './tools.js';

/**
 * Records what the units of one gateway were before any of them moves: what they share, such as a stage, is later as the first
 * of them left it.
 */
export async function captureShared(tools: MoveTools): Promise<Outcome<null>> {
  const { moves } = tools.driver;
  const units = tools.plan.units.map(({ unit }) => unit);
  const isShared = ({ gateway: { id } }: MoveUnit): boolean =>
    units.filter(({ gateway }) => gateway.id === id).length > 1;
  const captured = await Promise.all(
    units.filter(isShared).map((unit) => once(tools, unit.id, 'capture', (ctx) => moves.capture(unit, ctx))),
  );
  return captured.find((one): one is Failed => !one.ok) ?? DONE;
}

/** What a unit was before, and what was created for it. Both are recorded once, before anything is changed. */
export async function unitState(tools: MoveTools, unit: MoveUnit): Promise<Outcome<MoveState>> {
  const { moves } = tools.driver;
  const captured = await once(tools, unit.id, 'capture', (ctx) => moves.capture(unit, ctx));
  if (!captured.ok) return captured;
  const state = { captured: captured.value };
  const prepared = await once(tools, unit.id, 'prepare', (ctx) => moves.prepare(unit, state, ctx));
  return prepared.ok ? { ok: true, value: { ...state, prepared: prepared.value } } : prepared;
}

/** The recorded state; undefined where nothing was captured, so nothing was changed. */
export function recordedState({ history }: Pick<MoveTools, 'history'>, { id }: MoveUnit): MoveState | undefined {
  const captured = history.first(id, 'capture');
  if (captured === undefined) return undefined;
  const prepared = history.first(id, 'prepare');
  return prepared === undefined ? { captured } : { captured, prepared };
}
