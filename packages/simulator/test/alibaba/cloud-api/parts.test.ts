import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import {
  connectInput,
  httpService,
  MINUTE,
  newAccount,
  newNetwork,
  normalInput,
  runningInstance,
  vpcApi,
} from './account.js';

interface Ids {
  readonly GroupId: string;
  readonly ApiId: string;
}

/** A group with a published API on the shared instance. */
function prepared() {
  const account = newAccount();
  const network = newNetwork(account);
  account.call('SetVpcAccess', { Name: 'orders', VpcId: network.VpcId, InstanceId: '172.16.0.10', Port: 8080 });
  const { GroupId } = account.call('CreateApiGroup', { GroupName: 'orders' });
  const { ApiId } = account.call('CreateApi', vpcApi(GroupId, 'orders'));
  account.call('DeployApi', { GroupId, ApiId, StageName: 'RELEASE', Description: 'first' });
  return { ...account, account, network, GroupId: GroupId as string, ApiId: ApiId as string };
}

describe('named backends', () => {
  const nacos = {
    ServerAddress: 'http://172.16.0.5:8848',
    UserName: 'nacos',
    Password: 'secret',
    ServiceName: 'orders',
  };

  it('differ on each stage', () => {
    const { account, network } = prepared();
    const { BackendId } = account.call('CreateBackend', { BackendName: 'orders', BackendType: 'VPC' });
    const [access] = account.call('DescribeVpcAccesses').VpcAccessAttributes.VpcAccessAttribute;
    const { VpcId } = network;
    const data: Readonly<Record<string, object>> = {
      RELEASE: { VpcConfig: { VpcAccessId: access.VpcAccessId, VpcScheme: 'https' } },
      PRE: { vpcConfig: { name: 'orders' } },
      TEST: { VpcConfig: { VpcId, InstanceId: '172.16.0.10', Port: 8080 } },
    };
    for (const [StageName, value] of Object.entries(data)) {
      const model = { BackendId, BackendType: 'VPC', StageName, BackendModelData: JSON.stringify(value) };
      account.call('CreateBackendModel', model);
    }
    const { BackendInfo } = account.call('DescribeBackendInfo', { BackendId });
    expect(BackendInfo.BackendModels.map((row: any) => row.StageName)).toEqual(['RELEASE', 'PRE', 'TEST']);
    for (const model of BackendInfo.BackendModels) {
      expect(model.BackendConfig).toMatchObject({ Type: 'VPC', VpcConfig: { Name: 'orders', VpcId, Port: 8080 } });
    }
    expect(BackendInfo.BackendModels[0].BackendConfig.VpcConfig.VpcScheme).toBe('https');
  });

  // DeleteBackendModelRequest of the SDK: only BackendModelId is required.
  it('have models that are deleted by their own ID', () => {
    const { account } = prepared();
    const { BackendId } = account.call('CreateBackend', { BackendName: 'nacos', BackendType: 'DISCOVERY' });
    const BackendModelData = JSON.stringify({ DiscoveryConfig: { RcType: 'NACOS', NacosConfig: nacos } });
    const model = { BackendId, BackendType: 'DISCOVERY', StageName: 'TEST', BackendModelData };
    const { BackendModelId } = account.call('CreateBackendModel', model);
    expect(account.refusal('DeleteBackendModel', { BackendModelId: 'x' })?.code).toBe('NotFoundBackendModel');
    account.call('DeleteBackendModel', { BackendModelId });
    expect(account.call('DescribeBackendInfo', { BackendId }).BackendInfo.BackendModels).toEqual([]);
  });

  it('return passwords of registries in plain text', () => {
    const { account } = prepared();
    const { BackendId } = account.call('CreateBackend', { BackendName: 'nacos', BackendType: 'DISCOVERY' });
    const BackendModelData = JSON.stringify({ DiscoveryConfig: { RcType: 'NACOS', NacosConfig: nacos } });
    account.call('CreateBackendModel', { BackendId, BackendType: 'DISCOVERY', StageName: 'TEST', BackendModelData });
    const [model] = account.call('DescribeBackendInfo', { BackendId }).BackendInfo.BackendModels;
    expect(model.BackendConfig.DiscoveryConfig).toEqual({ RcType: 'NACOS', NacosConfig: nacos });
  });

  it('update their published APIs in a task', async () => {
    const { account, GroupId } = prepared();
    const { BackendId } = account.call('CreateBackend', { BackendName: 'orders', BackendType: 'VPC' });
    const changes = { ApiName: 'named', BackendEnable: true, BackendId, ServiceConfig: '{}' };
    const RequestConfig = '{"RequestProtocol":"HTTP","RequestHttpMethod":"GET","RequestPath":"/named"}';
    const { ApiId } = account.call('CreateApi', vpcApi(GroupId, '', { ...changes, RequestConfig }));
    const deploy = { ApiId, StageName: 'RELEASE', Description: 'x' };
    expect(account.refusal('DeployApi', deploy)?.code).toBe('NotFoundBackendModel');
    const model = { BackendId, BackendType: 'VPC', StageName: 'RELEASE' };
    const first = { ...model, BackendModelData: '{"VpcConfig":{"Name":"orders"}}' };
    const { BackendModelId } = account.call('CreateBackendModel', first);
    account.call('DeployApi', deploy);
    expect(account.call('DescribeApi', { ApiId })).toMatchObject({
      BackendEnable: true,
      BackendConfig: { BackendId, BackendName: 'orders', BackendType: 'VPC' },
    });
    const [{ HistoryVersion }] = account.call('DescribeHistoryApis', { GroupId, ApiId }).ApiHisItems.ApiHisItem;
    const history = account.call('DescribeApiHistory', { ApiId, StageName: 'RELEASE', HistoryVersion });
    expect(history.BackendConfig.BackendId).toBe(BackendId);
    const used = account.call('DescribeApisByVpcAccess', { VpcName: 'orders' }).ApiVpcAccessInfos.ApiVpcAccessInfo;
    expect(used.map((row: any) => row.ApiName)).toContain('named');
    const second = { ...model, BackendModelId, BackendModelData: '{"VpcConfig":{"Name":"carts"}}' };
    expect(account.refusal('ModifyBackendModel', second)?.code).toBe('NotFoundVpc');
    account.call('SetVpcAccess', {
      Name: 'carts',
      VpcId: newNetwork(account).VpcId,
      InstanceId: '172.16.0.11',
      Port: 80,
    });
    const { OperationId } = account.call('ModifyBackendModel', second);
    await account.advance(MINUTE);
    const task = account.call('DescribeUpdateBackendTask', { OperationUid: OperationId }).ApiUpdateBackendResults;
    expect(task.ApiUpdateBackendResult).toMatchObject([{ ApiUid: ApiId, BackendId, UpdateStatus: 'success' }]);
    expect(account.call('DescribeApisByVpcAccess', { VpcName: 'carts' }).TotalCount).toBe(1);
    expect(account.call('DescribeApisByBackend', { BackendId }).ApiInfoList.ApiInfo).toMatchObject([{ ApiId }]);
    expect(account.call('DescribeApisByBackend', { BackendId, StageName: 'PRE' }).TotalCount).toBe(0);
    expect(account.refusal('DeleteBackendModel', { BackendId, BackendModelId })?.code).toBe(
      'DependencyViolationBackendModel',
    );
    expect(account.refusal('DeleteBackend', { BackendId })?.code).toBe('DependencyViolationBackend');
    account.call('AbolishApi', { ApiId, StageName: 'RELEASE' });
    account.call('DeleteBackendModel', { BackendId, BackendModelId });
    account.call('DeleteApi', { ApiId });
    account.call('DeleteBackend', { BackendId });
    expect(account.call('DescribeBackendList').TotalCount).toBe(0);
  });

  it('are renamed, and listed ten on a page', () => {
    const { account } = prepared();
    const ids = Array.from({ length: 11 }, (_, n) => {
      return account.call('CreateBackend', { BackendName: `b${n}`, BackendType: 'HTTP' }).BackendId as string;
    });
    account.call('ModifyBackend', { BackendId: ids[0], BackendName: 'first', BackendType: 'HTTP', Description: 'd' });
    const list = account.call('DescribeBackendList');
    expect(list).toMatchObject({ TotalCount: 11, PageSize: 10 });
    expect(list.BackendInfoList[0]).toMatchObject({ BackendName: 'first', Description: 'd', BackendType: 'HTTP' });
    expect(account.call('DescribeBackendList', { BackendName: 'b1' }).TotalCount).toBe(2);
  });
});

