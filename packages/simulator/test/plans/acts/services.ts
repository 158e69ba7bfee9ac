import { row, type ActedResource } from './row.js';

const CONTAINER = { name: 'web', image: 'public.ecr.aws/nginx/nginx:1', portMappings: [{ containerPort: 80 }] };

/** Tasks that register targets, and what others need. */
export const services: readonly ActedResource[] = [
  row('aws_ecs_capacity_provider', (of) => ({
    name: 'machines',
    auto_scaling_group_provider: [{ auto_scaling_group_arn: of('aws_autoscaling_group')['arn'] }],
  })),
  row('aws_ecs_cluster', { name: 'shop' }),
  row(
    'aws_ecs_cluster_capacity_providers',
    (of) => ({ cluster_name: of('aws_ecs_cluster')['name'], capacity_providers: ['FARGATE'] }),
    'PutClusterCapacityProviders',
    { capacity_providers: ['FARGATE', 'machines'] },
  ),
  row('aws_ecs_task_definition', (of) => ({
    family: 'web',
    network_mode: 'awsvpc',
    requires_compatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    execution_role_arn: of('aws_iam_role')['arn'],
    container_definitions: JSON.stringify([CONTAINER]),
  })),
  row('aws_service_discovery_http_namespace', { name: 'calls' }),
  row('aws_service_discovery_private_dns_namespace', (of) => ({ name: 'shop.internal', vpc: of('aws_vpc')['id'] })),
  row(
    'aws_service_discovery_service',
    (of) => ({
      name: 'web',
      dns_config: [
        {
          namespace_id: of('aws_service_discovery_private_dns_namespace')['id'],
          routing_policy: 'MULTIVALUE',
          dns_records: [{ type: 'A', ttl: 10 }],
        },
      ],
    }),
    'UpdateService',
    (of) => ({
      dns_config: [
        {
          namespace_id: of('aws_service_discovery_private_dns_namespace')['id'],
          routing_policy: 'MULTIVALUE',
          dns_records: [{ type: 'A', ttl: 20 }],
        },
      ],
    }),
  ),
  row(
    'aws_service_discovery_instance',
    (of) => ({
      service_id: of('aws_service_discovery_service')['id'],
      instance_id: 'one',
      attributes: { AWS_INSTANCE_IPV4: '10.0.1.50' },
    }),
    'RegisterInstance',
    { attributes: { AWS_INSTANCE_IPV4: '10.0.1.51' } },
  ),
  row(
    'aws_ecs_service',
    (of) => ({
      name: 'web',
      cluster: of('aws_ecs_cluster')['arn'],
      task_definition: of('aws_ecs_task_definition')['arn'],
      launch_type: 'FARGATE',
      desired_count: 1,
      health_check_grace_period_seconds: 0,
      network_configuration: [{ subnets: [of('aws_subnet')['id']], security_groups: [of('aws_security_group')['id']] }],
      load_balancer: [
        { target_group_arn: of('aws_lb_target_group.tcp')['arn'], container_name: 'web', container_port: 80 },
      ],
    }),
    'UpdateService',
    { desired_count: 2 },
  ),
];

/** What exists for others alone. */
export const auxiliary: readonly ActedResource[] = [
  row('aws_iam_role', { name: 'task' }),
  row('aws_cloudwatch_log_group', { name: 'shop' }),
  row('aws_lambda_function', { function_name: 'shop' }),
  row('aws_ecr_repository', { name: 'shop' }),
  row('aws_s3_bucket', { bucket: 'shop' }),
  row('aws_cognito_user_pool', { name: 'shop' }),
  row('aws_cognito_user_pool_client', { name: 'shop' }),
];
