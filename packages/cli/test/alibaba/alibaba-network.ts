import type { SimulationServer } from '@postern/simulator';

const VERSIONS = { CloudAPI: '2016-07-14', Ecs: '2014-05-26', Vpc: '2016-04-28', Slb: '2014-05-15' };
const REGION = 'cn-hangzhou';

export type AlibabaCall = (
  product: keyof typeof VERSIONS,
  action: string,
  query?: Record<string, unknown>,
) => Promise<Record<string, string>>;

/** A function that calls the simulated Alibaba Cloud. */
export function alibabaCall({ simulation }: SimulationServer): AlibabaCall {
  const client = simulation.alibaba(REGION);
  return async (product, action, query = {}) => {
    const { body } = await client.call({ product, version: VERSIONS[product], action, region: REGION }, query);
    return body as Record<string, string>;
  };
}

export interface AlibabaNetwork {
  readonly call: AlibabaCall;
  readonly vpc: string;
  /** In zones j and k, and one in zone j for backends: 10.0.1.0/24, 10.0.2.0/24, 10.0.8.0/24. */
  readonly vSwitches: readonly string[];
  readonly securityGroup: string;
  /** Internal, with a listener on port 80. */
  readonly balancer: string;
  readonly group: string;
}

/** A VPC with vSwitches, a security group, a load balancer that listens on port 80, and an API group. */
export async function alibabaNetwork(server: SimulationServer, name = 'orders'): Promise<AlibabaNetwork> {
  const call = alibabaCall(server);
  const { VpcId: vpc = '' } = await call('Vpc', 'CreateVpc', { CidrBlock: '10.0.0.0/16', VpcName: name });
  await until(
    server,
    async () => (await call('Vpc', 'DescribeVpcAttribute', { VpcId: vpc }))['Status'] === 'Available',
  );
  const vSwitches: string[] = [];
  for (const [letter, ZoneId, CidrBlock] of [
    ['j', 'cn-hangzhou-j', '10.0.1.0/24'],
    ['k', 'cn-hangzhou-k', '10.0.2.0/24'],
    ['services', 'cn-hangzhou-j', '10.0.8.0/24'],
  ]) {
    const made = await call('Vpc', 'CreateVSwitch', {
      VpcId: vpc,
      ZoneId,
      CidrBlock,
      VSwitchName: `${name}-${letter}`,
    });
    vSwitches.push(made['VSwitchId'] ?? '');
  }
  const { SecurityGroupId: securityGroup = '' } = await call('Ecs', 'CreateSecurityGroup', {
    VpcId: vpc,
    SecurityGroupName: `${name}-link`,
  });
  const { LoadBalancerId: balancer = '' } = await call('Slb', 'CreateLoadBalancer', {
    LoadBalancerName: name,
    AddressType: 'intranet',
    VpcId: vpc,
    VSwitchId: vSwitches[2],
    LoadBalancerSpec: 'slb.s2.small',
  });
  for (const ListenerPort of [80, 8080]) {
    await call('Slb', 'CreateLoadBalancerTCPListener', {
      LoadBalancerId: balancer,
      ListenerPort,
      BackendServerPort: 8080,
      Bandwidth: -1,
    });
    await call('Slb', 'StartLoadBalancerListener', { LoadBalancerId: balancer, ListenerPort });
  }
  const { GroupId: group = '' } = await call('CloudAPI', 'CreateApiGroup', { GroupName: name });
  await server.simulation.advance(60_000);
  return { call, vpc, vSwitches, securityGroup, balancer, group };
}

/** A spec of one instance and one integration in such a network. */
export function alibabaSpec(
  { vSwitches, securityGroup, balancer, group }: AlibabaNetwork,
  change: { link?: string; targets?: string; gateway?: string; routes?: string } = {},
): string {
  const link = `    subnets: [${vSwitches.slice(0, 2).join(', ')}]
    securityGroups: [${securityGroup}]
    allowlist: [10.0.8.0/24]`;
  return `version: 1
project: shop
spec: shop-7f3k2q
links:
  cn:
    provider: alibaba
    region: ${REGION}
${change.link ?? link}
integrations:
  orders:
    link: cn
    gateway: ${change.gateway ?? `{ apiGroup: ${group} }`}
    targets: ${change.targets ?? `{ orders: { instance: ${balancer}, port: 80 } }`}
    routes: ${change.routes ?? "{ 'ANY /orders': orders }"}
`;
}

/** Advances the simulated time by minutes until a condition is true. */
export async function until({ simulation }: SimulationServer, done: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; !(await done()); attempt += 1) {
    if (attempt === 100) throw new Error('it never became true');
    await simulation.advance(60_000);
  }
}
