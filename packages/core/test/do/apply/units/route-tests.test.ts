import { CLOUDS } from '../../../clouds.js';
import { describe, expect, it } from 'vitest';
import { stopsAll, testAfter, testBefore, type RouteTests } from '../../../../src/do/apply/units/route-tests.js';
import type { UnitTools } from '../../../../src/do/apply/units/unit-tools.js';
import type { GatewayKind } from '../../../../src/do/model/gateway-kind.js';
import type { RouteRequest } from '../../../../src/do/model/route.js';
import type { Target } from '../../../../src/do/model/target.js';
import type { TestCall, TestCallAnswer } from '../../../../src/do/model/reference.js';
import type { Step } from '../../../../src/do/plan/plan.js';
import { inputOf } from '../../../../src/do/plan/step-input.js';
import type { GatewayAnswer } from '../../../../src/do/probe/call-gateway.js';
import type { FormerRoute, RouteInput } from '../../../../src/do/world/routes/route-input.js';
import { OWN, routeOf } from '../../plan/removal/owned.js';
import { outcomeOf, cloudError, planStep, unitScene } from './scene.js';

const target = (id: string): Target => ({ kind: 'listener', id, raw: null });
const ref = (id: string) => ({ kind: 'vpc-link-v2', id }) as const;
const UNREACHED: GatewayAnswer = { status: 503, headers: {}, latencyMs: 1, body: '{"message":"Service Unavailable"}' };
const OK: GatewayAnswer = { status: 200, headers: { etag: 'x' }, latencyMs: 1, body: 'ok' };
const OPEN = { base: 'https://api.example' };
const CLOSED = { because: 'the stage is closed' };
const FORMER: FormerRoute = { linkRef: ref('l-1'), target: { kind: 'listener', id: 't-0' }, path: 'keep' };

interface RouteFields extends Partial<RouteInput> {
  readonly kind?: GatewayKind;
  readonly step?: Step['kind'];
}

/** The step that moves a route from link `l-1` to `l-2`. */
function moving(key: string, { kind = 'http-api', step = 'retarget', ...fields }: RouteFields = {}): Step {
  const input: RouteInput = {
    gatewayRef: { kind, id: 'api-1' },
    key,
    link: 'eu',
    linkRef: ref('l-2'),
    routeId: 'r-1',
    targetName: 't',
    target: { kind: 'listener', id: 't-1' },
    path: 'overwrite',
    owner: OWN,
    leaves: FORMER,
    ...fields,
  };
  return planStep(`retarget route ${key}`, step, 'route', input);
}

const requestFor = (kind: GatewayKind, key = 'GET /a'): RouteRequest => ({
  gateway: { kind, id: 'api-1' },
  key,
  link: ref('l-2'),
  owner: OWN,
  use: { target: target('t-1'), path: 'overwrite' },
});

interface Given {
  readonly probe?: boolean;
  readonly routeSteps?: readonly Step[];
  readonly answers?: (call: TestCall) => TestCallAnswer | Error;
  readonly call?: () => Promise<GatewayAnswer>;
  readonly without?: boolean;
  readonly abortAt?: string;
  readonly update?: () => Promise<never>;
}

function scene({ probe = true, routeSteps = [], answers, call, without = false, abortAt, update }: Given = {}) {
  const tested: TestCall[] = [];
  const urls: string[] = [];
  const updates: RouteRequest[] = [];
  let isThere = false;
  const one = unitScene({
    ...(abortAt === undefined ? {} : { abortAt }),
    traits: { stalenessMs: 1_000 },
    routes: {
      testCall: async (asked) => {
        tested.push(asked);
        const answer = answers?.(asked) ?? { outcome: 'connected' as const, because: 'it answered' };
        if (answer instanceof Error) throw answer;
        return answer;
      },
      create: async ({ key }) => {
        isThere = true;
        return routeOf(OWN, { key });
      },
      find: async () => (isThere ? routeOf(OWN) : undefined),
      delete: async () => void (isThere = false),
      update: async (_, request) => {
        updates.push(request);
        return update === undefined ? routeOf(OWN) : update();
      },
    },
    tools: {
      probe,
      routeSteps: () => routeSteps,
      ...(without
        ? {}
        : {
            callGateway: async ({ url, method }) => {
              urls.push(`${method} ${url}`);
              return call === undefined ? OK : call();
            },
          }),
    } as Partial<UnitTools>,
  });
  return { ...one, tested, urls, updates };
}

const testsOf = (all: readonly Step[], targets: RouteTests['targets'] = new Map()): RouteTests => ({
  all,
  targets,
  tested: new Map(),
});

