import { aws } from '@postern/aws';
import { simulate, type ServiceName, type Simulation } from '../../../src/internal/simulation.js';
import { openStage, stageOf, type Scene, type Stage } from '../show.js';

export const REGION = 'eu-west-1';

type Fields = Readonly<Record<string, unknown>>;

/** What the scene has, by name. */
export interface AwsParts {
  readonly vpc: string;
  readonly subnets: Readonly<Record<'a' | 'b' | 'spare' | 'lbA' | 'lbB', string>>;
  readonly groups: Readonly<Record<'link' | 'balancer' | 'app', string>>;
  readonly balancer: string;
  readonly listener: string;
  readonly targetGroup: string;
  readonly certificate: string;
  readonly api: string;
  readonly route: string;
  readonly aclId: string;
  readonly table: string;
  readonly machines: readonly [string, string];
}

/** The scene with its parts, and calls to the account. */
export interface AwsStage extends Stage {
  readonly parts: AwsParts;
  readonly call: (service: ServiceName, operation: string, input: Fields) => any;
  readonly ec2: (operation: string, input: Fields) => any;
  readonly elb: (operation: string, input: Fields) => any;
  /** The ID of the link that Postern created. */
  readonly link: () => string;
  /** A VPC with one subnet in zone a, for resources outside of the link's VPC. */
  readonly network: (block: string, region?: string) => { readonly vpc: string; readonly subnet: string };
  /** Adds an inbound rule to a group. */
  readonly admit: (GroupId: string, permission: Fields) => void;
  readonly refuse: (GroupId: string, permission: Fields) => void;
  readonly wait: () => Promise<void>;
}

export const driverOf = (simulation: Simulation, region: string) =>
  aws({ region, clients: simulation.clients(region) });

interface AwsScene extends Scene {
  readonly parts: AwsParts;
}

/**
 * A VPC with a link in two zones, an ALB for HTTPS in two others of its subnets, two machines behind it, and an HTTP API whose one
 * route requires credentials. It has no faults. Created once; `awsStage` opens a copy.
 */
