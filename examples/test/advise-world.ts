import type { SimulationServer } from '@postern/simulator';
import { alibabaCall, until } from '../../packages/cli/test/alibaba/alibaba-network.js';
import { roaOf } from '../../packages/simulator/test/alibaba/apig/roa.js';

/** The members of a spec that decide what it looks up. */
export interface LookedUp {
  readonly links: Readonly<
    Record<string, { readonly loadBalancer?: string; readonly subnets?: readonly { readonly name: string }[] }>
  >;
  readonly integrations: Readonly<
    Record<
      string,
      {
        readonly link: string;
        readonly gateway: Readonly<Record<string, string>>;
        readonly targets: Readonly<
          Record<
            string,
            { readonly listener?: { readonly loadBalancer: string; readonly port: number }; readonly instance?: string }
          >
        >;
        readonly routes: Readonly<Record<string, string | { readonly apiKey?: boolean }>>;
      }
    >
  >;
}

const REGION = 'eu-west-1';
const SUBNETS = ['private-a', 'private-b'];
const SERVERS = ['10.0.1.10', '10.0.2.10'];

/** The variables that a spec names: `${env:API_1}`. */
export function variablesOf(spec: unknown): readonly string[] {
  return [...new Set([...JSON.stringify(spec).matchAll(/\$\{env:(\w+)\}/g)].map(([, name = '']) => name))];
}

/**
 * An AWS account with what a spec of the planner looks up: subnets, load balancers with the named listeners, and APIs.
 * `albsBehind`: each listener of an NLB forwards to an ALB. @returns the variables of the spec
 */
