import type { RuleCondition, Listener, ListenerAction, LoadBalancer } from '@postern/core/snapshot';
import type { RegionSnapshot } from '@postern/core';
import type {
  RuleCondition as Row,
  Action,
  ListenerRow,
  LoadBalancerRow,
  LoadBalancerZone,
} from '../load-balancing/state.js';
import type { Lack } from './lack.js';
import type { AwsCall } from '../operation/operation.js';
import { ruleArn } from '../load-balancing/find.js';
import { PROVISIONING_MS } from '../load-balancing/load-balancer/dns.js';

/**
 * A rule's condition as the service keeps it. Snapshots contain neither the values that headers and query
 * strings are compared with nor regular expressions. They are replaced by values that no call has.
 */
function toCondition({ kind, values, family }: RuleCondition, ruleId: string, lack: Lack): Row {
  const lost = (what: string): void =>
    lack(`the ${what} that ${ruleId} asks for is not in a snapshot, so that no call fits it`);
  const Values = [...(values ?? [])];
  switch (kind) {
    case 'path':
      if (values !== undefined) return { Field: 'path-pattern', Values, PathPatternConfig: { Values } };

      lost('path by an expression');
      return { Field: 'path-pattern', PathPatternConfig: { RegexValues: [NOTHING] } };
    case 'host':
      if (values !== undefined) return { Field: 'host-header', Values, HostHeaderConfig: { Values } };

      lost('host by an expression');
      return { Field: 'host-header', HostHeaderConfig: { RegexValues: [NOTHING] } };
    case 'method':
      return { Field: 'http-request-method', HttpRequestMethodConfig: { Values } };
    case 'source':
      return { Field: 'source-ip', SourceIpConfig: family === undefined ? { Values } : { IpAddressType: family } };
    case 'query':
      lost('query string');
      return { Field: 'query-string', QueryStringConfig: { Values: [{ Key: UNKNOWN, Value: UNKNOWN }] } };
    default:
      lost(kind === 'header' ? 'header' : 'kind of call');
      return { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: UNKNOWN, Values: [UNKNOWN] } };
  }
}

/** An expression that fits no text. */
const NOTHING = '[^\\s\\S]';
const UNKNOWN = 'not-in-the-snapshot';

/** Load balancers with their interfaces, listeners and their rules. */
export function loadBalancers(call: AwsCall, region: RegionSnapshot, lack: Lack): void {
  const { loadBalancing } = call.state;
  for (const balancer of region.loadBalancers) {
    const row = balancerRow(call, balancer);
    if (row === undefined) lack(`${balancer.id} is of a kind that is not simulated`);
    else {
      loadBalancing.loadBalancers.set(row.arn, row);
      if (row.state === 'provisioning')
        call.after(PROVISIONING_MS[row.type], 'load-balancing.active', { arn: row.arn });
    }
  }
  for (const listener of region.listeners) {
    if (listener.actions === undefined) lack(`the actions of ${listener.id} were not read`);
    if (listener.rules === undefined && listener.protocol.startsWith('HTTP')) {
      lack(`rules that go before the default action of ${listener.id} were not read`);
    }
    loadBalancing.listeners.set(listener.id, listenerRow(listener, lack));
    for (const { id, priority, conditions, actions } of listener.rules ?? []) {
      loadBalancing.rules.set(id, {
        arn: id,
        listenerArn: listener.id,
        priority,
        conditions: conditions.map((condition) => toCondition(condition, id, lack)),
        actions: actions.map((action, position) => toAction(action, position, listener, lack)),
        transforms: [],
        tags: {},
      });
    }
  }
}

const TYPES: ReadonlyMap<LoadBalancer['kind'], LoadBalancerRow['type']> = new Map([
  ['application', 'application'],
  ['network', 'network'],
  ['gateway', 'gateway'],
] as const);
const STATES: readonly LoadBalancerRow['state'][] = ['active', 'active_impaired', 'failed', 'provisioning'];

function balancerRow(call: AwsCall, balancer: LoadBalancer): LoadBalancerRow | undefined {
  const type = TYPES.get(balancer.kind);
  if (type === undefined) return undefined;

  const { id: arn, name, privateLinkEnforced, securityGroupIds, scheme } = balancer;
  const id = arn.split('/').at(-1) ?? '';
  return {
    arn,
    name,
    id,
    type,
    scheme,
    vpcId: balancer.networkId ?? '',
    dnsName:
      type === 'gateway'
        ? undefined
        : `${scheme === 'internal' ? 'internal-' : ''}${name}-${id}.elb.${call.region}.amazonaws.com`,
    canonicalHostedZoneId: undefined,
    createdTime: new Date(call.now),
    state: STATES.find((word) => word === balancer.state) ?? 'active',
    stateReason: undefined,
    zones: balancer.subnetIds.map((subnetId) => zoneRow(call, arn, subnetId)),
    securityGroups: [...securityGroupIds],
    hasSecurityGroups: type === 'application' || securityGroupIds.length > 0 || privateLinkEnforced !== undefined,
    ipAddressType: balancer.dualStack === true ? 'dualstack' : 'ipv4',
    enforcePrivateLinkInbound: privateLinkEnforced === undefined ? undefined : privateLinkEnforced ? 'on' : 'off',
    prefixForIpv6SourceNat: undefined,
    attributes: attributesOf(balancer),
    tags: {},
    heldBy: [],
  };
}

