import { REGION, type AwsStage } from './account.js';
import { tcp, from } from './moves.js';
import { runInstance } from '../../aws/run-instance.js';

type Row = Readonly<Record<string, any>>;

/** The source of the link's calls: the network of the link. */
const NETWORK = '10.20.0.0/16';
/** A server in another network, which accepts port 8080 from the link's network. */
export const FAR = '10.30.0.9';
/** A server behind a connection out of the cloud. */
export const REMOTE = '192.168.5.5';

/** The target of the spec's route: the ARN of a listener or of a Cloud Map service. */
function called({ spec, elb, parts }: AwsStage): string {
  const arn = /service: '(.*)'/.exec(spec)?.[1];
  const [, name = ''] = /listener: \{ loadBalancer: ([^,]+),/.exec(spec) ?? [];
  if (arn !== undefined) return arn;
  if (name === 'orders-alb') return parts.listener;
  const { LoadBalancerArn } = elb('DescribeLoadBalancers', { Names: [name] }).LoadBalancers[0];
  return elb('DescribeListeners', { LoadBalancerArn }).Listeners[0].ListenerArn;
}

/** The answer of the simulated network for calls of the spec's route. */
export const calls = (stage: AwsStage) => stage.simulation.connects(stage.link(), { targetId: called(stage) });

/** The target of the route is a Cloud Map service with one address. */
export async function callAddress(stage: AwsStage, address: string, port = 8080): Promise<void> {
  const { call, wait } = stage;
  const map = (operation: string, input: Row = {}) => call('servicediscovery', operation, input);
  map('CreateHttpNamespace', { Name: 'places' });
  await wait();
  const { Id: NamespaceId } = map('ListNamespaces').Namespaces.find(({ Name }: Row) => Name === 'places');
  const { Id: ServiceId, Arn } = map('CreateService', { Name: 'place', NamespaceId }).Service;
  register(stage, ServiceId, address, port);
  await wait();
  stage.write(/listener: \{[^}]*\}\n\s*tls: .*/, `service: '${Arn}'`);
}
function register({ call }: AwsStage, ServiceId: string, address: string, port: number): void {
  const Attributes = { AWS_INSTANCE_IPV4: address, AWS_INSTANCE_PORT: String(port) };
  call('servicediscovery', 'RegisterInstance', { ServiceId, InstanceId: 'one', Attributes });
}
/** The target service of the route gets another address. */
export async function moveTo(stage: AwsStage, address: string, port = 8080): Promise<void> {
  register(stage, called(stage).split('/').at(-1) ?? '', address, port);
  await stage.wait();
}
/** The target of the route is an address of the load balancer, not its name. */
export async function callBalancer(stage: AwsStage): Promise<void> {
  const Filters = [{ Name: 'description', Values: ['ELB app/orders-alb/*'] }];
  const [own] = stage.ec2('DescribeNetworkInterfaces', { Filters }).NetworkInterfaces;
  await callAddress(stage, own.PrivateIpAddress, 80);
}

const where = (Name: string, Value: string) => ({ Filters: [{ Name, Values: [Value] }] });
/** The main route table of a VPC. */
export const tableOf = ({ ec2 }: AwsStage, vpcId: string): string =>
  ec2('DescribeRouteTables', where('vpc-id', vpcId)).RouteTables.find(({ Associations }: Row) =>
    Associations.some(({ Main }: Row) => Main),
  ).RouteTableId;
/** The VPC whose first block this is. */
export const vpcOf = ({ ec2 }: AwsStage, block: string): string =>
  ec2('DescribeVpcs', where('cidr-block', block)).Vpcs[0].VpcId;
export const defaultGroup = ({ ec2 }: AwsStage, vpcId: string): string =>
  ec2('DescribeSecurityGroups', where('vpc-id', vpcId)).SecurityGroups[0].GroupId;

/** A route in the main table of the VPC that has a block. */
export const route = (stage: AwsStage, of: string, DestinationCidrBlock: string, hop: Row) =>
  stage.ec2('CreateRoute', { RouteTableId: tableOf(stage, vpcOf(stage, of)), DestinationCidrBlock, ...hop });
export const unroute = (stage: AwsStage, of: string, DestinationCidrBlock: string) =>
  stage.ec2('DeleteRoute', { RouteTableId: tableOf(stage, vpcOf(stage, of)), DestinationCidrBlock });
