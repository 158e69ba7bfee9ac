import { describe, expect, it } from 'vitest';
import type { Stage } from '../../../src/do/model/gateway.js';
import type { Route, RouteSettings } from '../../../src/do/model/route.js';
import type { Snapshot } from '../../../src/do/snapshot/snapshot.js';
import { deployedRoute, deployMark } from '../../../src/do/world/routes/deploy-mark.js';
import { BY, imported, link, LISTENER, NLB, NLB_LISTENER, restApi, route, stepsOf, world } from './rest-world.js';

const V2 = link({ id: 'v2link', kind: 'vpc-link-v2' }, 'main');
const V1 = link({ id: 'v1link', kind: 'vpc-link-v1' }, 'nlb');
const OVER_V1 = { linkId: 'v1link', targetId: NLB_LISTENER, tls: undefined };
const DEFAULTS: RouteSettings = { timeoutMs: 29_000, authorizer: 'none', apiKey: false, stream: false };

/** A stage as the project deployed it, where the routes declared these settings. */
function deployed(name: string, routes: readonly Route[], declared: readonly (keyof RouteSettings)[] = []): Stage {
  const own = routes.filter(({ owner }) => owner?.project === BY.project);
  const settings = (one: Route) => {
    const names = declared.filter((setting) => one.settings?.[setting] !== undefined);
    if (names.length === 0) return {};
    return { settings: Object.fromEntries(names.map((setting) => [setting, one.settings?.[setting]])) };
  };
  const mark = deployMark(
    BY,
    own.map((one) => ({ ...deployedRoute(one), ...settings(one) })),
  );
  return { name, autoDeploy: false, deploymentId: 'd1', deployed: mark };
}

/** An account with one REST API, deployed to `prod` unless stages are given. */
function account(routes: readonly Route[], stages: readonly Stage[] = [deployed('prod', routes)]): Snapshot {
  return world({ links: [V2, V1], gateways: [restApi(routes, stages)] });
}

