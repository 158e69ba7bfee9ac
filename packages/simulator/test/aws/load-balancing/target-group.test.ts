import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { asObject, newAccount } from './account.js';

describe('target groups', () => {
  it.each([
    [
      'HTTP',
      'ip',
      {
        HealthCheckProtocol: 'HTTP',
        HealthCheckPath: '/',
        Matcher: { HttpCode: '200' },
        HealthCheckTimeoutSeconds: 5,
        HealthCheckIntervalSeconds: 30,
        ProtocolVersion: 'HTTP1',
      },
    ],
    ['HTTPS', 'instance', { HealthCheckProtocol: 'HTTP', HealthCheckPort: 'traffic-port', IpAddressType: 'ipv4' }],
    [
      'TCP',
      'ip',
      {
        HealthCheckProtocol: 'TCP',
        HealthCheckTimeoutSeconds: 10,
        HealthyThresholdCount: 5,
        UnhealthyThresholdCount: 2,
        Matcher: undefined,
        HealthCheckPath: undefined,
      },
    ],
    [
      'TCP',
      'alb',
      {
        HealthCheckProtocol: 'HTTP',
        HealthCheckPath: '/',
        Matcher: { HttpCode: '200-399' },
        HealthCheckTimeoutSeconds: 6,
      },
    ],
    ['UDP', 'ip', { HealthCheckProtocol: 'TCP' }],
    [
      'GENEVE',
      'ip',
      { HealthCheckPort: '80', HealthCheckIntervalSeconds: 10, HealthCheckTimeoutSeconds: 5, IpAddressType: undefined },
    ],
    [
      undefined,
      'lambda',
      {
        HealthCheckEnabled: false,
        HealthCheckIntervalSeconds: 35,
        HealthCheckTimeoutSeconds: 30,
        UnhealthyThresholdCount: 5,
        Port: undefined,
        VpcId: undefined,
      },
    ],
  ])('of %s and %s have the documented defaults', (Protocol, TargetType, expected) => {
    const Port = Protocol === 'GENEVE' ? 6081 : 80;
    const place = TargetType === 'lambda' ? {} : { Protocol, Port };
    expect(newAccount().targetGroup('orders', { TargetType, ...place })).toMatchObject({ TargetType, ...expected });
  });

  it.each([
    ['without port', { Port: undefined }, /A port must be specified/],
    ['without VPC', { VpcId: undefined }, /A VPC ID must be specified/],
    ['in an unknown VPC', { VpcId: 'vpc-1' }, /The VPC ID 'vpc-1' is not found/],
    ['with a long name', { Name: 'x'.repeat(33) }, /cannot be longer than '32'/],
    ['with an invalid name', { Name: '-x' }, /cannot begin or end with '-'/],
    ['of ALBs over HTTP', { TargetType: 'alb' }, /not supported for target groups with target type 'alb'/],
    [
      'of functions with a port',
      { TargetType: 'lambda' },
      /cannot be specified for target groups with target type 'lambda'/,
    ],
    ['with a version of TCP', { Protocol: 'TCP', ProtocolVersion: 'HTTP2' }, /Protocol version cannot be specified/],
    ['of HTTP3', { ProtocolVersion: 'HTTP3' }, /must be one of 'HTTP1, HTTP2, GRPC'/],
    ['checked over UDP', { HealthCheckProtocol: 'UDP' }, /must be one of/],
    ['of HTTP checked over TCP', { HealthCheckProtocol: 'TCP' }, /'TCP' is not supported/],
    ['checked on port 70000', { HealthCheckPort: '70000' }, /Health check port/],
    ['checked at no path', { HealthCheckPath: 'health' }, /must begin with a '\/'/],
    [
      'with a timeout above the interval',
      { HealthCheckTimeoutSeconds: 10, HealthCheckIntervalSeconds: 10 },
      /'10' must be smaller than the interval '10'/,
    ],
    ['checked every second', { HealthCheckIntervalSeconds: 1 }, /greater than or equal to 5/],
    ['unchecked', { HealthCheckEnabled: false }, /must be true/],
    ['with codes beyond 499', { Matcher: { HttpCode: '200,500' } }, /within '200-499'/],
    ['with gRPC codes for HTTP', { Matcher: { GrpcCode: '0' } }, /only with protocol version 'GRPC'/],
  ])('cannot be %s', (_why, input, message) => {
    const account = newAccount();
    const refusal = account.refusal('CreateTargetGroup', {
      Name: 'orders',
      Protocol: 'HTTP',
      Port: 80,
      VpcId: account.vpcId,
      ...input,
    });
    expect(refusal).toMatchObject({ code: 'ValidationError' });
    expect(refusal?.message).toMatch(message);
  });
});

