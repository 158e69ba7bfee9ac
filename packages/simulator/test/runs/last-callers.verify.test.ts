import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import { alibaba } from '@postern/alibaba';
import {
  createContext,
  driversOf,
  memoryJournal,
  type Journal,
  type RunEvent,
  type Spec,
} from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import { Moves } from '@postern/core/internal/moves';
import { apply, diff, observeSpec, planDestroy } from '@postern/core/internal/plan';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/index.js';
import {
  AB,
  AC,
  givenLink,
  integration,
  link,
  ORDERS,
  spec,
  type Lines,
} from '../../../testing/test/harness/scenarios/alibaba/lines.js';
import { alibabaShop, REGION } from '../../../testing/test/harness/scenarios/alibaba/shop.js';
import { assume } from '../moves/scene.js';

const HOUR = 3_600_000;
const cn = link('cn', AB);
const orders = integration('orders', 'cn', ORDERS);

/** A shop of Alibaba Cloud, and how machines work on it: each with a journal of its own. */
async function shopOf(hasInstance = false) {
  const simulation = simulate({ seed: 7, throttle: false, clock: 'auto' });
  const shop = await alibabaShop(simulation, { hasInstance });
  const driver = alibaba({ region: REGION, api: simulation.alibaba(REGION) });
  const drivers = driversOf(driver);
  const context = createContext({ clock: simulation.clock, random: () => 0.5 });
  const run = async (wanted: Spec, { goal = 'apply', kept = false, journal = memoryJournal() }: Run = {}) => {
    const options = { all: true, deleteInstances: !kept };
    const snapshot = await observeSpec(wanted, drivers, context, { all: true, checks: true, plan: options });
    const plan =
      goal === 'apply'
        ? diff(snapshot, wanted, { clouds: CLOUDS, ...options })
        : planDestroy(snapshot, wanted, { clouds: CLOUDS, ...options });
    const events: RunEvent[] = [];
    const how = { spec: wanted, drivers, context, journal, allowPurchase: true, ignoreFindings: ['*'], maxDeletes: 99 };
    for await (const event of apply(plan, { judge, ...how, deleteAllRoutes: true })) events.push(event);
    expect(events.filter(({ type }) => type === 'step.failed')).toEqual([]);
    return events.flatMap((one) => (one.message?.startsWith('waits ') === true ? [one.message] : []));
  };
  return {
    simulation,
    shop,
    driver,
    context,
    run,
    specOf: (lines: Lines): Spec => parseSpec(lines(shop)),
    /** Two calls in a second of the first group, or of another one. */
    load: (group = shop.groups[0], path = '/orders') =>
      simulation.traffic.load({
        gateway: `${group}-${REGION}.alicloudapi.com`,
        paths: [path],
        perSecond: 2,
        seconds: 0,
      }),
    instances: (): readonly string[] =>
      (
        simulation.callAlibaba({ product: 'CloudAPI', action: 'DescribeInstances', region: REGION }, {}) as any
      ).Instances.InstanceAttribute.filter((one: any) => one.InstanceType === 'VPC_DEDICATED').map(
        (one: any) => one.InstanceId,
      ),
  };
}

interface Run {
  readonly goal?: 'apply' | 'destroy';
  /** Without consent to delete instances. */
  readonly kept?: boolean;
  readonly journal?: Journal;
}

/** A load balancer with a server in a vSwitch that no instance is in: an instance reaches it by its allowlist only. */
function farBalancer({ simulation, shop }: Awaited<ReturnType<typeof shopOf>>): string {
  const call = (product: 'Vpc' | 'Ecs' | 'Slb', action: string, input: Readonly<Record<string, unknown>>): any =>
    simulation.callAlibaba({ product, action, region: REGION }, input);
  const [SubnetId] = shop.subnets;
  const { VpcId } = call('Vpc', 'DescribeVSwitches', { VSwitchId: SubnetId }).VSwitches.VSwitch[0];
  const at = { VpcId, CidrBlock: '10.0.9.0/24', ZoneId: `${REGION}-j` };
  const { VSwitchId } = call('Vpc', 'CreateVSwitch', at);
  const [server] = call('Ecs', 'RunInstances', {
    Amount: 1,
    ImageId: 'ubuntu_24_04_x64_20G_alibase_20260101.vhd',
    InstanceType: 'ecs.g7.large',
    VSwitchId,
    SecurityGroupId: shop.securityGroup,
  }).InstanceIdSets.InstanceIdSet;
  const created = { LoadBalancerName: 'far', AddressType: 'intranet', VSwitchId };
  const { LoadBalancerId } = call('Slb', 'CreateLoadBalancer', created);
  call('Slb', 'AddBackendServers', { LoadBalancerId, BackendServers: JSON.stringify([{ ServerId: server }]) });
  call('Slb', 'CreateLoadBalancerTCPListener', {
    LoadBalancerId,
    ListenerPort: 80,
    BackendServerPort: 80,
    Bandwidth: -1,
  });
  call('Slb', 'StartLoadBalancerListener', { LoadBalancerId, ListenerPort: 80 });
  return LoadBalancerId as string;
}

