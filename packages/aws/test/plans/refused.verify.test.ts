import { describe, expect, it } from 'vitest';
import { plans } from '@postern/aws/plans';
import { askTerraform, judgeTerraform, readTerraform, type PlanJudgement } from '@postern/core/internal/overlay';
import { planTwins } from '@postern/simulator';
import { EMPTY, id, planText, shop, type Resource } from './shop-plan.js';

async function judged(...changed: readonly Resource[]): Promise<PlanJudgement> {
  const document = readTerraform(planText(shop(...changed)));
  const options = { plans: [plans], region: 'eu-west-1' };
  const ask = await askTerraform(document, EMPTY, { ...options, twin: planTwins() });
  return judgeTerraform(document, EMPTY, { ...options, ask });
}

const refused = ({ findings }: PlanJudgement) => findings.filter(({ check }) => check === 'plan/refused');

const ROUTE = 'aws_apigatewayv2_route.shop';
const API = { api_id: id('aws_apigatewayv2_api.shop') };
const GROUP = 'aws_lb_target_group.shop';
const VPC = { vpc_id: id('aws_vpc.shop') };

const route = (key: string, name = 'shop'): Resource => ({
  address: `aws_apigatewayv2_route.${name}`,
  after: { route_key: key },
  refs: { ...API, target: id('aws_apigatewayv2_integration.shop') },
});

const integration = (after: object, refs: Resource['refs'] = {}): Resource => ({
  address: 'aws_apigatewayv2_integration.shop',
  after: {
    connection_type: 'VPC_LINK',
    integration_type: 'HTTP_PROXY',
    integration_method: 'ANY',
    payload_format_version: '1.0',
    ...after,
  },
  refs: {
    ...API,
    connection_id: id('aws_apigatewayv2_vpc_link.shop'),
    integration_uri: id('aws_lb_listener.shop', 'arn'),
    ...refs,
  },
});

const group = (after: object, more: Partial<Resource> = {}): Resource => ({
  address: GROUP,
  after: { name: 'shop', port: 80, protocol: 'HTTP', target_type: 'ip', ...after },
  refs: VPC,
  ...more,
});

const balancer = (after: object, subnets: readonly string[] = ['a', 'b']): Resource => ({
  address: 'aws_lb.shop',
  after: {
    name: 'shop',
    internal: true,
    load_balancer_type: 'application',
    subnets: subnets.map(() => null),
    ...after,
  },
  refs: {
    subnets: subnets.flatMap((one) => id(`aws_subnet.${one}`)),
    security_groups: id('aws_security_group.balancer'),
  },
});

const subnet = (name: string, block: string, zone: string): Resource => ({
  address: `aws_subnet.${name}`,
  after: { cidr_block: block, availability_zone: `eu-west-1${zone}` },
  refs: VPC,
});

