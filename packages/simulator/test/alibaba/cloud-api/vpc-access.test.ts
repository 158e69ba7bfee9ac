import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import {
  connectInput,
  MINUTE,
  newAccount,
  newNetwork,
  runningInstance,
  vpcApi,
  type Account,
  type Network,
} from './account.js';

const ADDRESS = '172.16.0.10';

/** An authorization of an address. */
function setAccess(account: Account, { VpcId }: Network, changes: Record<string, unknown> = {}): string {
  const input = { Name: 'orders', VpcId, InstanceId: ADDRESS, Port: 8080, ...changes };
  return account.call('SetVpcAccess', input).VpcAccessId;
}

function runServer(account: Account, { zones: [zone] }: Network, changes: Record<string, unknown> = {}): string {
  const ecs = { ImageId: 'aliyun_3', InstanceType: 'ecs.g7.large', VSwitchId: zone?.['VSwitchId'] };
  const input = { ...ecs, SecurityGroupId: zone?.['SecurityGroupId'], PrivateIpAddress: '172.16.0.20', ...changes };
  return account.other('Ecs', 'RunInstances', input).InstanceIdSets.InstanceIdSet[0];
}

function createBalancer(account: Account, { zones: [zone] }: Network, AddressType = 'intranet'): string {
  const VSwitchId = AddressType === 'intranet' ? zone?.['VSwitchId'] : undefined;
  return account.other('Slb', 'CreateLoadBalancer', { AddressType, VSwitchId }).LoadBalancerId;
}

/** A group on an instance with an API behind the authorization `orders`, published on RELEASE. */
async function published(account: Account, network: Network) {
  const instanceId = await runningInstance(account, connectInput(network));
  const { GroupId } = account.call('CreateApiGroup', { GroupName: 'orders', InstanceId: instanceId });
  const { ApiId } = account.call('CreateApi', vpcApi(GroupId, 'orders'));
  account.call('DeployApi', { GroupId, ApiId, StageName: 'RELEASE', Description: 'first' });
  return { instanceId, GroupId, ApiId };
}

describe('SetVpcAccess', () => {
  it('accepts ECS instances and internal load balancers of the VPC', () => {
    const account = newAccount();
    const network = newNetwork(account);
    setAccess(account, network, { Name: 'ecs', InstanceId: runServer(account, network) });
    setAccess(account, network, { Name: 'slb', InstanceId: createBalancer(account, network) });
    expect(account.state.vpcAccesses.size).toBe(2);
  });

  it('refuses targets in another VPC, and public load balancers', () => {
    const account = newAccount();
    const [ours, theirs] = [newNetwork(account), newNetwork(account, '10.0.0.0/8', ['10.0.0.0/24', '10.0.1.0/24'])];
    const InstanceId = runServer(account, theirs, { PrivateIpAddress: '10.0.0.9' });
    const input = { Name: 'orders', VpcId: ours.VpcId, Port: 80 };
    expect(account.refusal('SetVpcAccess', { ...input, InstanceId })?.code).toBe('InvalidInstanceId');
    const publicBalancer = createBalancer(account, ours, 'internet');
    expect(account.refusal('SetVpcAccess', { ...input, InstanceId: publicBalancer })?.code).toBe('InvalidInstanceId');
  });

  it('lists ten on a page, and a hundred at most', () => {
    const account = newAccount();
    const network = newNetwork(account);
    for (let port = 1; port <= 12; port += 1) setAccess(account, network, { Name: `n${port}`, Port: port });
    const sizes = [{}, { PageNumber: 2 }, { PageNumber: 3 }, { PageSize: 100 }].map(
      (paging) => account.call('DescribeVpcAccesses', paging).VpcAccessAttributes.VpcAccessAttribute.length,
    );
    expect(sizes).toEqual([10, 2, 0, 12]);
    expect(account.call('DescribeVpcAccesses')).toMatchObject({ TotalCount: 12, PageSize: 10, PageNumber: 1 });
    expect(account.refusal('DescribeVpcAccesses', { PageSize: 101 })?.code).toBe('InvalidPageSize');
  });
});

