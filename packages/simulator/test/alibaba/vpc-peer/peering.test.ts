import { expect, it } from 'vitest';
import { simulate } from '../../../src/index.js';

const HERE = 'cn-hangzhou';
const THERE = 'cn-beijing';

async function peered() {
  const simulation = simulate({ seed: 3 });
  const call = (product: 'Vpc' | 'VpcPeer', action: string, input: object, region = HERE): any =>
    simulation.callAlibaba({ product, action, region }, input as Readonly<Record<string, unknown>>);
  const { VpcId } = call('Vpc', 'CreateVpc', { CidrBlock: '10.0.0.0/16' });
  const { VpcId: other } = call('Vpc', 'CreateVpc', { CidrBlock: '172.16.0.0/12' }, THERE);
  const ask = { VpcId, AcceptingVpcId: other, AcceptingRegionId: THERE };
  const { InstanceId } = call('VpcPeer', 'CreateVpcPeerConnection', ask);
  return { simulation, call, VpcId, other, ask, InstanceId: InstanceId as string };
}

it('becomes active automatically within one account, and is listed in both regions with both sides', async () => {
  const { simulation, call, VpcId, other, InstanceId } = await peered();
  const read = () => call('VpcPeer', 'GetVpcPeerConnectionAttribute', { InstanceId });
  expect(read().Status).toBe('Creating');
  await simulation.advance(5_000);
  expect(read()).toMatchObject({ Status: 'Activated', Vpc: { VpcId, Ipv4Cidrs: ['10.0.0.0/16'] } });
  for (const region of [HERE, THERE]) {
    const { VpcPeerConnects, TotalCount } = call('VpcPeer', 'ListVpcPeerConnections', {}, region);
    expect(TotalCount).toBe(1);
    expect(VpcPeerConnects).toMatchObject([{ InstanceId, AcceptingVpc: { VpcId: other }, AcceptingRegionId: THERE }]);
  }
  expect(call('VpcPeer', 'ListVpcPeerConnections', {}, 'cn-shanghai').TotalCount).toBe(0);
  expect(call('VpcPeer', 'ListVpcPeerConnections', { VpcId: ['vpc-x'] }).TotalCount).toBe(0);
});

it('is refused twice between the same VPCs, with itself, and with a VPC that does not exist', async () => {
  const { call, ask, VpcId } = await peered();
  const create = (more: object) => () => call('VpcPeer', 'CreateVpcPeerConnection', { ...ask, ...more });
  expect(create({})).toThrow('cannot be created');
  expect(create({ AcceptingVpcId: VpcId, AcceptingRegionId: HERE })).toThrow('cannot be created');
  expect(create({ AcceptingVpcId: 'vpc-x' })).toThrow('vpc-x is not found');
});

it('waits for another account, which is not simulated', async () => {
  const { simulation, call, ask } = await peered();
  const foreign = { ...ask, AcceptingVpcId: 'vpc-foreign', AcceptingAliUid: 1234567890123456 };
  const { InstanceId } = call('VpcPeer', 'CreateVpcPeerConnection', foreign);
  await simulation.advance(60_000);
  expect(call('VpcPeer', 'GetVpcPeerConnectionAttribute', { InstanceId }).Status).toBe('Accepting');
  expect(() => call('VpcPeer', 'AcceptVpcPeerConnection', { InstanceId })).toThrow('status');
});

it('is not deleted while routes use it, nor are its VPCs', async () => {
  const { simulation, call, VpcId, InstanceId } = await peered();
  const { VpcId: _, ...vpc } = call('Vpc', 'DescribeVpcAttribute', { VpcId });
  expect(vpc.CidrBlock).toBe('10.0.0.0/16');
  const [table] = call('Vpc', 'DescribeRouteTableList', { VpcId }).RouterTableList.RouterTableListType;
  const hop = { NextHopType: 'VpcPeer', NextHopId: InstanceId, DestinationCidrBlock: '172.16.0.0/12' };
  call('Vpc', 'CreateRouteEntry', { RouteTableId: table.RouteTableId, ...hop });
  expect(() => call('VpcPeer', 'DeleteVpcPeerConnection', { InstanceId })).toThrow('dependent route entries');
  expect(() => call('Vpc', 'DeleteVpc', { VpcId })).toThrow('dependent');
  const saved = JSON.parse(JSON.stringify(simulation.world())) as unknown;
  const again = simulate();
  again.load(saved);
  const there = { product: 'VpcPeer', action: 'ListVpcPeerConnections', region: HERE } as const;
  expect(again.callAlibaba(there, {})).toMatchObject({ TotalCount: 1 });
  call('VpcPeer', 'DeleteVpcPeerConnection', { InstanceId, Force: true });
  call('Vpc', 'DeleteVpc', { VpcId });
  expect(() => call('VpcPeer', 'GetVpcPeerConnectionAttribute', { InstanceId })).toThrow('is not found');
});
