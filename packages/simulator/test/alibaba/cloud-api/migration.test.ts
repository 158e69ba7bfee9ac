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
  type Account,
} from './account.js';

/** A group on a conventional instance, with an API behind 172.16.0.10, published on RELEASE; and a RUNNING integration instance. */
async function prepared() {
  const account = newAccount();
  const network = newNetwork(account);
  const source = await runningInstance(account, normalInput());
  const target = await runningInstance(account, connectInput(network));
  account.call('SetVpcAccess', { Name: 'orders', VpcId: network.VpcId, InstanceId: '172.16.0.10', Port: 8080 });
  const { GroupId } = account.call('CreateApiGroup', { GroupName: 'orders', InstanceId: source });
  const { ApiId } = account.call('CreateApi', vpcApi(GroupId, 'orders'));
  account.call('DeployApi', { GroupId, ApiId, StageName: 'RELEASE', Description: 'first' });
  return { ...account, account, network, source, target, GroupId: GroupId as string, ApiId: ApiId as string };
}

type Prepared = Awaited<ReturnType<typeof prepared>>;

const move = ({ account, GroupId }: Pick<Prepared, 'account' | 'GroupId'>, TargetInstanceId: string) =>
  account.call('ModifyApiGroupInstance', { GroupId, TargetInstanceId });

const SECOND = 1000;
const request = (RequestPath: string) =>
  JSON.stringify({ RequestProtocol: 'HTTP', RequestHttpMethod: 'GET', RequestPath });

