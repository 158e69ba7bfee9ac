import type { Groups } from '../../../grouped-driver.js';
import { describe, expect, it } from 'vitest';
import { integrationUnit } from '../../../../src/do/apply/units/integration-unit.js';
import type { UnitTools } from '../../../../src/do/apply/units/unit-tools.js';
import type { Route, RouteRequest } from '../../../../src/do/model/route.js';
import type { Step, Unit } from '../../../../src/do/plan/plan.js';
import { OTHER_SPEC, OWN, routeOf } from '../../plan/removal/owned.js';
import { cloudError, inTurn, planStep, unitScene, type SceneDriver } from './scene.js';

const GATEWAY = { kind: 'http-api', id: 'api-1' } as const;
const LINK = { kind: 'vpc-link-v2', id: 'l-1' } as const;
const routeInput = (key: string, fields: object = {}) => ({
  gatewayRef: GATEWAY,
  key,
  link: 'eu',
  linkRef: LINK,
  targetName: 't',
  target: { kind: 'listener', id: 't-1' },
  path: 'overwrite',
  owner: OWN,
  ...fields,
});
const create = (key: string, fields: object = {}) =>
  planStep(`create ${key}`, 'create', 'route', routeInput(key, fields));
const change = (key: string, fields: object = {}) =>
  planStep(`change ${key}`, 'retarget', 'route', routeInput(key, { routeId: 'r-9', ...fields }));
const remove = (key: string) => planStep(`delete ${key}`, 'delete', 'route', { gatewayRef: GATEWAY, key, owner: OWN });
const forget = (key: string) => planStep(`forget ${key}`, 'tag', 'route', { gatewayRef: GATEWAY, key, owner: OWN });
const target = (name: string, fields: object = {}): Step => ({
  ...planStep(`create target ${name}`, 'create', 'target', {
    link: 'eu',
    linkRef: LINK,
    target: name,
    ref: { instance: 'lb-1', port: 80 },
    owner: OWN,
    ...fields,
  }),
  resource: { type: 'target', name },
});
const dropTarget = planStep('delete target', 'delete', 'target', { linkKind: LINK.kind, targetId: 't-9' });

const asWanted = ({ key, link, use, owner }: RouteRequest): Route =>
  routeOf(owner, { id: `r ${key}`, key, linkId: link.id, targetId: use.target.id, path: use.path });

interface Given {
  readonly routes?: Groups['routes'];
  readonly targets?: Groups['targets'];
  readonly tools?: Partial<UnitTools>;
  readonly abortAt?: string;
  readonly drainMs?: number;
}

/** Performs the steps on a gateway that keeps routes. */
async function performed(
  steps: readonly Step[],
  { routes = {}, targets = {}, tools = {}, abortAt, drainMs = 0 }: Given = {},
) {
  const there = new Map<string, Route>();
  const requests: RouteRequest[] = [];
  const scene = unitScene({
    traits: { stalenessMs: 0 },
    ...(abortAt === undefined ? {} : { abortAt }),
    targets: {
      find: async () => undefined,
      create: async (_link, _ref, owner) => ({ kind: 'instance', id: 't-new', owner, raw: { secret: true } }),
      delete: async () => undefined,
      ...targets,
    },
    routes: {
      find: async (_gateway, key) => there.get(key),
      create: async (request) => {
        requests.push(request);
        there.set(request.key, asWanted(request));
        return asWanted(request);
      },
      update: async (_by, request) => {
        requests.push(request);
        there.set(request.key, asWanted(request));
        return asWanted(request);
      },
      delete: async () => undefined,
      forget: async () => undefined,
      list: async () => [...there.values()],
      ...routes,
    } as SceneDriver['routes'] & object,
    tools: { drainMs: () => drainMs, probe: false, ...tools },
  });
  const unit: Unit = {
    id: 'i',
    kind: 'integration',
    name: 'orders',
    provider: 'aws',
    region: 'eu-west-1',
    account: '1',
    dependsOn: [],
    steps,
  };
  const counts = await integrationUnit(unit, scene.tools);
  return { ...scene, counts, requests, failed: scene.told.filter((one) => one.startsWith('failed')) };
}
const denied = cloudError('PERMISSION_DENIED');
const EXISTS = inTurn<Route>(cloudError('ALREADY_EXISTS'));