answers('named backends', prepared)`
  refuses wrong input
    CreateBackend {BackendName: orders, BackendType: HTTP}
    CreateBackend {BackendName: orders, BackendType: HTTP} !400 DuplicateBackendName
    CreateBackend {BackendName: x, BackendType: FTP} !400 InvalidBackendType
    ModifyBackend {BackendId: x, BackendName: x, BackendType: HTTP} !400 NotFoundBackend
    DeleteBackend {BackendId: x} !400 NotFoundBackend
    DescribeBackendInfo {BackendId: x} !400 NotFoundBackend
    DescribeApisByBackend {BackendId: x} !400 NotFoundBackend
  CreateBackendModel refuses
    CreateBackend {BackendName: orders, BackendType: HTTP}
    CreateBackendModel {BackendId: $BackendId, BackendType: HTTP, BackendModelData: '{"ServiceAddress":"http://a"}',
      StageName: PRE}
    CreateBackendModel {BackendId: $BackendId, BackendType: HTTP, StageName: TEST,
      BackendModelData: '{"ServiceAddress":"10.0.0.1"}'} !InvalidBackendModelData
    CreateBackendModel {BackendId: $BackendId, BackendType: HTTP, StageName: TEST, BackendModelData: http://10.0.0.1}
      !InvalidBackendModelData
    CreateBackendModel {BackendId: $BackendId, StageName: TEST, BackendModelData: '{"ServiceAddress":"http://a"}',
      BackendType: VPC} !InvalidBackendType
    CreateBackendModel {BackendId: $BackendId, BackendType: HTTP, BackendModelData: '{"ServiceAddress":"http://a"}',
      StageName: GAMMA} !NotFoundStageModel
    CreateBackendModel {BackendId: $BackendId, BackendType: HTTP, BackendModelData: '{"ServiceAddress":"http://a"}',
      StageName: PRE} !DuplicateStageName
    CreateBackendModel {BackendType: HTTP, StageName: TEST, BackendModelData: '{"ServiceAddress":"http://a"}',
      BackendId: x} !NotFoundBackend
    ModifyBackendModel {BackendId: $BackendId, BackendType: HTTP, StageName: TEST,
      BackendModelData: '{"ServiceAddress":"http://a"}', BackendModelId: $BackendModelId} !NotFoundStageModel
    DeleteBackendModel {BackendId: $BackendId, BackendModelId: x} !NotFoundBackendModel
`;