const rows: readonly (readonly [words: string, at: string, ...changed: readonly Resource[]])[] = [
  ['greedy path variable', ROUTE, route('ANY /orders/{proxy+}/execution')],
  ['already exists for this API', 'aws_apigatewayv2_route.again', route('GET /orders', 'again')],
  [
    'Invalid payload format version',
    'aws_apigatewayv2_integration.shop',
    integration({ payload_format_version: '2.0' }),
  ],
  ...(['id', 'arn', 'dns_name'] as const).map(
    (attribute) =>
      [
        'integration uri should be a valid ELB listener ARN',
        'aws_apigatewayv2_integration.shop',
        integration({}, { integration_uri: id('aws_lb.shop', attribute) }),
      ] as const,
  ),
  // The default of an interval is 30 s.
  [
    "Health check timeout '30' must be smaller than the interval '30'",
    GROUP,
    group({ health_check: [{ timeout: 30 }] }),
  ],
  ["Health check protocol 'TCP' is not supported", GROUP, group({ health_check: [{ protocol: 'TCP' }] })],
  ['have incompatible protocols', 'aws_lb_listener.shop', group({ protocol: 'TCP' })],
  [
    'Instance ID',
    'aws_lb_target_group_attachment.shop',
    group({ target_type: 'instance' }),
    {
      address: 'aws_lb_target_group_attachment.shop',
      after: { target_id: '10.0.0.100' },
      refs: { target_group_arn: id(GROUP, 'arn') },
    },
  ],
  // An ARN has colons, as addresses of IPv6 have.
  [
    'is not a valid IPv4 address',
    'aws_lb_target_group_attachment.shop',
    group({ target_type: 'ip' }),
    {
      address: 'aws_lb_target_group_attachment.shop',
      after: {},
      refs: { target_group_arn: id(GROUP, 'arn'), target_id: id('aws_lb.shop', 'arn') },
    },
  ],
  ['can only contain characters that are alphanumeric', GROUP, group({ name: 'shop_1' })],
  [
    "The security group 'link' already exists",
    'aws_security_group.again',
    { address: 'aws_security_group.again', after: { name: 'link' }, refs: VPC },
  ],
  ['two different Availability Zones', 'aws_lb.shop', balancer({}, ['a'])],
  ['conflicts with another subnet', 'aws_subnet.b', subnet('b', '10.0.0.128/25', 'b')],
  ["The CIDR '10.1.0.0/24' is invalid", 'aws_subnet.b', subnet('b', '10.1.0.0/24', 'b')],
];

/** A route does not need what is there beside its own. */
const BESIDE = ['aws_security_group.again', 'aws_apigatewayv2_route.again'];

/** A service of ECS in place of an interface, on instances that a capacity provider starts: at most `most`. */
function onInstances(most: number): readonly Resource[] {
  const cluster = 'in';
  const strategy = [{ capacity_provider: 'nodes', weight: 1 }];
  const container = {
    name: 'web',
    image: 'public.ecr.aws/nginx/nginx:1',
    memory: 64,
    portMappings: [{ containerPort: 80, hostPort: 80 }],
  };
  return [
    { address: 'aws_network_interface.backend', actions: ['none'] },
    { address: 'aws_lb_target_group_attachment.shop', actions: ['none'] },
    group({ target_type: 'instance' }),
    {
      address: 'aws_launch_template.node',
      after: {
        name: 'node',
        instance_type: 'm5.large',
        user_data: btoa(`echo ECS_CLUSTER=${cluster} >> /etc/ecs/ecs.config`),
      },
      refs: { vpc_security_group_ids: id('aws_security_group.backend') },
    },
    {
      address: 'aws_autoscaling_group.node',
      after: { name: 'node', min_size: 0, max_size: most, launch_template: [{ name: 'node' }] },
      refs: { vpc_zone_identifier: [...id('aws_subnet.a'), ...id('aws_subnet.b')] },
      dependsOn: ['aws_launch_template.node'],
    },
    {
      address: 'aws_ecs_capacity_provider.node',
      after: { name: 'nodes', auto_scaling_group_provider: [{ managed_scaling: [{ status: 'ENABLED' }] }] },
      refs: { 'auto_scaling_group_provider.0.auto_scaling_group_arn': id('aws_autoscaling_group.node', 'arn') },
    },
    { address: 'aws_ecs_cluster.in', after: { name: cluster } },
    {
      address: 'aws_ecs_cluster_capacity_providers.in',
      after: { cluster_name: cluster, capacity_providers: ['nodes'], default_capacity_provider_strategy: strategy },
      dependsOn: ['aws_ecs_cluster.in', 'aws_ecs_capacity_provider.node'],
    },
    {
      address: 'aws_ecs_task_definition.web',
      after: { family: 'web', container_definitions: JSON.stringify([container]) },
    },
    {
      address: 'aws_ecs_service.web',
      after: {
        name: 'web',
        desired_count: 1,
        capacity_provider_strategy: strategy,
        load_balancer: [{ container_name: 'web', container_port: 80 }],
      },
      refs: {
        cluster: id('aws_ecs_cluster.in'),
        task_definition: id('aws_ecs_task_definition.web', 'arn'),
        'load_balancer.0.target_group_arn': id(GROUP, 'arn'),
      },
      dependsOn: ['aws_ecs_cluster_capacity_providers.in', 'aws_lb_listener.shop'],
    },
  ];
}

