import { describe, expect, it } from 'vitest';
import { runInstance } from '../aws/run-instance.js';
import { REGION, shop, type Shop } from '../traffic/aws/http-api/shop.js';
import { restShop } from '../traffic/aws/rest-api/rest-shop.js';
import { judged, listenerTo, specOf } from './judged.js';

type Row = Readonly<Record<string, any>>;

/** The listener forwards calls that match, and answers all others with 404. */
function only(
  { elb, listenerArn, targetGroupArn }: Pick<Shop, 'elb' | 'listenerArn' | 'targetGroupArn'>,
  condition: Row,
) {
  elb('ModifyListener', {
    ListenerArn: listenerArn,
    DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
  });
  elb('CreateRule', {
    ListenerArn: listenerArn,
    Priority: 1,
    Conditions: [condition],
    Actions: [{ Type: 'forward', TargetGroupArn: targetGroupArn }],
  });
}

const byHost = { Field: 'host-header', Values: ['orders.internal'] };
const byPath = (...Values: string[]) => ({ Field: 'path-pattern', Values });

describe('a listener rule on a host, and calls of an HTTP API of others', () => {
  it.each<[string, Row, string, Row, number, string]>([
    ['the host of the rule', { 'overwrite:header.host': 'orders.internal' }, 'orders', {}, 200, 'pass'],
    ['that host in another case', { 'overwrite:header.Host': 'Orders.Internal' }, 'orders', {}, 200, 'pass'],
    [
      'that host, which the spec declares, too',
      { 'overwrite:header.host': 'orders.internal' },
      '{ target: orders, host: orders.internal }',
      {},
      200,
      'pass',
    ],
    ['another host', { 'overwrite:header.host': 'wrong.internal' }, 'orders', {}, 404, 'fail'],
    [
      'another host than the spec declares',
      { 'overwrite:header.host': 'wrong.internal' },
      '{ target: orders, host: orders.internal }',
      {},
      404,
      'fail',
    ],
    [
      'a header of the call',
      { 'overwrite:header.host': '$request.header.to' },
      'orders',
      { to: 'orders.internal' },
      200,
      'unknown',
    ],
    [
      'a header of the call, which lacks it',
      { 'overwrite:header.host': '$request.header.to' },
      'orders',
      {},
      404,
      'unknown',
    ],
    ['no host', {}, 'orders', {}, 404, 'unknown'],
    ['no host, which the spec declares', {}, '{ target: orders, host: orders.internal }', {}, 404, 'unknown'],
  ])('agree where the route sets %s', async (_, RequestParameters, route, headers, status, verdict) => {
    const world = await shop();
    only(world, byHost);
    world.route('ANY /{proxy+}', world.integration({ RequestParameters }));
    world.stage();
    await world.sim.advance(60_000);
    expect((await world.get('/orders', { headers })).status).toBe(status);
    const { answers, path, text } = await judged(world.sim, specOf(world, { route: `'ANY /{proxy+}': ${route}` }));
    expect([answers, path]).toEqual([[verdict], verdict]);
    if (verdict === 'fail')
      expect(text).toContain(
        'to wrong.internal; the closest match, rule 1 (host orders.internal), needs host orders.internal',
      );
  });

  it.each([
    ['the last deployment sets the host of the rule', 'orders.internal', 'wrong.internal', 200, 'pass'],
    ['the last deployment sets another', 'wrong.internal', 'orders.internal', 404, 'fail'],
  ])('agree where %s, and the working copy does not', async (_, deployed, later, status, verdict) => {
    const world = await shop();
    only(world, byHost);
    const host = (to: string) => ({ RequestParameters: { 'overwrite:header.host': to } });
    const IntegrationId = world.integration(host(deployed));
    world.route('ANY /{proxy+}', IntegrationId);
    world.stage('$default', { AutoDeploy: false });
    world.gateway('CreateDeployment', { ApiId: world.ApiId, StageName: '$default' });
    await world.sim.advance(60_000);
    world.gateway('UpdateIntegration', { ApiId: world.ApiId, IntegrationId, ...host(later) });
    expect((await world.get('/orders')).status).toBe(status);
    expect((await judged(world.sim, specOf(world))).answers).toEqual([verdict]);
  });
});

