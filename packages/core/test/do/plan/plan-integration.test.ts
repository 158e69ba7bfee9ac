import { describe, expect, it } from 'vitest';
import type { Gateway } from '../../../src/do/model/gateway.js';
import type { Link } from '../../../src/do/model/link.js';
import type { Owner } from '../../../src/do/model/owner.js';
import type { Route } from '../../../src/do/model/route.js';
import type { IntegrationSpec, Spec, TargetSpec } from '../../../src/do/spec.js';
import type { Target } from '../../../src/do/model/target.js';
import { planIntegration } from '../../../src/do/plan/plan-integration.js';
import { routeInputOf } from '../../../src/do/plan/step-input.js';
import type { RegionSnapshot } from '../../../src/do/snapshot/snapshot.js';
import { collectProblems } from '../../../src/do/world/resolve/problems.js';
import { keyed } from '../../../src/do/world/routes/route-on-stage.js';
import { CLOUDS } from '../../clouds.js';
import { smallSpec } from '../../fake-run.js';
import { FOREIGN, gatewayOf, linkOf, linkPlan, OWN, regionOf, routeOf, targetOf } from './removal/owned.js';

const SPEC = smallSpec({ spec: 'orders-1' });
const T1: Owner = { ...OWN, name: 't' };
const TARGET = targetOf(undefined, { kind: 'listener', id: 't-1' });
const current = linkOf({ ...OWN, integration: 'eu' });
const shown = (fields: Partial<Route> = {}): Route => routeOf(T1, { path: 'overwrite', ...fields });

interface Given {
  readonly routes?: readonly Route[];
  readonly declared?: Partial<IntegrationSpec>;
  readonly target?: Target | undefined;
  readonly targetSpec?: Partial<TargetSpec>;
  readonly gateway?: Partial<Gateway>;
  readonly link?: Link | undefined;
  readonly region?: Partial<RegionSnapshot>;
  readonly spec?: Partial<Spec>;
  /** The cloud of the link; AWS by default. */
  readonly provider?: string;
}

/** The plan of integration `orders` with route `GET /a` to target `t`, on link `l-1`. */
function planned(given: Given = {}) {
  const {
    routes = [],
    declared = {},
    targetSpec = {},
    gateway: fields = {},
    region: more = {},
    spec: changes = {},
    provider = 'aws',
  } = given;
  const target = 'target' in given ? given.target : TARGET;
  const link = 'link' in given ? given.link : current;
  const spec = { ...SPEC, ...changes };
  const gateway = gatewayOf({ routes, ...fields });
  const region = regionOf({
    links: [current],
    gateways: [gateway],
    targets: target === undefined ? [] : [target],
    ...more,
  });
  const ref: TargetSpec = { ref: { listener: { loadBalancer: 'orders', port: 443 } }, ...targetSpec };
  const resolved = {
    name: 'orders',
    spec: { ...SPEC.integrations['orders']!, targets: { t: ref }, routes: { 'GET /a': 't' }, ...declared },
    link: { name: 'eu', spec: { provider }, clouds: CLOUDS },
    region,
    gateway,
    targets: new Map([['t', { name: 't', spec: ref, target }]]),
  } as never;
  const problems = collectProblems(spec);
  const plan = planIntegration(spec, resolved, linkPlan(region, { current: link }), keyed(gateway.routes), problems);
  problems.check();
  const [step] = plan.steps;
  return { ...plan, step, input: step && routeInputOf(step) };
}

describe('an external integration', () => {
  const external = (routes: readonly Route[]) =>
    planned({ routes, declared: { owner: 'external', routes: { 'GET /a': 't', 'GET /b': 't' } } });

  it('is not changed; routes that it lacks are noted', () => {
    expect(external([shown()])).toMatchObject({
      steps: [],
      unchanged: 1,
      notes: ['integration orders is external and lacks GET /b'],
    });
    expect(external([shown(), shown({ key: 'GET /b' })])).toMatchObject({
      steps: [],
      unchanged: 2,
      notes: [],
      targetIds: ['t-1'],
    });
  });
});

