import { describe, expect, it } from 'vitest';
import { idOf } from '../../alibaba/ecs/account.js';
import { MINUTE, publish, REGION, shop } from './shop.js';

const ORDERS = '/orders/7';

describe('callers of a group', () => {
  it('are those of the lists of its instance', async () => {
    const { cloud, linkId: InstanceId, get, call, host } = await shop();
    const AclId = idOf(cloud.cloudapi('CreateAccessControlList', { AclName: 'office' }), 'AclId');
    const use = (AclType: string) => cloud.cloudapi('EnableInstanceAccessControl', { InstanceId, AclId, AclType });
    const entry = (action: string, block: string) =>
      cloud.cloudapi(action, { AclId, AclEntrys: JSON.stringify([{ entry: block, comment: '' }]) });
    use('white');
    expect(await get(ORDERS)).toBe('delivered 200'); // an empty list
    entry('AddAccessControlListEntry', '198.51.100.0/24');
    expect(await get(ORDERS)).toBe('unauthorized 504');
    expect((await call({ host, path: ORDERS })).because).toMatch(
      /^The white list acl-\w+ of \S+ does not have 203\.0\.113\.10\.$/,
    );
    use('black');
    expect(await get(ORDERS)).toBe('delivered 200');
    entry('AddAccessControlListEntry', '203.0.113.0/24');
    expect(await get(ORDERS)).toBe('unauthorized 504');
    cloud.cloudapi('DisableInstanceAccessControl', { InstanceId, AclId });
    expect(await get(ORDERS)).toBe('delivered 200');
  });

  it('of its VPC domain are those of its whitelist', async () => {
    const { cloud, groupId: GroupId, linkId: InstanceId, vpcId: VpcId, call } = await shop();
    const host = `${GroupId}-${REGION}-vpc.alicloudapi.com`;
    const ended = async () => {
      const { outcome, headers } = await call({ host, path: ORDERS });
      return [outcome, headers['x-ca-error-code']];
    };
    cloud.cloudapi('ModifyInstanceVpcAttributeForConsole', { InstanceId, VpcId });
    cloud.cloudapi('ModifyIntranetDomainPolicy', { GroupId, VpcIntranetEnable: true });
    expect(cloud.cloudapi('DescribeApiGroup', { GroupId })).toMatchObject({ VpcDomain: host });
    expect(await ended()).toEqual(['delivered', undefined]);
    cloud.cloudapi('ModifyApiGroupVpcWhitelist', { GroupId, VpcIds: 'vpc-other1' });
    expect(await ended()).toEqual(['unreachable', 'A403VN']);
    cloud.cloudapi('ModifyApiGroupVpcWhitelist', { GroupId, VpcIds: `vpc-other1,${VpcId}` });
    expect(cloud.cloudapi('DescribeApiGroupVpcWhitelist', { GroupId })).toMatchObject({
      VpcIds: `vpc-other1,${VpcId}`,
    });
    expect(await ended()).toEqual(['delivered', undefined]);
    expect(() => cloud.cloudapi('ModifyApiGroupVpcWhitelist', { GroupId, VpcIds: 'orders' })).toThrow(/VpcIds/);
    cloud.cloudapi('ModifyIntranetDomainPolicy', { GroupId, VpcIntranetEnable: false });
    await expect(ended()).rejects.toThrow(/No gateway/);
  });
});

it('publications: go back to an earlier one, and come in batches', async () => {
  const { cloud, sim, groupId: GroupId, ordersId: ApiId, call, host, get } = await shop();
  const path = async () => (JSON.parse((await call({ host, path: ORDERS })).body) as { path: string }).path;
  const { ApiHisItems } = cloud.cloudapi('DescribeHistoryApis', { GroupId, ApiId }) as {
    ApiHisItems?: { ApiHisItem: { HistoryVersion: string }[] };
  };
  const api = cloud.cloudapi('DescribeApi', { ApiId }) as unknown as Record<string, object>;
  const service = { ...api['ServiceConfig'], ServicePath: '/v3/orders/[id]' };
  cloud.cloudapi('ModifyApi', {
    ApiId,
    ApiName: 'changed',
    Visibility: 'PRIVATE',
    RequestConfig: JSON.stringify(api['RequestConfig']),
    ServiceConfig: JSON.stringify(service),
  });
  cloud.cloudapi('BatchDeployApis', {
    StageName: 'RELEASE',
    Description: 'next',
    Api: [{ ApiUid: ApiId, GroupId }],
  });
  expect(await path()).toBe('/v2/orders/7');
  await sim.advance(MINUTE);
  expect(await path()).toBe('/v3/orders/7');
  const HistoryVersion = ApiHisItems?.ApiHisItem[0]?.HistoryVersion;
  cloud.cloudapi('SwitchApi', { GroupId, ApiId, StageName: 'RELEASE', HistoryVersion, Description: 'back' });
  expect(await path()).toBe('/v2/orders/7');
  cloud.cloudapi('BatchAbolishApis', { Api: [{ ApiUid: ApiId, GroupId, StageName: 'RELEASE' }] });
  await sim.advance(MINUTE);
  expect(await get(ORDERS)).toBe('no-route 404 I404NF');
  publish(cloud, GroupId, { path: ORDERS, access: 'server' });
  expect(await get(ORDERS)).toBe('delivered 200');
});

it('a load balancer behind a group: sends calls by the rules of its listener', async () => {
  const { cloud, sim, vpcId: VpcId, serverId: ServerId, loadBalancerId: LoadBalancerId, call, host } = await shop();
  const at = { LoadBalancerId, ListenerPort: 80 };
  cloud.slb('DeleteLoadBalancerListener', at);
  cloud.slb('CreateLoadBalancerHTTPListener', { ...at, BackendServerPort: 80, HealthCheck: 'off' });
  cloud.slb('StartLoadBalancerListener', at);
  await sim.advance(MINUTE);
  const BackendServers = JSON.stringify([{ ServerId, Port: 8080, Type: 'ecs' }]);
  const VServerGroupId = idOf(cloud.slb('CreateVServerGroup', { LoadBalancerId, BackendServers }), 'VServerGroupId');
  const port = async (path: string) => {
    const { body, status } = await call({ host, path });
    return status === 200 ? (JSON.parse(body) as { port: number }).port : status;
  };
  expect(await port('/carts/vip/1')).toBe(80);
  const rule = (more: object) => JSON.stringify([{ RuleName: 'vip', VServerGroupId, ...more }]);
  cloud.slb('CreateRules', { ...at, RuleList: rule({ Url: '/carts/vip' }) });
  expect([await port('/carts/vip/1'), await port('/carts/1'), await port('/carts/vip/1?a=b')]).toEqual([
    8080, 80, 8080,
  ]);
  // A rule by domain looks at the host that the authorization has the gateway send.
  cloud.slb('CreateRules', { ...at, RuleList: rule({ Domain: 'carts.internal' }) });
  expect(await port('/carts/1')).toBe(80);
  const access = { Name: 'balancer', VpcId, InstanceId: LoadBalancerId, Port: 80 };
  cloud.cloudapi('ModifyVpcAccessAndUpdateApis', {
    ...access,
    VpcTargetHostName: 'carts.internal',
    NeedBatchWork: false,
  });
  expect(await port('/carts/1')).toBe(8080);
  cloud.slb('RemoveVServerGroupBackendServers', { VServerGroupId, BackendServers });
  expect(await port('/carts/1')).toBe(503);
});