/** Changes the next hop of a route in that table. */
export const replace = (stage: AwsStage, of: string, DestinationCidrBlock: string, hop: Row) =>
  stage.ec2('ReplaceRoute', { RouteTableId: tableOf(stage, vpcOf(stage, of)), DestinationCidrBlock, ...hop });

/** Another VPC with a server in zone a that accepts port 8080 from the link's network. */
export function farNetwork(stage: AwsStage, block = '10.30.0.0/16'): { readonly vpc: string; readonly subnet: string } {
  const made = stage.network(block);
  const group = defaultGroup(stage, made.vpc);
  stage.admit(group, tcp(8080, from(NETWORK)));
  const PrivateIpAddress = block.replace(/0\/\d+$/, '9');
  runInstance(stage.ec2, { SubnetId: made.subnet, PrivateIpAddress, SecurityGroupIds: [group] });
  return made;
}

/** The target of the route is an interface of an endpoint, for a service in front of a server in another VPC. */
export async function useEndpoint(stage: AwsStage): Promise<void> {
  stage.whole = true; // a check of one spec reads the load balancers that it names
  const { ec2, elb, parts, wait } = stage;
  const far = farNetwork(stage);
  stage.admit(defaultGroup(stage, far.vpc), tcp(8080, from('10.30.0.0/16')));
  stage.admit(parts.groups.balancer, tcp(8080, from(NETWORK)));
  const [{ LoadBalancerArn }] = elb('CreateLoadBalancer', {
    Name: 'behind',
    Type: 'network',
    Scheme: 'internal',
    Subnets: [far.subnet],
  }).LoadBalancers;
  const [{ TargetGroupArn }] = elb('CreateTargetGroup', {
    Name: 'behind',
    Protocol: 'TCP',
    Port: 8080,
    VpcId: far.vpc,
    TargetType: 'ip',
  }).TargetGroups;
  elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id: FAR }] });
  const DefaultActions = [{ Type: 'forward', TargetGroupArn }];
  elb('CreateListener', { LoadBalancerArn, Protocol: 'TCP', Port: 8080, DefaultActions });
  await wait();
  const service = { NetworkLoadBalancerArns: [LoadBalancerArn], AcceptanceRequired: false };
  const { ServiceName } = ec2('CreateVpcEndpointServiceConfiguration', service).ServiceConfiguration;
  const { NetworkInterfaceIds } = ec2('CreateVpcEndpoint', {
    VpcEndpointType: 'Interface',
    VpcId: parts.vpc,
    ServiceName,
    SubnetIds: [parts.subnets.lbA],
    SecurityGroupIds: [parts.groups.balancer],
  }).VpcEndpoint;
  const [own] = ec2('DescribeNetworkInterfaces', { NetworkInterfaceIds }).NetworkInterfaces;
  await callAddress(stage, own.PrivateIpAddress);
}
/** The endpoint, which the owner of its service accepts or rejects. */
export const endpoint = ({ ec2 }: AwsStage): string => ec2('DescribeVpcEndpoints', {}).VpcEndpoints[0].VpcEndpointId;
export function answerEndpoint(stage: AwsStage, verb: 'Accept' | 'Reject'): Promise<void> {
  const [{ ServiceId }] = stage.ec2('DescribeVpcEndpointServiceConfigurations', {}).ServiceConfigurations;
  stage.ec2(`${verb}VpcEndpointConnections`, { ServiceId, VpcEndpointIds: [endpoint(stage)] });
  return stage.wait();
}

/** Requests a peering of the link's VPC with another; returns its ID. */
export async function peer(stage: AwsStage, PeerVpcId: string, accepted = true): Promise<string> {
  const { ec2, parts, wait } = stage;
  const asked = ec2('CreateVpcPeeringConnection', { VpcId: parts.vpc, PeerVpcId }).VpcPeeringConnection;
  await wait();
  if (accepted) ec2('AcceptVpcPeeringConnection', { VpcPeeringConnectionId: asked.VpcPeeringConnectionId });
  await wait();
  return asked.VpcPeeringConnectionId;
}
/** The existing peering. */
export const peering = ({ ec2 }: AwsStage): string =>
  ec2('DescribeVpcPeeringConnections', {}).VpcPeeringConnections.find(
    ({ Status }: Row) => Status.Code === 'active' || Status.Code === 'pending-acceptance',
  ).VpcPeeringConnectionId;

