import type { Matcher, ProtocolEnum } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { HealthCheckRow, TargetGroupRow } from '../state.js';
import { invalid } from '../request.js';
import { familyOf } from './target-group-attributes.js';

/** The part of an input that speaks of health checks: the same when a group is made and when it is changed. */
interface HealthCheckInput {
  readonly HealthCheckProtocol?: ProtocolEnum | undefined;
  readonly HealthCheckPort?: string | undefined;
  readonly HealthCheckEnabled?: boolean | undefined;
  readonly HealthCheckPath?: string | undefined;
  readonly HealthCheckIntervalSeconds?: number | undefined;
  readonly HealthCheckTimeoutSeconds?: number | undefined;
  readonly HealthyThresholdCount?: number | undefined;
  readonly UnhealthyThresholdCount?: number | undefined;
  readonly Matcher?: Matcher | undefined;
}

type Group = Pick<TargetGroupRow, 'targetType' | 'protocol' | 'protocolVersion'>;

const HTTP = new Set<string | undefined>(['HTTP', 'HTTPS']);
const PROBES: readonly ProtocolEnum[] = ['HTTP', 'HTTPS', 'TCP'];

/**
 * Defaults of each kind of group.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 */
const DEFAULTS = {
  http: { interval: 30, unhealthy: 2, codes: '200' },
  flow: { interval: 30, unhealthy: 2, codes: '200-399' },
  geneve: { interval: 10, unhealthy: 2, codes: '200-399' },
  lambda: { interval: 35, unhealthy: 5, codes: '200' },
} as const;
const HEALTHY_THRESHOLD = 5;

/** Codes that a check may accept. */
const CODES = { http: [200, 499], flow: [200, 599], geneve: [200, 399], lambda: [200, 499] } as const;
const GRPC_CODES = [0, 99] as const;

/**
 * The health check of a group: the input's values, else the existing ones, else the defaults.
 * @throws {ServiceError} `ValidationError`.
 */
export function healthCheck(group: Group, input: HealthCheckInput, before: HealthCheckRow | undefined): HealthCheckRow {
  const family = familyOf(group);
  const enabled = input.HealthCheckEnabled ?? before?.enabled ?? family !== 'lambda';
  if (!enabled && family !== 'lambda') {
    throw invalid(`Health check enabled must be true for target groups with target type '${group.targetType}'`);
  }

  const protocol = probe(group, input.HealthCheckProtocol ?? before?.protocol);
  const web = HTTP.has(protocol) || family === 'lambda';
  const intervalSeconds = input.HealthCheckIntervalSeconds ?? before?.intervalSeconds ?? DEFAULTS[family].interval;
  const timeoutSeconds = input.HealthCheckTimeoutSeconds ?? before?.timeoutSeconds ?? timeout(group, protocol);
  // The two may be equal for TCP, TLS, UDP and TCP_UDP: Terraform's acceptance tests make such groups (interval 10, timeout 10).
  if (family === 'flow' ? timeoutSeconds > intervalSeconds : timeoutSeconds >= intervalSeconds) {
    const bound = family === 'flow' ? 'smaller than or equal to' : 'smaller than'; // [U] the words for these protocols
    throw invalid(`Health check timeout '${timeoutSeconds}' must be ${bound} the interval '${intervalSeconds}'`);
  }

  if (!web) refuseWebMembers(input, protocol);
  const grpc = group.protocolVersion === 'GRPC';
  return {
    enabled,
    protocol,
    port: port(group, input.HealthCheckPort ?? before?.port),
    path: web ? path(input.HealthCheckPath ?? before?.path ?? (grpc ? '/AWS.ALB/healthcheck' : '/')) : undefined,
    intervalSeconds,
    timeoutSeconds,
    healthyThreshold: input.HealthyThresholdCount ?? before?.healthyThreshold ?? HEALTHY_THRESHOLD,
    unhealthyThreshold: input.UnhealthyThresholdCount ?? before?.unhealthyThreshold ?? DEFAULTS[family].unhealthy,
    ...matcher(group, web, input.Matcher, before),
  };
}

function probe(group: Group, asked: ProtocolEnum | undefined): ProtocolEnum | undefined {
  const family = familyOf(group);
  if (family === 'lambda') {
    if (asked !== undefined)
      throw invalid("Health check protocol cannot be specified for target groups with target type 'lambda'");

    return undefined;
  }

  const protocol = asked ?? (family === 'http' || group.targetType === 'alb' ? 'HTTP' : 'TCP');
  if (!PROBES.includes(protocol))
    throw invalid(`Health check protocol '${protocol}' must be one of '${PROBES.join(', ')}'`);
  if (protocol === 'TCP' && (family === 'http' || group.targetType === 'alb')) {
    throw invalid(`Health check protocol 'TCP' is not supported for target groups with the ${group.protocol} protocol`);
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

  const number = Number(asked);
  if (asked !== 'traffic-port' && !(/^\d+$/.test(asked) && number >= 1 && number <= 65_535)) {
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

function matcher(
  group: Group,
  web: boolean,
  asked: Matcher | undefined,
  before: HealthCheckRow | undefined,
): Pick<HealthCheckRow, 'httpCode' | 'grpcCode'> {
  if (!web) return { httpCode: undefined, grpcCode: undefined };

  const family = familyOf(group);
  if (group.protocolVersion === 'GRPC') {
    if (asked?.HttpCode !== undefined)
      throw invalid("The matcher of a target group with protocol version 'GRPC' must have a GrpcCode");

    const grpcCode = asked?.GrpcCode ?? before?.grpcCode ?? '12';
    checkCodes('GrpcCode', grpcCode, GRPC_CODES);
    return { httpCode: undefined, grpcCode };
  }
  if (asked?.GrpcCode !== undefined) throw invalid("GrpcCode can be specified only with protocol version 'GRPC'");

  const httpCode = asked?.HttpCode ?? before?.httpCode ?? DEFAULTS[family].codes;
  checkCodes('HttpCode', httpCode, CODES[family]);
  return { httpCode, grpcCode: undefined };
}

/** `200`, `200,202`, `200-299`. */
function checkCodes(member: string, text: string, [least, most]: readonly [number, number]): void {
  const parts = text.split(',').flatMap((part) => part.split('-'));
  const whole = /^\d+(-\d+)?(,\d+(-\d+)?)*$/.test(text);
  if (whole && parts.every((part) => Number(part) >= least && Number(part) <= most)) return;

  throw invalid(`Health check matcher ${member} '${text}' must be within '${least}-${most}'`);
}
