import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/index.js';
import { newAccount, newGroup, newVpc, refusal } from './ec2/account.js';

/** A new account, and its operations by service. */
function account() {
  const sim = simulate({ seed: 7 });
  // The outputs of many operations: each test uses those of its calls.
  const of =
    (service: string) =>
    (operation: string, input: object = {}): any =>
      sim.call({ service: service as 'ec2', operation, region: 'us-east-1' }, input);
  return {
    sim,
    ec2: of('ec2'),
    elb: of('elasticloadbalancingv2'),
    map: of('servicediscovery'),
    quotas: of('servicequotas'),
  };
}

/** What AWS answers, word for word, where the records of real calls show it. */
describe('EC2 as AWS answers', () => {
  it.each([
    ['DescribeVpcs', { VpcIds: ['${vpc_id}'] }, 'InvalidVpcID.NotFound', "The vpc ID '${vpc_id}' does not exist"],
    [
      'DescribeSubnets',
      { SubnetIds: ['172.16.0.0/19'] },
      'InvalidSubnetID.NotFound',
      "The subnet ID '172.16.0.0/19' does not exist",
    ],
    [
      'CreateSubnet',
      { VpcId: 'InvalidVpcId', CidrBlock: '10.0.0.0/24' },
      'InvalidVpcID.NotFound',
      "The vpc ID 'InvalidVpcId' does not exist",
    ],
    [
      'CreateRouteTable',
      { VpcId: 'InvalidVpcId' },
      'InvalidVpcID.NotFound',
      "The vpc ID 'InvalidVpcId' does not exist",
    ],
    [
      'CreateSecurityGroup',
      { VpcId: 'x', GroupName: 'g', Description: 'd' },
      'InvalidVpcID.NotFound',
      "The vpc ID 'x' does not exist",
    ],
  ])('aws B1: %s does not check the format of an ID', (operation, input, code, message) => {
    const { ec2 } = newAccount();
    expect(() => ec2(operation, input)).toThrow(expect.objectContaining({ code, message, status: 400 }));
  });

  it('aws B1: AttachInternetGateway does, with its own code', () => {
    const { ec2 } = newAccount();
    const { InternetGatewayId } = ec2('CreateInternetGateway').InternetGateway;
    expect(() => ec2('AttachInternetGateway', { InternetGatewayId, VpcId: 'x' })).toThrow(
      refusal('InvalidVpcId.Malformed'),
    );
    const VpcId = 'vpc-0123456789abcdef0';
    expect(() => ec2('AttachInternetGateway', { InternetGatewayId, VpcId })).toThrow(refusal('InvalidVpcID.NotFound'));
  });

  it('aws B2: DetachInternetGateway returns the given ID', () => {
    const { ec2 } = newAccount();
    const { InternetGatewayId } = ec2('CreateInternetGateway').InternetGateway;
    expect(() => ec2('DetachInternetGateway', { InternetGatewayId, VpcId: InternetGatewayId })).toThrow(
      refusal('Gateway.NotAttached', `^resource ${InternetGatewayId} is not attached to network ${InternetGatewayId}$`),
    );
  });

  it('aws B4: DescribeSecurityGroupRules checks the format of group-id', () => {
    const { ec2 } = newAccount();
    const rules = (id: string) =>
      ec2('DescribeSecurityGroupRules', { Filters: [{ Name: 'group-id', Values: [id] }] }).SecurityGroupRules;
    expect(() => rules('foobar')).toThrow(
      refusal('InvalidGroupId.Malformed', "^The security group ID 'foobar' is malformed$"),
    );
    expect(rules('sg-0123456789abcdef0')).toEqual([]);
  });

  it('aws B5: group-name finds rules that name a group of the default VPC only', () => {
    const { ec2 } = newAccount();
    const isDefault = { Name: 'is-default', Values: ['true'] };
    const standard = ec2('DescribeVpcs', { Filters: [isDefault] }).Vpcs[0].VpcId;
    const found = (VpcId: string): string[] => {
      const web = newGroup(ec2, VpcId, 'web');
      const GroupId = newGroup(ec2, VpcId, 'client');
      const permission = { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: web }] };
      ec2('AuthorizeSecurityGroupEgress', { GroupId, IpPermissions: [permission] });
      const Filters = [
        { Name: 'egress.ip-permission.group-name', Values: ['web'] },
        { Name: 'vpc-id', Values: [VpcId] },
      ];
      return ec2('DescribeSecurityGroups', { Filters }).SecurityGroups.map((group: any) => group.GroupName);
    };
    expect(found(newVpc(ec2))).toEqual([]);
    expect(found(standard)).toEqual(['client']);
  });

  it('aws B6: a filter without values finds nothing', () => {
    const { ec2 } = newAccount();
    expect(ec2('DescribeSubnets', { Filters: [{ Name: 'vpc-id', Values: [] }] }).Subnets).toEqual([]);
    expect(ec2('DescribeSubnets', { Filters: [{ Name: 'vpc-id' }] }).Subnets).toEqual([]);
    expect(() => ec2('DescribeSubnets', { Filters: [{ Values: ['a'] }] })).toThrow(
      refusal('InvalidParameterValue', "^The filter 'null' is invalid$"),
    );
  });

  it('aws B7: tags at creation are refused with the code of the operation', () => {
    const { ec2 } = newAccount();
    const TagSpecifications = [{ Tags: [{ Key: 'a', Value: 'b' }] }];
    const words = '^Tag specification resource type must have a value$';
    const subnet = { VpcId: newVpc(ec2), CidrBlock: '10.0.1.0/24', TagSpecifications };
    expect(() => ec2('CreateSubnet', subnet)).toThrow(refusal('InvalidParameter', words));
    expect(() => ec2('CreateInternetGateway', { TagSpecifications })).toThrow(refusal('InvalidParameterValue', words));
    const none = [{ ResourceType: 'subnet', Tags: [] }];
    expect(() => ec2('CreateSubnet', { ...subnet, TagSpecifications: none })).toThrow(refusal('InvalidParameter'));
  });

  it.each([
    ['CreateTags', { Tags: [{ Key: 'a', Value: 'b' }] }, 'resourceIdSet'],
    ['DeleteTags', { Tags: [{ Key: 'a' }] }, 'resourceIdSet'],
    ['CreateTags', { Resources: [], Tags: [{ Key: 'a', Value: 'b' }] }, 'resourceIdSet'],
    ['CreateTags', { Resources: [] }, 'tagSet'],
  ])('aws D1: %s names the parameter as on the wire', (operation, input, name) => {
    const { ec2 } = newAccount();
    expect(() => ec2(operation, input)).toThrow(
      refusal('MissingParameter', `^The request must contain the parameter ${name}$`),
    );
  });

  it('aws D2: the message for a VPC with the maximum of CIDRs has no quotes', () => {
    const { ec2 } = newAccount();
    const VpcId = newVpc(ec2);
    for (const n of [1, 2, 3, 4]) ec2('AssociateVpcCidrBlock', { VpcId, CidrBlock: `10.${n}.0.0/16` });
    expect(() => ec2('AssociateVpcCidrBlock', { VpcId, CidrBlock: '10.5.0.0/16' })).toThrow(
      refusal('CidrLimitExceeded', `^This network ${VpcId} has met its maximum number of allowed CIDRs: 5$`),
    );
  });

  it('aws H3: the action of a network ACL entry is accepted in any case, and returned in lower case', () => {
    const { ec2 } = newAccount();
    const { NetworkAclId } = ec2('CreateNetworkAcl', { VpcId: newVpc(ec2) }).NetworkAcl;
    const entry = { NetworkAclId, RuleNumber: 100, Protocol: '-1', Egress: false, CidrBlock: '0.0.0.0/0' };
    ec2('CreateNetworkAclEntry', { ...entry, RuleAction: 'Allow' });
    const [acl] = ec2('DescribeNetworkAcls', { NetworkAclIds: [NetworkAclId] }).NetworkAcls;
    expect(acl.Entries.find((row: any) => row.RuleNumber === 100)).toMatchObject({ RuleAction: 'allow' });
  });
});