describe('the routes of an integration', () => {
  it('are created and changed one by one, and read back once after the last', async () => {
    const { log, requests, counts, steps } = await performed([create('GET /a'), change('GET /b'), remove('GET /c')]);
    expect(counts).toEqual({ done: 3, failed: 0, skipped: 0 });
    expect(log).toEqual(['routes.create', 'routes.update', 'routes.list', 'routes.delete']);
    expect(requests[0]).toEqual({
      gateway: GATEWAY,
      key: 'GET /a',
      link: LINK,
      owner: OWN,
      use: { target: { kind: 'listener', id: 't-1', raw: null }, path: 'overwrite' },
      batch: ['GET /a', 'GET /b'],
    });
    const writes = steps.filter(({ exclusive }) => exclusive !== undefined).map(({ id }) => id);
    expect(writes).toEqual(['create GET /a', 'change GET /b', 'change GET /b: read back', 'delete GET /c']);
  });

  it('are not read back where the adapter has no list of routes', async () => {
    const { log } = await performed([create('GET /a')], { routes: { list: undefined } });
    expect(log).toEqual(['routes.create']);
  });

  it('name those that differ in nothing but their keys, and are read by their ID where there is one', async () => {
    const steps = [create('GET /a'), create('GET /b', { path: 'keep' }), create('GET /c')];
    const { requests } = await performed(steps);
    expect(requests.map(({ batch }) => batch)).toEqual([['GET /a', 'GET /c'], ['GET /b'], ['GET /a', 'GET /c']]);
    const { log } = await performed([create('GET /a')]);
    expect(log).toEqual(['routes.create', 'routes.find']);
  });

  it('that are published one by one are read back one by one', async () => {
    const stages = ['RELEASE'];
    const find = inTurn<Route | undefined>({
      ...asWanted({
        ...routeInput('GET /a'),
        gateway: GATEWAY,
        link: LINK,
        use: { target: { kind: 'listener', id: 't-1', raw: null }, path: 'overwrite' },
      }),
      stages,
    });
    const { log, counts } = await performed([create('GET /a', { stages }), change('GET /b', { stages })], {
      routes: { find },
    });
    expect(log.slice(0, 2)).toEqual(['routes.create', 'routes.find']);
    expect(log).not.toContain('routes.list');
    expect(counts.done + counts.failed).toBe(2);
  });

  it('that do not show the change are an error', async () => {
    const { failed } = await performed([create('GET /a'), create('GET /b')], { routes: { list: async () => [] } });
    expect(failed).toEqual(['failed create GET /b: WORLD_MOVED']);
  });

  it('use links and targets that the run created', async () => {
    const tools = { links: new Map([['eu', { kind: 'vpc-link-v2', id: 'l-7' } as const]]) };
    const { requests } = await performed([target('t'), create('GET /a', { target: undefined })], { tools });
    expect(requests).toMatchObject([{ link: { id: 'l-7' }, use: { target: { id: 't-new', raw: null } } }]);
    await expect(performed([create('GET /a', { target: undefined })])).rejects.toThrow(/was not created/);
    await expect(performed([create('GET /a', { linkRef: undefined })])).rejects.toThrow(/was not created/);
  });

  it('are not taken over from another spec', async () => {
    const { log, failed } = await performed([create('GET /a')], {
      routes: { create: EXISTS, find: async () => routeOf(OTHER_SPEC) },
    });
    expect(log).toEqual(['routes.create', 'routes.find']);
    expect(failed).toEqual(['failed create GET /a: NOT_OURS']);
  });

  it('that exist already are completed where they differ', async () => {
    const half = routeOf(OWN, { id: 'r-5', key: 'GET /a', linkId: 'l-0', targetId: 't-1' });
    const whole = { ...half, linkId: 'l-1', path: 'overwrite' as const };
    const one = await performed([create('GET /a')], {
      routes: { create: EXISTS, find: inTurn<Route>(half, whole) },
    });
    expect(one.log).toEqual(['routes.create', 'routes.find', 'routes.update', 'routes.find']);
    expect(one.steps[2]).toMatchObject({ part: 'complete', exclusive: 'http-api api-1' });
    const same = await performed([create('GET /a')], { routes: { create: EXISTS, find: async () => whole } });
    expect(same.log).toEqual(['routes.create', 'routes.find', 'routes.find']);
    expect(same.told).toContain('done create GET /a: {"routeId":"r-5"}');
  });

  it('lose their marks, one write of a gateway at a time', async () => {
    const { log, steps } = await performed([forget('GET /a')]);
    expect(log).toEqual(['routes.forget']);
    expect(steps).toMatchObject([{ id: 'forget GET /a', exclusive: 'http-api api-1' }]);
  });
});

