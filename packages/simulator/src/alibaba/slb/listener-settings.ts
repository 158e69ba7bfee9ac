import { shown, type Parameter } from '../operation/operation.js';
import type { ListenerProtocol, ListenerRow } from './state.js';
import { oneOf, text, whole } from '../operation/family.js';
import { MAX_PORT } from '../../simulation/ports.js';

const onOff = oneOf('on', 'off');
const between = (least: number, most: number): Parameter => ({ ...whole, range: [least, most] });

/** Health checks, as each protocol has them. */
const CHECK = {
  HealthCheckConnectPort: between(1, MAX_PORT),
  HealthyThreshold: between(2, 10),
  UnhealthyThreshold: between(2, 10),
} satisfies Record<string, Parameter>;
const HTTP_CHECK = {
  HealthCheckDomain: text,
  HealthCheckURI: text,
  HealthCheckHttpCode: text,
  HealthCheckMethod: oneOf('head', 'get'),
} satisfies Record<string, Parameter>;

const LAYER_4 = {
  Scheduler: oneOf('wrr', 'wlc', 'rr', 'sch', 'tch'),
  HealthCheckSwitch: onOff,
  HealthCheckConnectTimeout: between(1, 300),
  healthCheckInterval: between(1, 50), // the reference spells it with a small letter
  HealthCheckInterval: between(1, 50),
  ...CHECK,
} satisfies Record<string, Parameter>;

const LAYER_7 = {
  Scheduler: oneOf('wrr', 'wlc', 'rr'),
  HealthCheck: onOff,
  HealthCheckTimeout: between(1, 300),
  HealthCheckInterval: between(1, 50),
  ...CHECK,
  ...HTTP_CHECK,
  StickySession: onOff,
  StickySessionType: oneOf('insert', 'server'),
  CookieTimeout: between(1, 86_400),
  Cookie: text,
  Gzip: onOff,
  IdleTimeout: between(1, 60),
  RequestTimeout: between(1, 180),
  XForwardedFor: onOff,
  XForwardedFor_SLBID: onOff,
  XForwardedFor_SLBIP: onOff,
  XForwardedFor_proto: onOff,
} satisfies Record<string, Parameter>;

/**
 * The parameters of a listener of each protocol besides port, backend port, bandwidth, description and
 * access control. They are stored and returned unchanged. Health checks evaluate what answers on a server.
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-createloadbalancertcplistener
 */
export const LISTENER_SETTINGS: Readonly<Record<ListenerProtocol, Readonly<Record<string, Parameter>>>> = {
  tcp: {
    ...LAYER_4,
    ...HTTP_CHECK,
    HealthCheckType: oneOf('tcp', 'http'),
    PersistenceTimeout: between(0, 3600),
    EstablishedTimeout: between(10, 900),
  },
  udp: { ...LAYER_4, HealthCheckReq: text, HealthCheckExp: text, PersistenceTimeout: between(0, 3600) },
  http: { ...LAYER_7, ListenerForward: oneOf('off') },
  https: { ...LAYER_7, ServerCertificateId: text, EnableHttp2: onOff, TLSCipherPolicy: text },
};

/** The default settings of a new listener. */
export const LISTENER_DEFAULTS: Readonly<Record<ListenerProtocol, Readonly<Record<string, string | number>>>> = {
  tcp: layer4('tcp'),
  udp: layer4(undefined),
  http: layer7(),
  https: { ...layer7(), EnableHttp2: 'on', TLSCipherPolicy: 'tls_cipher_policy_1_0' },
};

function layer4(type: string | undefined): Record<string, string | number> {
  return {
    Scheduler: 'wrr',
    HealthCheck: 'on',
    HealthCheckConnectTimeout: 5,
    HealthCheckInterval: 2,
    HealthyThreshold: 3,
    UnhealthyThreshold: 3,
    PersistenceTimeout: 0,
    ...(type === undefined ? {} : { HealthCheckType: type, EstablishedTimeout: 900 }),
  };
}

function layer7(): Record<string, string | number> {
  return {
    Scheduler: 'wrr',
    HealthCheck: 'on',
    HealthCheckTimeout: 5,
    HealthCheckInterval: 2,
    HealthyThreshold: 3,
    UnhealthyThreshold: 3,
    HealthCheckURI: '/',
    HealthCheckHttpCode: 'http_2xx',
    StickySession: 'off',
    Gzip: 'on',
    XForwardedFor: 'on',
    XForwardedFor_SLBID: 'off',
    XForwardedFor_SLBIP: 'off',
    XForwardedFor_proto: 'off',
  };
}

/** A listener as DescribeLoadBalancer…ListenerAttribute answers it. Of access control that is off, it shows only that. */
export function listenerDetails(row: ListenerRow): Readonly<Record<string, unknown>> {
  const { AclStatus, AclType, AclIds } = row.acl;
  return {
    ...row.settings,
    AclStatus,
    ...(AclStatus === 'on' ? { AclType, AclId: AclIds.join(','), AclIds: { AclId: AclIds } } : {}),
    ...shown(row),
  };
}

/** A listener as DescribeLoadBalancerListeners answers it: what its protocol has in a member of its own. */
export function listenerItem(LoadBalancerId: string, row: ListenerRow): Readonly<Record<string, unknown>> {
  const { AclStatus, AclType, AclIds } = row.acl;
  const { Bandwidth, Scheduler, ...own } = row.settings;
  return {
    LoadBalancerId,
    ListenerProtocol: row.protocol,
    ...shown(row),
    Bandwidth,
    Scheduler,
    AclStatus,
    ...(AclStatus === 'on' ? { AclType, AclId: AclIds[0], AclIds } : {}),
    [`${row.protocol.toUpperCase()}ListenerConfig`]: own,
  };
}
