import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { newAccount, newVpc, refusal } from './account.js';

const DAY_MS = 86_400_000;
const OTHER = '444455556666';

const two = (blocks: readonly [string, string] = ['10.0.0.0/16', '10.9.0.0/16']) => {
  const account = newAccount();
  const { ec2 } = account;
  const [VpcId, PeerVpcId] = [newVpc(ec2, blocks[0]), newVpc(ec2, blocks[1])];
  const ask = (more: object = {}): any =>
    ec2('CreateVpcPeeringConnection', { VpcId, PeerVpcId, ...more }).VpcPeeringConnection;
  const status = (id: string, region?: string): string =>
    ec2('DescribeVpcPeeringConnections', { VpcPeeringConnectionIds: [id] }, region).VpcPeeringConnections[0].Status
      .Code;
  const act = (verb: string, VpcPeeringConnectionId: string, region?: string): any =>
    ec2(`${verb}VpcPeeringConnection`, { VpcPeeringConnectionId }, region);
  return { ...account, VpcId, PeerVpcId, ask, status, act };
};

describe('a peering connection', () => {
  it.each<[string, [string, string], object]>([
    ['the VPCs overlap', ['10.0.0.0/16', '10.0.128.0/17'], {}],
    ['they are equal', ['10.0.0.0/16', '10.0.0.0/16'], {}],
    ['the VPC does not exist', ['10.0.0.0/16', '10.9.0.0/16'], { PeerVpcId: 'vpc-00000000000000000' }],
    ['it is in another region', ['10.0.0.0/16', '10.9.0.0/16'], { PeerRegion: 'eu-west-1' }],
  ])('has failed where %s', (_why, blocks, more) => {
    const { ask, status, act } = two(blocks);
    const { VpcPeeringConnectionId: id } = ask(more);
    expect(status(id)).toBe('failed');
    expect(() => act('Accept', id)).toThrow(/Incorrect region|Invalid state/);
  });

  it('exists once between two VPCs', () => {
    const { ask, act } = two();
    const { VpcPeeringConnectionId: id } = ask();
    expect(() => ask()).toThrow(refusal('VpcPeeringConnectionAlreadyExists'));
    act('Accept', id);
    expect(() => ask()).toThrow(refusal('VpcPeeringConnectionAlreadyExists'));
    act('Delete', id);
    expect(ask().VpcPeeringConnectionId).not.toBe(id);
  });

  it('may be requested by another account', () => {
    const { VpcId, status, act, sim } = two();
    const from = { ownerId: OTHER, vpcId: 'vpc-0aaaaaaaaaaaaaaaa', cidrBlock: '10.7.0.0/16' };
    const ids = [0, 1].map(() => sim.plant('us-east-1', { kind: 'peering-request', vpcId: VpcId, from }));
    act('Accept', ids[0] ?? '');
    act('Reject', ids[1] ?? '');
    expect(ids.map((id) => status(id))).toEqual(['active', 'rejected']);
  });

  it('across regions is accepted in the other region, and listed in both', () => {
    const { ec2, status, act } = two();
    const VpcId = newVpc(ec2);
    const far = ec2('CreateVpc', { CidrBlock: '10.30.0.0/16' }, 'eu-west-1').Vpc.VpcId;
    const { VpcPeeringConnectionId: id } = ec2('CreateVpcPeeringConnection', {
      VpcId,
      PeerVpcId: far,
      PeerRegion: 'eu-west-1',
    }).VpcPeeringConnection;
    expect(() => act('Accept', id)).toThrow(refusal('OperationNotPermitted', 'must be accepted in region eu-west-1$'));
    act('Accept', id, 'eu-west-1');
    expect([status(id), status(id, 'eu-west-1')]).toEqual(['active', 'active']);
    act('Delete', id, 'eu-west-1');
    expect([status(id), status(id, 'eu-west-1')]).toEqual(['deleted', 'deleted']);
  });

  it('is limited in number', () => {
    const { ec2, sim } = newAccount({
      quotas: { vpcs: 20, 'outstanding-peering-requests': 2, 'active-peerings-per-vpc': 1 },
    });
    const VpcId = newVpc(ec2);
    const ask = (n: number): string =>
      ec2('CreateVpcPeeringConnection', { VpcId, PeerVpcId: newVpc(ec2, `10.${n}.0.0/16`) }).VpcPeeringConnection
        .VpcPeeringConnectionId;
    const first = ask(1);
    ask(2);
    expect(() => ask(3)).toThrow(refusal('OutstandingVpcPeeringConnectionLimitExceeded'));
    ec2('AcceptVpcPeeringConnection', { VpcPeeringConnectionId: first });
    expect(() => ask(4)).toThrow(refusal('VpcPeeringConnectionsPerVpcLimitExceeded'));
    expect(sim.world()).toBeDefined();
  });
});

