import { describe, expect, it } from 'vitest';
import { account, idOf, refusal, smallNetwork, type Account } from '../ecs/account.js';

function systemTable({ vpc }: Account, VpcId: string): string {
  const { RouterTableList } = vpc('DescribeRouteTableList', { VpcId, RouteTableType: 'System' }) as {
    RouterTableList?: { RouterTableListType: { RouteTableId: string }[] };
  };
  return RouterTableList?.RouterTableListType[0]?.RouteTableId ?? '';
}

const peer = { NextHopType: 'VpcPeer', NextHopId: 'pcc-1' };

describe('route entries', () => {
  it.each([
    ['10.0.1.0/24', 'RouterEntryConflict.Duplicated', 400, 'the block of a vSwitch'],
    ['10.0.1.128/25', 'RouterEntryConflict.Duplicated', 400, 'inside of a vSwitch'],
    ['192.168.0.0/16', 'RouterEntryConflict.Duplicated', 400, 'there already'],
    ['100.64.1.0/24', 'InvalidDestinationCidrBlock', 400, "the cloud's services"],
    ['192.168.0.1/16', 'InvalidCidrBlock.Malformed', 400, 'host bits'],
  ])('are refused to %s with %s %d: %s', (DestinationCidrBlock, code, status) => {
    const cloud = account();
    const { vpcId } = smallNetwork(cloud);
    const RouteTableId = systemTable(cloud, vpcId);
    cloud.vpc('CreateRouteEntry', { RouteTableId, DestinationCidrBlock: '192.168.0.0/16', ...peer });
    expect(() => cloud.vpc('CreateRouteEntry', { RouteTableId, DestinationCidrBlock, ...peer })).toThrow(
      refusal(code, status),
    );
  });

  it.each<[string, string, string | undefined, string]>([
    ['VpcPeer', 'pcc-1', undefined, 'a peering is not verified'],
    ['VpnGateway', 'vpn-1', undefined, 'nor is a VPN'],
    ['Instance', 'i-none', 'InvalidNextHop.NotFound', 'an instance must exist'],
    ['Carrier', 'x', 'InvalidNextHopType.ValueNotSupported', 'no such next hop'],
  ])('are created to %s %s (%s): %s', (NextHopType, NextHopId, code) => {
    const cloud = account();
    const RouteTableId = systemTable(cloud, smallNetwork(cloud).vpcId);
    const create = () =>
      cloud.vpc('CreateRouteEntry', { RouteTableId, DestinationCidrBlock: '192.168.0.0/16', NextHopType, NextHopId });
    if (code === undefined) expect(create()).toHaveProperty('RouteEntryId');
    else expect(create).toThrow(expect.objectContaining({ code }));
  });

  it('are renamed and get another next hop, if it exists', () => {
    const cloud = account();
    const RouteTableId = systemTable(cloud, smallNetwork(cloud).vpcId);
    const destination = { RouteTableId, DestinationCidrBlock: '192.168.0.0/16' };
    const { RouteEntryId } = cloud.vpc('CreateRouteEntry', { ...destination, ...peer, Description: 'to the office' });
    const entry = () =>
      (
        cloud.vpc('DescribeRouteEntryList', { ...destination }) as {
          RouteEntrys?: { RouteEntry: object[] };
        }
      ).RouteEntrys?.RouteEntry[0];
    cloud.vpc('ModifyRouteEntry', { RouteEntryId, RouteEntryName: 'office' });
    cloud.vpc('ModifyRouteEntry', { ...destination, NewNextHopId: 'vpn-1', NewNextHopType: 'VpnGateway' });
    const changed = {
      RouteEntryId,
      RouteEntryName: 'office',
      Description: 'to the office',
      NextHops: { NextHop: [{ NextHopId: 'vpn-1', NextHopType: 'VpnGateway' }] },
    };
    expect(entry()).toMatchObject(changed);
    const refused = { RouteEntryId, NewNextHopId: 'i-none', NewNextHopType: 'Instance', RouteEntryName: 'lost' };
    expect(() => cloud.vpc('ModifyRouteEntry', refused)).toThrow(refusal('InvalidNextHop.NotFound', 404));
    expect(() => cloud.vpc('ModifyRouteEntry', { RouteEntryId: 'rte-none' })).toThrow(
      refusal('InvalidRouteEntry.NotFound', 404),
    );
    expect(entry()).toMatchObject(changed);
  });

  it('are listed with system entries, page by page, and deleted', () => {
    const cloud = account();
    const RouteTableId = systemTable(cloud, smallNetwork(cloud).vpcId);
    const via = { RouteTableId, NextHopId: 'pcc-1', NextHopType: 'VpcPeer' };
    for (let n = 0; n < 12; n += 1)
      cloud.vpc('CreateRouteEntry', { ...via, DestinationCidrBlock: `192.168.${n}.0/24` });
    expect(() => cloud.vpc('CreateRouteEntry', { ...via, DestinationCidrBlock: '10.0.1.0/24' })).toThrow(
      refusal('RouterEntryConflict.Duplicated'),
    );
    type Page = { RouteEntrys?: { RouteEntry: { DestinationCidrBlock: string }[] }; NextToken?: string };
    const list = (asked: object) => cloud.vpc('DescribeRouteEntryList', { RouteTableId, ...asked }) as Page;
    const first = list({});
    const second = list({ NextToken: first.NextToken });
    expect([first, second].map((page) => page.RouteEntrys?.RouteEntry.length)).toEqual([10, 5]);
    expect(second.NextToken).toBe('');
    const all = [first, second].flatMap((page) => page.RouteEntrys?.RouteEntry ?? []);
    const destinations = all.map((row) => row.DestinationCidrBlock);
    expect(new Set(destinations).size).toBe(15);
    expect(destinations).toEqual(expect.arrayContaining(['10.0.1.0/24', '10.0.2.0/24', '100.64.0.0/10']));
    const gone = { RouteTableId, DestinationCidrBlock: '192.168.3.0/24', NextHopId: 'pcc-1' };
    cloud.vpc('DeleteRouteEntry', gone);
    expect(() => cloud.vpc('DeleteRouteEntry', gone)).toThrow(refusal('InvalidRouteEntry.NotFound', 404));
  });
});

