import type { CallContext } from '../../ground/calls/call-context.js';
import type { Driver } from '../../do/driver.js';
import { isPosternError } from '../../ground/errors.js';
import type { Json } from '../../ground/json.js';
import { BATCH } from './options.js';
import { withMoveFingerprint } from '../plan/fingerprint.js';
import type { MovePlan, PlannedUnit } from '../plan/move-plan.js';

/** The plan with the state of each unit. A unit whose state could not be read is named in a note. */
export async function withCaptured(plan: MovePlan, { moves }: Driver, context: CallContext): Promise<MovePlan> {
  const captured: Record<string, Json> = {};
  const notes: string[] = [];
  const capture = async ({ unit, name }: PlannedUnit): Promise<void> => {
    try {
      captured[unit.id] = await moves.capture(unit, context);
    } catch (error) {
      if (!isPosternError(error) || error.code === 'ABORTED') throw error;
      notes.push(`Without the journal, ${name} cannot be rolled back: its state was not read: ${error.message}.`);
    }
  };
  for (let at = 0; at < plan.units.length; at += BATCH)
    await Promise.all(plan.units.slice(at, at + BATCH).map(capture));
  const { fingerprint: _fingerprint, ...rest } = plan;
  return withMoveFingerprint({ ...rest, notes: [...plan.notes, ...notes.toSorted()], captured });
}