describe('a step whose failed test stops those after it', () => {
  it('moves a route of an HTTP API to another link', () => {
    expect(stopsAll(CLOUDS, moving('GET /a'))).toBe(true);
  });

  it.each<[string, Step]>([
    ['creates a route', moving('GET /a', { step: 'create' })],
    ['changes a route that stays on its link', moving('GET /a', { leaves: undefined })],
    ['moves a route of a REST API, which callers reach with a deployment', moving('GET /a', { kind: 'rest-api' })],
    ['moves an API of a group', moving('GET /a', { kind: 'api-group' })],
    [
      'changes something else',
      planStep('x', 'retarget', 'target', { leaves: FORMER, gatewayRef: { kind: 'http-api' } }),
    ],
  ])('is none that %s', (_, step) => {
    expect(stopsAll(CLOUDS, step)).toBe(false);
  });
});

describe('the test before a gateway moves as a whole', () => {
  const group = { kind: 'api-group' } as const;
  const two = [
    moving('GET /a', group),
    moving('GET /b', { ...group, target: { kind: 'listener', id: 't-2' } }),
    moving('GET /c', group),
  ];
  const before = async (given: Given, tests = testsOf(two)) => {
    const one = scene(given);
    const outcome = await outcomeOf(testBefore(two[0]!, one.tools, tests, requestFor('api-group')));
    return { outcome, tests, ...one, targets: one.tested.map(({ targetId }) => targetId) };
  };

  it('calls each target of all its routes once, also for the routes after it', async () => {
    const first = await before({ routeSteps: two });
    expect(first).toMatchObject({ outcome: { ok: true }, targets: ['t-1', 't-2'] });
    expect(first.tested[0]).toMatchObject({ key: 'GET /a', method: 'GET', path: '/a', link: ref('l-2') });
    expect(await before({ routeSteps: two }, first.tests)).toMatchObject({ outcome: { ok: true }, targets: [] });
  });

  it('fails at the first that is not reached, and for every route', async () => {
    const failing: Given = { routeSteps: two, answers: () => ({ outcome: 'failed', because: 'no' }) };
    const first = await before(failing);
    expect(first).toMatchObject({ outcome: { ok: false, error: { code: 'PROBE_FAILED' } }, targets: ['t-1'] });
    expect(await before({ routeSteps: two }, first.tests)).toMatchObject({ outcome: { ok: false }, targets: [] });
  });

  it('is not made where no route leaves a link, of what another unit creates, or where nobody asks for it', async () => {
    const stays = two.map((_, at) => moving(`GET /${at}`, { ...group, leaves: undefined }));
    expect(await before({ routeSteps: stays })).toMatchObject({ outcome: { ok: true }, targets: [] });
    expect((await before({ routeSteps: [...stays, two[0]!] })).targets).toEqual(['t-1']);
    const later = moving('GET /d', { ...group, target: undefined, targetName: 'later' });
    expect((await before({ routeSteps: [later, ...two] })).targets).toEqual(['t-1', 't-2']);
    expect(await before({ routeSteps: two, probe: false })).toMatchObject({ outcome: { ok: true }, targets: [] });
  });
});

describe('the test before the first route of an HTTP API moves', () => {
  const before = async (all: readonly Step[], given: Given = {}, tests = testsOf(all)) => {
    const one = scene(given);
    const outcome = await outcomeOf(testBefore(all[0]!, one.tools, tests, requestFor('http-api')));
    return { outcome, tests, ...one };
  };
  const open = (key: string, fields: RouteFields = {}) => moving(key, { leaves: { ...FORMER, call: OPEN }, ...fields });
  const closed = (key: string) => moving(key, { leaves: { ...FORMER, call: CLOSED } });

  it('calls each backend once, by a route of its own', async () => {
    const other = open('GET /b', { target: { kind: 'listener', id: 't-2' } });
    const secured = open('GET /c', { tls: { serverName: 'a.example' } });
    const first = await before([open('GET /a'), other, secured, open('GET /d')]);
    expect(first.outcome).toEqual({ ok: true, value: undefined });
    expect(first.urls).toHaveLength(3);
    expect(first.log.filter((one) => one === 'routes.delete')).toHaveLength(3);
    expect(first.tested).toEqual([]);
    expect((await before([open('GET /a'), other, secured], {}, first.tests)).urls).toEqual([]);
  });

  it('distinguishes names of certificates', async () => {
    const secured = ['a.example', 'b.example'].map((serverName, at) => open(`GET /${at}`, { tls: { serverName } }));
    expect((await before(secured)).urls).toHaveLength(2);
  });

  it('is made through a route that callers reach without authorization, where there is one', async () => {
    expect((await before([closed('GET /a'), open('GET /b')])).urls).toHaveLength(1);
    expect((await before([open('GET /a'), closed('GET /b')])).urls).toHaveLength(1);
    const none = await before([closed('GET /a')]);
    expect(none).toMatchObject({ outcome: { ok: true }, urls: [], told: [expect.stringContaining('stage is closed')] });
  });

  it('uses targets that the unit created, and leaves out what does not exist yet', async () => {
    const later = open('GET /a', { target: undefined });
    expect((await before([later])).urls).toEqual([]);
    expect((await before([later], {}, testsOf([later], new Map([['t', target('t-9')]])))).urls).toHaveLength(1);
    const unknown = moving('GET /a', { leaves: FORMER });
    expect((await before([unknown])).urls).toEqual([]);
  });

  it('fails at the first backend that is not reached', async () => {
    const two = [open('GET /a'), open('GET /b', { target: { kind: 'listener', id: 't-2' } })];
    const first = await before(two, { call: async () => UNREACHED });
    expect(first.outcome).toMatchObject({ ok: false, error: { code: 'PROBE_FAILED' } });
    expect(first.log.filter((one) => one === 'routes.create')).toHaveLength(1);
    expect((await before(two, {}, first.tests)).outcome).toMatchObject({ ok: false });
  });

  it('is not made where nobody asks for it, and before other changes', async () => {
    expect((await before([open('GET /a')], { probe: false })).log).toEqual([]);
    expect((await before([moving('GET /a', { leaves: undefined })])).log).toEqual([]);
    const created = moving('GET /a', { step: 'create' });
    expect((await before([created, open('GET /b')])).log).toEqual([]);
  });
});

