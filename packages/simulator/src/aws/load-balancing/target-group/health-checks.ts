import type { ProtocolEnum } from '@aws-sdk/client-elastic-load-balancing-v2';
import { defined } from '../../../simulation/defined.js';
import type { TargetGroupFields } from '../state.js';
import { invalid } from '../request.js';
import { familyOf } from './target-group-attributes.js';
import { isPort } from '../../../simulation/ports.js';

/** The members of a target group that speak of its health check. */
export type HealthCheck = Pick<
  TargetGroupFields,
  | 'HealthCheckProtocol'
  | 'HealthCheckPort'
  | 'HealthCheckEnabled'
  | 'HealthCheckPath'
  | 'HealthCheckIntervalSeconds'
  | 'HealthCheckTimeoutSeconds'
  | 'HealthyThresholdCount'
  | 'UnhealthyThresholdCount'
  | 'Matcher'
>;

/** The same members when a group is made and when it is changed. */
type HealthCheckInput = { readonly [Member in keyof HealthCheck]?: HealthCheck[Member] | undefined };
type Matcher = HealthCheck['Matcher'];
type Group = Pick<TargetGroupFields, 'TargetType' | 'Protocol' | 'ProtocolVersion'>;

const HTTP = new Set<string | undefined>(['HTTP', 'HTTPS']);
const PROBES: readonly ProtocolEnum[] = ['HTTP', 'HTTPS', 'TCP'];

const COMMON = { HealthCheckEnabled: true, HealthyThresholdCount: 5, UnhealthyThresholdCount: 2 } as const;
/**
 * Defaults of each kind of group.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 */
const DEFAULTS = {
  http: { ...COMMON, HealthCheckIntervalSeconds: 30 },
  flow: { ...COMMON, HealthCheckIntervalSeconds: 30 },
  geneve: { ...COMMON, HealthCheckIntervalSeconds: 10 },
  lambda: { ...COMMON, HealthCheckEnabled: false, HealthCheckIntervalSeconds: 35, UnhealthyThresholdCount: 5 },
} as const satisfies Record<string, HealthCheckInput>;

/** Codes that answer a check by default, and those that it may accept. */
const CODES = {
  http: { initial: '200', range: [200, 499] },
  flow: { initial: '200-399', range: [200, 599] },
  geneve: { initial: '200-399', range: [200, 399] },
  lambda: { initial: '200', range: [200, 499] },
} as const;
const GRPC_CODES = [0, 99] as const;

/**
 * The health check of a group: the input's values, else the existing ones, else the defaults.
 * @throws {ServiceError} `ValidationError`.
 */
export function healthCheck(group: Group, input: HealthCheckInput, before: Partial<HealthCheck> = {}): HealthCheck {
  const family = familyOf(group);
  const asked = { ...DEFAULTS[family], ...before, ...defined(input) };
  if (!asked.HealthCheckEnabled && family !== 'lambda') {
    throw invalid(`Health check enabled must be true for target groups with target type '${group.TargetType}'`);
  }

  const protocol = probe(group, asked.HealthCheckProtocol);
  const web = HTTP.has(protocol) || family === 'lambda';
  const { HealthCheckIntervalSeconds: interval, HealthCheckTimeoutSeconds: seconds = timeout(group, protocol) } = asked;
  // The two may be equal for TCP, TLS, UDP and TCP_UDP: Terraform's acceptance tests make such groups (interval 10, timeout 10).
  if (family === 'flow' ? seconds > interval : seconds >= interval) {
    const bound = family === 'flow' ? 'smaller than or equal to' : 'smaller than'; // [U] the words for these protocols
    throw invalid(`Health check timeout '${seconds}' must be ${bound} the interval '${interval}'`);
  }

  if (!web) refuseWebMembers(input, protocol);
  const grpc = group.ProtocolVersion === 'GRPC';
  return {
    HealthCheckProtocol: protocol,
    HealthCheckPort: port(group, asked.HealthCheckPort),
    HealthCheckEnabled: asked.HealthCheckEnabled,
    HealthCheckPath: web ? path(asked.HealthCheckPath ?? (grpc ? '/AWS.ALB/healthcheck' : '/')) : undefined,
    HealthCheckIntervalSeconds: interval,
    HealthCheckTimeoutSeconds: seconds,
    HealthyThresholdCount: asked.HealthyThresholdCount,
    UnhealthyThresholdCount: asked.UnhealthyThresholdCount,
    Matcher: web ? matcher(group, input.Matcher, before.Matcher) : undefined,
  };
}

