import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { newAccount, newSubnet, newVpc, refusal, tcp } from './account.js';

const MINUTE_MS = 60_000;

async function gateway(Options: object = {}) {
  const account = newAccount();
  const { ec2, sim } = account;
  const made = ec2('CreateTransitGateway', { Description: 'hub', Options }).TransitGateway;
  const TransitGatewayId: string = made.TransitGatewayId;
  await sim.advance(MINUTE_MS);
  const attach = async (block: string) => {
    const VpcId = newVpc(ec2, `${block}.0.0/16`);
    const SubnetId = newSubnet(ec2, VpcId, `${block}.0.0/24`);
    const { TransitGatewayVpcAttachment } = ec2('CreateTransitGatewayVpcAttachment', {
      TransitGatewayId,
      VpcId,
      SubnetIds: [SubnetId],
    });
    await sim.advance(MINUTE_MS);
    return { VpcId, SubnetId, id: TransitGatewayVpcAttachment.TransitGatewayAttachmentId as string };
  };
  const search = (TransitGatewayRouteTableId: string, Name = 'state', ...Values: string[]): string[] => {
    const Filters = [{ Name, Values: Values.length > 0 ? Values : ['active', 'blackhole'] }];
    const found = ec2('SearchTransitGatewayRoutes', { TransitGatewayRouteTableId, Filters });
    expect(found.AdditionalRoutesAvailable).toBe(false);
    return found.Routes.map((route: any) => `${route.DestinationCidrBlock} ${route.Type} ${route.State}`);
  };
  const tables = (): any[] => ec2('DescribeTransitGatewayRouteTables').TransitGatewayRouteTables;
  return { ...account, made, TransitGatewayId, attach, search, tables };
}

describe('a transit gateway', () => {
  it('becomes available, with its own default route table', async () => {
    const { ec2, made, tables, TransitGatewayId } = await gateway();
    expect(made).toMatchObject({ State: 'pending', Description: 'hub' });
    const [row] = ec2('DescribeTransitGateways').TransitGateways;
    const [table] = tables();
    expect(row).toMatchObject({
      State: 'available',
      TransitGatewayArn: `arn:aws:ec2:us-east-1:111122223333:transit-gateway/${TransitGatewayId}`,
      Options: {
        AmazonSideAsn: 64_512,
        AssociationDefaultRouteTableId: table.TransitGatewayRouteTableId,
        PropagationDefaultRouteTableId: table.TransitGatewayRouteTableId,
        SecurityGroupReferencingSupport: 'disable',
        DnsSupport: 'enable',
      },
    });
    expect(table).toMatchObject({ DefaultAssociationRouteTable: true, DefaultPropagationRouteTable: true });
  });

  it('can be changed', async () => {
    const { ec2, TransitGatewayId, tables } = await gateway();
    const { TransitGatewayRouteTableId } = ec2('CreateTransitGatewayRouteTable', {
      TransitGatewayId,
    }).TransitGatewayRouteTable;
    const Options = {
      SecurityGroupReferencingSupport: 'enable',
      AddTransitGatewayCidrBlocks: ['10.200.0.0/24'],
      AssociationDefaultRouteTableId: TransitGatewayRouteTableId,
      DefaultRouteTablePropagation: 'disable',
    };
    const changed = ec2('ModifyTransitGateway', { TransitGatewayId, Description: 'new', Options }).TransitGateway;
    expect(changed).toMatchObject({ State: 'modifying', Description: 'new' });
    const [row] = ec2('DescribeTransitGateways').TransitGateways;
    expect(row.Options).toMatchObject({
      SecurityGroupReferencingSupport: 'enable',
      TransitGatewayCidrBlocks: ['10.200.0.0/24'],
      AssociationDefaultRouteTableId: TransitGatewayRouteTableId,
    });
    expect(row.Options.PropagationDefaultRouteTableId).toBeUndefined();
    const defaults = tables().map((table) => [table.DefaultAssociationRouteTable, table.DefaultPropagationRouteTable]);
    expect(defaults).toEqual([
      [false, false],
      [true, false],
    ]);
  });
});

answers('a transit gateway', () =>
  gateway({ DefaultRouteTableAssociation: 'disable', DefaultRouteTablePropagation: 'disable' }),
)`
  has no default route table where the options disable it
    tables == []
    attach '10.1'
    DescribeTransitGatewayAttachments
      -> {TransitGatewayAttachments.0: {State: available, ResourceType: vpc},
      TransitGatewayAttachments.0.Association: absent}
`;