describe('the test before a route of a REST API moves', () => {
  const rest = (key: string, fields: RouteFields = {}) => moving(key, { kind: 'rest-api', ...fields });
  const before = async (all: readonly Step[], given: Given = {}) => {
    const one = scene(given);
    const tests = testsOf(all);
    const outcomes: unknown[] = [];
    for (const step of all) {
      const { key, target: { id = '' } = {}, tls } = inputOf(step, 'create route', 'retarget route');
      const use = { target: target(id), path: 'overwrite', tls } as const;
      outcomes.push(await outcomeOf(testBefore(step, one.tools, tests, { ...requestFor('rest-api', key), use })));
    }
    return { outcomes, ...one };
  };

  it('has the cloud call each backend once, by a route of its own, and changes no route', async () => {
    const other = rest('GET /b', { target: { kind: 'listener', id: 't-2' } });
    const secured = rest('GET /c', { tls: { serverName: 'a.example' } });
    const { outcomes, tested, urls, updates } = await before([rest('GET /a'), other, secured, rest('POST /d')]);
    expect(outcomes).toEqual(outcomes.map(() => ({ ok: true, value: undefined })));
    expect(tested.map(({ key }) => key)).toEqual(
      [1, 2, 3].map(() => expect.stringMatching(/^GET \/postern-probe-[0-9a-f]{32}$/)),
    );
    expect([urls, updates]).toEqual([[], []]);
  });

  it('fails for each route to a backend that is not reached, and for no other', async () => {
    const other = rest('GET /b', { target: { kind: 'listener', id: 't-2' } });
    let calls = 0;
    const answers = () => {
      calls += 1;
      return calls > 6
        ? ({ outcome: 'connected', because: 'yes' } as const)
        : ({ outcome: 'failed', because: 'no' } as const);
    };
    const { outcomes, updates } = await before([rest('GET /a'), other, rest('GET /d')], { answers });
    expect(outcomes).toMatchObject([
      { error: { code: 'PROBE_FAILED' } },
      { ok: true },
      { error: { code: 'PROBE_FAILED' } },
    ]);
    expect(updates).toEqual([]);
  });

  it.each<[string, Step, Given?]>([
    ['nobody asks for it', rest('GET /a'), { probe: false }],
    ['the route stays on its link', rest('GET /a', { leaves: undefined })],
    ['the route is new', rest('GET /a', { step: 'create' })],
  ])('is not made where %s', async (_, step, given) => {
    expect(await before([step], given)).toMatchObject({ outcomes: [{ ok: true }], log: [], told: [] });
  });
});

