import { expect, it } from 'vitest';
import { PROVE } from '../../../../core/test/runs.js';
import { carryOut, runWorld, type RunWorld } from './run-world.js';
import { definition, publish } from './shop.js';

/** What a run waits with: it is repeated until a gateway is running or a route is published. */
const POLL = /^(?:GetGateway|GetHttpApiRoute)$/;

/** APIs that need the most: each is signed by two apps, has another path and a timeout at the backend, and a constant header. */
function publishMore({ cloud, call, groupId }: RunWorld, count: number): void {
  const apps = ['mobile', 'desktop'].map(
    (AppName, at) => call('CloudAPI', 'CreateApp', { AppName, AppKey: `20400001${at}`, AppSecret: `s-${at}` }).AppId,
  );
  const vpc = { ServiceVpcEnable: 'TRUE', VpcConfig: { Name: 'orders-vpc', VpcScheme: 'HTTP' } };
  const constant = [{ ServiceParameterName: 'x-tenant', ConstantValue: 'main', Location: 'HEAD' }];
  for (let at = 0; at < count; at += 1) {
    const service = { ...vpc, ServicePath: `/v2/many/${at}` };
    const made = definition(`/many/${at}`, service, { ConstantParameters: JSON.stringify(constant) });
    const authorities = { GroupId: groupId, ApiId: publish(cloud, made), StageName: 'RELEASE', AppIds: apps.join(',') };
    call('CloudAPI', 'SetAppsAuthorities', authorities);
  }
}

/** The calls of two runs of a group with so many APIs more, beside polls: those that read the group again, and those that build. */
async function callsOf(count: number) {
  const world = await runWorld({ throttle: false });
  publishMore(world, count);
  const plan = await world.plan();
  const calls = async () => {
    const from = world.simulation.journal().length;
    const startedMs = world.simulation.clock.now();
    expect((await carryOut(world, plan)).result).toMatchObject({ state: 'built', failures: [] });
    const all = world.simulation.journal().slice(from);
    const first = all.findIndex(({ service }) => service === 'apig');
    const building = all.slice(first).filter(({ operation }) => !POLL.test(operation)).length;
    const seconds = (world.simulation.clock.now() - startedMs) / 1_000;
    return { reading: first, building, polls: all.length - first - building, seconds };
  };
  const first = await calls();
  await world.simulation.advance(60_000);
  return { first, again: await calls() };
}

it('makes six calls at most for each API, one where it was built before, and waits for all publications together', async () => {
  const count = PROVE ? 50 : 20;
  const [few, many] = [await callsOf(10), await callsOf(count)];
  const perApi = (what: 'reading' | 'building', run: 'first' | 'again'): number =>
    (many[run][what] - few[run][what]) / (count - 10);
  expect(perApi('building', 'first')).toBeLessThanOrEqual(6);
  expect(perApi('building', 'again')).toBeLessThanOrEqual(1);
  expect(perApi('reading', 'first')).toBeLessThanOrEqual(3);
  // Of the stage: its gateway, services, domains and consumers.
  expect(few.first.building - 10 * perApi('building', 'first')).toBeLessThanOrEqual(50);
  expect(many.first.seconds).toBeLessThanOrEqual(few.first.seconds + 4);
});
