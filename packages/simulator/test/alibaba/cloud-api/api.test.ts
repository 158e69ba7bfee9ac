import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { connectInput, httpService, newAccount, newNetwork, normalInput, runningInstance, vpcApi } from './account.js';

/** An account with an authorization of 172.16.0.10 and a group on the shared instance. */
function prepared(options: Parameters<typeof newAccount>[0] = {}) {
  const account = newAccount(options);
  const network = newNetwork(account);
  account.call('SetVpcAccess', { Name: 'orders', VpcId: network.VpcId, InstanceId: '172.16.0.10', Port: 8080 });
  const { GroupId } = account.call('CreateApiGroup', { GroupName: 'orders', Tag: [{ Key: 'team', Value: 'orders' }] });
  return { ...account, account, network, GroupId: GroupId as string };
}

const request = (RequestPath: string, RequestHttpMethod = 'GET') =>
  JSON.stringify({ RequestProtocol: 'HTTP', RequestHttpMethod, RequestPath });

describe('API groups', () => {
  it('are listed ten on a page, fifty at most, and filtered', () => {
    const { account, GroupId } = prepared();
    for (let n = 10; n < 21; n += 1) account.call('CreateApiGroup', { GroupName: `group_${n}` });
    const list = (input: object) => account.call('DescribeApiGroups', input);
    expect(list({})).toMatchObject({ TotalCount: 12, PageSize: 10 });
    expect(list({}).ApiGroupAttributes.ApiGroupAttribute).toHaveLength(10);
    expect(list({ PageSize: 50 }).ApiGroupAttributes.ApiGroupAttribute).toHaveLength(12);
    expect(account.refusal('DescribeApiGroups', { PageSize: 51 })?.code).toBe('InvalidPageSize');
    for (const filter of [{ GroupId }, { GroupName: 'rders' }, { Tag: [{ Key: 'team', Value: 'orders' }] }]) {
      expect(list(filter).ApiGroupAttributes.ApiGroupAttribute.map((row: any) => row.GroupId)).toEqual([GroupId]);
    }
    expect(list({ InstanceId: 'apigateway-hz-none' }).TotalCount).toBe(0);
  });

  it.each([
    ['billingStatus', 'ForbiddenBillingStatus'],
    ['illegalStatus', 'ForbiddenIllegalStatus'],
  ])('refuse changes when %s is LOCKED', (member, code) => {
    const { account, GroupId } = prepared();
    const { ApiId } = account.call('CreateApi', vpcApi(GroupId, 'orders'));
    const group = account.state.groups.get(GroupId)!;
    account.state.groups.set(GroupId, { ...group, [member]: 'LOCKED' });
    const locked = { code, status: 403 };
    expect(account.refusal('CreateApi', vpcApi(GroupId, 'orders'))).toMatchObject(locked);
    expect(account.refusal('ModifyApi', { ...vpcApi(GroupId, 'orders'), ApiId })).toMatchObject(locked);
    expect(account.refusal('ModifyApiGroup', { GroupId, Description: 'x' })).toMatchObject(locked);
    const deploy = { GroupId, ApiId, StageName: 'TEST', Description: 'x' };
    expect(account.refusal('DeployApi', deploy)).toMatchObject(locked);
    const move = { GroupId, TargetInstanceId: 'api-shared-vpc-001' };
    expect(account.refusal('ModifyApiGroupInstance', move)).toMatchObject(locked);
  });
});

answers('API groups', prepared)`
  are created, changed and deleted by calls
    group $GroupId
      -> {GroupName: orders, InstanceId: api-shared-vpc-001, InstanceType: VPC_SHARED, TrafficLimit: 500,
      BillingStatus: NORMAL, IllegalStatus: NORMAL, SubDomain: $GroupId-cn-hangzhou.alicloudapi.com}
    group $GroupId -> {StageItems.StageInfo.StageName: [RELEASE, PRE, TEST]}
    group $GroupId -> {MigrationStatus: absent}
    ModifyApiGroup {GroupId: $GroupId, GroupName: carts, BasePath: /v1, PassthroughHeaders: x-trace}
    ModifyApiGroupNetworkPolicy {GroupId: $GroupId, HttpsPolicy: HTTPS2_TLS1_2, VpcIntranetEnable: true}
    group $GroupId
      -> {GroupName: carts, BasePath: /v1, PassthroughHeaders: x-trace, HttpsPolicy: HTTPS2_TLS1_2,
      VpcDomain: $GroupId-cn-hangzhou-vpc.alicloudapi.com}
    DeleteApiGroup {GroupId: $GroupId}
    DescribeApiGroup {GroupId: $GroupId} !400 NotFoundApiGroup
  refuses wrong input
    CreateApiGroup {GroupName: abc} !400 InvalidGroupName
    CreateApiGroup {GroupName: my-orders} !400 InvalidGroupName
    CreateApiGroup {GroupName: orders} !400 DuplicateGroupName
    CreateApiGroup {GroupName: carts, InstanceId: apigateway-hz-none} !400 NotFoundInstance
    CreateApiGroup {GroupName: carts, BasePath: v1} !400 InvalidBasePath
    ModifyApiGroup {GroupId: none} !400 NotFoundApiGroup
    ModifyApiGroupNetworkPolicy {GroupId: none} !400 NotFoundApiGroup
    DeleteApiGroup {GroupId: none} !400 NotFoundApiGroup
`;

