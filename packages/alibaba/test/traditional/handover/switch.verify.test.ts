import { memoryJournal } from '@postern/core/internal/library';
import {
  handoverStatus,
  switchHandover,
  type HandoverSwitchDriver,
  type ResolveName,
  watchByCloud,
  type Witness,
} from '../../../src/traditional/handover/internal.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { PROVE } from '../../../../core/test/runs.js';
import { HOST } from './run-world.js';
import {
  callers,
  doSwitch,
  notDelivered,
  proofOf,
  recordsOf,
  rollBack,
  switchWorld,
  TTL,
  type SwitchWorld,
} from './switch-world.js';

let world: SwitchWorld;
beforeAll(async () => {
  world = await switchWorld();
});

/** The world after everything was built, and before any record was changed. */
function fresh(): SwitchWorld {
  world.simulation.load(world.built);
  return world;
}

const status = (journal = memoryJournal()) =>
  handoverStatus(world.handover, world.driver, { context: world.ctx, journal });

/** Where calls of one path go: the part that the target gets. */
async function shareOfTarget(count: number): Promise<number> {
  const { simulation, gatewayId } = world;
  simulation.traffic.resetCounters();
  for (let at = 0; at < count; at += 1) await simulation.traffic.call({ host: HOST, path: '/carts' });
  const rows = simulation.traffic.counters().by;
  return rows.filter(({ gateway }) => gateway === gatewayId).reduce((sum, { calls }) => sum + calls, 0) / count;
}

