import { REGION, type AwsStage } from './account.js';
import { together, type Show } from '../show.js';
import { startWeighing } from '../../aws/weighing-service.js';
import {
  tcp,
  from,
  target,
  meant,
  useService,
  register,
  service,
  beforeTheOther,
  useNetworkBalancer,
  rawGroup,
  setHealth,
  act,
  rule,
  forward,
  GROUPS,
  LISTENERS,
} from './moves.js';

const ATTRIBUTES = [
  'elasticloadbalancing:DescribeTargetGroupAttributes',
  'elasticloadbalancingv2',
  'DescribeTargetGroupAttributes',
] as const;

const delay = ({ elb, parts }: AwsStage, Value: string): unknown =>
  elb('ModifyTargetGroupAttributes', {
    TargetGroupArn: parts.targetGroup,
    Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value }],
  });

/** Another target group, without a share, joins the default action. */
function shareCalls({ elb, parts }: AwsStage): void {
  const group = { Name: 'green', Protocol: 'HTTP', Port: 8080, VpcId: parts.vpc, TargetType: 'ip' };
  const [green] = elb('CreateTargetGroup', group).TargetGroups;
  const TargetGroups = [
    { TargetGroupArn: parts.targetGroup, Weight: 1 },
    { TargetGroupArn: green.TargetGroupArn, Weight: 0 },
  ];
  const DefaultActions = [{ Type: 'forward', ForwardConfig: { TargetGroups } }];
  elb('ModifyListener', { ListenerArn: parts.listener, DefaultActions });
}

