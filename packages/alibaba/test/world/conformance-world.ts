import type { WholeWorld } from '../../../testing/test/adapters/whole-world.js';
import type { AlibabaCallTarget, Simulation } from '@postern/simulator/internal/simulation';
import type { FaultCalls } from '@postern/testing/internal/conformance';

type Fields = Readonly<Record<string, unknown>>;

/** What exists on a simulated Alibaba Cloud. */
export interface AlibabaWorld extends WholeWorld {}

/** The largest page of this service holds 100. */
const MANY = 101;

/** Calls the cloud as another user does: at once, unthrottled, not in the journal. */
export function caller(simulation: Simulation, region: string) {
  return (product: AlibabaCallTarget['product'], action: string, input: Fields): any =>
    simulation.callAlibaba({ product, action, region }, input);
}

/** Builds the suite's world in a simulated region: two VPCs, ECS and CLB instances in both, an API group. */
export async function buildWorld(simulation: Simulation, region: string): Promise<AlibabaWorld> {
  const call = caller(simulation, region);
  const network = (name: string, octet: number) => {
    const networkId: string = call('Vpc', 'CreateVpc', { CidrBlock: `10.${octet}.0.0/16`, VpcName: name }).VpcId;
    const subnetIds: string[] = ['j', 'k'].map(
      (zone, index) =>
        call('Vpc', 'CreateVSwitch', {
          VpcId: networkId,
          CidrBlock: `10.${octet}.${index}.0/24`,
          ZoneId: `${region}-${zone}`,
        }).VSwitchId,
    );
    const { SecurityGroupId } = call('Ecs', 'CreateSecurityGroup', { VpcId: networkId, SecurityGroupName: name });
    return { networkId, subnetIds, securityGroupIds: [SecurityGroupId as string] };
  };
  const machines = (count: number, VSwitchId: string | undefined, SecurityGroupId: string | undefined): string[] =>
    call('Ecs', 'RunInstances', {
      Amount: count,
      ImageId: 'ubuntu_24_04_x64_20G_alibase_20260101.vhd',
      InstanceType: 'ecs.g7.large',
      VSwitchId,
      SecurityGroupId,
    }).InstanceIdSets.InstanceIdSet;
  const balancer = (LoadBalancerName: string, VSwitchId: string | undefined): string =>
    call('Slb', 'CreateLoadBalancer', { LoadBalancerName, AddressType: 'intranet', VSwitchId }).LoadBalancerId;
  const listener = (LoadBalancerId: string, ListenerPort: number) => {
    const port = { LoadBalancerId, ListenerPort };
    call('Slb', 'CreateLoadBalancerTCPListener', { ...port, BackendServerPort: ListenerPort, Bandwidth: -1 });
    call('Slb', 'StartLoadBalancerListener', port);
  };

  const here = network('orders', 10);
  const there = network('elsewhere', 11);
  const fullSubnetId: string = call('Vpc', 'CreateVSwitch', {
    VpcId: here.networkId,
    CidrBlock: '10.10.9.0/29',
    ZoneId: `${region}-i`,
  }).VSwitchId;
  // Eight addresses, four of them the cloud's own.
  machines(4, fullSubnetId, here.securityGroupIds[0]);
  const orders = balancer('orders', here.subnetIds[0]);
  listener(orders, 80);
  listener(orders, 443);
  const [machine = ''] = machines(1, here.subnetIds[1], here.securityGroupIds[0]);
  const foreign = balancer('elsewhere', there.subnetIds[0]);
  listener(foreign, 80);
  await simulation.advance(600_000); // until the machines run

  const { GroupId: id } = call('CloudAPI', 'CreateApiGroup', { GroupName: 'shop' });
  return {
    ...here,
    fullSubnetId,
    fullSubnet: 'refused',
    elsewhere: { ...there, target: { instance: foreign, port: 80 } },
    targets: [
      { instance: orders, port: 80 },
      { instance: machine, port: 8080 },
      { instance: orders, port: 443 },
    ],
    missingTarget: { instance: orders, port: 81 },
    gateway: { id, ref: { apiGroup: id } },
    missing: { linkId: 'apigateway-hz-000000000000', gatewayId: '0123456789abcdef0123456789abcdef' },
    fillRoutes: () => {
      for (let index = 0; index < MANY; index += 1) {
        call('CloudAPI', 'CreateApi', {
          GroupId: id,
          ApiName: `many_${index}`,
          Visibility: 'PRIVATE',
          AuthType: 'ANONYMOUS',
          RequestConfig: JSON.stringify({
            RequestProtocol: 'HTTP',
            RequestHttpMethod: 'GET',
            RequestPath: `/many/${index}`,
            RequestMode: 'PASSTHROUGH',
          }),
          ServiceConfig: JSON.stringify({ Mock: 'TRUE', MockResult: 'ok', ServiceProtocol: 'HTTP' }),
        });
      }
      return MANY;
    },
    native: { spec: 'api.s1.small' },
  };
}

/** The APIs of a group: each draft, and what callers of RELEASE get. */
export function apisOf(simulation: Simulation, GroupId: string): readonly unknown[] {
  const call = caller(simulation, 'cn-hangzhou');
  return call('CloudAPI', 'DescribeApis', { GroupId }).ApiSummarys.ApiSummary.map(({ ApiId }: Fields) => {
    const { RequestId: _, DeployedInfos: __, ...draft } = call('CloudAPI', 'DescribeApi', { GroupId, ApiId });
    const {
      RequestId: ___,
      Description = '',
      ...live
    } = call('CloudAPI', 'DescribeDeployedApi', { GroupId, ApiId, StageName: 'RELEASE' });
    // The published copy keeps the mark that it was published with.
    return { draft, live: { ...live, publishedAs: Description.replace('postern:', 'mark ') } };
  });
}

const cloudapi = (...operations: string[]) => operations.map((operation) => ({ service: 'cloudapi', operation }));

/** The calls behind the suite's points of failure. */
export const FAULT_CALLS: FaultCalls = {
  'read identity': [{ service: 'sts', operation: 'GetCallerIdentity' }],
  'create link': cloudapi('CreateInstance'),
  'rename link': cloudapi('ModifyInstanceAttribute'),
  'delete link': cloudapi('DeleteInstance'),
  'list links': cloudapi('DescribeInstances'),
  'create target': cloudapi('SetVpcAccess'),
  'create route': cloudapi('CreateApi'),
  // Nothing is between an API and an authorization.
  'create integration': [],
  'delete route': cloudapi('DeleteApi'),
  'list routes': cloudapi('DescribeApis'),
  'list targets': cloudapi('DescribeVpcAccesses'),
  'list interfaces': [{ service: 'ecs', operation: 'DescribeNetworkInterfaces' }],
  'list subnets': [{ service: 'vpc', operation: 'DescribeVSwitches' }],
  allow: cloudapi('ModifyInstanceAttribute'),
  deploy: cloudapi('DeployApi'),
};
