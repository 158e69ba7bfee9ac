import { describe, expect, it } from 'vitest';
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
  return { account, group, TargetGroupArn, target, health, state };
}

describe('the health of targets', () => {
  it('is unused, initial, healthy: an address without an interface answers', async () => {
    const { account, group, state, health } = withTarget();
    expect(state()).toEqual([['unused', 'Target.NotInUse']]);
    account.listener(account.balancer(), group);
    expect(state()).toEqual([['initial', 'Elb.RegistrationInProgress']]);
    await account.advance(121 * SECONDS);
    expect(state()).toEqual([['healthy', undefined]]);
    expect(health()[0]).toMatchObject({
      Target: { Port: 8080, AvailabilityZone: 'eu-west-1a' },
      HealthCheckPort: '8080',
    });
  });

  it('of a new target behind an active balancer waits for one check', async () => {
    const { account, group, TargetGroupArn, health } = withTarget();
    account.listener(account.balancer(), group);
    await account.advance(300 * SECONDS);
    const later = { Id: account.address(78) };
    account.elb('RegisterTargets', { TargetGroupArn, Targets: [later] });
    const reason = () => health({ Targets: [later] })[0].TargetHealth.Reason;
    expect(reason()).toBe('Elb.RegistrationInProgress');
    await account.advance(6 * SECONDS);
    expect(reason()).toBe('Elb.InitialHealthChecking');
    await account.advance(30 * SECONDS);
    expect(reason()).toBeUndefined();
  });

  it('is what the world sets', async () => {
    const { account, group, state } = withTarget();
    account.listener(account.balancer(), group);
    await account.advance(300 * SECONDS);
    const world = JSON.parse(JSON.stringify(account.sim.world()));
    const text = JSON.stringify(world).replace(
      /"registeredAt":(\d+)/g,
      (all) => `${all},"health":{"state":"unhealthy","reason":"Target.Timeout","description":"Request timed out"}`,
    );
    account.sim.load(JSON.parse(text));
    expect(state()).toEqual([['unhealthy', 'Target.Timeout']]);
  });

  it('is unused in a zone that the balancer is not in', () => {
    const { account, group, health } = withTarget();
    const [, b, c] = account.subnetIds;
    account.listener(account.balancer('orders', { Subnets: [b, c] }), group);
    expect(health()[0].TargetHealth).toMatchObject({
      State: 'unused',
      Description: 'Target is in an Availability Zone that is not enabled for the load balancer',
    });
  });

  it('is draining for the delay after deregistration, then the target is removed', async () => {
    const { account, group, TargetGroupArn, target, state, health } = withTarget();
    account.listener(account.balancer(), group);
    account.elb('ModifyTargetGroupAttributes', {
      TargetGroupArn,
      Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '60' }],
    });
    account.elb('DeregisterTargets', { TargetGroupArn, Targets: [target] });
    expect(state()).toEqual([['draining', 'Target.DeregistrationInProgress']]);
    await account.advance(61 * SECONDS);
    expect(state()).toEqual([]);
    expect(health({ Targets: [target] })[0].TargetHealth).toMatchObject({
      State: 'unused',
      Reason: 'Target.NotRegistered',
    });
    account.elb('DeregisterTargets', { TargetGroupArn, Targets: [target] }); // no error
  });

  it('starts again for a target that is registered while it drains', async () => {
    const { account, group, TargetGroupArn, target, state } = withTarget();
    account.listener(account.balancer(), group);
    await account.advance(300 * SECONDS);
    account.elb('DeregisterTargets', { TargetGroupArn, Targets: [target] });
    account.elb('RegisterTargets', { TargetGroupArn, Targets: [target] });
    expect(state()).toEqual([['initial', 'Elb.RegistrationInProgress']]);
    await account.advance(600 * SECONDS);
    expect(state()).toEqual([['healthy', undefined]]);
  });
});

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

  it('within the VPC have the zone of their subnet', () => {
    const { account, TargetGroupArn, target } = withTarget();
    const input = { TargetGroupArn, Targets: [{ ...target, AvailabilityZone: 'all' }] };
    expect(account.refusal('RegisterTargets', input)?.message).toBe(
      `The IP address '${target.Id}' is within the VPC, and cannot have its Availability Zone overridden to 'all' from 'eu-west-1a'`,
    );
  });

  it('may be one address on two ports', () => {
    const { account, TargetGroupArn, target, health } = withTarget();
    account.elb('RegisterTargets', { TargetGroupArn, Targets: [target, { ...target, Port: 9090 }] });
    expect(health().map(({ Target }) => Target.Port)).toEqual([8080, 9090]);
    account.elb('DeregisterTargets', { TargetGroupArn, Targets: [{ ...target, Port: 9090 }] });
    expect(health().map(({ Target }) => Target.Port)).toEqual([8080]);
  });

  it('may be an application load balancer with a listener on that port, which then cannot be deleted', () => {
    const account = newAccount();
    const { TargetGroupArn } = account.targetGroup('alb', { TargetType: 'alb', Protocol: 'TCP', Port: 80 });
    const balancer = account.balancer();
    const Targets = [{ Id: balancer['LoadBalancerArn'] }];
    expect(account.refusal('RegisterTargets', { TargetGroupArn, Targets })).toMatchObject({
      code: 'InvalidConfigurationRequest',
    });
    const { ListenerArn } = account.listener(balancer, {}, { DefaultActions: [FIXED] });
    account.elb('RegisterTargets', { TargetGroupArn, Targets });
    expect(account.refusal('DeleteListener', { ListenerArn })).toEqual({
      code: 'ResourceInUse',
      message: `Listener port '80' is in use by registered target '${balancer['LoadBalancerArn']}' and cannot be removed.`,
      status: 400,
    });
    expect(account.refusal('DeleteLoadBalancer', { LoadBalancerArn: balancer['LoadBalancerArn'] })).toMatchObject({
      code: 'ResourceInUse',
    });
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
