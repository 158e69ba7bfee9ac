import { readFileSync } from 'node:fs';
import type { RegionSnapshot, Snapshot } from '@postern/core/internal/library';
import { plans } from '@postern/aws/plans';
import { judgeTerraform, readTerraform, type PlanJudgement } from '@postern/core/internal/overlay';
import { describe, expect, it } from 'vitest';
import { EMPTY, id, planText, shop, type Resource } from './shop-plan.js';

const none = (address: string): Resource => ({ address, actions: ['none'] });
const GROUP = 'aws_lb_target_group.shop';
const TARGETS = id(GROUP, 'arn');
const SUBNETS = [...id('aws_subnet.a'), ...id('aws_subnet.b')];
const BACKEND = id('aws_security_group.backend');

/** The plan with a group that no attachment fills. */
const unfilled = (...more: readonly Resource[]): readonly Resource[] =>
  shop(none('aws_lb_target_group_attachment.shop'), none('aws_network_interface.backend'), ...more);

const task = (
  more: object = {},
  containers: unknown = [{ name: 'app', portMappings: [{ containerPort: 80 }] }],
): Resource => ({
  address: 'aws_ecs_task_definition.app',
  after: {
    family: 'app',
    network_mode: 'awsvpc',
    container_definitions: typeof containers === 'string' ? containers : JSON.stringify(containers),
    ...more,
  },
});

const BLOCK = { container_name: 'app', container_port: 80 };
const TASK = { task_definition: id('aws_ecs_task_definition.app', 'arn') };
const NETWORK = {
  'network_configuration.0.subnets': SUBNETS,
  'network_configuration.0.security_groups': BACKEND,
};

/** A service on Fargate whose tasks are in both subnets. `refs` that are undefined are left out. */
function service(after: object = {}, refs: Readonly<Record<string, readonly string[] | undefined>> = {}): Resource {
  const all = { ...TASK, ...NETWORK, 'load_balancer.0.target_group_arn': TARGETS, ...refs };
  const given = Object.entries(all).filter((one): one is [string, readonly string[]] => one[1] !== undefined);
  return {
    address: 'aws_ecs_service.app',
    after: {
      name: 'app',
      desired_count: 2,
      load_balancer: [BLOCK],
      network_configuration: [{ subnets: [null, null] }],
      ...after,
    },
    refs: Object.fromEntries(given),
  };
}

const judged = (resources: readonly Resource[], base = EMPTY): PlanJudgement =>
  judgeTerraform(readTerraform(planText(resources)), base, { plans: [plans], region: 'eu-west-1' });

interface Row {
  readonly why: string;
  readonly plan: readonly Resource[];
  readonly after: 'pass' | 'fail' | 'unknown';
  /** What the findings have to say. */
  readonly says?: readonly string[];
  /** An address that a finding has to name. */
  readonly at?: string;
}

function table(rows: readonly Row[]): void {
  it.each(rows.map((row): [string, Row] => [`${row.after}: ${row.why}`, row]))(
    '%s',
    (_, { plan, after, says = [], at }) => {
      const { integrations, findings } = judged(plan);
      expect(
        integrations.map((one) => one.after),
        JSON.stringify(findings, null, 1),
      ).toEqual([after]);
      const texts = findings.map(({ message, remedy }) => `${message} → ${remedy}`).join('\n');
      for (const text of says) expect(texts).toContain(text);
      if (at !== undefined) expect(findings.flatMap(({ addresses }) => addresses)).toContain(at);
      expect(JSON.stringify(findings)).not.toMatch(/\b(?:vpc|subnet|sg|eni|i|lt)-[0-9a-f]{17}\b/);
    },
  );
}

const other: readonly Resource[] = [
  { address: 'aws_vpc.other', after: { cidr_block: '10.9.0.0/16' } },
  {
    address: 'aws_subnet.other',
    after: { cidr_block: '10.9.0.0/24', availability_zone: 'eu-west-1a' },
    refs: { vpc_id: id('aws_vpc.other') },
  },
];

