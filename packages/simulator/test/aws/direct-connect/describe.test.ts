import { expect, it } from 'vitest';
import { simulate, type Planted, type ServiceError } from '../../../src/internal/simulation.js';

const REGION = 'eu-west-1';

function lines() {
  const sim = simulate({ seed: 7 });
  const call = (operation: string, input: object = {}, region = REGION): any =>
    sim.call({ service: 'directconnect', operation, region }, input);
  const plant = (planted: Planted) => sim.plant(REGION, planted);
  const { VpnGatewayId: virtualGatewayId } = (
    sim.call({ service: 'ec2', operation: 'CreateVpnGateway', region: REGION }, { Type: 'ipsec.1' }) as any
  ).VpnGateway;
  return { sim, call, plant, virtualGatewayId };
}

const code = (act: () => unknown): string => {
  try {
    act();
    return 'none';
  } catch (error) {
    return (error as ServiceError).code;
  }
};

it('is empty before anything is planted', () => {
  const { call } = lines();
  expect(call('DescribeVirtualInterfaces').virtualInterfaces).toEqual([]);
});

it('describes a private virtual interface, but not the announced routes', () => {
  const { call, plant, virtualGatewayId } = lines();
  const id = plant({ kind: 'virtual-interface', virtualGatewayId, announces: ['192.168.0.0/16'] });
  expect(id).toMatch(/^dxvif-[0-9a-f]{8}$/);
  const { virtualInterfaces } = call('DescribeVirtualInterfaces', { virtualInterfaceId: id });
  expect(virtualInterfaces).toMatchObject([
    {
      virtualInterfaceId: id,
      virtualInterfaceType: 'private',
      virtualInterfaceState: 'available',
      virtualGatewayId,
      bgpPeers: [{ bgpStatus: 'up', bgpPeerState: 'available' }],
    },
  ]);
  expect(JSON.stringify(virtualInterfaces)).not.toContain('192.168.');
  const { connectionId } = virtualInterfaces[0];
  expect(call('DescribeVirtualInterfaces', { connectionId }).virtualInterfaces).toHaveLength(1);
  expect(call('DescribeVirtualInterfaces', { connectionId: 'dxcon-none' }).virtualInterfaces).toEqual([]);
});

it('describes associations of gateways', () => {
  const { call, plant, virtualGatewayId } = lines();
  const directConnectGatewayId = plant({ kind: 'direct-connect-gateway', name: 'main' });
  const id = plant({
    kind: 'direct-connect-association',
    directConnectGatewayId,
    gatewayId: virtualGatewayId,
    allowedPrefixes: ['10.0.0.0/16'],
  });
  for (const input of [
    { directConnectGatewayId },
    { associationId: id },
    { virtualGatewayId },
    { associatedGatewayId: virtualGatewayId },
  ]) {
    expect(call('DescribeDirectConnectGatewayAssociations', input).directConnectGatewayAssociations).toMatchObject([
      {
        associationId: id,
        associationState: 'associated',
        associatedGateway: { id: virtualGatewayId, type: 'virtualPrivateGateway', region: REGION },
        allowedPrefixesToDirectConnectGateway: [{ cidr: '10.0.0.0/16' }],
      },
    ]);
  }
  expect(code(() => call('DescribeDirectConnectGatewayAssociations'))).toBe('DirectConnectClientException');
});

it('limits pages that are requested too large', () => {
  const { call, plant, virtualGatewayId } = lines();
  for (let n = 0; n < 101; n += 1) plant({ kind: 'virtual-interface', virtualGatewayId, announces: [] });
  const first = call('DescribeVirtualInterfaces', { maxResults: 1000 });
  expect(first.virtualInterfaces).toHaveLength(100);
  expect(call('DescribeVirtualInterfaces', { nextToken: first.nextToken }).virtualInterfaces).toHaveLength(1);
});

it.each<[string, Planted]>([
  ['two ends', { kind: 'virtual-interface', virtualGatewayId: 'a', directConnectGatewayId: 'b', announces: [] }],
  ['no end', { kind: 'virtual-interface', announces: [] }],
  ['no such gateway', { kind: 'virtual-interface', virtualGatewayId: 'vgw-none', announces: [] }],
  ['no such line', { kind: 'vpn-device', vpnConnectionId: 'vpn-none', tunnels: 'UP' }],
  ['no such VPC', { kind: 'peering-request', vpcId: 'vpc-none', from: { ownerId: 'o', vpcId: 'v', cidrBlock: 'x' } }],
  ['no such target group', { kind: 'target-health', targetGroupArn: 'arn', targetId: 'i' }],
  ['no such interface', { kind: 'ipv6-address', networkInterfaceId: 'eni-none', address: '::1' }],
  ['no such association', { kind: 'direct-connect-association', directConnectGatewayId: 'x', gatewayId: 'y' }],
])('is not planted with %s', (_what, planted) => {
  const { plant } = lines();
  expect(() => plant(planted)).toThrow(RangeError);
});

it('answers over the wire', async () => {
  const { sim, plant, virtualGatewayId } = lines();
  plant({ kind: 'virtual-interface', virtualGatewayId, announces: [] });
  const { directConnect } = sim.clients(REGION);
  expect((await directConnect.describeVirtualInterfaces({})).virtualInterfaces).toHaveLength(1);
  await expect(directConnect.describeDirectConnectGatewayAssociations({})).rejects.toMatchObject({
    name: 'DirectConnectClientException',
  });
});
