import type { TestCallDriver } from '../../../../src/do/abilities.js';
import { describe, expect, it } from 'vitest';
import {
  callByTemporaryRoute,
  deleteTemporaryRoute,
  openRoute,
  testByTemporaryRoute,
} from '../../../../src/do/apply/units/temporary-route.js';
import type { CallContext } from '../../../../src/ground/calls/call-context.js';
import type { Driver } from '../../../../src/do/driver.js';
import type { Route, RouteRequest } from '../../../../src/do/model/route.js';
import type { TestCall, TestCallAnswer } from '../../../../src/do/model/reference.js';
import type { GatewayAnswer, GatewayCall } from '../../../../src/do/probe/call-gateway.js';
import type { OpenCall } from '../../../../src/do/world/routes/route-input.js';
import { OWN, routeOf } from '../../plan/removal/owned.js';
import { outcomeOf, cloudError, inTurn, planStep, unitScene } from './scene.js';

const STEP = planStep('retarget route ANY /a', 'retarget', 'route', {});
const REQUEST: RouteRequest = {
  gateway: { kind: 'http-api', id: 'api-1' },
  key: 'ANY /a',
  link: { kind: 'vpc-link-v2', id: 'l-2' },
  owner: OWN,
  use: { target: { kind: 'listener', id: 't-1', raw: null }, tls: undefined, path: 'overwrite' },
  settings: { host: 'a.example', timeoutMs: 900, authorizer: 'iam', parameters: { header: { a: "'b'" } } },
};
const BASE = 'https://api.example';
const PATH = '/postern-probe-1';
const OK: GatewayAnswer = { status: 200, headers: { etag: 'x' }, latencyMs: 1, body: 'ok' };
const UNREACHED: GatewayAnswer = { status: 503, headers: {}, latencyMs: 1, body: '{"message":"Service Unavailable"}' };
const UNKNOWN: GatewayAnswer = { status: 404, headers: {}, latencyMs: 1, body: '{"message":"Not Found"}' };
const THERE = routeOf(OWN, { key: `GET ${PATH}` });

interface Given {
  readonly create?: Driver['routes']['create'];
  readonly find?: () => Promise<Route | undefined>;
  readonly remove?: () => Promise<void>;
  readonly testCall?: TestCallDriver['testCall'] | undefined;
  readonly call?: (clock: { readonly advance: (ms: number) => Promise<void> }) => Promise<GatewayAnswer>;
  readonly abortAt?: string;
  readonly stalenessMs?: number;
}

/** A test of a link by a temporary route, where a new route is listed once and gone after its deletion. */
function scene({ create, find, remove, testCall, call, abortAt, stalenessMs = 5_000 }: Given = {}) {
  const requests: RouteRequest[] = [];
  const calls: GatewayCall[] = [];
  const deletedBy: unknown[] = [];
  let isThere = false;
  const one = unitScene({
    traits: { stalenessMs },
    ...(abortAt === undefined ? {} : { abortAt }),
    routes: {
      create: async (request, ctx) => {
        requests.push(request);
        if (create !== undefined) return create(request, ctx);
        isThere = true;
        return { ...THERE, key: request.key };
      },
      testCall,
      find: find ?? (async () => (isThere ? THERE : undefined)),
      delete: async (_gateway, _key, _owner, _ctx, by) => {
        deletedBy.push(by);
        isThere = false;
        await remove?.();
      },
    },
  });
  const callGateway = async (asked: GatewayCall): Promise<GatewayAnswer> => {
    one.log.push('call');
    calls.push(asked);
    return call === undefined ? OK : call(one.clock);
  };
  const retried: unknown[] = [];
  const tools = { ...one.tools, callGateway, exclusive: 'x', onRetry: (retry: object) => retried.push(retry) };
  const route = openRoute(REQUEST, PATH);
  const made = (ctx: CallContext) => tools.driver.routes.create(route, ctx);
  const way = { url: BASE + PATH, callGateway };
  const test = () => callByTemporaryRoute('test', { route, create: made, way }, tools);
  return { ...one, tools, requests, calls, deletedBy, retried, test };
}
const SEQUENCE = ['routes.create', 'test: takes effect: 5000', 'call', 'routes.find', 'routes.delete', 'routes.find'];

