import type { WholeWorld } from '../../../testing/test/adapters/whole-world.js';
import type { Simulation } from '@postern/simulator';
import type { FaultCalls } from '@postern/testing/internal/conformance';

type Fields = Readonly<Record<string, unknown>>;
type ServiceName = Parameters<Simulation['call']>[0]['service'];

/** What exists on a simulated AWS. */
export interface AwsWorld extends WholeWorld {}

/** The largest page of this service holds 500; the quota is raised for it. */
const MANY = 501;
export const QUOTAS = { 'routes-per-api': MANY + 10 };

/** Builds the suite's world in a simulated region: two networks, load balancers in both, an HTTP API. */
export async function buildWorld(simulation: Simulation, region: string): Promise<AwsWorld> {
  const call = (service: ServiceName, operation: string, input: Fields): any =>
    simulation.call({ service, operation, region }, input);
  const ec2 = (operation: string, input: Fields) => call('ec2', operation, input);
  const elb = (operation: string, input: Fields) => call('elasticloadbalancingv2', operation, input);
  const http = (operation: string, input: Fields) => call('apigatewayv2', operation, input);

  const network = (name: string, octet: number) => {
    const networkId: string = ec2('CreateVpc', { CidrBlock: `10.${octet}.0.0/16` }).Vpc.VpcId;
    const subnetIds: string[] = ['a', 'b', 'c'].map(
      (zone, index) =>
        ec2('CreateSubnet', {
          VpcId: networkId,
          CidrBlock: `10.${octet}.${index}.0/24`,
          AvailabilityZone: `${region}${zone}`,
        }).Subnet.SubnetId,
    );
    const group: string = ec2('CreateSecurityGroup', { VpcId: networkId, GroupName: name, Description: name }).GroupId;
    return { networkId, subnetIds, securityGroupIds: [group] };
  };
  const balancer = (Name: string, Type: string, { subnetIds, securityGroupIds }: ReturnType<typeof network>) => {
    const { LoadBalancers } = elb('CreateLoadBalancer', {
      Name,
      Type,
      Scheme: 'internal',
      Subnets: subnetIds,
      ...(Type === 'application' && { SecurityGroups: securityGroupIds }),
    });
    return LoadBalancers[0].LoadBalancerArn as string;
  };
  const listener = (LoadBalancerArn: string, Protocol: string, Port: number, action: Fields): string =>
    elb('CreateListener', { LoadBalancerArn, Protocol, Port, DefaultActions: [action] }).Listeners[0].ListenerArn;
  const fixed = { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } };

  const here = network('orders', 10);
  const there = network('elsewhere', 11);
  const fullSubnetId: string = ec2('CreateSubnet', { VpcId: here.networkId, CidrBlock: '10.10.9.0/28' }).Subnet
    .SubnetId;
  // Sixteen addresses, five of them AWS's own.
  for (let index = 0; index < 11; index += 1) ec2('CreateNetworkInterface', { SubnetId: fullSubnetId });
  const orders = balancer('orders-alb', 'application', here);
  listener(orders, 'HTTP', 80, fixed);
  const second = listener(orders, 'HTTP', 8080, fixed);
  const group = elb('CreateTargetGroup', { Name: 'orders-tcp', Protocol: 'TCP', Port: 443, VpcId: here.networkId });
  const tcp = listener(balancer('orders-nlb', 'network', here), 'TCP', 443, {
    Type: 'forward',
    TargetGroupArn: group.TargetGroups[0].TargetGroupArn,
  });
  const foreign = listener(balancer('elsewhere-alb', 'application', there), 'HTTP', 80, fixed);
  await simulation.advance(600_000); // until the load balancers are active

  const { ApiId: id } = http('CreateApi', { Name: 'shop', ProtocolType: 'HTTP' });
  http('CreateStage', { ApiId: id, StageName: 'prod' });
  return {
    ...here,
    fullSubnetId,
    elsewhere: { ...there, target: { listener: foreign } },
    targets: [{ listener: { loadBalancer: 'orders-alb', port: 80 } }, { listener: second }, { listener: tcp }],
    missingTarget: { listener: { loadBalancer: 'orders-alb', port: 81 } },
    gateway: { id, ref: { httpApi: id } },
    stage: 'prod',
    missing: { linkId: 'zzzzzz', gatewayId: 'zzzzzzzzzz' },
    fillRoutes: () => {
      for (let index = 0; index < MANY; index += 1) http('CreateRoute', { ApiId: id, RouteKey: `GET /many/${index}` });
      return MANY;
    },
  };
}

const gateway = (...operations: string[]) => operations.map((operation) => ({ service: 'apigatewayv2', operation }));
const ec2 = (...operations: string[]) => operations.map((operation) => ({ service: 'ec2', operation }));

/** The calls behind the suite's points of failure. */
export const FAULT_CALLS: FaultCalls = {
  'read identity': [{ service: 'sts', operation: 'GetCallerIdentity' }],
  'create link': gateway('CreateVpcLink'),
  'rename link': gateway('UpdateVpcLink'),
  'delete link': gateway('DeleteVpcLink'),
  'list links': gateway('GetVpcLinks'),
  'create route': gateway('CreateRoute'),
  'create integration': gateway('CreateIntegration'),
  'delete route': gateway('DeleteRoute', 'DeleteIntegration'),
  'list routes': gateway('GetRoutes'),
  'list targets': ['DescribeLoadBalancers', 'DescribeListeners'].map((operation) => ({
    service: 'elasticloadbalancingv2',
    operation,
  })),
  'list interfaces': ec2('DescribeNetworkInterfaces'),
  'list subnets': ec2('DescribeSubnets'),
  'prepare allowlist': ec2('CreateSecurityGroup'),
  allow: ec2('AuthorizeSecurityGroupEgress'),
  deploy: gateway('CreateDeployment'),
};

const rest = (...operations: string[]) => operations.map((operation) => ({ service: 'apigateway', operation }));

/** Those of routes of REST APIs. */
export const REST_ROUTE_CALLS: FaultCalls = {
  'create route': rest('PutMethod'),
  'create integration': rest('PutIntegration'),
  'delete route': rest('DeleteMethod'),
  'list routes': rest('GetResources'),
  deploy: rest('CreateDeployment'),
};