describe('ModifyApiGroupInstance', () => {
  it('runs, reports Success, and only then moves the group; policy and RPS become those of the target', async () => {
    const world = await prepared();
    const { account, source, target, GroupId } = world;
    expect(account.group(GroupId)).toMatchObject({ TrafficLimit: 10_000, HttpsPolicy: 'HTTPS1_1_TLS1_0' });
    expect(move(world, target)).toEqual({});
    const seen: string[] = [];
    for (let second = 0; second < 200; second += 1) {
      const { MigrationStatus = 'none', InstanceId } = account.group(GroupId);
      const state = `${MigrationStatus} ${InstanceId === source ? 'source' : 'target'}`;
      if (seen.at(-1) !== state) seen.push(state);
      await account.advance(SECOND);
    }
    expect(seen).toEqual(['none source', 'Running source', 'Success source', 'Success target']);
    expect(account.group(GroupId)).toMatchObject({
      InstanceId: target,
      DedicatedInstanceType: 'vpc_connect',
      TrafficLimit: 2500,
      HttpsPolicy: 'HTTPS2_TLS1_2',
    });
    expect(account.state.groups.get(GroupId)?.previous?.instanceId).toBe(source);
  });

  type Spoil = (world: Prepared) => void;
  const setAccess = ({ account, network }: Prepared, changes: object = {}) =>
    account.call('SetVpcAccess', { Name: 'far', VpcId: network.VpcId, InstanceId: '172.20.0.9', Port: 80, ...changes });
  const attachBody = ({ account, GroupId, ApiId }: Prepared, PluginType: string, body: string, toGroup = false) => {
    const { PluginId } = account.call('CreatePlugin', { PluginName: 'plugin', PluginType, PluginData: body });
    const at = { PluginId, GroupId, StageName: 'RELEASE' };
    if (toGroup) account.call('AttachGroupPlugin', at);
    else account.call('AttachPlugin', { ...at, ApiId });
  };
  const backendApi = ({ account, GroupId }: Prepared, BackendType: string, data: object) => {
    const { BackendId } = account.call('CreateBackend', { BackendName: 'named', BackendType });
    const model = { BackendId, BackendType, StageName: 'PRE', BackendModelData: JSON.stringify(data) };
    account.call('CreateBackendModel', model);
    const changes = { ApiName: 'named', RequestConfig: request('/named'), ServiceConfig: '{}' };
    return account.call('CreateApi', vpcApi(GroupId, '', { ...changes, BackendEnable: true, BackendId }))
      .ApiId as string;
  };
  const draft = ({ account, GroupId }: Prepared, ServiceConfig: string) =>
    account.call('CreateApi', vpcApi(GroupId, '', { ApiName: 'draft', RequestConfig: request('/d'), ServiceConfig }));

  it.each<[string, string, Spoil]>([
    [
      'the authorization of a published API is in another VPC',
      '172.16.0.10',
      ({ account }) => {
        const other = newNetwork(account);
        account.call('ModifyVpcAccessAndUpdateApis', { Name: 'orders', VpcId: other.VpcId });
      },
    ],
    [
      'the address of a published API is outside the accessible blocks',
      '172.20.0.9',
      ({ account }) => account.call('ModifyVpcAccessAndUpdateApis', { Name: 'orders', InstanceId: '172.20.0.9' }),
    ],
    [
      'the server of a published API is outside the accessible blocks',
      '172.18.0.7',
      ({ account, network }) => {
        const { VpcId } = network;
        const [j] = network.zones;
        const vSwitch = { VpcId, ZoneId: 'cn-hangzhou-i', CidrBlock: '172.18.0.0/24' };
        const { VSwitchId } = account.other('Vpc', 'CreateVSwitch', vSwitch);
        const ecs = { ImageId: 'aliyun_3', InstanceType: 'ecs.g7.large', VSwitchId, PrivateIpAddress: '172.18.0.7' };
        const input = { ...ecs, SecurityGroupId: j?.['SecurityGroupId'] };
        const [InstanceId] = account.other('Ecs', 'RunInstances', input).InstanceIdSets.InstanceIdSet;
        account.call('ModifyVpcAccessAndUpdateApis', { Name: 'orders', InstanceId });
      },
    ],
    [
      'a default block was removed',
      '172.16.0.10',
      ({ account, target }) =>
        account.call('ModifyInstanceAttribute', { InstanceId: target, DeleteVpcIpBlock: '172.16.0.0/16' }),
    ],
    [
      'the authorization of a draft',
      '172.20.0.9',
      (world) => {
        setAccess(world);
        draft(world, '{"ServiceVpcEnable":"TRUE","VpcConfig":{"Name":"far"}}');
      },
    ],
    ['the plain address of a draft', '10.1.0.5', (world) => draft(world, httpService('http://10.1.0.5:8080/x'))],
    [
      'the authorization behind a named backend',
      '172.20.0.9',
      (world) => {
        const { VpcAccessId } = setAccess(world);
        backendApi(world, 'VPC', { VpcConfig: { VpcAccessId } });
      },
    ],
    [
      'the address behind a named backend, published',
      '10.1.0.6',
      (world) => {
        const ApiId = backendApi(world, 'HTTP', { ServiceAddress: 'http://10.1.0.6' });
        world.account.call('DeployApi', { ApiId, StageName: 'PRE', Description: 'x' });
      },
    ],
    [
      'a routing plug-in of an API, in YAML',
      '172.20.0.9',
      (world) => {
        setAccess(world);
        attachBody(world, 'routing', 'routes:\n- name: a\n  backend:\n    type: HTTP-VPC\n    vpcAccessName: far\n');
      },
    ],
    [
      'a routing plug-in of the group, in JSON',
      '172.20.0.9',
      (world) => {
        setAccess(world);
        const routes = [{ name: 'a', backend: { type: 'HTTP-VPC', vpcAccessName: 'far' } }];
        attachBody(world, 'routing', JSON.stringify({ routes }), true);
      },
    ],
    [
      'a routing plug-in with a plain address',
      '10.1.0.7',
      (world) => attachBody(world, 'routing', 'routes:\n- backend: {type: HTTP, address: "http://10.1.0.7:80"}\n'),
    ],
    [
      'a remote authentication plug-in in another VPC',
      '172.16.0.9',
      (world) => {
        setAccess(world, { VpcId: newNetwork(world.account).VpcId, InstanceId: '172.16.0.9' });
        attachBody(world, 'remoteAuth', 'authUriType: HTTP-VPC\nauthUri:\n  vpcAccessName: far\n');
      },
    ],
  ])('fails because of %s: the backend is %s', async (_, address, spoil) => {
    const world = await prepared();
    const { account, GroupId, source, target } = world;
    spoil(world);
    await account.advance(MINUTE);
    move(world, target);
    await account.advance(5 * MINUTE);
    expect(account.group(GroupId)).toMatchObject({
      MigrationStatus: 'Fail',
      MigrationError: `instance cannot connect the backend ${address}`,
      InstanceId: source,
      HttpsPolicy: 'HTTPS1_1_TLS1_0',
    });
  });

  it.each<[string, Spoil]>([
    [
      'security groups that allow nothing',
      ({ account, network }) => {
        const rule = { IpProtocol: 'ALL', PortRange: '-1/-1', Policy: 'drop', Priority: '1' };
        for (const { SecurityGroupId } of network.zones) {
          account.other('Ecs', 'AuthorizeSecurityGroupEgress', { SecurityGroupId, ...rule, DestCidrIp: '0.0.0.0/0' });
        }
      },
    ],
    [
      'a network ACL that allows nothing',
      ({ account, network: { VpcId, zones } }) => {
        const { NetworkAclId } = account.other('Vpc', 'CreateNetworkAcl', { VpcId });
        const Resource = zones.map(({ VSwitchId }) => ({ ResourceType: 'VSwitch', ResourceId: VSwitchId }));
        account.other('Vpc', 'AssociateNetworkAcl', { NetworkAclId, Resource });
      },
    ],
    [
      'a plug-in that is not attached',
      ({ account }) =>
        account.call('CreatePlugin', {
          PluginName: 'loose',
          PluginType: 'routing',
          PluginData: 'routes: [{backend: {address: "http://10.9.9.9"}}]',
        }),
    ],
    ['a target that never answered', () => undefined],
  ])('does not verify %s', async (_, spoil) => {
    const world = await prepared();
    spoil(world);
    move(world, world.target);
    await world.account.advance(5 * MINUTE);
    expect(world.account.group(world.GroupId)).toMatchObject({ MigrationStatus: 'Success', InstanceId: world.target });
  });

  it('verifies nothing on a move to a conventional instance', async () => {
    const world = await prepared();
    draft(world, httpService('http://10.1.0.5'));
    const other = await runningInstance(world.account, normalInput());
    move(world, other);
    await world.account.advance(5 * MINUTE);
    expect(world.account.group(world.GroupId)).toMatchObject({ MigrationStatus: 'Success', InstanceId: other });
  });

  it.each([
    ['Suspended', 'Wait for approval.'],
    ['Failed', '当前实例与目标实例冲突。'],
    ['', ''],
  ])('can end with an undocumented status: %j, %j', async (status, error) => {
    const world = await prepared();
    const { account, GroupId, source, target } = world;
    account.state.strangeMigrations.set('*', { status, error });
    move(world, target);
    await account.advance(5 * MINUTE);
    const { MigrationStatus = '', MigrationError = '', InstanceId } = account.group(GroupId);
    expect({ MigrationStatus, MigrationError, InstanceId }).toEqual({
      MigrationStatus: status,
      MigrationError: error,
      InstanceId: source,
    });
    account.state.strangeMigrations.clear();
    move(world, target);
    await account.advance(5 * MINUTE);
    expect(account.group(GroupId)).toMatchObject({ MigrationStatus: 'Success', InstanceId: target });
  });

  it.each<[string, string, (account: Account, ids: Prepared) => object]>([
    ['NotFoundApiGroup', 'no such group', (_, { target }) => ({ GroupId: 'none', TargetInstanceId: target })],
    ['NotFoundInstance', 'no such instance', (_, { GroupId }) => ({ GroupId, TargetInstanceId: 'apigateway-hz-none' })],
    ['MissingTargetInstanceId', 'where to?', (_, { GroupId }) => ({ GroupId })],
    [
      'InvalidTargetInstanceId',
      'a target that is not running',
      (account, { GroupId, network }) => {
        const { InstanceId } = account.call('CreateInstance', connectInput(network));
        return { GroupId, TargetInstanceId: InstanceId };
      },
    ],
    [
      'RepeatedCommit',
      'the same move is under way',
      (_, world) => {
        move(world, world.target);
        return { GroupId: world.GroupId, TargetInstanceId: world.target };
      },
    ],
    [
      'ConcurrencyLockTimeout',
      'another move is under way',
      (_, world) => {
        move(world, world.target);
        return { GroupId: world.GroupId, TargetInstanceId: 'api-shared-vpc-001' };
      },
    ],
  ])('refuses with %s: %s', async (code, _, input) => {
    const world = await prepared();
    expect(world.account.refusal('ModifyApiGroupInstance', input(world.account, world))).toMatchObject({
      code,
      status: 400,
    });
  });
});