answers('a transit gateway', newAccount)`
  refuses wrong input
    CreateTransitGateway {Options: {AmazonSideAsn: 1}} !InvalidParameterValue
    CreateTransitGateway {Options: {DnsSupport: maybe}} !InvalidParameterValue
    CreateTransitGateway {Options: {TransitGatewayCidrBlocks: [10.0.0.0/28]}} !InvalidParameterValue
`;

answers('a transit gateway', gateway)`
  is deleted when nothing is attached, and remains described for a while
    attach2 = attach '10.1'
    DeleteTransitGateway {TransitGatewayId: $TransitGatewayId}
      !IncorrectState: $TransitGatewayId has non-deleted VPC Attachments: $attach2.id.
    DeleteTransitGatewayVpcAttachment {TransitGatewayAttachmentId: $attach2.id}
    advance ${MINUTE_MS}
    DeleteTransitGateway {TransitGatewayId: $TransitGatewayId} -> {TransitGateway.State: deleting}
    advance ${MINUTE_MS}
    DescribeTransitGateways -> {TransitGateways: [{State: deleted}]}
    DeleteTransitGateway {TransitGatewayId: $TransitGatewayId}
      !InvalidTransitGatewayID.NotFound: Transit Gateway $TransitGatewayId was deleted or does not exist.
    advance ${60 * MINUTE_MS}
    DescribeTransitGateways -> {TransitGateways: []}
`;

describe('an attachment', () => {
  it('is one per VPC, with one subnet per zone', async () => {
    const { ec2, attach, TransitGatewayId } = await gateway();
    const { VpcId, SubnetId } = await attach('10.1');
    const make = (vpc: string, ...SubnetIds: string[]) =>
      ec2('CreateTransitGatewayVpcAttachment', { TransitGatewayId, VpcId: vpc, SubnetIds });
    expect(() => make(VpcId, SubnetId)).toThrow(
      refusal(
        'DuplicateTransitGatewayAttachment',
        `^${TransitGatewayId} has non-deleted Transit Gateway Attachments with same VPC ID.$`,
      ),
    );
    const other = newVpc(ec2, '10.2.0.0/16');
    const subnets = [newSubnet(ec2, other, '10.2.0.0/24'), newSubnet(ec2, other, '10.2.1.0/24')];
    expect(() => make(other, ...subnets)).toThrow(
      refusal('DuplicateSubnetsInSameZone', '^Duplicate Subnets for same AZ$'),
    );
    expect(() => make(other, SubnetId)).toThrow(refusal('InvalidParameterValue'));
    expect(() => make(other)).toThrow(refusal('InvalidParameterValue'));
  });

  it('of another account waits to be accepted, unless acceptance is automatic', async () => {
    const { ec2, sim, TransitGatewayId, search, tables } = await gateway();
    const from = { ownerId: '444455556666', vpcId: 'vpc-0aaaaaaaaaaaaaaaa', cidrBlock: '10.7.0.0/16' };
    const ask = () =>
      sim.plant('us-east-1', { kind: 'transit-attachment-request', transitGatewayId: TransitGatewayId, from });
    const ids = [ask(), ask()];
    const state = (id = ''): string =>
      ec2('DescribeTransitGatewayVpcAttachments', { TransitGatewayAttachmentIds: [id] }).TransitGatewayVpcAttachments[0]
        .State;
    expect(ids.map((id) => state(id))).toEqual(['pendingAcceptance', 'pendingAcceptance']);
    const accepted = { TransitGatewayAttachmentId: ids[0] };
    expect(ec2('AcceptTransitGatewayVpcAttachment', accepted).TransitGatewayVpcAttachment.State).toBe('pending');
    ec2('RejectTransitGatewayVpcAttachment', { TransitGatewayAttachmentId: ids[1] });
    await sim.advance(MINUTE_MS);
    expect(ids.map((id) => state(id))).toEqual(['available', 'rejected']);
    expect(search(tables()[0].TransitGatewayRouteTableId)).toEqual(['10.7.0.0/16 propagated active']);
    ec2('ModifyTransitGateway', { TransitGatewayId, Options: { AutoAcceptSharedAttachments: 'enable' } });
    const third = ask();
    expect(state(third)).toBe('pending');
    await sim.advance(MINUTE_MS);
    expect(state(third)).toBe('available');
  });

  it('is required for a VPC’s route to the gateway', async () => {
    const { ec2, sim, attach, TransitGatewayId } = await gateway();
    const VpcId = newVpc(ec2, '10.5.0.0/16');
    const route = (vpc: string, block: string) => {
      const { RouteTableId } = ec2('CreateRouteTable', { VpcId: vpc }).RouteTable;
      ec2('CreateRoute', { RouteTableId, DestinationCidrBlock: block, TransitGatewayId });
      return () => ec2('DescribeRouteTables', { RouteTableIds: [RouteTableId] }).RouteTables[0].Routes[1].State;
    };
    expect(() => route(VpcId, '10.1.0.0/16')).toThrow(
      refusal('InvalidTransitGatewayID.NotFound', `^The transitGateway ID '${TransitGatewayId}' does not exist.$`),
    );
    const near = await attach('10.1');
    const state = route(near.VpcId, '10.5.0.0/16');
    expect(state()).toBe('active');
    ec2('DeleteTransitGatewayVpcAttachment', { TransitGatewayAttachmentId: near.id });
    await sim.advance(MINUTE_MS);
    expect(state()).toBe('blackhole');
  });
});