describe('the import of a REST API', () => {
  it('writes managed routes over both kinds of link with the stage, and the plan is empty', () => {
    const routes = [
      route('GET /orders/{id}', {}, 'orders'),
      route('ANY /bills', OVER_V1, 'bills'),
      route('GET /mock', { linkId: undefined, targetId: undefined }),
    ];
    const snapshot = account(routes);
    const { spec, left } = imported(snapshot);
    const gateway = { restApi: 'a1b2c3d4e5', stage: 'prod' };
    expect(spec.integrations).toEqual({
      orders: {
        link: 'main',
        gateway,
        targets: { 'orders-alb': { ref: { listener: LISTENER }, tls: { serverName: 'orders.internal' } } },
        routes: { 'GET /orders/{id}': 'orders-alb' },
      },
      bills: {
        link: 'nlb',
        gateway,
        targets: { 'orders-nlb': { ref: { listener: NLB_LISTENER } } },
        routes: { 'ANY /bills': 'orders-nlb' },
      },
    });
    expect(left).toEqual([]);
    expect(stepsOf(snapshot, spec)).toEqual([]);
  });

  it('writes routes of others as external, without stage and settings', () => {
    const snapshot = account(
      [route('GET /theirs', { settings: { apiKey: true } })],
      [{ name: 'v1', autoDeploy: false }],
    );
    const { spec } = imported(snapshot);
    expect(spec.integrations['orders-api']).toEqual({
      link: 'main',
      gateway: { restApi: 'a1b2c3d4e5' },
      owner: 'external',
      targets: { 'orders-alb': { ref: { listener: LISTENER }, tls: { serverName: 'orders.internal' } } },
      routes: { 'GET /theirs': 'orders-alb' },
    });
    expect(stepsOf(snapshot, spec)).toEqual([]);
  });

  it('names the settings of external routes that the file does not have', () => {
    const own = { settings: { apiKey: true, authorizer: 'a1b2c3', timeoutMs: 5_000 } };
    const notes = (snapshot: Snapshot) => imported(snapshot).left.filter((one) => one.includes('external routes'));
    const theirs = (fields: Partial<Route>) =>
      account([route('GET /theirs', fields)], [{ name: 'v1', autoDeploy: false }]);
    expect(notes(theirs(own))).toEqual([
      'Note: external routes of a1b2c3d4e5 have settings that are not in the file, and that Postern does not change: apiKey, authorizer, timeout',
    ]);
    expect(notes(theirs({}))).toEqual([]);
    // Those of a managed route are in the file.
    expect(notes(account([route('GET /ours', own, 'orders')]))).toEqual([]);
  });

  describe('the stage of managed routes', () => {
    const routes = [route('GET /a', {}, 'orders')];
    const stageOf = (stages: readonly Stage[]) => {
      const snapshot = account(routes, stages);
      const { spec, left } = imported(snapshot);
      return { gateway: spec.integrations['orders'], left, steps: stepsOf(snapshot, spec) };
    };

    it('is the one that the project deployed, not one of others', () => {
      const { gateway, left, steps } = stageOf([{ name: 'alpha', autoDeploy: false }, deployed('prod', routes)]);
      expect([gateway?.gateway, left, steps]).toEqual([{ restApi: 'a1b2c3d4e5', stage: 'prod' }, [], []]);
    });

    it('is first the one that the project created; the others stay deployed', () => {
      const stages = [deployed('live', routes), { ...deployed('prod', routes), createdBy: BY }];
      const { gateway, left, steps } = stageOf(stages);
      expect([gateway?.gateway, steps]).toEqual([{ restApi: 'a1b2c3d4e5', stage: 'prod' }, []]);
      expect(left).toEqual([
        'Note: a1b2c3d4e5 is also deployed to live: a spec names one stage, and the others of this project are deployed with it',
      ]);
    });

    it('is unknown where the project deployed none: the routes are external', () => {
      const other = { name: 'prod', autoDeploy: false, deploymentId: 'd1' };
      const { gateway, left, steps } = stageOf([other]);
      expect(gateway).toMatchObject({ owner: 'external', gateway: { restApi: 'a1b2c3d4e5' } });
      expect(left).toEqual([
        'Left out: the stage of a1b2c3d4e5: no stage carries a deployment of this project; `owner: external` keeps its routes until you write `stage`',
      ]);
      expect(steps).toEqual([]);
    });
  });

  describe('settings of managed routes', () => {
    const settings: RouteSettings = {
      ...DEFAULTS,
      host: 'internal.example',
      timeoutMs: 1500,
      parameters: { header: { 'x-tenant': 'header.tenant', 'x-home': "'${env:HOME}'" }, query: {} },
      authorizer: 'a1b2c3',
      scopes: ['orders/read'],
      apiKey: true,
    };
    const all = ['host', 'timeoutMs', 'parameters', 'authorizer', 'scopes', 'apiKey'] as const;
    const changed = {
      host: 'internal.example',
      timeoutMs: 1500,
      parameters: { header: { 'x-tenant': 'header.tenant', 'x-home': "'${env:HOME}'" } },
      authorizer: 'a1b2c3',
      scopes: ['orders/read'],
      apiKey: true,
    };

    it.each([
      ['that differ from those of a new route, where the spec declared these', all, changed],
      ['that the spec declared, and no others', ['timeoutMs', 'apiKey'] as const, { timeoutMs: 1500, apiKey: true }],
      ['none, where the spec declared none', [], undefined],
    ])('are %s', (_, declared, expected) => {
      const withoutQuery = { ...settings, parameters: changed.parameters };
      const routes = [
        route('GET /a', { settings: withoutQuery }, 'orders'),
        route('GET /b', { settings: DEFAULTS }, 'orders'),
      ];
      const own = routes.map((one) => (one.key === 'GET /a' ? one : { ...one, settings: {} }));
      const snapshot = account(routes, [deployed('prod', own, declared)]);
      const { spec } = imported(snapshot);
      expect(spec.integrations['orders']?.settings).toEqual(
        expected === undefined ? undefined : { 'GET /a': expected },
      );
      expect(stepsOf(snapshot, spec)).toEqual([]);
    });

    it('are those that differ where the mark of the stage does not show which were declared', () => {
      const routes = [route('GET /a', { settings }, 'orders')];
      const stage = { ...deployed('prod', routes), deployed: `postern:shop@${BY.spec}/0123456789abcdef` };
      const { spec } = imported(account(routes, [stage]));
      expect(spec.integrations['orders']?.settings).toEqual({ 'GET /a': changed });
      expect(stepsOf(account(routes, [stage]), spec)).toEqual(['deploy a1b2c3d4e5 to prod']);
    });

    it.each([
      ['the host of a load balancer', { host: 'internal-orders-1.eu-west-1.elb.amazonaws.com' }],
      ['the host of an NLB', { host: 'orders-nlb-1a2b.elb.eu-west-1.amazonaws.com' }],
      ['the host that the certificate covers', { host: 'orders.internal' }],
      ['empty lists', { scopes: [], parameters: { header: {} } }],
    ])('lack %s', (_, own) => {
      expect(
        imported(account([route('GET /a', { settings: { ...DEFAULTS, ...own } }, 'orders')])).spec.integrations[
          'orders'
        ],
      ).not.toHaveProperty('settings');
    });

    it('that a spec cannot express are listed, and stay as they are', () => {
      const own = { parameters: { header: { x: 'method.request.body.id' } }, host: 'a b', timeoutMs: 5000 };
      const routes = [route('GET /a', { settings: own }, 'orders')];
      const snapshot = account(routes, [deployed('prod', routes, ['timeoutMs'])]);
      const { spec, left } = imported(snapshot);
      expect(spec.integrations['orders']?.settings).toEqual({ 'GET /a': { timeoutMs: 5000 } });
      expect(left).toEqual(['Left out: parameters, host of route GET /a of a1b2c3d4e5: a spec cannot express it']);
      expect(stepsOf(snapshot, spec)).toEqual([]);
    });

    it('of an HTTP API are written as well', () => {
      const routes = [route('GET /a', { settings: { timeoutMs: 10_000, authorizer: 'iam' } }, 'orders')];
      const api = restApi(routes, [{ name: '$default', autoDeploy: true }], { kind: 'http-api' });
      const snapshot = world({ links: [V2], gateways: [api] });
      const { spec } = imported(snapshot);
      expect(spec.integrations['orders']).toMatchObject({
        gateway: { httpApi: 'a1b2c3d4e5' },
        settings: { 'GET /a': { timeoutMs: 10_000, authorizer: 'iam' } },
      });
      expect(stepsOf(snapshot, spec)).toEqual([]);
    });
  });

  it('writes routes of a WebSocket API', () => {
    const routes = [route('$connect', OVER_V1, 'messages'), route('sendOrder', OVER_V1, 'messages')];
    const api = restApi(routes, [{ name: 'prod', autoDeploy: true }], { kind: 'websocket-api' });
    const snapshot = world({ links: [V1], gateways: [api] });
    const { spec } = imported(snapshot);
    expect(spec.integrations['messages']).toMatchObject({
      link: 'nlb',
      gateway: { webSocketApi: 'a1b2c3d4e5' },
      routes: { $connect: 'orders-nlb', sendOrder: 'orders-nlb' },
    });
    expect(stepsOf(snapshot, spec)).toEqual([]);
  });

  describe('what a spec cannot name', () => {
    it.each([
      [
        'a link that variables name differently on each stage',
        { linkId: undefined, variables: ['link', 'uri'] },
        'Left out: route GET /x of a1b2c3d4e5: its link or target is named by ${stageVariables.link}, ${stageVariables.uri}',
      ],
      [
        'a target that a variable names',
        { targetId: undefined, variables: ['uri'] },
        'Left out: route GET /x of a1b2c3d4e5: its target is named by ${stageVariables.uri}',
      ],
      [
        'a port without a listener',
        { targetId: `${NLB}:9090` },
        `Left out: route GET /x of a1b2c3d4e5: its target is ${NLB}:9090, which a spec cannot express`,
      ],
      [
        'a key that the cloud does not have in a spec',
        { key: 'PURGE /x' },
        'Left out: route PURGE /x of a1b2c3d4e5: a spec cannot express its key',
      ],
      [
        'a link that does not exist any more',
        { linkId: 'gone' },
        'Left out: route GET /x of a1b2c3d4e5: its link gone is not in this file',
      ],
    ])('%s is listed', (_, fields, expected) => {
      const snapshot = account([route('GET /a', {}, 'orders'), route('GET /x', fields)]);
      const { spec, left } = imported(snapshot);
      expect(left).toEqual([expected]);
      expect(Object.keys(spec.integrations)).toEqual(['orders']);
      expect(stepsOf(snapshot, spec)).toEqual([]);
    });

    it.each([
      [{ targetId: `${NLB}:9090` }, `its target is ${NLB}:9090, which a spec cannot express`, true],
      [{ linkId: 'gone' }, 'its link gone is not in this file', true],
      [{ linkId: undefined, targetId: undefined }, 'it uses no link; no plan changes it', false],
    ])('a managed route with %o is listed with what the plan does to it', (fields, why, isDeleted) => {
      const snapshot = account([route('GET /a', {}, 'orders'), route('GET /x', fields, 'orders')]);
      const { spec, left } = imported(snapshot);
      const deletes = isDeleted ? '; a plan of this spec deletes the route' : '';
      expect(left).toEqual([`Left out: route GET /x of a1b2c3d4e5: ${why}${deletes}`]);
      expect(stepsOf(snapshot, spec).some((id) => id.startsWith('delete') && id.includes('GET /x'))).toBe(isDeleted);
    });

    it('a route of a link that was not asked for is not listed', () => {
      const snapshot = account([route('GET /a', {}, 'orders'), route('GET /x', OVER_V1)]);
      expect(imported(snapshot, { links: ['v2link'] }).left).toEqual([]);
    });

    it('a variable with one value on all stages is written as that value', () => {
      const prod = { name: 'prod', autoDeploy: false, variables: { link: 'v2link' } };
      const snapshot = account([route('GET /x', { variables: ['link'] })], [prod]);
      const { spec, left } = imported(snapshot);
      expect(spec.integrations['orders-api']?.link).toBe('main');
      expect(left).toEqual([
        'Note: route GET /x of a1b2c3d4e5: ${stageVariables.link} has one value on all stages, which is written',
      ]);
      expect(stepsOf(snapshot, spec)).toEqual([]);
    });
  });

  it('names the stages that have no value of a variable, and the variable', () => {
    const stage = (name: string, variables = {}) => ({ name, autoDeploy: false, variables });
    const prod = stage('prod', { link: 'v2link', uri: 'orders' });
    const notes = (variables: readonly string[], ...others: readonly Stage[]) =>
      imported(account([route('GET /x', { variables })], [prod, ...others])).left;
    expect(notes(['link'], stage('old'))).toEqual([
      'Note: route GET /x of a1b2c3d4e5: ${stageVariables.link} has one value on the other stages, which is written; old has no value of ${stageVariables.link}: calls there get status 500',
    ]);
    expect(notes(['link', 'uri'], stage('old', { uri: 'orders' }), stage('test', { link: 'v2link' }))).toEqual([
      'Note: route GET /x of a1b2c3d4e5: ${stageVariables.link}, ${stageVariables.uri} have one value each on the other stages, which is written; old has no value of ${stageVariables.link}; test has no value of ${stageVariables.uri}: calls there get status 500',
    ]);
  });

  it('is of the working copy, and names stages that serve something else', () => {
    const routes = ['GET /a', 'GET /b', 'GET /c'].map((key) => route(key));
    const use = (key: string, linkId: string, stage = 'prod') =>
      ({
        kind: 'route',
        id: `r-${key}`,
        name: key,
        routeIds: [`r-${key}`],
        stage,
        linkId,
        targetId: LISTENER,
      }) as const;
    const uses = [
      use('GET /a', 'v2link'),
      use('GET /b', 'v1link'),
      use('GET /gone', 'v2link'),
      use('GET /c', 'v2link', 'test'),
    ];
    const api = restApi(
      routes,
      [
        { name: 'prod', autoDeploy: false },
        { name: 'test', autoDeploy: false },
      ],
      { uses },
    );
    const snapshot = world({ links: [V2, V1], gateways: [api] });
    const { spec, left } = imported(snapshot);
    expect(left).toEqual([
      'Note: stage prod of a1b2c3d4e5: its deployment serves GET /b, GET /gone otherwise than the working copy',
    ]);
    expect(stepsOf(snapshot, spec)).toEqual([]);
  });
});
