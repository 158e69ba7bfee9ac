import { expect, it } from 'vitest';
import { patchRow } from '../../patch-row.js';
import { SERVER, verdict } from './verdict.js';
import { connectedWorld } from './world.js';

it('an interface that is not attached does not answer calls', async () => {
  const world = await connectedWorld();
  const { cloud, vpcId: VpcId } = world;
  const statuses = () => {
    const answer = cloud.ecs('DescribeNetworkInterfaces', { VpcId, PrivateIpAddress: [SERVER] }) as {
      NetworkInterfaceSets?: { NetworkInterfaceSet: readonly { Status: string }[] };
    };
    return answer.NetworkInterfaceSets?.NetworkInterfaceSet.map(({ Status }) => Status);
  };
  expect(verdict(world, SERVER)).toBe('yes');
  expect(statuses()).toEqual(['InUse']);
  patchRow(world.cloud.sim, 'primaryIpAddress', SERVER, { status: 'Available', instanceId: undefined });
  expect(statuses()).toEqual(['Available']);
  expect(verdict(world, SERVER)).toBe('no: target');
});
