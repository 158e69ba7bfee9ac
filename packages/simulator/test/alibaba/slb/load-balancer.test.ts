import { describe, expect, it } from 'vitest';
import { account, idOf, refusal, runInstance, smallNetwork, type Account } from '../ecs/account.js';

function internal(cloud: Account, VSwitchId: string, more: object = {}): string {
  return idOf(cloud.slb('CreateLoadBalancer', { AddressType: 'intranet', VSwitchId, ...more }), 'LoadBalancerId');
}

const PROTOCOLS = [
  ['tcp', { Scheduler: 'wlc' }],
  ['udp', { PersistenceTimeout: 60 }],
  ['http', { XForwardedFor_SLBIP: 'on' }],
  ['https', { ServerCertificateId: 'cert-1' }],
] as const;

describe('load balancers', () => {
  it('use an address of their vSwitch and release it', () => {
    const cloud = account();
    const { vpcId, j: VSwitchId } = smallNetwork(cloud);
    const LoadBalancerId = internal(cloud, VSwitchId, { Address: '10.0.1.50', DeleteProtection: 'on' });
    expect(() => internal(cloud, VSwitchId, { Address: '10.0.1.50' })).toThrow(
      refusal('InvalidPrivateIpAddress.Duplicated'),
    );
    expect(cloud.slb('DescribeLoadBalancers', { Address: '10.0.1.50' })).toMatchObject({
      TotalCount: 1,
      PageSize: 10,
      LoadBalancers: {
        LoadBalancer: [{ LoadBalancerId, VpcId: vpcId, AddressType: 'intranet', LoadBalancerStatus: 'active' }],
      },
    });
    expect(() => cloud.vpc('DeleteVSwitch', { VSwitchId })).toThrow(refusal('DependencyViolation'));
    const remove = () => cloud.slb('DeleteLoadBalancer', { LoadBalancerId });
    expect(remove).toThrow(refusal('OperationDenied.DeleteProtectionIsOn'));
    cloud.slb('SetLoadBalancerDeleteProtection', { LoadBalancerId, DeleteProtection: 'off' });
    cloud.slb('SetLoadBalancerName', { LoadBalancerId, LoadBalancerName: 'renamed' });
    expect(cloud.slb('DescribeLoadBalancerAttribute', { LoadBalancerId })).toMatchObject({
      LoadBalancerName: 'renamed',
    });
    remove();
    expect(remove).toThrow(refusal('InvalidLoadBalancerId.NotFound', 404));
    cloud.vpc('DeleteVSwitch', { VSwitchId });
  });

  it.each(PROTOCOLS)('listen to %s: created stopped, described, changed, started, deleted', (protocol, settings) => {
    const cloud = account();
    const LoadBalancerId = internal(cloud, smallNetwork(cloud).j);
    const at = { LoadBalancerId, ListenerPort: 443 };
    const kind = protocol.toUpperCase();
    cloud.slb(`CreateLoadBalancer${kind}Listener`, { ...at, BackendServerPort: 8443, Bandwidth: 50, ...settings });
    const details = () => cloud.slb(`DescribeLoadBalancer${kind}ListenerAttribute`, at);
    expect(details()).toMatchObject({
      ...settings,
      BackendServerPort: 8443,
      Bandwidth: 50,
      Status: 'stopped',
      AclStatus: 'off',
    });
    cloud.slb('StartLoadBalancerListener', at);
    cloud.slb(`SetLoadBalancer${kind}ListenerAttribute`, { ...at, Description: 'front door' });
    expect(details()).toMatchObject({ Status: 'running', Description: 'front door', ...settings });
    cloud.slb('StopLoadBalancerListener', { ...at, ListenerProtocol: protocol });
    expect(cloud.slb('DescribeLoadBalancerListeners', { LoadBalancerId: [LoadBalancerId] })).toMatchObject({
      TotalCount: 1,
      Listeners: [{ ListenerProtocol: protocol, ListenerPort: 443, Status: 'stopped' }],
    });
    expect(cloud.slb('DescribeLoadBalancerAttribute', { LoadBalancerId })).toMatchObject({
      ListenerPorts: { ListenerPort: [443] },
      ListenerPortsAndProtocol: { ListenerPortAndProtocol: [{ ListenerPort: 443, ListenerProtocol: protocol }] },
      ListenerPortsAndProtocal: { ListenerPortAndProtocal: [{ ListenerPort: 443, ListenerProtocal: protocol }] },
    });
    cloud.slb('DeleteLoadBalancerListener', at);
    expect(details).toThrow(refusal('ListenerNotFound', 404));
  });

  it('have one listener per port, and UDP in addition', () => {
    const cloud = account();
    const LoadBalancerId = internal(cloud, smallNetwork(cloud).j);
    const listener = { LoadBalancerId, ListenerPort: 80, BackendServerPort: 80 };
    cloud.slb('CreateLoadBalancerTCPListener', listener);
    expect(() => cloud.slb('CreateLoadBalancerHTTPListener', listener)).toThrow(refusal('ListenerAlreadyExists'));
    cloud.slb('CreateLoadBalancerUDPListener', listener);
    const start = (more: object) =>
      cloud.slb('StartLoadBalancerListener', { LoadBalancerId, ListenerPort: 80, ...more });
    expect(() => start({})).toThrow(refusal('InvalidParameter'));
    start({ ListenerProtocol: 'udp' });
    expect(() => cloud.slb('CreateLoadBalancerTCPListener', { LoadBalancerId, ListenerPort: 81 })).toThrow(
      refusal('InvalidParameter'),
    );
  });

  it('forward to servers of their VPC, and report their health', async () => {
    const cloud = account();
    const { j, groupId: SecurityGroupId } = smallNetwork(cloud);
    const LoadBalancerId = internal(cloud, j);
    const one = runInstance(cloud, { VSwitchId: j, SecurityGroupId });
    const two = runInstance(cloud, { VSwitchId: j, SecurityGroupId });
    const change = (action: string, list: unknown) =>
      cloud.slb(action, { LoadBalancerId, BackendServers: JSON.stringify(list) });
    change('AddBackendServers', [{ ServerId: one, Weight: '60', Type: 'ecs' }, { ServerId: two }]);
    change('SetBackendServers', [{ ServerId: two, Weight: 10 }]);
    expect(cloud.slb('DescribeLoadBalancerAttribute', { LoadBalancerId })).toMatchObject({
      BackendServers: {
        BackendServer: [
          { ServerId: one, Weight: 60 },
          { ServerId: two, Weight: 10 },
        ],
      },
    });
    cloud.slb('CreateLoadBalancerTCPListener', { LoadBalancerId, ListenerPort: 80, BackendServerPort: 8080 });
    const health = (): unknown[] => {
      const { BackendServers } = cloud.slb('DescribeHealthStatus', { LoadBalancerId, ListenerPort: 80 }) as {
        BackendServers?: { BackendServer: { ServerHealthStatus: string }[] };
      };
      return BackendServers?.BackendServer.map((row) => row.ServerHealthStatus) ?? [];
    };
    expect(health()).toEqual(['unavailable', 'unavailable']);
    cloud.slb('StartLoadBalancerListener', { LoadBalancerId, ListenerPort: 80 });
    expect(health()).toEqual(['abnormal', 'abnormal']);
    await cloud.sim.advance(60_000);
    cloud.ecs('StopInstance', { InstanceId: two });
    expect(health()).toEqual(['normal', 'abnormal']);
    await cloud.sim.advance(60_000);
    cloud.ecs('DeleteInstance', { InstanceId: two });
    expect(health()).toEqual(['normal']);
    change('RemoveBackendServers', [one]);
    expect(health()).toEqual([]);
    expect(() => change('AddBackendServers', [{ ServerId: 'i-none' }])).toThrow(
      refusal('InvalidServerId.NotFound', 404),
    );
    expect(() => change('AddBackendServers', 'x')).toThrow(refusal('InvalidParameter'));
    const elsewhere = smallNetwork(cloud);
    const stranger = runInstance(cloud, { VSwitchId: elsewhere.j, SecurityGroupId: elsewhere.groupId });
    expect(() => change('AddBackendServers', [{ ServerId: stranger }])).toThrow(refusal('InvalidParameter'));
  });
});

