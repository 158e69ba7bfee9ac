// What a team has before it declares VPC links: a VPC with four subnets, an internal application load balancer with listeners, healthy
// servers behind it, and HTTP APIs; and the spec of as many links, each with an integration and a route, spread over the APIs.
import { simulate } from '../../packages/testing/dist/index.js';

export const REGION = 'eu-west-1';
const MINUTES = 60_000;
const LISTENERS = 10;
const FIRST_PORT = 8000;
/** More than any of these worlds needs: an account has 10 links by default, and may ask for more. */
const QUOTAS = { 'vpc-links': 10_000, 'network-interfaces': 100_000 };

/**
 * @param {{ links: number, apis: number } & import('../../packages/testing/dist/index.js').SimulateOptions} options
 */
export async function linksWorld({ links, apis, ...options }) {
  const simulation = simulate({ seed: 7, quotas: QUOTAS, ...options });
  const call = (service, operation, input = {}) => simulation.call({ service, operation, region: REGION }, input);
  const ec2 = (operation, input) => call('ec2', operation, input);
  const elb = (operation, input) => call('elasticloadbalancingv2', operation, input);
  const gateway = (operation, input) => call('apigatewayv2', operation, input);
  const { VpcId } = ec2('CreateVpc', { CidrBlock: '10.20.0.0/16' }).Vpc;
  const subnet = (CidrBlock, zone) =>
    ec2('CreateSubnet', { VpcId, CidrBlock, AvailabilityZone: `${REGION}${zone}` }).Subnet.SubnetId;
  const subnetIds = [subnet('10.20.0.0/19', 'a'), subnet('10.20.32.0/19', 'b')];
  const app = [subnet('10.20.128.0/20', 'a'), subnet('10.20.144.0/20', 'b')];
  const group = (GroupName) => ec2('CreateSecurityGroup', { VpcId, GroupName, Description: GroupName }).GroupId;
  const admit = (GroupId, FromPort, ToPort, from) =>
    ec2('AuthorizeSecurityGroupIngress', {
      GroupId,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort, ToPort, UserIdGroupPairs: [{ GroupId: from }] }],
    });
  const [ways, balancer, servers] = [group('links'), group('balancer'), group('servers')];
  admit(balancer, FIRST_PORT, FIRST_PORT + LISTENERS - 1, ways);
  admit(servers, 8080, 8080, balancer);

  const Targets = app.map((SubnetId) => {
    const { NetworkInterface: made } = ec2('CreateNetworkInterface', { SubnetId, Groups: [servers] });
    simulation.plant(REGION, { kind: 'instance', networkInterfaceId: made.NetworkInterfaceId });
    return { Id: made.PrivateIpAddress };
  });
  const [{ LoadBalancerArn }] = elb('CreateLoadBalancer', {
    Name: 'orders',
    Type: 'application',
    Scheme: 'internal',
    Subnets: app,
    SecurityGroups: [balancer],
  }).LoadBalancers;
  const [{ TargetGroupArn }] = elb('CreateTargetGroup', {
    Name: 'orders',
    VpcId,
    Protocol: 'HTTP',
    Port: 8080,
    TargetType: 'ip',
  }).TargetGroups;
  elb('RegisterTargets', { TargetGroupArn, Targets });
  const listeners = Array.from({ length: LISTENERS }, (_, index) => {
    const [{ ListenerArn }] = elb('CreateListener', {
      LoadBalancerArn,
      Protocol: 'HTTP',
      Port: FIRST_PORT + index,
      DefaultActions: [{ Type: 'forward', TargetGroupArn }],
    }).Listeners;
    return ListenerArn;
  });
  const apiIds = Array.from({ length: apis }, (_, index) => {
    const { ApiId } = gateway('CreateApi', { Name: `api${index}`, ProtocolType: 'HTTP' });
    gateway('CreateStage', { ApiId, StageName: '$default', AutoDeploy: true });
    return ApiId;
  });
  await simulation.advance(10 * MINUTES);

  /** One for each link: what it is made of. */
  const parts = Array.from({ length: links }, (_, index) => ({
    name: `link${index}`,
    subnetIds,
    securityGroupIds: [ways],
    apiId: apiIds[index % apis],
    listener: listeners[index % LISTENERS],
    routeKey: `ANY /orders${index}/{proxy+}`,
  }));
  return { simulation, parts, spec: specOf(parts) };
}

/** The spec of these parts, as the file has it. */
function specOf(parts) {
  const each = (make) => Object.fromEntries(parts.map((part) => [part.name, make(part)]));
  return {
    version: 1,
    project: 'bench',
    spec: 'bench-7f3k2q',
    links: each(({ subnetIds: subnets, securityGroupIds: securityGroups }) => ({
      provider: 'aws',
      region: REGION,
      subnets,
      securityGroups,
    })),
    integrations: each(({ name, apiId: httpApi, listener, routeKey }) => ({
      link: name,
      gateway: { httpApi },
      targets: { orders: { listener } },
      routes: { [routeKey]: 'orders' },
    })),
  };
}
