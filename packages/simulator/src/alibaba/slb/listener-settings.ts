import { shown, type Parameter, type AlibabaCall } from '../operation/operation.js';
import type { ListenerProtocol, ListenerRow } from './state.js';
import {
  oneOf,
  text,
  whole,
  type Member,
  neededText,
  required,
  type InputOf,
  type ParameterTable,
} from '../operation/family.js';
import { MAX_PORT } from '../../simulation/ports.js';
import { defined } from '../../simulation/defined.js';
import { clientToken } from '../vpc/request/text-rules.js';
import type { AlibabaRegionState } from '../state/alibaba-state.js';
import { slbWords } from './request.js';
import { getAccessControlList, getListener, getLoadBalancer, getServerGroup, listenerKey } from './load-balancer.js';

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
const LISTENER_SETTINGS: Readonly<Record<ListenerProtocol, Readonly<Record<string, Parameter>>>> = {
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
const LISTENER_DEFAULTS: Readonly<Record<ListenerProtocol, Readonly<Record<string, string | number>>>> = {
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
function listenerDetails(row: ListenerRow): Readonly<Record<string, unknown>> {
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

const port = { ...whole, range: [1, MAX_PORT] } as const;

const CHANGED = {
  LoadBalancerId: neededText,
  ListenerPort: required(port),
  Bandwidth: { ...whole, range: [-1, 5120] },
  Description: text,
  AclStatus: oneOf('on', 'off'),
  AclType: oneOf('white', 'black'),
  /** Comma-joined where there are several. */
  AclId: text,
  ClientToken: clientToken,
} as const;
const CREATED = { ...CHANGED, BackendServerPort: port, VServerGroupId: text };
const TARGET = { LoadBalancerId: neededText, ListenerPort: required(whole) };

const NO_ACL: ListenerRow['acl'] = { AclStatus: 'off', AclIds: [] };

/**
 * Reads access control: switched on, it needs a type and lists; those are kept when it is switched off.
 * @throws {AlibabaError} `InvalidParameter`, `AclNotExist`
 */
function readAcl(
  state: AlibabaRegionState,
  { AclStatus, AclType, AclId }: InputOf<typeof CHANGED>,
  old: ListenerRow['acl'],
): ListenerRow['acl'] {
  const AclIds = AclId === undefined || AclId === '' ? old.AclIds : AclId.split(',').map((id) => id.trim());
  for (const id of AclIds) getAccessControlList(state, id);
  const acl = { ...old, ...defined({ AclStatus, AclType }), AclIds };
  if (acl.AclStatus === 'on' && (acl.AclType === undefined || AclIds.length === 0)) {
    throw slbWords.invalid('The parameters AclType and AclId are required, because AclStatus is on.'); // [?] the words
  }

  return acl;
}

/** The settings in an input: all that is not a member of its own. `HealthCheckSwitch` is answered as `HealthCheck`. */
function readSettings(
  protocol: ListenerProtocol,
  input: Readonly<Record<string, unknown>>,
): Record<string, string | number> {
  const settings: Record<string, string | number> = {};
  for (const name of ['Bandwidth', ...Object.keys(LISTENER_SETTINGS[protocol])]) {
    const value = input[name];
    if (typeof value !== 'string' && typeof value !== 'number') continue;

    const answered = { HealthCheckSwitch: 'HealthCheck', healthCheckInterval: 'HealthCheckInterval' }[name] ?? name;
    settings[answered] = value;
  }
  return settings;
}

/** An action on a listener of one protocol, whose settings are parameters besides those of `T`. */
type ListenerMember<T extends ParameterTable> = Member<InputOf<T>, unknown, T>;

/** TCP, HTTP and HTTPS share ports; UDP has its own. */
const clashes = (a: ListenerProtocol, b: ListenerProtocol): boolean => (a === 'udp') === (b === 'udp');

/** CreateLoadBalancer…Listener of one protocol. A new listener is stopped. */
export function createListener(protocol: ListenerProtocol): ListenerMember<typeof CREATED> {
  return {
    parameters: { ...CREATED, ...LISTENER_SETTINGS[protocol] },
    run: (call, input) => {
      const balancer = getLoadBalancer(call.state, input.LoadBalancerId);
      const { ListenerPort: port, BackendServerPort: backendPort, VServerGroupId: groupId } = input;
      const listeners = [...balancer.listeners.values()];
      if (listeners.some((row) => row.ListenerPort === port && clashes(row.protocol, protocol)))
        throw slbWords.listenerThere();
      if (listeners.length >= call.quota('listeners-per-load-balancer')) throw slbWords.tooManyListeners();
      if (groupId !== undefined && getServerGroup(call.state, groupId).LoadBalancerId !== input.LoadBalancerId) {
        throw slbWords.noServerGroup(); // [?] for one of another load balancer
      }
      if (groupId === undefined && backendPort === undefined) {
        throw slbWords.invalid('The specified parameter BackendServerPort is not valid.');
      }

      const settings = readSettings(protocol, input);
      if (protocol === 'https' && settings['ServerCertificateId'] === undefined) {
        throw slbWords.invalid('The specified parameter ServerCertificateId is not valid.'); // [?] the words
      }

      balancer.listeners.set(listenerKey(protocol, port), {
        protocol,
        ListenerPort: port,
        // A vServer group has a port for each server.
        ...(groupId === undefined ? { BackendServerPort: backendPort } : { VServerGroupId: groupId }),
        Status: 'stopped',
        Description: input.Description ?? '',
        acl: readAcl(call.state, input, NO_ACL),
        settings: { Bandwidth: -1, ...LISTENER_DEFAULTS[protocol], ...settings },
      });
      return {};
    },
  };
}

/** SetLoadBalancer…ListenerAttribute of one protocol: changes what is given. */
export function setListener(protocol: ListenerProtocol): ListenerMember<typeof CHANGED> {
  return {
    parameters: { ...CHANGED, ...LISTENER_SETTINGS[protocol] },
    run: (call, input) => {
      const row = listenerOf(call, input, protocol);
      row.acl = readAcl(call.state, input, row.acl);
      row.Description = input.Description ?? row.Description;
      row.settings = { ...row.settings, ...readSettings(protocol, input) };
      return {};
    },
  };
}

/** DescribeLoadBalancer…ListenerAttribute of one protocol. */
export function describeListener(protocol: ListenerProtocol): ListenerMember<typeof TARGET> {
  return {
    parameters: TARGET,
    run: (call, input) => listenerDetails(listenerOf(call, input, protocol)),
  };
}

function listenerOf({ state }: AlibabaCall, target: InputOf<typeof TARGET>, protocol: ListenerProtocol): ListenerRow {
  return getListener(getLoadBalancer(state, target.LoadBalancerId), target.ListenerPort, protocol);
}