it('tags of CLB: are set, listed, used as filters and removed', () => {
  const cloud = account();
  const id = internal(cloud, smallNetwork(cloud).j);
  const what = { ResourceType: 'instance', ResourceId: [id] };
  cloud.slb('TagResources', { ...what, Tag: [{ Key: 'a', Value: '1' }, { Key: 'b' }] });
  expect(cloud.slb('ListTagResources', { ResourceType: 'instance' })).toMatchObject({
    TagResources: { TagResource: [{ ResourceId: id, TagKey: 'a', TagValue: '1' }, { TagKey: 'b' }] },
  });
  expect(cloud.slb('DescribeLoadBalancers', { Tag: [{ Key: 'a', Value: '1' }] })).toMatchObject({ TotalCount: 1 });
  cloud.slb('UntagResources', { ...what, TagKey: ['a'] });
  expect(cloud.slb('DescribeLoadBalancers', { Tag: [{ Key: 'a' }] })).toMatchObject({ TotalCount: 0 });
  cloud.slb('UntagResources', { ...what, All: true });
  expect(cloud.slb('ListTagResources', { ...what })).toMatchObject({ TagResources: { TagResource: [] } });
  expect(() => cloud.slb('TagResources', { ...what, ResourceId: ['lb-none'], Tag: [{ Key: 'a' }] })).toThrow(
    refusal('InvalidResourceId.NotFound', 404),
  );
});

