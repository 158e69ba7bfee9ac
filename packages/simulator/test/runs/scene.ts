import { parseSpec } from '../../../core/test/clouds.js';
import { alibaba } from '@postern/alibaba';
import { aws } from '@postern/aws';
import { createContext, type CallContext, type Driver, type Spec } from '@postern/core/internal/library';
import { buildWorld as buildAlibaba } from '../../../alibaba/test/world/conformance-world.js';
import { buildWorld as buildAws } from '../../../aws/test/world/conformance-world.js';
import { simulate, type Simulation } from '../../src/index.js';
import type { Machine } from './machine.js';

/** A simulated cloud with a backend and a gateway, and a spec that connects them. */
export interface Scene {
  readonly simulation: Simulation;
  readonly spec: Spec;
  /** The operation that creates a link. */
  readonly creates: string;
  /** The current links, without those being deleted. */
  readonly links: () => readonly string[];
  /** What exists of the project and where its routes lead, without IDs, so that two runs can be compared. */
  readonly shape: () => readonly string[];
  /** The region, as another user calls it: by service and operation. */
  readonly by: OtherUser;
  readonly gatewayId: string;
  readonly driver: (by: Machine, region?: string) => Driver;
}

type Row = Readonly<Record<string, any>>;

/** A user who calls the cloud at once, without faults. */
export type OtherUser = (service: any, operation: string, input?: Row) => any;

/** How many links `CreateVpcLink` or `CreateInstance` created. */
export function created({ simulation, creates }: Scene): number {
  return simulation.journal().filter(({ operation, status }) => operation === creates && status < 300).length;
}

/** Gives the link another name, outside of Postern. */
export function renameByHand({ creates, by, links }: Scene): void {
  const [id = ''] = links();
  if (creates === 'CreateVpcLink') by('apigatewayv2', 'UpdateVpcLink', { VpcLinkId: id, Name: 'theirs' });
  else
    by('CloudAPI', 'ModifyInstanceAttribute', { InstanceId: id, InstanceName: 'theirs', Token: crypto.randomUUID() });
}

export function contextOf({ clock, random }: Machine): CallContext {
  return createContext({ clock, random });
}

/** What differs between the scenes of one cloud. */
export interface SceneOptions {
  /** A link with an allowlist: on AWS it has a security group of its own, in place of others. */
  readonly allowlist?: boolean;
  /** Whether the cloud refuses calls by their rate. */
  readonly throttle?: boolean;
  /** The AWS account. */
  readonly account?: string;
}

const ALLOWLIST = '10.10.0.0/16';

export async function awsScene(
  seed: number,
  { allowlist = false, throttle = true, account }: SceneOptions = {},
): Promise<Scene> {
  const region = 'eu-west-1';
  const simulation = simulate({ seed, clock: 'auto', throttle, account });
  const { subnetIds, securityGroupIds, gateway } = await buildAws(simulation, region);
  const by: OtherUser = (service, operation, input = {}) => simulation.call({ service, operation, region }, input);
  const groups = allowlist ? `allowlist: [${ALLOWLIST}]` : `securityGroups: [${securityGroupIds.join()}]`;
  return {
    simulation,
    by,
    gatewayId: gateway.id,
    creates: 'CreateVpcLink',
    spec: parseSpec(`version: 1
project: shop
links:
  eu: { provider: aws, region: ${region}, subnets: [${subnetIds.join()}], ${groups} }
integrations:
  orders:
    link: eu
    gateway: { httpApi: ${gateway.id} }
    targets: { orders: { listener: { loadBalancer: orders-alb, port: 80 } } }
    routes: { ANY /orders: orders }
`),
    links: () => awsLinks(by),
    shape: () => awsShape(by, gateway.id),
    driver: (machine, of = region) => aws({ region: of, clients: machine.clients(of) }),
  };
}

function awsLinks(by: OtherUser): readonly string[] {
  return (by('apigatewayv2', 'GetVpcLinks').Items as readonly Row[])
    .filter((link) => link['VpcLinkStatus'] !== 'DELETING')
    .map((link) => link['VpcLinkId'] as string);
}

