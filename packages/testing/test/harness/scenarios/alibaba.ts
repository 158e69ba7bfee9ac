import { alibaba } from '@postern/alibaba';
import { driversOf } from '@postern/core';
import { parseSpec } from '@postern/core/spec';
import type { AlibabaCallTarget, Simulation } from '../../../src/index.js';
import type { Built, Scenario } from '../../../src/harness/index.js';

type Row = Readonly<Record<string, any>>;

const REGION = 'cn-hangzhou';

/** What specs name. */
interface AlibabaShop {
  readonly subnets: readonly string[];
  readonly securityGroup: string;
  /** Two API groups on the shared instance. */
  readonly groups: readonly [string, string];
  /** Two load balancers on port 80. */
  readonly balancers: readonly [string, string];
}

/** Three vSwitches of a VPC in two zones, two load balancers with one server each, two API groups. */
async function alibabaShop(simulation: Simulation): Promise<AlibabaShop> {
  const call = (product: AlibabaCallTarget['product'], action: string, input: Row = {}): any =>
    simulation.callAlibaba({ product, action, region: REGION }, input);
  const VpcId: string = call('Vpc', 'CreateVpc', { CidrBlock: '10.0.0.0/16', VpcName: 'shop' }).VpcId;
  const subnets = ['j', 'k', 'k'].map(
    (zone, index): string =>
      call('Vpc', 'CreateVSwitch', { VpcId, CidrBlock: `10.0.${index + 1}.0/24`, ZoneId: `${REGION}-${zone}` })
        .VSwitchId,
  );
  const { SecurityGroupId } = call('Ecs', 'CreateSecurityGroup', { VpcId, SecurityGroupName: 'shop' });
  const rule = { SecurityGroupId, IpProtocol: 'tcp', PortRange: '80/80', SourceCidrIp: '10.0.0.0/16' };
  call('Ecs', 'AuthorizeSecurityGroup', rule);
  const balancers = ['orders', 'bills'].map((LoadBalancerName): string => {
    const [server] = call('Ecs', 'RunInstances', {
      Amount: 1,
      ImageId: 'ubuntu_24_04_x64_20G_alibase_20260101.vhd',
      InstanceType: 'ecs.g7.large',
      VSwitchId: subnets[0],
      SecurityGroupId,
    }).InstanceIdSets.InstanceIdSet;
    const created = { LoadBalancerName, AddressType: 'intranet', VSwitchId: subnets[0] };
    const { LoadBalancerId } = call('Slb', 'CreateLoadBalancer', created);
    const at = { LoadBalancerId, ListenerPort: 80 };
    call('Slb', 'AddBackendServers', { LoadBalancerId, BackendServers: JSON.stringify([{ ServerId: server }]) });
    call('Slb', 'CreateLoadBalancerTCPListener', { ...at, BackendServerPort: 80, Bandwidth: -1 });
    call('Slb', 'StartLoadBalancerListener', at);
    return LoadBalancerId as string;
  });
  const group = (GroupName: string): string => call('CloudAPI', 'CreateApiGroup', { GroupName }).GroupId;
  const groups = [group('shop'), group('bills')] as const;
  await simulation.advance(3_600_000);
  const [first = '', second = ''] = balancers;
  return { subnets, securityGroup: SecurityGroupId, groups, balancers: [first, second] };
}

type Lines = (shop: AlibabaShop) => string;

const link =
  (name: string, [a, b]: readonly [number, number], allowlist?: string): Lines =>
  ({ subnets, securityGroup }) =>
    `  ${name}:
    provider: alibaba
    region: ${REGION}
    subnets: [${subnets[a]}, ${subnets[b]}]
    securityGroups: [${securityGroup}]
    spec: api.s1.small
${allowlist === undefined ? '' : `    allowlist: [${allowlist}]\n`}`;

interface On {
  readonly target?: 0 | 1;
  readonly group?: 0 | 1;
  readonly stages?: string;
}

const integration =
  (name: string, on: string, routes: string, { target = 0, group = 0, stages = 'RELEASE' }: On = {}): Lines =>
  ({ groups, balancers }) =>
    `  ${name}:
    link: ${on}
    gateway: { apiGroup: ${groups[group]}, stages: [${stages}] }
    targets: { t: { instance: ${balancers[target]}, port: 80 } }
    routes: { ${routes} }
`;

const spec =
  (links: readonly Lines[], integrations: readonly Lines[], more = ''): Lines =>
  (shop) =>
    `version: 1\nproject: shop\nspec: shop-7f3k2q\nlinks:\n${links.map((line) => line(shop)).join('')}integrations:\n${integrations
      .map((line) => line(shop))
      .join('')}${more}`;

const AB = [0, 1] as const;
const ORDERS = "'GET /orders': t";
const orders = integration('orders', 'cn', ORDERS);
const bills = integration('bills', 'cn', "'GET /bills': t", { target: 1 });

const SPECS: Readonly<Record<string, readonly Lines[]>> = {
  create: [spec([link('cn', AB)], [orders])],
  'add a route': [
    spec([link('cn', AB)], [orders]),
    spec([link('cn', AB)], [integration('orders', 'cn', `${ORDERS}, 'GET /orders/{id}': t`)]),
  ],
  'change a target': [
    spec([link('cn', AB)], [orders]),
    spec([link('cn', AB)], [integration('orders', 'cn', ORDERS, { target: 1 })]),
  ],
  'two integrations': [spec([link('cn', AB)], [orders, bills])],
  'remove an integration': [spec([link('cn', AB)], [orders, bills]), spec([link('cn', AB)], [orders])],
  'two stages, then one': [
    spec([link('cn', AB)], [integration('orders', 'cn', ORDERS, { stages: 'RELEASE, TEST' })]),
    spec([link('cn', AB)], [orders]),
  ],
};

/** Scenarios of Alibaba Cloud. */
export const ALIBABA_SCENARIOS: readonly Scenario[] = Object.entries(SPECS).map(([name, specs]): Scenario => ({
  name: `alibaba: ${name}`,
  settings: { seed: 7, throttle: false },
  build: async (simulation): Promise<Built> => {
    const shop = await alibabaShop(simulation);
    return { specs: specs.map((lines) => parseSpec(lines(shop))) };
  },
  drivers: (process) => driversOf(alibaba({ region: REGION, api: process.alibaba(REGION) })),
}));
