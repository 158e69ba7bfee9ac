import { expect, it } from 'vitest';
import { ALL, BALANCER, SERVER, verdict } from './verdict.js';
import { connectedWorld, listenerAcl, networkAcl, rule, type World } from './world.js';

function multiZone({ cloud }: World): string | undefined {
  const { Zones } = cloud.cloudapi('DescribeZones') as { Zones?: { Zone: { ZoneId: string }[] } };
  return Zones?.Zone.find(({ ZoneId }) => ZoneId.includes('('))?.ZoneId;
}

const conventional = async (world: World) => {
  const { InstanceId = '' } = world.cloud.cloudapi('CreateInstance', {
    InstanceName: 'conventional',
    InstanceSpec: 'api.s1.small',
    ChargeType: 'PostPaid',
    HttpsPolicy: 'HTTPS2_TLS1_2',
    InstanceType: 'normal',
    ZoneId: multiZone(world),
    Token: 'conventional',
  }) as { InstanceId?: string };
  await world.cloud.sim.advance(60 * 60_000);
  return { ...world, linkId: InstanceId };
};
const allow = ({ cloud, vpcId: VpcId }: World, InstanceId: string) =>
  cloud.cloudapi('SetVpcAccess', { Name: 'backend', VpcId, InstanceId, Port: 80 });

it('need an authorization of the resource and port, and a group that allows their block', async () => {
  const world = await conventional(await connectedWorld());
  expect(verdict(world, SERVER)).toBe('no: authorization');
  allow(world, world.serverId);
  expect(verdict(world, SERVER, 81)).toBe('no: authorization');
  expect(verdict(world, BALANCER)).toBe('no: authorization');
  expect(verdict(world, SERVER)).toBe('no: security-group-in');
  rule(world, 'in', world.groups.server, { SourceCidrIp: '100.104.0.0/16' });
  expect(verdict(world, SERVER)).toBe('yes');
  expect(verdict(world, world.serverId)).toBe('yes');
  rule(world, 'in', world.groups.server, { SourceCidrIp: ALL, Policy: 'drop', Priority: '1', PortRange: '80/80' });
  expect(verdict(world, SERVER)).toBe('no: security-group-in');
});

it('are blocked by a rule that blocks one address of their block', async () => {
  const world = await conventional(await connectedWorld());
  allow(world, world.serverId);
  rule(world, 'in', world.groups.server, { SourceCidrIp: '100.104.0.0/16' });
  const { Instances } = world.cloud.cloudapi('DescribeInstances', { InstanceId: world.linkId }) as {
    Instances?: { InstanceAttribute: { VpcEgressAddress: string }[] };
  };
  const block = Instances?.InstanceAttribute[0]?.VpcEgressAddress ?? '';
  const one = block.replace(/\/26$/, '/32');
  networkAcl(world, world.vSwitches.back, {
    in: [`drop tcp 80/80 ${one}`, 'accept all -1/-1 0.0.0.0/0'],
    out: ['accept all -1/-1 0.0.0.0/0'],
  });
  expect(verdict(world, SERVER)).toBe('no: network-acl-in');
  const other = await conventional(await connectedWorld());
  allow(other, other.serverId);
  rule(other, 'in', other.groups.server, { SourceCidrIp: '100.104.0.0/16', Priority: '2' });
  expect(verdict(other, SERVER)).toBe('yes');
  rule(other, 'in', other.groups.server, { SourceCidrIp: one, Policy: 'drop' });
  expect(verdict(other, SERVER)).toBe('no: security-group-in');
});

it('reach a load balancer whose list allows their block', async () => {
  const world = await conventional(await connectedWorld());
  allow(world, world.loadBalancerId);
  expect(verdict(world, BALANCER)).toBe('yes');
  listenerAcl(world, { LoadBalancerId: world.loadBalancerId, ListenerPort: 80 }, 'white', ['10.0.0.0/8']);
  expect(verdict(world, BALANCER)).toBe('no: listener-acl');
});

it('reach nothing before they run, and no target that does not exist', async () => {
  const world = await connectedWorld();
  expect(verdict({ ...world, linkId: 'api-shared-vpc-001' }, SERVER)).toMatch(/^no: /);
  expect(world.cloud.sim.connects('apigateway-hz-none', SERVER, 80)).toMatchObject({
    connects: false,
    because: 'No cloud has a link apigateway-hz-none.',
  });
  const { InstanceId = '' } = world.cloud.cloudapi('CreateInstance', {
    InstanceName: 'late',
    InstanceSpec: 'api.s1.small',
    ChargeType: 'PostPaid',
    HttpsPolicy: 'HTTPS2_TLS1_2',
    ZoneId: multiZone(world),
    Token: 'late',
  }) as { InstanceId?: string };
  expect(verdict({ ...world, linkId: InstanceId }, SERVER)).toBe('no: link');
});
