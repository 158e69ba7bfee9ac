import {
  amount,
  blocks,
  ifResolved,
  isChanged,
  isSame,
  isSet,
  resource,
  several,
  single,
  updatedValues,
  word,
  type Act,
  type ActValues,
  type Caller,
} from '@postern/core/internal/overlay';
import { attributesOf, decided, isAddress, nameOf } from './calls.js';

const ELB = 'elasticloadbalancingv2.';
const MACHINES = ['instance', 'ip'];
const HTTP = ['HTTP', 'HTTPS'];
const STREAMS = ['TCP', 'TLS'];

/**
 * The attributes that are set by a call of their own, and the types of targets for which the provider sends them.
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/elbv2/target_group.go
 */
const ATTRIBUTES: Readonly<Record<string, readonly [key: string, types: readonly string[]]>> = {
  connection_termination: ['deregistration_delay.connection_termination.enabled', MACHINES],
  deregistration_delay: ['deregistration_delay.timeout_seconds', MACHINES],
  lambda_multi_value_headers_enabled: ['lambda.multi_value_headers.enabled', ['lambda']],
  load_balancing_algorithm_type: ['load_balancing.algorithm.type', MACHINES],
  load_balancing_anomaly_mitigation: ['load_balancing.algorithm.anomaly_mitigation', MACHINES],
  load_balancing_cross_zone_enabled: ['load_balancing.cross_zone.enabled', MACHINES],
  preserve_client_ip: ['preserve_client_ip.enabled', MACHINES],
  proxy_protocol_v2: ['proxy_protocol_v2.enabled', MACHINES],
  slow_start: ['slow_start.duration_seconds', MACHINES],
};
/** At its creation a group is given what is not as it is without being set. */
const UNSET = ['false', '0'];

const targetTypeOf = (values: ActValues): string => word(values['target_type']) ?? 'instance';

interface Attribute {
  readonly Key: string;
  readonly Value: string;
}

function stickiness(values: ActValues): readonly Attribute[] {
  const [block] = blocks(values['stickiness']);
  if (block === undefined) return [{ Key: 'stickiness.enabled', Value: 'false' }];

  const type = word(block['type']) ?? '';
  const isEnabled = word(block['enabled']) !== 'false';
  const found: [string, string | undefined][] = [
    ['stickiness.enabled', String(isEnabled)],
    ['stickiness.type', type],
  ];
  if (HTTP.includes(word(values['protocol']) ?? '')) {
    const duration = word(block['cookie_duration']);
    if (type === 'lb_cookie') found.push(['stickiness.lb_cookie.duration_seconds', duration]);
    if (type === 'app_cookie')
      found.push(
        ['stickiness.app_cookie.duration_seconds', duration],
        ['stickiness.app_cookie.cookie_name', word(block['cookie_name'])],
      );
  }
  return found.flatMap(([Key, Value]) => (Value === undefined ? [] : [{ Key, Value }]));
}

const HEALTH_OF_GROUP = ['dns_failover', 'unhealthy_state_routing'];

/** How many targets must be healthy, and what becomes of connections with unhealthy ones. */
function healthOfGroup(values: ActValues): readonly Attribute[] {
  const [health] = blocks(values['target_group_health']);
  const counts = HEALTH_OF_GROUP.flatMap((name) =>
    blocks(health?.[name]).flatMap((block) =>
      ['count', 'percentage'].flatMap((kind) => {
        const Value = word(block[`minimum_healthy_targets_${kind}`]);
        return Value === undefined
          ? []
          : [{ Key: `target_group_health.${name}.minimum_healthy_targets.${kind}`, Value }];
      }),
    ),
  );
  const [state] = STREAMS.includes(word(values['protocol']) ?? '') ? blocks(values['target_health_state']) : [];
  if (state === undefined) return counts;

  return [
    ...counts,
    {
      Key: 'target_health_state.unhealthy.connection_termination.enabled',
      Value: String(isSet(state['enable_unhealthy_connection_termination'])),
    },
    {
      Key: 'target_health_state.unhealthy.draining_interval_seconds',
      Value: word(state['unhealthy_draining_interval']) ?? '0',
    },
  ];
}

function setAttributes(arn: unknown, values: ActValues, isSent: (name: string) => boolean, caller: Caller): void {
  const type = targetTypeOf(values);
  const keys = Object.entries(ATTRIBUTES).map(([name, [key, types]]) => [name, types.includes(type) ? key : undefined]);
  const ofMachines = MACHINES.includes(type);
  const Attributes = [
    ...attributesOf(values, Object.fromEntries(keys), isSent),
    ...(ofMachines && isSent('stickiness') ? stickiness(values) : []),
    ...(ofMachines && (isSent('target_group_health') || isSent('target_health_state')) ? healthOfGroup(values) : []),
  ];
  if (Attributes.length > 0)
    caller.call('elasticloadbalancingv2.ModifyTargetGroupAttributes', { TargetGroupArn: arn, Attributes });
}