describe('load balancing as AWS answers', () => {
  const group = (more: object) => {
    const { ec2, elb } = account();
    const base = { Name: 'nlb', VpcId: newVpc(ec2), HealthCheckIntervalSeconds: 10, HealthCheckTimeoutSeconds: 10 };
    return () => elb('CreateTargetGroup', { ...base, ...more }).TargetGroups[0];
  };

  it.each(['TCP', 'TLS', 'UDP', 'TCP_UDP'])('aws H1: the timeout of a %s group may equal the interval', (Protocol) => {
    expect(group({ Protocol, Port: 80 })()).toMatchObject({ HealthCheckTimeoutSeconds: 10 });
    expect(group({ Protocol, Port: 80, HealthCheckTimeoutSeconds: 11 })).toThrow(
      refusal('ValidationError', "must be smaller than or equal to the interval '10'$"),
    );
  });

  it('aws H1: that of an HTTP group may not', () => {
    expect(group({ Protocol: 'HTTP', Port: 80 })).toThrow(
      refusal('ValidationError', "must be smaller than the interval '10'$"),
    );
  });

  it('aws H2: a missing port and a missing protocol are named', () => {
    expect(group({ Protocol: 'TCP' })).toThrow(refusal('ValidationError', '^A port must be specified$'));
    expect(group({ Port: 80 })).toThrow(refusal('ValidationError', '^A protocol must be specified$'));
  });
});

