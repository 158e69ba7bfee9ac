import { alibaba } from '@postern/alibaba';
import { aws } from '@postern/aws';
import type { MoveRequest } from '@postern/core/internal/moves';
import { httpShop } from '../../../aws/test/world/http-shop.js';
import { REGION } from '../../../aws/test/world/simulated.js';
import { routeShop } from '../shifts/route-shop.js';
import { shiftingShop } from '../shifts/scene.js';
import { REGION as ALIBABA_REGION } from '../traffic/alibaba/shop.js';
import type { ExitWorld } from './exit-world.js';
import { assume, MINUTE, moreGroups, movingShop } from './scene.js';

/** One of the two sides that calls of a unit may use. */
export interface Side {
  readonly dies: () => unknown;
  readonly lives: () => unknown;
}

/** A world with calls that move or shift, and whose sides die. */
export interface HalfWayWorld extends Omit<ExitWorld, 'gone' | 'request'> {
  readonly request: () => Promise<MoveRequest>;
  readonly former: Side;
  readonly fresh: Side;
  /** Lets both sides live, where a saved world does not have what they answer. */
  readonly mend?: () => void;
  /** How long it takes until a death or a life shows, and until a change is carried out. */
  readonly settlesMs: number;
  /** Calls until it is ended: how many were lost. */
  readonly calls: () => { readonly lost: () => number; readonly end: () => void };
}

type Calls = HalfWayWorld['calls'];
type Load = Parameters<ExitWorld['simulation']['traffic']['load']>[0];

/** Calls four times a simulated second. */
export const callsOf =
  ({ traffic }: ExitWorld['simulation'], load: Omit<Load, 'perSecond' | 'seconds'>): Calls =>
  () => {
    const job = traffic.load({ ...load, perSecond: 4, seconds: 0 });
    return { lost: () => job.status().lost, end: () => job.end() };
  };