describe('plug-ins', () => {
  const body = 'routes:\n- name: a # ours\n  backend:\n    vpcAccessName: orders\n';

  // DetachPluginRequest of the SDK: only PluginId and StageName are required.
  it.each([
    ['from an API by its ID alone', ({ ApiId }: Ids) => ({ ApiId }), [0, 1]],
    ['from a group, where no API is named', ({ GroupId }: Ids) => ({ GroupId }), [1, 0]],
    ['from all on the stage, where neither is named [I]', () => ({}), [0, 0]],
  ])('are detached %s', (_what, named, left) => {
    const { account, GroupId, ApiId } = prepared();
    const { PluginId } = account.call('CreatePlugin', {
      PluginName: 'routes',
      PluginType: 'routing',
      PluginData: body,
    });
    const at = { GroupId, StageName: 'RELEASE', PluginId };
    account.call('AttachPlugin', { ...at, ApiId });
    account.call('AttachGroupPlugin', at);
    const detach = { PluginId, StageName: 'RELEASE', ...named({ GroupId, ApiId }) };
    account.call('DetachPlugin', detach);
    const count = (action: string): number => account.call(action, { PluginId }).TotalCount;
    expect([count('DescribePluginApis'), count('DescribePluginGroups')]).toEqual(left);
    expect(account.refusal('DetachPlugin', detach)?.code).toBe('NotFoundPluginAttachment');
  });

  it('replace another one of their type', () => {
    const { account, GroupId, ApiId } = prepared();
    const ids = ['first', 'second'].map((PluginName) => {
      const input = { PluginName, PluginType: 'routing', PluginData: body };
      return account.call('CreatePlugin', input).PluginId as string;
    });
    for (const PluginId of [...ids, ids[1]]) {
      account.call('AttachPlugin', { PluginId, GroupId, ApiIds: `${ApiId},`, StageName: 'RELEASE' });
    }
    const { Plugins } = account.call('DescribePluginsByApi', { GroupId, ApiId, StageName: 'RELEASE' });
    expect(Plugins.PluginAttribute.map((row: any) => row.PluginId)).toEqual([ids[1]]);
    expect(account.call('DescribePluginApis', { PluginId: ids[1] }).TotalCount).toBe(1);
  });

  it('are verified on a VPC integration instance, when attached and when edited', async () => {
    const { account, network } = prepared();
    const InstanceId = await runningInstance(account, connectInput(network));
    const { GroupId } = account.call('CreateApiGroup', { GroupName: 'connected', InstanceId });
    const far = 'routes:\n- backend: {type: HTTP, address: "http://10.1.0.7:80"}\n';
    const input = { PluginName: 'routes', PluginType: 'routing', PluginData: far };
    const { PluginId } = account.call('CreatePlugin', input);
    const attach = { PluginId, GroupId, StageName: 'RELEASE' };
    const refused = { code: 'InvalidBackend', message: 'instance cannot connect the backend 10.1.0.7' };
    expect(account.refusal('AttachGroupPlugin', attach)).toMatchObject(refused);
    account.call('ModifyPlugin', { PluginId, PluginData: body });
    account.call('AttachGroupPlugin', attach);
    expect(account.refusal('ModifyPlugin', { PluginId, PluginData: far })).toMatchObject(refused);
    expect(account.call('DescribePlugins').Plugins.PluginAttribute[0].PluginData).toBe(body);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['InvalidPluginData', { PluginData: 'a: [b' }, 'neither YAML nor JSON'],
    ['InvalidPluginData', { PluginData: 'just a text' }, 'YAML, but not a mapping'],
    ['InvalidPluginData', { PluginData: '[1]' }, 'a list'],
    ['InvalidPluginType', { PluginType: 'magic' }, 'no such type'],
    ['InvalidPluginName', { PluginName: '_abc' }, 'begins with an underscore'],
    ['InvalidPluginName', { PluginName: 'abc' }, 'too short'],
    ['DuplicatePluginName', { PluginName: 'taken' }, 'the name is in use'],
  ])('are refused with %s: %j (%s)', (code, changes) => {
    const { account } = prepared();
    account.call('CreatePlugin', { PluginName: 'taken', PluginType: 'cors', PluginData: '{}' });
    const input = { PluginName: 'routes', PluginType: 'routing', PluginData: body, ...changes };
    expect(account.refusal('CreatePlugin', input)).toMatchObject({ code, status: 400 });
  });
});

