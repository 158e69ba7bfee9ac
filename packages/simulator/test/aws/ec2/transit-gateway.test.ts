import { describe, expect, it } from 'vitest';
import { newAccount, newGroup, newSubnet, newVpc, refusal, tcp } from './account.js';

const MINUTE_MS = 60_000;

async function gateway(Options: object = {}) {
  const { ec2, sim } = newAccount();
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
  const search = (TransitGatewayRouteTableId: string, Name = 'state', ...Values: string[]): string[] =>
    ec2('SearchTransitGatewayRoutes', {
      TransitGatewayRouteTableId,
      Filters: [{ Name, Values: Values.length > 0 ? Values : ['active', 'blackhole'] }],
    }).Routes.map((route: any) => `${route.DestinationCidrBlock} ${route.Type} ${route.State}`);
  const tables = (): any[] => ec2('DescribeTransitGatewayRouteTables').TransitGatewayRouteTables;
  return { ec2, sim, made, TransitGatewayId, attach, search, tables };
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

  it('has no default route table where the options disable it', async () => {
    const off = { DefaultRouteTableAssociation: 'disable', DefaultRouteTablePropagation: 'disable' };
    const { tables, attach, ec2 } = await gateway(off);
    expect(tables()).toEqual([]);
    await attach('10.1');
    const [attachment] = ec2('DescribeTransitGatewayAttachments').TransitGatewayAttachments;
    expect(attachment).toMatchObject({ State: 'available', ResourceType: 'vpc' });
    expect(attachment.Association).toBeUndefined();
  });

  it.each<[string, object]>([
    ['InvalidParameterValue', { AmazonSideAsn: 1 }],
    ['InvalidParameterValue', { DnsSupport: 'maybe' }],
    ['InvalidParameterValue', { TransitGatewayCidrBlocks: ['10.0.0.0/28'] }],
  ])('refuses with %s: %j', (code, Options) => {
    const { ec2 } = newAccount();
    expect(() => ec2('CreateTransitGateway', { Options })).toThrow(refusal(code));
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

  it('is deleted when nothing is attached, and remains described for a while', async () => {
    const { ec2, sim, TransitGatewayId, attach } = await gateway();
    const { id } = await attach('10.1');
    const remove = () => ec2('DeleteTransitGateway', { TransitGatewayId }).TransitGateway.State;
    expect(remove).toThrow(refusal('IncorrectState', `^${TransitGatewayId} has non-deleted VPC Attachments: ${id}.$`));
    ec2('DeleteTransitGatewayVpcAttachment', { TransitGatewayAttachmentId: id });
    await sim.advance(MINUTE_MS);
    expect(remove()).toBe('deleting');
    await sim.advance(MINUTE_MS);
    expect(ec2('DescribeTransitGateways').TransitGateways).toMatchObject([{ State: 'deleted' }]);
    expect(remove).toThrow(
      refusal(
        'InvalidTransitGatewayID.NotFound',
        `^Transit Gateway ${TransitGatewayId} was deleted or does not exist.$`,
      ),
    );
    await sim.advance(60 * MINUTE_MS);
    expect(ec2('DescribeTransitGateways').TransitGateways).toEqual([]);
  });
});

describe('an attachment', () => {
  it('uses an address in each subnet, and is added to the default tables once it is available', async () => {
    const { ec2, sim, TransitGatewayId, tables, search } = await gateway();
    const VpcId = newVpc(ec2);
    const SubnetId = newSubnet(ec2, VpcId, '10.0.0.0/24');
    const { TransitGatewayVpcAttachment: made } = ec2('CreateTransitGatewayVpcAttachment', {
      TransitGatewayId,
      VpcId,
      SubnetIds: [SubnetId],
    });
    expect(made).toMatchObject({
      State: 'pending',
      VpcId,
      SubnetIds: [SubnetId],
      Options: { DnsSupport: 'enable', SecurityGroupReferencingSupport: 'enable', Ipv6Support: 'disable' },
    });
    const interfaces = (): any[] =>
      ec2('DescribeNetworkInterfaces', { Filters: [{ Name: 'interface-type', Values: ['transit_gateway'] }] })
        .NetworkInterfaces;
    expect(interfaces()).toMatchObject([{ SubnetId, Groups: [], RequesterManaged: true }]);
    const [table] = tables();
    expect(search(table.TransitGatewayRouteTableId)).toEqual([]);
    await sim.advance(MINUTE_MS);
    expect(search(table.TransitGatewayRouteTableId)).toEqual(['10.0.0.0/16 propagated active']);
    const TransitGatewayRouteTableId = table.TransitGatewayRouteTableId;
    const row = { TransitGatewayAttachmentId: made.TransitGatewayAttachmentId, ResourceId: VpcId, ResourceType: 'vpc' };
    const { Associations } = ec2('GetTransitGatewayRouteTableAssociations', { TransitGatewayRouteTableId });
    expect(Associations).toEqual([{ ...row, State: 'associated' }]);
    const { TransitGatewayRouteTablePropagations } = ec2('GetTransitGatewayRouteTablePropagations', {
      TransitGatewayRouteTableId,
    });
    expect(TransitGatewayRouteTablePropagations).toEqual([{ ...row, State: 'enabled' }]);
    const { TransitGatewayAttachmentId } = made;
    const of = { TransitGatewayAttachmentId };
    expect(ec2('GetTransitGatewayAttachmentPropagations', of).TransitGatewayAttachmentPropagations).toEqual([
      { TransitGatewayRouteTableId, State: 'enabled' },
    ]);
    ec2('DeleteTransitGatewayVpcAttachment', of);
    await sim.advance(MINUTE_MS);
    expect(interfaces()).toEqual([]);
    expect(search(TransitGatewayRouteTableId)).toEqual([]);
  });

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

  it('changes its subnets and options', async () => {
    const { ec2, attach } = await gateway();
    const { VpcId, SubnetId, id } = await attach('10.1');
    const { SubnetId: b } = ec2('CreateSubnet', {
      VpcId,
      CidrBlock: '10.1.1.0/24',
      AvailabilityZone: 'us-east-1b',
    }).Subnet;
    const change = (input: object) =>
      ec2('ModifyTransitGatewayVpcAttachment', { TransitGatewayAttachmentId: id, ...input });
    const { TransitGatewayVpcAttachment: row } = change({
      AddSubnetIds: [b],
      RemoveSubnetIds: [SubnetId],
      Options: { Ipv6Support: 'enable' },
    });
    expect(row).toMatchObject({ State: 'modifying', SubnetIds: [b], Options: { Ipv6Support: 'enable' } });
    expect(() => change({ RemoveSubnetIds: [SubnetId] })).toThrow(refusal('InvalidParameterValue'));
    expect(() => change({ RemoveSubnetIds: [b] })).toThrow(refusal('InvalidParameterValue'));
  });

  it('of this account needs no acceptance', async () => {
    const { ec2, attach } = await gateway();
    const { id: TransitGatewayAttachmentId } = await attach('10.1');
    for (const verb of ['Accept', 'Reject']) {
      expect(() => ec2(`${verb}TransitGatewayVpcAttachment`, { TransitGatewayAttachmentId })).toThrow(
        refusal('IncorrectState'),
      );
    }
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

  it('refuses invalid searches', async () => {
    const { ec2, tables } = await gateway();
    const [{ TransitGatewayRouteTableId }] = tables();
    const search = (...Filters: object[]) => ec2('SearchTransitGatewayRoutes', { TransitGatewayRouteTableId, Filters });
    expect(() => search()).toThrow(refusal('MissingParameter'));
    expect(() => search({ Name: 'colour', Values: ['red'] })).toThrow(refusal('InvalidParameterValue'));
    expect(() => search({ Name: 'route-search.exact-match', Values: ['x'] })).toThrow(refusal('InvalidParameterValue'));
    expect(() => search({ Name: 'route-search.exact-match', Values: [] })).toThrow(refusal('MissingParameter'));
  });
});

describe('groups beyond a transit gateway', () => {
  it('may be referenced by inbound rules where gateway and attachments support it', async () => {
    const { ec2, attach, TransitGatewayId } = await gateway({ SecurityGroupReferencingSupport: 'enable' });
    const [one, two] = [await attach('10.1'), await attach('10.2')];
    const GroupId = newGroup(ec2, one.VpcId, 'web');
    const far = newGroup(ec2, two.VpcId, 'far');
    const IpPermissions = [{ ...tcp(80, '10.0.0.0/8'), IpRanges: [], UserIdGroupPairs: [{ GroupId: far }] }];
    ec2('AuthorizeSecurityGroupIngress', { GroupId, IpPermissions });
    expect(() => ec2('AuthorizeSecurityGroupEgress', { GroupId, IpPermissions })).toThrow(
      refusal('InvalidGroup.NotFound'),
    );
    const stale = (): any[] => ec2('DescribeStaleSecurityGroups', { VpcId: one.VpcId }).StaleSecurityGroupSet;
    expect(stale()).toEqual([]);
    const references = (): any[] =>
      ec2('DescribeSecurityGroupReferences', { GroupId: [far] }).SecurityGroupReferenceSet;
    expect(references()).toEqual([{ GroupId: far, ReferencingVpcId: one.VpcId, TransitGatewayId }]);
    ec2('ModifyTransitGateway', { TransitGatewayId, Options: { SecurityGroupReferencingSupport: 'disable' } });
    expect(stale()).toHaveLength(1);
    expect(references()).toEqual([]);
  });
});