function awsShape(by: OtherUser, ApiId: string): readonly string[] {
  const links = awsLinks(by);
  const integrations = by('apigatewayv2', 'GetIntegrations', { ApiId }).Items as readonly Row[];
  const routes = by('apigatewayv2', 'GetRoutes', { ApiId }).Items as readonly Row[];
  const groups = by('ec2', 'DescribeSecurityGroups').SecurityGroups as readonly Row[];
  const over = (route: Row) => integrations.find((row) => `integrations/${row['IntegrationId']}` === route['Target']);
  return [
    `${links.length} links`,
    `${integrations.length} integrations`,
    ...routes.map((route) => `${route['RouteKey']} over link ${links.indexOf(over(route)?.['ConnectionId'])}`),
    ...groups
      .filter(({ GroupName }) => String(GroupName).startsWith('postern'))
      .map((group) => `group ${JSON.stringify(group['IpPermissionsEgress'])}`),
  ].toSorted();
}

export async function alibabaScene(
  seed: number,
  { allowlist = false, throttle = true }: SceneOptions = {},
): Promise<Scene> {
  const region = 'cn-hangzhou';
  const simulation = simulate({ seed, clock: 'auto', throttle });
  const { subnetIds, securityGroupIds, gateway, targets } = await buildAlibaba(simulation, region);
  const [target] = targets as unknown as readonly [{ readonly instance: string }];
  const by: OtherUser = (product, action, input = {}) => simulation.callAlibaba({ product, action, region }, input);
  return {
    simulation,
    by,
    gatewayId: gateway.id,
    creates: 'CreateInstance',
    spec: parseSpec(`version: 1
project: shop
links:
  cn:
    provider: alibaba
    region: ${region}
    subnets: [${subnetIds.join()}]
    securityGroups: [${securityGroupIds.join()}]
    spec: api.s1.small
    allowlist: [${allowlist ? ALLOWLIST : ''}]
integrations:
  orders:
    link: cn
    gateway: { apiGroup: ${gateway.id}, stages: [RELEASE] }
    targets: { orders: { instance: ${target.instance}, port: 80 } }
    routes: { ANY /orders: orders }
`),
    links: () => alibabaLinks(by),
    shape: () => alibabaShape(by, gateway.id),
    driver: (machine) => alibaba({ region, api: machine.alibaba(region) }),
  };
}

function instances(by: OtherUser): readonly Row[] {
  const rows = by('CloudAPI', 'DescribeInstances', { InstanceType: 'vpc_connect' }).Instances.InstanceAttribute;
  return (rows as readonly Row[]).filter(({ Status }) => !/delet/i.test(String(Status)));
}

const alibabaLinks = (by: OtherUser): readonly string[] => instances(by).map((row) => row['InstanceId'] as string);

function alibabaShape(by: OtherUser, GroupId: string): readonly string[] {
  const own = instances(by);
  const [group] = by('CloudAPI', 'DescribeApiGroups', { GroupId }).ApiGroupAttributes
    .ApiGroupAttribute as readonly Row[];
  const apis = by('CloudAPI', 'DescribeApis', { GroupId }).ApiSummarys.ApiSummary as readonly Row[];
  const shown = by('CloudAPI', 'DescribeDeployedApis', { GroupId, StageName: 'RELEASE' }).DeployedApis?.DeployedApiItem;
  const accesses = by('CloudAPI', 'DescribeVpcAccesses').VpcAccessAttributes.VpcAccessAttribute as readonly Row[];
  return [
    `${own.length} instances`,
    `group on instance ${own.findIndex(({ InstanceId }) => InstanceId === group?.['InstanceId'])}`,
    ...apis.map(({ ApiName }) => `API ${ApiName}`),
    ...((shown ?? []) as readonly Row[]).map(({ ApiName }) => `published ${ApiName}`),
    ...accesses.map(({ Name }) => `authorization ${Name}`),
    ...own.map((row) => `blocks ${JSON.stringify(row['ConnectCidrBlocks'] ?? null)}`),
  ].toSorted();
}

/** Both clouds, for tests of each. */
export const CLOUDS: readonly [string, (seed: number, options?: SceneOptions) => Promise<Scene>][] = [
  ['AWS', awsScene],
  ['Alibaba Cloud', alibabaScene],
];