export async function awsWorld(
  { simulation }: SimulationServer,
  spec: LookedUp,
  albsBehind: boolean,
): Promise<Readonly<Record<string, string>>> {
  const { ec2, elasticLoadBalancingV2: balancing, apiGatewayV2, apiGateway } = simulation.clients(REGION);
  const { AvailabilityZones: zones = [] } = await ec2.describeAvailabilityZones({});
  /** A VPC with subnets whose names begin so, and servers. */
  const vpcNamed = async (prefix: string) => {
    const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
    const VpcId = Vpc?.VpcId;
    const subnets: string[] = [];
    for (const [at, name] of SUBNETS.entries()) {
      const { Subnet } = await ec2.createSubnet({
        VpcId,
        CidrBlock: `10.0.${at + 1}.0/24`,
        AvailabilityZoneId: zones[at]?.ZoneId,
        TagSpecifications: [{ ResourceType: 'subnet', Tags: [{ Key: 'Name', Value: `${prefix}${name}` }] }],
      });
      subnets.push(Subnet?.SubnetId ?? '');
    }
    const { GroupId = '' } = await ec2.createSecurityGroup({ VpcId, GroupName: 'all', Description: 'all' });
    const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 1, ToPort: 65_535, IpRanges: [{ CidrIp: '10.0.0.0/16' }] }];
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions });
    for (const [at, PrivateIpAddress] of SERVERS.entries())
      await ec2.runInstances({
        ImageId: 'ami-0a1b2c3d4e5f60718',
        InstanceType: 't3.micro',
        MinCount: 1,
        MaxCount: 1,
        SubnetId: subnets[at],
        PrivateIpAddress,
        SecurityGroupIds: [GroupId],
      });
    return { VpcId, subnets, GroupId };
  };
  type Place = Awaited<ReturnType<typeof vpcNamed>>;
  const places = new Map<string, Place>();
  /** The VPC of a link: that of its subnets. */
  const placeOf = async (link: string): Promise<Place> => {
    const [first] = spec.links[link]?.subnets ?? [];
    const prefix = first?.name.slice(0, -(SUBNETS[0] ?? '').length) ?? '';
    const place = places.get(prefix) ?? (await vpcNamed(prefix));
    places.set(prefix, place);
    return place;
  };

  const balancer = async (Name: string, Type: 'application' | 'network', place: Place): Promise<string> => {
    const { subnets, GroupId } = place;
    const made = { Name, Type, Scheme: 'internal' as const, Subnets: subnets, SecurityGroups: [GroupId] };
    const { LoadBalancers = [] } = await balancing.createLoadBalancer(made);
    const LoadBalancerArn = LoadBalancers[0]?.LoadBalancerArn ?? '';
    if (Type === 'network') {
      const off = { EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'off' } as const;
      await balancing.setSecurityGroups({ LoadBalancerArn, SecurityGroups: [GroupId], ...off });
    }
    return LoadBalancerArn;
  };
  let groups = 0;
  const listener = async (
    LoadBalancerArn: string,
    Port: number,
    Protocol: 'HTTP' | 'TCP',
    to: { readonly TargetType: 'ip' | 'alb'; readonly ids: readonly string[]; readonly port: number },
    { VpcId }: Place,
  ): Promise<void> => {
    const Name = `group-${(groups += 1)}`;
    const { TargetGroups = [] } = await balancing.createTargetGroup({
      Name,
      Protocol,
      Port: to.port,
      VpcId,
      TargetType: to.TargetType,
    });
    const TargetGroupArn = TargetGroups[0]?.TargetGroupArn;
    await balancing.registerTargets({ TargetGroupArn, Targets: to.ids.map((Id) => ({ Id })) });
    const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn }];
    await balancing.createListener({ LoadBalancerArn, Protocol, Port, DefaultActions });
  };
  const servers = { TargetType: 'ip', ids: SERVERS, port: 8080 } as const;

  const wanted = new Map<string, { readonly link: string; readonly ports: Set<number> }>();
  for (const { targets, link } of Object.values(spec.integrations)) {
    for (const { listener: named } of Object.values(targets)) {
      if (named === undefined) continue;
      const known = wanted.get(named.loadBalancer) ?? { link, ports: new Set() };
      known.ports.add(named.port);
      wanted.set(named.loadBalancer, known);
    }
  }
  for (const [name, { link, ports }] of wanted) {
    const place = await placeOf(link);
    const isNetwork = name.includes('-nlb');
    const arn = await balancer(name, isNetwork ? 'network' : 'application', place);
    for (const port of ports) {
      if (!isNetwork) await listener(arn, port, 'HTTP', servers, place);
      else if (!albsBehind) await listener(arn, port, 'TCP', servers, place);
      else {
        const behind = await balancer(`${name}-${port}`.replace('nlb', 'alb'), 'application', place);
        await listener(behind, 80, 'HTTP', servers, place);
        await listener(arn, port, 'TCP', { TargetType: 'alb', ids: [behind], port: 80 }, place);
      }
    }
  }
  const env: Record<string, string> = {};
  for (const name of variablesOf(spec)) {
    const references = Object.values(spec.integrations).map(({ gateway }) => gateway);
    const [key] =
      Object.entries(references.find((one) => Object.values(one).includes(`\${env:${name}}`)) ?? {})[0] ?? [];
    if (key === 'restApi') env[name] = (await apiGateway.createRestApi({ name })).id ?? '';
    else if (key === 'webSocketApi') {
      const api = { Name: name, ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' } as const;
      env[name] = (await apiGatewayV2.createApi(api)).ApiId ?? '';
      await apiGatewayV2.createStage({ ApiId: env[name], StageName: 'prod', AutoDeploy: true });
    } else {
      env[name] = (await apiGatewayV2.createApi({ Name: name, ProtocolType: 'HTTP' })).ApiId ?? '';
      await apiGatewayV2.createStage({ ApiId: env[name], StageName: '$default', AutoDeploy: true });
    }
  }
  await simulation.advance(600_000);
  return env;
}

/** Gives callers of a REST API's stage a key. @returns its value */
export async function apiKey({ simulation }: SimulationServer, apiId: string): Promise<string> {
  const { apiGateway } = simulation.clients(REGION);
  const { id: keyId, value = '' } = await apiGateway.createApiKey({ name: 'caller', enabled: true });
  const { id: usagePlanId } = await apiGateway.createUsagePlan({ name: 'plan', apiStages: [{ apiId, stage: 'prod' }] });
  await apiGateway.createUsagePlanKey({ usagePlanId, keyId, keyType: 'API_KEY' });
  return value;
}

/** The name by which a Cloud-native gateway is called. */
export async function nativeHost({ simulation }: SimulationServer): Promise<string> {
  const { data } = await roaOf(simulation, 'cn-hangzhou')('GET', '/v1/gateways');
  return data.items[0].subDomainInfos[0].name as string;
}