answers('API groups', () => prepared({ quotas: { 'api-groups': 1, 'apis-per-group': 1 } }))`
  have a quota, are not deleted while they have APIs, and need an instance that runs
    CreateApiGroup {GroupName: carts} !ExceedLimitApiGroup
    CreateApi ${vpcApi('$GroupId', 'orders')}
    CreateApi ${vpcApi('$GroupId', 'orders', { ApiName: 'second', RequestConfig: request('/second') })} !ExceedLimitApi
    DeleteApiGroup {GroupId: $GroupId} !DependencyViolationApiGroup
    input = connectInput [$network]
    CreateInstance $input
    CreateApiGroup {GroupName: young, InstanceId: $InstanceId} !InvalidInstanceId
`;

describe('APIs', () => {
  it('are drafted, published, changed, and unpublished', () => {
    const { account, network, GroupId } = prepared();
    const parameter = {
      ApiParameterName: 'age',
      Location: 'HEAD',
      ParameterType: 'Number',
      Required: 'OPTIONAL',
      MaxValue: '120',
    };
    const { ApiId } = account.call('CreateApi', {
      ...vpcApi(GroupId, 'orders', { Description: 'orders', RequestParameters: JSON.stringify([parameter]) }),
      Tag: [{ Key: 'APP', Value: 'shop' }],
    });
    const vpc = { Name: 'orders', VpcId: network.VpcId, InstanceId: '172.16.0.10', Port: 8080 };
    const draft = account.call('DescribeApi', { GroupId, ApiId });
    expect(draft).toMatchObject({
      ApiName: 'getOrders',
      GroupName: 'orders',
      RequestConfig: { RequestHttpMethod: 'GET', RequestPath: '/orders' },
      ServiceConfig: { ServiceVpcEnable: 'TRUE', ServiceTimeout: 10_000, VpcConfig: { ...vpc, VpcScheme: 'HTTP' } },
      RequestParameters: { RequestParameter: [{ ApiParameterName: 'age', MaxValue: 120 }] },
      BackendEnable: false,
      TagList: { Tag: [{ TagKey: 'APP', TagValue: 'shop' }] },
    });
    expect(draft.DeployedInfos.DeployedInfo.map((row: any) => row.DeployedStatus)).toEqual(
      Array(3).fill('NONDEPLOYED'),
    );
    const at = { GroupId, ApiId, StageName: 'RELEASE' };
    expect(account.refusal('DescribeDeployedApi', at)?.code).toBe('NotFoundStage');
    account.call('DeployApi', { ...at, Description: 'first' });
    account.call('ModifyApi', { ...vpcApi(GroupId, 'orders', { ApiName: 'listOrders' }), ApiId });
    const deployed = account.call('DescribeDeployedApi', at);
    expect(deployed).toMatchObject({ ApiName: 'getOrders', StageName: 'RELEASE', Description: 'orders' });
    expect(deployed.ServiceConfig.VpcConfig).toEqual(vpc); // the scheme is not returned
    expect(deployed).not.toHaveProperty('BackendConfig');
    expect(account.call('DescribeApi', { ApiId })).toMatchObject({ ApiName: 'listOrders', Description: 'orders' });
    expect(account.refusal('DeleteApi', { GroupId, ApiId })?.code).toBe('DependencyViolationApi');
    account.call('AbolishApi', at);
    account.call('DeleteApi', { GroupId, ApiId });
    expect(account.refusal('DescribeApi', { ApiId })).toMatchObject({ code: 'NotFoundApi', status: 400 });
  });

  it('keep a history that contains the scheme', async () => {
    const { account, GroupId } = prepared();
    const { ApiId } = account.call('CreateApi', vpcApi(GroupId, 'orders'));
    for (const [StageName, Description] of [
      ['TEST', 'one'],
      ['RELEASE', 'two'],
      ['RELEASE', 'three'],
    ]) {
      account.call('DeployApi', { GroupId, ApiId, StageName, Description });
      await account.advance(1);
    }
    const { ApiHisItems } = account.call('DescribeHistoryApis', { GroupId, ApiId, StageName: 'RELEASE' });
    expect(ApiHisItems.ApiHisItem.map((row: any) => [row.Description, row.Status])).toEqual([
      ['three', 'ONLINE'],
      ['two', 'OFFLINE'],
    ]);
    const [{ HistoryVersion }] = ApiHisItems.ApiHisItem;
    expect(HistoryVersion).toMatch(/^20260601\d{9}$/);
    const version = { GroupId, ApiId, StageName: 'RELEASE', HistoryVersion };
    const history = account.call('DescribeApiHistory', version);
    expect(history).toMatchObject({ Status: 'ONLINE', ServiceConfig: { VpcConfig: { VpcScheme: 'HTTP' } } });
    expect(account.refusal('DescribeApiHistory', { ...version, StageName: 'TEST' })?.code).toBe(
      'NotFoundHistoryVersion',
    );
    const { DeployedApis } = account.call('DescribeDeployedApis', { GroupId });
    expect(DeployedApis.DeployedApiItem.map((row: any) => row.StageName)).toEqual(['TEST', 'RELEASE']);
  });

  it('accept camelCase, as Terraform sends it', () => {
    const { account, GroupId } = prepared();
    const ServiceConfig = JSON.stringify({
      serviceProtocol: 'HTTP',
      serviceVpcEnable: 'TRUE',
      vpcConfig: { name: 'orders', vpcScheme: 'https' },
    });
    const RequestConfig = JSON.stringify({ requestProtocol: 'HTTP', requestHttpMethod: 'GET', requestPath: '/a' });
    const { ApiId } = account.call('CreateApi', vpcApi(GroupId, 'orders', { ServiceConfig, RequestConfig }));
    expect(account.call('DescribeApi', { ApiId }).ServiceConfig).toMatchObject({
      ServiceVpcEnable: 'TRUE',
      VpcConfig: { Name: 'orders', Port: 8080, VpcScheme: 'https' },
    });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['NotFoundApiGroup', { GroupId: 'none' }, 'no such group'],
    ['InvalidApiName', { ApiName: 'a b c d' }, 'blanks in the name'],
    ['DuplicateApiName', { RequestConfig: request('/new') }, 'the name is in use'],
    ['DuplicateRequestPath', { ApiName: 'other' }, 'method and path are in use'],
    ['InvalidRequestConfig', { RequestConfig: '{' }, 'no JSON'],
    ['InvalidRequestConfig', { RequestConfig: '[]' }, 'no object'],
    ['MissingRequestPath', { RequestConfig: '{"RequestProtocol":"HTTP","RequestHttpMethod":"GET"}' }, 'no path'],
    ['InvalidRequestPath', { RequestConfig: request('orders') }, 'a relative path'],
    ['InvalidServiceConfig', { ServiceConfig: 'HTTP' }, 'no JSON'],
    ['NotFoundVpc', { ServiceConfig: '{"ServiceVpcEnable":"TRUE","VpcConfig":{"Name":"x"}}' }, 'no such authorization'],
    ['MissingVpcConfig', { ServiceConfig: '{"ServiceVpcEnable":"TRUE"}' }, 'no authorization named'],
    [
      'InvalidVpcScheme',
      { ServiceConfig: '{"ServiceVpcEnable":"TRUE","VpcConfig":{"Name":"orders","VpcScheme":"ftp"}}' },
      'no such scheme',
    ],
    ['MissingServiceAddress', { ServiceConfig: '{"ServiceProtocol":"HTTP"}' }, 'where to?'],
    ['InvalidServiceTimeout', { ServiceConfig: '{"ServiceTimeout":"soon"}' }, 'no number'],
    ['InvalidRequestParameters', { RequestParameters: '{"a":1}' }, 'no array'],
    ['MissingBackendId', { BackendEnable: true }, 'which backend?'],
    ['NotFoundBackend', { BackendEnable: true, BackendId: 'x' }, 'no such backend'],
    ['InvalidVisibility', { Visibility: 'SECRET' }, 'no such visibility'],
  ])('refuse with %s: %j (%s)', (code, changes) => {
    const { account, GroupId } = prepared();
    account.call('CreateApi', vpcApi(GroupId, 'orders'));
    expect(account.refusal('CreateApi', vpcApi(GroupId, 'orders', changes))).toMatchObject({ code, status: 400 });
  });

  it.each<[string, string, object]>([
    ['DescribeApi', 'NotFoundApi', {}],
    ['DeleteApi', 'NotFoundApi', {}],
    ['DeployApi', 'NotFoundApi', { StageName: 'TEST', Description: 'x' }],
    ['AbolishApi', 'NotFoundApi', { StageName: 'TEST' }],
    ['DescribeDeployedApi', 'NotFoundApi', { StageName: 'TEST' }],
    ['DescribeApiHistory', 'NotFoundApi', { StageName: 'TEST', HistoryVersion: '1' }],
  ])('%s returns %s', (action, code, input) => {
    const { account, GroupId } = prepared();
    const { ApiId } = account.call('CreateApi', vpcApi(GroupId, 'orders'));
    const { GroupId: other } = account.call('CreateApiGroup', { GroupName: 'carts' });
    expect(account.refusal(action, { ApiId: 'none', ...input })?.code).toBe(code);
    expect(account.refusal(action, { ApiId, GroupId: other, ...input })?.code).toBe(code);
    expect(account.refusal(action, { ApiId, GroupId: 'none', ...input })?.code).toBe('NotFoundApiGroup');
  });

  it.each(['DeployApi', 'AbolishApi', 'DescribeDeployedApi'])('%s accepts only stages of the group', (action) => {
    const { account, GroupId } = prepared();
    const { ApiId } = account.call('CreateApi', vpcApi(GroupId, 'orders'));
    const description = action === 'DeployApi' ? { Description: 'x' } : {};
    expect(account.refusal(action, { ApiId, StageName: 'GAMMA', ...description })?.code).toBe('NotFoundStage');
    if (action !== 'DeployApi')
      expect(account.refusal(action, { ApiId, StageName: 'PRE' })?.code).toBe('NotFoundStage');
  });

  it('are listed by group, name, method, path, stage, and ten on a page', () => {
    const { account, GroupId } = prepared();
    const ids = Array.from({ length: 12 }, (_, n) => {
      const changes = { ApiName: `name_${n}`, RequestConfig: request(`/orders/${n}`, n === 3 ? 'POST' : 'GET') };
      return account.call('CreateApi', vpcApi(GroupId, 'orders', changes)).ApiId as string;
    });
    account.call('DeployApi', { ApiId: ids[3], StageName: 'PRE', Description: 'x' });
    const found = (input: object) =>
      account.call('DescribeApis', input).ApiSummarys.ApiSummary.map((row: any) => row.ApiId) as string[];
    expect(found({ GroupId })).toEqual(ids.slice(0, 10));
    expect(found({ GroupId, PageNumber: 2 })).toEqual(ids.slice(10));
    expect(found({ ApiMethod: 'POST' })).toEqual([ids[3]]);
    expect(found({ ApiPath: '/orders/11' })).toEqual([ids[11]]);
    expect(found({ ApiName: 'name_7' })).toEqual([ids[7]]);
    expect(found({ StageName: 'PRE' })).toEqual([ids[3]]);
    expect(found({ UnDeployed: true, PageSize: 100 })).toHaveLength(11);
    expect(account.refusal('DescribeApis', { GroupId: 'none' })?.code).toBe('NotFoundApiGroup');
  });
});

