// What a team has before it needs Postern: a VPC with two private subnets, a Network Load Balancer in front of a service,
// and a REST API with one method that needs no backend. Built with the AWS SDK, step by step; nothing here knows whether
// a cloud or a simulator answers.
import { APIGateway } from '@aws-sdk/client-api-gateway';
import { EC2 } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';

export function clients(config) {
  return { ec2: new EC2(config), balancing: new ElasticLoadBalancingV2(config), rest: new APIGateway(config) };
}

/** Makes the network and answers with its IDs. `tell` is called for each thing that was made. */
export async function buildNetwork({ ec2, balancing, rest }, tell) {
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
  const VpcId = Vpc.VpcId;
  tell('VPC', VpcId, Vpc.CidrBlock);
  const { AvailabilityZones: zones } = await ec2.describeAvailabilityZones({});
  const { GroupId: service } = await ec2.createSecurityGroup({
    VpcId,
    GroupName: 'orders-service',
    Description: 'The orders service: its load balancer in both subnets calls it',
  });
  const blocks = ['10.0.1.0/24', '10.0.2.0/24'];
  await ec2.authorizeSecurityGroupIngress({
    GroupId: service,
    IpPermissions: [
      { IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080, IpRanges: blocks.map((CidrIp) => ({ CidrIp })) },
    ],
  });
  const subnets = [];
  for (const [index, CidrBlock] of blocks.entries()) {
    const { Subnet } = await ec2.createSubnet({ VpcId, CidrBlock, AvailabilityZoneId: zones[index].ZoneId });
    tell('subnet', Subnet.SubnetId, `${CidrBlock} in ${Subnet.AvailabilityZoneId}`);
    subnets.push(Subnet.SubnetId);
    const PrivateIpAddress = `10.0.${index + 1}.10`;
    await ec2.runInstances({
      ImageId: 'ami-0a1b2c3d4e5f60718',
      InstanceType: 't3.micro',
      MinCount: 1,
      MaxCount: 1,
      SubnetId: Subnet.SubnetId,
      PrivateIpAddress,
      SecurityGroupIds: [service],
    });
    tell('service', PrivateIpAddress, 'the orders service, on port 8080');
  }

  const { LoadBalancers } = await balancing.createLoadBalancer({
    Name: 'orders-nlb',
    Type: 'network',
    Scheme: 'internal',
    Subnets: subnets,
  });
  const { LoadBalancerArn } = LoadBalancers[0];
  const { TargetGroups } = await balancing.createTargetGroup({
    Name: 'orders',
    Protocol: 'TCP',
    Port: 8080,
    VpcId,
    TargetType: 'ip',
  });
  const { TargetGroupArn } = TargetGroups[0];
  await balancing.registerTargets({ TargetGroupArn, Targets: [{ Id: '10.0.1.10' }, { Id: '10.0.2.10' }] });
  const DefaultActions = [{ Type: 'forward', TargetGroupArn }];
  await balancing.createListener({ LoadBalancerArn, Protocol: 'TCP', Port: 80, DefaultActions });
  await active(balancing, [LoadBalancerArn]);
  tell('load balancer', 'orders-nlb', 'internal, listens on port 80');

  const { id: restApiId } = await rest.createRestApi({
    name: 'orders',
    endpointConfiguration: { types: ['REGIONAL'] },
  });
  const { items } = await rest.getResources({ restApiId });
  const health = { restApiId, resourceId: items[0].id, httpMethod: 'GET' };
  await rest.putMethod({ ...health, authorizationType: 'NONE' });
  await rest.putIntegration({
    ...health,
    type: 'MOCK',
    requestTemplates: { 'application/json': '{"statusCode":200}' },
  });
  tell('REST API', restApiId, 'with GET /, which the API answers itself');
  return { restApi: restApiId, loadBalancer: LoadBalancerArn };
}

/** A VPC link V1 can be created for an NLB that is active only. */
async function active(balancing, LoadBalancerArns) {
  for (let attempt = 1; attempt < 600; attempt += 1) {
    const { LoadBalancers } = await balancing.describeLoadBalancers({ LoadBalancerArns });
    if (LoadBalancers.every(({ State }) => State.Code === 'active')) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('the load balancers did not become active');
}