answers('plug-ins', prepared)`
  keep their bodies unchanged, and are attached and detached
    CreatePlugin {PluginName: routes, PluginType: routing,
      PluginData: ${'routes:\n- name: a # ours\n  backend:\n    vpcAccessName: orders\n'}, Tag: [{Key: a, Value: b}]}
    AttachPlugin {GroupId: $GroupId, StageName: RELEASE, PluginId: $PluginId, ApiId: $ApiId}
    AttachGroupPlugin {GroupId: $GroupId, StageName: RELEASE, PluginId: $PluginId}
    DescribePluginsByApi {GroupId: $GroupId, StageName: RELEASE, ApiId: $ApiId}
      -> {Plugins.PluginAttribute: [{PluginId: $PluginId,
      PluginData: ${'routes:\n- name: a # ours\n  backend:\n    vpcAccessName: orders\n'}}]}
    DescribePluginsByGroup {GroupId: $GroupId, StageName: RELEASE}
      -> {Plugins.PluginAttribute: [{PluginId: $PluginId,
      PluginData: ${'routes:\n- name: a # ours\n  backend:\n    vpcAccessName: orders\n'}}]}
    DescribePluginsByGroup {GroupId: $GroupId, StageName: TEST} -> {TotalCount: 0}
    DescribePluginApis {PluginId: $PluginId}
      -> {ApiSummarys.ApiPluginSummary: [{ApiId: $ApiId, GroupId: $GroupId, StageName: RELEASE, Path: /orders}]}
    DescribePluginGroups {PluginId: $PluginId}
      -> {GroupSummarys.GroupPluginSummary: [{GroupId: $GroupId, StageName: RELEASE}]}
    DeletePlugin {PluginId: $PluginId} !DependencyViolationPlugin
    ModifyPlugin {PluginId: $PluginId, PluginName: other, PluginData: '{"routes":[]}'}
    DescribePlugins {PluginId: $PluginId}
      -> {Plugins.PluginAttribute: [{PluginName: other, PluginData: '{"routes":[]}', Tags: {TagInfo: [{Key: a,
      Value: b}]}}]}
    DetachPlugin {GroupId: $GroupId, StageName: RELEASE, PluginId: $PluginId, ApiId: $ApiId}
    DetachGroupPlugin {GroupId: $GroupId, StageName: RELEASE, PluginId: $PluginId}
    DetachGroupPlugin {GroupId: $GroupId, StageName: RELEASE, PluginId: $PluginId} !NotFoundPluginAttachment
    DeletePlugin {PluginId: $PluginId}
    DescribePlugins -> {TotalCount: 0}
  lose attachments to deleted resources
    CreatePlugin {PluginName: cors, PluginType: cors, PluginData: 'a: b'}
    AttachPlugin {PluginId: $PluginId, GroupId: $GroupId, ApiId: $ApiId, StageName: RELEASE}
    AttachGroupPlugin {PluginId: $PluginId, GroupId: $GroupId, StageName: TEST}
    AbolishApi {ApiId: $ApiId, StageName: RELEASE}
    DeleteApi {ApiId: $ApiId}
    DeleteApiGroup {GroupId: $GroupId}
    DeletePlugin {PluginId: $PluginId}
  returns
    ModifyPlugin {PluginId: none} !NotFoundPlugin
    DeletePlugin {PluginId: none} !NotFoundPlugin
    DescribePluginApis {PluginId: none} !NotFoundPlugin
    DescribePluginGroups {PluginId: none} !NotFoundPlugin
    AttachGroupPlugin {PluginId: none, GroupId: x, StageName: TEST} !NotFoundPlugin
    AttachPlugin {PluginId: none, ApiId: x, StageName: TEST} !NotFoundPlugin
  are attached only to published APIs
    CreatePlugin {PluginName: cors, PluginType: cors, PluginData: 'a: b'}
    AttachPlugin {PluginId: $PluginId, GroupId: $GroupId, ApiId: $ApiId, StageName: TEST} !NotFoundStage
    AttachPlugin {PluginId: $PluginId, GroupId: $GroupId, ApiId: x, StageName: RELEASE} !NotFoundApi
    AttachPlugin {PluginId: $PluginId, GroupId: $GroupId, StageName: RELEASE} !MissingApiId
`;