describe('Cloud Map as AWS answers', () => {
  const LATER = 60_000;

  it('aws B8, H7: an HTTP namespace has an empty start of authority, its services an empty DNS configuration in lists', async () => {
    const { sim, map } = account();
    map('CreateHttpNamespace', { Name: 'shop' });
    await sim.advance(LATER);
    const [namespace] = map('ListNamespaces').Namespaces;
    expect(namespace.Properties.DnsProperties).toEqual({ SOA: {} });
    map('CreateService', { Name: 'orders', NamespaceId: namespace.Id });
    expect(map('ListServices').Services[0].DnsConfig).toEqual({});
  });

  it('aws H4: all errors have status 400', async () => {
    const { sim, map } = account();
    const missing = (operation: string, input: object) => () => map(operation, input);
    for (const refused of [
      missing('GetNamespace', { Id: 'ns-nothing' }),
      missing('GetService', { Id: 'srv-nothing' }),
      missing('GetOperation', { OperationId: 'nothing' }),
      missing('ListTagsForResource', {
        ResourceARN: 'arn:aws:servicediscovery:us-east-1:111122223333:namespace/ns-nothing',
      }),
    ]) {
      expect(refused).toThrow(expect.objectContaining({ status: 400 }));
    }
    map('CreateHttpNamespace', { Name: 'shop' });
    await sim.advance(LATER);
    const [{ Id }] = map('ListNamespaces').Namespaces;
    map('CreateService', { Name: 'orders', NamespaceId: Id });
    expect(() => map('DeleteNamespace', { Id })).toThrow(
      expect.objectContaining({ code: 'ResourceInUse', status: 400 }),
    );
  });

  it('aws H5: another operation in progress is named, also when a namespace is deleted twice', async () => {
    const { sim, ec2, map } = account();
    const input = { Name: 'shop.internal', Vpc: newVpc(ec2), CreatorRequestId: 'one' };
    const { OperationId } = map('CreatePrivateDnsNamespace', input);
    expect(() => map('CreatePrivateDnsNamespace', { ...input, Name: 'other.internal' })).toThrow(
      expect.objectContaining({
        code: 'DuplicateRequest',
        status: 400,
        message: `Another operation of type CreatePrivateDnsNamespace and id ${OperationId} is in progress`,
      }),
    );
    await sim.advance(LATER);
    const [{ Id }] = map('ListNamespaces').Namespaces;
    map('DeleteNamespace', { Id });
    expect(() => map('DeleteNamespace', { Id })).toThrow(
      refusal('DuplicateRequest', '^Another operation of type DeleteNamespace'),
    );
  });

  it('aws H5: DiscoverInstances does not repeat the name of a namespace that does not exist', () => {
    const { map } = account();
    const names = { NamespaceName: 'shop', ServiceName: 'orders' };
    expect(() => map('DiscoverInstances', names)).toThrow(refusal('NamespaceNotFound', '^Namespace not found$'));
  });
});

it('Service Quotas as AWS answers: aws H6: a service that does not exist is named as such', () => {
  const { quotas } = account();
  expect(() => quotas('ListServiceQuotas', { ServiceCode: 'nothing' })).toThrow(
    refusal('NoSuchResourceException', '^The request failed because the specified service does not exist.$'),
  );
});