describe('publishing on a VPC integration instance', () => {
  const sentence = (address: string) => ({
    code: 'InvalidBackend',
    message: `instance cannot connect the backend ${address}`,
    status: 400,
  });

  it.each<[string, (vpcId: string) => object, string]>([
    ['an address outside the accessible blocks', (VpcId) => ({ VpcId, InstanceId: '172.20.0.9' }), '172.20.0.9'],
    ['another VPC, whatever the address', () => ({ InstanceId: '172.16.0.9' }), '172.16.0.9'],
  ])('is refused for %s', async (_, target, address) => {
    const { account, network } = prepared();
    const other = newNetwork(account);
    const instanceId = await runningInstance(account, connectInput(network));
    const { GroupId } = account.call('CreateApiGroup', { GroupName: 'connected', InstanceId: instanceId });
    account.call('SetVpcAccess', { Name: 'far', VpcId: other.VpcId, Port: 80, ...target(network.VpcId) });
    const { ApiId } = account.call('CreateApi', vpcApi(GroupId, 'far')); // a draft can have any target
    const deploy = { GroupId, ApiId, StageName: 'RELEASE', Description: 'x' };
    expect(account.refusal('DeployApi', deploy)).toEqual(sentence(address));
    expect(account.state.apis.get(ApiId)?.online.size).toBe(0);
  });

  it('accepts public addresses and mock answers', async () => {
    const { account, network } = prepared();
    const InstanceId = await runningInstance(account, connectInput(network));
    const { GroupId } = account.call('CreateApiGroup', { GroupName: 'connected', InstanceId });
    const configs = [
      httpService('https://api.example.com'),
      '{"Mock":"TRUE","MockResult":"ok","ServiceVpcEnable":"TRUE"}',
    ];
    configs.forEach((ServiceConfig, n) => {
      const changes = { ServiceConfig, ApiName: `name_${n}`, RequestConfig: request(`/${n}`) };
      const { ApiId } = account.call('CreateApi', vpcApi(GroupId, '', changes));
      account.call('DeployApi', { GroupId, ApiId, StageName: 'RELEASE', Description: 'x' });
    });
    expect(account.call('DescribeDeployedApis', { GroupId }).TotalCount).toBe(2);
  });
});