/** An account of Alibaba Cloud with what a spec of the planner looks up. @returns the variables of the spec */
export async function alibabaWorld(
  server: SimulationServer,
  spec: LookedUp,
): Promise<Readonly<Record<string, string>>> {
  const call = alibabaCall(server);
  const { VpcId: vpc = '' } = await call('Vpc', 'CreateVpc', { CidrBlock: '10.0.0.0/16', VpcName: 'advise' });
  await until(
    server,
    async () => (await call('Vpc', 'DescribeVpcAttribute', { VpcId: vpc }))['Status'] === 'Available',
  );
  const switches: string[] = [];
  for (const [VSwitchName, ZoneId, CidrBlock] of [
    ['private-a', 'cn-hangzhou-j', '10.0.1.0/24'],
    ['private-b', 'cn-hangzhou-k', '10.0.2.0/24'],
    ['services', 'cn-hangzhou-j', '10.0.8.0/24'],
  ]) {
    const { VSwitchId = '' } = await call('Vpc', 'CreateVSwitch', { VpcId: vpc, VSwitchName, ZoneId, CidrBlock });
    switches.push(VSwitchId);
  }
  const group = async (SecurityGroupName: string): Promise<string> =>
    (await call('Ecs', 'CreateSecurityGroup', { VpcId: vpc, SecurityGroupName }))['SecurityGroupId'] ?? '';
  await group('gateway');
  const SecurityGroupId = await group('servers');
  for (const SourceCidrIp of ['10.0.0.0/16', '100.64.0.0/10'])
    await call('Ecs', 'AuthorizeSecurityGroup', {
      SecurityGroupId,
      IpProtocol: 'TCP',
      PortRange: '8080/8080',
      SourceCidrIp,
    });
  await server.simulation.advance(60_000);
  const made = await call('Ecs', 'RunInstances', {
    ImageId: 'aliyun_3_x64_20G_alibase_20240528.vhd',
    InstanceType: 'ecs.g7.large',
    InstanceName: 'server',
    VSwitchId: switches[2],
    SecurityGroupId,
  });
  const [machine = ''] = (made as unknown as { InstanceIdSets: { InstanceIdSet: string[] } }).InstanceIdSets
    .InstanceIdSet;
  await server.simulation.advance(600_000);
  const env: Record<string, string> = {};
  for (const name of variablesOf(spec)) {
    const isNative = Object.values(spec.integrations).some(({ gateway }) =>
      gateway['apigHttpApi']?.includes(`:${name}}`),
    );
    if (name === 'SERVICES_BLOCK') env[name] = '10.0.8.0/24';
    else if (name === 'SERVICES_GROUP') env[name] = SecurityGroupId;
    else if (isNative) {
      const api = { name: 'services', type: 'Http', protocols: ['HTTP'] };
      env[name] = (await roaOf(server.simulation, 'cn-hangzhou')('POST', '/v1/http-apis', api))['data'].httpApiId;
    } else if (name === 'INSTANCE') {
      const instance = {
        InstanceName: 'gateway',
        InstanceSpec: 'api.s1.small',
        ChargeType: 'PostPaid',
        Token: 'gateway',
      };
      const normal = { HttpsPolicy: 'HTTPS2_TLS1_2', InstanceType: 'normal', ZoneId: 'cn-hangzhou-MAZ1(i,j)' };
      env[name] = (await call('CloudAPI', 'CreateInstance', { ...instance, ...normal }))['InstanceId'] ?? '';
      await server.simulation.advance(3_600_000);
    } else if (!name.endsWith('_INSTANCE')) {
      env[name] = (await call('CloudAPI', 'CreateApiGroup', { GroupName: `group_${name}` }))['GroupId'] ?? '';
    } else {
      const balancer = { LoadBalancerName: name, AddressType: 'intranet', VpcId: vpc, VSwitchId: switches[2] };
      const { LoadBalancerId = '' } = await call('Slb', 'CreateLoadBalancer', {
        ...balancer,
        LoadBalancerSpec: 'slb.s2.small',
      });
      const BackendServers = JSON.stringify([{ ServerId: machine, Weight: '100' }]);
      await call('Slb', 'AddBackendServers', { LoadBalancerId, BackendServers });
      const listener = { LoadBalancerId, ListenerPort: 8080, BackendServerPort: 8080, Bandwidth: -1 };
      await call('Slb', 'CreateLoadBalancerTCPListener', listener);
      await call('Slb', 'StartLoadBalancerListener', { LoadBalancerId, ListenerPort: 8080 });
      env[name] = LoadBalancerId;
    }
  }
  await server.simulation.advance(600_000);
  return env;
}
