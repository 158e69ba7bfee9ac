import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { newAccount, newVpc, refusal } from './account.js';

describe('internet gateways', () => {
  const newGateway = () => {
    const { ec2, sim } = newAccount();
    const VpcId = newVpc(ec2);
    const { InternetGatewayId } = ec2('CreateInternetGateway').InternetGateway;
    return { ec2, sim, VpcId, InternetGatewayId, pair: { InternetGatewayId, VpcId } };
  };

  it('are attached, detached and deleted', () => {
    const { ec2, VpcId, InternetGatewayId, pair } = newGateway();
    ec2('AttachInternetGateway', pair);
    const Filters = [{ Name: 'attachment.vpc-id', Values: [VpcId] }];
    const attached = ec2('DescribeInternetGateways', { Filters }).InternetGateways;
    expect(attached).toMatchObject([{ InternetGatewayId, Attachments: [{ VpcId, State: 'available' }] }]);
    expect(() => ec2('AttachInternetGateway', pair)).toThrow(refusal('Resource.AlreadyAssociated'));
    const remove = () => ec2('DeleteInternetGateway', { InternetGatewayId });
    expect(remove).toThrow(refusal('DependencyViolation'));
    ec2('DetachInternetGateway', pair);
    expect(() => ec2('DetachInternetGateway', pair)).toThrow(refusal('Gateway.NotAttached'));
    remove();
    expect(remove).toThrow(refusal('InvalidInternetGatewayID.NotFound'));
  });

  it('exist once per VPC', () => {
    const { ec2, VpcId, pair } = newGateway();
    ec2('AttachInternetGateway', pair);
    const { InternetGatewayId } = ec2('CreateInternetGateway').InternetGateway;
    expect(() => ec2('AttachInternetGateway', { InternetGatewayId, VpcId })).toThrow(
      refusal('InvalidParameterValue', `^Network ${VpcId} already has an internet gateway attached$`),
    );
  });
});

answers('internet gateways', () => newAccount({ quotas: { 'internet-gateways': 1 } }))`
  stop at the quota
    CreateInternetGateway !InternetGatewayLimitExceeded
`;

answers('DHCP options', newAccount)`
  are created, assigned to a VPC, and held by it
    VpcId = newVpc
    CreateDhcpOptions {DhcpConfigurations: [{Key: domain-name, Values: [main.internal]}]}
    AssociateDhcpOptions {DhcpOptionsId: $DhcpOptionsId, VpcId: $VpcId}
    DescribeVpcs {VpcIds: [$VpcId]} -> {Vpcs: [{DhcpOptionsId: $DhcpOptionsId}]}
    DeleteDhcpOptions {DhcpOptionsId: $DhcpOptionsId} !DependencyViolation
    AssociateDhcpOptions {DhcpOptionsId: default, VpcId: $VpcId}
    DeleteDhcpOptions {DhcpOptionsId: $DhcpOptionsId}
    DeleteDhcpOptions {DhcpOptionsId: $DhcpOptionsId} !InvalidDhcpOptionID.NotFound
  refuse wrong input
    CreateDhcpOptions {DhcpConfigurations: []} !MissingParameter # no option
    CreateDhcpOptions {DhcpConfigurations: [{Key: router, Values: [10.0.0.1]}]} !InvalidParameterValue # no such option
    CreateDhcpOptions {DhcpConfigurations: [{Key: domain-name, Values: []}]} !MissingParameter # no value
`;

answers('DescribeAccountAttributes', newAccount)`
  names the default VPC, and refuses unknown attributes
    DescribeVpcs
    DescribeAccountAttributes {AttributeNames: [default-vpc]}
      -> {AccountAttributes=: [{AttributeName: default-vpc, AttributeValues: [{AttributeValue: $VpcId}]}]}
    DescribeAccountAttributes {AttributeNames: [max-volumes]} !InvalidParameterValue
`;
