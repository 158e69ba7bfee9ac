import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { FIXED, forward, newAccount, type Account } from './account.js';

const SECONDS = 1000;

function withTarget(account: Account = newAccount(), groupInput: object = {}) {
  const group = account.targetGroup('orders', groupInput);
  const { TargetGroupArn } = group;
  const target = { Id: account.address() };
  account.elb('RegisterTargets', { TargetGroupArn, Targets: [target] });
  const health = (input: object = {}): any[] =>
    account.elb('DescribeTargetHealth', { TargetGroupArn, ...input }).TargetHealthDescriptions;
  const state = () => health().map(({ TargetHealth }) => [TargetHealth.State, TargetHealth.Reason]);
  return { ...account, account, group, TargetGroupArn, target, health, state };
}

it('the health of targets: is what the world sets', async () => {
  const { account, group, state } = withTarget();
  account.listener(account.balancer(), group);
  await account.advance(300 * SECONDS);
  const world = JSON.parse(JSON.stringify(account.sim.world()));
  const text = JSON.stringify(world).replace(
    /"registeredAt":(\d+)/g,
    (all) => `${all},"health":{"State":"unhealthy","Reason":"Target.Timeout","Description":"Request timed out"}`,
  );
  account.sim.load(JSON.parse(text));
  expect(state()).toEqual([['unhealthy', 'Target.Timeout']]);
});

answers('the health of targets', withTarget)`
  is unused, initial, healthy: an address without an interface answers
    state == [[unused, Target.NotInUse]]
    balancer = balancer
    listener [$balancer, $group]
    state == [[initial, Elb.RegistrationInProgress]]
    advance ${121 * SECONDS}
    state == [[healthy, absent]]
    health -> {0: {Target: {Port: 8080, AvailabilityZone: eu-west-1a}, HealthCheckPort: '8080'}}
  of a new target behind an active balancer waits for one check
    balancer = balancer
    listener [$balancer, $group]
    advance ${300 * SECONDS}
    address = address 78
    RegisterTargets {TargetGroupArn: $TargetGroupArn, Targets: [{Id: $address}]}
    health {Targets: [{Id: $address}]} -> {0.TargetHealth.Reason: Elb.RegistrationInProgress}
    advance ${6 * SECONDS}
    health {Targets: [{Id: $address}]} -> {0.TargetHealth.Reason: Elb.InitialHealthChecking}
    advance ${30 * SECONDS}
    health {Targets: [{Id: $address}]} -> {0.TargetHealth.Reason: absent}
  is unused in a zone that the balancer is not in
    balancer = balancer [orders, {Subnets: [$subnetIds.1, $subnetIds.2]}]
    listener [$balancer, $group]
    health
      -> {0.TargetHealth: {State: unused,
      Description: Target is in an Availability Zone that is not enabled for the load balancer}}
  is draining for the delay after deregistration, then the target is removed
    balancer = balancer
    listener [$balancer, $group]
    ModifyTargetGroupAttributes {TargetGroupArn: $TargetGroupArn,
      Attributes: [{Key: deregistration_delay.timeout_seconds, Value: '60'}]}
    DeregisterTargets {TargetGroupArn: $TargetGroupArn, Targets: [$target]}
    state == [[draining, Target.DeregistrationInProgress]]
    advance ${61 * SECONDS}
    state == []
    health {Targets: [$target]} -> {0.TargetHealth: {State: unused, Reason: Target.NotRegistered}}
    DeregisterTargets {TargetGroupArn: $TargetGroupArn, Targets: [$target]} # no error
  starts again for a target that is registered while it drains
    balancer = balancer
    listener [$balancer, $group]
    advance ${300 * SECONDS}
    DeregisterTargets {TargetGroupArn: $TargetGroupArn, Targets: [$target]}
    RegisterTargets {TargetGroupArn: $TargetGroupArn, Targets: [$target]}
    state == [[initial, Elb.RegistrationInProgress]]
    advance ${600 * SECONDS}
    state == [[healthy, absent]]
`;

