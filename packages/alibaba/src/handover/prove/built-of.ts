import type { CallContext } from '@postern/core';
import type { HandoverPlan } from '../plan/handover-plan.js';
import type { PlannedStage } from '../plan/plan-values.js';
import type { HandoverDriver } from '../run/driver.js';
import { objectsOf } from '../run/objects.js';
import { placeOf, stepOf } from '../run/place.js';

/** What of a plan exists as planned. An object whose part is missing is missing, too. */
export async function builtOf(
  plan: HandoverPlan,
  stage: PlannedStage,
  driver: Pick<HandoverDriver, 'find'>,
  context: CallContext,
): Promise<{ readonly ids: ReadonlyMap<string, { readonly id: string }>; readonly missing: readonly string[] }> {
  const ids = new Map<string, { readonly id: string }>();
  const missing: string[] = [];
  const place = placeOf(plan, stage, ids);
  for (const object of objectsOf(stage)) {
    const isPossible = neededBy(stage, object).every((step) => ids.has(step));
    const found = isPossible ? await driver.find(object, place, context) : undefined;
    if (found === undefined || found.differs.length > 0) missing.push(stepOf(object));
    else ids.set(stepOf(object), { id: found.id });
  }
  return { ids, missing };
}

/** Lists show what was created some seconds later: what is missing is looked for again. */
const LOOK_MS = 5_000;

/**
 * The same right after a run: looks until everything exists, or until lists must show it.
 * @throws what `builtOf` and the context's signal throw
 */
export async function builtBy(
  plan: HandoverPlan,
  stage: PlannedStage,
  driver: Pick<HandoverDriver, 'find' | 'stalenessMs'>,
  context: CallContext,
): ReturnType<typeof builtOf> {
  for (let waitedMs = 0; ; waitedMs += LOOK_MS) {
    const found = await builtOf(plan, stage, driver, context);
    if (found.missing.length === 0 || waitedMs >= driver.stalenessMs) return found;
    await context.clock.sleep(LOOK_MS, context.signal);
  }
}

/** The steps whose objects an object is found by. */
export function neededBy(stage: PlannedStage, object: ReturnType<typeof objectsOf>[number]): readonly string[] {
  const gateway = stepOf({ kind: 'gateway', name: stage.stage });
  const api = stepOf({ kind: 'api', name: stage.api.name });
  switch (object.kind) {
    case 'gateway':
      return [];
    case 'route':
      return [
        gateway,
        api,
        ...object.domains.map((name) => stepOf({ kind: 'domain', name })),
        ...(object.planned.service === undefined ? [] : [stepOf({ kind: 'service', name: object.planned.service })]),
      ];
    case 'policy':
      return [gateway, stepOf({ kind: object.on, name: object.of })];
    case 'publication':
      return [gateway, api, stepOf({ kind: 'route', name: object.name })];
    case 'authorization':
      return [
        gateway,
        api,
        stepOf({ kind: 'consumer', name: object.consumer }),
        ...object.routes.map((name) => stepOf({ kind: 'route', name })),
      ];
    default:
      return [gateway];
  }
}
