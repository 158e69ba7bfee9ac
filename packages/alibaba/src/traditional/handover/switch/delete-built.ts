import type { CallContext, JournalRecord } from '@postern/core/internal/library';
import { failing, outcomeOf, pause, valueOf } from '@postern/core/internal/cloud';
import type { Run } from '@postern/core/internal/engine';
import type { HandoverPlan } from '../plan/fingerprint.js';
import type { PlannedStage } from '../plan/plan-values.js';
import type { HandoverDriver, HandoverKind, HandoverObject, HandoverPlace, RemoveAnswer } from '../run/driver.js';
import { objectsOf, placeOf, stepOf } from '../run/objects.js';
import { neededBy } from '../prove/prove-handover.js';
import { act, type MoveTools } from './move-name.js';

/** An object of the target after a rollback that deletes what was built. */
export interface UnbuiltObject {
  readonly stage: string;
  readonly kind: HandoverKind;
  readonly name: string;
  readonly id: string;
  readonly state: 'removed' | 'kept';
  readonly reason?: string | undefined;
}

/** What deleting needs. */
export interface UnbuildTools {
  readonly run: Run;
  readonly driver: Pick<HandoverDriver, 'find' | 'remove'>;
  /** Of the journal: it has what a run created. */
  readonly records: readonly JournalRecord[];
  readonly onRemoved: (object: UnbuiltObject) => void;
  readonly onRetry: MoveTools['onRetry'];
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
 * @throws {FailedStep} the first failure, which ends it
 */
export async function deleteBuilt(plan: HandoverPlan, stage: PlannedStage, tools: UnbuildTools): Promise<void> {
  const { run, driver, records, onRemoved } = tools;
  const ids = new Map<string, { readonly id: string; readonly isOurs: boolean }>();
  const place = placeOf(plan, stage, ids);
  for (const object of objectsOf(stage)) {
    if (!neededBy(stage, object).every((step) => ids.has(step))) continue;

    const look = async (ctx: CallContext) => {
      const one = await driver.find(object, place, ctx);
      return one === undefined ? null : { id: one.id, isOurs: one.isOurs };
    };
    const found = await act(tools, `look for ${stepOf(object)}`, look, { reads: true });
    if (found !== null) ids.set(stepOf(object), found);
  }
  for (const object of objectsOf(stage).toReversed()) {
    const found = ids.get(stepOf(object));
    if (found === undefined) continue;

    const isOurs = found.isOurs && isCreatedHere(object, { ids, records, unit: run.unit });
    const answer = isOurs ? await removeObject(object, found.id, place, tools) : OF_ANOTHER;
    const { kind, name } = object;
    const came = answer.state === 'kept' ? answer : ({ state: 'removed' } as const);
    onRemoved({ stage: stage.stage, kind, name, id: found.id, ...came });
  }
}

const OF_ANOTHER: RemoveAnswer = { state: 'kept', reason: 'it was not created by this hand-over' };

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
  tools: UnbuildTools,
): Promise<RemoveAnswer> {
  const { run, driver } = tools;
  const step = `delete ${stepOf(object)}`;
  for (let waitedMs = 0, count = 1; ; waitedMs += POLL_MS, count += 1) {
    const id = count === 1 ? step : `${step} ${count}`;
    const answer = await outcomeOf(act(tools, id, (ctx) => driver.remove(object, objectId, place, ctx)));
    // The cloud refuses to delete what something else uses: that is of another owner.
    if (!answer.ok && answer.error.code === 'STILL_REFERENCED') return { state: 'kept', reason: answer.error.message };

    const value = valueOf(answer);
    if (value.state !== 'pending') return value;
    if (waitedMs >= TIMEOUT_MS) {
      const message = `${stepOf(object)} is not deleted after ${waitedMs / 1_000} s`;
      throw failing('WAIT_TIMEOUT', message, 'Run again: it continues there.');
    }

    valueOf(await pause(run, `${id}: sleep`, POLL_MS));
  }
}