describe('access control lists', () => {
  const entries = (...blocks: string[]) => JSON.stringify(blocks.map((entry) => ({ entry, comment: 'gateway' })));

  it('are created, filled, used and deleted', () => {
    const cloud = account();
    const AclId = idOf(cloud.slb('CreateAccessControlList', { AclName: 'front' }), 'AclId');
    const add = (...blocks: string[]) =>
      cloud.slb('AddAccessControlListEntry', { AclId, AclEntrys: entries(...blocks) });
    add('10.0.1.0/24', '10.0.2.9');
    expect(() => add('10.0.1.0/24')).toThrow(refusal('AclEntryRepeated'));
    expect(() => add('10.0.1.1/24')).toThrow(refusal('InvalidParameter'));
    expect(() => add('2001:db8::/32')).toThrow(refusal('InvalidParameter'));
    const LoadBalancerId = internal(cloud, smallNetwork(cloud).j);
    const at = { LoadBalancerId, ListenerPort: 80 };
    const listener = { ...at, BackendServerPort: 80, AclStatus: 'on', AclType: 'white' };
    expect(() => cloud.slb('CreateLoadBalancerTCPListener', listener)).toThrow(refusal('InvalidParameter'));
    expect(() => cloud.slb('CreateLoadBalancerTCPListener', { ...listener, AclId: 'acl-none' })).toThrow(
      refusal('AclNotExist'),
    );
    cloud.slb('CreateLoadBalancerTCPListener', { ...listener, AclId });
    expect(cloud.slb('DescribeLoadBalancerTCPListenerAttribute', at)).toMatchObject({
      AclStatus: 'on',
      AclType: 'white',
      AclId,
    });
    expect(cloud.slb('DescribeAccessControlListAttribute', { AclId })).toMatchObject({
      AclEntrys: {
        AclEntry: [{ AclEntryIP: '10.0.1.0/24', AclEntryComment: 'gateway' }, { AclEntryIP: '10.0.2.9/32' }],
      },
      RelatedListeners: { RelatedListener: [{ LoadBalancerId, ListenerPort: 80, Protocol: 'tcp', AclType: 'white' }] },
    });
    const remove = () => cloud.slb('DeleteAccessControlList', { AclId });
    expect(remove).toThrow(refusal('OperationDenied.AclInUse'));
    cloud.slb('RemoveAccessControlListEntry', { AclId, AclEntrys: entries('10.0.1.0/24') });
    cloud.slb('DeleteLoadBalancerListener', at);
    expect(cloud.slb('DescribeAccessControlLists', { AclName: 'ront' })).toMatchObject({
      TotalCount: 1,
      Acls: { Acl: [{ AclId, AclName: 'front' }] },
    });
    remove();
    expect(() => cloud.slb('DescribeAccessControlListAttribute', { AclId })).toThrow(refusal('AclNotExist'));
  });

  it('list ten to a page', () => {
    const { slb } = account();
    for (let n = 0; n < 11; n += 1) slb('CreateAccessControlList', { AclName: `list-${n}` });
    expect(slb('DescribeAccessControlLists')).toMatchObject({ TotalCount: 11, PageSize: 10, Count: 10 });
    expect(slb('DescribeAccessControlLists', { PageNumber: 2 })).toMatchObject({ Count: 1 });
  });
});