describe('a call by a temporary route', () => {
  it('creates it, waits until it takes effect, calls it, deletes it once it is listed, and looks after it', async () => {
    const { test, log, requests, calls, deletedBy, steps } = scene();
    expect(await test()).toEqual({
      answer: { ok: true, value: { outcome: 'connected', because: 'the backend answered with status 200', tookMs: 0 } },
      left: undefined,
    });
    expect(log).toEqual(SEQUENCE);
    // The list of the deletion may be older than the one that showed the route.
    expect(deletedBy).toEqual([{ id: THERE.id }]);
    const { parameters: _, ...settings } = REQUEST.settings!;
    expect(requests).toEqual([{ ...REQUEST, key: `GET ${PATH}`, settings: { ...settings, authorizer: 'none' } }]);
    expect(calls).toEqual([{ url: BASE + PATH, method: 'GET', timeoutMs: 35_000 }]);
    expect(steps).toEqual([
      { id: 'test: create', part: undefined, exclusive: 'x', cleansUp: undefined },
      { id: 'test: call', part: undefined, exclusive: undefined, cleansUp: undefined },
      { id: 'test: look', part: undefined, exclusive: undefined, cleansUp: undefined },
      { id: 'test: delete', part: undefined, exclusive: 'x', cleansUp: true },
      { id: 'test: look after it', part: undefined, exclusive: undefined, cleansUp: true },
    ]);
  });

  it('is repeated at growing distances until the backend answers', async () => {
    const { test, log, steps } = scene({ call: inTurn(UNKNOWN, UNREACHED, UNREACHED, OK) });
    expect(await test()).toMatchObject({ answer: { ok: true, value: { outcome: 'connected' } } });
    expect(log.filter((one) => /sleep|^call/.test(one))).toEqual([
      'call',
      'test: sleep 1: 1000',
      'call',
      'test: sleep 2: 2000',
      'call',
      'test: sleep 3: 4000',
      'call',
    ]);
    expect(steps.filter(({ id }) => id === 'test: call').map(({ part }) => part)).toEqual([
      undefined,
      'call 2',
      'call 3',
      'call 4',
    ]);
  });

  it('ends after 30 s with the last answer, the time of the calls included', async () => {
    const sleeps = async (call: NonNullable<Given['call']>) => {
      const { test, log } = scene({ call });
      const { answer } = await test();
      return { answer, waits: log.filter((one) => /: sleep/.test(one)).map((one) => Number(one.split(': ')[2])) };
    };
    const quick = await sleeps(async () => UNREACHED);
    expect(quick.answer).toMatchObject({ ok: true, value: { outcome: 'failed' } });
    expect(quick.waits).toEqual([1_000, 2_000, 4_000, 8_000, 15_000]);
    const slow = await sleeps(async (clock) => (await clock.advance(10_000), UNREACHED));
    expect(slow.waits).toEqual([1_000, 2_000]);
    expect((await sleeps(async (clock) => (await clock.advance(30_000), UNREACHED))).waits).toEqual([]);
  });

  it('without an answer is an error, and the route is deleted', async () => {
    const { test, log } = scene({ call: inTurn<GatewayAnswer>(cloudError('ENDPOINT_UNREACHABLE')) });
    expect(await test()).toMatchObject({ answer: { ok: false, error: { code: 'ENDPOINT_UNREACHABLE' } } });
    expect(log).toEqual(SEQUENCE);
  });
});

describe('the creation of a temporary route', () => {
  it('that was refused is an error; there is nothing to call, and what may be there is deleted', async () => {
    const { test, log } = scene({ create: inTurn<Route>(cloudError('QUOTA_EXCEEDED')) });
    expect(await test()).toMatchObject({ answer: { ok: false, error: { code: 'QUOTA_EXCEEDED' } }, left: undefined });
    expect(log).toEqual(['routes.create', 'routes.delete', 'routes.find']);
  });

  it('with an unknown outcome is awaited in lists before it is deleted', async () => {
    const lost = cloudError('OUTCOME_UNKNOWN', { outcomeUnknown: true });
    const { test, log } = scene({ create: inTurn<Route>(lost), find: inTurn<Route | undefined>(THERE, undefined) });
    expect(await test()).toMatchObject({ answer: { ok: false, error: { code: 'OUTCOME_UNKNOWN' } } });
    const waits = expect.stringContaining('wait until lists show it');
    expect(log.slice(-5)).toEqual(['routes.create', 'routes.find', 'routes.delete', waits, 'routes.delete']);
  });

  it('is repeated after a temporary refusal, which is reported', async () => {
    const { test, retried, log } = scene({
      create: inTurn<Route>(cloudError('CONFLICT', { retryable: true, status: 409 }), THERE),
      find: inTurn<Route | undefined>(THERE, undefined),
    });
    expect(await test()).toMatchObject({ answer: { ok: true } });
    expect(retried).toEqual([{ attempt: 2, message: 'X: refused' }]);
    expect(log.filter((one) => one === 'routes.create')).toHaveLength(2);
  });
});