answers('SetVpcAccess', newAccount)`
  is found by name, ID and triple
    newNetwork
    SetVpcAccess {Name: orders, VpcId: $VpcId, InstanceId: ${ADDRESS}, Port: 8080, Description: ours,
      VpcTargetHostName: orders.example.com}
    DescribeVpcAccesses {Name: rder} -> {VpcAccessAttributes.VpcAccessAttribute.VpcAccessId: [$VpcAccessId]}
    DescribeVpcAccesses {Name: orders, AccurateQuery: true}
      -> {VpcAccessAttributes.VpcAccessAttribute.VpcAccessId: [$VpcAccessId]}
    DescribeVpcAccesses {VpcAccessId: $VpcAccessId}
      -> {VpcAccessAttributes.VpcAccessAttribute.VpcAccessId: [$VpcAccessId]}
    DescribeVpcAccesses {VpcId: $VpcId, InstanceId: ${ADDRESS}, Port: '8080'}
      -> {VpcAccessAttributes.VpcAccessAttribute.VpcAccessId: [$VpcAccessId]}
    DescribeVpcAccesses {Name: rder, AccurateQuery: true} -> {VpcAccessAttributes.VpcAccessAttribute.VpcAccessId: []}
    DescribeVpcAccesses {Port: '80'} -> {VpcAccessAttributes.VpcAccessAttribute.VpcAccessId: []}
    DescribeVpcAccesses {VpcId: vpc-none} -> {VpcAccessAttributes.VpcAccessAttribute.VpcAccessId: []}
    DescribeVpcAccesses
      -> {VpcAccessAttributes.VpcAccessAttribute.0: {Port: 8080, Description: ours,
      VpcTargetHostName: orders.example.com}}
  refuses wrong input
    newNetwork
    SetVpcAccess {Name: orders, VpcId: $VpcId, InstanceId: ${ADDRESS}, Port: 8080}
    SetVpcAccess {Name: orders, InstanceId: ${ADDRESS}, Port: 8080, VpcId: vpc-none} !400 InvalidVpcId # no such VPC
    SetVpcAccess {Name: orders, VpcId: $VpcId, Port: 8080, InstanceId: i-none} !400 InvalidInstanceId # no such server
    # no such load balancer
    SetVpcAccess {Name: orders, VpcId: $VpcId, Port: 8080, InstanceId: lb-none} !400 InvalidInstanceId
    # a public address
    SetVpcAccess {Name: orders, VpcId: $VpcId, Port: 8080, InstanceId: 8.8.8.8} !400 InvalidInstanceId
    # a name
    SetVpcAccess {Name: orders, VpcId: $VpcId, Port: 8080, InstanceId: orders.example.com} !400 InvalidInstanceId
    SetVpcAccess {Name: orders, VpcId: $VpcId, InstanceId: ${ADDRESS}, Port: 0} !400 InvalidPort # no port
    SetVpcAccess {Name: orders, VpcId: $VpcId, InstanceId: ${ADDRESS}, Port: 65536} !400 InvalidPort # no port
    SetVpcAccess {Name: orders, VpcId: $VpcId, InstanceId: ${ADDRESS}, Port: absent} !400 MissingPort # a port is needed
    SetVpcAccess {VpcId: $VpcId, InstanceId: ${ADDRESS}, Port: 8080, Name: ''} !400 MissingName # a name is needed
    # the name is in use
    SetVpcAccess {Name: orders, VpcId: $VpcId, InstanceId: ${ADDRESS}, Port: 9090} !400 DuplicateName
    # VPC, instance and port are in use
    SetVpcAccess {VpcId: $VpcId, InstanceId: ${ADDRESS}, Port: 8080, Name: again} !400 DuplicateVpcAccess
`;

it('RemoveVpcAccess: deletes by VPC, instance and port; APIs stay published', async () => {
  const account = newAccount();
  const network = newNetwork(account);
  setAccess(account, network);
  const { GroupId, ApiId } = await published(account, network);
  const triple = { VpcId: network.VpcId, InstanceId: ADDRESS, Port: 8080 };
  expect(account.refusal('RemoveVpcAccess', { ...triple, Port: 80 })?.code).toBe('NotFoundVpc');
  expect(account.call('RemoveVpcAccess', triple).Apis.Api).toMatchObject([{ ApiId, GroupId }]);
  const deployed = account.call('DescribeDeployedApi', { GroupId, ApiId, StageName: 'RELEASE' });
  expect(deployed.ServiceConfig.VpcConfig).toMatchObject({ Name: 'orders', InstanceId: ADDRESS });
  expect(account.call('DescribeApi', { GroupId, ApiId }).ServiceConfig.VpcConfig).toEqual({ Name: 'orders' });
  expect(account.refusal('RemoveVpcAccess', triple)?.code).toBe('NotFoundVpc');
});