describe('the calls of a route that moved', () => {
  const step = (key: string) => moving(key, { leaves: { ...FORMER, call: OPEN } });
  const calls = async (key: string, given: Given = {}, of: Step = step(key)) => {
    const one = scene(given);
    const outcome = await outcomeOf(testAfter(of, one.tools, requestFor('http-api', key)));
    return { outcome, ...one };
  };
  const inOrder = (...answers: readonly GatewayAnswer[]) => {
    const rest = [...answers];
    return async () => rest.shift()!;
  };

  it('come after the time of the change, up to three times, until one does not fail', async () => {
    const first = await calls('GET /a');
    expect(first.log).toEqual(['retarget route GET /a: call: sleep 1: 5000']);
    const third = await calls('GET /a', { call: inOrder(UNREACHED, UNREACHED, OK) });
    expect(third.outcome).toEqual({ ok: true, value: undefined });
    expect(third.log).toEqual(
      [1, 2, 3].map((at) => `retarget route GET /a: call: sleep ${at}: ${at === 1 ? 5000 : 1000}`),
    );
    expect(third.steps.map(({ part }) => part)).toEqual([undefined, 'call 2', 'call 3']);
    const never = await calls('GET /a', { call: async () => UNREACHED });
    expect(never).toMatchObject({ outcome: { ok: false }, urls: { length: 3 }, updates: { length: 1 } });
  });

  it('end with an answer that shows nothing, and with one that did not come', async () => {
    const unknown: GatewayAnswer = { status: 504, headers: {}, latencyMs: 1, body: '' };
    const silent = await calls('GET /a', { call: async () => unknown });
    expect(silent).toMatchObject({ outcome: { ok: true }, urls: { length: 1 }, updates: [] });
    expect(silent.told).toEqual([expect.stringContaining('call through link l-2: unknown: status 504')]);
    const broken = await calls('GET /a', { call: () => Promise.reject(cloudError('ENDPOINT_UNREACHABLE')) });
    expect(broken).toMatchObject({ outcome: { ok: true }, urls: { length: 1 }, updates: [] });
    expect(broken.told).toEqual([expect.stringContaining('the call through link l-2 could not be made')]);
  });

  it('have the method of the route, and are not made where that may change something', async () => {
    expect((await calls('HEAD /a')).urls).toEqual(['HEAD https://api.example/a']);
    for (const key of ['ANY /a', '$default']) expect((await calls(key)).urls[0]).toMatch(/^GET /);
    const post = await calls('POST /a');
    expect(post).toMatchObject({ outcome: { ok: true }, urls: [], log: [] });
    expect(post.told).toEqual([expect.stringContaining('not called through link l-2: a POST request may change')]);
  });

  it('are not made where callers need authorization, or the run cannot call', async () => {
    const closed = moving('GET /a', { leaves: { ...FORMER, call: CLOSED } });
    const one = await calls('GET /a', {}, closed);
    expect(one).toMatchObject({ outcome: { ok: true }, log: [], told: [expect.stringContaining('not called')] });
    expect(await calls('GET /a', { without: true })).toMatchObject({ outcome: { ok: true }, log: [], told: [] });
  });

  it.each<[string, Step, Given?]>([
    ['nobody asks for it', step('GET /a'), { probe: false }],
    ['the route stays on its link', moving('GET /a', { leaves: undefined })],
    ['the route is new', moving('GET /a', { routeId: undefined, leaves: { ...FORMER, call: OPEN } })],
    ['it cannot be called', moving('GET /a')],
  ])('are not made where %s', async (_, of, given) => {
    expect(await calls('GET /a', given, of)).toMatchObject({ outcome: { ok: true }, log: [], told: [] });
  });

  it('are not made where the former target is not known, which is reported', async () => {
    const of = moving('GET /a', { leaves: { linkRef: ref('l-1'), call: OPEN } });
    const { outcome, log, told } = await calls('GET /a', {}, of);
    expect({ outcome, log }).toEqual({ outcome: { ok: true, value: undefined }, log: [] });
    expect(told).toEqual([expect.stringContaining('not tested through link l-2: the former target is not known')]);
  });

  it('that fail write the route back as it was', async () => {
    const leaves: FormerRoute = { ...FORMER, tls: { serverName: 'a' }, settings: { timeoutMs: 9 }, call: OPEN };
    const call = async () => UNREACHED;
    const { outcome, updates, steps } = await calls('GET /a', { call }, moving('GET /a', { leaves }));
    expect(outcome).toMatchObject({ ok: false, error: { code: 'PROBE_FAILED' } });
    expect(updates).toEqual([
      {
        ...requestFor('http-api'),
        link: ref('l-1'),
        use: { target: { kind: 'listener', id: 't-0', raw: null }, tls: { serverName: 'a' }, path: 'keep' },
        settings: { timeoutMs: 9 },
      },
    ]);
    expect(steps.at(-2)).toMatchObject({ part: 'back', exclusive: 'http-api api-1' });
    expect(steps.at(-1)).toMatchObject({ part: 'stages' });
    const { path: _, ...rootless } = FORMER;
    const other = moving('GET /a', { leaves: { ...rootless, call: OPEN } });
    expect((await calls('GET /a', { call }, other)).updates[0]?.use.path).toBe('overwrite');
    const update = () => Promise.reject(cloudError('PERMISSION_DENIED'));
    expect((await calls('GET /a', { call, update })).outcome).toMatchObject({ error: { code: 'PERMISSION_DENIED' } });
  });

  it('end with an abort', async () => {
    const { outcome, urls, updates } = await calls('GET /a', { abortAt: 'retarget route GET /a: call: sleep 1' });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'ABORTED' } });
    expect([urls, updates]).toEqual([[], []]);
  });
});