function attributesOf({ kind, crossZone, idleTimeoutMs }: LoadBalancer): Readonly<Record<string, string>> {
  if (kind !== 'application') {
    return crossZone === undefined ? {} : { 'load_balancing.cross_zone.enabled': String(crossZone) };
  }

  return idleTimeoutMs === undefined ? {} : { 'idle_timeout.timeout_seconds': String(idleTimeoutMs / 1000) };
}

function zoneRow({ state }: AwsCall, arn: string, subnetId: string): LoadBalancerZone {
  const subnet = state.ec2.subnets.get(subnetId);
  const path = arn.split(':loadbalancer/')[1];
  return {
    subnetId,
    zoneName: subnet?.zoneName ?? '',
    zoneId: subnet?.zoneId ?? '',
    interfaceIds: [...state.ec2.interfaces.values()]
      .filter((row) => row.subnetId === subnetId && row.description === `ELB ${path}`)
      .map(({ id }) => id),
    privateIpv4Address: undefined,
    allocationId: undefined,
    ipv6Address: undefined,
  };
}

const MODES: Readonly<Record<NonNullable<Listener['clientCertificates']>, string>> = {
  none: 'off',
  passed: 'passthrough',
  required: 'verify',
};

function listenerRow(listener: Listener, lack: Lack): ListenerRow {
  const { id: arn, port, protocol, certificateIds = [], actions = [], clientCertificates = 'none' } = listener;
  const [certificateArn, ...extraCertificateArns] = certificateIds;
  return {
    arn,
    loadBalancerArn: listener.loadBalancerId,
    // A gateway load balancer's has neither.
    port: protocol === '' ? undefined : port,
    protocol: protocol === '' ? undefined : (protocol as ListenerRow['protocol']),
    sslPolicy: certificateArn === undefined ? undefined : 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    certificateArn,
    extraCertificateArns,
    alpnPolicy: undefined,
    mutualAuthentication:
      protocol === 'HTTPS' || clientCertificates === 'required' ? { Mode: MODES[clientCertificates] } : undefined,
    defaultActions: actions.map((action, index) => toAction(action, index, listener, lack)),
    defaultRule: { arn: ruleArn(arn, hex(1)), tags: {} },
    attributes: {},
    tags: {},
  };
}

function toAction(action: ListenerAction, index: number, { id, protocol }: Listener, lack: Lack): Action {
  const { kind, targetGroupIds = [], weights = [], statusCode = '', letsThrough, native } = action;
  const weightOf = (id: string): number => weights.find(({ targetGroupId }) => targetGroupId === id)?.weight ?? 1;
  const Order = index + 1;
  const [only, second] = targetGroupIds;
  switch (kind) {
    case 'redirect':
      return {
        Type: 'redirect',
        Order,
        RedirectConfig: { StatusCode: statusCode === '302' ? 'HTTP_302' : 'HTTP_301', Protocol: 'HTTPS', Port: '443' },
      };
    case 'fixed-response':
      return { Type: 'fixed-response', Order, FixedResponseConfig: { StatusCode: statusCode } };
    case 'authenticate':
      lack(`how ${id} tells callers apart is not in a snapshot`);
      return {
        Type: 'authenticate-cognito',
        Order,
        AuthenticateCognitoConfig: {
          UserPoolArn: '',
          UserPoolClientId: '',
          UserPoolDomain: '',
          OnUnauthenticatedRequest: letsThrough === true ? 'allow' : statusCode === '401' ? 'deny' : 'authenticate',
        },
      };
    default: {
      if (native === 'jwt-validation') {
        lack(`whose tokens ${id} takes is not in a snapshot`);
        return { Type: native, Order, JwtValidationConfig: { JwksEndpoint: '', Issuer: '' } };
      }

      if (kind === 'other') lack(`an action of ${id} is of a kind that is not simulated`);
      const weigh = protocol.startsWith('HTTP') || second !== undefined;
      return {
        Type: 'forward',
        Order,
        ...(second === undefined && only !== undefined ? { TargetGroupArn: only } : {}),
        ...(weigh && only !== undefined
          ? {
              ForwardConfig: {
                TargetGroups: targetGroupIds.map((TargetGroupArn) => ({
                  TargetGroupArn,
                  Weight: weightOf(TargetGroupArn),
                })),
              },
            }
          : {}),
      };
    }
  }
}

/** Sixteen digits, as the last part of an ARN has. */
function hex(number: number): string {
  return number.toString(16).padStart(16, '0');
}
