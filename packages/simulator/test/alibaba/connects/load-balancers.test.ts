import { expect, it } from 'vitest';
import { ALL, BALANCER, verdict, type Verdict } from './verdict.js';
import { connectedWorld, listenerAcl, networkAcl, rule, serverGroup, type World } from './world.js';

it.each<[string, (world: World, at: Record<string, unknown>) => unknown, Verdict]>([
  ['the world as created', () => 0, 'yes'],
  ['the listener stopped', ({ cloud }, at) => cloud.slb('StopLoadBalancerListener', at), 'no: listener'],
  ['the listener deleted', ({ cloud }, at) => cloud.slb('DeleteLoadBalancerListener', at), 'no: listener'],
  [
    'inactive',
    ({ cloud, loadBalancerId }) =>
      cloud.slb('SetLoadBalancerStatus', { LoadBalancerId: loadBalancerId, LoadBalancerStatus: 'inactive' }),
    'no: listener',
  ],
  [
    'UDP only',
    ({ cloud }, at) => {
      cloud.slb('DeleteLoadBalancerListener', at);
      cloud.slb('CreateLoadBalancerUDPListener', { ...at, BackendServerPort: 80 });
      cloud.slb('StartLoadBalancerListener', at);
    },
    'no: listener',
  ],
  ['a white list without zone k', (world, at) => listenerAcl(world, at, 'white', ['10.0.1.0/24']), 'no: listener-acl'],
  ['a white list with both zones', (world, at) => listenerAcl(world, at, 'white', ['10.0.0.0/16']), 'yes'],
  ['an empty white list allows all callers', (world, at) => listenerAcl(world, at, 'white', []), 'yes'],
  ['a black list with zone k', (world, at) => listenerAcl(world, at, 'black', ['10.0.2.0/24']), 'no: listener-acl'],
  ['a black list of other blocks', (world, at) => listenerAcl(world, at, 'black', ['10.0.9.0/24']), 'yes'],
  [
    'no server',
    ({ cloud, loadBalancerId, serverId }) =>
      cloud.slb('RemoveBackendServers', { LoadBalancerId: loadBalancerId, BackendServers: `["${serverId}"]` }),
    'no: backend-servers',
  ],
  [
    'a server without weight',
    ({ cloud, loadBalancerId, serverId }) =>
      cloud.slb('SetBackendServers', {
        LoadBalancerId: loadBalancerId,
        BackendServers: `[{"ServerId":"${serverId}","Weight":0}]`,
      }),
    'no: backend-servers',
  ],
  ['a vServer group', (world, at) => serverGroup(world, at, [{ Port: '80', Weight: '100' }]), 'yes'],
  [
    'a vServer group without weight, whatever the other servers have',
    (world, at) => serverGroup(world, at, [{ Port: '80', Weight: '0' }]),
    'no: backend-servers',
  ],
  ['a vServer group without servers', (world, at) => serverGroup(world, at, []), 'no: backend-servers'],
  [
    'a vServer group with its own port, which the network ACL of the server’s vSwitch allows',
    (world, at) => {
      serverGroup(world, at, [{ Port: '9000', Weight: '100' }]);
      networkAcl(world, world.vSwitches.back, {
        in: ['accept tcp 9000/9000 10.0.0.0/16'],
        out: ['accept all -1/-1 0.0.0.0/0'],
      });
      rule(world, 'in', world.groups.server, { SourceCidrIp: '10.0.0.0/16', PortRange: '9000/9000' });
    },
    'yes',
  ],
  [
    'a vServer group on a port on which the group of its server does not allow clients',
    (world, at) => serverGroup(world, at, [{ Port: '9000', Weight: '100' }]),
    'undecided: security-group-in',
  ],
  [
    'a vServer group with a port that the server’s network ACL denies',
    (world, at) => {
      serverGroup(world, at, [
        { Port: '80', Weight: '100' },
        { Port: '9000', Weight: '100' },
      ]);
      networkAcl(world, world.vSwitches.back, {
        in: ['accept tcp 80/80 10.0.0.0/16'],
        out: ['accept all -1/-1 0.0.0.0/0'],
      });
    },
    'no: network-acl-in',
  ],
  [
    'outbound denied by a group',
    (world) => rule(world, 'out', world.groups.j, { DestCidrIp: '10.0.3.20', Policy: 'drop' }),
    'no: security-group-out',
  ],
  [
    'not a member of any group',
    ({ cloud, groups, serverId }) => {
      for (const SecurityGroupId of [groups.j, groups.k]) {
        cloud.ecs('JoinSecurityGroup', { InstanceId: serverId, SecurityGroupId });
        cloud.ecs('AuthorizeSecurityGroupEgress', {
          SecurityGroupId,
          IpProtocol: 'all',
          PortRange: '-1/-1',
          DestCidrIp: ALL,
          Policy: 'drop',
        });
      }
    },
    'no: security-group-out',
  ],
])('load balancers: %s', async (_what, change, expected) => {
  const world = await connectedWorld();
  change(world, { LoadBalancerId: world.loadBalancerId, ListenerPort: 80 });
  expect(verdict(world, BALANCER)).toBe(expected);
  expect(verdict(world, world.loadBalancerId)).toBe(expected);
});