describe('a service of ECS registers targets', () => {
  table([
    { why: 'its tasks are reached', plan: unfilled(service(), task()), after: 'pass' },
    {
      why: 'what its task definition has is known after the apply',
      plan: unfilled(service(), {
        ...task(),
        after: { family: 'app', network_mode: 'awsvpc' },
        refs: { container_definitions: ['local.c'] },
      }),
      after: 'pass',
    },
    {
      why: 'a task set in place of it',
      plan: unfilled({ ...service(), address: 'aws_ecs_task_set.app' }, task()),
      after: 'pass',
    },
    {
      why: 'the group of its tasks does not allow the load balancer',
      plan: unfilled(service({}, { 'network_configuration.0.security_groups': id('aws_security_group.link') }), task()),
      after: 'fail',
      says: ['no rule of aws_security_group.link allows inbound tcp 80'],
      at: 'aws_security_group.link',
    },
    {
      why: 'the group of its tasks allows the port of the target group, and the tasks have another one',
      plan: unfilled(
        service({ load_balancer: [{ ...BLOCK, container_port: 8080 }] }),
        task({}, [{ name: 'app', portMappings: [{ containerPort: 8080 }] }]),
      ),
      after: 'fail',
      says: ['no rule of aws_security_group.backend allows inbound tcp 8080'],
    },
    {
      why: 'a network ACL of the tasks does not allow the answers',
      plan: unfilled(service(), task(), {
        address: 'aws_network_acl.closed',
        after: {
          subnet_ids: [null, null],
          ingress: [{ rule_no: 1, action: 'allow', protocol: '-1', from_port: 0, to_port: 0, cidr_block: '0.0.0.0/0' }],
          egress: [
            { rule_no: 1, action: 'allow', protocol: 'tcp', from_port: 80, to_port: 80, cidr_block: '0.0.0.0/0' },
          ],
        },
        refs: { vpc_id: id('aws_vpc.shop'), subnet_ids: SUBNETS },
      }),
      after: 'fail',
      at: 'aws_network_acl.closed',
    },
    {
      why: 'its task definition does not have the port',
      plan: unfilled(service({ load_balancer: [{ ...BLOCK, container_port: 8080 }] }), task()),
      after: 'fail',
      says: [
        'shop has no targets: aws_ecs_service.app registers them, and its tasks fail: container app of its task definition has no port 8080',
      ],
      at: 'aws_ecs_service.app',
    },
    {
      why: 'its task definition does not have the container',
      plan: unfilled(service({ load_balancer: [{ ...BLOCK, container_name: 'web' }] }), task()),
      after: 'fail',
      says: ['its task definition has no container web'],
    },
    {
      why: 'it wants no tasks',
      plan: unfilled(service({ desired_count: 0 }), task()),
      after: 'fail',
      says: [
        'aws_ecs_service.app registers them, and its desired count is 0',
        '→ Set the desired count of aws_ecs_service.app above 0.',
      ],
      at: 'aws_ecs_service.app',
    },
    ...[80, 9090].map((container_port): Row => ({
      why: `the family and the revision name its task definition, with port ${container_port}`,
      plan: unfilled(
        service(
          { load_balancer: [{ ...BLOCK, container_port }] },
          { task_definition: ['family', 'revision'].flatMap((name) => id('aws_ecs_task_definition.app', name)) },
        ),
        task(),
      ),
      after: container_port === 80 ? 'pass' : 'fail',
      says: container_port === 80 ? [] : ['container app of its task definition has no port 9090'],
    })),
    {
      why: 'it has no desired count, which is 0',
      plan: unfilled(service({ desired_count: null }), task()),
      after: 'fail',
    },
    {
      why: 'it wants a task on each instance',
      plan: unfilled(service({ desired_count: null, scheduling_strategy: 'DAEMON' }), task()),
      after: 'pass',
    },
    {
      why: 'it wants no tasks, and another resource decides how many there are',
      plan: unfilled(service({ desired_count: 0 }), task(), {
        address: 'aws_appautoscaling_target.app',
        after: { min_capacity: 1 },
      }),
      after: 'unknown',
      says: ['aws_appautoscaling_target.app decides how many'],
    },
    {
      why: 'its subnets are of another network',
      plan: unfilled(
        ...other,
        task(),
        service(
          { network_configuration: [{ subnets: [null] }] },
          { 'network_configuration.0.subnets': id('aws_subnet.other') },
        ),
      ),
      after: 'fail',
      says: ['its subnets are in aws_vpc.other, not in aws_vpc.shop'],
    },
    {
      why: 'the target group is for instances, and its tasks have addresses',
      plan: unfilled(service(), task(), {
        address: GROUP,
        after: { name: 'shop', port: 80, protocol: 'HTTP', target_type: 'instance' },
        refs: { vpc_id: id('aws_vpc.shop') },
      }),
      after: 'fail',
      says: ['the target type of shop is instance'],
    },
    {
      why: 'its tasks need a network configuration, and it has none',
      plan: unfilled(
        service(
          { network_configuration: [] },
          { 'network_configuration.0.subnets': undefined, 'network_configuration.0.security_groups': undefined },
        ),
        task(),
      ),
      after: 'fail',
      says: ['the network mode of its task definition is awsvpc, and it has no network configuration'],
    },
    {
      why: 'its tasks use the interfaces of instances, and ports that are chosen when they start',
      plan: unfilled(
        service(
          { network_configuration: [] },
          { 'network_configuration.0.subnets': undefined, 'network_configuration.0.security_groups': undefined },
        ),
        task({ network_mode: 'bridge' }),
        {
          address: GROUP,
          after: { name: 'shop', port: 80, protocol: 'HTTP', target_type: 'instance' },
          refs: { vpc_id: id('aws_vpc.shop') },
        },
      ),
      after: 'unknown',
      says: ['aws_ecs_service.app registers them, and the plan does not say on which instances its tasks run'],
    },
    {
      why: 'its subnets are computed by another resource',
      plan: unfilled(
        service({}, { 'network_configuration.0.subnets': ['terraform_data.subnets.output', 'terraform_data.subnets'] }),
        { address: 'terraform_data.subnets', after: {} },
        task(),
      ),
      after: 'unknown',
      says: [
        'aws_ecs_service.app registers them, and aws_ecs_service.app.network_configuration[0].subnets is known after the apply',
      ],
    },
    {
      why: 'the target group is a local value, and the module has one',
      plan: unfilled(service({}, { 'load_balancer.0.target_group_arn': ['local.group'] }), task()),
      after: 'pass',
    },
    {
      why: 'it registers targets there while it deploys',
      plan: unfilled(
        ...shop()
          .filter(({ address }) => address === GROUP)
          .map((one) => ({ ...one, address: 'aws_lb_target_group.blue', after: { ...one.after, name: 'blue' } })),
        task(),
        {
          ...service({ load_balancer: [{ ...BLOCK, advanced_configuration: [{ alternate_target_group_arn: null }] }] }),
          refs: {
            ...TASK,
            ...NETWORK,
            'load_balancer.0.target_group_arn': id('aws_lb_target_group.blue', 'arn'),
            'load_balancer.0.advanced_configuration': TARGETS,
          },
        },
      ),
      after: 'unknown',
      says: ['aws_ecs_service.app registers targets there while it deploys'],
    },
    {
      why: 'a rule is about a part of the subnets of its tasks',
      plan: unfilled(service(), task(), {
        address: 'aws_vpc_security_group_egress_rule.balancer',
        after: { ip_protocol: '-1', cidr_ipv4: '10.0.0.0/28' },
        refs: { security_group_id: id('aws_security_group.balancer') },
      }),
      after: 'unknown',
      says: ['rules are about a part of aws_subnet.a'],
    },
    {
      why: 'its task groups are one of two, of which one does not allow the load balancer',
      plan: unfilled(
        service({}, { 'network_configuration.0.security_groups': [...BACKEND, ...id('aws_security_group.link')] }),
        task(),
      ),
      after: 'unknown',
      says: ['network_configuration[0].security_groups is one of'],
    },
    {
      why: 'it registers in another group, which an external deployment would not',
      plan: unfilled(service({ deployment_controller: [{ type: 'EXTERNAL' }] }), task()),
      after: 'fail',
    },
  ]);
});

