import {
  createContext,
  driversOf,
  memoryJournal,
  PrivateIntegrations,
  type Driver,
  type Journal,
} from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import {
  Moves,
  shiftRequest,
  type MoveEvent,
  type MoveResult,
  type RunMoveOptions,
  type ShiftOptions,
  type ShiftRequest,
} from '@postern/core/internal/moves';
import { observeSpec } from '@postern/core/internal/plan';
import type { CallGateway } from '@postern/core/internal/probe';
import { aws } from '@postern/aws';
import { httpShop } from '../../../aws/test/world/http-shop.js';
import { REGION } from '../../../aws/test/world/simulated.js';
import { runInstance } from '../aws/run-instance.js';
import type { Simulation } from '../../src/index.js';
import { machine, type Machine, type MachineOptions } from '../runs/machine.js';
import { CLOUDS } from '../../../core/test/clouds.js';

export const STEPS = [5, 25, 100];

/** What differs from the usual: a listener of an application load balancer with one group, and a healthy new group. */
export interface ShopOptions {
  readonly group?: Readonly<Record<string, unknown>>;
  /** Actions of the listener, from the ARN of its group. */
  readonly actions?: (blue: string) => readonly unknown[];
}

/** The shop with a second server in a target group `green`, which no listener uses. */
export async function shiftingShop({ group = {}, actions }: ShopOptions = {}) {
  const shop = await httpShop();
  const { simulation, call, open, specOf, contextOf } = shop;
  await shop.run(0, open);
  const elb = (operation: string, input: Record<string, unknown> = {}): any =>
    call('elasticloadbalancingv2', operation, input);
  const [subnet] = call('ec2', 'DescribeSubnets').Subnets;
  const [blue] = elb('DescribeTargetGroups').TargetGroups;
  const { PrivateIpAddress: Id } = runInstance((...ec2) => call('ec2', ...ec2), { SubnetId: subnet.SubnetId });
  const wanted = { Name: 'green', Protocol: 'HTTP', Port: 8080, VpcId: subnet.VpcId, TargetType: 'ip', ...group };
  const [green] = elb('CreateTargetGroup', wanted).TargetGroups;
  elb('RegisterTargets', { TargetGroupArn: green.TargetGroupArn, Targets: [{ Id }] });
  const [balancer] = elb('DescribeLoadBalancers').LoadBalancers;
  const [listener] = elb('DescribeListeners', { LoadBalancerArn: balancer.LoadBalancerArn }).Listeners;
  const { ListenerArn } = listener;
  if (actions) elb('ModifyListener', { ListenerArn, DefaultActions: actions(blue.TargetGroupArn) });
  await simulation.advance(120_000);
  const names = new Map([blue, green].map(({ TargetGroupArn, TargetGroupName }) => [TargetGroupArn, TargetGroupName]));
  const action = (): any =>
    elb('DescribeListeners', { ListenerArns: [ListenerArn] }).Listeners[0].DefaultActions.at(-1);
  /** `{ orders: 95, green: 5 }`. */
  const weights = (): Readonly<Record<string, number>> =>
    Object.fromEntries(
      action().ForwardConfig.TargetGroups.map(({ TargetGroupArn, Weight }: any) => [names.get(TargetGroupArn), Weight]),
    );
  const setWeights = (weights: Readonly<Record<string, number>>): void => {
    const TargetGroups = Object.entries(weights).map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight }));
    elb('ModifyListener', { ListenerArn, DefaultActions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }] });
  };
  const request = async (options: Partial<ShiftOptions> = {}) => {
    const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
    const snapshot = await observeSpec(specOf(0, open), driversOf(driver), contextOf(), { checks: true });
    return shiftRequest(snapshot, specOf(0, open), {
      clouds: CLOUDS,
      name: 'orders',
      to: 'green',
      steps: STEPS,
      ...options,
    });
  };
  const holder = () => Object.keys(weights()).join(' ');
  return {
    ...shop,
    driverOf: (by: Machine) => aws({ region: REGION, clients: by.clients(REGION) }),
    elb,
    blue: blue.TargetGroupArn as string,
    green: green.TargetGroupArn as string,
    greenAddress: Id as string,
    vpcId: subnet.VpcId as string,
    subnetId: subnet.SubnetId as string,
    listener: ListenerArn as string,
    spec: specOf(0, open),
    action,
    weights,
    setWeights,
    exchange: () => Promise.resolve(setWeights({ [green.TargetGroupArn]: 1 })),
    request,
    traffic: { gateway: shop.host, paths: ['/orders'] },
    nextRequest: () => request({ to: holder() === 'orders' ? 'green' : 'orders' }),
    holder: () => Promise.resolve(holder()),
  };
}

export type ShiftingShop = Awaited<ReturnType<typeof shiftingShop>>;

/** A world whose calls are shifted, whatever shares them. */
export interface ShiftingWorld {
  readonly simulation: Simulation;
  readonly driverOf: (by: Machine) => Driver;
  readonly callGateway: CallGateway;
  readonly traffic: Omit<Parameters<Simulation['traffic']['load']>[0], 'perSecond' | 'seconds'>;
  /** Of a shift from what has all calls to something else. */
  readonly nextRequest: () => Promise<ShiftRequest>;
  /** What has all calls; other text while they are shared. */
  readonly holder: () => Promise<string>;
}

/** A world, and what of it may be deleted by hand. What the cloud refuses to delete stays. */
export interface Breakable {
  readonly world: ShiftingWorld;
  readonly gone: Readonly<Record<string, () => unknown>>;
}

/** A process that shifts. */
export function worker(
  { simulation, driverOf }: Pick<ShiftingWorld, 'simulation' | 'driverOf'>,
  options: Partial<MachineOptions> & { readonly wrap?: (driver: Driver) => Driver; readonly journal?: Journal } = {},
) {
  const { wrap = (driver: Driver) => driver, journal = memoryJournal(), ...rest } = options;
  const by = machine(simulation, { random: () => 0.5, journal, ...rest });
  const driver = wrap(driverOf(by));
  const context = createContext({ clock: by.clock, random: by.random });
  const gate = new PrivateIntegrations(driver, { ...context, project: 'none', journal: by.journal, judge });
  return { by, journal, moves: new Moves(gate) };
}

/** All events of a command, and its result. */
export async function ended(events: AsyncGenerator<MoveEvent, MoveResult, undefined>) {
  const seen: MoveEvent[] = [];
  for (;;) {
    const next = await events.next();
    if (next.done === true) return { events: seen, result: next.value };
    seen.push(next.value);
  }
}

/** Plans and runs a shift. */
export async function shifted(
  shop: { readonly callGateway: CallGateway; readonly request: () => Promise<ShiftRequest> },
  process: ReturnType<typeof worker>,
  how: RunMoveOptions = {},
) {
  const plan = await process.moves.plan(await shop.request());
  return ended(process.moves.run(plan, { callGateway: shop.callGateway, ...how }));
}

/** Calls until it is ended: how many were lost. */
export function loadOf({ simulation, traffic }: Pick<ShiftingWorld, 'simulation' | 'traffic'>) {
  const job = simulation.traffic.load({ ...traffic, perSecond: 10, seconds: 0 });
  return async (): Promise<number> => {
    await simulation.advance(60_000);
    job.end();
    return job.status().lost;
  };
}
