import { BALANCING } from './balancing.js';
import { DISCOVERY, HTTP, REST } from './gateways.js';
import { NETWORK } from './network.js';
import { CONTAINERS, LAUNCH_TEMPLATE, SCALING } from './registrars.js';
import type { ResourceType } from './resource-type.js';

const SERVICES: Readonly<Record<string, Readonly<Record<string, ResourceType>>>> = {
  EC2: { ...NETWORK, LaunchTemplate: LAUNCH_TEMPLATE },
  ECS: CONTAINERS,
  AutoScaling: SCALING,
  ElasticLoadBalancingV2: BALANCING,
  ApiGatewayV2: HTTP,
  ApiGateway: REST,
  ServiceDiscovery: DISCOVERY,
};

/** The types that decide about paths, or may register targets, and that are not laid: by the beginning of their names, as those of Terraform. */
const OTHERS: readonly (readonly [beginning: string, type: string])[] = [
  ['AWS::EC2::TransitGateway', 'aws_ec2_transit_gateway'],
  ['AWS::EC2::VPN', 'aws_vpn_'],
  ['AWS::EC2::SecurityGroupVpcAssociation', 'aws_vpc_security_group_vpc_association'],
  ['AWS::DirectConnect::', 'aws_dx_'],
  ['AWS::NetworkManager::', 'aws_networkmanager_'],
  ['AWS::EKS::', 'aws_eks_'],
  ['AWS::CodeDeploy::', 'aws_codedeploy_'],
  ['AWS::CodePipeline::', 'aws_codepipeline'],
  ['AWS::CodeBuild::', 'aws_codebuild_'],
  ['AWS::Lambda::', 'aws_lambda_'],
  ['AWS::Serverless::Function', 'aws_lambda_'],
  ['AWS::StepFunctions::', 'aws_sfn_'],
  ['AWS::SSM::', 'aws_ssm_'],
  ['AWS::EC2::SpotFleet', 'aws_spot_fleet_request'],
  ['AWS::EC2::EC2Fleet', 'aws_ec2_fleet'],
  ['AWS::ElasticBeanstalk::', 'aws_elastic_beanstalk_'],
  ['AWS::ServiceCatalog::', 'aws_servicecatalog_'],
  ['AWS::CloudFormation::CustomResource', 'aws_cloudformation_'],
  ['AWS::CloudFormation::Stack', 'aws_cloudformation_'],
  ['Custom::', 'aws_cloudformation_'],
  ['AWS::ApplicationAutoScaling::', 'aws_appautoscaling_'],
  ['AWS::AutoScaling::ScalingPolicy', 'aws_autoscaling_policy'],
  ['AWS::AutoScaling::ScheduledAction', 'aws_autoscaling_schedule'],
  ['AWS::ECS::CapacityProvider', 'aws_ecs_capacity_provider'],
];

/** `AWS::EC2::Subnet`, whose attributes are known. */
export function knownType(name: string): ResourceType | undefined {
  const [cloud, service = '', own = ''] = name.split('::');
  const types = cloud === 'AWS' && Object.hasOwn(SERVICES, service) ? SERVICES[service] : undefined;
  return types !== undefined && Object.hasOwn(types, own) ? types[own] : undefined;
}

/** The same, and those of which only the type counts. Undefined: it does not decide about paths. */
export function resourceType(name: string): ResourceType | undefined {
  const known = knownType(name);
  if (known !== undefined) return known;
  const other = OTHERS.find(([beginning]) => name.startsWith(beginning));
  return other === undefined ? undefined : { type: other[1] };
}
