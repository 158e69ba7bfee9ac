import { describe, expect, it } from 'vitest';
import { newAccount, newSubnet, newVpc, refusal } from './ec2/account.js';

const MINUTE = 60_000;
const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [] });
const AWS_POLICY = 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy';

function account() {
  const { ec2, sim } = newAccount();
  const of =
    (service: 'iam' | 'logs', region = 'us-east-1') =>
    (operation: string, input: object = {}): any =>
      sim.call({ service, operation, region }, input);
  return { sim, ec2, iam: of('iam'), elsewhere: of('iam', 'eu-west-1'), logs: of('logs'), VpcId: newVpc(ec2) };
}

describe('IAM', () => {
  it('has the same roles in every region, and policies of AWS without their creation', () => {
    const { iam, elsewhere } = account();
    iam('CreateRole', { RoleName: 'task', AssumeRolePolicyDocument: PolicyDocument });
    elsewhere('AttachRolePolicy', { RoleName: 'TASK', PolicyArn: AWS_POLICY });
    expect(iam('ListAttachedRolePolicies', { RoleName: 'task' }).AttachedPolicies).toEqual([
      { PolicyArn: AWS_POLICY, PolicyName: 'AmazonECSTaskExecutionRolePolicy' },
    ]);
    expect(() => iam('DeleteRole', { RoleName: 'task' })).toThrow(refusal('DeleteConflict', 'detach all policies'));
    iam('DetachRolePolicy', { RoleName: 'task', PolicyArn: AWS_POLICY });
    iam('DeleteRole', { RoleName: 'task' });
  });

  it.each([
    ['GetRole', { RoleName: 'absent' }, 'NoSuchEntity', 'The role with name absent cannot be found.'],
    ['CreateRole', { RoleName: 'task', AssumeRolePolicyDocument: PolicyDocument }, 'EntityAlreadyExists', 'already'],
    ['CreateRole', { RoleName: 'other', AssumeRolePolicyDocument: '{' }, 'MalformedPolicyDocument', 'invalid Json'],
    ['AttachRolePolicy', { RoleName: 'task', PolicyArn: 'arn:aws:iam::111122223333:policy/no' }, 'NoSuchEntity', 'no'],
    ['AddRoleToInstanceProfile', { InstanceProfileName: 'absent', RoleName: 'task' }, 'NoSuchEntity', 'Profile absent'],
  ])('%s of %j is refused with %s', (operation, input, code, message) => {
    const { iam } = account();
    iam('CreateRole', { RoleName: 'task', AssumeRolePolicyDocument: PolicyDocument });
    expect(() => iam(operation, input)).toThrow(refusal(code, message));
  });
});

it.each([
  ['CreateLogGroup', { logGroupName: '/shop' }, 'ResourceAlreadyExistsException'],
  ['DeleteLogGroup', { logGroupName: '/absent' }, 'ResourceNotFoundException'],
  ['PutRetentionPolicy', { logGroupName: '/shop', retentionInDays: 2 }, 'InvalidParameterException'],
])('log groups: %s of %j is refused with %s', (operation, input, code) => {
  const { logs } = account();
  logs('CreateLogGroup', { logGroupName: '/shop' });
  expect(() => logs(operation, input)).toThrow(refusal(code));
});

describe('a NAT gateway', () => {
  function stack() {
    const base = account();
    const SubnetId = newSubnet(base.ec2, base.VpcId, '10.0.1.0/24');
    const { AllocationId } = base.ec2('AllocateAddress');
    const { NatGatewayId } = base.ec2('CreateNatGateway', { SubnetId, AllocationId }).NatGateway;
    const row = (): any => base.ec2('DescribeNatGateways', { NatGatewayIds: [NatGatewayId] }).NatGateways[0];
    return { ...base, SubnetId, AllocationId, NatGatewayId, row };
  }

  it('becomes available with its address, takes routes, and leaves a blackhole', async () => {
    const { sim, ec2, VpcId, AllocationId, NatGatewayId, row } = stack();
    const { InternetGatewayId } = ec2('CreateInternetGateway').InternetGateway;
    ec2('AttachInternetGateway', { InternetGatewayId, VpcId });
    expect(row().State).toBe('pending');
    await sim.advance(5 * MINUTE);
    expect(row()).toMatchObject({ State: 'available', NatGatewayAddresses: [{ AllocationId, Status: 'succeeded' }] });
    expect(() => ec2('ReleaseAddress', { AllocationId })).toThrow(refusal('InvalidIPAddress.InUse'));
    const { RouteTableId } = ec2('CreateRouteTable', { VpcId }).RouteTable;
    ec2('CreateRoute', { RouteTableId, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId });
    const route = () => ec2('DescribeRouteTables', { RouteTableIds: [RouteTableId] }).RouteTables[0].Routes.at(-1);
    expect(route()).toMatchObject({ NatGatewayId, State: 'active' });
    ec2('DeleteNatGateway', { NatGatewayId });
    await sim.advance(5 * MINUTE);
    expect(row().State).toBe('deleted');
    expect(route().State).toBe('blackhole');
    ec2('ReleaseAddress', { AllocationId });
  });

  it('fails without an internet gateway', async () => {
    const { sim, row } = stack();
    await sim.advance(5 * MINUTE);
    expect(row()).toMatchObject({ State: 'failed', FailureCode: 'Gateway.NotAttached' });
  });
});

it('a gateway endpoint is a route for the prefix list of its service', () => {
  const { ec2, VpcId } = account();
  const { RouteTableId } = ec2('CreateRouteTable', { VpcId }).RouteTable;
  const endpoint = { VpcId, ServiceName: 'com.amazonaws.us-east-1.s3', RouteTableIds: [RouteTableId] };
  const { VpcEndpointId } = ec2('CreateVpcEndpoint', endpoint).VpcEndpoint;
  const routes = () => ec2('DescribeRouteTables', { RouteTableIds: [RouteTableId] }).RouteTables[0].Routes;
  expect(routes()).toMatchObject([{}, { GatewayId: VpcEndpointId, DestinationPrefixListId: expect.any(String) }]);
  ec2('DeleteVpcEndpoints', { VpcEndpointIds: [VpcEndpointId] });
  expect(routes()).toHaveLength(1);
});
