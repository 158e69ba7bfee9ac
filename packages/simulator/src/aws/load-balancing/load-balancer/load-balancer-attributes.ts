import type { LoadBalancerTypeEnum } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { LoadBalancerRow } from '../state.js';
import {
  attributeOf,
  attributesOf,
  BOOLEAN,
  between,
  changedAttributes,
  oneOf,
  TEXT,
  type Attribute,
  type AttributeDefinition,
  type AttributeTable,
  type AttributeValue,
} from '../attributes.js';
import { invalid, unfit } from '../request.js';

type Definition = AttributeDefinition<LoadBalancerRow['fields']>;

const on = (types: readonly LoadBalancerTypeEnum[], initial: string, value: AttributeValue): Definition => ({
  initial: ({ Type }) => (types.includes(Type) ? initial : undefined),
  value,
});
const ANY = ['application', 'network', 'gateway'] as const;
const ALB_NLB = ['application', 'network'] as const;
const ALB = ['application'] as const;
const NLB = ['network'] as const;

/**
 * Attributes and defaults of each type of load balancer.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
 */
const LOAD_BALANCER_ATTRIBUTES: AttributeTable<LoadBalancerRow['fields']> = {
  'access_logs.s3.enabled': on(ALB_NLB, 'false', BOOLEAN),
  'access_logs.s3.bucket': on(ALB_NLB, '', TEXT),
  'access_logs.s3.prefix': on(ALB_NLB, '', TEXT),
  'connection_logs.s3.enabled': on(ALB, 'false', BOOLEAN),
  'connection_logs.s3.bucket': on(ALB, '', TEXT),
  'connection_logs.s3.prefix': on(ALB, '', TEXT),
  'health_check_logs.s3.enabled': on(ALB, 'false', BOOLEAN),
  'health_check_logs.s3.bucket': on(ALB, '', TEXT),
  'health_check_logs.s3.prefix': on(ALB, '', TEXT),
  'deletion_protection.enabled': on(ANY, 'false', BOOLEAN),
  'load_balancing.cross_zone.enabled': {
    initial: ({ Type }) => (Type === 'application' ? 'true' : 'false'),
    value: BOOLEAN,
  },
  'ipv6.deny_all_igw_traffic': {
    initial: ({ Type, Scheme }) => (Type === 'gateway' ? undefined : String(Scheme === 'internal')),
    value: BOOLEAN,
  },
  'zonal_shift.config.enabled': on(ALB_NLB, 'false', BOOLEAN),
  'idle_timeout.timeout_seconds': on(ALB, '60', between(1, 4000)),
  'client_keep_alive.seconds': on(ALB, '3600', between(60, 604_800)),
  'routing.http.desync_mitigation_mode': on(ALB, 'defensive', oneOf('monitor', 'defensive', 'strictest')),
  'routing.http.drop_invalid_header_fields.enabled': on(ALB, 'false', BOOLEAN),
  'routing.http.preserve_host_header.enabled': on(ALB, 'false', BOOLEAN),
  'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': on(ALB, 'false', BOOLEAN),
  'routing.http.xff_client_port.enabled': on(ALB, 'false', BOOLEAN),
  'routing.http.xff_header_processing.mode': on(ALB, 'append', oneOf('append', 'preserve', 'remove')),
  'routing.http2.enabled': on(ALB, 'true', BOOLEAN),
  'waf.fail_open.enabled': on(ALB, 'false', BOOLEAN),
  'dns_record.client_routing_policy': on(
    NLB,
    'any_availability_zone',
    oneOf('availability_zone_affinity', 'partial_availability_zone_affinity', 'any_availability_zone'),
  ),
  'secondary_ips.auto_assigned.per_subnet': on(NLB, '0', between(0, 7)),
};

/** The logs that need a bucket, as the refusal calls them. */
const LOGS = { access_logs: 'access logs', connection_logs: 'connection logs', health_check_logs: 'health check logs' };

/** All attributes of a load balancer, with their values. */
export function loadBalancerAttributes(row: LoadBalancerRow): Record<string, string> {
  return attributesOf(LOAD_BALANCER_ATTRIBUTES, row);
}

export function loadBalancerAttribute(row: LoadBalancerRow, key: string): string | undefined {
  return attributeOf(LOAD_BALANCER_ATTRIBUTES, row, key);
}

/**
 * The attributes after a change.
 * @throws {ServiceError} `ValidationError`, `InvalidConfigurationRequest`.
 */
export function changedLoadBalancerAttributes(
  row: LoadBalancerRow,
  changes: readonly Attribute[],
): Record<string, string> {
  const before = loadBalancerAttributes(row);
  const after = changedAttributes(LOAD_BALANCER_ATTRIBUTES, row, changes, {
    kind: 'Load balancer',
    unsupported: (key, { Type }) =>
      unfit(`Load balancer attribute key '${key}' is not supported on load balancers with type '${Type}'`),
  });
  if (row.fields.Type === 'application' && after['load_balancing.cross_zone.enabled'] === 'false') {
    throw unfit(
      "The value of 'load_balancing.cross_zone.enabled' cannot be changed for load balancers with type 'application'",
    );
  }

  for (const [log, name] of Object.entries(LOGS)) {
    if (after[`${log}.s3.enabled`] === 'true' && after[`${log}.s3.bucket`] === '') {
      throw unfit(`The key '${log}.s3.bucket' must set in order to enable ${name}`);
    }
  }
  const perSubnet = 'secondary_ips.auto_assigned.per_subnet';
  if (Number(after[perSubnet] ?? 0) < Number(before[perSubnet] ?? 0)) {
    throw invalid(
      `The value of '${perSubnet}' cannot be decreased from '${before[perSubnet]}' to '${after[perSubnet]}'`,
    );
  }

  return after;
}