answers('publishing on a VPC integration instance', prepared)`
  is refused for a plain private address outside the blocks, and succeeds once the block is added
    input = connectInput [$network]
    InstanceId = runningInstance $input
    apiGroup = CreateApiGroup {GroupName: connected, InstanceId: $InstanceId}
    CreateApi ${vpcApi('$apiGroup.GroupId', '', { ServiceConfig: httpService('http://10.1.0.5:8080') })}
    DeployApi {GroupId: $apiGroup.GroupId, ApiId: $ApiId, StageName: RELEASE, Description: x}
      !400 InvalidBackend: instance cannot connect the backend 10.1.0.5
    ModifyInstanceAttribute {InstanceId: $InstanceId, ToConnectVpcIpBlock: {CidrBlock: 10.1.0.0/24, Customized: true}}
    advance 60000
    DeployApi {GroupId: $apiGroup.GroupId, ApiId: $ApiId, StageName: RELEASE, Description: x}
  is not verified on a conventional instance
    InstanceId = runningInstance ${normalInput()}
    apiGroup = CreateApiGroup {GroupName: classic, InstanceId: $InstanceId}
    CreateApi ${vpcApi('$apiGroup.GroupId', '', { ServiceConfig: httpService('http://10.1.0.5') })}
    DeployApi {ApiId: $ApiId, StageName: RELEASE, Description: x}
  resolves stage variables, and does not verify one that is not set
    SetVpcAccess {Name: far, VpcId: $network.VpcId, InstanceId: 172.20.0.9, Port: 80}
    input = connectInput [$network]
    InstanceId = runningInstance $input
    apiGroup = CreateApiGroup {GroupName: connected, InstanceId: $InstanceId}
    CreateApi ${vpcApi('$apiGroup.GroupId', '#BACKEND#')}
    group $apiGroup.GroupId
    DeployApi {GroupId: $apiGroup.GroupId, ApiId: $ApiId, StageName: RELEASE, Description: x}
    CreateApiStageVariable {GroupId: $apiGroup.GroupId, StageId: $StageId, VariableName: BACKEND, VariableValue: far}
    DeployApi {GroupId: $apiGroup.GroupId, ApiId: $ApiId, StageName: RELEASE, Description: x}
      !400 InvalidBackend: instance cannot connect the backend 172.20.0.9
    DeleteApiStageVariable {GroupId: $apiGroup.GroupId, StageId: $StageId, VariableName: BACKEND}
    CreateApiStageVariable {GroupId: $apiGroup.GroupId, StageId: $StageId, VariableName: BACKEND, VariableValue: orders}
    DeployApi {GroupId: $apiGroup.GroupId, ApiId: $ApiId, StageName: RELEASE, Description: x}
    CreateApiStageVariable {GroupId: $apiGroup.GroupId, VariableName: BACKEND, StageId: x} !NotFoundStage
    DeleteApiStageVariable {GroupId: $apiGroup.GroupId, StageId: $StageId, VariableName: BACKEND}
    DeleteApiStageVariable {GroupId: $apiGroup.GroupId, StageId: $StageId, VariableName: BACKEND} !NotFoundStageVariable
`;
