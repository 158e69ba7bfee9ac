import { REGION } from './rich-world.js';
import type { SimulatedClients } from '../../../src/aws/simulated-clients.js';

const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [] });
const Tags = ['Name', 'team'].map((Key) => ({ Key, Value: 'payments' }));

interface Place {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly routeTableId: string;
}

/**
 * Log groups, roles, policies, instance profiles, launch templates, Auto Scaling groups, NAT gateways, addresses,
 * VPC endpoints and their services, client certificates, private hosted zones and trust stores, several of each.
 */
export async function plainCollections(
  { apiGateway, autoScaling, ec2, elasticLoadBalancingV2, iam, cloudWatchLogs, route53 }: SimulatedClients,
  place: Place,
) {
  const { vpcId: VpcId, subnetIds, routeTableId } = place;
  for (const SubnetId of [...subnetIds, ...subnetIds]) {
    const { AllocationId } = subnetIds.indexOf(SubnetId) < 2 ? await ec2.allocateAddress({}) : {};
    const ConnectivityType = AllocationId === undefined ? 'private' : 'public';
    await ec2.createNatGateway({ SubnetId, AllocationId, ConnectivityType });
  }
  for (const service of ['s3', 'dynamodb']) {
    const ServiceName = `com.amazonaws.${REGION}.${service}`;
    await ec2.createVpcEndpoint({ VpcId, ServiceName, RouteTableIds: [routeTableId] });
  }
  const endpoint = { ServiceName: `com.amazonaws.${REGION}.logs`, VpcEndpointType: 'Interface' } as const;
  await ec2.createVpcEndpoint({ VpcId, ...endpoint, SubnetIds: [...subnetIds], PrivateDnsEnabled: false });
  for (const Name of ['orders-service', 'stock-service', 'billing-service']) {
    const nlb = { Name, Type: 'network' as const, Scheme: 'internal' as const, Subnets: [...subnetIds] };
    const { LoadBalancers = [] } = await elasticLoadBalancingV2.createLoadBalancer(nlb);
    const NetworkLoadBalancerArns = LoadBalancers.map(({ LoadBalancerArn = '' }) => LoadBalancerArn);
    const made = await ec2.createVpcEndpointServiceConfiguration({ NetworkLoadBalancerArns });
    const { ServiceName } = made.ServiceConfiguration ?? {};
    await ec2.createVpcEndpoint({ VpcId, VpcEndpointType: 'Interface', ServiceName, SubnetIds: [...subnetIds] });
  }
  const DeliverLogsPermissionArn = 'arn:aws:iam::111122223333:role/flow-logs';
  const log = { TrafficType: 'ALL', LogGroupName: 'flows', DeliverLogsPermissionArn } as const;
  await ec2.createFlowLogs({ ResourceType: 'VPC', ResourceIds: [VpcId], ...log });
  await ec2.createFlowLogs({ ResourceType: 'Subnet', ResourceIds: [...subnetIds], ...log });
  const { TargetGroups = [] } = await elasticLoadBalancingV2.createTargetGroup({
    Name: 'scaled',
    Protocol: 'HTTP',
    Port: 8080,
    VpcId,
    TargetType: 'instance',
  });
  for (const LaunchTemplateName of ['web-1', 'web-2', 'web-3']) {
    const LaunchTemplateData = { ImageId: 'ami-0a1b2c3d4e5f60718', InstanceType: 't3.micro' } as const;
    await ec2.createLaunchTemplate({ LaunchTemplateName, LaunchTemplateData });
    await ec2.createLaunchTemplateVersion({ LaunchTemplateName, LaunchTemplateData });
    await autoScaling.createAutoScalingGroup({
      AutoScalingGroupName: LaunchTemplateName,
      LaunchTemplate: { LaunchTemplateName },
      MinSize: 1,
      MaxSize: 2,
      VPCZoneIdentifier: subnetIds.join(','),
      TargetGroupARNs: TargetGroups.map(({ TargetGroupArn = '' }) => TargetGroupArn),
    });
  }
  for (const Name of ['gateways', 'offices', 'branches']) {
    const zone = { CallerReference: Name, Name: `${Name}.internal`, VPC: { VPCId: VpcId, VPCRegion: REGION } as const };
    await route53.createHostedZone(zone);
    await apiGateway.generateClientCertificate({ description: Name });
    const bundle = { CaCertificatesBundleS3Bucket: 'shop', CaCertificatesBundleS3Key: `${Name}.pem` };
    await elasticLoadBalancingV2.createTrustStore({ Name, ...bundle });
  }
  const arns: string[] = [];
  for (const name of ['logs', 'metrics', 'traces']) {
    await cloudWatchLogs.createLogGroup({ logGroupName: `/shop/${name}`, tags: { team: 'payments' } });
    const { Policy } = await iam.createPolicy({ PolicyName: name, PolicyDocument, Tags });
    arns.push(Policy?.Arn ?? '');
  }
  const [policyArn = ''] = arns;
  for (const SetAsDefault of [false, true])
    await iam.createPolicyVersion({ PolicyArn: policyArn, PolicyDocument, SetAsDefault });
  for (const name of ['service-1', 'service-2', 'service-3']) {
    await iam.createRole({ RoleName: name, AssumeRolePolicyDocument: PolicyDocument, Tags });
    for (const PolicyArn of arns) await iam.attachRolePolicy({ RoleName: name, PolicyArn });
    for (const PolicyName of ['a', 'b', 'c']) await iam.putRolePolicy({ RoleName: name, PolicyName, PolicyDocument });
    await iam.createInstanceProfile({ InstanceProfileName: name, Tags });
    await iam.addRoleToInstanceProfile({ InstanceProfileName: name, RoleName: name });
  }
  return { policyArn };
}