describe('a group of EC2 Auto Scaling registers targets', () => {
  const instances: Resource = {
    address: GROUP,
    after: { name: 'shop', port: 80, protocol: 'HTTP', target_type: 'instance' },
    refs: { vpc_id: id('aws_vpc.shop') },
  };
  const template = (group: string): Resource => ({
    address: 'aws_launch_template.app',
    after: { image_id: 'ami-1' },
    refs: { vpc_security_group_ids: id(`aws_security_group.${group}`) },
  });
  const scaling = (after: object = {}, refs: Resource['refs'] = {}): Resource => ({
    address: 'aws_autoscaling_group.app',
    after: {
      name: 'app',
      min_size: 1,
      vpc_zone_identifier: [null, null],
      launch_template: [{ version: '$Latest' }],
      ...after,
    },
    refs: { vpc_zone_identifier: SUBNETS, 'launch_template.0.id': id('aws_launch_template.app'), ...refs },
  });
  const attached: Resource = {
    address: 'aws_autoscaling_attachment.app',
    after: {},
    refs: { autoscaling_group_name: id('aws_autoscaling_group.app'), lb_target_group_arn: TARGETS },
  };
  const inline = { target_group_arns: TARGETS };
  table([
    {
      why: 'it names the target group',
      plan: unfilled(instances, template('backend'), scaling({}, inline)),
      after: 'pass',
    },
    {
      why: 'an attachment names it',
      plan: unfilled(instances, template('backend'), scaling(), attached),
      after: 'pass',
    },
    {
      why: 'a traffic source names it, by the name of the group',
      plan: unfilled(instances, template('backend'), scaling(), {
        address: 'aws_autoscaling_traffic_source_attachment.app',
        after: { autoscaling_group_name: 'app', traffic_source: [{ type: 'elbv2' }] },
        refs: { 'traffic_source.0.identifier': TARGETS },
      }),
      after: 'pass',
    },
    {
      why: 'a launch configuration',
      plan: unfilled(
        instances,
        { address: 'aws_launch_configuration.app', after: { image_id: 'ami-1' }, refs: { security_groups: BACKEND } },
        {
          address: 'aws_autoscaling_group.app',
          after: { min_size: 1, vpc_zone_identifier: [null, null] },
          refs: {
            vpc_zone_identifier: SUBNETS,
            launch_configuration: id('aws_launch_configuration.app', 'name'),
            ...inline,
          },
        },
      ),
      after: 'pass',
    },
    {
      why: 'the group of its launch template does not allow the load balancer',
      plan: unfilled(instances, template('link'), scaling(), attached),
      after: 'fail',
      says: ['no rule of aws_security_group.link allows inbound tcp 80'],
    },
    {
      why: 'the groups of its launch template are one of two',
      plan: unfilled(
        instances,
        { ...template('backend'), refs: { vpc_security_group_ids: [...BACKEND, ...id('aws_security_group.link')] } },
        scaling(),
        attached,
      ),
      after: 'unknown',
      says: ['aws_launch_template.app.vpc_security_group_ids is one of'],
    },
    {
      why: 'the target group is for addresses',
      plan: unfilled(template('backend'), scaling(), attached),
      after: 'fail',
      says: ['the target type of shop is ip'],
    },
    {
      why: 'it wants no instances',
      plan: unfilled(instances, template('backend'), scaling({ min_size: 0 }), attached),
      after: 'fail',
      says: ['its desired count is 0'],
    },
    {
      why: 'its launch template is not in the plan',
      plan: unfilled(
        instances,
        scaling({ launch_template: [{ id: 'lt-0123' }] }, { 'launch_template.0.id': [] }),
        attached,
      ),
      after: 'unknown',
      says: ['the plan does not have its launch template'],
    },
    {
      why: 'the scaling group is of another configuration',
      plan: unfilled(instances, {
        ...attached,
        after: { autoscaling_group_name: 'web' },
        refs: { lb_target_group_arn: TARGETS },
      }),
      after: 'unknown',
      says: ['aws_autoscaling_attachment.app attaches a scaling group, which the plan does not have'],
    },
  ]);

  /** Tasks on the instances of a scaling group, at port `hostPort` of the instance. */
  const onInstances = (hostPort: number | undefined, after: object, ...more: readonly Resource[]) =>
    unfilled(
      instances,
      { address: 'aws_ecs_cluster.app', after: { name: 'app' } },
      template('backend'),
      scaling(),
      task({ network_mode: 'bridge' }, [{ name: 'app', portMappings: [{ containerPort: 80, hostPort }] }]),
      service(
        { network_configuration: [], ...after },
        {
          cluster: id('aws_ecs_cluster.app'),
          'network_configuration.0.subnets': undefined,
          'network_configuration.0.security_groups': undefined,
        },
      ),
      ...more,
    );
  const provider: Resource = {
    address: 'aws_ecs_capacity_provider.app',
    after: { name: 'shop', auto_scaling_group_provider: [{}] },
    refs: { 'auto_scaling_group_provider.0.auto_scaling_group_arn': id('aws_autoscaling_group.app', 'arn') },
  };
  const associated = (name: string): Resource => ({
    address: 'aws_ecs_cluster_capacity_providers.app',
    after: { cluster_name: 'app', capacity_providers: [name] },
  });
  const BY_PROVIDER = { capacity_provider_strategy: [{ capacity_provider: 'shop' }] };
  const inCluster: Resource = {
    ...template('backend'),
    refs: { ...template('backend').refs, user_data: id('aws_ecs_cluster.app', 'name') },
  };
  const inBoth: Resource = { ...scaling(), address: 'aws_autoscaling_group.other' };
  table([
    {
      why: 'a capacity provider has it',
      plan: onInstances(80, BY_PROVIDER, provider, associated('shop')),
      after: 'pass',
    },
    {
      why: 'its cluster has another capacity provider',
      plan: onInstances(80, BY_PROVIDER, provider, associated('FARGATE')),
      after: 'fail',
      says: ['cluster aws_ecs_cluster.app does not have its capacity provider shop'],
    },
    {
      why: 'its new cluster has none',
      plan: onInstances(80, BY_PROVIDER, provider),
      after: 'fail',
      at: 'aws_ecs_service.app',
    },
    {
      why: 'the capacity providers of its cluster are not known',
      plan: onInstances(80, BY_PROVIDER, provider, {
        ...associated('shop'),
        after: {},
        refs: { capacity_providers: ['var.all'] },
      }),
      after: 'pass',
    },
    { why: 'its instances register in the cluster', plan: onInstances(80, {}, inCluster), after: 'pass' },
    {
      why: 'the ports of its instances are chosen',
      plan: onInstances(0, {}, inCluster),
      after: 'fail',
      says: ['no rule of', 'allows inbound tcp 32768'],
    },
    {
      why: 'it registers in no cluster',
      plan: onInstances(80, {}),
      after: 'unknown',
      says: ['the plan does not say on which instances its tasks run'],
    },
    {
      why: 'two register in the cluster',
      plan: onInstances(80, {}, inCluster, inBoth),
      after: 'unknown',
      says: ['the plan does not say on which instances its tasks run'],
    },
  ]);
});