answers('ModifyApiGroupInstance', prepared)`
  takes time, and keeps its status: a second move first shows the status of the first
    ModifyApiGroupInstance {GroupId: $GroupId, TargetInstanceId: $target}
    advance ${60 * SECOND}
    group $GroupId -> {MigrationStatus: Running, InstanceId: $source}
    advance ${10 * MINUTE}
    ModifyApiGroupInstance {GroupId: $GroupId, TargetInstanceId: $source}
    group $GroupId -> {MigrationStatus: Success, InstanceId: $target}
    advance ${5 * SECOND}
    group $GroupId -> {MigrationStatus: Success, InstanceId: $target}
    advance ${10 * SECOND}
    group $GroupId -> {MigrationStatus: Running, InstanceId: $target}
    advance ${10 * MINUTE}
    group $GroupId -> {MigrationStatus: Success, InstanceId: $source, TrafficLimit: 10000}
  keeps the status and message of a failure until the next move runs
    ModifyVpcAccessAndUpdateApis {Name: orders, InstanceId: 172.20.0.9}
    advance ${MINUTE}
    ModifyApiGroupInstance {GroupId: $GroupId, TargetInstanceId: $target}
    advance ${5 * MINUTE}
    group $GroupId
      -> {MigrationStatus: Fail, MigrationError: instance cannot connect the backend 172.20.0.9, InstanceId: $source,
      TrafficLimit: 10000}
    ModifyVpcAccessAndUpdateApis {Name: orders, VpcId: $network.VpcId, InstanceId: 172.16.0.10}
    advance ${MINUTE}
    ModifyApiGroupInstance {GroupId: $GroupId, TargetInstanceId: $target}
    group $GroupId -> {MigrationStatus: Fail, MigrationError: instance cannot connect the backend 172.20.0.9}
    advance ${15 * SECOND}
    group $GroupId -> {MigrationStatus: Running}
    group $GroupId -> {MigrationError: absent}
    advance ${5 * MINUTE}
    group $GroupId -> {MigrationStatus: Success, InstanceId: $target}
  fails when the group is already on the target
    ModifyApiGroupInstance {GroupId: $GroupId, TargetInstanceId: $source}
    advance ${5 * MINUTE}
    group $GroupId -> {MigrationStatus: Fail, MigrationError: The current instance conflicts with the target instance.}
  fails when the target is deleted meanwhile, and prevents deletion of the group during the move
    ModifyApiGroupInstance {GroupId: $GroupId, TargetInstanceId: $target}
    DeleteInstance {InstanceId: $target} !DependencyViolationInstance
    AbolishApi {ApiId: $ApiId, StageName: RELEASE}
    DeleteApiGroup {GroupId: $GroupId} !ConcurrencyLockTimeout
    ModifyInstanceSpec {InstanceId: $target, InstanceSpec: api.s2.large, Token: resize}
    advance ${4 * MINUTE}
    group $GroupId -> {MigrationStatus: Fail}
`;
