export type Values = Readonly<Record<string, unknown>>;

/** The value of an attribute, or of a member of a block (`network_configuration.subnets`): as it is, or what names it. */
export type Get = (attribute: string) => unknown;

interface Type {
  readonly type: string;
  readonly of: (get: Get, values: Values, declared: ReadonlySet<string>) => Values;
}

const rule = (type: string, source: string, group: string, prefix = ''): Type => ({
  type: `AWS::EC2::SecurityGroup${type}`,
  of: (get) => ({
    GroupId: get('security_group_id'),
    IpProtocol: get(`${prefix}protocol`),
    FromPort: get('from_port'),
    ToPort: get('to_port'),
    CidrIp: get('cidr_ipv4'),
    [`${source}SecurityGroupId`]: get(group),
  }),
});

/** A rule that allows nothing: it takes the place of the one that allows everything. */
const NOTHING = [{ IpProtocol: '-1', CidrIp: '127.0.0.1/32' }];

/** What CloudFormation calls a resource, and its properties. */
export const TYPES: Readonly<Record<string, (values: Values) => Type>> = {
  aws_vpc: () => ({ type: 'AWS::EC2::VPC', of: (get) => ({ CidrBlock: get('cidr_block') }) }),
  aws_subnet: () => ({
    type: 'AWS::EC2::Subnet',
    of: (get) => ({
      VpcId: get('vpc_id'),
      CidrBlock: get('cidr_block'),
      AvailabilityZone: get('availability_zone'),
    }),
  }),
  aws_security_group: () => ({
    type: 'AWS::EC2::SecurityGroup',
    of: (get, { name, egress, ingress }, declared) => {
      const rules = (given: unknown, group: string) =>
        (given as readonly Values[]).map((one) => ({
          IpProtocol: one['protocol'],
          FromPort: one['from_port'],
          ToPort: one['to_port'],
          CidrIp: (one['cidr_blocks'] as readonly string[] | undefined)?.[0],
          [`${group}SecurityGroupId`]: one['cidr_blocks'] === undefined ? get('ingress.security_groups') : undefined,
        }));
      return {
        GroupName: name,
        VpcId: get('vpc_id'),
        SecurityGroupIngress: declared.has('ingress') ? rules(ingress, 'Source') : undefined,
        // Of a group with rules as resources the plan lists those as well. That of the link has a dynamic block.
        SecurityGroupEgress:
          declared.has('egress') || (name === 'link' && Array.isArray(egress) && egress.length > 0)
            ? rules(egress, 'Destination')
            : name === 'balancer'
              ? undefined
              : NOTHING,
      };
    },
  }),
  aws_vpc_security_group_ingress_rule: () => rule('Ingress', 'Source', 'referenced_security_group_id', 'ip_'),
  aws_vpc_security_group_egress_rule: () => rule('Egress', 'Destination', 'referenced_security_group_id', 'ip_'),
  aws_security_group_rule: ({ type }) =>
    type === 'ingress'
      ? rule('Ingress', 'Source', 'source_security_group_id')
      : rule('Egress', 'Destination', 'source_security_group_id'),
  aws_lb: () => ({
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    of: (get) => ({
      Name: get('name'),
      Type: get('load_balancer_type'),
      Scheme: 'internal',
      Subnets: get('subnets'),
      SecurityGroups: get('security_groups'),
      LoadBalancerAttributes:
        get('enable_cross_zone_load_balancing') === true
          ? [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }]
          : undefined,
    }),
  }),
  aws_lb_target_group: () => ({
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    of: (get) => ({
      Name: get('name'),
      Port: get('port'),
      Protocol: get('protocol'),
      TargetType: get('target_type'),
      VpcId: get('vpc_id'),
    }),
  }),
  aws_lb_listener: () => ({
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    of: (get, { default_action: actions }) => {
      const [{ type, fixed_response: [fixed] = [] } = {}] = actions as readonly {
        readonly type?: string;
        readonly fixed_response?: readonly Values[];
      }[];
      return {
        LoadBalancerArn: get('load_balancer_arn'),
        Port: get('port'),
        Protocol: get('protocol'),
        DefaultActions: [
          {
            Type: type,
            TargetGroupArn: type === 'forward' ? get('default_action.target_group_arn') : undefined,
            FixedResponseConfig: type === 'forward' ? undefined : { StatusCode: fixed?.['status_code'] },
          },
        ],
      };
    },
  }),
  aws_network_interface: () => ({
    type: 'AWS::EC2::NetworkInterface',
    of: (get, { private_ips: ips }) => ({
      SubnetId: get('subnet_id'),
      PrivateIpAddress: (ips as readonly string[])[0],
      GroupSet: get('security_groups'),
    }),
  }),
  aws_apigatewayv2_vpc_link: () => ({
    type: 'AWS::ApiGatewayV2::VpcLink',
    of: (get) => ({
      Name: get('name'),
      SubnetIds: get('subnet_ids'),
      SecurityGroupIds: get('security_group_ids'),
    }),
  }),
  aws_apigatewayv2_api: () => ({
    type: 'AWS::ApiGatewayV2::Api',
    of: (get) => ({ Name: get('name'), ProtocolType: get('protocol_type') }),
  }),
  aws_apigatewayv2_integration: () => ({
    type: 'AWS::ApiGatewayV2::Integration',
    of: (get) => ({
      ApiId: get('api_id'),
      IntegrationType: get('integration_type'),
      IntegrationMethod: get('integration_method'),
      PayloadFormatVersion: get('payload_format_version'),
      IntegrationUri: get('integration_uri'),
      ConnectionType: get('connection_type'),
      ConnectionId: get('connection_id'),
    }),
  }),
  aws_apigatewayv2_route: () => ({
    type: 'AWS::ApiGatewayV2::Route',
    of: (get) => {
      const target = get('target');
      return {
        ApiId: get('api_id'),
        RouteKey: get('route_key'),
        Target: typeof target === 'string' ? target : { 'Fn::Join': ['/', ['integrations', target]] },
      };
    },
  }),
  aws_apigatewayv2_stage: () => ({
    type: 'AWS::ApiGatewayV2::Stage',
    of: (get) => ({ ApiId: get('api_id'), StageName: get('name'), AutoDeploy: get('auto_deploy') }),
  }),
  aws_api_gateway_rest_api: () => ({ type: 'AWS::ApiGateway::RestApi', of: (get) => ({ Name: get('name') }) }),
  aws_api_gateway_resource: () => ({
    type: 'AWS::ApiGateway::Resource',
    of: (get) => ({ RestApiId: get('rest_api_id'), ParentId: get('parent_id'), PathPart: get('path_part') }),
  }),
  // Its integration is a part of it: see `asCloudFormation`.
  aws_api_gateway_method: () => ({
    type: 'AWS::ApiGateway::Method',
    of: (get) => ({
      RestApiId: get('rest_api_id'),
      ResourceId: get('resource_id'),
      HttpMethod: get('http_method'),
      AuthorizationType: get('authorization'),
      RequestParameters: get('request_parameters'),
    }),
  }),
  aws_api_gateway_integration: () => ({
    type: '',
    of: (get) => {
      const uri = get('uri');
      return {
        Type: get('type'),
        IntegrationHttpMethod: get('integration_http_method'),
        ConnectionType: get('connection_type'),
        ConnectionId: get('connection_id'),
        RequestParameters: get('request_parameters'),
        // A plan does not have the texts around a reference.
        Uri: typeof uri === 'object' ? { 'Fn::Join': ['', ['http://', uri, '/{proxy}']] } : uri,
      };
    },
  }),
  aws_api_gateway_deployment: () => ({
    type: 'AWS::ApiGateway::Deployment',
    of: (get) => ({ RestApiId: get('rest_api_id') }),
  }),
  aws_api_gateway_stage: () => ({
    type: 'AWS::ApiGateway::Stage',
    of: (get) => {
      const variables = get('variables');
      const named = (Array.isArray(variables) ? (variables as readonly Values[]) : []).map((one) => [
        'Ref' in one ? 'vpcLinkId' : 'host',
        one,
      ]);
      return {
        RestApiId: get('rest_api_id'),
        DeploymentId: get('deployment_id'),
        StageName: get('stage_name'),
        Variables: named.length > 0 ? Object.fromEntries(named) : variables,
      };
    },
  }),
  aws_api_gateway_vpc_link: () => ({
    type: 'AWS::ApiGateway::VpcLink',
    of: (get) => ({ Name: get('name'), TargetArns: get('target_arns') }),
  }),
  aws_ecs_cluster: () => ({ type: 'AWS::ECS::Cluster', of: (get) => ({ ClusterName: get('name') }) }),
  aws_ecs_task_definition: () => ({
    type: 'AWS::ECS::TaskDefinition',
    of: (get, { container_definitions: text }) => ({
      Family: get('family'),
      NetworkMode: get('network_mode'),
      RequiresCompatibilities: get('requires_compatibilities'),
      ContainerDefinitions: (
        JSON.parse(String(text)) as readonly {
          name: string;
          image: string;
          portMappings?: readonly { containerPort: number }[];
        }[]
      ).map(({ name, image, portMappings = [] }) => ({
        Name: name,
        Image: image,
        PortMappings: portMappings.map(({ containerPort }) => ({ ContainerPort: containerPort })),
      })),
    }),
  }),
  aws_ecs_service: () => ({
    type: 'AWS::ECS::Service',
    of: (get, { load_balancer: balancers, service_registries: registries }) => ({
      Cluster: get('cluster'),
      ServiceName: get('name'),
      DesiredCount: get('desired_count'),
      LaunchType: get('launch_type'),
      TaskDefinition: get('task_definition'),
      LoadBalancers: (balancers as readonly Values[] | undefined)?.map((one) => ({
        ContainerName: one['container_name'],
        ContainerPort: one['container_port'],
        TargetGroupArn: get('load_balancer.target_group_arn'),
      })),
      ServiceRegistries: (registries as readonly Values[] | undefined)?.map((one) => ({
        ContainerName: one['container_name'],
        ContainerPort: one['container_port'],
        RegistryArn: get('service_registries.registry_arn'),
      })),
      NetworkConfiguration: {
        AwsvpcConfiguration: {
          AssignPublicIp: get('network_configuration.assign_public_ip') === true ? 'ENABLED' : 'DISABLED',
          Subnets: get('network_configuration.subnets'),
          SecurityGroups: get('network_configuration.security_groups'),
        },
      },
    }),
  }),
  aws_service_discovery_service: () => ({
    type: 'AWS::ServiceDiscovery::Service',
    of: (get, { health_check_custom_config: custom }) => ({
      Name: get('name'),
      NamespaceId: get('namespace_id'),
      HealthCheckCustomConfig: (custom as readonly unknown[]).length > 0 ? { FailureThreshold: 1 } : undefined,
    }),
  }),
  aws_autoscaling_group: () => ({
    type: 'AWS::AutoScaling::AutoScalingGroup',
    of: (get, values, declared) => ({
      AutoScalingGroupName: get('name'),
      DesiredCapacity: String(values['desired_capacity']),
      MinSize: String(values['min_size']),
      MaxSize: String(values['max_size']),
      VPCZoneIdentifier: get('vpc_zone_identifier'),
      TargetGroupARNs: declared.has('target_group_arns') ? get('target_group_arns') : undefined,
      LaunchTemplate: { LaunchTemplateId: get('launch_template.id'), Version: get('launch_template.version') },
    }),
  }),
  aws_launch_template: () => ({
    type: 'AWS::EC2::LaunchTemplate',
    of: (get) => ({
      LaunchTemplateData: {
        ImageId: get('image_id'),
        InstanceType: get('instance_type'),
        SecurityGroupIds: get('vpc_security_group_ids'),
      },
    }),
  }),
};

/** Attributes that are lists. */
export const LISTS: ReadonlySet<string> = new Set([
  'subnets',
  'security_groups',
  'subnet_ids',
  'security_group_ids',
  'vpc_security_group_ids',
  'target_arns',
  'target_group_arns',
  'vpc_zone_identifier',
  'variables',
]);
