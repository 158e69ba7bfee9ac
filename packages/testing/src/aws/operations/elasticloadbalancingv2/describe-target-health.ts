import type {
  DescribeTargetHealthInput,
  DescribeTargetHealthOutput,
  TargetDescription,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsCall } from '../../call.js';
import { getTargetGroup } from '../../load-balancing/find.js';
import { targetHealth } from '../../load-balancing/target-group/health.js';
import { TARGETS } from '../../load-balancing/limits.js';
import { sameTarget } from '../../load-balancing/target-group/targets.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import type { TargetGroupRow, TargetRow } from '../../state/load-balancing-state.js';

/** The health of all targets of a group, or of those named (also where they are not registered). */
export const describeTargetHealth = operation<Given<DescribeTargetHealthInput>, DescribeTargetHealthOutput>({
  service: 'elasticloadbalancingv2',
  name: 'DescribeTargetHealth',
  kind: 'read',
  limits: { ...TARGETS, 'Include[]': { values: ['AnomalyDetection', 'All'] } },
  run: (call, input) => {
    const group = getTargetGroup(call.state, input.TargetGroupArn);
    const asked = input.Targets ?? [];
    const found =
      asked.length === 0
        ? group.targets.map((row) => ({ row, target: description(row) }))
        : asked.flatMap((target) => named(group, target));
    return { TargetHealthDescriptions: found.map(({ row, target }) => view(call, group, row, target, input)) };
  },
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
  return [{ row: undefined, target: { Id: target.Id, Port: target.Port ?? group.port } }];
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
  const { port } = group.healthCheck;
  const anomalies = include.length > 0 && (group.protocol === 'HTTP' || group.protocol === 'HTTPS');
  return {
    Target: target,
    HealthCheckPort: port === 'traffic-port' ? String(target.Port ?? group.port ?? '') : port,
    TargetHealth: targetHealth(call, group, row),
    AnomalyDetection: anomalies ? { Result: 'normal', MitigationInEffect: 'no' } : undefined,
  };
}
