import { describe, expect, it } from 'vitest';
import { ALL, SERVER, verdict, zones, type Verdict } from './verdict.js';
import { connectedWorld, rule, type World } from './world.js';

describe('a VPC integration instance and an ECS instance', () => {
  it.each<[string, (world: World) => unknown, Verdict]>([
    ['the world as created', () => 0, 'yes'],
    [
      'the server stopped',
      async ({ cloud, serverId }) => {
        cloud.ecs('StopInstance', { InstanceId: serverId });
        await cloud.sim.advance(60_000);
      },
      'no: target',
    ],
    [
      'the block removed',
      async ({ cloud, linkId }) => {
        cloud.cloudapi('ModifyInstanceAttribute', { InstanceId: linkId, DeleteVpcIpBlock: '10.0.3.0/24', Token: 'd' });
        await cloud.sim.advance(60 * 60_000);
      },
      'no: accessible-blocks',
    ],
    [
      'another port opened, this one dropped at a smaller priority',
      (world) => rule(world, 'in', world.groups.server, { SourceCidrIp: '10.0.0.0/8', Policy: 'drop', Priority: '1' }),
      'no: security-group-in',
    ],
    [
      'a drop of the same priority precedes, whatever its prefix',
      (world) => rule(world, 'in', world.groups.server, { SourceCidrIp: ALL, Policy: 'drop' }),
      'no: security-group-in',
    ],
    [
      'a drop of a larger priority number has no effect',
      (world) => rule(world, 'in', world.groups.server, { SourceCidrIp: ALL, Policy: 'drop', Priority: '2' }),
      'yes',
    ],
    [
      'a drop of another port',
      (world) => rule(world, 'in', world.groups.server, { SourceCidrIp: ALL, Policy: 'drop', PortRange: '81/90' }),
      'yes',
    ],
    [
      'a drop of UDP',
      (world) => rule(world, 'in', world.groups.server, { SourceCidrIp: ALL, Policy: 'drop', IpProtocol: 'udp' }),
      'yes',
    ],
    [
      'a drop of everything',
      (world) =>
        rule(world, 'in', world.groups.server, {
          SourceCidrIp: ALL,
          Policy: 'drop',
          IpProtocol: 'all',
          PortRange: '-1/-1',
        }),
      'no: security-group-in',
    ],
    [
      'outbound of one zone denied by its group: half of the calls fail',
      (world) => rule(world, 'out', world.groups.k, { DestCidrIp: '10.0.3.0/24', Policy: 'drop' }),
      'no: security-group-out',
    ],
    [
      'the group of a zone named by id',
      (world) => rule(world, 'in', world.groups.server, { SourceGroupId: world.groups.j, Policy: 'drop' }),
      'no: security-group-in',
    ],
    [
      'the target named by its group',
      (world) => rule(world, 'out', world.groups.j, { DestGroupId: world.groups.server, Policy: 'drop' }),
      'no: security-group-out',
    ],
    [
      'a prefix list that contains zone k',
      (world) => {
        const list = { PrefixListName: 'zone', AddressFamily: 'IPv4', MaxEntries: 1, Entry: [{ Cidr: '10.0.2.0/24' }] };
        const { PrefixListId = '' } = world.cloud.ecs('CreatePrefixList', list) as { PrefixListId?: string };
        rule(world, 'in', world.groups.server, { SourcePrefixListId: PrefixListId, Policy: 'drop' });
      },
      'no: security-group-in',
    ],
    [
      'a port that no rule allows',
      ({ cloud, groups }) => {
        cloud.ecs('RevokeSecurityGroup', {
          SecurityGroupId: groups.server,
          IpProtocol: 'tcp',
          PortRange: '80/80',
          SourceCidrIp: '10.0.0.0/16',
        });
      },
      'no: security-group-in',
    ],
  ])('%s', async (_what, change, expected) => {
    const world = await connectedWorld();
    await change(world);
    expect(verdict(world, SERVER)).toBe(expected);
  });

  it.each<[string, 'Accept' | 'Drop', Verdict]>([
    ['members of one basic group reach one another, and no rule forbids it', 'Accept', 'yes'],
    ['unless the group isolates its members', 'Drop', 'no: security-group-out'],
  ])('%s (%s)', async (_what, InnerAccessPolicy, expected) => {
    const world = await connectedWorld();
    const { cloud, groups, serverId } = world;
    for (const zone of [groups.j, groups.k]) {
      rule(world, 'out', zone, { DestCidrIp: ALL, Policy: 'drop' });
      cloud.ecs('JoinSecurityGroup', { InstanceId: serverId, SecurityGroupId: zone });
      cloud.ecs('ModifySecurityGroupPolicy', { SecurityGroupId: zone, InnerAccessPolicy });
    }
    rule(world, 'in', groups.server, { SourceCidrIp: ALL, Policy: 'drop' });
    expect(verdict(world, SERVER)).toBe(expected);
  });

  it('advanced groups allow no outbound traffic by default', async () => {
    const world = await connectedWorld('enterprise');
    expect(verdict(world, SERVER)).toBe('no: security-group-out');
    for (const zone of [world.groups.j, world.groups.k]) rule(world, 'out', zone, { DestCidrIp: '10.0.3.10' });
    expect(verdict(world, SERVER)).toBe('yes');
  });

  it('reports the result of each zone', async () => {
    const world = await connectedWorld();
    rule(world, 'out', world.groups.k, { DestCidrIp: ALL, Policy: 'drop', PortRange: '1/1024' });
    expect(zones(world, SERVER)).toEqual({ 'cn-hangzhou-j': 'yes', 'cn-hangzhou-k': 'no: security-group-out' });
    expect(world.cloud.sim.connects(world.linkId, SERVER, 80).because).toContain(world.groups.k);
  });
});
