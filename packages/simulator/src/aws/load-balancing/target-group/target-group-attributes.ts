import type { ProtocolEnum } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { TargetGroupFields, TargetGroupRow } from '../state.js';
import { invalid, unfit } from '../request.js';
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

const COOKIES = ['lb_cookie', 'app_cookie'];
const FLOWS = ['source_ip_dest_ip_proto', 'source_ip_dest_ip'];
const ORDINARY = ['app_cookie', 'lb_cookie', 'source_ip'];

/**
 * Stickiness that each protocol accepts. TLS groups have the type but cannot be made sticky.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
const TYPES: Readonly<Record<ProtocolEnum, readonly string[]>> = {
  HTTP: COOKIES,
  HTTPS: COOKIES,
  TCP: ['source_ip'],
  UDP: ['source_ip'],
  TCP_UDP: ['source_ip'],
  TLS: ['source_ip'],
  QUIC: ['source_ip'],
  TCP_QUIC: ['source_ip'],
  GENEVE: FLOWS,
};

/** Cookie names that belong to the load balancer. */
const RESERVED_COOKIE = /^AWSALB/;

/**
 * The rules between stickiness and protocol. `after` are the attributes after the change, `changed` are the
 * named ones.
 * @throws {ServiceError} `ValidationError`, `InvalidConfigurationRequest`.
 */
function checkStickiness(
  { fields: { Protocol: protocol, TargetType: targetType } }: TargetGroupRow,
  after: Readonly<Record<string, string>>,
  changed: (key: string) => boolean,
): void {
  const type = after['stickiness.type'];
  if (protocol === undefined || type === undefined) return;

  const enabled = after['stickiness.enabled'] === 'true';
  if (changed('stickiness.type')) {
    if (protocol === 'GENEVE') {
      if (!FLOWS.includes(type)) throw invalid(`'${type}' must be one of [${FLOWS.join(', ')}]`);
    } else if (!ORDINARY.includes(type)) {
      throw invalid(`'Stickiness type' must be one of [${ORDINARY.join(', ')}]`);
    } else if (!TYPES[protocol].includes(type)) {
      throw unfit(`Stickiness type '${type}' is not supported for target groups with the ${protocol} protocol`);
    }
  }
  if (!enabled) return;
  if (protocol === 'TLS' || protocol === 'QUIC' || protocol === 'TCP_QUIC') {
    throw unfit(`You cannot enable stickiness on target groups with the ${protocol} protocol`);
  }
  if (targetType === 'alb') throw unfit("You cannot enable stickiness on target groups with target type 'alb'");

  const cookie = after['stickiness.app_cookie.cookie_name'] ?? '';
  if (type === 'app_cookie' && cookie === '') {
    throw unfit("You must set an application cookie name to enable stickiness of type 'app_cookie'");
  }
  if (RESERVED_COOKIE.test(cookie)) throw unfit(`The cookie name '${cookie}' is reserved for use by the load balancer`);
}

type Definition = AttributeDefinition<TargetGroupFields>;
type Family = 'http' | 'flow' | 'geneve' | 'lambda';

/** Groups that accept the same attributes. */
export function familyOf({ TargetType, Protocol }: Pick<TargetGroupFields, 'TargetType' | 'Protocol'>): Family {
  if (TargetType === 'lambda') return 'lambda';
  if (Protocol === 'GENEVE') return 'geneve';

  return Protocol === 'HTTP' || Protocol === 'HTTPS' ? 'http' : 'flow';
}

const on = (
  families: readonly Family[],
  initial: string | ((fields: TargetGroupFields) => string),
  value: AttributeValue,
): Definition => ({
  initial: (fields) => {
    if (!families.includes(familyOf(fields))) return undefined;

    return typeof initial === 'string' ? initial : initial(fields);
  },
  value,
});

const SERVERS: readonly Family[] = ['http', 'flow', 'geneve'];
const HTTP_FLOW: readonly Family[] = ['http', 'flow'];
const HTTP: readonly Family[] = ['http'];
const FLOW: readonly Family[] = ['flow'];
const GENEVE: readonly Family[] = ['geneve'];
const DATAGRAMS = new Set<string | undefined>(['UDP', 'TCP_UDP']);
const STICKINESS = { http: 'lb_cookie', flow: 'source_ip', geneve: 'source_ip_dest_ip_proto', lambda: '' } as const;
const COOKIE_LIFE = between(1, 604_800);
const MINIMUM_COUNT = between(1, 1000);
const MINIMUM_PERCENTAGE = between(1, 100, 'off');

/** Client addresses are kept, save for IP targets over TCP and TLS. */
const keepsClientAddress = ({ TargetType, Protocol }: TargetGroupFields): string =>
  String(!(TargetType === 'ip' && (Protocol === 'TCP' || Protocol === 'TLS')));

/**
 * Attributes and defaults of target groups, by target type and protocol.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html
 */