/** Members of a health check that the configuration has. A check by TCP has neither path nor codes. */
function healthCheck(values: ActValues): Record<string, unknown> {
  const [given] = blocks(values['health_check']);
  if (given === undefined) return {};

  const check = decided(given, ...Object.keys(given));

  const isLambda = targetTypeOf(values) === 'lambda';
  const isTcp = word(check['protocol']) === 'TCP';
  const codes = isTcp ? undefined : word(check['matcher']);
  const enabled = word(check['enabled']);
  return {
    HealthCheckEnabled: enabled === undefined ? undefined : isSet(enabled),
    HealthCheckProtocol: isLambda ? undefined : word(check['protocol']),
    HealthCheckPort: isLambda ? undefined : word(check['port']),
    HealthCheckPath: isTcp ? undefined : word(check['path']),
    HealthCheckIntervalSeconds: amount(check['interval']),
    HealthCheckTimeoutSeconds: amount(check['timeout']) || undefined,
    HealthyThresholdCount: amount(check['healthy_threshold']),
    UnhealthyThresholdCount: amount(check['unhealthy_threshold']),
    Matcher:
      codes === undefined
        ? undefined
        : { [word(values['protocol_version']) === 'GRPC' ? 'GrpcCode' : 'HttpCode']: codes },
  };
}

const targetGroup = resource(`${ELB}CreateTargetGroup`, 'TargetGroups.0.TargetGroupArn', `${ELB}DeleteTargetGroup`, {
  names: {
    HealthCheckProtocol: '-',
    HealthCheckPort: '-',
    HealthCheckPath: '-',
    HealthCheckEnabled: '-',
    Matcher: '-',
  },
  optional: ['IpAddressType', 'ProtocolVersion'],
  gives: ['arn_suffix', 'name'],
  input: ({ ProtocolVersion, IpAddressType, ...input }, values, caller) => ({
    ...input,
    ProtocolVersion: HTTP.includes(String(input['Protocol'])) ? ProtocolVersion : undefined,
    IpAddressType: MACHINES.includes(targetTypeOf(values)) ? IpAddressType : undefined,
    Name: nameOf(values, caller, 'tf-'),
    ...healthCheck(values),
  }),
  outputs: ({ TargetGroups: [made] }) => ({
    name: made.TargetGroupName,
    arn_suffix: `targetgroup/${String(made.TargetGroupArn).split(':targetgroup/')[1]}`,
  }),
  after: (values, { arn }, caller) => {
    const isSent = (name: string): boolean =>
      name in ATTRIBUTES
        ? name === 'deregistration_delay' ||
          name === 'preserve_client_ip' ||
          !UNSET.includes(word(ifResolved(values[name])) ?? '0')
        : blocks(values[name]).length > 0;
    setAttributes(arn, values, isSent, caller);
  },
  update: (before, values, caller) => {
    const after = updatedValues(before, values);
    if (isChanged(before, values, 'health_check'))
      caller.call('elasticloadbalancingv2.ModifyTargetGroup', { ...healthCheck(after), TargetGroupArn: before['arn'] });
    setAttributes(before['arn'], after, (name) => isChanged(before, values, name), caller);
  },
});

/** A machine that is named as a whole has an ID and an address: the type of the group decides. */
function targetIdOf(id: unknown, group: unknown, caller: Caller): unknown {
  const known = ifResolved(id);
  if (known !== undefined) return known;

  const all = several(id);
  const [found] = caller.call(`${ELB}DescribeTargetGroups`, { TargetGroupArns: [group] }).TargetGroups;
  const isOfMachines = found?.TargetType === 'instance';
  const [only, ...others] = all.filter((one) => String(one).startsWith('i-') === isOfMachines);
  return only === undefined || others.length > 0 ? single(id) : only;
}

function targetOf(values: ActValues, caller: Caller): object {
  const { target_group_arn: arn, target_id: id, port, availability_zone: zone } = values;
  const group = single(arn);
  const target = { Id: targetIdOf(id, group, caller), Port: amount(port), AvailabilityZone: word(zone) };
  return { TargetGroupArn: group, Targets: [target] };
}

const TARGET_FORMS: Readonly<Record<string, RegExp>> = {
  instance: /^i-/,
  ip: /^\d+(?:\.\d+){3}$|:.*:/,
  lambda: /:function:/,
  alb: /:loadbalancer\/app\//,
};

const attachment: Act = {
  formOf: (name, named) => {
    const group = name === 'target_id' ? named('target_group_arn') : undefined;
    return group && TARGET_FORMS[targetTypeOf(group)];
  },
  create: (values, caller) => {
    const target = targetOf(values, caller);
    caller.call('elasticloadbalancingv2.RegisterTargets', target);
    return { id: caller.unique(`${String(single(values['target_group_arn']))}-`) };
  },
  update: (before, values, caller) => {
    const [was, is] = [targetOf(before, caller), targetOf(values, caller)];
    if (isSame(was, is)) return;

    caller.call('elasticloadbalancingv2.DeregisterTargets', was);
    caller.call('elasticloadbalancingv2.RegisterTargets', is);
  },
  remove: (before, caller) => void caller.call('elasticloadbalancingv2.DeregisterTargets', targetOf(before, caller)),
  owners: ['target_group_arn'],
  feeds: ['target_group_arn'],
  isOutside: ({ target_id: target }) => isAddress(target),
  // An address may be one that a machine of the plan has.
  isLast: true,
};

/** Target groups and their targets. */
export const targetGroupActs: Readonly<Record<string, Act>> = {
  aws_lb_target_group: targetGroup,
  aws_alb_target_group: targetGroup,
  aws_lb_target_group_attachment: attachment,
  aws_alb_target_group_attachment: attachment,
};
