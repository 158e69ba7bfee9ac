import { PosternError } from '@postern/core/adapter';
import type { HandoverPlan } from '../plan/handover-plan.js';
import type { PlannedStage } from '../plan/plan-values.js';
import type { HandoverKind, HandoverObject, HandoverPlace } from './driver.js';

/** The name of an object among all of a stage, and the ID of its step: `route orders`. */
export const stepOf = ({ kind, name }: Pick<HandoverObject, 'kind' | 'name'>): string => `${kind} ${name}`;

/** Where the objects of a stage are; `ids` are those that exist, by {@link stepOf}. Its reads end with it. */
export function placeOf(
  { handover, group }: HandoverPlan,
  { stage, api }: PlannedStage,
  ids: ReadonlyMap<string, { readonly id: string; readonly created?: boolean }>,
): HandoverPlace {
  const idOf = (kind: HandoverKind, name: string): string => {
    const found = ids.get(stepOf({ kind, name }));
    if (found === undefined) throw new PosternError('INTERNAL', `${kind} ${name} was not built before`);
    return found.id;
  };
  return {
    handover,
    groupId: group.id,
    stage,
    idOf,
    get gatewayId() {
      return idOf('gateway', stage);
    },
    get apiId() {
      return idOf('api', api.name);
    },
    knows: (kind, name) => ids.has(stepOf({ kind, name })),
    isNew: (kind, name) => ids.get(stepOf({ kind, name }))?.created === true,
    once: readsOnce(),
  };
}

function readsOnce(): HandoverPlace['once'] {
  const reads = new Map<string, Promise<unknown>>();
  return <T>(key: string, read: () => Promise<T>, fresh = false): Promise<T> => {
    const before = fresh ? undefined : (reads.get(key) as Promise<T> | undefined);
    if (before !== undefined) return before;
    const now = read();
    reads.set(key, now);
    now.catch(() => reads.delete(key));
    return now;
  };
}