/** The end of calls, and what came of them. */
async function ended({ simulation }: Awaited<ReturnType<typeof shopOf>>, load: { end: () => void; status: () => any }) {
  await simulation.advance(20 * 60_000);
  load.end();
  await simulation.advance(120_000);
  const { lost, delivered } = load.status();
  expect(delivered).toBeGreaterThan(1_000);
  return lost as number;
}

describe('calls by a name that DNS resolves to the former instance', () => {
  it('are not lost where its allowlist is narrowed', async () => {
    const world = await shopOf();
    const { run, load, simulation } = world;
    const far = farBalancer(world);
    const [wide, narrow] = ['10.0.8.0/24, 10.0.9.0/24', '10.0.8.0/24'];
    const second = link('second', AC, { allowlist: '10.0.9.0/24' });
    const leading = (list: string, on: string) =>
      parseSpec(
        spec(
          [link('cn', AB, { allowlist: list }), second],
          [integration('orders', on, ORDERS)],
        )({ ...world.shop, balancers: [far, far] }),
      );
    await run(leading(wide, 'cn'));
    await simulation.advance(HOUR);
    const calls = load();
    await simulation.advance(60_000);
    const [waits] = await run(leading(narrow, 'second'));
    expect(await ended(world, calls)).toBe(0);
    expect(waits).toBe('waits 10 min 30 s for calls in flight');
  });

  it('are not lost where a second machine deletes it, whose journal is hours old', async () => {
    const world = await shopOf();
    const { run, specOf, load, simulation, instances } = world;
    const [first, second] = [memoryJournal(), memoryJournal()];
    await run(specOf(spec([cn], [orders])), { journal: first });
    await simulation.advance(HOUR);
    const calls = load();
    await simulation.advance(60_000);
    const replaced = specOf(spec([link('cn', AC)], [orders]));
    await run(replaced, { journal: second, kept: true });
    expect(instances()).toHaveLength(2);
    await run(replaced, { journal: first });
    expect(instances()).toHaveLength(1);
    expect(await ended(world, calls)).toBe(0);
  });

  it('are known to be over by the mark of the instance that was kept, for any machine', async () => {
    const world = await shopOf();
    const { run, specOf, simulation, instances } = world;
    await run(specOf(spec([cn], [orders])));
    const replaced = specOf(spec([link('cn', AC)], [orders]));
    await run(replaced, { kept: true });
    await simulation.advance(HOUR / 2);
    expect(await run(replaced)).toEqual([]);
    expect(instances()).toHaveLength(1);
  });

  it('are waited for again where callers came back to the instance that was kept', async () => {
    const world = await shopOf();
    const { run, specOf, simulation, driver, context } = world;
    const [before, after] = [specOf(spec([cn, link('b', AC)], [orders])), [cn, link('b', AC)]];
    const moved = specOf(spec(after, [integration('orders', 'b', ORDERS)]));
    await run(before);
    await run(moved);
    const marks = async () => {
      const { links } = await driver.observe({ all: true }, context);
      return links.flatMap(({ tags, owner }) => ('postern:unused-since' in tags ? [owner?.integration] : []));
    };
    expect(await marks()).toEqual(['cn']);
    await simulation.advance(HOUR / 2);
    await run(before);
    expect(await marks()).toEqual(['b']);
  });

  it('are not lost where a project is removed whose instance another project has left', async () => {
    const world = await shopOf();
    const { run, specOf, load, simulation, instances, shop } = world;
    await run(specOf(spec([cn], [orders])));
    const [id = ''] = instances();
    const others = (lines: string) =>
      parseSpec(lines.replace('project: shop', 'project: other').replace('7f3k2q', 'b'));
    const bills = integration('bills', 'cn', "'GET /bills': t", { target: 1, group: 1 });
    const theirs = (one: Lines) => others(spec([one], [bills])({ ...shop, instance: id }));
    await run(theirs(givenLink('cn', ', owner: external')));
    await simulation.advance(HOUR);
    const calls = load(shop.groups[1], '/bills');
    await simulation.advance(60_000);
    await run(theirs(link('cn', AC)));
    await run(specOf(spec([cn], [orders])), { goal: 'destroy' });
    expect(instances()).not.toContain(id);
    expect(await ended(world, calls)).toBe(0);
  });

  it('are not lost where the spec names the instance that a move went to, right after it', async () => {
    const world = await shopOf(true);
    const { run, specOf, load, simulation, instances, shop, driver, context } = world;
    const journal = memoryJournal();
    await run(specOf(spec([cn], [orders])), { journal });
    const [from = ''] = instances().filter((id) => id !== shop.instance);
    await simulation.advance(HOUR);
    const calls = load();
    await simulation.advance(60_000);
    const moves = new Moves({ driver, context, journal: memoryJournal() });
    const accepted = { assume, accept: [{ check: '*' }] };
    const moving = moves.run(await moves.plan({ group: shop.groups[0], to: shop.instance }, accepted), accepted);
    let next = await moving.next();
    while (next.done !== true) next = await moving.next();
    expect(next.value).toMatchObject({ state: 'draining', failures: [] });
    await run(specOf(spec([givenLink('cn')], [orders])), { journal });
    expect(instances()).not.toContain(from);
    expect(await ended(world, calls)).toBe(0);
  });
});
