import { expect, it } from 'vitest';
import { runInstance } from '../ecs/account.js';
import { ALL, BALANCER, SERVER, verdict, zones, type Verdict } from './verdict.js';
import { connectedWorld, networkAcl } from './world.js';

const open = { in: [`accept all -1/-1 ${ALL}`], out: [`accept all -1/-1 ${ALL}`] };
const answers = 'accept tcp 1024/65535 0.0.0.0/0';
it.each<[string, 'j' | 'back', { in: readonly string[]; out: readonly string[] }, Verdict]>([
  ['a new one denies all outbound', 'j', { in: [], out: [] }, 'no: network-acl-out'],
  ['open both ways', 'j', open, 'yes'],
  ['outbound allowed, answers denied', 'j', { in: [], out: open.out }, 'no: network-acl-return'],
  ['outbound, and answers to all source ports', 'j', { in: [answers], out: open.out }, 'yes'],
  [
    'outbound, and answers to some of those ports',
    'j',
    { in: ['accept tcp 1024/40000 0.0.0.0/0'], out: open.out },
    'no: network-acl-return',
  ],
  [
    'outbound, and answers to all source ports but the first',
    'j',
    { in: ['accept tcp 1025/65535 0.0.0.0/0'], out: open.out },
    'yes',
  ],
  [
    'answers allowed by several entries',
    'j',
    { in: ['accept tcp 1024/40000 0.0.0.0/0', 'accept tcp 40001/65535 0.0.0.0/0'], out: open.out },
    'yes',
  ],
  [
    'the first match decides: accept, then drop',
    'j',
    { in: [answers], out: ['accept tcp 80/80 10.0.3.0/24', `drop all -1/-1 ${ALL}`] },
    'yes',
  ],
  [
    'the first match decides: drop, then accept',
    'j',
    { in: [answers], out: ['drop tcp 1/100 10.0.3.0/24', `accept all -1/-1 ${ALL}`] },
    'no: network-acl-out',
  ],
  ['one port in the middle dropped', 'j', { in: ['drop tcp 5000/5000 0.0.0.0/0', answers], out: open.out }, 'yes'],
  [
    'more than 1 % of the ports dropped',
    'j',
    { in: ['drop tcp 5000/5645 0.0.0.0/0', answers], out: open.out },
    'no: network-acl-return',
  ],
  [
    'a rule of UDP matches nothing',
    'j',
    { in: [answers], out: [`drop udp 1/65535 ${ALL}`, `accept all -1/-1 ${ALL}`] },
    'yes',
  ],
  ['at the target: no entry', 'back', { in: ['accept tcp 443/443 0.0.0.0/0'], out: open.out }, 'no: network-acl-in'],
  [
    'at the target: zone k is denied inbound',
    'back',
    { in: ['accept tcp 80/80 10.0.1.0/24'], out: open.out },
    'no: network-acl-in',
  ],
  [
    'at the target: inbound allowed, answers denied',
    'back',
    { in: open.in, out: ['accept tcp 80/80 0.0.0.0/0'] },
    'no: network-acl-return',
  ],
  [
    'at the target: both ways',
    'back',
    { in: ['accept tcp 80/80 10.0.0.0/16'], out: ['accept tcp 1024/65535 10.0.0.0/16'] },
    'yes',
  ],
])('%s (%s)', async (_what, at, rules, expected) => {
  const world = await connectedWorld();
  networkAcl(world, world.vSwitches[at], rules);
  expect(verdict(world, SERVER)).toBe(expected);
});

it('do not filter traffic inside one vSwitch', async () => {
  const world = await connectedWorld();
  const { cloud, vSwitches, groups } = world;
  runInstance(cloud, { VSwitchId: vSwitches.j, SecurityGroupId: groups.server, PrivateIpAddress: '10.0.1.99' });
  await cloud.sim.advance(60_000);
  networkAcl(world, vSwitches.j, { in: [], out: [] });
  expect(zones(world, '10.0.1.99')).toEqual({ 'cn-hangzhou-j': 'yes', 'cn-hangzhou-k': 'no: network-acl-in' });
});

it('do not filter calls to a load balancer, but calls to its servers', async () => {
  const world = await connectedWorld();
  networkAcl(world, world.vSwitches.back, {
    in: ['accept tcp 80/80 10.0.0.0/16'],
    out: ['accept tcp 1024/65535 10.0.0.0/16'],
  });
  expect(verdict(world, BALANCER)).toBe('yes');
  const { cloud, loadBalancerId: LoadBalancerId } = world;
  cloud.slb('CreateLoadBalancerHTTPListener', { LoadBalancerId, ListenerPort: 8080, BackendServerPort: 80 });
  cloud.slb('StartLoadBalancerListener', { LoadBalancerId, ListenerPort: 8080 });
  expect(verdict(world, BALANCER, 8080)).toBe('no: network-acl-in'); // its proxies call from 100.64.0.0/10
});