describe('the deletion of a temporary route', () => {
  it('waits until lists show the route, at growing distances, for as long as lists may lag', async () => {
    const later = scene({ find: inTurn<Route | undefined>(undefined, undefined, THERE, undefined) });
    await later.test();
    expect(later.log.slice(3)).toEqual([
      'routes.find',
      'test: sleep before look 2: 1000',
      'routes.find',
      'test: sleep before look 3: 2000',
      'routes.find',
      'routes.delete',
      'routes.find',
    ]);
    expect(later.steps.filter(({ id }) => id === 'test: look').map(({ part }) => part)).toEqual([
      undefined,
      'look 2',
      'look 3',
    ]);
    const never = scene({ find: async () => undefined });
    expect(await never.test()).toMatchObject({ answer: { ok: true }, left: undefined });
    expect(never.log.filter((one) => /before look/.test(one)).map((one) => Number(one.split(': ')[2]))).toEqual([
      1_000, 2_000, 2_000,
    ]);
    expect(never.log.filter((one) => one === 'routes.find')).toHaveLength(4);
    const exact = scene({ find: async () => undefined, stalenessMs: 3_000 });
    await exact.test();
    expect(exact.log.filter((one) => one === 'routes.find')).toHaveLength(3);
  });

  it('does not wait where the look fails', async () => {
    const { test, log } = scene({ find: inTurn<Route | undefined>(cloudError('PERMISSION_DENIED')) });
    expect(await test()).toMatchObject({ left: undefined });
    expect(log.slice(3)).toEqual(['routes.find', 'routes.delete', 'routes.find']);
  });

  it('is repeated where the route is there after it', async () => {
    const { test, log, steps } = scene({ find: async () => THERE });
    expect(await test()).toMatchObject({ answer: { ok: true }, left: undefined });
    expect(log.slice(3)).toEqual(['routes.find', 'routes.delete', 'routes.find', 'routes.delete']);
    expect(steps.at(-1)).toEqual({ id: 'test: delete again', part: undefined, exclusive: 'x', cleansUp: true });
  });

  it('that fails says why, and is not looked after', async () => {
    const { test, log } = scene({ remove: () => Promise.reject(cloudError('PERMISSION_DENIED')) });
    expect(await test()).toMatchObject({ answer: { ok: true }, left: 'X: refused' });
    expect(log.slice(3)).toEqual(['routes.find', 'routes.delete']);
  });

  it.each<[string, number]>([
    ['test: takes effect', 0],
    ['test: sleep 1', 1],
  ])('happens after an abort at "%s", too', async (abortAt, calls) => {
    const { test, log } = scene({ abortAt, call: async () => UNREACHED });
    expect(await test()).toMatchObject({ answer: { ok: false, error: { code: 'ABORTED' } } });
    expect(log.filter((one) => one === 'call')).toHaveLength(calls);
    expect(log.slice(-3)).toEqual(['routes.find', 'routes.delete', 'routes.find']);
  });

  it('happens after an abort of its wait, and of the call itself', async () => {
    const waiting = scene({ abortAt: 'test: sleep before look 2', find: async () => undefined });
    expect(await waiting.test()).toMatchObject({ answer: { ok: true } });
    expect(waiting.log.slice(3)).toEqual(['routes.find', 'routes.delete', 'routes.find']);
    const calling = scene({ abortAt: 'test: call' });
    await expect(calling.test()).rejects.toMatchObject({ code: 'ABORTED' });
    expect(calling.log).toContain('routes.delete');
  });

  it('of a route that a former process left waits for the lists, too', async () => {
    const { tools, log } = scene({ find: inTurn<Route | undefined>(undefined, THERE, undefined) });
    expect(await deleteTemporaryRoute('left', { ...REQUEST, key: `GET ${PATH}` }, tools)).toEqual({
      ok: true,
      value: `GET ${PATH}`,
    });
    expect(log).toEqual([
      'routes.find',
      'left: sleep before look 2: 1000',
      'routes.find',
      'routes.delete',
      expect.stringContaining('left: wait until lists show it'),
      'routes.delete',
    ]);
  });
});

