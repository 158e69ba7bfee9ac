import { describe, expect, it } from 'vitest';
import { connectedWorld, networkAcl, REGION, SERVER, verdict, type Verdict, type World } from './world.js';

const ACCOUNT = '111122223333';

/** A load balancer in the server's zone and the other one, with a listener on port 80 that forwards to the server. */
async function balanced(world: World, Type: 'application' | 'network', more: object = {}) {
  const { elb, subnets, groups, vpcId, sim } = world;
  const [{ LoadBalancerArn }] = elb('CreateLoadBalancer', {
    Name: 'shop',
    Type,
    Scheme: 'internal',
    Subnets: [subnets.back, subnets.back2],
    ...(Type === 'application' && { SecurityGroups: [groups.server] }),
    ...more,
  }).LoadBalancers;
  const Protocol = Type === 'application' ? 'HTTP' : 'TCP';
  const group = (Name: string): string =>
    elb('CreateTargetGroup', { Name, Protocol, Port: 80, VpcId: vpcId, TargetType: 'ip' }).TargetGroups[0]
      .TargetGroupArn;
  const targetGroupArn = group('orders');
  elb('RegisterTargets', { TargetGroupArn: targetGroupArn, Targets: [{ Id: SERVER }] });
  const [{ ListenerArn }] = elb('CreateListener', {
    LoadBalancerArn,
    Protocol,
    Port: 80,
    DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroupArn }],
  }).Listeners;
  await sim.advance(600_000);
  return { LoadBalancerArn, targetId: ListenerArn as string, targetGroupArn, group };
}

