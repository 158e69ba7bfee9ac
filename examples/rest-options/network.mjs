// What a team has before it chooses one of the five ways from API Gateway to a private backend: a VPC with two services,
// their load balancers, an HTTP API and a REST API. Built with the AWS SDK; nothing here knows whether a cloud or a
// simulator answers.
import { APIGateway } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import { EC2 } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';

export function clients(config) {
  return {
    ec2: new EC2(config),
    balancing: new ElasticLoadBalancingV2(config),
    http: new ApiGatewayV2(config),
    rest: new APIGateway(config),
  };
}

const SUBNETS = ['10.0.1.0/24', '10.0.2.0/24'];
const SERVICES = { orders: ['10.0.1.10', '10.0.2.10'], bills: ['10.0.1.20', '10.0.2.20'] };

/** Makes the network and answers with the IDs of the two APIs. `tell` is called for each thing that was made. */
export async function buildNetwork({ ec2, balancing, http, rest }, tell) {
  const tags = (ResourceType, Name) => [{ ResourceType, Tags: [{ Key: 'Name', Value: Name }] }];
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16', TagSpecifications: tags('vpc', 'options') });
  const VpcId = Vpc.VpcId;
  tell('VPC', VpcId, Vpc.CidrBlock);
  const { AvailabilityZones: zones } = await ec2.describeAvailabilityZones({});
  const subnets = [];
  for (const [index, CidrBlock] of SUBNETS.entries()) {
    const { Subnet } = await ec2.createSubnet({
      VpcId,
      CidrBlock,
      AvailabilityZoneId: zones[index].ZoneId,
      TagSpecifications: tags('subnet', `options-private-${'ab'[index]}`),
    });
    tell('subnet', Subnet.SubnetId, CidrBlock);
    subnets.push(Subnet.SubnetId);
  }

  const group = async (GroupName, Description, ports, IpRanges) => {
    const { GroupId } = await ec2.createSecurityGroup({ VpcId, GroupName, Description });
    const rules = ports.map((port) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges }));
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: rules });
    return GroupId;
  };
  const inside = SUBNETS.map((CidrIp) => ({ CidrIp }));
  const front = await group('options-balancers', 'Load balancers', [80, 8001, 8002], inside);
  const services = await group('options-services', 'Services', [8080], inside);
  for (const [name, addresses] of Object.entries(SERVICES)) {
    for (const [index, PrivateIpAddress] of addresses.entries()) {
      await ec2.runInstances({
        ImageId: 'ami-0a1b2c3d4e5f60718',
        InstanceType: 't3.micro',
        MinCount: 1,
        MaxCount: 1,
        SubnetId: subnets[index],
        PrivateIpAddress,
        SecurityGroupIds: [services],
        TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: name }] }],
      });
    }
    tell('service', name, `${addresses.join(', ')}, on port 8080`);
  }

  const balancer = async (Name, Type) => {
    const made = { Name, Type, Scheme: 'internal', Subnets: subnets, SecurityGroups: [front] };
    const { LoadBalancers } = await balancing.createLoadBalancer(made);
    const { LoadBalancerArn } = LoadBalancers[0];
    // Calls of a VPC link V1 arrive by PrivateLink, from addresses that no rule of the VPC knows.
    if (Type === 'network') {
      await balancing.setSecurityGroups({
        LoadBalancerArn,
        SecurityGroups: [front],
        EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'off',
      });
    }
    return LoadBalancerArn;
  };
  const targets = async (Name, Protocol, TargetType, Port, ids) => {
    const { TargetGroups } = await balancing.createTargetGroup({ Name, Protocol, Port, VpcId, TargetType });
    const { TargetGroupArn } = TargetGroups[0];
    await balancing.registerTargets({ TargetGroupArn, Targets: ids.map((Id) => ({ Id })) });
    return TargetGroupArn;
  };
  const listener = async (LoadBalancerArn, Protocol, Port, TargetGroupArn) => {
    const DefaultActions = [{ Type: 'forward', TargetGroupArn }];
    await balancing.createListener({ LoadBalancerArn, Protocol, Port, DefaultActions });
  };

  // One NLB for one service; one NLB with a listener for each service; an ALB; an NLB in front of that ALB.
  const own = await balancer('orders-nlb', 'network');
  await listener(own, 'TCP', 80, await targets('orders-own', 'TCP', 'ip', 8080, SERVICES.orders));
  const shared = await balancer('shop-nlb', 'network');
  await listener(shared, 'TCP', 8001, await targets('orders-shared', 'TCP', 'ip', 8080, SERVICES.orders));
  await listener(shared, 'TCP', 8002, await targets('bills-shared', 'TCP', 'ip', 8080, SERVICES.bills));
  const alb = await balancer('shop-alb', 'application');
  await listener(alb, 'HTTP', 80, await targets('orders-http', 'HTTP', 'ip', 8080, SERVICES.orders));
  const edge = await balancer('edge-nlb', 'network');
  await listener(edge, 'TCP', 80, await targets('shop-alb', 'TCP', 'alb', 80, [alb]));
  await active(balancing, [own, shared, alb, edge]);
  tell('load balancers', 'orders-nlb, shop-nlb, edge-nlb, shop-alb', 'internal');

  const { ApiId: httpApi } = await http.createApi({ Name: 'shop', ProtocolType: 'HTTP' });
  await http.createStage({ ApiId: httpApi, StageName: '$default', AutoDeploy: true });
  tell('HTTP API', httpApi, 'with no route yet');
  const { id: restApi } = await rest.createRestApi({ name: 'shop', endpointConfiguration: { types: ['REGIONAL'] } });
  tell('REST API', restApi, 'with no route yet');
  return { vpc: VpcId, httpApi, restApi };
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
