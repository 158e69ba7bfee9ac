import { describe, expect, it } from 'vitest';
import { callRoute } from '../../../../src/do/apply/units/call-route.js';
import { drained } from '../../../../src/do/apply/units/drain.js';
import { performUnit } from '../../../../src/do/apply/units/performers.js';
import { probeRoute } from '../../../../src/do/apply/units/probe-route.js';
import { lookFirst, runSteps } from '../../../../src/do/apply/units/unit-tools.js';
import { type UnitResult } from '../../../../src/do/apply/run.js';
import type { GatewayKind } from '../../../../src/do/model/gateway-kind.js';
import type { Unit } from '../../../../src/do/plan/plan.js';
import type { GatewayAnswer } from '../../../../src/do/probe/call-gateway.js';
import { planStep, unitScene } from './scene.js';

const STEP = planStep('x', 'delete', 'link', {});
const LINK = { kind: 'vpc-link-v2', id: 'l-1' } as const;

describe('what one call of a route shows of its link', () => {
  const outcome = async (kind: GatewayKind, answer: Partial<GatewayAnswer>) => {
    const { tools, steps } = unitScene();
    const call = { id: 'call', part: 'call 2', kind, method: 'GET', url: 'https://x' };
    const found = await callRoute(
      tools,
      async () => ({ status: 200, headers: {}, latencyMs: 1, body: '', ...answer }),
      call,
    );
    expect(steps).toMatchObject([{ id: 'call', part: 'call 2' }]);
    return found.ok ? found.value : found.error;
  };

  it.each<[string, GatewayKind, Partial<GatewayAnswer>, string]>([
    ['an answer of the backend', 'http-api', { status: 200, body: 'ok' }, 'connected'],
    ['an error of the backend', 'http-api', { status: 500, body: 'oh' }, 'connected'],
    ['the gateway did not reach it', 'http-api', { status: 503, body: '{"message":"Service Unavailable"}' }, 'failed'],
    ['the gateway has no such route', 'http-api', { status: 404, body: '{"message":"Not Found"}' }, 'unknown'],
    ['the gateway refused the caller', 'http-api', { status: 401, body: '{"message":"Unauthorized"}' }, 'unknown'],
    ['a 504, which anything on the way may make', 'http-api', { status: 504, body: 'x' }, 'unknown'],
  ])('%s', async (_, kind, answer, expected) => {
    expect(await outcome(kind, answer)).toMatchObject({
      outcome: expected,
      because: expect.stringMatching(/./),
      tookMs: 0,
    });
  });

  it('an answer of the load balancer: it was reached', async () => {
    const balancer = { status: 503, headers: { server: 'awselb/2.0' }, body: '<html>' };
    expect(await outcome('http-api', balancer)).toMatchObject({ outcome: 'connected' });
    expect(await outcome('http-api', { ...balancer, status: 504 })).toMatchObject({ outcome: 'connected' });
  });
});

describe('the wait for calls in flight', () => {
  it('is recorded, reported and waited for, where there is one', async () => {
    const none = unitScene();
    expect(await drained(STEP, none.tools)).toEqual({ ok: true, value: null });
    expect([none.log, none.told, none.steps]).toEqual([[], [], []]);
    const { tools, log, told, steps } = unitScene({ tools: { drainMs: () => 35_000 } });
    expect(await drained(STEP, tools)).toEqual({ ok: true, value: null });
    expect(log).toEqual(['x: calls in flight: 35000']);
    expect(told).toEqual([expect.stringContaining('for calls in flight')]);
    expect(steps).toMatchObject([{ id: 'x: drain' }]);
    const answers: unknown[] = [];
    const step = async (_id: string, effect: (...of: never[]) => Promise<unknown>) => answers.push(await effect());
    await drained(STEP, { ...tools, run: { ...tools.run, step: step as never } });
    expect(answers).toEqual([{ waitMs: 35_000 }]);
  });
});

