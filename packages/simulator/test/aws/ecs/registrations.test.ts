import { describe, expect, it } from 'vitest';
import { addressOf, DRAINED_MS, HEALTHY_MS, newAccount } from './account.js';

type Account = Awaited<ReturnType<typeof newAccount>>;

/** A service of Cloud Map with records of one type. */
async function registry(account: Account, Type: 'A' | 'SRV'): Promise<{ readonly Arn: string; readonly Id: string }> {
  const map = (operation: string, input: object): any => account.call('servicediscovery', operation, input);
  const { OperationId } = map('CreatePrivateDnsNamespace', { Name: 'shop.internal', Vpc: account.vpcId });
  await account.advance(60_000);
  const NamespaceId = map('GetOperation', { OperationId }).Operation.Targets.NAMESPACE;
  return map('CreateService', { Name: 'orders', NamespaceId, DnsConfig: { DnsRecords: [{ Type, TTL: 10 }] } }).Service;
}

it.each([
  ['SRV', { containerName: 'web', containerPort: 8080 }, '8080'],
  ['A', {}, undefined],
] as const)('a service with a registry: registers tasks as instances with %s records', async (type, place, port) => {
  const account = await newAccount();
  const { Arn: registryArn, Id: ServiceId } = await registry(account, type);
  const instances = (): any[] => account.call('servicediscovery', 'ListInstances', { ServiceId }).Instances;
  account.ecs('CreateService', account.input({ loadBalancers: [], serviceRegistries: [{ registryArn, ...place }] }));
  await account.advance(HEALTHY_MS);
  const [task] = account.tasks();
  expect(instances()).toHaveLength(2);
  const own = instances().find(({ Id }) => task?.['taskArn'].endsWith(Id));
  expect(own.Attributes).toMatchObject({
    AWS_INSTANCE_IPV4: addressOf(task ?? {}),
    ECS_CLUSTER_NAME: 'shop',
    ECS_SERVICE_NAME: 'orders',
    ECS_TASK_DEFINITION_FAMILY: 'orders',
  });
  expect(own.Attributes['AWS_INSTANCE_PORT']).toBe(port);
  expect(account.describe()['deployments']).toMatchObject([{ rolloutState: 'COMPLETED' }]);
  account.update({ desiredCount: 0 });
  await account.advance(HEALTHY_MS);
  expect(instances()).toEqual([]);
});

describe('a call through an API', () => {
  it('is answered by a task, before, during and after a deployment; by the backend of the service where one is registered', async () => {
    const account = await newAccount();
    const gateway = (operation: string, input: object): any => account.call('apigatewayv2', operation, input);
    const open = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
    const own: string = account.balancer['SecurityGroups'][0];
    for (const GroupId of [account.groupId, own]) {
      account.ec2('AuthorizeSecurityGroupIngress', { GroupId, IpPermissions: [open] });
    }
    account.ecs('CreateService', account.input());
    const { VpcLinkId } = gateway('CreateVpcLink', {
      Name: 'link',
      SubnetIds: account.subnetIds,
      SecurityGroupIds: [own],
    });
    const { ApiId } = gateway('CreateApi', { Name: 'shop', ProtocolType: 'HTTP' });
    const { IntegrationId } = gateway('CreateIntegration', {
      ApiId,
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'ANY',
      IntegrationUri: account.listener['ListenerArn'],
      ConnectionType: 'VPC_LINK',
      ConnectionId: VpcLinkId,
      PayloadFormatVersion: '1.0',
    });
    gateway('CreateRoute', { ApiId, RouteKey: '$default', Target: `integrations/${IntegrationId}` });
    gateway('CreateStage', { ApiId, StageName: '$default', AutoDeploy: true });
    await account.advance(300_000);
    const host = `${ApiId}.execute-api.eu-west-1.amazonaws.com`;
    const call = () => account.sim.traffic.call({ host, path: '/orders/7' });
    const answer = await call();
    expect(answer.status).toBe(200);
    const { destination, port } = JSON.parse(String(answer.body));
    expect(port).toBe(8080);
    expect(account.tasks().map(addressOf)).toContain(destination);
    account.update({ forceNewDeployment: true });
    for (let at = 0; at < HEALTHY_MS + DRAINED_MS; at += 10_000) {
      await account.advance(10_000);
      expect((await call()).status).toBe(200);
    }
    account.sim.backends.add({ service: 'shop/orders', port: 8080, behavior: { body: 'orders' } });
    expect(String((await call()).body)).toBe('orders');
    account.update({ desiredCount: 0 });
    await account.advance(DRAINED_MS);
    expect((await call()).status).toBe(503);
  });
});
