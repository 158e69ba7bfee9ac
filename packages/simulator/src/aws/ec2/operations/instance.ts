import { checkPlacement } from '../instance/volumes.js';
import { instanceFilters, reservationViews, stateView } from '../instance/instance-view.js';
import { start, stop, terminate } from '../instance/instances.js';
import { launch } from '../instance/launch.js';
import { withTemplate } from '../launch-template/launch-templates.js';
import { oncePerToken, refuse, missingParameter } from '../request/text-rules.js';
import { family } from '../request/family.js';
import { checkId, ID, notFound } from '../request/ids.js';
import { listRows } from '../request/filters.js';
import type { InstanceStateChange } from '@aws-sdk/client-ec2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import type { InstanceRow } from '../instance/state.js';

/** Instances, and whether resources that AWS manages are listed. */
export const instanceOperations = family({
  /**
   * Launches instances, as far as a network sees them: interfaces, addresses, states, tags. Image and key pair are
   * not looked at; what changes no path is kept and shown (`instance/instance-options.ts`).
   */
  RunInstances(call, given) {
    const input = withTemplate(call, given);
    refuse(input, [
      'KernelId',
      'RamdiskId',
      'ElasticGpuSpecification',
      'ElasticInferenceAccelerators',
      'LaunchTemplate',
    ]);
    refuse(input, ['InstanceMarketOptions', 'LicenseSpecifications', 'EnablePrimaryIpv6', 'NetworkPerformanceOptions']);
    refuse(input, ['Operator', 'AdditionalInfo', 'SecondaryInterfaces']);
    checkPlacement(input.Placement ?? {});
    const launched = (id: string) => [...call.state.ec2.instances.values()].filter((row) => row.reservationId === id);
    const { rows } = oncePerToken(
      call,
      'RunInstances',
      given,
      { get: (id) => (launched(id).length === 0 ? undefined : { id, rows: launched(id) }) },
      () => {
        const rows = launch(call, input);
        return { id: rows[0]?.reservationId ?? '', rows };
      },
    );
    return reservationViews(call, rows)[0] ?? {};
  },

  StartInstances(call, input) {
    refuse(input, ['AdditionalInfo']);
    return {
      StartingInstances: changeStates(call, input.InstanceIds, {
        from: ['stopped'],
        already: ['pending', 'running'],
        act: start,
        refused: (id) => `The instance '${id}' is not in a state from which it can be started.`,
      }),
    };
  },

  /** Stops instances. A forced stop, or one that skips the shutdown of the system, takes as long as another [I]. */
  StopInstances(call, input) {
    if (input.Hibernate === true) refuse(input, ['Hibernate']);
    return {
      StoppingInstances: changeStates(call, input.InstanceIds, {
        from: ['running'],
        already: ['stopping', 'stopped'],
        forbids: ({ options }) => options?.DisableApiStop === true && 'stopped',
        act: stop,
        refused: (id) => `This instance '${id}' is not in a state from which it can be stopped.`,
      }),
    };
  },

  /** Terminates instances; again, it succeeds. */
  TerminateInstances: (call, input) => ({
    TerminatingInstances: changeStates(call, input.InstanceIds, {
      from: ['pending', 'running', 'stopping', 'stopped'],
      already: ['shutting-down', 'terminated'],
      forbids: ({ options }) => options?.DisableApiTermination === true && 'terminated',
      act: terminate,
      refused: (id) => `The instance '${id}' cannot be terminated.`, // no state refuses it
    }),
  }),

  /** Instances, by their launches. A page is counted in instances. */
  DescribeInstances(call, input) {
    const { rows, next } = listRows(input, {
      list: 'DescribeInstances',
      rows: call.state.ec2.instances,
      filters: instanceFilters(call),
      tagsOf: (row) => row.tags,
      ids: { wanted: input.InstanceIds, kind: ID.instance, member: 'instancesSet' },
    });
    return { Reservations: reservationViews(call, rows), NextToken: next };
  },
});

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
function changeStates(
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