describe('tasks on instances', () => {
  it('say why none runs, where no instance can be started', async () => {
    const { integrations, findings } = await judged(...onInstances(0));
    expect(integrations).not.toMatchObject([{ after: 'pass' }]);
    expect(JSON.stringify(findings)).toContain('web) was unable to place a task');
    expect(JSON.stringify(findings)).not.toContain('For more information');
  });

  it('are placed on instances that join their cluster', async () => {
    expect(JSON.stringify(await judged(...onInstances(1)))).not.toContain('unable to place a task');
  });
});

describe('what the cloud refuses by values of the plan', () => {
  it.each(rows.map((row) => [`${row[0]} at ${row[1]}`, row] as const))(
    'fails: %s',
    async (_, [words, at, ...changed]) => {
      const found = await judged(...changed);
      const isBeside = BESIDE.includes(at);
      expect(found.integrations.find(({ address }) => address === ROUTE)?.after).toBe(isBeside ? 'pass' : 'fail');
      const [own] = refused(found);
      expect(own).toMatchObject({ code: 'REFUSED', message: expect.stringContaining(words) });
      expect(own?.addresses).toEqual(isBeside ? [at] : expect.arrayContaining([at, ROUTE]));
      expect(own?.remedy).toContain(at);
    },
  );

  it('breaks no route that does not need it, also of the same block', async () => {
    const at = (key: string, timeout: number): readonly Resource[] => {
      const one = integration({ timeout_milliseconds: timeout });
      const target = [...id('aws_apigatewayv2_integration.by'), 'each.key'];
      return [
        { ...one, address: `aws_apigatewayv2_integration.by["${key}"]` },
        { ...route(`GET /${key}`, `by["${key}"]`), refs: { ...API, target } },
      ];
    };
    const { integrations } = await judged(...at('good', 30_000), ...at('bad', 30_001));
    expect(Object.fromEntries(integrations.map(({ route: key, after }) => [key, after]))).toMatchObject({
      'GET /orders': 'pass',
      'GET /bad': 'fail',
      'GET /good': 'pass',
    });
  });

  it('of a route whose gateway no snapshot has is unknown, with the command that reads it', () => {
    const after = { api_id: 'abc123', route_key: 'GET /other', target: 'integrations/i1' };
    const document = readTerraform(planText(shop({ address: 'aws_apigatewayv2_route.other', after })));
    const { integrations } = judgeTerraform(document, EMPTY, { plans: [plans], region: 'eu-west-1' });
    expect(integrations.find(({ route: key }) => key === 'GET /other')).toMatchObject({
      after: 'unknown',
      because: expect.stringContaining('with `postern snapshot --provider aws --region eu-west-1`'),
    });
  });

  it('is nothing that is not known for certain', async () => {
    const either = integration(
      {},
      { integration_uri: [...id('aws_lb.shop', 'arn'), ...id('aws_lb_listener.shop', 'arn')] },
    );
    expect(refused(await judged(either))).toEqual([]);
    const local = integration({}, { integration_uri: ['local.uri'] });
    expect(refused(await judged(local))).toEqual([]);
  });

  it('finds what is accepted and fails a while later', async () => {
    const address = 'aws_api_gateway_vpc_link.old';
    const refs = { target_arns: id('aws_lb.shop', 'arn') };
    const found = refused(await judged({ address, after: { name: 'old', target_arns: [null] }, refs }));
    expect(found.map(({ verdict, message }) => `${verdict}: ${message}`)).toEqual([
      'fail: apigateway.CreateVpcLink is refused: NLB ARN is malformed (FAILED)',
    ]);
  });
});
