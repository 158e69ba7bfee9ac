import { beforeAll, describe, expect, it } from 'vitest';
import { awsScene, awsStage, REGION, type AwsStage } from './aws-account.js';
import { baselineOf, edit, play, type Baseline, type Show } from './show.js';

const tcp = (port: number, more: object) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, ...more });
const from = (CidrIp: string) => ({ IpRanges: [{ CidrIp }] });

/** The spec's subnets, written anew. */
const subnets = (stage: AwsStage, ...ids: readonly string[]) =>
  stage.write(/subnets: \[[^\]]*\]/, `subnets: [${ids.join(', ')}]`);
const allow = (stage: AwsStage, ...blocks: readonly string[]) =>
  stage.write(/securityGroups: .*/, `allowlist: [${blocks.join(', ')}]`);
const target = (stage: AwsStage, text: string) => stage.write(/listener: \{[^}]*\}/, text);

/** The target becomes the listener of some ARN, whatever that names. */
const meant = (stage: AwsStage, listener: string) => {
  stage.patch = (spec) => {
    const orders = spec.integrations['orders'];
    const of = orders?.targets['orders'];
    if (orders === undefined || of === undefined) throw new Error('no target');
    const targets = { orders: { ...of, ref: { listener } } };
    return { ...spec, integrations: { orders: { ...orders, targets } } };
  };
};

/** A Cloud Map service with two instances at the machines, and the route leads to it. */
async function useService(stage: AwsStage, attributes: object = { AWS_INSTANCE_PORT: '8080' }, health: object = {}) {
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
function register({ call }: AwsStage, ServiceId: string, address: string, attributes: object) {
  const Attributes = { AWS_INSTANCE_IPV4: address, ...attributes };
  call('servicediscovery', 'RegisterInstance', { ServiceId, InstanceId: `at-${address}`, Attributes });
}
const service = ({ call }: AwsStage) => call('servicediscovery', 'ListServices', {}).Services[0];

/** A network load balancer over TCP in the zones of the other one, and the route leads to it. */
async function useNetworkBalancer(stage: AwsStage): Promise<void> {
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
    Port: 8080,
    TargetType: 'ip',
  }).TargetGroups[0].TargetGroupArn;
  elb('RegisterTargets', { TargetGroupArn, Targets: parts.machines.map((Id) => ({ Id })) });
  elb('CreateListener', {
    LoadBalancerArn,
    Protocol: 'TCP',
    Port: 443,
    DefaultActions: [{ Type: 'forward', TargetGroupArn }],
  });
  await wait();
  target(stage, 'listener: { loadBalancer: orders-nlb, port: 443 }');
}
const rawGroup = ({ elb }: AwsStage): string =>
  elb('DescribeTargetGroups', { Names: ['raw'] }).TargetGroups[0].TargetGroupArn;

