// What a team has in one account before its links are declared: a VPC, servers behind an internal load balancer, and an HTTP API.
const MINUTES = 60_000;

/**
 * Builds it in a region of a simulated cloud (`simulate()`), and returns the spec of so many links, each with an integration and a route.
 */
export async function buildAccount(simulation, { account, links, region = 'eu-west-1' }) {
  const call = (service) => (operation, input) => simulation.call({ service, operation, region }, input);
  const [ec2, elb, http] = ['ec2', 'elasticloadbalancingv2', 'apigatewayv2'].map(call);
  const { VpcId } = ec2('CreateVpc', { CidrBlock: '10.20.0.0/16' }).Vpc;
  const subnet = (CidrBlock, zone) =>
    ec2('CreateSubnet', { VpcId, CidrBlock, AvailabilityZone: `${region}${zone}` }).Subnet.SubnetId;
  const subnets = [subnet('10.20.0.0/19', 'a'), subnet('10.20.32.0/19', 'b')];
  const backends = [subnet('10.20.128.0/20', 'a'), subnet('10.20.144.0/20', 'b')];
  const group = (GroupName) => ec2('CreateSecurityGroup', { VpcId, GroupName, Description: GroupName }).GroupId;
  const allow = (GroupId, port, from) =>
    ec2('AuthorizeSecurityGroupIngress', {
      GroupId,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, ...from }],
    });
  const [ofLinks, ofBalancer, ofServers] = ['links', 'balancer', 'servers'].map(group);
  allow(ofServers, 8080, { IpRanges: [{ CidrIp: '10.20.0.0/16' }] });
  allow(ofBalancer, 80, { UserIdGroupPairs: [{ GroupId: ofLinks }] });
  const Targets = backends.map((SubnetId) => {
    const { NetworkInterface } = ec2('CreateNetworkInterface', { SubnetId, Groups: [ofServers] });
    simulation.plant(region, { kind: 'instance', networkInterfaceId: NetworkInterface.NetworkInterfaceId });
    return { Id: NetworkInterface.PrivateIpAddress };
  });
  const [{ LoadBalancerArn }] = elb('CreateLoadBalancer', {
    Name: 'orders',
    Type: 'application',
    Scheme: 'internal',
    Subnets: backends,
    SecurityGroups: [ofBalancer],
  }).LoadBalancers;
  const [{ TargetGroupArn }] = elb('CreateTargetGroup', {
    Name: 'orders',
    VpcId,
    Protocol: 'HTTP',
    Port: 8080,
    TargetType: 'ip',
  }).TargetGroups;
  elb('RegisterTargets', { TargetGroupArn, Targets });
  const [{ ListenerArn: listener }] = elb('CreateListener', {
    LoadBalancerArn,
    Protocol: 'HTTP',
    Port: 80,
    DefaultActions: [{ Type: 'forward', TargetGroupArn }],
  }).Listeners;
  const { ApiId: httpApi } = http('CreateApi', { Name: 'shop', ProtocolType: 'HTTP' });
  http('CreateStage', { ApiId: httpApi, StageName: '$default', AutoDeploy: true });
  await simulation.advance(10 * MINUTES);

  const names = Array.from({ length: links }, (_, index) => `orders${index}`);
  const each = (make) => Object.fromEntries(names.map((name, index) => [name, make(name, index)]));
  const link = { provider: 'aws', region, account, subnets, securityGroups: [ofLinks] };
  return {
    version: 1,
    project: 'shop',
    spec: 'shop-7f3k2q',
    links: each(() => link),
    integrations: each((name) => ({
      link: name,
      gateway: { httpApi },
      targets: { orders: { listener } },
      routes: { [`ANY /${name}/{proxy+}`]: 'orders' },
    })),
  };
}