/** The target of the route is a server in a peered VPC, with routes on both sides. */
export async function usePeering(stage: AwsStage): Promise<void> {
  const { vpc } = farNetwork(stage);
  const VpcPeeringConnectionId = await peer(stage, vpc);
  route(stage, NETWORK, '10.30.0.0/16', { VpcPeeringConnectionId });
  route(stage, '10.30.0.0/16', NETWORK, { VpcPeeringConnectionId });
  await callAddress(stage, FAR);
}

/** The same through a transit gateway, with attachments in both zones of the link. */
export async function useTransit(stage: AwsStage): Promise<void> {
  const { ec2, parts, wait } = stage;
  const far = farNetwork(stage);
  const { TransitGatewayId } = ec2('CreateTransitGateway', {}).TransitGateway;
  await wait();
  attach(stage, TransitGatewayId, parts.vpc, [parts.subnets.a, parts.subnets.b]);
  attach(stage, TransitGatewayId, far.vpc, [far.subnet]);
  await wait();
  route(stage, NETWORK, '10.30.0.0/16', { TransitGatewayId });
  route(stage, '10.30.0.0/16', NETWORK, { TransitGatewayId });
  await callAddress(stage, FAR);
}
export const attach = ({ ec2 }: AwsStage, TransitGatewayId: string, VpcId: string, SubnetIds: readonly string[]) =>
  ec2('CreateTransitGatewayVpcAttachment', { TransitGatewayId, VpcId, SubnetIds });
/** The transit gateway, its route table, and the attachment of the VPC that has a block. */
export const transit = ({ ec2 }: AwsStage): string =>
  ec2('DescribeTransitGateways', {}).TransitGateways[0].TransitGatewayId;
export const transitTable = ({ ec2 }: AwsStage): string =>
  ec2('DescribeTransitGatewayRouteTables', {}).TransitGatewayRouteTables[0].TransitGatewayRouteTableId;
export const attachment = (stage: AwsStage, block: string): string =>
  stage
    .ec2('DescribeTransitGatewayVpcAttachments', where('vpc-id', vpcOf(stage, block)))
    .TransitGatewayVpcAttachments.find(({ State }: Row) => State === 'available').TransitGatewayAttachmentId;
export const atTable = (stage: AwsStage, block: string) => ({
  TransitGatewayAttachmentId: attachment(stage, block),
  TransitGatewayRouteTableId: transitTable(stage),
});

/** The target is a server behind a virtual private gateway with a VPN connection; `assume` declares the return path. */
export async function useVpn(stage: AwsStage): Promise<void> {
  const { ec2, parts, wait } = stage;
  const { VpnGatewayId } = ec2('CreateVpnGateway', { Type: 'ipsec.1' }).VpnGateway;
  ec2('AttachVpnGateway', { VpnGatewayId, VpcId: parts.vpc });
  const customer = { Type: 'ipsec.1', BgpAsn: 65_000, IpAddress: '198.51.100.7' };
  const { CustomerGatewayId } = ec2('CreateCustomerGateway', customer).CustomerGateway;
  const Options = { StaticRoutesOnly: true };
  ec2('CreateVpnConnection', { Type: 'ipsec.1', CustomerGatewayId, VpnGatewayId, Options });
  await wait();
  await wait();
  const VpnConnectionId = vpn(stage);
  ec2('CreateVpnConnectionRoute', { VpnConnectionId, DestinationCidrBlock: '192.168.0.0/16' });
  await wait();
  tunnels(stage, 'UP');
  route(stage, NETWORK, '192.168.0.0/16', { GatewayId: VpnGatewayId });
  await callAddress(stage, REMOTE);
  stage.write('integrations:', 'assume: { returnPaths: [192.168.0.0/16] }\nintegrations:');
}
/** The VPN connection, and its gateway. */
export const vpn = ({ ec2 }: AwsStage): string => ec2('DescribeVpnConnections', {}).VpnConnections[0].VpnConnectionId;
export const vpnGateway = ({ ec2 }: AwsStage): string => ec2('DescribeVpnGateways', {}).VpnGateways[0].VpnGatewayId;
/** The device at the other end of the VPN connection. */
export const tunnels = (stage: AwsStage, state: 'UP' | 'DOWN') =>
  stage.simulation.plant(REGION, { kind: 'vpn-device', vpnConnectionId: vpn(stage), tunnels: state });
