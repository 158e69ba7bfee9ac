import { describe, expect, it } from 'vitest';
import { newAccount, newVpc, refusal } from './account.js';

describe('internet gateways', () => {
  const newGateway = () => {
    const { ec2, sim } = newAccount();
    const VpcId = newVpc(ec2);
    const { InternetGatewayId } = ec2('CreateInternetGateway').InternetGateway;
    const pair = { InternetGatewayId, VpcId };
    return { ec2, sim, VpcId, InternetGatewayId, pair };
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

  it('stop at the quota', () => {
    const { ec2 } = newAccount({ quotas: { 'internet-gateways': 1 } });
    expect(() => ec2('CreateInternetGateway')).toThrow(refusal('InternetGatewayLimitExceeded'));
  });
});

describe('DHCP options', () => {
  const domain = { Key: 'domain-name', Values: ['main.internal'] };

  it('are created, assigned to a VPC, and held by it', () => {
    const { ec2 } = newAccount();
    const VpcId = newVpc(ec2);
    const { DhcpOptionsId } = ec2('CreateDhcpOptions', { DhcpConfigurations: [domain] }).DhcpOptions;
    ec2('AssociateDhcpOptions', { DhcpOptionsId, VpcId });
    expect(ec2('DescribeVpcs', { VpcIds: [VpcId] }).Vpcs).toMatchObject([{ DhcpOptionsId }]);
    const remove = () => ec2('DeleteDhcpOptions', { DhcpOptionsId });
    expect(remove).toThrow(refusal('DependencyViolation'));
    ec2('AssociateDhcpOptions', { DhcpOptionsId: 'default', VpcId });
    remove();
    expect(remove).toThrow(refusal('InvalidDhcpOptionID.NotFound'));
  });

  it.each([
    [[], 'MissingParameter', 'no option'],
    [[{ Key: 'router', Values: ['10.0.0.1'] }], 'InvalidParameterValue', 'no such option'],
    [[{ Key: 'domain-name', Values: [] }], 'MissingParameter', 'no value'],
  ])('refuse %j with %s: %s', (DhcpConfigurations, code) => {
    expect(() => newAccount().ec2('CreateDhcpOptions', { DhcpConfigurations })).toThrow(refusal(code));
  });
});

describe('DescribeAccountAttributes', () => {
  it('names the default VPC, and refuses unknown attributes', () => {
    const { ec2 } = newAccount();
    const [{ VpcId }] = ec2('DescribeVpcs').Vpcs;
    const answer = ec2('DescribeAccountAttributes', { AttributeNames: ['default-vpc'] }).AccountAttributes;
    expect(answer).toEqual([{ AttributeName: 'default-vpc', AttributeValues: [{ AttributeValue: VpcId }] }]);
    const unknown = () => ec2('DescribeAccountAttributes', { AttributeNames: ['max-volumes'] });
    expect(unknown).toThrow(refusal('InvalidParameterValue'));
  });
});