// https://repost.aws/knowledge-center/forward-host-header-api-gateway
// https://docs.aws.amazon.com/apigateway/latest/developerguide/setup-http-integrations.html
it.each([
  ['the path of the URI', 'http://x.internal/svc/{proxy}', {}, 200, 'pass'],
  ['the path of the URI, which is constant', 'http://x.internal/svc/a', {}, 200, 'pass'],
  [
    'the path of the URI, which has it of the stage',
    'http://x.internal/${stageVariables.base}/{proxy}',
    {},
    200,
    'pass',
  ],
  ['the path of the URI, which is another', 'http://x.internal/other/{proxy}', {}, 404, 'fail'],
  ['the host of the URI', 'http://orders.internal/{proxy}', {}, 200, 'pass'],
  ['the host of the URI, which is another', 'http://wrong.internal/{proxy}', {}, 404, 'fail'],
  [
    'the host of the URI, whatever is mapped',
    'http://wrong.internal/{proxy}',
    { 'integration.request.header.Host': "'orders.internal'" },
    404,
    'fail',
  ],
  ['the host of a variable of the stage', 'http://${stageVariables.host}/{proxy}', {}, 200, 'pass'],
  ['the host of a variable of the stage, which is another', 'http://${stageVariables.other}/{proxy}', {}, 404, 'fail'],
])(
  'a listener rule, and calls of a REST API of others, agree about %s',
  async (what, uri, requestParameters, status, verdict) => {
    const world = await restShop();
    const [{ ListenerArn: listenerArn, DefaultActions }] = world.elb('DescribeListeners', {
      LoadBalancerArn: world.alb,
    }).Listeners;
    only(
      { elb: world.elb, listenerArn, targetGroupArn: DefaultActions[0].TargetGroupArn },
      what.startsWith('the path') ? byPath('/svc/*') : byHost,
    );
    world.method('ANY /{proxy+}', { uri, requestParameters });
    world.deploy('prod', { variables: { host: 'orders.internal', other: 'wrong.internal', base: 'svc' } });
    await world.sim.advance(60_000);
    expect((await world.get('/prod/orders')).status).toBe(status);
    const { answers } = await judged(
      world.sim,
      `links: { eu: { provider: aws, region: ${REGION}, id: ${world.v2} } }
integrations:
  orders:
    link: eu
    owner: external
    gateway: { restApi: ${world.restApiId}, stage: prod }
    targets: { orders: { listener: '${listenerArn}' } }
    routes: { 'ANY /{proxy+}': orders }
`,
    );
    expect(answers).toEqual([verdict]);
  },
);

/** A custom domain with one mapping. */
async function domainTo({ call, gateway, sim, ApiId }: Shop, Stage: string, ApiMappingKey: string): Promise<void> {
  const wanted = { DomainName: 'api.example.com', ValidationMethod: 'DNS' };
  const { CertificateArn } = call('acm', 'RequestCertificate', wanted);
  await sim.advance(600_000);
  const DomainName = 'api.example.com';
  gateway('CreateDomainName', { DomainName, DomainNameConfigurations: [{ CertificateArn }] });
  gateway('CreateApiMapping', { DomainName, ApiId, Stage, ApiMappingKey });
  await sim.advance(60_000);
}

// https://jonwallsten.com/cloudfront-api-gateway-integration-debugger
describe('a listener rule on a path, and calls by a custom domain with the mapping key `api`', () => {
  const keep = ', path: keep';
  it.each<[string, Row, string, string, boolean, readonly [byDomain: number, byOwnName: number], string]>([
    ['kept, of the stage $default', {}, keep, '/api/endpoint', true, [200, 404], 'pass'],
    ['kept, where the rule has no key', {}, keep, '/endpoint', true, [404, 404], 'fail'],
    ['kept, where the own name of the API is called, too', {}, keep, '/api/endpoint', false, [200, 404], 'fail'],
    ['kept, where the rule matches calls by both names', {}, keep, '/*', false, [200, 200], 'pass'],
    ['overwritten', { 'overwrite:path': '$request.path' }, '', '/endpoint', false, [200, 200], 'pass'],
    [
      'overwritten, where the rule has the key',
      { 'overwrite:path': '$request.path' },
      '',
      '/api/endpoint',
      false,
      [404, 404],
      'fail',
    ],
  ])('agree about a path that is %s', async (_, RequestParameters, target, pattern, isDisabled, statuses, verdict) => {
    const world = await shop();
    only(world, byPath(pattern));
    world.route('ANY /endpoint', world.integration({ RequestParameters }));
    world.stage();
    await domainTo(world, '$default', 'api');
    if (isDisabled) world.gateway('UpdateApi', { ApiId: world.ApiId, DisableExecuteApiEndpoint: true });
    await world.sim.advance(60_000);
    const byDomain = await world.get('/api/endpoint', { host: 'api.example.com' });
    const byOwnName = await world.get('/endpoint');
    expect([byDomain.status, byOwnName.status]).toEqual(statuses);
    const more = { owner: 'adopt: true', target, route: "'ANY /endpoint': orders" };
    const { answers } = await judged(world.sim, specOf(world, more));
    expect(answers).toEqual([verdict]);
  });

  it('agree about a stage with a name, which is in the place of the key', async () => {
    const world = await shop();
    only(world, byPath('/staging/endpoint'));
    world.route('ANY /endpoint', world.integration());
    world.stage('staging');
    await domainTo(world, 'staging', 'api');
    expect((await world.get('/api/endpoint', { host: 'api.example.com' })).status).toBe(200);
    const more = { owner: 'adopt: true', target: keep, route: "'ANY /endpoint': orders" };
    expect((await judged(world.sim, specOf(world, more))).answers).toEqual(['pass']);
  });
});