it('route tables: are created, used by vSwitches, and deleted when empty and unused', () => {
  const cloud = account();
  const { vpcId: VpcId, j: VSwitchId } = smallNetwork(cloud);
  const RouteTableId = idOf(cloud.vpc('CreateRouteTable', { VpcId, RouteTableName: 'own' }), 'RouteTableId');
  cloud.vpc('AssociateRouteTable', { RouteTableId, VSwitchId });
  expect(cloud.vpc('DescribeRouteTableList', { RouteTableName: 'own' })).toMatchObject({
    RouterTableList: { RouterTableListType: [{ RouteTableId, VSwitchIds: { VSwitchId: [VSwitchId] } }] },
  });
  expect(cloud.vpc('DescribeVSwitchAttributes', { VSwitchId })).toMatchObject({
    RouteTable: { RouteTableId, RouteTableType: 'Custom' },
  });
  const RouteEntryId = idOf(
    cloud.vpc('CreateRouteEntry', { RouteTableId, DestinationCidrBlock: '0.0.0.0/0', ...peer }),
    'RouteEntryId',
  );
  const remove = () => cloud.vpc('DeleteRouteTable', { RouteTableId });
  expect(remove).toThrow(refusal('IncorrectRouteTableStatus.RouteEntryExist'));
  cloud.vpc('DeleteRouteEntry', { RouteEntryId });
  expect(remove).toThrow(refusal('DependencyViolation.VSwitch'));
  cloud.vpc('UnassociateRouteTable', { RouteTableId, VSwitchId });
  remove();
  expect(() => cloud.vpc('DeleteRouteTable', { RouteTableId: systemTable(cloud, VpcId) })).toThrow(
    refusal('IncorrectRouteTableType'),
  );
});

