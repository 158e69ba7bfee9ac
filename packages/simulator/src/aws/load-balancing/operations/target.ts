import type {
  DescribeTargetHealthInput,
  TargetDescription,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsCall } from '../../operation/operation.js';
import type { Given } from '../../state/given.js';
import { invalid, TARGETS, family } from '../request.js';
import { getTargetGroup } from '../find.js';
import { deregister, register, sameTarget } from '../target-group/targets.js';
import { targetHealth } from '../target-group/health.js';
import type { TargetGroupRow, TargetRow } from '../state.js';
import { limited } from '../../operation/family.js';

/** Targets, and their health. */
export const targetOperations = family({
  /** Registers targets. One that is registered already is not changed; one that is draining is registered again. */
  RegisterTargets: limited(TARGETS, (call, input) => {
    const group = getTargetGroup(call.state, input.TargetGroupArn);
    if (input.Targets.length === 0) throw invalid('At least one target must be specified');

    register(call, group, input.Targets);
    return {};
  }),

  /** Removes targets from a group. They drain, then they are gone. A target that is not registered is not an error. */
  DeregisterTargets: limited(TARGETS, (call, input) => {
    const group = getTargetGroup(call.state, input.TargetGroupArn);
    for (const target of input.Targets) {
      // Without a port, all registrations of that ID are deregistered.
      const rows = group.targets.filter((row) =>
        target.Port === undefined ? row.id === target.Id : sameTarget(group, row, target),
      );
      for (const row of rows) deregister(call, group, row);
    }
    return {};
  }),

  /** The health of all targets of a group, or of those named (also where they are not registered). */
  DescribeTargetHealth: limited({ ...TARGETS, 'Include[]': { values: ['AnomalyDetection', 'All'] } }, (call, input) => {
    const group = getTargetGroup(call.state, input.TargetGroupArn);
    const asked = input.Targets ?? [];
    const found =
      asked.length === 0
        ? group.targets.map((row) => ({ row, target: description(row) }))
        : asked.flatMap((target) => named(group, target));
    return { TargetHealthDescriptions: found.map(({ row, target }) => view(call, group, row, target, input)) };
  }),
});

interface Found {
  readonly row: TargetRow | undefined;
  readonly target: TargetDescription;
}

function named(group: TargetGroupRow, target: Given<TargetDescription>): Found[] {
  const rows = group.targets.filter((row) =>
    target.Port === undefined ? row.id === target.Id : sameTarget(group, row, target),
  );
  if (rows.length > 0) return rows.map((row) => ({ row, target: description(row) }));

  return [{ row: undefined, target: { Id: target.Id, Port: target.Port ?? group.fields.Port } }];
}

function description(row: TargetRow): TargetDescription {
  return { Id: row.id, Port: row.port, AvailabilityZone: row.availabilityZone, QuicServerId: row.quicServerId };
}

function view(
  call: AwsCall,
  group: TargetGroupRow,
  row: TargetRow | undefined,
  target: TargetDescription,
  { Include: include = [] }: DescribeTargetHealthInput,
): TargetHealthDescription {
  const { HealthCheckPort: port, Port, Protocol: protocol } = group.fields;
  const anomalies = include.length > 0 && (protocol === 'HTTP' || protocol === 'HTTPS');
  return {
    Target: target,
    HealthCheckPort: port === 'traffic-port' ? String(target.Port ?? Port ?? '') : port,
    TargetHealth: targetHealth(call, group, row),
    AdministrativeOverride: overrideOf(row),
    AnomalyDetection: anomalies ? { Result: 'normal', MitigationInEffect: 'no' } : undefined,
  };
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AdministrativeOverride.html */
function overrideOf(row: TargetRow | undefined): TargetHealthDescription['AdministrativeOverride'] {
  if (row?.shifted === undefined) return undefined;

  return row.shifted
    ? { State: 'zonal_shift_active', Reason: 'AdministrativeOverride.ZonalShiftActive' }
    : { State: 'no_override', Reason: 'AdministrativeOverride.NoOverride' };
}
