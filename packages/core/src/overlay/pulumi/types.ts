/**
 * Types of the classic provider, by module and name, as types of the Terraform provider of which it is a bridge.
 * @see https://www.pulumi.com/registry/packages/aws/api-docs/
 */
const TYPES: Readonly<Record<string, string>> = {
  'ec2/vpc:Vpc': 'aws_vpc',
  'ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation': 'aws_vpc_ipv4_cidr_block_association',
  'ec2/subnet:Subnet': 'aws_subnet',
  'ec2/securityGroup:SecurityGroup': 'aws_security_group',
  'ec2/defaultSecurityGroup:DefaultSecurityGroup': 'aws_default_security_group',
  'ec2/securityGroupRule:SecurityGroupRule': 'aws_security_group_rule',
  'vpc/securityGroupIngressRule:SecurityGroupIngressRule': 'aws_vpc_security_group_ingress_rule',
  'vpc/securityGroupEgressRule:SecurityGroupEgressRule': 'aws_vpc_security_group_egress_rule',
  'ec2/internetGateway:InternetGateway': 'aws_internet_gateway',
  'ec2/natGateway:NatGateway': 'aws_nat_gateway',
  'ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway': 'aws_egress_only_internet_gateway',
  'ec2/vpcPeeringConnection:VpcPeeringConnection': 'aws_vpc_peering_connection',
  'ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter': 'aws_vpc_peering_connection_accepter',
  'ec2/managedPrefixList:ManagedPrefixList': 'aws_ec2_managed_prefix_list',
  'ec2/managedPrefixListEntry:ManagedPrefixListEntry': 'aws_ec2_managed_prefix_list_entry',
  'ec2/routeTable:RouteTable': 'aws_route_table',
  'ec2/defaultRouteTable:DefaultRouteTable': 'aws_default_route_table',
  'ec2/route:Route': 'aws_route',
  'ec2/routeTableAssociation:RouteTableAssociation': 'aws_route_table_association',
  'ec2/mainRouteTableAssociation:MainRouteTableAssociation': 'aws_main_route_table_association',
  'ec2/networkAcl:NetworkAcl': 'aws_network_acl',
  'ec2/defaultNetworkAcl:DefaultNetworkAcl': 'aws_default_network_acl',
  'ec2/networkAclRule:NetworkAclRule': 'aws_network_acl_rule',
  'ec2/networkAclAssociation:NetworkAclAssociation': 'aws_network_acl_association',
  'ec2/networkInterface:NetworkInterface': 'aws_network_interface',
  'ec2/networkInterfaceAttachment:NetworkInterfaceAttachment': 'aws_network_interface_attachment',
  'ec2/instance:Instance': 'aws_instance',
  'ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment':
    'aws_network_interface_sg_attachment',
  'vpc/securityGroupVpcAssociation:SecurityGroupVpcAssociation': 'aws_vpc_security_group_vpc_association',
  'vpc/securityGroupRulesExclusive:SecurityGroupRulesExclusive': 'aws_vpc_security_group_rules_exclusive',
  'ec2/peeringConnectionOptions:PeeringConnectionOptions': 'aws_vpc_peering_connection_options',
  'lb/loadBalancer:LoadBalancer': 'aws_lb',
  'lb/listener:Listener': 'aws_lb_listener',
  'lb/listenerRule:ListenerRule': 'aws_lb_listener_rule',
  'lb/targetGroup:TargetGroup': 'aws_lb_target_group',
  'lb/targetGroupAttachment:TargetGroupAttachment': 'aws_lb_target_group_attachment',
  'servicediscovery/service:Service': 'aws_service_discovery_service',
  'servicediscovery/instance:Instance': 'aws_service_discovery_instance',
  'ecs/cluster:Cluster': 'aws_ecs_cluster',
  'ecs/service:Service': 'aws_ecs_service',
  'ecs/taskSet:TaskSet': 'aws_ecs_task_set',
  'ecs/taskDefinition:TaskDefinition': 'aws_ecs_task_definition',
  'autoscaling/group:Group': 'aws_autoscaling_group',
  'autoscaling/attachment:Attachment': 'aws_autoscaling_attachment',
  'autoscaling/trafficSourceAttachment:TrafficSourceAttachment': 'aws_autoscaling_traffic_source_attachment',
  'ec2/launchTemplate:LaunchTemplate': 'aws_launch_template',
  'ec2/launchConfiguration:LaunchConfiguration': 'aws_launch_configuration',
  'apigatewayv2/vpcLink:VpcLink': 'aws_apigatewayv2_vpc_link',
  'apigatewayv2/api:Api': 'aws_apigatewayv2_api',
  'apigatewayv2/integration:Integration': 'aws_apigatewayv2_integration',
  'apigatewayv2/route:Route': 'aws_apigatewayv2_route',
  'apigatewayv2/stage:Stage': 'aws_apigatewayv2_stage',
  'apigatewayv2/deployment:Deployment': 'aws_apigatewayv2_deployment',
  'apigateway/vpcLink:VpcLink': 'aws_api_gateway_vpc_link',
  'apigateway/restApi:RestApi': 'aws_api_gateway_rest_api',
  'apigateway/resource:Resource': 'aws_api_gateway_resource',
  'apigateway/method:Method': 'aws_api_gateway_method',
  'apigateway/integration:Integration': 'aws_api_gateway_integration',
  'apigateway/deployment:Deployment': 'aws_api_gateway_deployment',
  'apigateway/clientCertificate:ClientCertificate': 'aws_api_gateway_client_certificate',
  'apigateway/stage:Stage': 'aws_api_gateway_stage',
};

