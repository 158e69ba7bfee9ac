import type { ProtocolEnum } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { TargetGroupRow } from '../state.js';
import { invalid, unfit } from '../errors.js';

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
export function checkStickiness(
  { protocol, targetType }: TargetGroupRow,
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
