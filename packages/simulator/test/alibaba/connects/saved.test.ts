import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/index.js';
import { connectedWorld, rule } from './world.js';

describe('a saved world', () => {
  it('connects as before, and its instances continue', async () => {
    const world = await connectedWorld();
    const { cloud, linkId, serverId } = world;
    cloud.ecs('StopInstance', { InstanceId: serverId });
    const saved = JSON.parse(JSON.stringify(cloud.sim.world())) as unknown;
    const copy = simulate();
    copy.load(saved);
    expect(copy.connects(linkId, '10.0.3.10', 80)).toEqual(cloud.sim.connects(linkId, '10.0.3.10', 80));
    await copy.advance(60_000);
    copy.callAlibaba({ product: 'Ecs', action: 'StartInstance', region: 'cn-hangzhou' }, { InstanceId: serverId });
    await copy.advance(60_000);
    expect(copy.connects(linkId, '10.0.3.10', 80)).toMatchObject({ connects: true });
  });

  it('is evaluated by ValidateVpcConnectivity', async () => {
    const world = await connectedWorld();
    const { cloud, linkId, serverId, vpcId: VpcId } = world;
    const access = { Name: 'backend', VpcId, InstanceId: serverId, Port: 80 };
    const { VpcAccessId } = cloud.cloudapi('SetVpcAccess', access) as { VpcAccessId?: string };
    const ask = () => cloud.cloudapi('ValidateVpcConnectivity', { InstanceId: linkId, VpcAccessId });
    expect(ask()).toMatchObject({ Connected: true });
    rule(world, 'in', world.groups.server, { SourceCidrIp: '10.0.2.0/24', Policy: 'drop' });
    expect(ask()).toMatchObject({ Connected: false });
  });
});