describe('private domains', () => {
  const domain = { IntranetDomain: 'orders.internal.example', Type: 'A' };
  const records = (...addresses: string[]) => ({ Records: addresses.map((Record) => ({ Record, Weight: 50 })) });

  it('are created and deleted by calls, and are resolved by the instances to which they are attached', async () => {
    const { account, network } = prepared();
    const InstanceId = await runningInstance(account, connectInput(network));
    account.call('CreatePrivateDNS', { ...domain, ...records('172.16.0.10', '172.17.0.10') });
    const association = { InstanceId, IntranetDomains: [domain.IntranetDomain] };
    account.call('AssociateInstanceWithPrivateDNS', association);
    expect(account.call('ListPrivateDNS', { Type: 'A' })).toMatchObject({
      TotalCount: 1,
      PrivateDNSList: [{ ...domain, ...records('172.16.0.10', '172.17.0.10'), BindInstances: [InstanceId] }],
    });
    expect(account.instance(InstanceId)['PrivateDnsList'].PrivateDns).toEqual([domain.IntranetDomain]);
    expect(account.refusal('DeletePrivateDNS', domain)?.code).toBe('DependencyViolationPrivateDNS');
    expect(account.refusal('DeleteInstance', { InstanceId })?.code).toBe('DependencyViolationInstance');
    const outside = { ...domain, ...records('172.20.0.9') };
    expect(account.refusal('UpdatePrivateDNS', outside)?.message).toBe(
      'instance cannot connect the backend 172.20.0.9',
    );
    account.call('UpdatePrivateDNS', { ...domain, ...records('172.16.0.11') });
    account.call('DissociateInstanceWithPrivateDNS', association);
    account.call('DeletePrivateDNS', domain);
    expect(account.call('ListPrivateDNS').TotalCount).toBe(0);
  });

  it('are verified when an API behind one is published', async () => {
    const { account, network } = prepared();
    const InstanceId = await runningInstance(account, connectInput(network));
    const block = { CidrBlock: '10.1.0.0/24', Customized: true };
    account.call('ModifyInstanceAttribute', { InstanceId, ToConnectVpcIpBlock: block });
    await account.advance(MINUTE);
    account.call('CreatePrivateDNS', { ...domain, ...records('10.1.0.9') });
    account.call('AssociateInstanceWithPrivateDNS', { InstanceId, IntranetDomains: [domain.IntranetDomain] });
    const { GroupId } = account.call('CreateApiGroup', { GroupName: 'connected', InstanceId });
    const ServiceConfig = httpService(`http://${domain.IntranetDomain}:8080`);
    const { ApiId } = account.call('CreateApi', vpcApi(GroupId, '', { ServiceConfig }));
    const deploy = { ApiId, StageName: 'RELEASE', Description: 'x' };
    expect(account.refusal('DeployApi', deploy)).toBeUndefined();
    account.call('ModifyInstanceAttribute', { InstanceId, DeleteVpcIpBlock: '10.1.0.0/24' });
    await account.advance(MINUTE);
    expect(account.refusal('DeployApi', deploy)?.message).toBe('instance cannot connect the backend 10.1.0.9');
  });

  it('of type VPC are for conventional instances', async () => {
    const { account, network } = prepared();
    const [connected, normal] = [
      await runningInstance(account, connectInput(network)),
      await runningInstance(account, normalInput()),
    ];
    const input = { IntranetDomain: 'orders.internal.example', Type: 'VPC' };
    account.call('CreatePrivateDNS', input);
    const associate = (InstanceId: string) =>
      account.refusal('AssociateInstanceWithPrivateDNS', { InstanceId, IntranetDomains: [input.IntranetDomain] })?.code;
    expect(associate(connected)).toBe('NotFoundPrivateDNS');
    expect(associate('api-shared-vpc-001')).toBe('InvalidInstanceId');
    expect(associate(normal)).toBeUndefined();
    expect(account.refusal('DeletePrivateDNS', { ...input, Force: true })).toBeUndefined();
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['InvalidRecords', records('8.8.8.8'), 'a public address'],
    ['InvalidRecords', { Records: [{ Record: '172.16.0.10', Weight: 101 }] }, 'too heavy'],
    ['DuplicateRecords', records('172.16.0.10', '172.16.0.10'), 'one address twice'],
    ['MissingRecords', { Records: [] }, 'no address'],
    ['ExceedLimitRecords', records(...Array.from({ length: 21 }, (_, n) => `172.16.0.${n + 1}`)), '21 addresses'],
    ['InvalidIntranetDomain', { IntranetDomain: 'orders' }, 'no domain'],
    ['InvalidType', { Type: 'CNAME' }, 'no such type'],
    ['DuplicateIntranetDomain', { IntranetDomain: 'taken.example' }, 'the domain exists'],
  ])('are refused with %s: %j (%s)', (code, changes) => {
    const { account } = prepared();
    account.call('CreatePrivateDNS', { IntranetDomain: 'taken.example', Type: 'A', ...records('172.16.0.10') });
    const input = { ...domain, ...records('172.16.0.10'), ...changes };
    expect(account.refusal('CreatePrivateDNS', input)).toMatchObject({ code, status: 400 });
  });

  it('are at most a hundred', () => {
    const { account } = prepared();
    for (let n = 0; n < 100; n += 1) {
      account.call('CreatePrivateDNS', { IntranetDomain: `n${n}.example`, Type: 'A', ...records('172.16.0.10') });
    }
    expect(account.refusal('CreatePrivateDNS', { ...domain, ...records('172.16.0.10') })?.code).toBe(
      'ExceedLimitPrivateDNS',
    );
  });

  it.each(['UpdatePrivateDNS', 'DeletePrivateDNS'])('%s returns NotFoundPrivateDNS', (action) => {
    const input = action === 'UpdatePrivateDNS' ? { ...domain, ...records('172.16.0.10') } : domain;
    expect(prepared().account.refusal(action, input)?.code).toBe('NotFoundPrivateDNS');
  });
});