describe('targets', () => {
  it.each([
    ['not an address', 'ip', { Id: 'orders' }, 'ValidationError', /not a valid IPv4 address/],
    [
      'outside the VPC without zone',
      'ip',
      { Id: '10.200.0.1' },
      'ValidationError',
      /^The Availability Zone is required for IP address '10.200.0.1' because it is not in the VPC$/,
    ],
    ['a public address', 'ip', { Id: '8.8.8.8', AvailabilityZone: 'all' }, 'ValidationError', /RFC 1918/],
    ['on port 0', 'ip', { Id: '172.31.0.1', Port: 0 }, 'ValidationError', /greater than or equal to 1/],
    ['not an instance', 'instance', { Id: 'orders' }, 'ValidationError', /Instance ID/],
    [
      'an instance that does not exist',
      'instance',
      { Id: 'i-0123456789abcdef0' },
      'InvalidTarget',
      /not in a running state/,
    ],
    ['not a function', 'lambda', { Id: 'orders' }, 'ValidationError', /Lambda function ARN/],
    ['not a load balancer', 'alb', { Id: 'orders' }, 'ValidationError', /not a valid load balancer ARN/],
  ])('cannot be %s', (_why, TargetType, target, code, message) => {
    const account = newAccount();
    const place = TargetType === 'lambda' ? {} : { Protocol: TargetType === 'alb' ? 'TCP' : 'HTTP', Port: 80 };
    const { TargetGroupArn } = account.targetGroup('x', { TargetType, ...place });
    const refusal = account.refusal('RegisterTargets', { TargetGroupArn, Targets: [target] });
    expect(refusal).toMatchObject({ code });
    expect(refusal?.message).toMatch(message);
  });

  it('may be one address on two ports', () => {
    const { account, TargetGroupArn, target, health } = withTarget();
    account.elb('RegisterTargets', { TargetGroupArn, Targets: [target, { ...target, Port: 9090 }] });
    expect(health().map(({ Target }) => Target.Port)).toEqual([8080, 9090]);
    account.elb('DeregisterTargets', { TargetGroupArn, Targets: [{ ...target, Port: 9090 }] });
    expect(health().map(({ Target }) => Target.Port)).toEqual([8080]);
  });

  it.each([
    ['targets-per-target-group', {}],
    ['targets-per-application-load-balancer', {}],
    ['targets-per-zone-per-network-load-balancer', { Protocol: 'TCP' }],
  ])('have a quota: %s', (quota, groupInput) => {
    const { account, group, TargetGroupArn } = withTarget(newAccount({ quotas: { [quota]: 1 } }), groupInput);
    account.listener(account.balancer('x', { Type: 'Protocol' in groupInput ? 'network' : 'application' }), group, {
      DefaultActions: [forward(group)],
    });
    const Targets = [{ Id: account.address(90) }];
    expect(account.refusal('RegisterTargets', { TargetGroupArn, Targets })).toMatchObject({ code: 'TooManyTargets' });
  });
});

answers('targets', withTarget)`
  within the VPC have the zone of their subnet
    RegisterTargets {TargetGroupArn: $TargetGroupArn, Targets: [{<<: $target, AvailabilityZone: all}]}
      !ValidationError: The IP address '$target.Id' is within the VPC, and cannot have its Availability Zone
      overridden to 'all'
      from 'eu-west-1a'
`;

answers('targets', newAccount)`
  may be an application load balancer with a listener on that port, which then cannot be deleted
    targetGroup [alb, {TargetType: alb, Protocol: TCP, Port: 80}]
    balancer = balancer
    RegisterTargets {TargetGroupArn: $TargetGroupArn, Targets: [{Id: $balancer.LoadBalancerArn}]}
      !InvalidConfigurationRequest
    listener [$balancer, {}, {DefaultActions: [${FIXED}]}]
    RegisterTargets {TargetGroupArn: $TargetGroupArn, Targets: [{Id: $balancer.LoadBalancerArn}]}
    DeleteListener {ListenerArn: $ListenerArn}
      !400 ResourceInUse: Listener port '80' is in use by registered target '$balancer.LoadBalancerArn' and cannot be
      removed.
    DeleteLoadBalancer {LoadBalancerArn: $balancer.LoadBalancerArn} !ResourceInUse
`;
