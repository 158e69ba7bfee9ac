import { expect } from 'vitest';
import { REGION, type AwsStage } from './account.js';

/** A permission of a security group: one port over TCP. */
export const tcp = (port: number, more: object) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, ...more });
/** The sources of a permission. */
export const from = (CidrIp: string) => ({ IpRanges: [{ CidrIp }] });

/** Replaces the spec's subnets. */
export const subnets = (stage: AwsStage, ...ids: readonly string[]) =>
  stage.write(/subnets: \[[^\]]*\]/, `subnets: [${ids.join(', ')}]`);
/** The link gets an allowlist instead of its groups. */
export const allow = (stage: AwsStage, ...blocks: readonly string[]) =>
  stage.write(/securityGroups: .*/, `allowlist: [${blocks.join(', ')}]`);
/** Replaces the target's listener. */
export const target = (stage: AwsStage, text: string) => stage.write(/listener: \{[^}]*\}/, text);

/** The target becomes the listener of an ARN, whether it exists or not. */
export const meant = (stage: AwsStage, listener: string) => {
  stage.patch = (spec) => {
    const orders = spec.integrations['orders'];
    const of = orders?.targets['orders'];
    if (orders === undefined || of === undefined) throw new Error('no target');
    return { ...spec, integrations: { orders: { ...orders, targets: { orders: { ...of, ref: { listener } } } } } };
  };
};

/** A Cloud Map service with two instances at the machines, as the target of the route. */
export async function useService(
  stage: AwsStage,
  attributes: object = { AWS_INSTANCE_PORT: '8080' },
  health: object = {},
) {
  const { call, parts, wait } = stage;
  call('servicediscovery', 'CreatePrivateDnsNamespace', { Name: 'shop.internal', Vpc: parts.vpc });
  await wait();
  const [namespace] = call('servicediscovery', 'ListNamespaces', {}).Namespaces;
  const { Service } = call('servicediscovery', 'CreateService', {
    Name: 'orders',
    NamespaceId: namespace.Id,
    DnsConfig: { DnsRecords: [{ Type: 'SRV', TTL: 10 }] },
    ...health,
  });
  for (const address of parts.machines) register(stage, Service.Id, address, attributes);
  await wait();
  stage.write(/listener: \{[^}]*\}\n\s*tls: .*/, `service: '${Service.Arn}'`);
  return Service.Id as string;
}
/** Registers an instance of a Cloud Map service. */
export function register({ call }: AwsStage, ServiceId: string, address: string, attributes: object) {
  const Attributes = { AWS_INSTANCE_IPV4: address, ...attributes };
  call('servicediscovery', 'RegisterInstance', { ServiceId, InstanceId: `at-${address}`, Attributes });
}
/** The Cloud Map service. */
export const service = ({ call }: AwsStage) => call('servicediscovery', 'ListServices', {}).Services[0];

/** A network load balancer over TCP in the zones of the other one, as the target of the route: in front of the machines. */
export const useNetworkBalancer = (stage: AwsStage): Promise<void> =>
  inFront(stage, { Port: 8080, TargetType: 'ip' }, stage.parts.machines);

/** The same, in front of the application load balancer. */
export async function beforeTheOther(stage: AwsStage): Promise<void> {
  const { admit, parts } = stage;
  admit(parts.groups.balancer, tcp(443, from('10.20.0.0/16')));
  await inFront(stage, { Port: 443, TargetType: 'alb' }, [parts.balancer]);
}