answers('a peering connection', two)`
  is requested, accepted, and deleted
    ask {TagSpecifications: [{ResourceType: vpc-peering-connection, Tags: [{Key: a}]}]}
      -> {RequesterVpcInfo: {VpcId: $VpcId, CidrBlock: 10.0.0.0/16, OwnerId: '111122223333', Region: us-east-1},
      AccepterVpcInfo: {VpcId: $PeerVpcId, CidrBlock: 10.9.0.0/16}, Status: {Code: initiating-request},
      ExpirationTime: ${new Date('2026-06-08T00:00:00Z')}, Tags: [{Key: a, Value: ''}]}
    status $VpcPeeringConnectionId == pending-acceptance
    act [Accept, $VpcPeeringConnectionId] -> {VpcPeeringConnection.Status.Code: provisioning}
    status $VpcPeeringConnectionId == active
    act [Accept, $VpcPeeringConnectionId] !InvalidStateTransition /attempted to transition from active to active$/
    act [Reject, $VpcPeeringConnectionId] !InvalidStateTransition
    AssociateVpcCidrBlock {VpcId: $PeerVpcId, CidrBlock: 10.10.0.0/16}
    DescribeVpcPeeringConnections
      -> {VpcPeeringConnections.0.AccepterVpcInfo.CidrBlockSet=: [{CidrBlock: 10.9.0.0/16}, {CidrBlock: 10.10.0.0/16}]}
    DeleteVpc {VpcId: $VpcId} !DependencyViolation
    act [Delete, $VpcPeeringConnectionId] == {Return: true}
    status $VpcPeeringConnectionId == deleted
    act [Delete, $VpcPeeringConnectionId] !InvalidStateTransition
    advance ${DAY_MS}
    status $VpcPeeringConnectionId !InvalidVpcPeeringConnectionID.NotFound
  can be rejected, and expires after a week
    ask
    act [Reject, $VpcPeeringConnectionId]
    status $VpcPeeringConnectionId == rejected
    act [Delete, $VpcPeeringConnectionId] !InvalidStateTransition
    second = ask
    advance ${7 * DAY_MS}
    status $second.VpcPeeringConnectionId == expired
    act [Accept, $second.VpcPeeringConnectionId] !InvalidStateTransition
    advance ${3 * DAY_MS}
    status $second.VpcPeeringConnectionId !InvalidVpcPeeringConnectionID.NotFound
  fails where a VPC is peered with itself
    CreateVpcPeeringConnection {VpcId: $VpcId, PeerVpcId: $VpcId}
    status $VpcPeeringConnectionId == failed
  with another account waits for acceptance
    ask {PeerOwnerId: ${OTHER}, PeerVpcId: vpc-0aaaaaaaaaaaaaaaa}
    status $VpcPeeringConnectionId == pending-acceptance
    act [Accept, $VpcPeeringConnectionId]
      !OperationNotPermitted: User 111122223333 cannot accept peering $VpcPeeringConnectionId
    DescribeVpcPeeringConnections -> {VpcPeeringConnections.0.AccepterVpcInfo.CidrBlock: absent}
    plant {kind: peering-answer, vpcPeeringConnectionId: $VpcPeeringConnectionId, answer: accept,
      cidrBlock: 10.7.0.0/16}
    DescribeVpcPeeringConnections
      -> {VpcPeeringConnections.0: {Status: {Code: active}, AccepterVpcInfo: {CidrBlock: 10.7.0.0/16}}}
  may resolve DNS names of the other VPC
    ask
    ModifyVpcPeeringConnectionOptions {VpcPeeringConnectionId: $VpcPeeringConnectionId,
      RequesterPeeringConnectionOptions: {AllowDnsResolutionFromRemoteVpc: true}} !OperationNotPermitted /is not active/
    act [Accept, $VpcPeeringConnectionId]
    ModifyVpcPeeringConnectionOptions {VpcPeeringConnectionId: $VpcPeeringConnectionId,
      RequesterPeeringConnectionOptions: {AllowDnsResolutionFromRemoteVpc: true}}
      == {RequesterPeeringConnectionOptions: {AllowDnsResolutionFromRemoteVpc: true}}
    ModifyVpcPeeringConnectionOptions {VpcPeeringConnectionId: $VpcPeeringConnectionId} !MissingParameter
    DescribeVpcPeeringConnections
      -> {VpcPeeringConnections.0.RequesterVpcInfo.PeeringOptions.AllowDnsResolutionFromRemoteVpc: true,
      VpcPeeringConnections.0.AccepterVpcInfo.PeeringOptions.AllowDnsResolutionFromRemoteVpc: false}
`;

it('a route to a peering connection: is a blackhole before and after', () => {
  const { ask, act, ec2, VpcId, PeerVpcId } = two();
  const { VpcPeeringConnectionId } = ask();
  const { RouteTableId } = ec2('CreateRouteTable', { VpcId }).RouteTable;
  ec2('CreateRoute', { RouteTableId, DestinationCidrBlock: '10.9.0.0/16', VpcPeeringConnectionId });
  const state = () => {
    const [{ Routes }] = ec2('DescribeRouteTables', { RouteTableIds: [RouteTableId] }).RouteTables;
    return Routes.find((route: any) => route.VpcPeeringConnectionId === VpcPeeringConnectionId).State;
  };
  expect(state()).toBe('blackhole');
  act('Accept', VpcPeeringConnectionId);
  expect(state()).toBe('active');
  act('Delete', VpcPeeringConnectionId);
  expect(state()).toBe('blackhole');
  const other = ec2('CreateRouteTable', { VpcId: PeerVpcId }).RouteTable.RouteTableId;
  const late = { RouteTableId: other, DestinationCidrBlock: '10.0.0.0/16', VpcPeeringConnectionId };
  expect(() => ec2('CreateRoute', late)).toThrow(refusal('InvalidVpcPeeringConnectionID.NotFound'));
  const third = ec2('CreateRouteTable', { VpcId: newVpc(ec2, '10.5.0.0/16') }).RouteTable.RouteTableId;
  const { VpcPeeringConnectionId: again } = ask();
  const foreign = { RouteTableId: third, DestinationCidrBlock: '10.0.0.0/16', VpcPeeringConnectionId: again };
  expect(() => ec2('CreateRoute', foreign)).toThrow(refusal('InvalidParameterValue', 'belong to different networks$'));
});