describe('load balancers', () => {
  it.each<[string, Verdict, (world: World) => Promise<string>]>([
    ['an application one', 'yes', async (world) => (await balanced(world, 'application')).targetId],
    [
      'a network one balances within zones, and has a server in one of the two only',
      'no: zone',
      async (world) => (await balanced(world, 'network')).targetId,
    ],
    [
      'a network one across zones',
      'yes',
      async (world) => {
        const { LoadBalancerArn, targetId } = await balanced(world, 'network');
        const Attributes = [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }];
        world.elb('ModifyLoadBalancerAttributes', { LoadBalancerArn, Attributes });
        return targetId;
      },
    ],
    [
      'a target group that says so by itself',
      'yes',
      async (world) => {
        const { targetGroupArn: TargetGroupArn, targetId } = await balanced(world, 'network');
        const Attributes = [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }];
        world.elb('ModifyTargetGroupAttributes', { TargetGroupArn, Attributes });
        return targetId;
      },
    ],
    [
      'a server in each zone',
      'yes',
      async (world) => {
        const { targetGroupArn: TargetGroupArn, targetId } = await balanced(world, 'network');
        world.server(world.subnets.back2, world.groups.server, '10.0.4.10');
        world.elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id: '10.0.4.10' }] });
        await world.sim.advance(600_000);
        return targetId;
      },
    ],
    [
      'a server in each zone, one of them ill',
      'no: zone',
      async (world) => {
        const { targetGroupArn, targetId } = await balanced(world, 'network');
        world.server(world.subnets.back2, world.groups.server, '10.0.4.10');
        world.elb('RegisterTargets', { TargetGroupArn: targetGroupArn, Targets: [{ Id: '10.0.4.10' }] });
        await world.sim.advance(600_000);
        world.plant({ kind: 'target-health', targetGroupArn, targetId: '10.0.4.10', state: 'unhealthy' });
        return targetId;
      },
    ],
    [
      'nobody is healthy',
      'no: target-health',
      async (world) => {
        const { targetGroupArn, targetId } = await balanced(world, 'application');
        world.plant({ kind: 'target-health', targetGroupArn, targetId: SERVER, state: 'unhealthy' });
        return targetId;
      },
    ],
    [
      'nobody is registered',
      'no: target-health',
      async (world) => {
        const { targetGroupArn: TargetGroupArn, targetId } = await balanced(world, 'application');
        world.elb('DeregisterTargets', { TargetGroupArn, Targets: [{ Id: SERVER }] });
        return targetId;
      },
    ],
    [
      'a redirect',
      'no: listener',
      async (world) => {
        const { targetId: ListenerArn } = await balanced(world, 'application');
        const RedirectConfig = { StatusCode: 'HTTP_301', Protocol: 'HTTPS', Port: '443' };
        world.elb('ModifyListener', { ListenerArn, DefaultActions: [{ Type: 'redirect', RedirectConfig }] });
        return ListenerArn;
      },
    ],
    [
      'a fixed answer with a rule that forwards',
      'yes',
      async (world) => {
        const { targetId: ListenerArn, targetGroupArn: TargetGroupArn } = await balanced(world, 'application');
        world.elb('CreateRule', {
          ListenerArn,
          Priority: 1,
          Conditions: [{ Field: 'path-pattern', Values: ['/orders/*'] }],
          Actions: [{ Type: 'forward', TargetGroupArn }],
        });
        const FixedResponseConfig = { StatusCode: '404' };
        world.elb('ModifyListener', { ListenerArn, DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig }] });
        return ListenerArn;
      },
    ],
    [
      'a group without weight does not count',
      'no: target-health',
      async (world) => {
        const { targetId: ListenerArn, targetGroupArn, group } = await balanced(world, 'application');
        const TargetGroups = [
          { TargetGroupArn: targetGroupArn, Weight: 0 },
          { TargetGroupArn: group('carts'), Weight: 1 },
        ];
        const DefaultActions = [{ Type: 'forward', ForwardConfig: { TargetGroups } }];
        world.elb('ModifyListener', { ListenerArn, DefaultActions });
        return ListenerArn;
      },
    ],
    [
      'the load balancer’s group',
      'no: security-group-in',
      async (world) => {
        const { targetId } = await balanced(world, 'application');
        world.ec2('RevokeSecurityGroupIngress', {
          GroupId: world.groups.server,
          SecurityGroupRuleIds: world.rules.server,
        });
        return targetId;
      },
    ],
    [
      'a network one with a group',
      'no: security-group-in',
      async (world) => {
        const SecurityGroups = [world.group(world.vpcId, 'closed')];
        return (await balanced(world, 'network', { SecurityGroups })).targetId;
      },
    ],
    [
      'the network ACL of one of its subnets',
      'no: network-acl-in',
      async (world) => {
        const { targetId } = await balanced(world, 'application');
        networkAcl(world, world.subnets.back2, []);
        return targetId;
      },
    ],
    [
      'a listener that is gone',
      'no: target',
      async (world) => {
        const { targetId: ListenerArn } = await balanced(world, 'application');
        world.elb('DeleteListener', { ListenerArn });
        return ListenerArn;
      },
    ],
  ])('%s: %s', async (_what, expected, make) => {
    const world = await connectedWorld();
    const targetId = await make(world);
    expect(verdict(world, { targetId }, 'its own')).toBe(expected);
  });

  it('are called at each of their addresses, from each zone', async () => {
    const world = await connectedWorld();
    const { LoadBalancerArn, targetId } = await balanced(world, 'application');
    const { sources } = world.connects({ targetId });
    expect(sources).toHaveLength(4);
    expect(new Set(sources.map(({ to }) => to)).size).toBe(2);
    expect(new Set(sources.map(({ zoneId }) => zoneId)).size).toBe(2);
    const [address = ''] = sources.map(({ to }) => to);
    expect(verdict(world, address, 80)).toBe('yes');
    expect(verdict(world, address, 81)).toBe('no: security-group-in');
    expect(verdict(world, { targetId: LoadBalancerArn }, 80)).toBe('yes');
    expect(verdict(world, { targetId: LoadBalancerArn }, 'its own')).toBe('no: target');
  });

  it('say no to ports without a listener', async () => {
    const world = await connectedWorld();
    const { LoadBalancerArn } = await balanced(world, 'network');
    expect(verdict(world, { targetId: LoadBalancerArn }, 443)).toBe('no: listener');
  });

  it('serve once they are there', async () => {
    const world = await connectedWorld();
    const { subnets, elb } = world;
    const [{ LoadBalancerArn }] = elb('CreateLoadBalancer', {
      Name: 'young',
      Type: 'network',
      Scheme: 'internal',
      Subnets: [subnets.back],
    }).LoadBalancers;
    expect(verdict(world, { targetId: LoadBalancerArn }, 80)).toBe('no: listener');
    expect(world.connects({ targetId: LoadBalancerArn }, 80).because).toBe('Load balancer young is provisioning.');
  });
});

