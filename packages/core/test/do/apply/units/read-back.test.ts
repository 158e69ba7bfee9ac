import { describe, expect, it } from 'vitest';
import { lanes } from '../../../../src/do/apply/run.js';
import { readBack, readBackAll } from '../../../../src/do/apply/units/read-back.js';
import { makeRoute } from '../../../../src/do/apply/units/write-route.js';
import type { Route, RouteRequest } from '../../../../src/do/model/route.js';
import { OWN, routeOf } from '../../plan/removal/owned.js';
import { outcomeOf, cloudError, inTurn, planStep, unitScene } from './scene.js';

const STEP = planStep('retarget GET /a', 'retarget', 'route', {});
const requestFor = (key: string, fields: Partial<RouteRequest> = {}): RouteRequest => ({
  gateway: { kind: 'http-api', id: 'api-1' },
  key,
  link: { kind: 'vpc-link-v2', id: 'l-1' },
  owner: OWN,
  use: { target: { kind: 'listener', id: 't-1', raw: null }, path: 'overwrite' },
  ...fields,
});
const written = (key: string) => ({ request: requestFor(key), id: `id of ${key}` });
const shown = (key = 'GET /a', fields: Partial<Route> = {}): Route =>
  routeOf(OWN, { key, path: 'overwrite', ...fields });
const EXISTS = cloudError('ALREADY_EXISTS', { status: 409 });
const OLD = shown('GET /a', { linkId: 'l-0' });

describe('a route that was written is read', () => {
  const read = async (find: () => Promise<Route | undefined>, stalenessMs = 5_000, abortAt?: string) => {
    const scene = unitScene({
      traits: { stalenessMs },
      routes: { find },
      ...(abortAt === undefined ? {} : { abortAt }),
    });
    return { outcome: await outcomeOf(readBack(STEP, scene.tools, written('GET /a'))), ...scene };
  };

  it('once where it shows the change', async () => {
    const { outcome, log, steps } = await read(async () => shown());
    expect(outcome).toEqual({ ok: true, value: undefined });
    expect(log).toEqual(['routes.find']);
    expect(steps).toMatchObject([{ id: 'retarget GET /a: read back', part: undefined }]);
  });

  it('again at growing distances until it does', async () => {
    const { outcome, log, steps } = await read(inTurn<Route | undefined>(undefined, OLD, shown()));
    expect(outcome).toEqual({ ok: true, value: undefined });
    expect(log).toEqual([
      'routes.find',
      'retarget GET /a: read back: sleep 1: 1000',
      'routes.find',
      'retarget GET /a: read back: sleep 2: 2000',
      'routes.find',
    ]);
    expect(steps.map(({ part }) => part)).toEqual([undefined, 'read 2', 'read 3']);
  });

  it('until lists must show the change; then its outcome is unknown, with the difference', async () => {
    const old = await read(async () => OLD);
    expect(old.log.filter((one) => /sleep/.test(one)).map((one) => Number(one.split(': ').at(-1)))).toEqual([
      1_000, 2_000, 2_000,
    ]);
    expect(old.outcome).toMatchObject({
      ok: false,
      error: {
        code: 'OUTCOME_UNKNOWN',
        outcomeUnknown: true,
        operation: 'find route',
        message: expect.stringContaining('l-0'),
      },
    });
    const none = await read(async () => undefined, 0);
    expect(none.log).toEqual(['routes.find']);
    expect(none.outcome).toMatchObject({
      error: { code: 'WORLD_MOVED', message: expect.stringContaining('it is not listed') },
    });
  });

  it('until a read fails, or the run is aborted', async () => {
    const failed = await read(inTurn<Route>(cloudError('PERMISSION_DENIED')));
    expect(failed).toMatchObject({
      outcome: { ok: false, error: { code: 'PERMISSION_DENIED' } },
      log: ['routes.find'],
    });
    const aborted = await read(async () => OLD, 5_000, 'retarget GET /a: read back: sleep 1');
    expect(aborted).toMatchObject({ outcome: { ok: false, error: { code: 'ABORTED' } }, log: ['routes.find'] });
  });
});

