import { PROJECT_TAG, type Allowlist, type Gaps, type Scope, type CallContext } from '@postern/core/internal/adapter';
import { toAllowlist } from '../instances/connect-blocks.js';
import { getInstance, listInstances, type InstanceOutput } from '../instances/instance.js';
import { eachOf } from '../../client/plain.js';
import type { Session } from '../../client/session.js';

/** Gateway instances, and whether the list is complete. */
export interface ObservedInstances {
  readonly instances: readonly InstanceOutput[];
  readonly complete: boolean;
}

/** Where none were asked for. */
export const NO_INSTANCES: ObservedInstances = { instances: [], complete: true };

/**
 * The list has no second page. Missing instances are looked up by the project's tag and by the ids of the
 * scope.
 */
export async function readInstances(
  session: Session,
  scope: Scope,
  gaps: Gaps,
  ctx: CallContext,
): Promise<ObservedInstances> {
  const { instances, complete } = await listInstances(session, ctx);
  if (complete) return { instances, complete };

  const found = new Map(instances.map((one) => [one.InstanceId ?? '', one] as const));
  const own =
    scope.project === undefined ? undefined : await listInstances(session, ctx, { [PROJECT_TAG]: scope.project });
  for (const one of own?.instances ?? []) found.set(one.InstanceId ?? '', one);
  const ids = (scope.links ?? []).flatMap((by) => (typeof by === 'string' && !found.has(by) ? [by] : []));
  for (const one of await eachOf(ids, (id) => getInstance(session, id, ctx))) {
    if (one !== undefined) found.set(one.InstanceId ?? '', one);
  }
  const byLook = (scope.links ?? []).some((by) => typeof by !== 'string');
  if (scope.all || byLook || own?.complete === false) {
    const what = 'API Gateway instances beyond the tenth: the service lists at most ten';
    gaps.list.push({ what, operation: 'DescribeInstances', code: 'INCOMPLETE_LIST', of: 'links' });
  }
  return { instances: [...found.values()], complete: false };
}

/** What an instance may reach; a text that cannot be read is a gap. */
export function allowlistOf(instance: InstanceOutput, gaps: Gaps): readonly Allowlist[] {
  try {
    return [toAllowlist(instance)];
  } catch {
    const what = `accessible blocks of ${instance.InstanceId}`;
    gaps.list.push({ what, operation: 'DescribeInstances', code: 'BAD_RESPONSE', of: 'allowlists' });
    return [];
  }
}