describe('a service of Cloud Map', () => {
  const map = (...more: readonly Resource[]): readonly Resource[] =>
    unfilled(
      {
        address: 'aws_vpc_security_group_ingress_rule.backend',
        after: { ip_protocol: 'tcp', from_port: 80, to_port: 80 },
        refs: { security_group_id: BACKEND, referenced_security_group_id: id('aws_security_group.link') },
      },
      {
        address: 'aws_apigatewayv2_integration.shop',
        after: { connection_type: 'VPC_LINK', integration_type: 'HTTP_PROXY' },
        refs: {
          api_id: id('aws_apigatewayv2_api.shop'),
          connection_id: id('aws_apigatewayv2_vpc_link.shop'),
          integration_uri: id('aws_service_discovery_service.orders', 'arn'),
        },
      },
      ...more,
    );
  const orders = (type = 'SRV'): Resource => ({
    address: 'aws_service_discovery_service.orders',
    after: { name: 'orders', dns_config: [{ dns_records: [{ type }] }] },
  });
  const registers = (more: object, after: object = {}): Resource =>
    service(
      { load_balancer: [], service_registries: [{ ...more }], ...after },
      {
        'load_balancer.0.target_group_arn': undefined,
        'service_registries.0.registry_arn': id('aws_service_discovery_service.orders', 'arn'),
      },
    );
  table([
    {
      why: 'a service of ECS registers its tasks',
      plan: map(orders(), registers({ port: 80 }), task()),
      after: 'pass',
    },
    {
      why: 'a port that the group of the tasks does not allow',
      plan: map(orders(), registers({ port: 8080 }), task()),
      after: 'fail',
      says: ['tcp 8080'],
    },
    {
      why: 'without a port, for A records',
      plan: map(orders('A'), registers({}), task()),
      after: 'fail',
      says: ['have no port', 'SRV'],
    },
    {
      why: 'a port, and A records',
      plan: map(orders('A'), registers({ port: 80 }), task()),
      after: 'unknown',
      says: ['ECS documents the registration of port 80 for SRV records alone'],
    },
    {
      why: 'the service of ECS wants no tasks',
      plan: map(orders(), registers({ port: 80 }, { desired_count: 0 }), task()),
      after: 'fail',
      says: ['aws_ecs_service.app registers them, and its desired count is 0'],
    },
    {
      why: 'a service of ECS registers its tasks, and reports their health',
      plan: map(
        { ...orders(), after: { ...orders().after, health_check_custom_config: [{ failure_threshold: 1 }] } },
        registers({ port: 80 }),
        task(),
      ),
      after: 'pass',
    },
    { why: 'nothing registers', plan: map(orders()), after: 'fail', says: ['orders has no instance'] },
    {
      why: 'something else may register',
      plan: map(orders(), { address: 'helm_release.orders', after: { name: 'orders' } }),
      after: 'unknown',
      says: ['the instances of orders (helm_release.orders may register some, which the plan does not show)'],
    },
  ]);
});

