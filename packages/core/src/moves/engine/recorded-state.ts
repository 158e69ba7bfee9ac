import type { MoveState, MoveUnit } from '../../do/move-driver.js';
import type { MoveTools } from './tools.js';

/** The recorded state; undefined where nothing was captured, so nothing was changed. */
export function recordedState({ history }: Pick<MoveTools, 'history'>, { id }: MoveUnit): MoveState | undefined {
  const captured = history.first(id, 'capture');
  if (captured === undefined) return undefined;

  const prepared = history.first(id, 'prepare');
  return prepared === undefined ? { captured } : { captured, prepared };
}