describe('targets that are resources', () => {
  it('are created once, and kept without what is the cloud’s own', async () => {
    const { log, told } = await performed([target('t')]);
    expect(log).toEqual(['targets.find', 'targets.create']);
    expect(told.at(-1)).toMatch(/^done create target t: .*"id":"t-new"/);
    expect(told.at(-1)).not.toContain('secret');
    const found = async () => ({ kind: 'instance', id: 't-old', raw: { secret: true } }) as const;
    const old = await performed([target('t')], { targets: { find: found } });
    expect(old.log).toEqual(['targets.find']);
    expect(old.told.at(-1)).toMatch(/"id":"t-old"/);
    await expect(performed([target('t', { linkRef: undefined })])).rejects.toThrow('link eu was not created');
  });

  it('are deleted after the time of calls in flight', async () => {
    expect((await performed([dropTarget])).log).toEqual(['targets.delete']);
    expect((await performed([dropTarget], { drainMs: 7 })).log).toEqual([
      'delete target: calls in flight: 7',
      'targets.delete',
    ]);
    const aborted = await performed([dropTarget], { drainMs: 7, abortAt: 'delete target: calls in flight' });
    expect(aborted).toMatchObject({ log: [], failed: ['failed delete target: ABORTED'] });
  });
});

describe('after a step that failed', () => {
  const failingAt = (key: string): Given => ({
    routes: {
      create: async (request) => (request.key === key ? Promise.reject(denied) : asWanted(request)),
      list: undefined,
    },
  });

  it('the other routes are still written, and nothing is deleted or created for a target', async () => {
    const steps = [create('GET /a'), create('GET /b'), change('GET /c'), remove('GET /d'), dropTarget];
    const { counts, log } = await performed(steps, failingAt('GET /a'));
    expect(counts).toEqual({ done: 2, failed: 1, skipped: 2 });
    expect(log).not.toContain('routes.delete');
    expect(log).not.toContain('targets.delete');
  });

  it('the routes of a target that was not created are skipped, and no others', async () => {
    const targets = { create: inTurn<never>(denied) };
    const steps = [target('t'), create('GET /a'), create('GET /b', { targetName: 'other' }), target('u')];
    const { told } = await performed(steps, { targets });
    expect(told.filter((one) => one.startsWith('started'))).toEqual([
      'started create target t',
      'started create GET /b',
      'started create target u',
    ]);
    const both = await performed([target('t'), target('u'), create('GET /a')], { targets });
    expect(both.counts).toEqual({ done: 0, failed: 2, skipped: 1 });
    const route = await performed([create('t'), create('GET /b')], failingAt('t'));
    expect(route.counts).toEqual({ done: 1, failed: 1, skipped: 0 });
  });

  it('other routes are deleted where only deletions of routes failed; targets are not', async () => {
    const routes = { delete: inTurn<never>(denied, undefined as never) };
    const { counts, log } = await performed([remove('GET /a'), remove('GET /b'), dropTarget], { routes });
    expect(counts).toEqual({ done: 1, failed: 1, skipped: 1 });
    expect(log).toEqual(['routes.delete', 'routes.delete']);
    const mixed = await performed([create('GET /x'), remove('GET /a'), remove('GET /b')], failingAt('GET /x'));
    expect(mixed.log).not.toContain('routes.delete');
  });

  it('of credentials, nothing more is tried', async () => {
    for (const code of ['ABORTED', 'CREDENTIALS_MISSING', 'CREDENTIALS_REFUSED', 'CREDENTIALS_EXPIRED'] as const) {
      const routes = { create: inTurn<never>(cloudError(code)), list: undefined };
      const { counts } = await performed([create('GET /a'), create('GET /b')], { routes });
      expect(counts).toEqual({ done: 0, failed: 1, skipped: 1 });
    }
  });
});

describe('after a failed test of a link', () => {
  const call = { base: 'https://api.example' };
  const leaves = { linkRef: { kind: 'vpc-link-v2', id: 'l-0' }, target: { kind: 'listener', id: 't-1' }, call };
  const moved = (key: string) => change(key, { leaves });
  const body = '{"message":"Service Unavailable"}';
  const callGateway = async () => ({ status: 503, headers: {}, latencyMs: 1, body });

  it('no other route moves to it; what stays on its link is still changed', async () => {
    const steps = [moved('GET /a'), moved('GET /b'), change('GET /c'), create('GET /d')];
    const { told, requests } = await performed(steps, { tools: { probe: true, callGateway } });
    expect(told.filter((one) => /^(?:started|failed)/.test(one))).toEqual([
      'started change GET /a',
      'failed change GET /a: PROBE_FAILED',
      'started change GET /c',
      'started create GET /d',
    ]);
    expect(requests.filter(({ key }) => key === 'GET /b')).toEqual([]);
  });

  it('that failed for another reason the others still move', async () => {
    const routes = { update: inTurn<Route>(denied, routeOf(OWN)), list: undefined };
    const { counts } = await performed([moved('GET /a'), moved('GET /b')], { routes });
    expect(counts).toEqual({ done: 1, failed: 1, skipped: 0 });
  });
});
