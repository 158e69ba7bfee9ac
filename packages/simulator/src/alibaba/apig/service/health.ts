import { connects } from '../../connects/connects.js';
import type { AlibabaState } from '../../state/alibaba-state.js';
import { failingCondition, type Condition } from '../../../simulation/traffic/backends/condition.js';
import type { Checks } from '../../slb/health.js';
import type { ApigServiceRow, HealthCheckRow } from '../state.js';
import { endpointsOf, type Endpoint } from './endpoints.js';

/** The endpoints of a service, and which of them are unhealthy. */
export interface ServiceHealth {
  readonly isHealthy: boolean;
  /** `10.0.0.1:8080` */
  readonly unhealthy: readonly string[];
}

/** What health is judged in. */
export interface HealthGround extends Checks {
  readonly alibaba: AlibabaState;
  readonly region: string;
}

/**
 * The health of a service. Without an active health check all endpoints count as healthy, whatever they are. With one, an endpoint is
 * unhealthy once its checks failed as often as the threshold says: because the network stops them on their way from one of the nodes, or
 * because of what answers there. A service is unhealthy when no endpoint is healthy [U].
 * @see https://github.com/alibabacloud-go/apig-20240327 (client/service_model.go: healthStatus, unhealthyEndpoints)
 */
export function healthOfService(ground: HealthGround, service: ApigServiceRow): ServiceHealth {
  const { healthCheck } = service;
  if (healthCheck?.enable !== true) return { isHealthy: true, unhealthy: [] };
  const endpoints = endpointsOf(ground.alibaba, service);
  const unhealthy = endpoints
    .filter((endpoint) => isUnhealthy(ground, service, healthCheck, endpoint))
    .map(({ text }) => text);
  return { isHealthy: endpoints.length > unhealthy.length, unhealthy };
}

function isUnhealthy(
  { alibaba, region, now, conditionAt }: HealthGround,
  { gatewayId, checkedFrom }: ApigServiceRow,
  check: HealthCheckRow,
  { address, port }: Endpoint,
): boolean {
  const unhealthyMs = check.unhealthyThreshold * check.interval * 1000;
  // Before that, checks have not failed often enough.
  if (now - checkedFrom < unhealthyMs) return false;
  const checks = { now, conditionAt };
  const connection = connects({ alibaba, region, checks }, gatewayId, address, port);
  if (!connection.connects && connection.undecided === undefined) return true;
  const healthyMs = check.healthyThreshold * check.interval * 1000;
  const passes = (condition: Condition): boolean => isPassed(check, condition);
  return failingCondition(conditionAt({ address, port }), { passes, unhealthyMs, healthyMs }, now) !== undefined;
}

/** Checks over TCP look at connections only; checks over HTTP at the status, and at the time that it took. */
function isPassed(check: HealthCheckRow, { answers, status, delayMs }: Condition): boolean {
  if (!answers || check.protocol !== 'HTTP') return answers;
  const expected = check.expectedStatuses.length === 0 ? ['http_2xx'] : check.expectedStatuses;
  const isExpected = expected.some((one) => one === String(status) || one === `http_${Math.floor(status / 100)}xx`);
  return isExpected && delayMs <= check.timeout * 1000;
}