answers('an attachment', gateway)`
  uses an address in each subnet, and is added to the default tables once it is available
    VpcId2 = newVpc
    SubnetId2 = newSubnet [$VpcId2, 10.0.0.0/24]
    CreateTransitGatewayVpcAttachment {TransitGatewayId: $TransitGatewayId, VpcId: $VpcId2, SubnetIds: [$SubnetId2]}
      -> {TransitGatewayVpcAttachment: {State: pending, VpcId: $VpcId2, SubnetIds: [$SubnetId2],
      Options: {DnsSupport: enable, SecurityGroupReferencingSupport: enable, Ipv6Support: disable}}}
    DescribeNetworkInterfaces {Filters: [{Name: interface-type, Values: [transit_gateway]}]}
      -> {NetworkInterfaces: [{SubnetId: $SubnetId2, Groups: [], RequesterManaged: true}]}
    tables
    search $TransitGatewayRouteTableId == []
    advance ${MINUTE_MS}
    search $TransitGatewayRouteTableId == [10.0.0.0/16 propagated active]
    GetTransitGatewayRouteTableAssociations {TransitGatewayRouteTableId: $TransitGatewayRouteTableId}
      -> {Associations=: [{TransitGatewayAttachmentId: $TransitGatewayAttachmentId, ResourceId: $VpcId2,
      ResourceType: vpc, State: associated}]}
    GetTransitGatewayRouteTablePropagations {TransitGatewayRouteTableId: $TransitGatewayRouteTableId}
      -> {TransitGatewayRouteTablePropagations=: [{TransitGatewayAttachmentId: $TransitGatewayAttachmentId,
      ResourceId: $VpcId2, ResourceType: vpc, State: enabled}]}
    DeleteTransitGatewayVpcAttachment {TransitGatewayAttachmentId: $TransitGatewayAttachmentId}
    advance ${MINUTE_MS}
    DescribeNetworkInterfaces {Filters: [{Name: interface-type, Values: [transit_gateway]}]} -> {NetworkInterfaces: []}
    search $TransitGatewayRouteTableId == []
  changes its subnets and options
    attach2 = attach '10.1'
    b = CreateSubnet {VpcId: $attach2.VpcId, CidrBlock: 10.1.1.0/24, AvailabilityZone: us-east-1b}
    ModifyTransitGatewayVpcAttachment {TransitGatewayAttachmentId: $attach2.id, AddSubnetIds: [$b.Subnet.SubnetId],
      RemoveSubnetIds: [$attach2.SubnetId], Options: {Ipv6Support: enable}}
      -> {TransitGatewayVpcAttachment: {State: modifying, SubnetIds: [$b.Subnet.SubnetId],
      Options: {Ipv6Support: enable}}}
    ModifyTransitGatewayVpcAttachment {TransitGatewayAttachmentId: $attach2.id, RemoveSubnetIds: [$attach2.SubnetId]}
      !InvalidParameterValue
    ModifyTransitGatewayVpcAttachment {TransitGatewayAttachmentId: $attach2.id, RemoveSubnetIds: [$b.Subnet.SubnetId]}
      !InvalidParameterValue
  of this account needs no acceptance
    TransitGatewayAttachmentId = attach '10.1'
    AcceptTransitGatewayVpcAttachment {TransitGatewayAttachmentId: $TransitGatewayAttachmentId.id} !IncorrectState
    RejectTransitGatewayVpcAttachment {TransitGatewayAttachmentId: $TransitGatewayAttachmentId.id} !IncorrectState
`;