describe('services of Cloud Map', () => {
  const service = async (world: World, instances: Readonly<Record<string, Record<string, string>>>) => {
    const map = (operation: string, input: object) => world.call('servicediscovery', operation, input);
    map('CreateHttpNamespace', { Name: 'shop' });
    await world.sim.advance(60_000);
    const [{ Id: NamespaceId }] = map('ListNamespaces', {}).Namespaces;
    const { Id: ServiceId, Arn } = map('CreateService', {
      Name: 'orders',
      NamespaceId,
      HealthCheckCustomConfig: {},
    }).Service;
    for (const [InstanceId, Attributes] of Object.entries(instances)) {
      map('RegisterInstance', { ServiceId, InstanceId, Attributes });
    }
    await world.sim.advance(60_000);
    const ill = (InstanceId: string) =>
      map('UpdateInstanceCustomHealthStatus', { ServiceId, InstanceId, Status: 'UNHEALTHY' });
    return { targetId: Arn as string, ill };
  };
  const at = (AWS_INSTANCE_IPV4: string, more: Record<string, string> = { AWS_INSTANCE_PORT: '80' }) => ({
    AWS_INSTANCE_IPV4,
    ...more,
  });

  it.each<[string, Verdict, Readonly<Record<string, Record<string, string>>>]>([
    ['an instance', 'yes', { a: at(SERVER) }],
    ['none', 'no: target', {}],
    ['no port', 'no: target', { a: at(SERVER, {}) }],
    ['another port', 'no: security-group-in', { a: at(SERVER, { AWS_INSTANCE_PORT: '8080' }) }],
    ['one of them is nobody’s address', 'no: target', { a: at(SERVER), b: at('10.0.3.99') }],
  ])('%s: %s', async (_what, expected, instances) => {
    const world = await connectedWorld();
    const { targetId } = await service(world, instances);
    expect(verdict(world, { targetId }, 'its own')).toBe(expected);
  });

  it('count without those that are ill', async () => {
    const world = await connectedWorld();
    const { targetId, ill } = await service(world, { a: at(SERVER), b: at('10.0.3.99') });
    ill('b');
    expect(verdict(world, { targetId }, 'its own')).toBe('yes');
    ill('a');
    expect(verdict(world, { targetId }, 'its own')).toBe('no: target-health');
  });

  it('are narrowed by the query of the integration', async () => {
    const world = await connectedWorld();
    const { targetId } = await service(world, {
      a: at(SERVER, { AWS_INSTANCE_PORT: '80', version: '2' }),
      b: at('10.0.3.99', { AWS_INSTANCE_PORT: '80', version: '1' }),
    });
    expect(verdict(world, { targetId: `${targetId}?version=2` }, 'its own')).toBe('yes');
    expect(verdict(world, { targetId: `${targetId}?version=3` }, 'its own')).toBe('no: target');
  });

  it('must exist', async () => {
    const world = await connectedWorld();
    const targetId = `arn:aws:servicediscovery:${REGION}:${ACCOUNT}:service/srv-nothing`;
    expect(verdict(world, { targetId }, 'its own')).toBe('no: target');
  });
});