/** Former modules of some types. */
const MODULES: readonly (readonly [former: string, now: string])[] = [
  ['alb/', 'lb/'],
  ['elasticloadbalancingv2/', 'lb/'],
  ['applicationloadbalancing/', 'lb/'],
];

/** The types that decide about paths, or may register targets, and that are not laid: by the beginning of their names. */
const OTHERS: readonly (readonly [beginning: string, type: string])[] = [
  ['aws:ec2transitgateway/', 'aws_ec2_transit_gateway'],
  ['aws:ec2/vpn', 'aws_vpn_'],
  ['aws:directconnect/', 'aws_dx_'],
  ['aws:networkmanager/', 'aws_networkmanager_'],
  ['aws:eks/', 'aws_eks_'],
  ['eks:', 'aws_eks_'],
  ['kubernetes:', 'kubernetes_'],
  ['command:', 'shell_'],
  ['aws-native:', 'awscc_'],
  ['aws:codedeploy/', 'aws_codedeploy_'],
  ['aws:codepipeline/', 'aws_codepipeline'],
  ['aws:codebuild/', 'aws_codebuild_'],
  ['aws:lambda/', 'aws_lambda_'],
  ['aws:sfn/', 'aws_sfn_'],
  ['aws:ssm/', 'aws_ssm_'],
  ['aws:ec2/spotFleetRequest', 'aws_spot_fleet_request'],
  ['aws:ec2/fleet:', 'aws_ec2_fleet'],
  ['aws:elasticbeanstalk/', 'aws_elastic_beanstalk_'],
  ['aws:cloudformation/', 'aws_cloudformation_'],
  ['aws:cloudcontrol/', 'aws_cloudcontrolapi_'],
  ['aws:servicecatalog/', 'aws_servicecatalog_'],
  ['aws:appautoscaling/', 'aws_appautoscaling_'],
  ['aws:autoscaling/policy:', 'aws_autoscaling_policy'],
  ['aws:autoscaling/schedule:', 'aws_autoscaling_schedule'],
  ['aws:ecs/capacityProvider:', 'aws_ecs_capacity_provider'],
];

/** `aws:ec2/securityGroup:SecurityGroup` is `aws_security_group`. Undefined: it does not decide about paths. */
export function terraformType(token: string): string | undefined {
  const other = OTHERS.find(([beginning]) => token.startsWith(beginning));
  if (other !== undefined) return other[1];
  if (!token.startsWith('aws:')) return token.startsWith('alicloud:') ? alibabaType(token) : undefined;
  const own = token.slice('aws:'.length);
  const [former, now] = MODULES.find(([one]) => own.startsWith(one)) ?? ['', ''];
  const name = now + own.slice(former.length);
  return Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
}

/** `alicloud:vpc/network:Network` is `alicloud_vpc_network`: no resource of Alibaba Cloud is laid, its family decides. */
function alibabaType(token: string): string {
  const [, family = '', name = ''] = /^alicloud:(\w+)\/(\w+):/.exec(token) ?? [];
  const known = FAMILIES.find(([beginning]) => `${family}/${name}`.startsWith(beginning));
  return known?.[1] ?? `alicloud_${family}`;
}

const FAMILIES: readonly (readonly [beginning: string, type: string])[] = [
  ['vpc/switch', 'alicloud_vswitch'],
  ['vpc/routeTable', 'alicloud_route_table'],
  ['vpc/routeEntry', 'alicloud_route_entry'],
  ['vpc/networkAcl', 'alicloud_network_acl'],
  ['vpc/peer', 'alicloud_vpc_peer'],
  ['vpc/', 'alicloud_vpc'],
  ['ecs/securityGroup', 'alicloud_security_group'],
  ['ecs/instance', 'alicloud_instance'],
  ['apigateway/vpcAccess', 'alicloud_api_gateway_vpc_access'],
  ['apigateway/instance', 'alicloud_api_gateway_instance'],
  ['apigateway/', 'alicloud_api_gateway'],
];