export async function awsScene(): Promise<AwsScene> {
  const simulation = simulate({ seed: 7, clock: 'auto', throttle: false });
  const call = (service: ServiceName, operation: string, input: Fields): any =>
    simulation.call({ service, operation, region: REGION }, input);
  const ec2 = (operation: string, input: Fields) => call('ec2', operation, input);
  const elb = (operation: string, input: Fields) => call('elasticloadbalancingv2', operation, input);
  const vpc: string = ec2('CreateVpc', { CidrBlock: '10.20.0.0/16' }).Vpc.VpcId;
  const subnet = (CidrBlock: string, zone: string): string =>
    ec2('CreateSubnet', { VpcId: vpc, CidrBlock, AvailabilityZone: `${REGION}${zone}` }).Subnet.SubnetId;
  const subnets = {
    a: subnet('10.20.0.0/24', 'a'),
    b: subnet('10.20.1.0/24', 'b'),
    spare: subnet('10.20.2.0/24', 'c'),
    lbA: subnet('10.20.10.0/24', 'a'),
    lbB: subnet('10.20.11.0/24', 'b'),
  };
  const group = (GroupName: string): string =>
    ec2('CreateSecurityGroup', { VpcId: vpc, GroupName, Description: GroupName }).GroupId;
  const groups = { link: group('link'), balancer: group('balancer'), app: group('app') };
  const admit = (GroupId: string, port: number, from: string) =>
    ec2('AuthorizeSecurityGroupIngress', {
      GroupId,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, UserIdGroupPairs: [{ GroupId: from }] }],
    });
  admit(groups.balancer, 443, groups.link);
  admit(groups.app, 8080, groups.balancer);
  const machine = (SubnetId: string, PrivateIpAddress: string): string => {
    const made = ec2('CreateNetworkInterface', { SubnetId, PrivateIpAddress, Groups: [groups.app] });
    const id: string = made.NetworkInterface.NetworkInterfaceId;
    simulation.plant(REGION, { kind: 'instance', networkInterfaceId: id });
    return PrivateIpAddress;
  };
  const machines = [machine(subnets.lbA, '10.20.10.40'), machine(subnets.lbB, '10.20.11.40')] as const;

  const certificate: string = call('acm', 'RequestCertificate', {
    DomainName: 'orders.shop.example.com',
    ValidationMethod: 'DNS',
  }).CertificateArn;
  await simulation.advance(600_000);
  const balancer: string = elb('CreateLoadBalancer', {
    Name: 'orders-alb',
    Type: 'application',
    Scheme: 'internal',
    Subnets: [subnets.lbA, subnets.lbB],
    SecurityGroups: [groups.balancer],
  }).LoadBalancers[0].LoadBalancerArn;
  const targetGroup: string = elb('CreateTargetGroup', {
    Name: 'orders',
    VpcId: vpc,
    Protocol: 'HTTP',
    Port: 8080,
    TargetType: 'ip',
  }).TargetGroups[0].TargetGroupArn;
  elb('RegisterTargets', { TargetGroupArn: targetGroup, Targets: machines.map((Id) => ({ Id })) });
  const listener: string = elb('CreateListener', {
    LoadBalancerArn: balancer,
    Protocol: 'HTTPS',
    Port: 443,
    Certificates: [{ CertificateArn: certificate }],
    DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroup }],
  }).Listeners[0].ListenerArn;
  await simulation.advance(600_000);
  const api: string = call('apigatewayv2', 'CreateApi', { Name: 'shop', ProtocolType: 'HTTP' }).ApiId;
  const AccessLogSettings = {
    DestinationArn: `arn:aws:logs:${REGION}:111122223333:log-group:calls`,
    Format: '$context.status $context.integrationErrorMessage',
  };
  call('apigatewayv2', 'CreateStage', { ApiId: api, StageName: '$default', AutoDeploy: true, AccessLogSettings });

  const spec = `version: 1
project: shop
spec: shop
links:
  eu:
    provider: aws
    region: ${REGION}
    subnets: [${subnets.a}, ${subnets.b}]
    securityGroups: [${groups.link}]
integrations:
  orders:
    link: eu
    gateway: { httpApi: ${api} }
    targets:
      orders:
        listener: { loadBalancer: orders-alb, port: 443 }
        tls: { serverName: orders.shop.example.com }
    routes: { 'ANY /orders': orders }
`;
  await openStage(simulation, spec, driverOf).apply();
  const route: string = call('apigatewayv2', 'GetRoutes', { ApiId: api }).Items[0].RouteId;
  call('apigatewayv2', 'UpdateRoute', { ApiId: api, RouteId: route, AuthorizationType: 'AWS_IAM' });
  const aclId: string = ec2('DescribeNetworkAcls', { Filters: [{ Name: 'vpc-id', Values: [vpc] }] }).NetworkAcls[0]
    .NetworkAclId;
  const table: string = ec2('DescribeRouteTables', { Filters: [{ Name: 'vpc-id', Values: [vpc] }] }).RouteTables[0]
    .RouteTableId;
  const parts = {
    vpc,
    subnets,
    groups,
    balancer,
    listener,
    targetGroup,
    certificate,
    api,
    route,
    aclId,
    table,
    machines,
  };
  return { world: simulation.world(), spec, parts };
}

/** A copy of the scene for one test. */
export function awsStage(scene: AwsScene, quotas: Readonly<Record<string, number>> = {}): AwsStage {
  const stage = stageOf(scene, driverOf, quotas);
  const { simulation } = stage;
  const call = (service: ServiceName, operation: string, input: Fields): any =>
    simulation.call({ service, operation, region: REGION }, input);
  return Object.assign(stage, {
    parts: scene.parts,
    call,
    ec2: (operation: string, input: Fields) => call('ec2', operation, input),
    elb: (operation: string, input: Fields) => call('elasticloadbalancingv2', operation, input),
    link: () => call('apigatewayv2', 'GetVpcLinks', {}).Items[0].VpcLinkId as string,
    network: (CidrBlock: string, region = REGION) => {
      const here = (operation: string, input: Fields): any =>
        simulation.call({ service: 'ec2', operation, region }, input);
      const vpc: string = here('CreateVpc', { CidrBlock }).Vpc.VpcId;
      const block = CidrBlock.replace(/\/\d+$/, '/24');
      const made = here('CreateSubnet', { VpcId: vpc, CidrBlock: block, AvailabilityZone: `${region}a` });
      return { vpc, subnet: made.Subnet.SubnetId as string };
    },
    admit: (GroupId: string, permission: Fields) => {
      call('ec2', 'AuthorizeSecurityGroupIngress', { GroupId, IpPermissions: [permission] });
    },
    refuse: (GroupId: string, permission: Fields) => {
      call('ec2', 'RevokeSecurityGroupIngress', { GroupId, IpPermissions: [permission] });
    },
    wait: () => simulation.advance(600_000),
  });
}