describe('the switch of a hand-over', () => {
  it('moves callers by weights, one TTL each, and loses no call of any resolver', async () => {
    const { simulation } = fresh();
    const loads = callers(world, 600);
    const shares: number[] = [];
    const watch = async (at: { readonly share: number }): Promise<Witness> => {
      shares.push(at.share);
      return { classic: { errorShare: 0 }, target: { errorShare: 0 } };
    };
    const { result, events } = await doSwitch(world, { watch });
    expect(result).toMatchObject({
      state: 'switched',
      failures: [],
      notes: [],
      stages: [{ records: [{ share: 100 }] }],
    });
    expect(shares).toEqual([0, 1, 10, 50, 100]);
    expect(events.filter(({ type }) => type === 'switch.judged')).toHaveLength(4);
    await simulation.advance(600_000);
    expect(loads.map((load) => load.status().calls)).toEqual([600, 600, 600]);
    expect(notDelivered(loads)).toBe(0);
    expect(await shareOfTarget(20)).toBe(1);
    expect(await status()).toMatchObject({ phase: 'switched', stages: [{ records: [{ share: 100 }], missing: [] }] });
  });

  it('waits a TTL at each weight, in whose proportion calls come to the target', async () => {
    const { simulation } = fresh();
    const seen: (readonly [number, number, number])[] = [];
    const begun = simulation.clock.now();
    await doSwitch(world, {
      watch: async ({ share }) => {
        seen.push([share, (simulation.clock.now() - begun) / 1_000, await shareOfTarget(200)]);
        return { classic: { errorShare: 0 }, target: { errorShare: 0 } };
      },
    });
    for (const [at, [share, seconds, part]] of seen.entries()) {
      expect(seconds).toBeGreaterThanOrEqual(at * TTL);
      expect(Math.abs(part - share / 100), `${share} %`).toBeLessThan(0.1);
    }
  });

  it.each([
    ['shows the connections of the target, which rise with its share', undefined],
    ['goes on without figures of the target where they may not be read', 'deny'],
  ] as const)('%s', async (_what, fault) => {
    const { simulation, handover, driver, ctx } = fresh();
    if (fault) simulation.faults.add({ service: 'cms', operation: 'DescribeMetricList', kind: fault });
    const loads = callers(world, 900);
    const byCloud = watchByCloud(handover, driver, { context: ctx });
    const seen: Witness[] = [];
    const { result, events } = await doSwitch(world, {
      watch: async (at, signal) => {
        const counted = await byCloud(at, signal);
        seen.push(counted);
        return { classic: { ...counted.classic, errorShare: 0 }, target: { ...counted.target, errorShare: 0 } };
      },
    });
    expect([result.state, notDelivered(loads)]).toEqual(['switched', 0]);
    expect(seen.map(({ classic }) => typeof classic.qps)).toEqual(Array(5).fill('number'));
    const judged = events.flatMap((one) => (one.type === 'switch.judged' ? [one.judged.message] : []));
    if (fault) {
      expect(seen.map(({ target }) => JSON.stringify(target))).toEqual(Array(5).fill('{}'));
      expect(judged.join()).not.toContain('connections');
      return;
    }
    const open = seen.map(({ target }) => target.connections ?? -1);
    expect([open[0], Math.max(...open)]).toEqual([0, open.at(-1)]);
    expect(open.at(-1)).toBeGreaterThan(10);
    expect(judged.at(-1)).toContain(`; ${open.at(-1)} open connections of the target`);
    // Without a data point nothing is known.
    expect(await driver.figures.target('gw-none', simulation.clock.now(), ctx)).toEqual({});
  });

  it.each([
    ['the error share of the target rises', { errorShare: 0.2 }, 'switched-back', ['VERIFICATION_FAILED']],
    ['the error share of the target is not known', {}, 'waiting', []],
  ])('goes no further where %s', async (_what, target, state, codes) => {
    const { simulation } = fresh();
    const loads = callers(world, 300);
    const before = recordsOf(world);
    const watch = ({ share }: { readonly share: number }): Promise<Witness> =>
      Promise.resolve({ classic: { errorShare: 0 }, target: share < 10 ? { errorShare: 0 } : target });
    const { result, journal } = await doSwitch(world, { watch });
    expect(result).toMatchObject({ state, stages: [{ records: [{ share: state === 'waiting' ? 10 : 0 }] }] });
    expect(result.failures.map(({ code }) => code)).toEqual(codes);
    if (state === 'switched-back') expect(recordsOf(world)).toEqual(before);
    else {
      expect(await status(journal)).toMatchObject({
        phase: 'switching',
        last: { command: 'handover switch', state: 'waiting' },
        stages: [{ records: [{ share: 10 }] }],
      });
      const { result: gone, events } = await doSwitch(world, { watch, journal, acceptUnwatched: true });
      expect(gone.state).toBe('switched');
      const judged = events.flatMap((one) => (one.type === 'switch.judged' ? [one.judged] : []));
      expect(judged.map(({ share, verdict }) => `${share} ${verdict}`)).toEqual([
        '10 unknown',
        '50 unknown',
        '100 unknown',
      ]);
    }
    await simulation.advance(300_000);
    expect(notDelivered(loads)).toBe(0);
  });

  it('changes an A record in one step, and back', async () => {
    const { call, recordId } = fresh();
    const A = { RecordId: recordId, RR: 'api', Type: 'A', Value: '47.97.1.2', TTL };
    call('Alidns', 'UpdateDomainRecord', A);
    const { result, journal } = await doSwitch(world);
    expect(result).toMatchObject({ state: 'switched', stages: [{ records: [{ way: 'one-step' }] }] });
    expect(recordsOf(world)).toEqual([expect.stringMatching(/^api CNAME env-\S+ ENABLE$/)]);
    expect((await rollBack(world, journal)).result.state).toBe('rolled-back');
    expect(recordsOf(world)).toEqual(['api A 47.97.1.2 ENABLE']);
  });

  it.runIf(PROVE)('changes the record in one step where weights are refused', async () => {
    const { driver } = fresh();
    const { dns } = driver;
    const refusing: HandoverSwitchDriver = {
      ...driver,
      dns: {
        ...dns,
        setWeighted: (records, isOn, ctx) => dns.setWeighted({ ...records, name: `x.${records.name}` }, isOn, ctx),
      },
    };
    const { result } = await doSwitch({ ...world, driver: refusing });
    expect(result).toMatchObject({
      state: 'switched',
      notes: [expect.stringContaining('in one step')],
      stages: [{ records: [{ way: 'one-step', share: 100 }] }],
    });
    expect(recordsOf(world)).toEqual([expect.stringMatching(/^api CNAME env-\S+ ENABLE$/)]);
    expect((await rollBack(world)).result.state).toBe('rolled-back'); // without the journal, by the plan
    expect(recordsOf(world)).toEqual([`api CNAME ${world.former} ENABLE`]);
  });

  it.each([
    ['the old record leads elsewhere', { Value: 'elsewhere.example.net' }],
    ['the record has another weight', { Weight: 30 }],
  ])('refuses records that were edited in between: %s', async (_what, change) => {
    const { call, recordId } = fresh();
    const edits = (): void => {
      if ('Weight' in change) call('Alidns', 'UpdateDNSSLBWeight', { RecordId: recordId, ...change });
      else call('Alidns', 'UpdateDomainRecord', { RecordId: recordId, RR: 'api', Type: 'CNAME', TTL, ...change });
    };
    const { result } = await doSwitch(world, {
      watch: ({ share }) => {
        if (share === 10) edits();
        return Promise.resolve({ classic: { errorShare: 0 }, target: { errorShare: 0 } });
      },
    });
    expect(result).toMatchObject({
      state: 'failed',
      failures: [{ code: 'WORLD_MOVED', message: expect.stringMatching(/edited/) }],
    });
    if ('Weight' in change) expect((await rollBack(world)).result.state).toBe('rolled-back');
  });

  it('refuses a record that does not lead to the group before it begins', async () => {
    const { call, recordId } = fresh();
    call('Alidns', 'UpdateDomainRecord', {
      RecordId: recordId,
      RR: 'api',
      Type: 'CNAME',
      Value: 'cdn.example.net',
      TTL,
    });
    expect((await doSwitch(world)).result).toMatchObject({ state: 'failed', failures: [{ code: 'WORLD_MOVED' }] });
    expect(recordsOf(world)).toEqual(['api CNAME cdn.example.net ENABLE']);
  });

  it('names the record of a foreign DNS, and waits until every resolver shows it', async () => {
    fresh();
    const { driver } = world;
    const foreign: HandoverSwitchDriver = {
      ...driver,
      dns: { ...driver.dns, records: () => Promise.resolve(undefined) },
    };
    const at = { ...world, driver: foreign };
    const said = await doSwitch(at);
    expect(said.result).toMatchObject({ state: 'waiting', stages: [{ records: [{ way: 'by-hand', share: 0 }] }] });
    const wanted = said.events.find(({ type }) => type === 'record.wanted');
    expect(wanted).toMatchObject({ record: { name: HOST, type: 'CNAME', value: expect.stringMatching(/^env-/) } });
    let asked = 0;
    const resolve: ResolveName = () => {
      asked += 1;
      const target = (wanted as { readonly record: { readonly value: string } }).record.value;
      const show = (isNew: boolean) => [isNew ? `${target}.` : world.former];
      return Promise.resolve([
        { resolver: 'one', values: show(asked > 1) },
        { resolver: 'two', values: show(asked > 3) },
      ]);
    };
    const { result } = await doSwitch(at, { resolve });
    expect(result).toMatchObject({ state: 'switched', stages: [{ records: [{ way: 'by-hand', share: 100 }] }] });
    expect(asked).toBe(4);
  });

  it('loses calls where DNS is changed before the routes are published: the witness sees it, and they return', async () => {
    const { call, simulation, driver } = fresh();
    const { httpApiId } = call('APIG', 'ListHttpApis', {}).items[0].versionedHttpApis[0];
    for (const { routeId } of call('APIG', 'ListHttpApiRoutes', { httpApiId }).items) {
      call('APIG', 'UndeployHttpApi', { httpApiId, routeId });
    }
    await simulation.advance(60_000);
    const blind: HandoverSwitchDriver = {
      ...driver,
      find: async (object, place, ctx) =>
        object.kind === 'publication' || object.kind === 'authorization'
          ? { id: 'none', differs: [], isOurs: true }
          : driver.find(object, place, ctx),
    };
    const loads = callers(world, 900);
    simulation.traffic.resetCounters();
    const counted = (): Witness => {
      const rows = simulation.traffic.counters().by.filter(({ gateway }) => gateway === world.gatewayId);
      const all = rows.reduce((sum, { calls }) => sum + calls, 0);
      const failed = rows.reduce((sum, { calls, outcome }) => sum + (outcome === 'delivered' ? 0 : calls), 0);
      return { classic: { errorShare: 0 }, target: { errorShare: all === 0 ? 0 : failed / all } };
    };
    const { result } = await doSwitch({ ...world, driver: blind }, { watch: () => Promise.resolve(counted()) });
    expect(result).toMatchObject({ state: 'switched-back' });
    const lost = notDelivered(loads);
    expect(lost).toBeGreaterThan(0);
    await simulation.advance(2 * TTL * 1_000);
    const later = notDelivered(loads);
    await simulation.advance(300_000);
    expect(notDelivered(loads)).toBe(later);
  });

  it('refuses a proof of another plan, one that is not ready, no witness, an old plan, and what is no longer built', async () => {
    const { call, handover, driver, ctx, simulation } = fresh();
    const options = { context: ctx, journal: memoryJournal() };
    const refused = (proof: ReturnType<typeof proofOf>, more: object = { acceptUnwatched: true }) =>
      expect(switchHandover(handover, driver, proof, { ...options, ...more }).next()).rejects;
    await refused({ ...proofOf(handover), fingerprint: 'other' }).toMatchObject({ code: 'INVALID_INPUT' });
    await refused(proofOf(handover, false)).toMatchObject({ code: 'FINDINGS_FAILED' });
    await refused(proofOf(handover), {}).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(/unknown/),
    });
    for (const { httpApiId } of call('APIG', 'ListHttpApis', {}).items.map((one: any) => one.versionedHttpApis[0])) {
      const [route] = call('APIG', 'ListHttpApiRoutes', { httpApiId }).items;
      call('APIG', 'UndeployHttpApi', { httpApiId, routeId: route.routeId });
    }
    await simulation.advance(60_000);
    await refused(proofOf(handover)).toMatchObject({
      code: 'FINDINGS_FAILED',
      message: expect.stringMatching(/publication/),
    });
    await simulation.advance(7 * 86_400_000);
    await refused(proofOf(handover)).toMatchObject({ code: 'WORLD_MOVED' });
    expect(recordsOf(world)).toHaveLength(1);
  });
});
