import { beforeAll, describe, expect, it } from 'vitest';
import type { ProductName } from '../../src/alibaba/operation/operation.js';
import { alibabaRegistry } from '../../src/alibaba/services.js';
import { simulate, type Simulation } from '../../src/index.js';

const REGION = 'cn-hangzhou';
const MANY = 12;
const quotas = { 'alibaba-vpcs': 50, 'route-tables-per-alibaba-vpc': 50 };
const sim: Simulation = simulate({ seed: 3, throttle: false, quotas });
let ids: Readonly<Record<'group' | 'api' | 'backend' | 'plugin' | 'app', string>>;

const call = (product: ProductName, action: string, input: Record<string, unknown>) =>
  sim.callAlibaba({ product, action, region: REGION }, input) as Readonly<Record<string, string>>;
const many = <T>(make: (index: number) => T): T[] => Array.from({ length: MANY }, (_, index) => make(index));

/** More resources of each kind than a page of the default size contains. */
beforeAll(async () => {
  const [vpc] = many((n) => call('Vpc', 'CreateVpc', { CidrBlock: `172.${16 + n}.0.0/16`, VpcName: `vpc${n}` }));
  await sim.advance(60_000);
  const VpcId = vpc?.['VpcId'];
  const zone = { VpcId, ZoneId: 'cn-hangzhou-j' };
  const [vSwitch] = many((n) => call('Vpc', 'CreateVSwitch', { ...zone, CidrBlock: `172.16.${n}.0/24` }));
  many((n) => call('Vpc', 'CreateRouteTable', { VpcId, RouteTableName: `table${n}` }));
  many((n) => call('Vpc', 'CreateNetworkAcl', { VpcId, NetworkAclName: `acl${n}` }));
  const [group] = many((n) => call('Ecs', 'CreateSecurityGroup', { VpcId, SecurityGroupName: `group${n}` }));
  await sim.advance(60_000);
  const place = { VSwitchId: vSwitch?.['VSwitchId'], SecurityGroupId: group?.['SecurityGroupId'] };
  call('Ecs', 'RunInstances', { ImageId: 'm-1', InstanceType: 'ecs.g7.large', ...place, Amount: MANY });
  many((n) => {
    const { VSwitchId } = place;
    call('Slb', 'CreateLoadBalancer', { VpcId, VSwitchId, AddressType: 'intranet', LoadBalancerName: `lb${n}` });
    call('Slb', 'CreateAccessControlList', { AclName: `acl${n}` });
    call('CloudAPI', 'SetVpcAccess', { Name: `access${n}`, VpcId, InstanceId: `172.16.0.${10 + n}`, Port: 80 });
    const Records = [{ Record: '172.16.0.10', Weight: 100 }];
    call('CloudAPI', 'CreatePrivateDNS', { IntranetDomain: `d${n}.internal`, Type: 'A', Records });
  });
  const groups = many((n) => call('CloudAPI', 'CreateApiGroup', { GroupName: `group${n}` })['GroupId'] ?? '');
  const backends = many((n) => call('CloudAPI', 'CreateBackend', { BackendName: `b${n}`, BackendType: 'HTTP' }));
  const data = { PluginType: 'cors', PluginData: '{"allowOrigins":"*"}' };
  const plugins = many((n) => call('CloudAPI', 'CreatePlugin', { PluginName: `plugin${n}`, ...data }));
  const [GroupId = ''] = groups;
  const PluginId = plugins[0]?.['PluginId'];
  const apis = many((n) => {
    const { ApiId = '' } = call('CloudAPI', 'CreateApi', { GroupId, ...api(n) });
    call('CloudAPI', 'DeployApi', { GroupId, ApiId, StageName: 'RELEASE', Description: 'first' });
    call('CloudAPI', 'AttachPlugin', { PluginId, GroupId, ApiId, StageName: 'RELEASE' });
    return ApiId;
  });
  for (const other of groups) {
    call('CloudAPI', 'AttachGroupPlugin', { PluginId: plugins[1]?.['PluginId'], GroupId: other, StageName: 'PRE' });
  }
  const apps = many((n) => call('CloudAPI', 'CreateApp', { AppName: `app${n}` })['AppId'] ?? '');
  const stage = { GroupId, StageName: 'RELEASE' };
  const [app = ''] = apps;
  call('CloudAPI', 'SetAppsAuthorities', { ...stage, ApiId: apis[0], AppIds: apps.join(',') });
  call('CloudAPI', 'SetApisAuthorities', { ...stage, AppId: app, ApiIds: apis.join(',') });
  many((n) => {
    call('CloudAPI', 'CreateAccessControlList', { AclName: `acl${n}` });
    const limits = { TrafficControlUnit: 'MINUTE', ApiDefault: 100 };
    call('CloudAPI', 'CreateTrafficControl', { TrafficControlName: `control${n}`, ...limits });
    call('CloudAPI', 'CreateIpControl', { IpControlName: `control${n}`, IpControlType: 'ALLOW' });
  });
  ids = {
    group: GroupId,
    app,
    api: apis[0] ?? '',
    backend: backends[0]?.['BackendId'] ?? '',
    plugin: PluginId ?? '',
  };
});