function probe(group: Group, asked: ProtocolEnum | undefined): ProtocolEnum | undefined {
  const family = familyOf(group);
  if (family === 'lambda') {
    if (asked !== undefined)
      throw invalid("Health check protocol cannot be specified for target groups with target type 'lambda'");

    return undefined;
  }

  const protocol = asked ?? (family === 'http' || group.TargetType === 'alb' ? 'HTTP' : 'TCP');
  if (!PROBES.includes(protocol))
    throw invalid(`Health check protocol '${protocol}' must be one of '${PROBES.join(', ')}'`);
  if (protocol === 'TCP' && (family === 'http' || group.TargetType === 'alb')) {
    throw invalid(`Health check protocol 'TCP' is not supported for target groups with the ${group.Protocol} protocol`);
  }

  return protocol;
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html (5 seconds; 30 for Lambda) */
function timeout(group: Group, protocol: ProtocolEnum | undefined): number {
  const family = familyOf(group);
  if (family === 'lambda') return 30;
  if (family === 'http' || family === 'geneve') return 5;

  return protocol === 'HTTP' ? 6 : 10;
}

function port(group: Group, asked: string | undefined): string | undefined {
  const family = familyOf(group);
  if (family === 'lambda') {
    if (asked !== undefined)
      throw invalid("Health check port cannot be specified for target groups with target type 'lambda'");

    return undefined;
  }
  if (asked === undefined) return family === 'geneve' ? '80' : 'traffic-port';

  if (asked !== 'traffic-port' && !isPort(asked)) {
    throw invalid(`Health check port '${asked}' must be 'traffic-port' or a number between 1 and 65535`);
  }

  return asked;
}

function path(asked: string): string {
  if (!asked.startsWith('/')) throw invalid(`Health check path '${asked}' must begin with a '/' character`);

  return asked;
}

function refuseWebMembers(input: HealthCheckInput, protocol: ProtocolEnum | undefined): void {
  if (input.HealthCheckPath !== undefined)
    throw invalid(`Health check path cannot be specified for health check protocol '${protocol}'`);
  if (input.Matcher !== undefined)
    throw invalid(`Health check matcher cannot be specified for health check protocol '${protocol}'`);
}

function matcher(group: Group, asked: Matcher, before: Matcher): Matcher {
  if (group.ProtocolVersion === 'GRPC') {
    if (asked?.HttpCode !== undefined)
      throw invalid("The matcher of a target group with protocol version 'GRPC' must have a GrpcCode");

    const GrpcCode = asked?.GrpcCode ?? before?.GrpcCode ?? '12';
    checkCodes('GrpcCode', GrpcCode, GRPC_CODES);
    return { GrpcCode };
  }
  if (asked?.GrpcCode !== undefined) throw invalid("GrpcCode can be specified only with protocol version 'GRPC'");

  const { initial, range } = CODES[familyOf(group)];
  const HttpCode = asked?.HttpCode ?? before?.HttpCode ?? initial;
  checkCodes('HttpCode', HttpCode, range);
  return { HttpCode };
}

/** `200`, `200,202`, `200-299`. */
function checkCodes(member: string, text: string, [least, most]: readonly [number, number]): void {
  const parts = text.split(',').flatMap((part) => part.split('-'));
  const whole = /^\d+(-\d+)?(,\d+(-\d+)?)*$/.test(text);
  if (whole && parts.every((part) => Number(part) >= least && Number(part) <= most)) return;

  throw invalid(`Health check matcher ${member} '${text}' must be within '${least}-${most}'`);
}