/** Shows of `target/*`. */
export const TARGET_SHOWS: readonly Show<AwsStage>[] = [
  {
    check: 'target/exists',
    breaks: (stage) => target(stage, 'listener: { loadBalancer: orders-alb, port: 8443 }'),
    evidence: () => ['integrations.orders.targets.orders'],
    remedy: ['443'],
    heals: (stage) => target(stage, 'listener: { loadBalancer: orders-alb, port: 443 }'),
    denied: LISTENERS,
  },
  {
    check: 'target/kind',
    // The parser of a spec file refuses it already; a program that builds a spec has no parser.
    breaks: (stage) => meant(stage, stage.parts.balancer),
    evidence: () => ['integrations.orders.targets.orders'],
    remedy: ['Write one of its listeners', 'HTTPS 443'],
    heals: (stage) => meant(stage, stage.parts.listener),
    denied: ['apigateway:GET', 'apigatewayv2', 'GetVpcLinks'],
  },
  {
    check: 'target/account',
    breaks: (stage) => target(stage, `listener: '${stage.parts.listener.replace('111122223333', '444455556666')}'`),
    evidence: ({ parts }) => [parts.listener.replace('111122223333', '444455556666')],
    remedy: ['account 111122223333'],
    heals: (stage) => stage.write('444455556666', '111122223333'),
  },
  {
    check: 'target/region',
    breaks: (stage) => meant(stage, stage.parts.listener.replace(REGION, 'us-east-1')),
    evidence: ({ parts }) => [parts.listener.replace(REGION, 'us-east-1')],
    remedy: [REGION],
    heals: (stage) => meant(stage, stage.parts.listener),
  },
  {
    check: 'target/network',
    breaks: async (stage) => {
      const { elb, network, wait } = stage;
      const far = { Name: 'far', Type: 'network', Scheme: 'internal', Subnets: [network('10.30.0.0/16').subnet] };
      const { LoadBalancerArn, VpcId } = elb('CreateLoadBalancer', far).LoadBalancers[0];
      const group = { Name: 'far', VpcId, Protocol: 'TCP', Port: 80, TargetType: 'ip' };
      const { TargetGroupArn } = elb('CreateTargetGroup', group).TargetGroups[0];
      const DefaultActions = [{ Type: 'forward', TargetGroupArn }];
      elb('CreateListener', { LoadBalancerArn, Protocol: 'TCP', Port: 443, DefaultActions });
      await wait();
      target(stage, 'listener: { loadBalancer: far, port: 443 }');
    },
    evidence: ({ elb }) => [elb('DescribeLoadBalancers', { Names: ['far'] }).LoadBalancers[0].LoadBalancerArn],
    remedy: ['Use a link into'],
    heals: (stage) => target(stage, 'listener: { loadBalancer: orders-alb, port: 443 }'),
  },
  {
    check: 'target/balancer-active',
    breaks: (stage) => {
      const { elb, parts } = stage;
      const more = { Name: 'young', Type: 'application', Scheme: 'internal', SecurityGroups: [parts.groups.balancer] };
      const Subnets = [parts.subnets.lbA, parts.subnets.lbB];
      const { LoadBalancerArn } = elb('CreateLoadBalancer', { ...more, Subnets }).LoadBalancers[0];
      const Certificates = [{ CertificateArn: parts.certificate }];
      const DefaultActions = [forward(stage)];
      const group = { Name: 'young', VpcId: parts.vpc, Protocol: 'HTTP', Port: 8080, TargetType: 'ip' };
      const { TargetGroupArn } = elb('CreateTargetGroup', group).TargetGroups[0];
      DefaultActions[0] = { Type: 'forward', TargetGroupArn };
      elb('CreateListener', { LoadBalancerArn, Protocol: 'HTTPS', Port: 443, Certificates, DefaultActions });
      target(stage, 'listener: { loadBalancer: young, port: 443 }');
    },
    evidence: ({ elb }) => [elb('DescribeLoadBalancers', { Names: ['young'] }).LoadBalancers[0].LoadBalancerArn],
    remedy: ['Bring'],
    heals: ({ wait }) => wait(),
  },
  ...together<AwsStage>(
    {
      check: 'target/protocol',
      breaks: (stage) => stage.write(/\n\s*tls: .*/, ''),
      evidence: ({ parts }) => [parts.listener],
      remedy: ['tls', 'postern apply'],
      heals: async (stage) => {
        stage.write('port: 443 }', 'port: 443 }\n        tls: { serverName: orders.shop.example.com }');
        await stage.apply();
      },
    },
    [{}, { how: 'behind a network load balancer', setting: beforeTheOther }],
  ),
  {
    check: 'target/answers',
    breaks: (stage) => act(stage, { Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', Port: '8443' } }),
    evidence: ({ parts }) => [parts.listener],
    remedy: ['forward to a target group'],
    heals: (stage) => act(stage, forward(stage)),
  },
  {
    check: 'target/answers',
    how: 'by a rule that precedes the default action',
    breaks: (stage) =>
      rule(stage, 10, '/orders*', { Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', Port: '8443' } }),
    evidence: ({ elb, parts }) => [elb('DescribeRules', { ListenerArn: parts.listener }).Rules[0].RuleArn],
    remedy: ['add a rule before it that forwards ANY /orders'],
    heals: (stage) => rule(stage, 5, '/orders', forward(stage)),
    denied: ['elasticloadbalancing:DescribeRules', 'elasticloadbalancingv2', 'DescribeRules'],
  },
  {
    check: 'target/certificate',
    breaks: ({ write }) => write('serverName: orders.', 'serverName: stock.'),
    evidence: ({ parts }) => [parts.certificate],
    remedy: ['orders.shop.example.com', 'postern apply'],
    heals: async (stage) => {
      stage.write('serverName: stock.', 'serverName: orders.');
      await stage.apply();
    },
    denied: ['acm:ListCertificates', 'acm', 'ListCertificates'],
  },
  {
    check: 'target/healthy',
    breaks: (stage) => setHealth(stage, 'unhealthy'),
    evidence: ({ parts }) => [parts.targetGroup],
    remedy: ['pass its health check'],
    heals: (stage) => setHealth(stage),
    denied: ['elasticloadbalancing:DescribeTargetHealth', 'elasticloadbalancingv2', 'DescribeTargetHealth'],
  },
  {
    check: 'target/healthy-zones',
    setting: useNetworkBalancer,
    breaks: async (stage) => {
      const Targets = stage.parts.machines.map((Id) => ({ Id }));
      stage.elb('DeregisterTargets', { TargetGroupArn: rawGroup(stage), Targets });
      await stage.wait();
    },
    evidence: (stage) => [rawGroup(stage)],
    remedy: ['Register a healthy target', 'cross-zone'],
    heals: (stage) =>
      stage.elb('ModifyTargetGroupAttributes', {
        TargetGroupArn: rawGroup(stage),
        Attributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }],
      }),
    denied: ATTRIBUTES,
  },
  {
    check: 'target/deregistration-delay',
    breaks: (stage) => delay(stage, '10'),
    severity: 'warning',
    evidence: ({ parts }) => [parts.targetGroup],
    remedy: ['deregistration_delay.timeout_seconds', 'to 30 or more'],
    heals: (stage) => delay(stage, '30'),
    denied: ATTRIBUTES,
  },
  {
    check: 'target/weights-owner',
    setting: shareCalls,
    breaks: ({ call }) => startWeighing(call, 'BLUE_GREEN'),
    severity: 'note',
    evidence: () => [`arn:aws:ecs:${REGION}:111122223333:service/shop/orders`],
    remedy: ['a rolling strategy'],
    heals: ({ call }) =>
      call('ecs', 'UpdateService', {
        cluster: 'shop',
        service: 'orders',
        deploymentConfiguration: { strategy: 'ROLLING' },
      }),
    denied: ['ecs:ListClusters', 'ecs', 'ListClusters'],
  },
  {
    check: 'target/cloud-map',
    setting: (stage) => useService(stage, { AWS_INSTANCE_PORT: '8080' }, { HealthCheckCustomConfig: {} }),
    breaks: async (stage) => {
      // A service without SRV records accepts instances without a port.
      const { call, wait } = stage;
      const [namespace] = call('servicediscovery', 'ListNamespaces', {}).Namespaces;
      const DnsConfig = { DnsRecords: [{ Type: 'A', TTL: 10 }] };
      const { Service } = call('servicediscovery', 'CreateService', {
        Name: 'plain',
        NamespaceId: namespace.Id,
        DnsConfig,
      });
      register(stage, Service.Id, '10.20.10.40', {});
      await wait();
      stage.write(/service: '.*'/, `service: '${Service.Arn}'`);
    },
    evidence: () => ['at-10.20.10.40'],
    remedy: ['AWS_INSTANCE_PORT'],
    heals: async (stage) => {
      const { Services } = stage.call('servicediscovery', 'ListServices', {});
      const { Id } = Services.find((one: any) => one.Name === 'plain');
      register(stage, Id, '10.20.10.40', { AWS_INSTANCE_PORT: '8080' });
      await stage.wait();
    },
    denied: ['servicediscovery:ListInstances', 'servicediscovery', 'ListInstances'],
  },
  {
    check: 'target/cloud-map-health',
    setting: (stage) => useService(stage, { AWS_INSTANCE_PORT: '8080' }, { HealthCheckCustomConfig: {} }),
    breaks: (stage) => {
      for (const address of stage.parts.machines) {
        const health = { ServiceId: service(stage).Id, InstanceId: `at-${address}`, Status: 'UNHEALTHY' };
        stage.call('servicediscovery', 'UpdateInstanceCustomHealthStatus', health);
      }
    },
    evidence: (stage) => [service(stage).Arn],
    remedy: ['health check'],
    heals: (stage) => {
      const health = { ServiceId: service(stage).Id, InstanceId: 'at-10.20.10.40', Status: 'HEALTHY' };
      stage.call('servicediscovery', 'UpdateInstanceCustomHealthStatus', health);
    },
    denied: ['servicediscovery:GetInstancesHealthStatus', 'servicediscovery', 'GetInstancesHealthStatus'],
  },
  {
    check: 'target/exposed',
    breaks: ({ admit, parts }) => admit(parts.groups.balancer, tcp(443, from('0.0.0.0/0'))),
    severity: 'warning',
    evidence: ({ ec2, parts }) =>
      ec2('DescribeSecurityGroupRules', { Filters: [{ Name: 'group-id', Values: [parts.groups.balancer] }] })
        .SecurityGroupRules.filter((one: any) => one.CidrIpv4 === '0.0.0.0/0' && !one.IsEgress)
        .map(() => parts.groups.balancer),
    remedy: ['Restrict the inbound rules of'],
    heals: ({ refuse, parts }) => refuse(parts.groups.balancer, tcp(443, from('0.0.0.0/0'))),
    denied: GROUPS,
  },
];
