// What a team has before it needs Postern: a VPC with three private subnets, an internal load balancer in front of a service,
// and an HTTP API. Built with the AWS SDK; nothing here knows whether a cloud or a simulator answers.
import { APIGateway } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import { EC2 } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';

const named = (ResourceType, Name) => [{ ResourceType, Tags: [{ Key: 'Name', Value: Name }] }];

export function clients(config) {
  return {
    ec2: new EC2(config),
    balancing: new ElasticLoadBalancingV2(config),
    gateway: new ApiGatewayV2(config),
    rest: new APIGateway(config),
  };
}

const SERVER = { ImageId: 'ami-0a1b2c3d4e5f60718', InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 };
const BLOCKS = ['10.0.1.0/24', '10.0.2.0/24', '10.0.3.0/24'];

/** An inbound rule of the load balancer's security group. */
const inbound = (GroupId, blocks) => ({
  GroupId,
  IpPermissions: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: blocks.map((CidrIp) => ({ CidrIp })) }],
});

/**
 * Creates the network and returns its IDs. `tell` is called with each created resource. `callers` are the blocks that the load
 * balancer's security group allows.
 */
export async function buildNetwork({ ec2, balancing, gateway }, tell, { callers = BLOCKS } = {}) {
  const { Vpc: vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16', TagSpecifications: named('vpc', 'quickstart') });
  tell('VPC', vpc.VpcId, vpc.CidrBlock);
  const { AvailabilityZones: zones } = await ec2.describeAvailabilityZones({});
  const subnets = [];
  for (const [index, letter] of ['a', 'b', 'c'].entries()) {
    const { Subnet: subnet } = await ec2.createSubnet({
      VpcId: vpc.VpcId,
      CidrBlock: BLOCKS[index],
      AvailabilityZoneId: zones[index % 2].ZoneId,
      TagSpecifications: named('subnet', `quickstart-private-${letter}`),
    });
    tell('subnet', subnet.SubnetId, `${subnet.CidrBlock} in ${subnet.AvailabilityZoneId}`);
    subnets.push(subnet.SubnetId);
  }
  const { GroupId: group } = await ec2.createSecurityGroup({
    VpcId: vpc.VpcId,
    GroupName: 'quickstart-orders',
    Description: 'The load balancer of the orders service',
  });
  await ec2.authorizeSecurityGroupIngress(inbound(group, callers));
  tell('security group', group, `allows inbound tcp 80 from ${callers.join(', ')}`);
  const { GroupId: serviceGroup } = await ec2.createSecurityGroup({
    VpcId: vpc.VpcId,
    GroupName: 'quickstart-service',
    Description: 'The orders service',
  });
  await ec2.authorizeSecurityGroupIngress({
    GroupId: serviceGroup,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080, UserIdGroupPairs: [{ GroupId: group }] }],
  });
  const instances = [];
  const [a, b] = subnets;
  for (const [index, SubnetId] of [a, b].entries()) {
    const PrivateIpAddress = `10.0.${index + 1}.10`;
    const where = { SubnetId, PrivateIpAddress, SecurityGroupIds: [serviceGroup] };
    const { Instances } = await ec2.runInstances({ ...SERVER, ...where });
    const [{ InstanceId: instance }] = Instances;
    instances.push(instance);
    tell('instance', instance, `${PrivateIpAddress}, the orders service, on port 8080`);
  }

  const { LoadBalancers } = await balancing.createLoadBalancer({
    Name: 'quickstart-orders',
    Scheme: 'internal',
    Subnets: [a, b],
    SecurityGroups: [group],
  });
  const balancer = LoadBalancers[0].LoadBalancerArn;
  const { TargetGroups } = await balancing.createTargetGroup({
    Name: 'quickstart-orders',
    Protocol: 'HTTP',
    Port: 8080,
    VpcId: vpc.VpcId,
    TargetType: 'ip',
  });
  const targetGroup = TargetGroups[0].TargetGroupArn;
  await balancing.registerTargets({ TargetGroupArn: targetGroup, Targets: [{ Id: '10.0.1.10' }, { Id: '10.0.2.10' }] });
  const { Listeners } = await balancing.createListener({
    LoadBalancerArn: balancer,
    Protocol: 'HTTP',
    Port: 80,
    DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroup }],
  });
  tell('load balancer', 'quickstart-orders', 'internal, listens on port 80');

  const { ApiId: api } = await gateway.createApi({ Name: 'quickstart', ProtocolType: 'HTTP' });
  await gateway.createStage({ ApiId: api, StageName: '$default', AutoDeploy: true });
  tell('HTTP API', api, 'with no route yet');
  const groups = [serviceGroup, group]; // in the order in which they can go
  const [{ ListenerArn: listener }] = Listeners;
  return { vpc: vpc.VpcId, subnets, instances, groups, balancer, targetGroup, listener, api };
}

/** Allows one more block to call the load balancer. */
export async function allowInbound({ ec2 }, { groups: [, group] }, block) {
  await ec2.authorizeSecurityGroupIngress(inbound(group, [block]));
}

/** Removes what `buildNetwork` created. */
export async function removeNetwork({ ec2, balancing, gateway }, network) {
  await gateway.deleteApi({ ApiId: network.api });
  await balancing.deleteListener({ ListenerArn: network.listener });
  await balancing.deleteLoadBalancer({ LoadBalancerArn: network.balancer });
  await balancing.deleteTargetGroup({ TargetGroupArn: network.targetGroup });
  await ec2.terminateInstances({ InstanceIds: network.instances });
  // The network interfaces of instances and load balancers go a little later than themselves.
  for (const id of network.groups) await again(() => ec2.deleteSecurityGroup({ GroupId: id }));
  for (const subnet of network.subnets) await again(() => ec2.deleteSubnet({ SubnetId: subnet }));
  await ec2.deleteVpc({ VpcId: network.vpc });
}

async function again(work) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (error.name !== 'DependencyViolation' || attempt === 40) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}