function api(n: number) {
  return {
    ApiName: `api${n}`,
    Visibility: 'PRIVATE',
    Description: 'an API',
    AuthType: 'ANONYMOUS',
    RequestConfig: JSON.stringify({ RequestProtocol: 'HTTP', RequestHttpMethod: 'GET', RequestPath: `/a${n}` }),
    ServiceConfig: JSON.stringify({
      ServiceProtocol: 'HTTP',
      ServiceVpcEnable: 'TRUE',
      VpcConfig: { Name: 'access0', VpcScheme: 'http' },
      ServicePath: '/',
      ServiceHttpMethod: 'GET',
      ServiceTimeout: 10_000,
    }),
    ResultType: 'JSON',
    ResultSample: '{}',
  };
}

/** The required input of each numbered list. */
const LISTS: Readonly<Record<string, () => Record<string, unknown>>> = {
  'CloudAPI DescribeAccessControlLists': () => ({}),
  'CloudAPI DescribeApiGroups': () => ({}),
  'CloudAPI DescribeApis': () => ({}),
  'CloudAPI DescribeApisByVpcAccess': () => ({ VpcName: 'access0' }),
  'CloudAPI DescribeAppAttributes': () => ({}),
  'CloudAPI DescribeAuthorizedApis': () => ({ AppId: ids.app }),
  'CloudAPI DescribeAuthorizedApps': () => ({ GroupId: ids.group, ApiId: ids.api, StageName: 'RELEASE' }),
  'CloudAPI DescribeBackendList': () => ({}),
  'CloudAPI DescribeDeployedApis': () => ({}),
  'CloudAPI DescribeHistoryApis': () => ({ GroupId: ids.group }),
  'CloudAPI DescribeIpControls': () => ({}),
  'CloudAPI DescribePluginApis': () => ({ PluginId: ids.plugin }),
  'CloudAPI DescribePlugins': () => ({}),
  'CloudAPI DescribeTrafficControls': () => ({}),
  'CloudAPI DescribeVpcAccesses': () => ({}),
  'CloudAPI ListPrivateDNS': () => ({}),
  'Ecs DescribeInstances': () => ({}),
  'Ecs DescribeNetworkInterfaces': () => ({}),
  'Ecs DescribeSecurityGroups': () => ({}),
  'Vpc DescribeNetworkAcls': () => ({}),
  'Vpc DescribeRouteTableList': () => ({}),
  'Vpc DescribeRouteTables': () => ({}),
  'Vpc DescribeVSwitches': () => ({}),
  'Vpc DescribeVpcs': () => ({}),
  'Slb DescribeAccessControlLists': () => ({}),
  'Slb DescribeLoadBalancers': () => ({}),
};

/** Numbered lists of which this world has a page at most. */
const SHORT = new Set([
  'Alidns DescribeDomainRecords',
  'Alidns DescribeDomains',
  'Alidns DescribeSubDomainRecords',
  'CloudAPI DescribeApiIpControls',
  'CloudAPI DescribeApiSignatures',
  'CloudAPI DescribeApiTrafficControls',
  'CloudAPI DescribeApisByBackend',
  'CloudAPI DescribeApps',
  'CloudAPI DescribeIpControlPolicyItems',
  'CloudAPI DescribePluginGroups',
  'CloudAPI DescribePluginsByApi',
  'CloudAPI DescribePluginsByGroup',
  'Vpc DescribeEipAddresses',
  'Vpc DescribeNatGateways',
  'Vpc DescribeSnatTableEntries',
]);

/** The list in an answer: the longest array, in whatever wrappers. */
function itemsOf(answer: unknown): unknown[] {
  if (Array.isArray(answer)) return answer;
  if (typeof answer !== 'object' || answer === null) return [];
  return Object.values(answer)
    .map(itemsOf)
    .reduce((longest, items) => (items.length > longest.length ? items : longest), []);
}

describe('numbered lists', () => {
  it('are all in the table', () => {
    const numbered = alibabaRegistry.operations
      .filter(({ parameters }) => 'PageNumber' in parameters)
      .map(({ product, name }) => `${product} ${name}`);
    expect(numbered.filter((name) => !SHORT.has(name)).sort()).toEqual(Object.keys(LISTS).sort());
  });

  it.each(Object.entries(LISTS))('%s: ten items by default; each item once over all pages', (list, given) => {
    const [product, action = ''] = list.split(' ') as [ProductName, string];
    const ask = (page: object) => call(product, action, { ...given(), ...page });
    const first = ask({});
    const total = Number(first['TotalCount']);
    expect(total).toBeGreaterThanOrEqual(MANY);
    expect(itemsOf(first)).toHaveLength(10);
    const pages = Array.from({ length: Math.ceil(total / 5) + 1 }, (_, n) =>
      itemsOf(ask({ PageNumber: n + 1, PageSize: 5 })),
    );
    const texts = pages.flat().map((item) => JSON.stringify(item));
    expect(texts).toHaveLength(total);
    expect(new Set(texts).size).toBe(total);
    expect(pages.at(-1)).toEqual([]);
    expect(() => ask({ PageSize: 10_000 })).toThrow(expect.objectContaining({ name: 'AlibabaError' }));
    expect(() => ask({ PageNumber: 0 })).toThrow(expect.objectContaining({ name: 'AlibabaError' }));
  });
});