/** A VPC that is peered with the one of the link, with a server on port 8080 in it. */
function peered({ ec2, groupId }: Shop) {
  const [{ VpcId: near }] = ec2('DescribeSecurityGroups', { GroupIds: [groupId] }).SecurityGroups;
  const { VpcId } = ec2('CreateVpc', { CidrBlock: '10.9.0.0/16' }).Vpc;
  const subnets: string[] = ['a', 'b'].map(
    (zone, at) =>
      ec2('CreateSubnet', { VpcId, CidrBlock: `10.9.${at}.0/24`, AvailabilityZone: `${REGION}${zone}` }).Subnet
        .SubnetId,
  );
  const { VpcPeeringConnectionId } = ec2('CreateVpcPeeringConnection', {
    VpcId: near,
    PeerVpcId: VpcId,
  }).VpcPeeringConnection;
  ec2('AcceptVpcPeeringConnection', { VpcPeeringConnectionId });
  for (const [vpc, DestinationCidrBlock] of [
    [near, '10.9.0.0/16'],
    [VpcId, '172.31.0.0/16'],
  ]) {
    const Filters = [{ Name: 'vpc-id', Values: [vpc] }];
    const [{ RouteTableId }] = ec2('DescribeRouteTables', { Filters }).RouteTables;
    ec2('CreateRoute', { RouteTableId, DestinationCidrBlock, VpcPeeringConnectionId });
  }
  const { GroupId } = ec2('CreateSecurityGroup', { VpcId, GroupName: 'far', Description: 'far' });
  const IpPermissions = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  ec2('AuthorizeSecurityGroupIngress', { GroupId, IpPermissions });
  const { PrivateIpAddress: server } = runInstance(ec2, { SubnetId: subnets[0], SecurityGroupIds: [GroupId] });
  return {
    VpcId: VpcId as string,
    near: near as string,
    subnets,
    GroupId: GroupId as string,
    server: server as string,
  };
}

describe('a link, and a VPC that is peered with its own', () => {
  const routed = async (world: Shop, IntegrationUri: string) => {
    world.route('ANY /{proxy+}', world.integration({ IntegrationUri }));
    world.stage();
    await world.sim.advance(60_000);
    const { network, path } = await judged(world.sim, specOf(world, { ref: IntegrationUri }));
    return { answer: await world.get('/orders'), network, path };
  };

  // https://aws.amazon.com/blogs/compute/understanding-vpc-links-in-amazon-api-gateway-private-integrations/
  it('do not reach a load balancer there', async () => {
    const world = await shop();
    const { GroupId, subnets, VpcId, server } = peered(world);
    const { answer, network } = await routed(
      world,
      await listenerTo(world, server, { SecurityGroups: [GroupId], Subnets: subnets }, VpcId),
    );
    expect([answer.status, answer.outcome, network]).toEqual([503, 'unreachable', ['fail']]);
    expect(answer.because).toContain(`and load balancer far is in ${VpcId}`);
  });

  it('reach an IP target there, behind a load balancer in the VPC of the link', async () => {
    const world = await shop();
    const { server } = peered(world);
    const { answer, network, path } = await routed(world, await listenerTo(world, server));
    expect([answer.status, network, path]).toEqual([200, ['pass'], 'pass']);
  });

  it('reach an instance of a Cloud Map service there', async () => {
    const world = await shop();
    const { server } = peered(world);
    const map = (operation: string, input: Row): any => world.call('servicediscovery', operation, input);
    const { OperationId } = map('CreateHttpNamespace', { Name: 'orders.internal' });
    await world.sim.advance(60_000);
    const NamespaceId = map('GetOperation', { OperationId }).Operation.Targets.NAMESPACE;
    const { Arn, Id: ServiceId } = map('CreateService', { Name: 'orders', NamespaceId }).Service;
    const Attributes = { AWS_INSTANCE_IPV4: server, AWS_INSTANCE_PORT: '8080' };
    map('RegisterInstance', { ServiceId, InstanceId: 'one', Attributes });
    await world.sim.advance(60_000);
    const { answer, network, path } = await routed(world, Arn);
    expect([answer.status, path]).toEqual([200, 'pass']);
    expect(network).not.toContain('fail');
  });
});