describe('a route that does not exist', () => {
  it('is created, with all that it leads to', () => {
    const settings = { timeoutMs: 900 };
    const { step, input, created, deployed } = planned({
      declared: { settings: { 'GET /a': settings } },
      targetSpec: { tls: { serverName: 'a.example' }, path: 'keep' },
      target: { ...TARGET, subnetIds: ['s-2', 's-1'], securityGroupIds: ['g-2', 'g-1'], raw: { secret: 1 } },
    });
    expect(step).toMatchObject({
      id: 'create route GET /a on api-1',
      kind: 'create',
      resource: { type: 'route', name: 'GET /a' },
      changes: [
        { field: 'target', to: 't-1' },
        { field: 'tls', to: 'a.example' },
        { field: 'path', to: 'keep' },
        { field: 'timeoutMs', to: 900 },
      ],
    });
    expect(input).toEqual({
      link: 'eu',
      linkRef: { kind: 'vpc-link-v2', id: 'l-1' },
      gatewayRef: { kind: 'http-api', id: 'api-1' },
      key: 'GET /a',
      targetName: 't',
      target: { kind: 'listener', id: 't-1', subnetIds: ['s-1', 's-2'], securityGroupIds: ['g-1', 'g-2'] },
      tls: { serverName: 'a.example' },
      path: 'keep',
      settings,
      owner: T1,
    });
    expect([created, deployed.length]).toEqual([1, 1]);
    expect(planned({ targetSpec: { tls: {} } }).step?.changes).toContainEqual({ field: 'tls', to: true });
    expect(planned().step?.changes).toEqual([{ field: 'target', to: 't-1' }]);
    expect(planned({ link: undefined }).input).not.toHaveProperty('linkRef');
  });

  it('is the one of an integration with a former name, in what the clouds are asked', () => {
    const moved = [{ kind: 'integration', from: 'old', to: 'orders', path: 'moved[0]' }] as const;
    expect(planned({ spec: { moved } }).input?.owner).toEqual({ ...T1, formerly: ['old'] });
    expect(planned().input?.owner).not.toHaveProperty('formerly');
  });

  it('waits for a target that is created on demand', () => {
    const { steps } = planned({
      target: undefined,
      targetSpec: { ref: { instance: 'lb-1', port: 80 } },
      provider: 'alibaba',
    });
    expect(steps).toMatchObject([
      { id: 'create target t of orders', kind: 'create', resource: { type: 'target', name: 't' } },
      { id: 'create route GET /a on api-1', changes: [{ field: 'target', to: 't' }] },
    ]);
    expect(steps[0]!.input).toMatchObject({ link: 'eu', linkRef: { id: 'l-1' }, target: 't', owner: T1 });
    expect(planned({ target: undefined }).steps).toHaveLength(1);
  });

  it('of a target that is not declared is left out', () => {
    expect(planned({ declared: { routes: { 'GET /a': 'none' } } })).toMatchObject({ steps: [], created: 0 });
  });
});

describe('a route that exists', () => {
  it('is unchanged where it matches, as are targets of this integration', () => {
    expect(planned({ routes: [shown()] })).toMatchObject({
      steps: [],
      unchanged: 1,
      created: 0,
      marked: 0,
      notes: [],
    });
    expect(planned({ routes: [shown()], target: { ...TARGET, owner: T1 } }).unchanged).toBe(2);
    for (const owner of [FOREIGN, { ...OWN, integration: 'bills' }])
      expect(planned({ routes: [shown()], target: { ...TARGET, owner } }).unchanged).toBe(1);
  });

  it('is changed where it calls another target', () => {
    const { step, input, moved, marked } = planned({ routes: [shown({ targetId: 't-0' })] });
    expect(step).toMatchObject({
      id: 'retarget route GET /a on api-1',
      kind: 'retarget',
      resource: { id: 'r-1' },
      reason: 'target or settings differ from the spec',
    });
    expect(input).toMatchObject({ routeId: 'r-1' });
    expect(input).not.toHaveProperty('leaves');
    expect([[...moved.keys()], marked]).toEqual([['r-1'], 0]);
  });

  it('gets only another mark where nothing else differs', () => {
    const moved = [{ kind: 'integration', from: 'old', to: 'orders', path: 'moved[0]' }] as const;
    const former = { ...T1, formerly: ['old'] } as Owner;
    const renamed = planned({ routes: [shown({ owner: former })], spec: { moved } });
    expect(renamed).toMatchObject({
      marked: 1,
      step: { id: 'move route GET /a on api-1', reason: expect.stringContaining('integration old was renamed') },
    });
    expect([...renamed.moved.keys()]).toEqual([]);
    const both = planned({ routes: [shown({ owner: former, targetId: 't-0' })], spec: { moved } });
    expect(both).toMatchObject({ marked: 0, step: { id: 'retarget route GET /a on api-1' } });
    expect([...both.moved.keys()]).toEqual(['r-1']);
    const marks = planned({ routes: [shown({ owner: { ...T1, unbound: true } })] });
    expect(marks).toMatchObject({
      marked: 0,
      step: { id: 'retarget route GET /a on api-1', reason: expect.stringContaining('its mark differs') },
    });
    expect([...marks.moved.keys()]).toEqual([]);
  });

  it('is left alone, or refused, where another owner has it', () => {
    expect(planned({ routes: [shown({ owner: undefined })] })).toMatchObject({
      steps: [],
      leftAlone: ['GET /a'],
      unchanged: 1,
      deployed: [],
    });
    expect(() => planned({ routes: [shown({ owner: undefined, targetId: 't-0' })] })).toThrow(
      expect.objectContaining({ code: 'ALREADY_EXISTS', place: { path: 'integrations.orders.routes.GET /a' } }),
    );
  });

  it('that is published to more stages than declared is noted', () => {
    const gateway = { apiGroup: 'api-1', stages: ['RELEASE'] } as const;
    const note = (stages: readonly string[], declared: object = { gateway }) =>
      planned({ routes: [shown({ stages })], gateway: { kind: 'api-group', linkId: 'l-1' }, declared }).notes;
    expect(note(['RELEASE', 'TEST'])).toEqual([
      'route GET /a of api-1 is also published to TEST: it stays published there',
    ]);
    expect(note(['RELEASE'])).toEqual([]);
    expect(planned({ routes: [shown({ stages: ['TEST'] })] }).notes).toEqual([]);
  });
});