const TARGET_GROUP_ATTRIBUTES: AttributeTable<TargetGroupFields> = {
  'deregistration_delay.timeout_seconds': on(SERVERS, '300', between(0, 3600)),
  'deregistration_delay.connection_termination.enabled': on(
    FLOW,
    ({ Protocol }) => String(DATAGRAMS.has(Protocol)),
    BOOLEAN,
  ),
  'stickiness.enabled': on(SERVERS, 'false', BOOLEAN),
  'stickiness.type': on(SERVERS, (fields) => STICKINESS[familyOf(fields)], TEXT), // checkStickiness throws the service's error
  'stickiness.lb_cookie.duration_seconds': on(HTTP, '86400', COOKIE_LIFE),
  'stickiness.app_cookie.cookie_name': on(HTTP, '', TEXT),
  'stickiness.app_cookie.duration_seconds': on(HTTP, '86400', COOKIE_LIFE),
  'load_balancing.cross_zone.enabled': on(
    HTTP_FLOW,
    'use_load_balancer_configuration',
    oneOf('true', 'false', 'use_load_balancer_configuration'),
  ),
  'load_balancing.algorithm.type': on(
    HTTP,
    'round_robin',
    oneOf('round_robin', 'least_outstanding_requests', 'weighted_random'),
  ),
  'load_balancing.algorithm.anomaly_mitigation': on(HTTP, 'off', oneOf('on', 'off')),
  'slow_start.duration_seconds': on(HTTP, '0', between(30, 900, '0')),
  'target_group_health.dns_failover.minimum_healthy_targets.count': on(HTTP_FLOW, '1', between(1, 1000, 'off')),
  'target_group_health.dns_failover.minimum_healthy_targets.percentage': on(HTTP_FLOW, 'off', MINIMUM_PERCENTAGE),
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': on(HTTP_FLOW, '1', MINIMUM_COUNT),
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage': on(
    HTTP_FLOW,
    'off',
    MINIMUM_PERCENTAGE,
  ),
  'preserve_client_ip.enabled': on(FLOW, keepsClientAddress, BOOLEAN),
  'proxy_protocol_v2.enabled': on(FLOW, 'false', BOOLEAN),
  'target_health_state.unhealthy.connection_termination.enabled': on(
    FLOW,
    ({ Protocol }) => String(!DATAGRAMS.has(Protocol)),
    BOOLEAN,
  ),
  'target_health_state.unhealthy.draining_interval_seconds': on(FLOW, '0', between(0, 360_000)),
  'lambda.multi_value_headers.enabled': on(['lambda'], 'false', BOOLEAN),
  'target_failover.on_deregistration': on(GENEVE, 'no_rebalance', oneOf('rebalance', 'no_rebalance')),
  'target_failover.on_unhealthy': on(GENEVE, 'no_rebalance', oneOf('rebalance', 'no_rebalance')),
};

/** All attributes of a target group, with their values. */
export function targetGroupAttributes(row: TargetGroupRow): Record<string, string> {
  return attributesOf(TARGET_GROUP_ATTRIBUTES, row);
}

export function targetGroupAttribute(row: TargetGroupRow, key: string): string | undefined {
  return attributeOf(TARGET_GROUP_ATTRIBUTES, row, key);
}

/**
 * The attributes after a change. Those of a group whose target is a load balancer have their defaults.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html
 * @throws {ServiceError} `ValidationError`, `InvalidConfigurationRequest`.
 */
export function changedTargetGroupAttributes(
  row: TargetGroupRow,
  changes: readonly Attribute[],
): Record<string, string> {
  const after = changedAttributes(TARGET_GROUP_ATTRIBUTES, row, changes, {
    kind: 'Target group',
    unsupported: (key, { TargetType }) =>
      TargetType === 'lambda'
        ? unfit(`A target group with target type 'lambda' does not support the attribute ${key}`)
        : unfit('The provided target group attribute is not supported'),
  });
  // [I] No source shows how the service refuses this.
  if (row.fields.TargetType === 'alb')
    throw unfit("The attributes of a target group with target type 'alb' cannot be modified");

  const changed = (key: string): boolean => changes.some((change) => change.Key === key);
  checkStickiness(row, after, changed);
  checkFlow(row, after, changed);
  checkAlgorithm(after);
  if (after['target_failover.on_deregistration'] !== after['target_failover.on_unhealthy']) {
    throw unfit(
      "The values of 'target_failover.on_deregistration' and 'target_failover.on_unhealthy' must be the same",
    );
  }

  return after;
}

function checkFlow(row: TargetGroupRow, after: Record<string, string>, changed: (key: string) => boolean): void {
  if (familyOf(row.fields) !== 'flow') return;
  if (DATAGRAMS.has(row.fields.Protocol) && after['preserve_client_ip.enabled'] === 'false') {
    throw unfit(`Client IP preservation cannot be disabled for target groups with the ${row.fields.Protocol} protocol`);
  }

  const terminates = after['target_health_state.unhealthy.connection_termination.enabled'] === 'true';
  if (DATAGRAMS.has(row.fields.Protocol) && terminates) {
    throw unfit(`Connection termination cannot be enabled for target groups with the ${row.fields.Protocol} protocol`);
  }

  const interval = 'target_health_state.unhealthy.draining_interval_seconds';
  if (terminates && changed(interval) && after[interval] !== '0') {
    throw unfit(`'${interval}' can only be configured when unhealthy connection termination is disabled`);
  }
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html */
function checkAlgorithm(after: Record<string, string>): void {
  const algorithm = after['load_balancing.algorithm.type'];
  if (algorithm === undefined) return;
  if (algorithm !== 'round_robin' && after['slow_start.duration_seconds'] !== '0') {
    throw unfit(`Slow start mode is not supported with the load balancing algorithm '${algorithm}'`);
  }
  if (algorithm !== 'weighted_random' && after['load_balancing.algorithm.anomaly_mitigation'] === 'on') {
    throw unfit("Anomaly mitigation is only supported with the load balancing algorithm 'weighted_random'");
  }
}