describe('tags', () => {
  it('are at most twenty, on existing resources', () => {
    const { account, GroupId } = prepared();
    const tags = (from: number, count: number) =>
      Array.from({ length: count }, (_, n) => ({ Key: `k${from + n}`, Value: 'v' }));
    const on = { ResourceType: 'apiGroup', ResourceId: [GroupId] };
    account.call('TagResources', { ...on, Tag: tags(0, 20) });
    expect(account.refusal('TagResources', { ...on, Tag: tags(20, 1) })?.code).toBe('ExceedLimitTag');
    expect(account.refusal('TagResources', { ...on, Tag: tags(20, 21) })?.code).toBe('InvalidTag');
    expect(account.refusal('TagResources', { ...on, ResourceId: ['x'], Tag: tags(0, 1) })?.code).toBe(
      'NotFoundResourceId',
    );
    expect(account.refusal('UntagResources', { ...on, ResourceType: 'plugin' })?.code).toBe('NotFoundResourceId');
    expect(account.refusal('ListTagResources', { ResourceType: 'cloud' })?.code).toBe('InvalidResourceType');
  });

  it('are listed fifty on a page', () => {
    const { account } = prepared();
    for (let n = 0; n < 30; n += 1) {
      account.call('CreateApiGroup', { GroupName: `group_${n}0`, Tag: [{ Key: 'a' }, { Key: 'b', Value: String(n) }] });
    }
    const first = account.call('ListTagResources', { ResourceType: 'apiGroup' });
    const second = account.call('ListTagResources', { ResourceType: 'apiGroup', NextToken: first.NextToken });
    expect([first, second].map(({ TagResources }) => TagResources.TagResource.length)).toEqual([50, 10]);
    expect(second.NextToken).toBe('');
    const filtered = account.call('ListTagResources', { ResourceType: 'apiGroup', Tag: [{ Key: 'b', Value: '7' }] });
    expect(filtered.TagResources.TagResource).toHaveLength(2);
  });
});