describe('ModifyVpcAccessAndUpdateApis', () => {
  it('changes the authorization at once and published APIs in a task', async () => {
    const account = newAccount();
    const network = newNetwork(account);
    setAccess(account, network);
    const { GroupId, ApiId } = await published(account, network);
    const changes = { Name: 'orders', InstanceId: '172.17.0.9', Port: 9090, NeedBatchWork: true };
    const { OperationId } = account.call('ModifyVpcAccessAndUpdateApis', changes);
    const task = () =>
      account.call('DescribeUpdateVpcInfoTask', { OperationUid: OperationId }).ApiUpdateVpcInfoResults
        .ApiUpdateVpcInfoResult;
    const backend = () =>
      account.call('DescribeDeployedApi', { GroupId, ApiId, StageName: 'RELEASE' }).ServiceConfig.VpcConfig;
    expect(account.call('DescribeApi', { ApiId }).ServiceConfig.VpcConfig.InstanceId).toBe('172.17.0.9');
    expect(backend().InstanceId).toBe(ADDRESS);
    expect(task()).toMatchObject([{ ApiUid: ApiId, StageName: 'RELEASE', UpdateStatus: 'RUNNING' }]);
    await account.advance(MINUTE);
    expect(task()).toMatchObject([{ UpdateStatus: 'success', ErrorMsg: 'Success. Request Success.' }]);
    expect(backend()).toEqual({ Name: 'orders', VpcId: network.VpcId, InstanceId: '172.17.0.9', Port: 9090 });
  });

  it('reports the API that is not updated, because its instance cannot connect the new target', async () => {
    const account = newAccount();
    const network = newNetwork(account);
    setAccess(account, network);
    const { ApiId } = await published(account, network);
    const { OperationId } = account.call('ModifyVpcAccessAndUpdateApis', { Name: 'orders', InstanceId: '172.20.0.9' });
    await account.advance(MINUTE);
    const { ApiUpdateVpcInfoResults: results } = account.call('DescribeUpdateVpcInfoTask', {
      OperationUid: OperationId,
    });
    expect(results.ApiUpdateVpcInfoResult).toMatchObject([
      { UpdateStatus: 'Failed', ErrorMsg: 'instance cannot connect the backend 172.20.0.9' },
    ]);
    const deployed = account.call('DescribeDeployedApi', { ApiId, StageName: 'RELEASE' });
    expect(deployed.ServiceConfig.VpcConfig.InstanceId).toBe(ADDRESS);
  });

  it('accepts a token once, and returns only its own tasks', () => {
    const account = newAccount();
    setAccess(account, newNetwork(account));
    const input = { Name: 'orders', Port: 9090, Token: 'once' };
    const { OperationId } = account.call('ModifyVpcAccessAndUpdateApis', input);
    expect(account.refusal('ModifyVpcAccessAndUpdateApis', input)?.code).toBe('RepeatedCommit');
    expect(account.refusal('DescribeAbolishApiTask', { OperationUid: OperationId })?.code).toBe('NotFoundOperationUid');
    expect(account.refusal('DescribeUpdateVpcInfoTask', { OperationUid: 'x' })?.code).toBe('NotFoundOperationUid');
  });
});

answers('ModifyVpcAccessAndUpdateApis', newAccount)`
  refuses wrong input
    newNetwork
    SetVpcAccess {Name: orders, VpcId: $VpcId, InstanceId: ${ADDRESS}, Port: 8080}
    SetVpcAccess {VpcId: $VpcId, InstanceId: ${ADDRESS}, Name: other, Port: 9090}
    ModifyVpcAccessAndUpdateApis {Name: nobody} !NotFoundVpc
    ModifyVpcAccessAndUpdateApis {Name: orders, VpcId: vpc-none} !InvalidVpcId
    ModifyVpcAccessAndUpdateApis {Name: orders, Port: 9090} !DuplicateVpcAccess
    ModifyVpcAccessAndUpdateApis {Name: orders, InstanceId: i-none} !InvalidInstanceId
`;