/** A second VPC with the link's blocks, at one transit gateway. */
async function joinTwin(stage: AwsStage): Promise<void> {
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
const attachments = ({ ec2 }: AwsStage): readonly { VpcId: string; TransitGatewayAttachmentId: string }[] =>
  ec2('DescribeTransitGatewayVpcAttachments', {}).TransitGatewayVpcAttachments;

const setHealth = ({ simulation, parts }: AwsStage, state?: 'unhealthy') => {
  for (const targetId of parts.machines) {
    simulation.plant(REGION, { kind: 'target-health', targetGroupArn: parts.targetGroup, targetId, state });
  }
};
const authorize = ({ call, parts }: AwsStage, AuthorizationType: string) =>
  call('apigatewayv2', 'UpdateRoute', { ApiId: parts.api, RouteId: parts.route, AuthorizationType });
const act = ({ elb, parts }: AwsStage, action: object) =>
  elb('ModifyListener', { ListenerArn: parts.listener, DefaultActions: [action] });
const forward = ({ parts }: AwsStage) => ({ Type: 'forward', TargetGroupArn: parts.targetGroup });

const SUBNETS = ['ec2:DescribeSubnets', 'ec2', 'DescribeSubnets'] as const;
const GROUPS = ['ec2:DescribeSecurityGroups', 'ec2', 'DescribeSecurityGroups'] as const;
const LISTENERS = ['elasticloadbalancing:DescribeListeners', 'elasticloadbalancingv2', 'DescribeListeners'] as const;

const SHOWS: readonly Show<AwsStage>[] = [
  {
    check: 'link/exists',
    breaks: (stage) => subnets(stage, stage.parts.subnets.a, 'subnet-0123456789abcdef0'),
    severity: 'error',
    subject: 'link eu',
    evidence: () => ['links.eu'],
    remedy: ['Write the id of a subnet'],
    heals: (stage) => subnets(stage, stage.parts.subnets.a, stage.parts.subnets.b),
    denied: SUBNETS,
  },
  {
    check: 'link/state',
    breaks: ({ simulation, link }) => {
      const id = link();
      const failed = { VpcLinkStatus: 'FAILED', VpcLinkStatusMessage: 'no address was free' };
      edit(simulation, (row) => row['VpcLinkId'] === id && row['VpcLinkStatus'] !== undefined, failed);
    },
    severity: 'error',
    subject: 'link eu',
    evidence: ({ link }) => [link()],
    remedy: ['replaceFailed'],
    heals: ({ apply }) => apply({ replaceFailed: true }),
  },
  {
    check: 'link/inactive',
    breaks: ({ simulation }) => simulation.advance(61 * 86_400_000),
    severity: 'error',
    evidence: ({ link }) => [link()],
    remedy: ['Call one of its routes'],
    // Calls to an API itself are not simulated, so nobody can wake it here.
    heals: undefined,
  },
  {
    check: 'link/single-zone',
    breaks: async (stage) => {
      subnets(stage, stage.parts.subnets.a);
      await stage.apply();
    },
    severity: 'warning',
    evidence: ({ parts }) => [parts.subnets.a],
    remedy: ['Add a subnet in another zone', 'postern apply'],
    heals: async (stage) => {
      subnets(stage, stage.parts.subnets.a, stage.parts.subnets.b);
      await stage.apply();
    },
    denied: SUBNETS,
  },
  {
    check: 'link/zone-served',
    // API Gateway serves no links in euw3-az2.
    setting: (stage) => {
      const call = (operation: string, input: object): any =>
        stage.simulation.call({ service: 'ec2', operation, region: 'eu-west-3' }, input);
      const { Subnets } = call('DescribeSubnets', {});
      const inZone = (zone: string) => Subnets.find((one: any) => one.AvailabilityZoneId === zone).SubnetId;
      stage.spec = `version: 1
project: shop
links:
  eu: { provider: aws, region: eu-west-3, subnets: [${inZone('euw3-az1')}] }
integrations: {}
# ${inZone('euw3-az2')} ${inZone('euw3-az1')}
`;
    },
    breaks: (stage) => {
      const [, unserved = ''] = /# (\S+)/.exec(stage.spec) ?? [];
      stage.write(/subnets: \[[^\]]*\]/, `subnets: [${unserved}]`);
    },
    severity: 'error',
    evidence: ({ spec }) => [/# (\S+)/.exec(spec)?.[1]],
    remedy: ['would do', 'euw3-az1'],
    heals: (stage) => {
      const [, served = ''] = /# \S+ (\S+)/.exec(stage.spec) ?? [];
      stage.write(/subnets: \[[^\]]*\]/, `subnets: [${served}]`);
    },
    denied: ['ec2:DescribeAvailabilityZones', 'ec2', 'DescribeAvailabilityZones'],
  },
  {
    check: 'link/free-addresses',
    breaks: (stage) => {
      const { ec2, parts } = stage;
      const small = { VpcId: parts.vpc, CidrBlock: '10.20.3.0/28', AvailabilityZone: `${REGION}c` };
      const { SubnetId } = ec2('CreateSubnet', small).Subnet;
      for (let n = 0; n < 11; n += 1) ec2('CreateNetworkInterface', { SubnetId, Description: 'fills it' });
      subnets(stage, parts.subnets.a, SubnetId);
    },
    severity: 'error',
    evidence: ({ spec }) => [/subnets: \[\S+, (\S+)\]/.exec(spec)?.[1]],
    remedy: ['Free addresses in'],
    heals: ({ ec2 }) => {
      const filters = [{ Name: 'description', Values: ['fills it'] }];
      for (const { NetworkInterfaceId } of ec2('DescribeNetworkInterfaces', { Filters: filters }).NetworkInterfaces) {
        ec2('DeleteNetworkInterface', { NetworkInterfaceId });
      }
    },
    denied: SUBNETS,
  },
  {
    check: 'link/one-network',
    breaks: (stage) => subnets(stage, stage.parts.subnets.a, stage.network('10.30.0.0/16').subnet),
    severity: 'error',
    evidence: ({ parts }) => [parts.subnets.a],
    remedy: ['links.eu.subnets'],
    heals: (stage) => subnets(stage, stage.parts.subnets.a, stage.parts.subnets.b),
    denied: SUBNETS,
  },
  {
    check: 'link/shared-subnet',
    breaks: (stage) => {
      stage.write(/ {4}securityGroups: .*\n/, '');
      subnets(stage, stage.parts.subnets.a, stage.parts.subnets.spare);
      edit(stage.simulation, ({ id }) => id === stage.parts.subnets.a, { ownerId: '444455556666' });
    },
    severity: 'error',
    evidence: ({ parts }) => [parts.subnets.a],
    remedy: ['links.eu.securityGroups'],
    heals: (stage) => stage.write('integrations:', `    securityGroups: [${stage.parts.groups.link}]\nintegrations:`),
  },
  {
    check: 'link/no-group',
    breaks: async (stage) => {
      subnets(stage, stage.parts.subnets.a, stage.parts.subnets.spare);
      stage.write(/ {4}securityGroups: .*\n/, '');
      await stage.apply();
    },
    severity: 'warning',
    evidence: ({ link }) => [link()],
    remedy: ['links.eu.securityGroups', 'postern apply'],
    heals: async (stage) => {
      stage.write('integrations:', `    securityGroups: [${stage.parts.groups.link}]\nintegrations:`);
      await stage.apply();
    },
    denied: ['apigateway:GET', 'apigatewayv2', 'GetVpcLinks'],
  },
  {
    check: 'link/group-network',
    breaks: (stage) => {
      const { vpc } = stage.network('10.30.0.0/16');
      const far = { VpcId: vpc, GroupName: 'far', Description: 'far' };
      stage.write(/securityGroups: .*/, `securityGroups: [${stage.ec2('CreateSecurityGroup', far).GroupId}]`);
    },
    severity: 'error',
    evidence: ({ spec }) => [/securityGroups: \[(.*)\]/.exec(spec)?.[1]],
    remedy: ['links.eu.securityGroups'],
    heals: (stage) => stage.write(/securityGroups: .*/, `securityGroups: [${stage.parts.groups.link}]`),
    denied: GROUPS,
  },
  {
    check: 'link/quota',
    how: 'none spare',
    breaks: async ({ call, parts, wait }) => {
      for (let n = 0; n < 9; n += 1) {
        call('apigatewayv2', 'CreateVpcLink', { Name: `other-${n}`, SubnetIds: [parts.subnets.a] });
      }
      await wait();
    },
    severity: 'warning',
    evidence: () => ['L-608BDCD4'],
    remedy: ['delete one that nobody uses'],
    heals: async ({ call, wait }) => {
      const other = call('apigatewayv2', 'GetVpcLinks', {}).Items.find((one: any) => one.Name === 'other-3');
      call('apigatewayv2', 'DeleteVpcLink', { VpcLinkId: other.VpcLinkId });
      await wait();
    },
    denied: ['servicequotas:ListServiceQuotas', 'servicequotas', 'ListServiceQuotas'],
  },
  {
    check: 'link/quota',
    how: 'full',
    breaks: async (stage) => {
      const { call, parts, wait } = stage;
      for (let n = 0; n < 9; n += 1) {
        call('apigatewayv2', 'CreateVpcLink', { Name: `other-${n}`, SubnetIds: [parts.subnets.a] });
      }
      await wait();
      stage.write(
        'integrations:',
        `  more: { provider: aws, region: ${REGION}, subnets: [${parts.subnets.b}] }\nintegrations:`,
      );
    },
    severity: 'error',
    evidence: () => ['L-608BDCD4'],
    remedy: ['higher quota'],
    heals: async ({ call, wait }) => {
      for (const { Name, VpcLinkId } of call('apigatewayv2', 'GetVpcLinks', {}).Items) {
        if (/^other-[1-3]$/.test(Name)) call('apigatewayv2', 'DeleteVpcLink', { VpcLinkId });
      }
      await wait();
    },
  },
  {
    check: 'link/subnet-quota',
    breaks: (stage) => {
      const { ec2, parts } = stage;
      const more = Array.from({ length: 11 }, (_, n) => {
        const CidrBlock = `10.20.${20 + n}.0/24`;
        return ec2('CreateSubnet', { VpcId: parts.vpc, CidrBlock, AvailabilityZone: `${REGION}a` }).Subnet.SubnetId;
      });
      subnets(stage, ...more);
    },
    severity: 'error',
    evidence: () => ['L-668C9B28'],
    remedy: ['L-668C9B28'],
    heals: (stage) => subnets(stage, stage.parts.subnets.a, stage.parts.subnets.b),
  },
  {
    check: 'gateway/exists',
    breaks: ({ write, parts }) => write(parts.api, 'a1b2c3d4e5'),
    severity: 'error',
    evidence: () => ['integrations.orders.gateway'],
    remedy: ['Write the id of a gateway that exists'],
    heals: ({ write, parts }) => write('a1b2c3d4e5', parts.api),
    denied: ['apigateway:GET', 'apigatewayv2', 'GetApi'],
  },
  {
    check: 'gateway/stage',
    breaks: ({ call, parts }) => call('apigatewayv2', 'DeleteStage', { ApiId: parts.api, StageName: '$default' }),
    severity: 'warning',
    evidence: ({ parts }) => [parts.api],
    remedy: ['Make a stage'],
    heals: ({ call, parts }) =>
      call('apigatewayv2', 'CreateStage', { ApiId: parts.api, StageName: '$default', AutoDeploy: true }),
  },
  {
    check: 'gateway/open-route',
    how: 'one that is there',
    breaks: (stage) => authorize(stage, 'NONE'),
    severity: 'warning',
    subject: 'route ANY /orders',
    evidence: ({ parts }) => [parts.route],
    remedy: ['Attach an authoriser'],
    heals: (stage) => authorize(stage, 'AWS_IAM'),
  },
  {
    check: 'target/exists',
    breaks: (stage) => target(stage, 'listener: { loadBalancer: orders-alb, port: 8443 }'),
    severity: 'error',
    evidence: () => ['integrations.orders.targets.orders'],
    remedy: ['443'],
    heals: (stage) => target(stage, 'listener: { loadBalancer: orders-alb, port: 443 }'),
    denied: LISTENERS,
  },
  {
    check: 'target/kind',
    // The parser of a spec file refuses it already; a program that makes a spec has no parser.
    breaks: (stage) => meant(stage, stage.parts.balancer),
    severity: 'error',
    evidence: () => ['integrations.orders.targets.orders'],
    remedy: ['Write one of its listeners', 'HTTPS 443'],
    heals: (stage) => meant(stage, stage.parts.listener),
  },
  {
    check: 'target/account',
    breaks: (stage) => target(stage, `listener: '${stage.parts.listener.replace('111122223333', '444455556666')}'`),
    severity: 'error',
    evidence: ({ parts }) => [parts.listener.replace('111122223333', '444455556666')],
    remedy: ['account 111122223333'],
    heals: (stage) => stage.write('444455556666', '111122223333'),
  },
  {
    check: 'target/region',
    breaks: (stage) => meant(stage, stage.parts.listener.replace(REGION, 'us-east-1')),
    severity: 'error',
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
    severity: 'error',
    evidence: ({ elb }) => [elb('DescribeLoadBalancers', { Names: ['far'] }).LoadBalancers[0].LoadBalancerArn],
    remedy: ['Use a link into'],
    heals: (stage) => target(stage, 'listener: { loadBalancer: orders-alb, port: 443 }'),
    denied: SUBNETS,
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
    severity: 'error',
    evidence: ({ elb }) => [elb('DescribeLoadBalancers', { Names: ['young'] }).LoadBalancers[0].LoadBalancerArn],
    remedy: ['Bring'],
    heals: ({ wait }) => wait(),
  },
  {
    check: 'target/protocol',
    breaks: (stage) => stage.write(/\n\s*tls: .*/, ''),
    severity: 'error',
    evidence: ({ parts }) => [parts.listener],
    remedy: ['tls', 'postern apply'],
    heals: async (stage) => {
      stage.write('port: 443 }', 'port: 443 }\n        tls: { serverName: orders.shop.example.com }');
      await stage.apply();
    },
  },
  {
    check: 'target/answers',
    breaks: (stage) => act(stage, { Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', Port: '8443' } }),
    severity: 'error',
    evidence: ({ parts }) => [parts.listener],
    remedy: ['forward to a target group'],
    heals: (stage) => act(stage, forward(stage)),
  },
  {
    check: 'target/certificate',
    breaks: ({ write }) => write('serverName: orders.', 'serverName: stock.'),
    severity: 'error',
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
    severity: 'error',
    evidence: ({ parts }) => [parts.targetGroup],
    remedy: ['answer its health check'],
    heals: (stage) => setHealth(stage),
    denied: ['elasticloadbalancing:DescribeTargetHealth', 'elasticloadbalancingv2', 'DescribeTargetHealth'],
  },
  {
    check: 'target/healthy-zones',
    setting: useNetworkBalancer,
    breaks: async (stage) => {
      const Targets = [{ Id: stage.parts.machines[1] }];
      stage.elb('DeregisterTargets', { TargetGroupArn: rawGroup(stage), Targets });
      await stage.wait();
    },
    severity: 'error',
    evidence: (stage) => [rawGroup(stage)],
    remedy: ['Register a healthy target', 'cross-zone'],
    heals: (stage) =>
      stage.elb('ModifyTargetGroupAttributes', {
        TargetGroupArn: rawGroup(stage),
        Attributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }],
      }),
    denied: [
      'elasticloadbalancing:DescribeTargetGroupAttributes',
      'elasticloadbalancingv2',
      'DescribeTargetGroupAttributes',
    ],
  },
  {
    check: 'target/cloud-map',
    setting: (stage) => useService(stage, { AWS_INSTANCE_PORT: '8080' }, { HealthCheckCustomConfig: {} }),
    breaks: async (stage) => {
      // A services without SRV records takes instances without a port.
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
    severity: 'error',
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
    severity: 'error',
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
    remedy: ['let in only'],
    heals: ({ refuse, parts }) => refuse(parts.groups.balancer, tcp(443, from('0.0.0.0/0'))),
    denied: GROUPS,
  },
  {
    check: 'cidr/outside-network',
    setting: (stage) => allow(stage, '10.20.0.0/16'),
    breaks: ({ write }) => write('10.20.0.0/16]', '10.20.0.0/16, 10.99.0.0/16]'),
    severity: 'error',
    subject: 'link eu, 10.99.0.0/16',
    evidence: ({ parts }) => ['10.99.0.0/16', parts.vpc, parts.table],
    remedy: ['add a route for 10.99.0.0/16'],
    heals: async ({ ec2, parts, network, wait }) => {
      const { vpc } = network('10.99.0.0/16');
      const asked = ec2('CreateVpcPeeringConnection', { VpcId: parts.vpc, PeerVpcId: vpc }).VpcPeeringConnection;
      const { VpcPeeringConnectionId } = asked;
      await wait();
      ec2('AcceptVpcPeeringConnection', { VpcPeeringConnectionId });
      await wait();
      const DestinationCidrBlock = '10.99.0.0/16';
      ec2('CreateRoute', { RouteTableId: parts.table, DestinationCidrBlock, VpcPeeringConnectionId });
    },
  },
  {
    check: 'cidr/reserved',
    setting: (stage) => allow(stage, '10.20.0.0/16'),
    breaks: ({ write }) => write('10.20.0.0/16]', '10.20.0.0/16, 169.254.0.0/16]'),
    severity: 'error',
    evidence: () => ['169.254.0.0/16'],
    remedy: ['remove 169.254.0.0/16 from links.eu.allowlist'],
    heals: ({ write }) => write(', 169.254.0.0/16]', ']'),
  },
  {
    check: 'cidr/redundant',
    setting: (stage) => allow(stage, '10.20.0.0/16'),
    breaks: ({ write }) => write('10.20.0.0/16]', '10.20.0.0/16, 10.20.10.0/24]'),
    severity: 'warning',
    evidence: () => ['10.20.0.0/16'],
    remedy: ['Remove 10.20.10.0/24 from links.eu.allowlist'],
    heals: ({ write }) => write(', 10.20.10.0/24]', ']'),
  },
  {
    check: 'cidr/network-overlap',
    breaks: joinTwin,
    severity: 'warning',
    evidence: (stage) => attachments(stage).map(({ VpcId }) => VpcId),
    remedy: ['that no connected network has, such as'],
    heals: async (stage) => {
      for (const { TransitGatewayAttachmentId } of attachments(stage)) {
        stage.ec2('DeleteTransitGatewayVpcAttachment', { TransitGatewayAttachmentId });
      }
      await stage.wait();
    },
    denied: ['ec2:DescribeVpcPeeringConnections', 'ec2', 'DescribeVpcPeeringConnections'],
  },
  {
    check: 'egress/admitted',
    breaks: ({ refuse, parts }) =>
      refuse(parts.groups.balancer, tcp(443, { UserIdGroupPairs: [{ GroupId: parts.groups.link }] })),
    severity: 'error',
    evidence: ({ parts }) => [parts.groups.balancer],
    remedy: ['Add to', 'tcp 443 from'],
    heals: ({ admit, parts }) =>
      admit(parts.groups.balancer, tcp(443, { UserIdGroupPairs: [{ GroupId: parts.groups.link }] })),
    denied: GROUPS,
  },
  {
    check: 'egress/wider',
    breaks: ({ admit, parts }) => admit(parts.groups.balancer, tcp(443, from('10.20.0.0/16'))),
    severity: 'warning',
    evidence: ({ parts }) => [parts.groups.balancer],
    remedy: ['Narrow it'],
    heals: ({ refuse, parts }) => refuse(parts.groups.balancer, tcp(443, from('10.20.0.0/16'))),
    denied: GROUPS,
  },
];

describe('each check on the simulated AWS', () => {
  let scene: Awaited<ReturnType<typeof awsScene>>;
  let baseline: Baseline;
  beforeAll(async () => {
    scene = await awsScene();
    baseline = baselineOf(() => awsStage(scene));
  });

  it('has nothing to say against an integration that works', async () => {
    const { findings, gaps } = await awsStage(scene).report();
    expect(findings.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect(findings.length).toBeGreaterThan(30);
    expect(gaps).toEqual([]);
  });

  it.each(SHOWS.map((show): [string, Show<AwsStage>] => [`${show.check}${show.how ? `, ${show.how}` : ''}`, show]))(
    '%s: fails with what decides it and what to do, and passes once that is done',
    (_, show) => play(show, () => awsStage(scene), baseline),
  );
});
