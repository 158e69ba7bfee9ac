import type { JournalRecord } from '@postern/core/internal/library';
import { pause, repeat } from '@postern/core/internal/cloud';
import type { Run, StepError, StepOutcome } from '@postern/core/internal/engine';
import type { HandoverPlan } from '../plan/fingerprint.js';
import type { PlannedStage } from '../plan/plan-values.js';
import type { HandoverDriver, HandoverKind, HandoverObject, HandoverPlace, RemoveAnswer } from '../run/driver.js';
import { objectsOf, placeOf, stepOf } from '../run/objects.js';
import { neededBy } from '../prove/prove-handover.js';

/** An object of the target after a rollback that deletes what was built. */
export interface UnbuiltObject {
  readonly stage: string;
  readonly kind: HandoverKind;
  readonly name: string;
  readonly id: string;
  readonly state: 'removed' | 'kept';
  readonly reason?: string | undefined;
}

/** What came of deleting: the first failure ends it. */
export interface UnbuiltStage {
  readonly unbuilt: readonly UnbuiltObject[];
  readonly error?: StepError | undefined;
}

/** What deleting needs. */
export interface UnbuildTools {
  readonly run: Run;
  readonly driver: Pick<HandoverDriver, 'find' | 'remove'>;
  /** Of the journal: it has what a run created. */
  readonly records: readonly JournalRecord[];
  readonly onRemoved: (object: UnbuiltObject) => void;
  readonly onRetry: (step: string, retry: { readonly attempt: number; readonly message: string }) => void;
}

/** Of kinds without a mark: a domain was created by a run that recorded it, the others belong to routes with a mark. */
function isCreatedHere(
  object: HandoverObject,
  {
    ids,
    records,
    unit,
  }: {
    readonly ids: ReadonlyMap<string, { readonly isOurs: boolean }>;
    readonly records: readonly JournalRecord[];
    readonly unit: string;
  },
): boolean {
  switch (object.kind) {
    case 'domain':
      return wasCreated(records, unit, object);
    case 'authorization':
      return object.routes.every((name) => ids.get(stepOf({ kind: 'route', name }))?.isOurs === true);
    case 'publication':
      return ids.get(stepOf({ kind: 'route', name: object.name }))?.isOurs === true;
    default:
      return true;
  }
}

/**
 * Deletes what a run built of a stage, in reverse order. It looks first for everything, because an object is found by those that were
 * built before it. What another owner created is kept, and so is what holds something of another owner.
 */
export async function deleteBuilt(plan: HandoverPlan, stage: PlannedStage, tools: UnbuildTools): Promise<UnbuiltStage> {
  const { run, driver, records, onRemoved } = tools;
  const ids = new Map<string, { readonly id: string; readonly isOurs: boolean }>();
  const place = placeOf(plan, stage, ids);
  for (const object of objectsOf(stage)) {
    if (!neededBy(stage, object).every((step) => ids.has(step))) continue;

    const id = `look for ${stepOf(object)}`;
    const found = await repeat<{ id: string; isOurs: boolean } | null>(
      run,
      id,
      async (ctx) => {
        const one = await driver.find(object, place, ctx);
        return one === undefined ? null : { id: one.id, isOurs: one.isOurs };
      },
      { reads: true, onRetry: (retry) => tools.onRetry(id, retry) },
    );
    if (!found.ok) return { unbuilt: [], error: found.error };

    if (found.value !== null) ids.set(stepOf(object), found.value);
  }
  const unbuilt: UnbuiltObject[] = [];
  for (const object of objectsOf(stage).toReversed()) {
    const found = ids.get(stepOf(object));
    if (found === undefined) continue;

    const isOurs = found.isOurs && isCreatedHere(object, { ids, records, unit: run.unit });
    const removed = isOurs
      ? await removeObject(object, found.id, place, tools)
      : ({ ok: true, value: { state: 'kept', reason: 'it was not created by this hand-over' } } as const);
    if (!removed.ok) return { unbuilt, error: removed.error };

    const { kind, name } = object;
    const one: UnbuiltObject = { stage: stage.stage, kind, name, id: found.id, ...settled(removed.value) };
    unbuilt.push(one);
    onRemoved(one);
  }
  return { unbuilt };
}

function settled(answer: RemoveAnswer): Pick<UnbuiltObject, 'state' | 'reason'> {
  return answer.state === 'kept' ? answer : { state: 'removed' };
}

/** Whether a run recorded that it created an object. */
function wasCreated(records: readonly JournalRecord[], unit: string, object: HandoverObject): boolean {
  const step = stepOf(object);
  return records.some(({ type, unit: of, step: one, value }) => {
    if (type !== 'after' || of !== unit || one !== step) return false;

    const { value: made } = (value ?? {}) as { readonly value?: { readonly created?: boolean } | null };
    return made?.created === true;
  });
}

const POLL_MS = 2_000;
const TIMEOUT_MS = 300_000;

async function removeObject(
  object: HandoverObject,
  objectId: string,
  place: HandoverPlace,
  { run, driver, onRetry }: UnbuildTools,
): Promise<StepOutcome<RemoveAnswer>> {
  const step = `delete ${stepOf(object)}`;
  for (let waitedMs = 0, count = 1; ; waitedMs += POLL_MS, count += 1) {
    const id = count === 1 ? step : `${step} ${count}`;
    const answer = await repeat<RemoveAnswer>(run, id, (ctx) => driver.remove(object, objectId, place, ctx), {
      onRetry: (retry) => onRetry(id, retry),
    });
    if (!answer.ok) return isHeld(answer.error) ? kept(answer.error) : answer;
    if (answer.value.state !== 'pending') return answer;
    if (waitedMs >= TIMEOUT_MS) {
      const message = `${stepOf(object)} is not deleted after ${waitedMs / 1_000} s`;
      return { ok: false, error: { code: 'WAIT_TIMEOUT', message, remedy: 'Run again: it continues there.' } };
    }

    const slept = await pause(run, `${id}: sleep`, POLL_MS);
    if (!slept.ok) return slept;
  }
}

/** The cloud refuses to delete what something else uses: that is of another owner. */
const isHeld = ({ code }: StepError): boolean => code === 'STILL_REFERENCED';

const kept = ({ message }: StepError): StepOutcome<RemoveAnswer> => ({
  ok: true,
  value: { state: 'kept', reason: message },
});
