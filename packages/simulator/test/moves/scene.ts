import { alibaba } from '@postern/alibaba';
import {
  createContext,
  memoryJournal,
  PrivateIntegrations,
  type Driver,
  type Journal,
} from '@postern/core/internal/library';
import {
  Moves,
  type MoveEvent,
  type MovePlan,
  type MoveResult,
  type RunMoveOptions,
} from '@postern/core/internal/moves';
import { simulate, type SavedWorld, type SimulateOptions, type Simulation } from '../../src/internal/simulation.js';
import { machine, type MachineOptions } from '../runs/machine.js';
import { conventional, MINUTE, REGION, shop } from '../traffic/alibaba/shop.js';

export { MINUTE } from '../traffic/alibaba/shop.js';

/** Blocks that the gateway reserves, which no API returns. */
export const assume = { internalBlocks: { [REGION]: ['10.250.0.0/16'] } };

interface Prepared {
  readonly world: SavedWorld;
  readonly groupId: string;
  readonly host: string;
  readonly from: string;
  readonly to: string;
  readonly egress: string;
  readonly serverGroup: string;
  readonly vpcId: string;
  readonly serverId: string;
}

let prepared: Promise<Prepared> | undefined;

/**
 * The shop on a conventional instance. The target, a VPC integration instance, has no accessible block for the backends,
 * and their security group allows inbound traffic from the current instance only.
 */
async function prepare(): Promise<Prepared> {
  const world = await shop();
  const { cloud, groupId: GroupId, groups, linkId, sim, host } = world;
  const { id: from, egress } = await conventional(world);
  cloud.cloudapi('ModifyApiGroupInstance', { GroupId, TargetInstanceId: from });
  await sim.advance(20 * MINUTE);
  cloud.cloudapi('ModifyInstanceAttribute', { InstanceId: linkId, DeleteVpcIpBlock: '10.0.3.0/24', Token: 'less' });
  const own = { SecurityGroupId: groups.server, IpProtocol: 'tcp', PortRange: '80/80' };
  cloud.ecs('RevokeSecurityGroup', { ...own, SourceCidrIp: '10.0.0.0/16' });
  cloud.ecs('AuthorizeSecurityGroup', { ...own, SourceCidrIp: egress });
  await sim.advance(20 * MINUTE);
  return {
    world: sim.world(),
    groupId: GroupId,
    host,
    from,
    to: linkId,
    egress,
    serverGroup: groups.server,
    vpcId: world.vpcId,
    serverId: world.serverId,
  };
}

/** Settings of a simulation for `movingShop`. */
export const SETTINGS: SimulateOptions = { seed: 7, clock: 'auto', throttle: false, dataPathDelay: 0 };

/** A shop of its own for one test. */
export interface MovingShop extends Omit<Prepared, 'world'> {
  readonly sim: Simulation;
  /** The region, as another user calls it. */
  readonly by: (product: any, action: string, input?: Readonly<Record<string, unknown>>) => any;
  /** What exists now, as far as a move may change it. */
  readonly state: () => unknown;
  /** Calls both routes, 20 times a simulated second each, until it is ended. */
  readonly load: (perSecond?: number) => {
    readonly end: () => { readonly lost: number; readonly first: string | null };
  };
  readonly request: { readonly group: string; readonly to: string };
  /** The own domain of a group. */
  readonly hostOf: (groupId: string) => string;
}

export async function movingShop(sim: Simulation = simulate(SETTINGS)): Promise<MovingShop> {
  const { world, ...parts } = await (prepared ??= prepare());
  sim.load(world);
  const by: MovingShop['by'] = (product, action, input = {}) =>
    sim.callAlibaba({ product, action, region: REGION }, input);
  const { groupId, to, serverGroup, host } = parts;
  return {
    ...parts,
    sim,
    by,
    request: { group: groupId, to },
    hostOf: (id) => host.replace(groupId, id),
    load: (perSecond = 20) => {
      const jobs = ['/orders/1', '/carts/1'].map((path) =>
        sim.traffic.load({ gateway: host, paths: [path], perSecond, seconds: 0 }),
      );
      return {
        end: () => {
          const ends = jobs.map((job) => job.status());
          for (const job of jobs) job.end();
          if (ends.some(({ calls }) => calls === 0)) throw new Error('no call was made');
          return {
            lost: ends.reduce((sum, one) => sum + one.lost, 0),
            first: ends.find(({ firstLost }) => firstLost !== null)?.firstLost?.outcome ?? null,
          };
        },
      };
    },
    state: () => {
      const group = by('CloudAPI', 'DescribeApiGroup', { GroupId: groupId });
      const rules = by('Ecs', 'DescribeSecurityGroupAttribute', { SecurityGroupId: serverGroup }).Permissions
        .Permission;
      const instance = by('CloudAPI', 'DescribeInstances', { InstanceId: to }).Instances.InstanceAttribute[0];
      return {
        on: group.InstanceId,
        httpsPolicy: group.HttpsPolicy,
        rules: rules.map((rule: any) => rule.SourceCidrIp).toSorted(),
        blocks: instance.ConnectCidrBlocks,
      };
    },
  };
}

