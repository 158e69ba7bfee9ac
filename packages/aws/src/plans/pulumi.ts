import type { PulumiTypes } from '@postern/core/overlay';

/**
 * Types of the classic provider, by token, as types of the Terraform provider of which it is a bridge.
 * @see https://www.pulumi.com/registry/packages/aws/api-docs/
 */
const TYPES: Readonly<Record<string, string>> = {
  'aws:ec2/vpc:Vpc': 'aws_vpc',
  'aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation': 'aws_vpc_ipv4_cidr_block_association',
  'aws:ec2/subnet:Subnet': 'aws_subnet',
  'aws:ec2/securityGroup:SecurityGroup': 'aws_security_group',
  'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup': 'aws_default_security_group',
  'aws:ec2/securityGroupRule:SecurityGroupRule': 'aws_security_group_rule',
  'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule': 'aws_vpc_security_group_ingress_rule',
  'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule': 'aws_vpc_security_group_egress_rule',
  'aws:ec2/internetGateway:InternetGateway': 'aws_internet_gateway',
  'aws:ec2/natGateway:NatGateway': 'aws_nat_gateway',
  'aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway': 'aws_egress_only_internet_gateway',
  'aws:ec2/vpcPeeringConnection:VpcPeeringConnection': 'aws_vpc_peering_connection',
  'aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter': 'aws_vpc_peering_connection_accepter',
  'aws:ec2/managedPrefixList:ManagedPrefixList': 'aws_ec2_managed_prefix_list',
  'aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry': 'aws_ec2_managed_prefix_list_entry',
  'aws:ec2/routeTable:RouteTable': 'aws_route_table',
  'aws:ec2/defaultRouteTable:DefaultRouteTable': 'aws_default_route_table',
  'aws:ec2/route:Route': 'aws_route',
  'aws:ec2/routeTableAssociation:RouteTableAssociation': 'aws_route_table_association',
  'aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation': 'aws_main_route_table_association',
  'aws:ec2/networkAcl:NetworkAcl': 'aws_network_acl',
  'aws:ec2/defaultNetworkAcl:DefaultNetworkAcl': 'aws_default_network_acl',
  'aws:ec2/networkAclRule:NetworkAclRule': 'aws_network_acl_rule',
  'aws:ec2/networkAclAssociation:NetworkAclAssociation': 'aws_network_acl_association',
  'aws:ec2/networkInterface:NetworkInterface': 'aws_network_interface',
  'aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment': 'aws_network_interface_attachment',
  'aws:ec2/instance:Instance': 'aws_instance',
  'aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment':
    'aws_network_interface_sg_attachment',
  'aws:vpc/securityGroupVpcAssociation:SecurityGroupVpcAssociation': 'aws_vpc_security_group_vpc_association',
  'aws:vpc/securityGroupRulesExclusive:SecurityGroupRulesExclusive': 'aws_vpc_security_group_rules_exclusive',
  'aws:ec2/peeringConnectionOptions:PeeringConnectionOptions': 'aws_vpc_peering_connection_options',
  'aws:lb/loadBalancer:LoadBalancer': 'aws_lb',
  'aws:lb/listener:Listener': 'aws_lb_listener',
  'aws:lb/listenerRule:ListenerRule': 'aws_lb_listener_rule',
  'aws:lb/targetGroup:TargetGroup': 'aws_lb_target_group',
  'aws:lb/targetGroupAttachment:TargetGroupAttachment': 'aws_lb_target_group_attachment',
  'aws:servicediscovery/service:Service': 'aws_service_discovery_service',
  'aws:servicediscovery/instance:Instance': 'aws_service_discovery_instance',
  'aws:ecs/cluster:Cluster': 'aws_ecs_cluster',
  'aws:ecs/service:Service': 'aws_ecs_service',
  'aws:ecs/taskSet:TaskSet': 'aws_ecs_task_set',
  'aws:ecs/taskDefinition:TaskDefinition': 'aws_ecs_task_definition',
  'aws:autoscaling/group:Group': 'aws_autoscaling_group',
  'aws:autoscaling/attachment:Attachment': 'aws_autoscaling_attachment',
  'aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment': 'aws_autoscaling_traffic_source_attachment',
  'aws:ec2/launchTemplate:LaunchTemplate': 'aws_launch_template',
  'aws:ec2/launchConfiguration:LaunchConfiguration': 'aws_launch_configuration',
  'aws:apigatewayv2/vpcLink:VpcLink': 'aws_apigatewayv2_vpc_link',
  'aws:apigatewayv2/api:Api': 'aws_apigatewayv2_api',
  'aws:apigatewayv2/integration:Integration': 'aws_apigatewayv2_integration',
  'aws:apigatewayv2/route:Route': 'aws_apigatewayv2_route',
  'aws:apigatewayv2/stage:Stage': 'aws_apigatewayv2_stage',
  'aws:apigatewayv2/deployment:Deployment': 'aws_apigatewayv2_deployment',
  'aws:apigateway/vpcLink:VpcLink': 'aws_api_gateway_vpc_link',
};

/** Former modules of some types. */
const FORMER: PulumiTypes['former'] = [
  ['aws:alb/', 'aws:lb/'],
  ['aws:elasticloadbalancingv2/', 'aws:lb/'],
  ['aws:applicationloadbalancing/', 'aws:lb/'],
];

const OTHERS: PulumiTypes['others'] = [
  ['aws:ec2transitgateway/', 'aws_ec2_transit_gateway'],
  ['aws:ec2/vpn', 'aws_vpn_'],
  ['aws:directconnect/', 'aws_dx_'],
  ['aws:networkmanager/', 'aws_networkmanager_'],
  ['aws:eks/', 'aws_eks_'],
  ['eks:', 'aws_eks_'],
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

/** The types of AWS in programs of Pulumi. */
export const PULUMI_TYPES: PulumiTypes = {
  types: TYPES,
  former: FORMER,
  others: OTHERS,
  notes: [['aws-native:', 'resources of aws-native are not judged, only those of aws']],
};