describe('an empty group that a plan creates', () => {
  it('has no target where nothing can register one, and nothing else is at fault', () => {
    const { integrations, findings } = judged(unfilled());
    expect(integrations).toMatchObject([{ after: 'fail' }]);
    const remedies = findings.map(({ remedy }) => remedy).join('\n');
    expect(remedies).toContain('Register a target with shop.');
    expect(remedies).not.toMatch(/[Cc]hange aws_/);
  });

  it('is empty where a service of the plan registers in another group', () => {
    const second: Resource = {
      ...shop().find(({ address }) => address === GROUP)!,
      address: 'aws_lb_target_group.other',
    };
    const plan = unfilled(
      second,
      service({}, { 'load_balancer.0.target_group_arn': id(second.address, 'arn') }),
      task(),
    );
    expect(judged(plan).integrations).toMatchObject([{ after: 'fail' }]);
  });

  it.each([
    'aws_eks_cluster.main',
    'helm_release.controller',
    'kubernetes_manifest.binding',
    'aws_codedeploy_deployment_group.blue',
    'aws_ecs_cluster.main',
    'aws_lambda_function.register',
    'aws_cloudformation_stack.app',
    'null_resource.register',
    'aws_spot_fleet_request.workers',
  ])('is unknown where %s may fill it', (address) => {
    const { integrations, findings } = judged(unfilled({ address, after: { name: 'main' } }));
    expect(integrations).toMatchObject([{ after: 'unknown' }]);
    expect(findings.map(({ message }) => message).join('\n')).toContain(
      `(${address} may register some, which the plan does not show)`,
    );
  });

  it('is judged by its target where it has one, whatever else may fill it', () => {
    expect(judged(shop({ address: 'aws_eks_cluster.main', after: { name: 'main' } })).integrations).toMatchObject([
      { after: 'pass' },
    ]);
  });
});