describe('a route table', () => {
  it('is created, used and deleted', async () => {
    const { ec2, attach, TransitGatewayId, tables } = await gateway();
    const { id: TransitGatewayAttachmentId } = await attach('10.1');
    const { TransitGatewayRouteTableId } = ec2('CreateTransitGatewayRouteTable', {
      TransitGatewayId,
    }).TransitGatewayRouteTable;
    const [main] = tables();
    const ids = { TransitGatewayRouteTableId, TransitGatewayAttachmentId };
    expect(() => ec2('AssociateTransitGatewayRouteTable', ids)).toThrow(refusal('Resource.AlreadyAssociated'));
    const before = { ...ids, TransitGatewayRouteTableId: main.TransitGatewayRouteTableId };
    expect(ec2('DisassociateTransitGatewayRouteTable', before).Association.State).toBe('disassociating');
    expect(() => ec2('DisassociateTransitGatewayRouteTable', before)).toThrow(refusal('InvalidAssociation.NotFound'));
    expect(ec2('AssociateTransitGatewayRouteTable', ids).Association).toMatchObject({ ...ids, State: 'associating' });
    expect(ec2('EnableTransitGatewayRouteTablePropagation', ids).Propagation.State).toBe('enabling');
    expect(() => ec2('EnableTransitGatewayRouteTablePropagation', ids)).toThrow(
      refusal('TransitGatewayRouteTablePropagation.Duplicate'),
    );
    const remove = (id: string) => ec2('DeleteTransitGatewayRouteTable', { TransitGatewayRouteTableId: id });
    expect(() => remove(TransitGatewayRouteTableId)).toThrow(refusal('IncorrectState'));
    expect(() => remove(main.TransitGatewayRouteTableId)).toThrow(
      refusal('IncorrectState', 'is a default route table'),
    );
    ec2('DisassociateTransitGatewayRouteTable', ids);
    ec2('DisableTransitGatewayRouteTablePropagation', ids);
    expect(() => ec2('DisableTransitGatewayRouteTablePropagation', ids)).toThrow(
      refusal('TransitGatewayRouteTablePropagation.NotFound'),
    );
    expect(remove(TransitGatewayRouteTableId).TransitGatewayRouteTable.State).toBe('deleting');
    expect(() => remove(TransitGatewayRouteTableId)).toThrow(refusal('InvalidRouteTableID.NotFound'));
  });

  it('accepts static routes, which have priority over propagated ones', async () => {
    const { ec2, sim, attach, search, tables } = await gateway();
    const { id: TransitGatewayAttachmentId } = await attach('10.1');
    const [{ TransitGatewayRouteTableId }] = tables();
    const route = (verb: string, DestinationCidrBlock: string, more: object = {}) =>
      ec2(`${verb}TransitGatewayRoute`, { TransitGatewayRouteTableId, DestinationCidrBlock, ...more }).Route;
    expect(route('Create', '10.1.2.3/16', { Blackhole: true })).toEqual({
      DestinationCidrBlock: '10.1.0.0/16',
      TransitGatewayAttachments: [],
      Type: 'static',
      State: 'blackhole',
    });
    route('Create', '10.2.0.0/16', { TransitGatewayAttachmentId });
    route('Create', '10.2.3.0/24', { TransitGatewayAttachmentId });
    expect(search(TransitGatewayRouteTableId).sort()).toEqual([
      '10.1.0.0/16 static blackhole',
      '10.2.0.0/16 static active',
      '10.2.3.0/24 static active',
    ]);
    expect(() => route('Create', '10.1.0.0/16', { Blackhole: true })).toThrow(refusal('RouteAlreadyExists'));
    expect(() => route('Create', '10.3.0.0/16')).toThrow(refusal('MissingParameter'));
    expect(() => route('Create', '10.3.0.0/16', { Blackhole: true, TransitGatewayAttachmentId })).toThrow(
      refusal('InvalidParameterCombination'),
    );
    expect(() => route('Create', '10.3', { Blackhole: true })).toThrow(refusal('InvalidParameterValue'));
    expect(route('Replace', '10.1.0.0/16', { TransitGatewayAttachmentId }).State).toBe('active');
    expect(() => route('Replace', '10.4.0.0/16', { Blackhole: true })).toThrow(refusal('InvalidRoute.NotFound'));
    expect(route('Delete', '10.1.0.0/16').State).toBe('deleted');
    expect(() => route('Delete', '10.1.0.0/16')).toThrow(refusal('InvalidRoute.NotFound'));
    expect(search(TransitGatewayRouteTableId)).toContain('10.1.0.0/16 propagated active');
    ec2('DeleteTransitGatewayVpcAttachment', { TransitGatewayAttachmentId });
    await sim.advance(MINUTE_MS);
    expect(search(TransitGatewayRouteTableId)).toEqual([
      '10.2.0.0/16 static blackhole',
      '10.2.3.0/24 static blackhole',
    ]);
  });

  it.each<[string, string, string[]]>([
    ['route-search.exact-match', '10.2.0.0/16', ['10.2.0.0/16']],
    ['route-search.exact-match', '10.2.0.0/17', []],
    ['route-search.longest-prefix-match', '10.2.3.4', ['10.2.3.0/24']],
    ['route-search.longest-prefix-match', '10.2.9.0/24', ['10.2.0.0/16']],
    ['route-search.subnet-of-match', '10.2.0.0/15', ['10.2.0.0/16', '10.2.3.0/24']],
    ['route-search.supernet-of-match', '10.2.3.128/25', ['10.2.0.0/16', '10.2.3.0/24']],
    ['attachment.resource-type', 'vpc', ['10.2.0.0/16', '10.2.3.0/24']],
    ['type', 'static', ['10.2.0.0/16', '10.2.3.0/24']],
    ['type', 'propagated', []],
    ['state', 'blackhole', []],
    ['prefix-list-id', 'pl-12345678', []],
  ])('is searched by %s of %s', async (name, value, expected) => {
    const { ec2, attach, search, tables } = await gateway({ DefaultRouteTablePropagation: 'disable' });
    const { id: TransitGatewayAttachmentId } = await attach('10.1');
    const [{ TransitGatewayRouteTableId }] = tables();
    for (const DestinationCidrBlock of ['10.2.0.0/16', '10.2.3.0/24']) {
      ec2('CreateTransitGatewayRoute', {
        TransitGatewayRouteTableId,
        DestinationCidrBlock,
        TransitGatewayAttachmentId,
      });
    }
    expect(search(TransitGatewayRouteTableId, name, value).map((text) => text.split(' ')[0])).toEqual(expected);
  });
});