describe('all routes that were written are read', () => {
  const readAll = async (
    routes: readonly ReturnType<typeof written>[],
    lists: (() => Promise<readonly Route[]>) | undefined,
  ) => {
    const scene = unitScene({
      traits: { stalenessMs: 1_000 },
      routes: { list: lists, find: async () => shown() } as never,
    });
    return { outcome: await outcomeOf(readBackAll(STEP, scene.tools, routes)), log: scene.log };
  };
  const both = [written('GET /a'), written('GET /b')];

  it('with one list, which must show each', async () => {
    expect(await readAll(both, async () => [shown('GET /b'), shown()])).toEqual({
      outcome: { ok: true, value: undefined },
      log: ['routes.list'],
    });
    const { outcome, log } = await readAll(both, async () => [shown()]);
    expect(outcome).toMatchObject({ error: { message: expect.stringMatching(/route GET \/b .*not listed/) } });
    expect(log).toHaveLength(3);
  });

  it('by its ID where there is one', async () => {
    expect(await readAll([written('GET /a')], async () => [])).toEqual({
      outcome: { ok: true, value: undefined },
      log: ['routes.find'],
    });
  });

  it('with one list for integrations that wait for the gateway, as it was after the last write', async () => {
    const list = async () => [shown(), shown('GET /b')];
    const { tools, log, steps } = unitScene({ traits: { stalenessMs: 1_000 }, routes: { list } as never });
    const lane = lanes();
    const run: typeof tools.run = {
      ...tools.run,
      step: (id, effect, how = {}) => lane.run(how.exclusive, () => tools.run.step(id, effect, how)),
    };
    const read = () => outcomeOf(readBackAll(STEP, { ...tools, run }, both));
    // The first reads at once, before the others ask.
    expect((await Promise.all([read(), read(), read(), read()])).every(({ ok }) => ok)).toBe(true);
    expect(log).toHaveLength(2);
    await read();
    expect(log).toHaveLength(3);
    expect(steps.map(({ exclusive }) => exclusive)).toEqual(Array.from({ length: 5 }, () => 'http-api api-1'));
  });

  it('where there are any, and the adapter has a list', async () => {
    const nothing = { outcome: { ok: true, value: undefined }, log: [] };
    expect(await readAll([], async () => [])).toEqual(nothing);
    expect(await readAll(both, undefined)).toEqual(nothing);
  });
});

describe('the creation of a route', () => {
  const made = async (find: () => Promise<Route | undefined>, create: () => Promise<Route>) => {
    const updates: unknown[] = [];
    const scene = unitScene({
      traits: { stalenessMs: 2_000 },
      routes: { find, create, update: async (by) => (updates.push(by), shown()) },
    });
    return { outcome: await outcomeOf(makeRoute(STEP, scene.tools, requestFor('GET /a'))), updates, ...scene };
  };

  it('is complete where the route matches the request', async () => {
    const done = { outcome: { ok: true, value: { routeId: 'r-1' } }, updates: [] };
    expect(await made(async () => undefined, inTurn<Route>(shown()))).toMatchObject({
      ...done,
      log: ['routes.create'],
    });
    const one = await made(async () => shown(), inTurn<Route>(EXISTS));
    expect(one).toMatchObject({ ...done, log: ['routes.create', 'routes.find'] });
  });

  it('is looked for until lists must show the route that the service refuses to create again', async () => {
    const late = await made(inTurn<Route | undefined>(undefined, undefined, shown()), inTurn<Route>(EXISTS));
    expect(late.outcome).toEqual({ ok: true, value: { routeId: 'r-1' } });
    expect(late.log.filter((one) => one.startsWith('routes'))).toEqual([
      'routes.create',
      ...Array.from({ length: 3 }, () => 'routes.find'),
    ]);
    const never = await made(async () => undefined, inTurn<Route>(EXISTS));
    expect(never.outcome).toMatchObject({ ok: false, error: { code: 'ALREADY_EXISTS' } });
    expect(never.log.filter((one) => one === 'routes.create')).toHaveLength(1);
  });

  it('is completed where it differs', async () => {
    const { updates } = await made(async () => OLD, inTurn<Route>(EXISTS));
    expect(updates).toEqual([{ id: 'r-1' }]);
  });

  it('reports what is repeated', async () => {
    const busy = cloudError('CONFLICT', { retryable: true, status: 409 });
    const { told, outcome } = await made(async () => undefined, inTurn<Route>(busy, shown()));
    expect(outcome.ok).toBe(true);
    expect(told).toEqual([expect.stringMatching(/^retried retarget GET \/a: .*trying again.*"attempt":2/)]);
  });

  it('ends where the missing part was tried as often as allowed', async () => {
    const lost = Object.assign(cloudError('THROTTLED', { retryable: true, outcomeUnknown: true }), { exhausted: true });
    const { outcome, updates } = await made(async () => OLD, inTurn<Route>(lost));
    expect(outcome).toMatchObject({ ok: false, error: { code: 'THROTTLED', exhausted: true } });
    expect(updates).toEqual([]);
  });
});