describe('a service that exists', () => {
  const text = readFileSync(new URL('../../../../examples/terraform/base.json', import.meta.url), 'utf8');
  const BASE = JSON.parse(text) as Snapshot;
  const [region] = BASE.regions as [RegionSnapshot];
  const groupOf = (name: string): string => region.securityGroups.find((one) => one.name === name)?.id ?? '';
  const [targets] = region.targetGroups ?? [];
  const [target] = targets?.targets ?? [];
  const ARN = 'arn:aws:ecs:eu-west-1:111122223333:service/main/app';
  const before = {
    id: ARN,
    name: 'app',
    desired_count: 1,
    task_definition: 'app:1',
    network_configuration: [
      { subnets: targets && region.loadBalancers[0]?.subnetIds, security_groups: [groupOf('backend')] },
    ],
    load_balancer: [{ target_group_arn: targets?.id, container_name: 'app', container_port: target?.port }],
  };
  const [network] = before.network_configuration;
  const [block] = before.load_balancer;
  const other = { ...before, network_configuration: [{ ...network, security_groups: [groupOf('link')] }] };
  const change = (actions: readonly string[], after: object | undefined): Resource => ({
    address: 'aws_ecs_service.app',
    actions,
    ...(actions[0] === 'create' ? {} : { before }),
    ...(after === undefined ? {} : { after: { ...after } }),
  });
  /** The snapshot, with the service in it where `isRead`. */
  const base = (isRead: boolean): Snapshot => ({
    ...BASE,
    regions: [
      {
        ...region,
        registrars: isRead
          ? [
              {
                id: ARN,
                name: 'app',
                kind: 'service',
                targetGroups: [{ targetGroupId: targets?.id ?? '', port: target?.port }],
                registries: [],
                subnetIds: network?.subnets,
                securityGroupIds: network?.security_groups,
                desired: 1,
                raw: null,
              },
            ]
          : undefined,
      },
    ],
  });

  it.each<[string, Resource, 'pass' | 'fail' | 'unknown', string]>([
    ['does not change', change(['no-op'], before), 'pass', ''],
    ['gets another task definition', change(['update'], { ...before, task_definition: 'app:2' }), 'pass', ''],
    ['gets more tasks', change(['update'], { ...before, desired_count: 3 }), 'pass', ''],
    ['gets a group that does not allow the load balancer', change(['update'], other), 'fail', groupOf('link')],
    [
      'gets a port that its group does not allow',
      change(['update'], { ...before, load_balancer: [{ ...block, container_port: 9090 }] }),
      'fail',
      'tcp 9090',
    ],
    [
      'wants no tasks',
      change(['update'], { ...before, desired_count: 0 }),
      'fail',
      'app registers them, and its desired count is 0',
    ],
    ['is deleted', change(['delete'], undefined), 'fail', 'Keep aws_ecs_service.app, which the plan deletes'],
    ['is created beside a target that is there', change(['create'], other), 'pass', groupOf('link')],
  ])('%s', (_, resource, after, says) => {
    for (const isRead of [true, false]) {
      if (resource.actions?.[0] === 'create' && isRead) continue;
      const { integrations, findings } = judged([resource], base(isRead));
      expect(integrations, JSON.stringify(findings, null, 1)).toMatchObject([{ before: 'pass', after }]);
      expect(JSON.stringify(findings)).toContain(says);
      if (after !== 'pass') expect(findings.flatMap(({ addresses }) => addresses)).toContain('aws_ecs_service.app');
    }
  });

  it('is judged by its state alone, where no snapshot shows the targets', () => {
    const state = shop(service(), task()).map(({ actions, ...one }) => ({ ...one, actions: actions ?? ['create'] }));
    expect(judged(state).integrations).toMatchObject([{ after: 'pass' }]);
  });
});