answers('a route table', gateway)`
  refuses invalid searches
    tables
    SearchTransitGatewayRoutes {TransitGatewayRouteTableId: $TransitGatewayRouteTableId, Filters: []} !MissingParameter
    SearchTransitGatewayRoutes {TransitGatewayRouteTableId: $TransitGatewayRouteTableId, Filters: [{Name: colour,
      Values: [red]}]} !InvalidParameterValue
    SearchTransitGatewayRoutes {TransitGatewayRouteTableId: $TransitGatewayRouteTableId,
      Filters: [{Name: route-search.exact-match, Values: [x]}]} !InvalidParameterValue
    SearchTransitGatewayRoutes {TransitGatewayRouteTableId: $TransitGatewayRouteTableId,
      Filters: [{Name: route-search.exact-match, Values: []}]} !MissingParameter
`;

answers('groups beyond a transit gateway', () => gateway({ SecurityGroupReferencingSupport: 'enable' }))`
  may be referenced by inbound rules where gateway and attachments support it
    one = attach '10.1'
    two = attach '10.2'
    GroupId = newGroup [$one.VpcId, web]
    far = newGroup [$two.VpcId, far]
    AuthorizeSecurityGroupIngress {GroupId: $GroupId,
      IpPermissions: [${{ ...tcp(80, '10.0.0.0/8'), IpRanges: [], UserIdGroupPairs: [{ GroupId: '$far' }] }}]}
    AuthorizeSecurityGroupEgress {GroupId: $GroupId,
      IpPermissions: [${{ ...tcp(80, '10.0.0.0/8'), IpRanges: [], UserIdGroupPairs: [{ GroupId: '$far' }] }}]}
      !InvalidGroup.NotFound
`;
