import { partitionOf } from '../../cloud/arn.js';
import type { ResourceType, ResourceTypes } from '@postern/core/internal/overlay';
import { BALANCING } from './balancing.js';
import { BALANCER_LINKS, DISCOVERY, HTTP, json } from './gateways.js';
import { NETWORK } from './network.js';
import { ARN, TAGS, tagged } from './tagged.js';
import { CONTAINERS, LAUNCH_TEMPLATE, SCALING } from './registrars.js';

const SERVICES: Readonly<Record<string, Readonly<Record<string, ResourceType>>>> = {
  EC2: { ...NETWORK, LaunchTemplate: LAUNCH_TEMPLATE },
  ECS: CONTAINERS,
  AutoScaling: SCALING,
  ElasticLoadBalancingV2: BALANCING,
  ApiGatewayV2: HTTP,
  ApiGateway: BALANCER_LINKS,
  ServiceDiscovery: DISCOVERY,
  IAM: {
    Role: {
      ...tagged('aws_iam_role', 'RoleId', { RoleName: 'name', AssumeRolePolicyDocument: json('assume_role_policy') }),
      ids: ['name', 'id'],
    },
  },
  Logs: {
    LogGroup: { type: 'aws_cloudwatch_log_group', ids: ['name', 'id'], rules: { ...TAGS, LogGroupName: 'name' } },
  },
  // A stack waits until it is issued.
  CertificateManager: {
    Certificate: {
      ...tagged('aws_acm_certificate', 'Arn', {}, { Id: 'id' }),
      ids: ARN,
      defaults: { status: 'ISSUED' },
    },
  },
};

const OTHERS: ResourceTypes['others'] = [
  ['AWS::EC2::TransitGateway', 'aws_ec2_transit_gateway'],
  ['AWS::EC2::VPN', 'aws_vpn_'],
  ['AWS::EC2::VPCEndpointService', 'aws_vpc_endpoint_service'],
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
];

/** Types by their full names: `AWS::EC2::VPC`. */
export function typesOf(
  services: Readonly<Record<string, Readonly<Record<string, ResourceType>>>>,
): ResourceTypes['types'] {
  return Object.fromEntries(
    Object.entries(services).flatMap(([service, types]) =>
      Object.entries(types).map(([name, type]) => [`AWS::${service}::${name}`, type] as const),
    ),
  );
}

/** The types of AWS. */
export const RESOURCE_TYPES: ResourceTypes = {
  types: typesOf(SERVICES),
  others: OTHERS,
  partitionOf,
};