it('RemoveVpcAccessAndAbolishApis unpublishes the APIs, then deletes the authorization', async () => {
  const account = newAccount();
  const network = newNetwork(account);
  setAccess(account, network);
  const { ApiId } = await published(account, network);
  const triple = { VpcId: network.VpcId, InstanceId: ADDRESS, Port: 8080 };
  const { OperationId } = account.call('RemoveVpcAccessAndAbolishApis', triple);
  expect(account.call('DescribeVpcAccesses').TotalCount).toBe(1);
  await account.advance(MINUTE);
  const { ApiAbolishResults } = account.call('DescribeAbolishApiTask', { OperationUid: OperationId });
  expect(ApiAbolishResults.ApiAbolishResult).toMatchObject([{ ApiUid: ApiId, AbolishStatus: 'OVER' }]);
  expect(account.call('DescribeVpcAccesses').TotalCount).toBe(0);
  expect(account.refusal('DescribeDeployedApi', { ApiId, StageName: 'RELEASE' })?.code).toBe('NotFoundStage');
});

it('DescribeApisByVpcAccess lists published uses, not drafts', async () => {
  const account = newAccount();
  const network = newNetwork(account);
  setAccess(account, network);
  const { GroupId, ApiId } = await published(account, network);
  const request = JSON.stringify({ RequestProtocol: 'HTTP', RequestHttpMethod: 'GET', RequestPath: '/draft' });
  account.call('CreateApi', vpcApi(GroupId, 'orders', { ApiName: 'draft', RequestConfig: request }));
  const { ApiVpcAccessInfos, TotalCount } = account.call('DescribeApisByVpcAccess', { VpcName: 'orders' });
  expect(TotalCount).toBe(1);
  expect(ApiVpcAccessInfos.ApiVpcAccessInfo).toMatchObject([
    { ApiId, StageName: 'RELEASE', Method: 'GET', Path: '/orders', InstanceId: ADDRESS, Port: 8080 },
  ]);
  expect(account.refusal('DescribeApisByVpcAccess', { VpcName: 'nobody' })?.code).toBe('NotFoundVpc');
});

describe('ValidateVpcConnectivity', () => {
  const allow = (account: Account, { zones: [zone] }: Network) => {
    const rule = { IpProtocol: 'TCP', PortRange: '8080/8080', SourceCidrIp: '172.16.0.0/12', Policy: 'accept' };
    account.other('Ecs', 'AuthorizeSecurityGroup', { SecurityGroupId: zone?.['SecurityGroupId'], ...rule });
  };

  it('evaluates the network, filters included', async () => {
    const account = newAccount();
    const network = newNetwork(account);
    const VpcAccessId = setAccess(account, network, { InstanceId: runServer(account, network) });
    const InstanceId = await runningInstance(account, connectInput(network));
    const connected = () => account.call('ValidateVpcConnectivity', { InstanceId, VpcAccessId }).Connected;
    expect(connected()).toBe(false); // zone k's interfaces are in another security group
    allow(account, network);
    expect(connected()).toBe(true);
    account.call('ModifyInstanceAttribute', { InstanceId, DeleteVpcIpBlock: '172.16.0.0/16' });
    await account.advance(MINUTE);
    expect(connected()).toBe(false);
  });

  it('returns the type of an address', async () => {
    const account = newAccount();
    const network = newNetwork(account);
    runServer(account, network);
    const balancer = createBalancer(account, network);
    const { Address } = account.other('Slb', 'DescribeLoadBalancerAttribute', { LoadBalancerId: balancer });
    const InstanceId = await runningInstance(account, connectInput(network));
    const kinds = ['172.16.0.20', Address, '172.16.9.9'].map((address, index) => {
      const VpcAccessId = setAccess(account, network, { Name: `n${index}`, InstanceId: address });
      return account.call('ValidateVpcConnectivity', { InstanceId, VpcAccessId }).IpType;
    });
    expect(kinds).toEqual(['ECS', 'SLB', 'INVALID']);
  });

  it('connects nothing in another VPC, and refuses instances and authorizations that do not exist', async () => {
    const account = newAccount();
    const [ours, theirs] = [newNetwork(account), newNetwork(account)];
    const InstanceId = await runningInstance(account, connectInput(ours));
    const VpcAccessId = setAccess(account, theirs, { InstanceId: runServer(account, theirs) });
    expect(account.call('ValidateVpcConnectivity', { InstanceId, VpcAccessId }).Connected).toBe(false);
    expect(account.refusal('ValidateVpcConnectivity', { InstanceId: 'x', VpcAccessId })?.code).toBe('NotFoundInstance');
    expect(account.refusal('ValidateVpcConnectivity', { InstanceId, VpcAccessId: 'x' })?.code).toBe('NotFoundVpc');
  });
});