describe('a test call of the cloud', () => {
  const tested = {
    gateway: { kind: 'rest-api', id: 'api-1' },
    key: 'ANY /a/{id}',
    link: LINK,
    targetId: 't-1',
  } as const;
  const probe = async (of: typeof tested | object, routes: object = {}) => {
    const scene = unitScene({ routes });
    return { outcome: await probeRoute(STEP, scene.tools, { ...tested, ...of }), ...scene };
  };
  const connected = { testCall: async () => ({ outcome: 'connected', because: 'yes', status: 200 }) };

  it('keeps what decides, under the ID of the target', async () => {
    const { outcome, steps, told } = await probe({}, connected);
    expect(outcome).toEqual({ ok: true, value: null });
    expect(steps).toMatchObject([{ id: 'x', part: 'probe t-1' }]);
    expect(told).toEqual(['progress x: test through link l-1: connected: yes']);
  });

  it('with a method that may change something is made only where the cloud sends no request', async () => {
    const post = await probe({ key: 'POST /a' }, connected);
    expect(post).toMatchObject({
      outcome: { ok: true },
      log: [],
      told: [expect.stringContaining('a POST request may')],
    });
    const group = { gateway: { kind: 'api-group', id: 'g-1' }, key: 'POST /a' };
    expect((await probe(group, connected)).log).toEqual(['routes.testCall']);
    const http = { gateway: { kind: 'http-api', id: 'g-1' }, key: 'POST /a' };
    expect((await probe(http, connected)).log).toEqual(['routes.testCall']);
  });

  it('that the adapter does not have shows nothing', async () => {
    const { outcome, told } = await probe({});
    expect(outcome).toEqual({ ok: true, value: null });
    expect(told).toEqual(['progress x: test through link l-1: unknown: the adapter has no test call']);
  });
});

describe('the steps of a unit', () => {
  it('end with the first that fails, where none is independent', async () => {
    const { tools, told } = unitScene();
    const steps = ['a', 'b', 'c'].map((id) => planStep(id, 'create', 'link', {}));
    const counts = await runSteps(steps, tools, async ({ id }) =>
      id === 'b' ? { ok: false, error: { code: 'CONFLICT', message: 'x' } } : { ok: true, value: id },
    );
    expect(counts).toEqual({ done: 1, failed: 1, skipped: 1 });
    expect(told).toEqual(['started a', 'done a: a', 'started b', 'failed b: CONFLICT']);
  });

  it('look longer for what costs money', () => {
    const { tools, told } = unitScene({ traits: { stalenessMs: 9 } });
    expect(lookFirst(STEP, tools, 'vpc-link-v2')).toMatchObject({ stalenessMs: 9, lookMs: 0 });
    const first = lookFirst(STEP, tools, 'vpc-link-v2', true);
    expect(first).toMatchObject({ stalenessMs: 9, lookMs: 9 });
    first.onLook?.('looking');
    first.onRetry?.({ attempt: 2, message: 'again', error: { code: 'CONFLICT', message: 'x' } });
    expect(told).toEqual([
      'waiting x: {"message":"looking","elapsedMs":0}',
      'retried x: {"message":"again","attempt":2}',
    ]);
  });
});

describe('a unit after those that it awaits', () => {
  const unit: Unit = {
    id: 'link:eu',
    kind: 'link',
    name: 'eu',
    provider: 'aws',
    region: 'eu-west-1',
    account: '1',
    dependsOn: ['a', 'b'],
    steps: [planStep('rename', 'rename', 'link', { linkRef: LINK, name: 'eu' })],
  };
  const result = (fields: Partial<UnitResult> = {}): UnitResult => ({
    done: 1,
    failed: 0,
    skipped: 0,
    links: [],
    ...fields,
  });
  const after = async (...results: readonly UnitResult[]) => {
    const { tools, log } = unitScene({ links: { rename: async () => undefined } });
    const run = { ...tools.run, result: async (id: string) => results[unit.dependsOn.indexOf(id)]! };
    return { outcome: await performUnit(unit, { ...tools, run }), log };
  };
  const us = ['us', { ...LINK, id: 'l-9' }] as const;

  it('runs, and forwards the links that they created', async () => {
    const { outcome, log } = await after(result({ links: [us] }), result());
    expect(outcome).toEqual({ done: 1, failed: 0, skipped: 0, links: [us] });
    expect(log).toEqual(['links.rename']);
  });

  it('is skipped where one of them failed or was skipped, and forwards their links', async () => {
    for (const bad of [result({ failed: 1, links: [us] }), result({ skipped: 1, links: [us] })])
      for (const order of [
        [bad, result()],
        [result(), bad],
      ]) {
        const { outcome, log } = await after(...order);
        expect(outcome).toEqual({ done: 0, failed: 0, skipped: 1, links: [us] });
        expect(log).toEqual([]);
      }
  });
});
