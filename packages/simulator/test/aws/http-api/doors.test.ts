import { describe, expect, it } from 'vitest';
import { simulate, type SimulateOptions } from '../../../src/index.js';

const REGION = 'eu-west-1';

/** Clients of one simulated account, in this process, and what a new account owns. */
async function account(options: SimulateOptions = {}) {
  const simulation = simulate({ seed: 7, ...options });
  const { apiGatewayV2, ec2 } = simulation.clients(REGION);
  const { Subnets = [] } = await ec2.describeSubnets({});
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups({});
  const SubnetIds = Subnets.map(({ SubnetId = '' }) => SubnetId);
  const [{ GroupId: defaultGroup = '', VpcId = '' } = {}] = SecurityGroups;
  return { simulation, apiGatewayV2, ec2, SubnetIds, VpcId, defaultGroup };
}

describe('links, as a client sees them', () => {
  it('are created once in fifteen seconds and deleted once in thirty', async () => {
    const { simulation, apiGatewayV2, SubnetIds } = await account();
    const one = await apiGatewayV2.createVpcLink({ Name: 'one', SubnetIds });
    await expect(apiGatewayV2.createVpcLink({ Name: 'two', SubnetIds })).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      $metadata: { httpStatusCode: 429 },
    });
    await simulation.advance(15_000);
    const two = await apiGatewayV2.createVpcLink({ Name: 'two', SubnetIds });
    await apiGatewayV2.deleteVpcLink({ VpcLinkId: one.VpcLinkId });
    await expect(apiGatewayV2.deleteVpcLink({ VpcLinkId: two.VpcLinkId })).rejects.toMatchObject({
      name: 'TooManyRequestsException',
    });
    await simulation.advance(30_000);
    await apiGatewayV2.deleteVpcLink({ VpcLinkId: two.VpcLinkId });
    await simulation.advance(120_000);
    expect((await apiGatewayV2.getVpcLinks({})).Items).toEqual([]);
  });

  it('hold their groups and subnets until they are deleted', async () => {
    const { simulation, apiGatewayV2, ec2, VpcId } = await account();
    const { Subnet } = await ec2.createSubnet({ VpcId, CidrBlock: '172.31.240.0/28', AvailabilityZone: `${REGION}a` });
    const SubnetId = Subnet?.SubnetId ?? '';
    const { GroupId = '' } = await ec2.createSecurityGroup({ VpcId, GroupName: 'link', Description: 'link' });
    const { VpcLinkId } = await apiGatewayV2.createVpcLink({
      Name: 'orders',
      SubnetIds: [SubnetId],
      SecurityGroupIds: [GroupId],
    });
    await simulation.advance(120_000);
    const Filters = [{ Name: 'interface-type', Values: ['api_gateway_managed'] }];
    const { NetworkInterfaces = [] } = await ec2.describeNetworkInterfaces({ Filters, IncludeManagedResources: true });
    expect(NetworkInterfaces).toMatchObject([
      { SubnetId, Groups: [{ GroupId }], RequesterManaged: true, Status: 'in-use', VpcId },
    ]);
    const tags = Object.fromEntries((NetworkInterfaces[0]?.TagSet ?? []).map(({ Key = '', Value }) => [Key, Value]));
    expect(tags).toMatchObject({ VpcLinkId });
    const before = (await ec2.describeSubnets({ SubnetIds: [SubnetId] })).Subnets?.[0]?.AvailableIpAddressCount;
    expect(before).toBe(10);

    for (const attempt of [() => ec2.deleteSecurityGroup({ GroupId }), () => ec2.deleteSubnet({ SubnetId })]) {
      await expect(attempt()).rejects.toMatchObject({ name: 'DependencyViolation' });
    }
    // What a service manages cannot be deleted by its owner.
    const { NetworkInterfaceId } = NetworkInterfaces[0] ?? {};
    await expect(ec2.deleteNetworkInterface({ NetworkInterfaceId })).rejects.toThrow();

    await apiGatewayV2.deleteVpcLink({ VpcLinkId });
    await simulation.advance(120_000);
    await ec2.deleteSecurityGroup({ GroupId });
    await ec2.deleteSubnet({ SubnetId });
  });

  it('are kept in a saved world', async () => {
    const first = await account();
    const { VpcLinkId } = await first.apiGatewayV2.createVpcLink({ Name: 'orders', SubnetIds: first.SubnetIds });
    const api = await first.apiGatewayV2.createApi({
      Name: 'shop',
      ProtocolType: 'HTTP',
      Target: 'https://example.com/',
    });
    await first.simulation.advance(60_000);
    const saved: unknown = JSON.parse(JSON.stringify(first.simulation.world()));

    const second = simulate({ seed: 8 });
    second.load(saved);
    const { apiGatewayV2 } = second.clients(REGION);
    expect(await apiGatewayV2.getVpcLink({ VpcLinkId })).toMatchObject({ VpcLinkStatus: 'PENDING' });
    await second.advance(60_000);
    expect(await apiGatewayV2.getVpcLink({ VpcLinkId })).toMatchObject({ VpcLinkStatus: 'AVAILABLE' });
    const { ApiId } = api;
    const made = await first.apiGatewayV2.getStages({ ApiId });
    expect((await apiGatewayV2.getStages({ ApiId })).Items).toEqual(made.Items);
    expect((await apiGatewayV2.getDeployments({ ApiId })).Items).toEqual(
      (await first.apiGatewayV2.getDeployments({ ApiId })).Items,
    );
  });

  it('are counted per region', async () => {
    const { simulation, apiGatewayV2, SubnetIds } = await account({ quotas: { 'vpc-links': 1 } });
    const { VpcLinkId } = await apiGatewayV2.createVpcLink({ Name: 'one', SubnetIds });
    await simulation.advance(15_000);
    await expect(apiGatewayV2.createVpcLink({ Name: 'two', SubnetIds })).rejects.toMatchObject({
      name: 'BadRequestException',
      message: 'There are too many Vpc Links defined for this account. Limit is 1.',
    });
    const other = simulation.clients('us-east-1');
    expect((await other.apiGatewayV2.getVpcLinks({})).Items).toEqual([]);
    await expect(other.apiGatewayV2.getVpcLink({ VpcLinkId })).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});

it('writes to one API: collide when they are concurrent, and one API does not lock another', async () => {
  const { apiGatewayV2 } = await account();
  const one = await apiGatewayV2.createApi({ Name: 'one', ProtocolType: 'HTTP' });
  const two = await apiGatewayV2.createApi({ Name: 'two', ProtocolType: 'HTTP' });
  const outcomes = await Promise.allSettled([
    apiGatewayV2.createRoute({ ApiId: one.ApiId, RouteKey: 'GET /a' }),
    apiGatewayV2.createRoute({ ApiId: one.ApiId, RouteKey: 'GET /b' }),
    apiGatewayV2.createRoute({ ApiId: two.ApiId, RouteKey: 'GET /a' }),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(outcomes[1]).toMatchObject({
    reason: {
      name: 'ConflictException',
      message: 'Unable to complete operation due to concurrent modification. Please try again later.',
      $metadata: { httpStatusCode: 409 },
    },
  });
  await apiGatewayV2.createRoute({ ApiId: one.ApiId, RouteKey: 'GET /b' });
});
