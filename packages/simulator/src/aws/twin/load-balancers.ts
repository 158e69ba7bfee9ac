import { defined } from '../../simulation/defined.js';
import type {
  LoadBalancerStateEnum,
  LoadBalancerTypeEnum,
  ProtocolEnum,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { RuleCondition, Listener, ListenerAction, LoadBalancer } from '@postern/core/internal/snapshot';
import type { RegionSnapshot } from '@postern/core/internal/library';
import type {
  RuleCondition as Row,
  Action,
  ListenerRow,
  LoadBalancerRow,
  LoadBalancerZone,
} from '../load-balancing/state.js';
import type { Lack } from './lack.js';
import type { AwsCall } from '../operation/operation.js';
import { loadBalancerPath, ruleArn } from '../load-balancing/find.js';
import { PROVISIONING_MS } from '../load-balancing/load-balancer/dns.js';

/**
 * A rule's condition as the service keeps it. Snapshots contain neither the values that headers and query
 * strings are compared with nor regular expressions. They are replaced by values that no call has.
 */
function toCondition({ kind, values, family, name = UNKNOWN }: RuleCondition, ruleId: string, lack: Lack): Row {
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
      return { Field: 'query-string', QueryStringConfig: { Values: [{ Key: name, Value: UNKNOWN }] } };
    default:
      lost(kind === 'header' ? 'header' : 'kind of call');
      return { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: name, Values: [UNKNOWN] } };
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
      loadBalancing.loadBalancers.set(row.fields.LoadBalancerArn, row);
      if (row.fields.State.Code === 'provisioning')
        call.after(PROVISIONING_MS[row.fields.Type], 'load-balancing.active', { arn: row.fields.LoadBalancerArn });
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
        listenerArn: listener.id,
        fields: {
          RuleArn: id,
          Priority: String(priority),
          Conditions: conditions.map((condition) => toCondition(condition, id, lack)),
          Actions: actions.map((action, position) => toAction(action, position, listener, lack)),
          IsDefault: false,
        },
        tags: {},
      });
    }
  }
}

const TYPES: ReadonlyMap<LoadBalancer['kind'], LoadBalancerTypeEnum> = new Map([
  ['application', 'application'],
  ['network', 'network'],
  ['gateway', 'gateway'],
] as const);
const STATES: readonly LoadBalancerStateEnum[] = ['active', 'active_impaired', 'failed', 'provisioning'];

function balancerRow(call: AwsCall, balancer: LoadBalancer): LoadBalancerRow | undefined {
  const type = TYPES.get(balancer.kind);
  if (type === undefined) return undefined;

  const { id: arn, name, privateLinkEnforced, securityGroupIds, scheme } = balancer;
  const id = arn.split('/').at(-1) ?? '';
  const hasGroups = type === 'application' || securityGroupIds.length > 0 || privateLinkEnforced !== undefined;
  return {
    fields: {
      LoadBalancerArn: arn,
      DNSName:
        type === 'gateway'
          ? undefined
          : `${scheme === 'internal' ? 'internal-' : ''}${name}-${id}.elb.${call.region}.amazonaws.com`,
      CreatedTime: new Date(call.now),
      LoadBalancerName: name,
      Scheme: scheme,
      VpcId: balancer.networkId ?? '',
      State: { Code: STATES.find((word) => word === balancer.state) ?? 'active' },
      Type: type,
      SecurityGroups: hasGroups ? [...securityGroupIds] : undefined,
      IpAddressType: balancer.dualStack === true ? 'dualstack' : 'ipv4',
      EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic:
        privateLinkEnforced === undefined ? undefined : privateLinkEnforced ? 'on' : 'off',
    },
    zones: balancer.subnetIds.map((subnetId) => zoneRow(call, arn, subnetId)),
    attributes: attributesOf(balancer),
    tags: {},
    heldBy: [],
  };
}

function attributesOf(balancer: LoadBalancer): Readonly<Record<string, string>> {
  const { kind, crossZone, deletionProtected, idleTimeoutMs } = balancer;
  const isApplication = kind === 'application';
  const attributes = {
    'deletion_protection.enabled': deletionProtected,
    'load_balancing.cross_zone.enabled': isApplication ? undefined : crossZone,
    'idle_timeout.timeout_seconds': isApplication && idleTimeoutMs !== undefined ? idleTimeoutMs / 1000 : undefined,
  };
  return Object.fromEntries(Object.entries(defined(attributes)).map(([key, value]) => [key, String(value)]));
}

function zoneRow({ state }: AwsCall, arn: string, subnetId: string): LoadBalancerZone {
  const subnet = state.ec2.subnets.get(subnetId);
  return {
    fields: { ZoneName: subnet?.zoneName ?? '', SubnetId: subnetId, LoadBalancerAddresses: [] },
    interfaceIds: [...state.ec2.interfaces.values()]
      .filter((row) => row.subnetId === subnetId && row.description === `ELB ${loadBalancerPath(arn)}`)
      .map(({ id }) => id),
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
    fields: {
      ListenerArn: arn,
      LoadBalancerArn: listener.loadBalancerId,
      ...(protocol === '' ? {} : { Port: port, Protocol: protocol as ProtocolEnum }),
      ...(certificateArn === undefined
        ? {}
        : { Certificates: [{ CertificateArn: certificateArn }], SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' }),
      DefaultActions: actions.map((action, index) => toAction(action, index, listener, lack)),
      MutualAuthentication:
        protocol === 'HTTPS' || clientCertificates === 'required' ? { Mode: MODES[clientCertificates] } : undefined,
    },
    extraCertificateArns,
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