describe('network ACLs', () => {
  it('begin empty, accept rules by direction, and are deleted when no vSwitch uses them', () => {
    const cloud = account();
    const { vpcId: VpcId, j } = smallNetwork(cloud);
    const NetworkAclId = idOf(cloud.vpc('CreateNetworkAcl', { VpcId }), 'NetworkAclId');
    const Resource = [{ ResourceType: 'VSwitch', ResourceId: j }];
    cloud.vpc('AssociateNetworkAcl', { NetworkAclId, Resource });
    expect(() => cloud.vpc('AssociateNetworkAcl', { NetworkAclId, Resource })).toThrow(
      refusal('NetworkAclExistBinding'),
    );
    const rule = { Policy: 'accept', Protocol: 'tcp', Port: '80/80' };
    const update = (input: object) => cloud.vpc('UpdateNetworkAclEntries', { NetworkAclId, ...input });
    update({ UpdateIngressAclEntries: true, IngressAclEntries: [{ ...rule, SourceCidrIp: '10.0.0.0/8' }] });
    update({ UpdateEgressAclEntries: true, EgressAclEntries: [{ ...rule, DestinationCidrIp: '0.0.0.0/0' }] });
    const { NetworkAclAttribute } = cloud.vpc('DescribeNetworkAclAttributes', { NetworkAclId }) as Record<
      string,
      object
    >;
    expect(NetworkAclAttribute).toMatchObject({
      IngressAclEntries: { IngressAclEntry: [{ SourceCidrIp: '10.0.0.0/8', Port: '80/80', Policy: 'accept' }] },
      EgressAclEntries: { EgressAclEntry: [{ DestinationCidrIp: '0.0.0.0/0' }] },
      Resources: { Resource: [{ ResourceId: j, ResourceType: 'VSwitch' }] },
    });
    expect(cloud.vpc('DescribeNetworkAcls', { ResourceType: 'VSwitch', ResourceId: j })).toMatchObject({
      TotalCount: '1',
    });
    expect(() => cloud.vpc('DeleteNetworkAcl', { NetworkAclId })).toThrow(refusal('NetworkAclExistBinding'));
    cloud.vpc('UnassociateNetworkAcl', { NetworkAclId, Resource });
    cloud.vpc('DeleteNetworkAcl', { NetworkAclId });
    expect(cloud.vpc('DescribeNetworkAcls')).toMatchObject({ TotalCount: '0' });
  });

  it.each<[Record<string, string>, string, string]>([
    [{ Port: '-1/-1' }, 'InvalidParameter.Port', 'TCP needs ports'],
    [{ Protocol: 'icmp' }, 'InvalidParameter.Port', 'ICMP has none'],
    [{ SourceCidrIp: '10.0.0.1/8' }, 'InvalidParameter.CidrIp', 'host bits'],
    [{ Policy: 'allow' }, 'InvalidParameter.Policy', "AWS's word"],
    [{ Protocol: 'sctp' }, 'InvalidParameter.Protocol', 'unknown'],
    [{ IpVersion: 'IPV6' }, 'InvalidParameter.IpVersion', 'differs from the block'],
  ])('refuse a rule with %j: %s, %s', (wrong, code) => {
    const cloud = account();
    const NetworkAclId = idOf(cloud.vpc('CreateNetworkAcl', { VpcId: smallNetwork(cloud).vpcId }), 'NetworkAclId');
    const rule = { Policy: 'accept', Protocol: 'tcp', Port: '80/80', SourceCidrIp: '10.0.0.0/8', ...wrong };
    const input = { NetworkAclId, UpdateIngressAclEntries: true, IngressAclEntries: [rule] };
    expect(() => cloud.vpc('UpdateNetworkAclEntries', input)).toThrow(refusal(code));
  });

  it('have at most twenty rules', () => {
    const cloud = account();
    const NetworkAclId = idOf(cloud.vpc('CreateNetworkAcl', { VpcId: smallNetwork(cloud).vpcId }), 'NetworkAclId');
    const rule = { Policy: 'accept', Protocol: 'all', Port: '-1/-1', SourceCidrIp: '0.0.0.0/0' };
    const update = (count: number) =>
      cloud.vpc('UpdateNetworkAclEntries', {
        NetworkAclId,
        UpdateIngressAclEntries: true,
        IngressAclEntries: Array.from({ length: count }, () => rule),
      });
    update(20);
    expect(() => update(21)).toThrow(refusal('QuotaExceeded.NetworkAclEntry'));
  });
});

it('tags of VPC: are set, listed and removed', () => {
  const cloud = account();
  const { vpcId, j } = smallNetwork(cloud);
  const what = { ResourceType: 'VSWITCH', ResourceId: [j] };
  cloud.vpc('TagResources', { ...what, Tag: [{ Key: 'a', Value: '1' }, { Key: 'b' }] });
  expect(cloud.vpc('ListTagResources', { ResourceType: 'vswitch', Tag: [{ Key: 'a', Value: '1' }] })).toMatchObject({
    TagResources: {
      TagResource: [
        { ResourceId: j, TagKey: 'a', TagValue: '1' },
        { TagKey: 'b', TagValue: '' },
      ],
    },
  });
  cloud.vpc('UnTagResources', { ...what, TagKey: ['a'] });
  expect(cloud.vpc('DescribeVSwitchAttributes', { VSwitchId: j })).toMatchObject({ Tags: { Tag: [{ Key: 'b' }] } });
  expect(() => cloud.vpc('TagResources', { ResourceType: 'VPC', ResourceId: [j], Tag: [{ Key: 'a' }] })).toThrow(
    refusal('InvalidResourceId.NotFound', 404),
  );
  expect(() =>
    cloud.vpc('TagResources', { ResourceType: 'VPC', ResourceId: [vpcId], Tag: [{ Key: 'acs:a' }] }),
  ).toThrow(refusal('InvalidTagKey.Malformed'));
});