answers('target groups', newAccount)`
  are the same when they are created again, and others with the name are refused
    first = targetGroup
    targetGroup == $first
    CreateTargetGroup {Name: orders, Protocol: HTTP, Port: 9, VpcId: $vpcId, TargetType: ip}
      !400 DuplicateTargetGroupName: A target group with the same name 'orders' exists, but with different settings
  change only their health check
    targetGroup
    ModifyTargetGroup {TargetGroupArn: $TargetGroupArn, HealthCheckPath: /ready, Matcher: {HttpCode: '204'}}
      -> {TargetGroups.0: {HealthCheckPath: /ready, Matcher: {HttpCode: '204'}, HealthCheckIntervalSeconds: 30}}
    DescribeTargetGroups {Names: [orders]} -> {TargetGroups: [$TargetGroups.0]}
`;

describe('attributes of target groups', () => {
  it.each([
    ['HTTP', 'ip', 14, { 'stickiness.type': 'lb_cookie', 'slow_start.duration_seconds': '0' }],
    [
      'TCP',
      'ip',
      13,
      {
        'stickiness.type': 'source_ip',
        'preserve_client_ip.enabled': 'false',
        'deregistration_delay.connection_termination.enabled': 'false',
      },
    ],
    [
      'TCP',
      'instance',
      13,
      { 'preserve_client_ip.enabled': 'true', 'target_health_state.unhealthy.connection_termination.enabled': 'true' },
    ],
    [
      'UDP',
      'ip',
      13,
      { 'preserve_client_ip.enabled': 'true', 'deregistration_delay.connection_termination.enabled': 'true' },
    ],
    [
      'GENEVE',
      'ip',
      5,
      { 'stickiness.type': 'source_ip_dest_ip_proto', 'target_failover.on_unhealthy': 'no_rebalance' },
    ],
    [undefined, 'lambda', 1, { 'lambda.multi_value_headers.enabled': 'false' }],
  ])('%s to %s: all that are documented, with their defaults', (Protocol, TargetType, count, some) => {
    const account = newAccount();
    const place = TargetType === 'lambda' ? {} : { Protocol, Port: Protocol === 'GENEVE' ? 6081 : 80 };
    const { TargetGroupArn } = account.targetGroup('x', { TargetType, ...place });
    const { Attributes } = account.elb('DescribeTargetGroupAttributes', { TargetGroupArn });
    expect(asObject(Attributes)).toMatchObject(some);
    expect(Attributes).toHaveLength(count);
  });

  const sticky = (type: string, more: Record<string, string> = {}) => ({
    'stickiness.enabled': 'true',
    'stickiness.type': type,
    ...more,
  });
  it.each([
    ['HTTP', sticky('lb_cookie'), undefined, ''],
    ['HTTP', sticky('app_cookie', { 'stickiness.app_cookie.cookie_name': 'shop' }), undefined, ''],
    ['HTTP', sticky('app_cookie'), 'InvalidConfigurationRequest', /set an application cookie name/],
    [
      'HTTP',
      sticky('app_cookie', { 'stickiness.app_cookie.cookie_name': 'AWSALBTG' }),
      'InvalidConfigurationRequest',
      /reserved/,
    ],
    [
      'HTTP',
      sticky('source_ip'),
      'InvalidConfigurationRequest',
      /^Stickiness type 'source_ip' is not supported for target groups with the HTTP protocol$/,
    ],
    [
      'TCP',
      sticky('lb_cookie'),
      'InvalidConfigurationRequest',
      /^Stickiness type 'lb_cookie' is not supported for target groups with the TCP protocol$/,
    ],
    [
      'TCP',
      { 'stickiness.enabled': 'false', 'stickiness.type': 'lb_cookie' },
      'InvalidConfigurationRequest',
      /'lb_cookie' is not supported/,
    ],
    ['TCP', sticky('source_ip'), undefined, ''],
    ['UDP', sticky('source_ip'), undefined, ''],
    [
      'TLS',
      sticky('source_ip'),
      'InvalidConfigurationRequest',
      /^You cannot enable stickiness on target groups with the TLS protocol$/,
    ],
    ['TCP', sticky('colour'), 'ValidationError', /'Stickiness type' must be one of/],
    ['GENEVE', sticky('source_ip_dest_ip'), undefined, ''],
    ['GENEVE', sticky('lb_cookie'), 'ValidationError', /must be one of \[source_ip_dest_ip_proto, source_ip_dest_ip\]/],
    [
      'HTTP',
      { 'deregistration_delay.timeout_seconds': '3601' },
      'ValidationError',
      /^'deregistration_delay.timeout_seconds' value '3601' must be between '0-3600' inclusive$/,
    ],
    ['HTTP', { 'slow_start.duration_seconds': '29' }, 'ValidationError', /between '30-900'/],
    [
      'HTTP',
      { 'slow_start.duration_seconds': '30', 'load_balancing.algorithm.type': 'weighted_random' },
      'InvalidConfigurationRequest',
      /Slow start/,
    ],
    ['HTTP', { 'load_balancing.algorithm.anomaly_mitigation': 'on' }, 'InvalidConfigurationRequest', /weighted_random/],
    ['HTTP', { 'proxy_protocol_v2.enabled': 'true' }, 'InvalidConfigurationRequest', /attribute is not supported/],
    ['UDP', { 'preserve_client_ip.enabled': 'false' }, 'InvalidConfigurationRequest', /cannot be disabled/],
    ['TCP', { 'preserve_client_ip.enabled': 'true' }, undefined, ''],
    [
      'TCP',
      { 'target_health_state.unhealthy.draining_interval_seconds': '5' },
      'InvalidConfigurationRequest',
      /only be configured when/,
    ],
    [
      'TCP',
      {
        'target_health_state.unhealthy.draining_interval_seconds': '5',
        'target_health_state.unhealthy.connection_termination.enabled': 'false',
      },
      undefined,
      '',
    ],
    ['GENEVE', { 'target_failover.on_unhealthy': 'rebalance' }, 'InvalidConfigurationRequest', /must be the same/],
    [
      'lambda',
      { 'deregistration_delay.timeout_seconds': '1' },
      'InvalidConfigurationRequest',
      /target type 'lambda' does not support/,
    ],
    ['alb', { 'deregistration_delay.timeout_seconds': '300' }, 'InvalidConfigurationRequest', /target type 'alb'/],
    ['HTTP', { 'no.such': '1' }, 'ValidationError', /^Target group attribute key 'no.such' is not recognized$/],
  ])('%s: %j: %s', (kind, wanted, code, message) => {
    const account = newAccount();
    const place =
      kind === 'lambda'
        ? { TargetType: kind }
        : kind === 'alb'
          ? { TargetType: kind, Protocol: 'TCP', Port: 80 }
          : { Protocol: kind, Port: kind === 'GENEVE' ? 6081 : 80 };
    const { TargetGroupArn } = account.targetGroup('x', place);
    const Attributes = Object.entries(wanted).map(([Key, Value]) => ({ Key, Value }));
    const before = account.elb('DescribeTargetGroupAttributes', { TargetGroupArn });
    const refusal = account.refusal('ModifyTargetGroupAttributes', { TargetGroupArn, Attributes });
    expect(refusal?.code).toBe(code);
    expect(refusal?.message ?? '').toMatch(message);
    const after = account.elb('DescribeTargetGroupAttributes', { TargetGroupArn });
    if (code === undefined) expect(asObject(after.Attributes)).toMatchObject(wanted);
    else expect(after).toEqual(before);
  });
});