/** A process that works on a shop. */
export function worker(
  { sim }: Pick<MovingShop, 'sim'>,
  options: Partial<MachineOptions> & { readonly wrap?: (driver: Driver) => Driver } = {},
) {
  const by = machine(sim, { random: () => 0.5, ...options });
  const context = createContext({ clock: by.clock, random: by.random });
  const driver: Driver = alibaba({ region: REGION, api: by.alibaba(REGION) });
  const journal: Journal = options.journal ?? memoryJournal();
  const own = options.journal === undefined ? journal : by.journal;
  const gate = new PrivateIntegrations(options.wrap?.(driver) ?? driver, { ...context, project: 'none', journal: own });
  return { by, gate, moves: new Moves(gate), journal, context };
}

/** Runs until the end, and collects what happened. */
export async function ended(
  events: AsyncGenerator<MoveEvent, MoveResult, undefined>,
): Promise<{ readonly result: MoveResult; readonly events: readonly MoveEvent[] }> {
  const all: MoveEvent[] = [];
  for (;;) {
    const next = await events.next();
    if (next.done === true) return { result: next.value, events: all };
    all.push(next.value);
  }
}

/** Plans and runs as one process. */
export async function runAll(
  shop: MovingShop,
  { moves }: Pick<ReturnType<typeof worker>, 'moves'>,
  options: RunMoveOptions = {},
): Promise<{ readonly plan: MovePlan; readonly result: MoveResult; readonly events: readonly MoveEvent[] }> {
  const plan = await moves.plan(shop.request, { assume, manage: [shop.serverGroup] });
  return { plan, ...(await ended(moves.run(plan, { assume, ...options }))) };
}

/** Adds groups with one route each, whose backend is the server. Their IDs. */
export async function moreGroups({ by, from, sim }: MovingShop, number: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let at = 0; at < number; at += 1) {
    const { GroupId } = by('CloudAPI', 'CreateApiGroup', { GroupName: `group${at}`, InstanceId: from });
    publishApi(by, GroupId, { name: `api${at}`, path: `/api${at}`, access: 'server' });
    ids.push(GroupId);
  }
  await sim.advance(MINUTE);
  return ids;
}

/** Creates and publishes an API whose backend is an authorization. */
export function publishApi(
  by: MovingShop['by'],
  GroupId: string,
  { name, path, access }: { readonly name: string; readonly path: string; readonly access: string },
): void {
  const { ApiId } = by('CloudAPI', 'CreateApi', {
    GroupId,
    ApiName: name,
    Visibility: 'PRIVATE',
    RequestConfig: JSON.stringify({ RequestProtocol: 'HTTP,HTTPS', RequestHttpMethod: 'GET', RequestPath: path }),
    ServiceConfig: JSON.stringify({
      ServiceProtocol: 'HTTP',
      ServiceTimeout: 2000,
      ServiceVpcEnable: 'TRUE',
      VpcConfig: { Name: access },
    }),
  });
  by('CloudAPI', 'DeployApi', { GroupId, ApiId, StageName: 'RELEASE', Description: 'new' });
}

/** Runs until the end; `then` happens once, after the first event for which `when` holds. */
export async function during(
  events: AsyncGenerator<MoveEvent, MoveResult, undefined>,
  when: (event: MoveEvent) => boolean,
  then: () => unknown,
): Promise<MoveResult> {
  for (let isDone = false; ;) {
    const next = await events.next();
    if (next.done === true) return next.value;
    if (isDone || !when(next.value)) continue;
    isDone = true;
    await then();
  }
}