describe('the test of a link', () => {
  const tested = async (given: Given = {}, call: OpenCall = { base: BASE }, without = false) => {
    const { tools, ...one } = scene(given);
    const callGateway = without ? undefined : tools.callGateway;
    return { outcome: await outcomeOf(testByTemporaryRoute(STEP, { ...tools, callGateway }, REQUEST, call)), ...one };
  };

  it('uses a random path, which the run keeps, and the key of the gateway for its writes', async () => {
    const { outcome, calls, steps, told } = await tested();
    expect(outcome).toEqual({ ok: true, value: undefined });
    expect(calls[0]?.url).toMatch(/^https:\/\/api\.example\/postern-probe-[0-9a-f]{32}$/);
    expect(steps[0]).toMatchObject({ id: 'retarget route ANY /a: test of t-1', part: 'path' });
    expect(steps[1]).toMatchObject({ exclusive: 'http-api api-1' });
    expect(told).toEqual([
      'progress retarget route ANY /a: test through link l-2: connected: the backend answered with status 200',
    ]);
  });

  it('fails where the backend is not reached', async () => {
    expect((await tested({ call: async () => UNREACHED })).outcome).toMatchObject({
      ok: false,
      error: { code: 'PROBE_FAILED' },
    });
  });

  it('reports what is repeated, and a route that it could not delete', async () => {
    const { outcome, told } = await tested({
      create: inTurn<Route>(cloudError('CONFLICT', { retryable: true }), THERE),
      remove: () => Promise.reject(cloudError('PERMISSION_DENIED')),
      find: async () => THERE,
    });
    expect(outcome).toEqual({ ok: true, value: undefined });
    expect(told).toEqual([
      expect.stringMatching(/^retried retarget route ANY \/a: .*"attempt":2/),
      expect.stringContaining('the next plan deletes the route of the test, which could not be deleted: X: refused'),
      expect.stringContaining('connected'),
    ]);
  });

  it('is not made where callers need authorization, or the run cannot call', async () => {
    const closed = await tested({}, { because: 'the stage is closed' });
    expect(closed).toMatchObject({
      outcome: { ok: true },
      log: [],
      told: [expect.stringContaining('stage is closed')],
    });
    const silent = await tested({}, { base: BASE }, true);
    expect(silent).toMatchObject({ outcome: { ok: true }, log: [], told: [expect.stringContaining('no way to call')] });
  });
});

describe('the test of a link by the cloud itself', () => {
  const request: RouteRequest = {
    ...REQUEST,
    gateway: { kind: 'rest-api', id: 'api-1' },
    key: 'POST /a/{id}',
    settings: { ...REQUEST.settings, stream: true, scopes: ['a'] },
  };
  const tested = async (...answers: readonly [TestCallAnswer | Error, ...TestCallAnswer[]]) => {
    const asked: TestCall[] = [];
    const next = inTurn<TestCallAnswer>(...answers);
    const testCall: TestCallDriver['testCall'] = async (call) => {
      asked.push(call);
      return next();
    };
    const { tools, ...one } = scene({ testCall });
    return { outcome: await outcomeOf(testByTemporaryRoute(STEP, tools, request, undefined)), asked, ...one };
  };

  it('is of a copy of the route, which callers must be authorized for, and calls no address', async () => {
    const { outcome, asked, requests, calls, log } = await tested({ outcome: 'connected', because: 'it answered' });
    expect(outcome).toEqual({ ok: true, value: undefined });
    const key = expect.stringMatching(/^GET \/postern-probe-[0-9a-f]{32}$/);
    const settings = { host: 'a.example', timeoutMs: 900, stream: true, authorizer: 'iam' };
    expect(requests).toEqual([{ ...request, key, copies: 'POST /a/{id}', settings }]);
    const { gateway, link } = request;
    expect(asked).toEqual([{ gateway, key, link, method: 'GET', path: requests[0]?.key.slice('GET '.length) }]);
    expect(calls).toEqual([]);
    expect(log).toEqual(['routes.create', 'routes.testCall', 'routes.find', 'routes.delete', 'routes.find']);
  });

  it('is repeated where the backend is not reached, and fails then', async () => {
    const failed = { outcome: 'failed', because: 'no' } as const;
    const { outcome, asked, log } = await tested(failed);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'PROBE_FAILED' } });
    expect(asked).toHaveLength(6);
    expect(log.slice(-2)).toEqual(['routes.delete', 'routes.find']);
    expect((await tested(failed, { outcome: 'connected', because: 'yes' })).outcome).toMatchObject({ ok: true });
  });

  it('that cannot be made is reported', async () => {
    const { outcome, told } = await tested(cloudError('PERMISSION_DENIED'));
    expect(outcome).toMatchObject({ ok: true });
    expect(told).toEqual([expect.stringContaining('could not be made: X: refused')]);
  });
});
