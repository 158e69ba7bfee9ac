import type { ResourceType, Rules } from '@postern/core/internal/overlay';

const TASKS: Rules = {
  LoadBalancers: { block: 'load_balancer', of: { AdvancedConfiguration: { block: 'advanced_configuration' } } },
  ServiceRegistries: { block: 'service_registries' },
  NetworkConfiguration: { block: 'network_configuration', of: { AwsvpcConfiguration: { of: {} } } },
  CapacityProviderStrategy: { block: 'capacity_provider_strategy' },
};

/** ECS. */
export const CONTAINERS: Readonly<Record<string, ResourceType>> = {
  Service: {
    type: 'aws_ecs_service',
    attributes: { ServiceArn: 'id' },
    rules: { ...TASKS, ServiceName: 'name', DeploymentController: { block: 'deployment_controller' } },
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html
    defaults: { desired_count: 1 },
  },
  TaskSet: { type: 'aws_ecs_task_set', rules: TASKS },
  TaskDefinition: {
    type: 'aws_ecs_task_definition',
    ids: ['arn'],
    attributes: { TaskDefinitionArn: 'arn' },
    rules: {
      ContainerDefinitions: { block: 'container_definitions', of: { PortMappings: { block: 'port_mappings' } } },
    },
  },
  CapacityProvider: {
    type: 'aws_ecs_capacity_provider',
    ids: ['name'],
    rules: { AutoScalingGroupProvider: { block: 'auto_scaling_group_provider' } },
  },
  Cluster: { type: 'aws_ecs_cluster', rules: { ClusterName: 'name' } },
  ClusterCapacityProviderAssociations: {
    type: 'aws_ecs_cluster_capacity_providers',
    rules: { Cluster: 'cluster_name' },
  },
};

const TEMPLATE: Rules = { LaunchTemplateId: 'id', LaunchTemplateName: 'name' };

/** EC2 Auto Scaling. */
export const SCALING: Readonly<Record<string, ResourceType>> = {
  AutoScalingGroup: {
    type: 'aws_autoscaling_group',
    ids: ['name', 'id'],
    rules: {
      AutoScalingGroupName: 'name',
      VPCZoneIdentifier: 'vpc_zone_identifier',
      TargetGroupARNs: 'target_group_arns',
      TrafficSources: { block: 'traffic_source' },
      LaunchConfigurationName: 'launch_configuration',
      LaunchTemplate: { block: 'launch_template', of: TEMPLATE },
      MixedInstancesPolicy: {
        block: 'mixed_instances_policy',
        of: {
          LaunchTemplate: {
            block: 'launch_template',
            of: { LaunchTemplateSpecification: { block: 'launch_template_specification', of: TEMPLATE } },
          },
        },
      },
    },
  },
  LaunchConfiguration: { type: 'aws_launch_configuration', ids: ['id', 'name'] },
};

/** A launch template, which is of EC2. */
export const LAUNCH_TEMPLATE: ResourceType = {
  type: 'aws_launch_template',
  attributes: { LaunchTemplateId: 'id' },
  rules: {
    LaunchTemplateName: 'name',
    LaunchTemplateData: {
      of: {
        SecurityGroupIds: 'vpc_security_group_ids',
        NetworkInterfaces: { block: 'network_interfaces', of: { Groups: 'security_groups' } },
      },
    },
  },
};
