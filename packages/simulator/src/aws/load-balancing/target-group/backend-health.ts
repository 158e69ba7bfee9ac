import type { TargetHealth } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ConditionAt } from '../../../simulation/traffic/backends/backends.js';
import { failingCondition, type Condition } from '../../../simulation/traffic/backends/condition.js';
import type { AwsCall } from '../../operation/call.js';
import { interfaceByAddress, primaryOf } from '../../ec2/vpc/network.js';
import type { HealthCheckRow, TargetGroupRow, TargetRow } from '../state.js';

/**
 * The health of a target whose backend does not pass its checks; undefined where it is healthy. A target counts as unhealthy when as
 * many checks failed one after the other as its group says, and as healthy again when as many passed.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export function healthByBackend(
  { state, now, conditionAt }: Pick<AwsCall, 'state' | 'now'> & { readonly conditionAt?: ConditionAt | undefined },
  { healthCheck, vpcId, port, targetType }: TargetGroupRow,
  target: TargetRow,
): TargetHealth | undefined {
  if (!conditionAt || targetType === 'lambda' || targetType === 'alb') return undefined;
  const own = healthCheck.port === undefined || healthCheck.port === 'traffic-port';
  const checked = own ? (target.port ?? port ?? 0) : Number(healthCheck.port);
  const instance = targetType === 'instance' ? target.id : undefined;
  const address = instance === undefined ? target.id : (primaryOf(state, instance)?.privateIpAddress ?? '');
  const service = instance === undefined ? interfaceByAddress(state, vpcId ?? '', address)?.service : undefined;
  const { intervalSeconds, healthyThreshold, unhealthyThreshold } = healthCheck;
  const failing = failingCondition(
    conditionAt({ address, port: checked, instance, service, network: vpcId }),
    {
      passes: (condition) => failure(healthCheck, condition) === undefined,
      unhealthyMs: unhealthyThreshold * intervalSeconds * 1000,
      healthyMs: healthyThreshold * intervalSeconds * 1000,
    },
    now,
  );
  return failing && { State: 'unhealthy', ...failure(healthCheck, failing) };
}

/** The reason of a check that does not pass. */
function failure(
  { protocol, timeoutSeconds, httpCode = '200' }: HealthCheckRow,
  { answers, status, delayMs }: Condition,
): Pick<TargetHealth, 'Reason' | 'Description'> | undefined {
  if (!answers) return { Reason: 'Target.FailedHealthChecks', Description: 'Health checks failed' };
  if (protocol !== 'HTTP' && protocol !== 'HTTPS') return undefined;
  if (delayMs > timeoutSeconds * 1000) return { Reason: 'Target.Timeout', Description: 'Request timed out' };
  if (matches(httpCode, status)) return undefined;
  return {
    Reason: 'Target.ResponseCodeMismatch',
    Description: `Health checks failed with these codes: [${status}]`,
  };
}

/** `200`, `200,202`, `200-399`. */
function matches(codes: string, status: number): boolean {
  return codes.split(',').some((part) => {
    const [least, most = least] = part.split('-').map(Number);
    return least !== undefined && most !== undefined && least <= status && status <= most;
  });
}