async function inFront(stage: AwsStage, group: object, ids: readonly string[]): Promise<void> {
  const { elb, parts, wait } = stage;
  const LoadBalancerArn: string = elb('CreateLoadBalancer', {
    Name: 'orders-nlb',
    Type: 'network',
    Scheme: 'internal',
    Subnets: [parts.subnets.lbA, parts.subnets.lbB],
    SecurityGroups: [parts.groups.balancer],
  }).LoadBalancers[0].LoadBalancerArn;
  const TargetGroupArn: string = elb('CreateTargetGroup', {
    Name: 'raw',
    VpcId: parts.vpc,
    Protocol: 'TCP',
    ...group,
  }).TargetGroups[0].TargetGroupArn;
  elb('RegisterTargets', { TargetGroupArn, Targets: ids.map((Id) => ({ Id })) });
  elb('CreateListener', {
    LoadBalancerArn,
    Protocol: 'TCP',
    Port: 443,
    DefaultActions: [{ Type: 'forward', TargetGroupArn }],
  });
  await wait();
  target(stage, 'listener: { loadBalancer: orders-nlb, port: 443 }');
}
/** The target group of the network load balancer. */
export const rawGroup = ({ elb }: AwsStage): string =>
  elb('DescribeTargetGroups', { Names: ['raw'] }).TargetGroups[0].TargetGroupArn;

/** A second VPC with the link's blocks, on the same transit gateway. */
export async function joinTwin(stage: AwsStage): Promise<void> {
  const { ec2, parts, network, wait } = stage;
  const twin = network('10.20.0.0/16');
  const { TransitGatewayId } = ec2('CreateTransitGateway', {}).TransitGateway;
  await wait();
  const attach = (VpcId: string, SubnetIds: readonly string[]) =>
    ec2('CreateTransitGatewayVpcAttachment', { TransitGatewayId, VpcId, SubnetIds });
  attach(parts.vpc, [parts.subnets.a]);
  attach(twin.vpc, [twin.subnet]);
  await wait();
}
export const attachments = ({ ec2 }: AwsStage): readonly { VpcId: string; TransitGatewayAttachmentId: string }[] =>
  ec2('DescribeTransitGatewayVpcAttachments', {}).TransitGatewayVpcAttachments;

/** What both checks of the health of targets say. */
export async function said(stage: AwsStage): Promise<readonly unknown[]> {
  const findings = [...(await stage.say('target/healthy')), ...(await stage.say('path/load-balancer'))];
  return findings.map(({ verdict, message, remedy }) => ({ verdict, message, remedy }));
}

/** The same finding of each of them. */
export const both = (verdict: string, message: string, remedy: string): readonly unknown[] =>
  [0, 1].map(() => ({
    verdict,
    message: expect.stringContaining(message),
    remedy: expect.stringContaining(remedy),
  }));

/** Whether the machines answer their health checks. */
export const setHealth = ({ simulation, parts }: AwsStage, state?: 'unhealthy') => {
  for (const targetId of parts.machines) {
    simulation.plant(REGION, { kind: 'target-health', targetGroupArn: parts.targetGroup, targetId, state });
  }
};
export const authorize = ({ call, parts }: AwsStage, AuthorizationType: string) =>
  call('apigatewayv2', 'UpdateRoute', { ApiId: parts.api, RouteId: parts.route, AuthorizationType });
/** The default action of the listener. */
export const act = ({ elb, parts }: AwsStage, action: object) =>
  elb('ModifyListener', { ListenerArn: parts.listener, DefaultActions: [action] });
export const rule = ({ elb, parts }: AwsStage, Priority: number, path: string, action: object) =>
  elb('CreateRule', {
    ListenerArn: parts.listener,
    Priority,
    Conditions: [{ Field: 'path-pattern', Values: [path] }],
    Actions: [action],
  });
/** The default action of the scene. */
export const forward = ({ parts }: AwsStage) => ({ Type: 'forward', TargetGroupArn: parts.targetGroup });

/** Without it no subnet can be read; the same holds for the others. */
export const SUBNETS = ['ec2:DescribeSubnets', 'ec2', 'DescribeSubnets'] as const;
export const GROUPS = ['ec2:DescribeSecurityGroups', 'ec2', 'DescribeSecurityGroups'] as const;
export const LISTENERS = [
  'elasticloadbalancing:DescribeListeners',
  'elasticloadbalancingv2',
  'DescribeListeners',
] as const;