describe('what a route leaves with its link', () => {
  const old = linkOf({ ...OWN, integration: 'eu' }, { id: 'l-0', subnetIds: ['subnet-1b'] });
  const left = (given: Given = {}, fields: Partial<Route> = {}) =>
    planned({
      routes: [shown({ linkId: 'l-0', settings: { timeoutMs: 5, host: 'x' }, open: true, ...fields })],
      region: { links: [old, current] },
      declared: { settings: { 'GET /a': { timeoutMs: 5 } } },
      gateway: { stages: [{ name: '$default', autoDeploy: true }] },
      ...given,
    }).input?.leaves;

  it('is the route as it was, and how it can be called', () => {
    expect(left()).toEqual({
      linkRef: { kind: 'vpc-link-v2', id: 'l-0' },
      target: { kind: 'listener', id: 't-1' },
      path: 'overwrite',
      settings: { timeoutMs: 5 },
      call: { base: expect.stringContaining('api-1.execute-api.eu-west-1') },
    });
    expect(left({}, { targetId: 't-9' })).not.toHaveProperty('target');
    expect(left({ gateway: { kind: 'rest-api' } })).not.toHaveProperty('call');
    expect(left({ gateway: { kind: 'rest-api' } })).toMatchObject({ linkRef: { id: 'l-0' } });
  });

  it('is nothing where it stays, where its link is gone or failed, or where no test exists', () => {
    expect(left({}, { linkId: 'l-1', targetId: 't-0' })).toBeUndefined();
    expect(left({ region: { links: [current] } })).toBeUndefined();
    expect(left({ region: { links: [{ ...old, state: 'failed' }, current] } })).toBeUndefined();
    expect(left({ gateway: { kind: 'websocket-api' } })).toBeUndefined();
  });
});

describe('a gateway', () => {
  it('that its provider locked is refused where it would change', () => {
    const locked = { locked: 'an overdue bill' };
    expect(() => planned({ gateway: locked })).toThrow(
      expect.objectContaining({
        code: 'GATEWAY_LOCKED',
        message: expect.stringContaining('an overdue bill'),
        place: { path: 'integrations.orders.gateway' },
        remedy: 'Resolve the lock with the provider, then plan again.',
      }),
    );
    expect(planned({ gateway: { ...locked, routes: [shown()] } })).toMatchObject({ steps: [] });
  });

  it('that moves as a whole is refused while others have published routes there', () => {
    const gateway = { kind: 'api-group', linkId: 'l-0' } as const;
    const declared = { gateway: { apiGroup: 'api-1', stages: ['RELEASE'] } };
    const foreign = routeOf(FOREIGN, {
      id: 'r-9',
      key: 'GET /x',
      linkId: 'l-0',
      stages: ['RELEASE'],
      publishedOn: ['RELEASE'],
    });
    const refused =
      (fields: Partial<Gateway> = {}, given: Given = {}) =>
      () =>
        planned({ declared, gateway: { ...gateway, routes: [foreign], ...fields }, ...given });
    expect(refused()).toThrow(
      expect.objectContaining({
        code: 'UNSUPPORTED',
        place: { path: 'integrations.orders.gateway' },
        remedy: expect.any(String),
      }),
    );
    expect(refused({}, { link: undefined })).toThrow(expect.objectContaining({ code: 'UNSUPPORTED' }));
    expect(refused({ linkId: 'l-1' })).not.toThrow();
    expect(refused({ linkId: undefined })).not.toThrow();
    expect(refused({ routes: [] })).not.toThrow();
    expect(refused({ routes: [foreign, shown({ stages: ['RELEASE'] })] })).not.toThrow();
    expect(refused({ kind: 'http-api' })).not.toThrow();
  });
});