answers('tags', prepared)`
  are added, read and removed
    TagResources {ResourceType: apiGroup, ResourceId: [$GroupId], Tag: [{Key: team, Value: orders}, {Key: env,
      Value: prod}]}
    TagResources {ResourceType: apiGroup, ResourceId: [$GroupId], Tag: [{Key: env, Value: test}]}
    ListTagResources {ResourceType: apiGroup, ResourceId: [$GroupId]}
      -> {TagResources.TagResource=: [{ResourceType: apiGroup, ResourceId: $GroupId, TagKey: team, TagValue: orders},
      {ResourceType: apiGroup, ResourceId: $GroupId, TagKey: env, TagValue: test}]}
    UntagResources {ResourceType: apiGroup, ResourceId: [$GroupId], TagKey: [team]}
    ListTagResources {ResourceType: apiGroup, ResourceId: [$GroupId]} -> {TagResources.TagResource.length: 1}
    UntagResources {ResourceType: apiGroup, ResourceId: [$GroupId]}
    ListTagResources {ResourceType: apiGroup, ResourceId: [$GroupId]} -> {TagResources.TagResource.length: 1}
    UntagResources {ResourceType: apiGroup, ResourceId: [$GroupId], All: true}
    ListTagResources {ResourceType: apiGroup, ResourceId: [$GroupId]} -> {TagResources.TagResource: []}
`;
