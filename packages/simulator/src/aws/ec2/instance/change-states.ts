import type { InstanceStateChange } from '@aws-sdk/client-ec2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import type { InstanceRow } from './state.js';
import { missingParameter } from '../request/text-rules.js';
import { checkId, ID, notFound } from '../request/ids.js';
import { stateView } from './instance-view.js';

/** What a call does to each of the instances that it names. */
interface Change {
  /** The states in which it acts; in those of `already` it does nothing, and in all others it is refused. */
  readonly from: readonly InstanceRow['state'][];
  readonly already: readonly InstanceRow['state'][];
  /** What may not be done while an attribute of the instance forbids it. */
  readonly forbids?: (row: InstanceRow) => 'stopped' | 'terminated' | false;
  readonly act: (call: AwsCall, row: InstanceRow) => void;
  /** The sentence of a refusal. */
  readonly refused: (id: string) => string;
}

/**
 * Changes the state of instances: all of them, or none where one is refused.
 * @throws {ServiceError} `InvalidInstanceID.Malformed`, `InvalidInstanceID.NotFound`, `IncorrectInstanceState`,
 *   `OperationNotPermitted`.
 */
export function changeStates(
  call: AwsCall,
  ids: readonly string[] | undefined,
  { from, already, forbids, act, refused }: Change,
): InstanceStateChange[] {
  const rows = named(call, ids ?? []);
  for (const { id, state } of rows) {
    if (!from.includes(state) && !already.includes(state))
      throw new ServiceError('IncorrectInstanceState', refused(id));
  }
  for (const row of rows) {
    const what = from.includes(row.state) && forbids?.(row);
    if (!what) continue;
    const attribute = what === 'terminated' ? 'disableApiTermination' : 'disableApiStop';
    throw new ServiceError(
      'OperationNotPermitted',
      `The instance '${row.id}' may not be ${what}. Modify its '${attribute}' instance attribute and try again.`,
    );
  }
  return rows.map((row) => {
    const before = row.state;
    if (from.includes(before)) act(call, row);
    return { InstanceId: row.id, PreviousState: stateView(before), CurrentState: stateView(row.state) };
  });
}

function named({ state: { ec2 } }: AwsCall, ids: readonly string[]): readonly InstanceRow[] {
  if (ids.length === 0) throw missingParameter('InstanceId');
  const distinct = [...new Set(ids)];
  const missing = distinct.filter((id) => !ec2.instances.has(id));
  for (const id of missing) checkId(id, ID.instance);
  if (missing.length > 0) throw notFound(ID.instance, ...missing);
  return distinct.flatMap((id) => ec2.instances.get(id) ?? []);
}