/** Two routes of an HTTP API with an integration each. Each link has a security group of its own. */
export async function routes(): Promise<HalfWayWorld> {
  const shop = await httpShop({ routes: `{ 'GET /orders': t }` });
  const { simulation, call, open, ApiId, callGateway, run, links, host } = shop;
  const { VpcId } = call('ec2', 'DescribeSecurityGroups').SecurityGroups[0];
  const groupOf = (name: string): string =>
    call('ec2', 'CreateSecurityGroup', { GroupName: name, Description: name, VpcId }).GroupId;
  const [old, fresh] = [groupOf('former'), groupOf('fresh')];
  const all = { IpProtocol: 'tcp', FromPort: 0, ToPort: 65_535, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  call('ec2', 'AuthorizeSecurityGroupIngress', { GroupId: open, IpPermissions: [all] });
  await run(0, old);
  const [from = ''] = links();
  const api = (operation: string, input: object = {}): any => call('apigatewayv2', operation, { ApiId, ...input });
  const [{ IntegrationUri }] = api('GetIntegrations').Items;
  const over = { ConnectionType: 'VPC_LINK', ConnectionId: from, IntegrationUri, Description: 'by hand' };
  const by = { IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'ANY', PayloadFormatVersion: '1.0', ...over };
  const { IntegrationId } = api('CreateIntegration', by);
  api('CreateRoute', { RouteKey: 'GET /more', Target: `integrations/${IntegrationId}` });
  const { SubnetIds } = api('GetVpcLink', { VpcLinkId: from });
  const to: string = api('CreateVpcLink', { Name: 'other', SubnetIds, SecurityGroupIds: [fresh] }).VpcLinkId;
  await simulation.advance(15 * MINUTE);
  const IpPermissions = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  const sideOf = (GroupId: string): Side => ({
    dies: () => call('ec2', 'RevokeSecurityGroupEgress', { GroupId, IpPermissions }),
    lives: () => call('ec2', 'AuthorizeSecurityGroupEgress', { GroupId, IpPermissions }),
  });
  return {
    simulation,
    driverOf: (machine) => aws({ region: REGION, clients: machine.clients(REGION) }),
    request: () => Promise.resolve({ api: ApiId, from, to }),
    how: {},
    callGateway,
    former: sideOf(old),
    fresh: sideOf(fresh),
    settlesMs: MINUTE,
    calls: callsOf(simulation, { gateway: host, paths: ['/orders', '/more'] }),
  };
}

/**
 * Two API groups of an instance; the instance moves, or the first group alone. The servers refuse the address of a side that is
 * dead.
 */
export async function groups(moves: 'instance' | 'group' = 'instance'): Promise<HalfWayWorld> {
  const shop = await movingShop();
  const { sim: simulation, by, from, to, groupId, serverGroup: SecurityGroupId, egress, hostOf } = shop;
  const [second = ''] = await moreGroups(shop, 1);
  const rule = { SecurityGroupId, IpProtocol: 'tcp', PortRange: '80/80' };
  const rules = (): readonly any[] =>
    by('Ecs', 'DescribeSecurityGroupAttribute', { SecurityGroupId }).Permissions.Permission;
  let taken: readonly string[] = [];
  const jobs = [
    { gateway: hostOf(groupId), paths: ['/orders/1'] },
    { gateway: hostOf(second), paths: ['/api0'] },
  ].map((load) => callsOf(simulation, load));
  return {
    simulation,
    driverOf: (machine) => alibaba({ region: ALIBABA_REGION, api: machine.alibaba(ALIBABA_REGION) }),
    request: () => Promise.resolve(moves === 'instance' ? { from, to } : { group: groupId, to }),
    how: { assume, manage: [SecurityGroupId] },
    former: {
      dies: () => by('Ecs', 'RevokeSecurityGroup', { ...rule, SourceCidrIp: egress }),
      lives: () => by('Ecs', 'AuthorizeSecurityGroup', { ...rule, SourceCidrIp: egress }),
    },
    fresh: {
      dies: () => {
        taken = rules().flatMap(({ SourceCidrIp }) => (SourceCidrIp === egress ? [] : [SourceCidrIp as string]));
        for (const SourceCidrIp of taken) by('Ecs', 'RevokeSecurityGroup', { ...rule, SourceCidrIp });
      },
      lives: () => {
        for (const SourceCidrIp of taken) by('Ecs', 'AuthorizeSecurityGroup', { ...rule, SourceCidrIp });
      },
    },
    settlesMs: 12 * MINUTE, // DNS changes within ten minutes
    calls: () => {
      const all = jobs.map((begin) => begin());
      return {
        lost: () => all.reduce((sum, { lost }) => sum + lost(), 0),
        end: () => all.forEach(({ end }) => end()),
      };
    },
  };
}

/** Two routes of Cloud-native API Gateway, whose services have health checks. */
async function services(): Promise<HalfWayWorld> {
  const shop = await routeShop();
  const { simulation, put, serviceId, greenAddress } = shop;
  await put(`/v1/services/${serviceId}`, { healthCheckConfig: { enable: true, protocol: 'HTTP' } });
  await simulation.advance(MINUTE);
  const sideOf = (address: string): Side => {
    const answers = (status: number) => () => simulation.backends.add({ address, port: 8080, behavior: { status } });
    return { dies: answers(500), lives: answers(200) };
  };
  const [former, fresh] = [sideOf('10.0.1.200'), sideOf(greenAddress)];
  return {
    simulation,
    driverOf: shop.driverOf,
    request: shop.request,
    how: {},
    callGateway: shop.callGateway,
    former,
    fresh,
    mend: () => [former, fresh].forEach(({ lives }) => lives()),
    settlesMs: 3 * MINUTE,
    calls: callsOf(simulation, shop.traffic),
  };
}

/** A listener: one unit, whose calls both groups may share. */
async function listener(): Promise<HalfWayWorld> {
  const shop = await shiftingShop();
  const { simulation, elb, blue, green } = shop;
  const sideOf = (TargetGroupArn: string): Side => {
    const Targets = elb('DescribeTargetHealth', { TargetGroupArn }).TargetHealthDescriptions.map(
      (one: any) => one.Target,
    );
    return {
      dies: () => elb('DeregisterTargets', { TargetGroupArn, Targets }),
      lives: () => elb('RegisterTargets', { TargetGroupArn, Targets }),
    };
  };
  return {
    simulation,
    driverOf: shop.driverOf,
    request: () => shop.request(),
    how: {},
    callGateway: shop.callGateway,
    former: sideOf(blue),
    fresh: sideOf(green),
    settlesMs: 3 * MINUTE,
    calls: callsOf(simulation, shop.traffic),
  };
}

export const HALF_WAY_WORLDS: Readonly<Record<string, () => Promise<HalfWayWorld>>> = {
  routes,
  groups: () => groups(),
  services,
  listener,
};
