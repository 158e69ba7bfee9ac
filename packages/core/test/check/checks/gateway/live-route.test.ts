import { describe, expect, it } from 'vitest';
import { liveRoute } from '../../../../src/check/checks/gateway/live-route.js';
import { openRoute } from '../../../../src/check/checks/gateway/open-route.js';
import { gatewayPublished } from '../../../../src/check/checks/gateway/published.js';
import { check } from '../../../../src/check/checks/run.js';
import type { Stage } from '../../../../src/do/model/gateway.js';
import type { Route } from '../../../../src/do/model/route.js';
import { LISTENER } from '../aws-region.js';
import { external, route, declare } from './rest-api.js';
import { draft, api, takes, served, ELSEWHERE } from './served.js';
import { rest } from '../rest-world.js';
import { checkTable, outcomesOf } from '../run-check.js';
import { type Draft, type World, awsWorld, alibabaWorld, aws, alibaba, withhold, denied } from '../world.js';
import { edit } from '../edits.js';
import { CLOUDS } from '../../../clouds.js';

const GATEWAY = { aws: 'api-1', alibaba: 'group-1' } as const;

const MARK = { project: 'shop', spec: 'shop', integration: 'orders' };

/** The gateway's first route, changed; the integration is external unless the project manages it. */
const changed =
  (change: Partial<Route>, owner: 'external' | 'managed' = 'external') =>
  (world: World): void => {
    const id = world.region.provider === 'aws' ? GATEWAY.aws : GATEWAY.alibaba;
    const [route] = world.the('gateways', id).routes;
    Object.assign(route ?? {}, owner === 'managed' ? { owner: MARK } : {}, change);
    if (owner === 'external') world.integration.owner = 'external';
  };

const gone =
  (owner: 'external' | 'managed' = 'external') =>
  (world: World): void => {
    changed({}, owner)(world);
    world.the('gateways', world.region.provider === 'aws' ? GATEWAY.aws : GATEWAY.alibaba).routes.shift();
  };

const both =
  (...changes: readonly ((world: World) => void)[]) =>
  (world: World) => {
    for (const change of changes) change(world);
  };

const gap = (id: string) => edit({ 'gaps.+': denied('gateways', `routes of ${id}`, 'apigateway:GET', 'GetRoutes') });

const byHand = edit({ 'gateways.api-1.stages': [{ name: 'prod', autoDeploy: false, deploymentId: 'd-1' }] });

const variable = (world: World): void => {
  const values = { RELEASE: { backend: 'shop-orders' } };
  world.spec.assume = { ...world.spec.assume, stageVariables: { 'group-1': values } };
};

/** The target of the spec is a backend that has no authorization yet. */
const toBeMade =
  (change: object) =>
  ({ targetSpec }: World): void =>
    void Object.assign(targetSpec, { ref: { ...targetSpec.ref, ...change } });

/** No target of the spec has TLS. */
const plainTargets = (world: World): void => {
  for (const target of Object.values(world.integration.targets)) delete (target as { tls?: unknown }).tls;
};

/** A route of one method beside the declared one of all methods. */
const beside =
  (change: Partial<Route>, then: (world: World) => void = () => undefined) =>
  (world: World): void => {
    world.integration.owner = 'external';
    const other = {
      ...structuredClone(draft(world)),
      id: 'route-p',
      key: 'POST /orders',
      ...(change as Partial<Draft<Route>>),
    };
    api(world).routes = [...api(world).routes, other];
    then(world);
  };

describe('live routes of an external integration are compared with the spec', () => {
  checkTable(liveRoute, {
    'as declared, AWS': [aws(changed({})), 'pass AS_DECLARED'],
    'as declared, Alibaba': [alibaba(changed({})), 'pass AS_DECLARED'],
    'deleted, AWS': [
      aws(gone()),
      'error ROUTE_ABSENT',
      {
        subject: 'route ANY /orders',
        says: '404',
        evidence: ['integrations.orders.routes.ANY /orders', 'api-1'],
        remedy: ['recreate ANY /orders', 'remove it from integrations.orders.routes'],
      },
    ],
    'deleted, Alibaba': [alibaba(gone()), 'error ROUTE_ABSENT', { subject: 'route ANY /orders', evidence: 'group-1' }],
    'over another link': [
      aws(changed({ linkId: 'vlink-2' })),
      'error ROUTE_DIFFERS',
      { subject: 'route ANY /orders', says: ['link is vlink-2', 'vlink-1'], evidence: ['route-1', 'vlink-2'] },
    ],
    'to another listener': [
      aws(changed({ targetId: 'arn:aws:elasticloadbalancing:other' })),
      'error ROUTE_DIFFERS',
      {
        subject: 'route ANY /orders',
        evidence: 'arn:aws:elasticloadbalancing:other',
        remedy: ['Ask the owner of api-1 to change ANY /orders', 'integrations.orders'],
      },
    ],
    'to a target outside of the network': [
      aws(changed({ linkId: undefined, targetId: undefined })),
      'error ROUTE_DIFFERS',
      { subject: 'route ANY /orders', says: 'target is none' },
    ],
    'without TLS': [
      aws(changed({ tls: undefined })),
      'error ROUTE_DIFFERS',
      { subject: 'route ANY /orders', says: ['scheme is http, declared is https', 'tls.serverName is none'] },
    ],
    'with TLS, where none is declared, AWS': [
      aws(both(changed({ tls: {} }), plainTargets)),
      'error ROUTE_DIFFERS',
      {
        subject: 'route ANY /orders',
        says: 'differs from the spec: scheme is https, declared is http',
        remedy: 'to change ANY /orders: scheme http.',
      },
    ],
    'with TLS, where none is declared, Alibaba': [
      alibaba(both(changed({ tls: {} }), plainTargets)),
      'error ROUTE_DIFFERS',
      { subject: 'route ANY /orders', says: 'differs from the spec: scheme is https, declared is http' },
    ],
    'another path': [aws(changed({ path: 'keep' })), 'warning ROUTE_DIFFERS', 'path is keep'],
    'an API whose draft and published version have another target': [
      alibaba(changed({ targetId: 'shop-stock' })),
      'error ROUTE_DIFFERS',
      { subject: 'route ANY /orders', says: 'target on RELEASE is shop-stock' },
    ],
    'only the published version has another target': [
      alibaba(changed({ publishedTargets: { RELEASE: 'shop-stock' } })),
      'error ROUTE_DIFFERS',
      { subject: 'route ANY /orders', evidence: ['api-1', 'shop-stock'] },
    ],
    'only the draft, which receives no calls, has another target': [
      alibaba(changed({ targetId: 'shop-stock', publishedTargets: { RELEASE: 'shop-orders' }, stages: ['RELEASE'] })),
      'pass AS_DECLARED',
    ],
    'a named backend, which the published version does not report': [
      alibaba(changed({ publishedTargets: {} })),
      'unknown ROUTE_NOT_READ',
      'the target of ANY /orders on RELEASE',
    ],
    'the authorization of the route has the name of the target in the spec, and leads to another port': [
      alibaba(both(changed({ targetId: 'orders' }), toBeMade({ port: 9090 }))),
      'error ROUTE_DIFFERS',
      { subject: 'route ANY /orders', says: 'target on RELEASE is orders, declared is instance i-1:9090' },
    ],
    'the same, to another instance': [
      alibaba(both(changed({ targetId: 'orders' }), toBeMade({ instance: 'i-other1' }))),
      'error ROUTE_DIFFERS',
      { subject: 'route ANY /orders', says: 'target on RELEASE is orders, declared is instance i-other1:' },
    ],
    'a stage variable': [
      alibaba(changed({ publishedTargets: { RELEASE: '#backend#' } })),
      'unknown ROUTE_NOT_READ',
      { remedy: 'assume.stageVariables' },
    ],
    'a stage variable with a value in the spec': [
      alibaba(both(changed({ publishedTargets: { RELEASE: '#backend#' } }), variable)),
      'pass AS_DECLARED',
    ],
    'the routes were read in part': [
      aws(both(gone(), gap('api-1'))),
      'unknown ROUTE_NOT_SEEN',
      { evidence: 'apigateway:GET' },
    ],
    'the link and target of the route were not read': [
      aws(both(changed({ linkId: undefined, targetId: undefined, tls: undefined }), gap('api-1'))),
      'unknown ROUTE_NOT_READ',
      { evidence: 'apigateway:GET' },
    ],
    'the gateway could not be read': [
      aws(both(changed({}), withhold('gateways', 'apigateway:GET', 'api-1'))),
      'unknown ROUTES_NOT_READ',
      { evidence: 'apigateway:GET' },
    ],
    'a stage does not deploy automatically': [
      aws(both(changed({}), byHand)),
      'unknown error STAGES_BY_HAND',
      { says: 'prod', remedy: 'export-api' },
    ],
    'managed by this project, and the link was changed: until the next run': [
      aws(changed({ linkId: 'vlink-2' }, 'managed')),
      'warning ROUTE_DIFFERS',
      { says: ['link is vlink-2', 'after `postern apply`'], remedy: 'Run `postern apply`' },
    ],
    'managed by this project, and a version with another target is published': [
      alibaba(changed({ publishedTargets: { RELEASE: 'shop-stock' } }, 'managed')),
      'error ROUTE_DIFFERS',
      'target on RELEASE is shop-stock',
    ],
    'managed by this project, and deleted by others: an integration still names it': [
      aws(gone('managed'), { 'gateways.api-1.integrations': [{ id: 'i-1', owner: MARK, namesOthers: true }] }),
      'error ROUTE_ABSENT',
      { says: 'has no route', remedy: 'postern apply' },
    ],
    'managed by this project, to be created': [aws(gone('managed')), 'nothing'],
    'to be created, and the route key is already in use: `gateway/route-owner` reports it': [
      aws(changed({ linkId: 'vlink-2', owner: undefined }, 'managed')),
      'nothing',
    ],
  });

  it.each([awsWorld, alibabaWorld])('`gateway/open-route` creates nothing for an external integration', (world) => {
    const outcomes = outcomesOf(openRoute, world(gone()));
    expect(JSON.stringify(outcomes)).not.toContain('postern apply');
    expect(outcomes.filter(({ subject }) => subject === 'route ANY /orders')).toEqual([]);
  });

  it('an API that was taken offline is an error, with stages named and without', () => {
    for (const gateway of [{ apiGroup: 'group-1', stages: ['RELEASE'] }, { apiGroup: 'group-1' }]) {
      const world = alibabaWorld(
        both(changed({ stages: [], publishedOn: [] }), edit({ 'integration.gateway': gateway })),
      );
      const [worst] = outcomesOf(gatewayPublished, world, false);
      expect(worst).toMatchObject({ verdict: 'fail', subject: 'route ANY /orders' });
      expect(worst?.severity ?? gatewayPublished.severity).toBe('error');
      expect(worst?.remedy).not.toContain('postern apply');
    }
  });

  it('the report contains the error', () => {
    for (const world of [awsWorld(gone()), alibabaWorld(gone()), awsWorld(changed({ linkId: 'vlink-2' }))]) {
      const errors = check(world.snapshot, world.spec, { clouds: CLOUDS }).findings.filter(
        ({ verdict, severity }) => verdict === 'fail' && severity === 'error',
      );
      expect(errors.map(({ check: id }) => id)).toContain('gateway/live-route');
    }
  });
});

describe('gateway/live-route of a REST API', () => {
  const stageOf = (changes: Partial<Draft<Stage>>) => edit({ 'gateways.api-1.stages.0': changes });
  const changed = ({ the }: World, changes: Partial<Draft<Route>>) => ({
    routes: the('gateways', 'api-1').routes.map((one) => ({ ...structuredClone(one), ...changes })),
  });
  /** The deployment of the stage has the route with changes. */
  const serves = (changes: Partial<Draft<Route>>) => (world: World) =>
    stageOf({ served: changed(world, changes) })(world);
  const canary = (changes: Partial<Draft<Route>>) => (world: World) =>
    stageOf({ canary: { deploymentId: 'd-2', percent: 10, served: changed(world, changes) } })(world);
  /** The route names its link and target by a variable, which has this value on the stage of the spec. */
  const byVariable = (linkId: string) => (world: World) => {
    external(world);
    route({ variables: ['link'], linkId: undefined, targetId: undefined })(world);
    world.the('gateways', 'api-1').stages = [{ name: 'prod', autoDeploy: true, variables: { link: linkId } }];
    world.the('gateways', 'api-1').uses = [
      { kind: 'route', id: 'r1/ANY', name: 'ANY /orders', routeIds: [], stage: 'prod', linkId, targetId: LISTENER },
    ];
  };
  checkTable(liveRoute, {
    'as declared': [rest(), 'pass AS_DECLARED'],
    'the deployment of the stage has another link than the route, which is as declared': [
      rest(serves({ linkId: 'vlink-9' })),
      'error ROUTE_DIFFERS',
      {
        says: 'link on prod is vlink-9, declared is vlink-1',
        remedy: 'Run `postern apply`: it deploys api-1 to prod.',
      },
    ],
    'the deployment of the stage has an integration without a response for its backend': [
      rest(serves({ lacks: 'response' })),
      'error ROUTE_DIFFERS',
      'response on prod is none for status 200',
    ],
    'the deployment of the stage does not have the route': [
      rest(stageOf({ served: { routes: [] } })),
      'error ROUTE_ABSENT',
      ['prod of', 'has no route'],
    ],
    'the deployment of the stage was not read': [
      rest(stageOf({ served: undefined })),
      'unknown STAGES_BY_HAND',
      { remedy: 'get-export' },
    ],
    'a canary has another link than the route': [
      rest(canary({ linkId: 'vlink-9' })),
      'error ROUTE_DIFFERS',
      { says: 'the canary of prod (10 % of the calls)', remedy: 'Promote the canary of stage prod of api-1' },
    ],
    'the route and its deployment differ from a spec that was applied': [
      rest(serves({ linkId: 'vlink-9' }), route({ linkId: 'vlink-9' })),
      'error ROUTE_DIFFERS',
    ],
    'the route and its deployment differ from a spec that was not applied yet': [
      rest(stageOf({ deployed: 'postern:shop@shop/0123456789abcdef' }), route({ linkId: 'vlink-9' })),
      'warning ROUTE_DIFFERS',
    ],
    'something else changed the method that the backend gets': [
      rest(route({ method: 'GET' })),
      'error ROUTE_DIFFERS',
      ['method', 'declared is that of the call'],
    ],
    'a setting of the spec differs': [
      rest(declare({ timeoutMs: 5000 }, route({ settings: { timeoutMs: 9000 } }))),
      'warning ROUTE_DIFFERS',
      'timeout is 9s, declared is 5s',
    ],
    'a setting that the spec does not declare': [rest(route({ settings: { timeoutMs: 9000 } })), 'pass AS_DECLARED'],
    'the variable of the stage names the declared link': [rest(byVariable('vlink-1')), 'pass AS_DECLARED'],
    'the variable of the stage names another link': [
      rest(byVariable('vlink-9')),
      'error ROUTE_DIFFERS',
      'link on prod is vlink-9',
    ],
    'the values of the variables are not known': [
      rest(byVariable('vlink-1'), { 'gateways.api-1.uses': undefined }),
      'unknown ROUTE_NOT_READ',
      { remedy: 'stage prod of api-1' },
    ],
    'the deployed routes of an integration that is never changed are not known': [
      rest(external),
      'unknown error STAGES_BY_HAND',
      { remedy: 'aws apigateway get-export --rest-api-id api-1 --stage-name prod' },
    ],
  });
});

describe('a route of all methods', () => {
  const only = (key: string, change: Partial<Route> = {}) => takes('POST', served({ ...change, key }));
  checkTable(liveRoute, {
    'gets the calls of a method without a route': [rest(only('ANY /orders')), 'pass AS_DECLARED'],
    'gets them with another target': [rest(only('ANY /orders', ELSEWHERE)), 'error ROUTE_DIFFERS', 'target on prod'],
    'of a path with a variable and the same target may get them': [
      rest(only('ANY /{proxy+}')),
      'unknown ROUTE_NOT_SEEN',
      { remedy: 'Declare ANY /{proxy+}' },
    ],
    'of another path does not': [rest(only('ANY /orders/{id}')), 'error ROUTE_ABSENT'],
    'a route of one method with another target gets some of its calls': [
      aws(beside(ELSEWHERE)),
      'warning METHOD_ELSEWHERE',
      { subject: 'route ANY /orders', says: 'POST /orders', evidence: 'route-p' },
    ],
    'one with the same target': [aws(beside({})), 'pass AS_DECLARED'],
    'one of another path': [aws(beside({ ...ELSEWHERE, key: 'POST /orders/x' })), 'pass AS_DECLARED'],
    'one that the spec declares as well': [
      aws(
        beside({}, ({ integration }) => {
          integration.routes = { ...integration.routes, 'POST /orders': Object.values(integration.routes)[0] ?? '' };
        }),
      ),
      'pass AS_DECLARED',
    ],
  });
});

describe('a routing plug-in', () => {
  const routed = (stage: string) =>
    alibabaWorld((world) => {
      world.integration.owner = 'external';
      const [route] = world.the('gateways', 'group-1').routes;
      Object.assign(route ?? {}, { publishedOn: ['RELEASE'], routedBy: { [stage]: 'blue_green' } });
      Object.assign(world.integration, { gateway: { apiGroup: 'group-1', stages: ['RELEASE'] } });
    });
  checkTable(liveRoute, {
    'may send calls to another backend': [
      () => routed('RELEASE'),
      'unknown error ROUTED_BY_PLUGIN',
      { says: 'blue_green (RELEASE)', remedy: 'detach the plug-in from ANY /orders' },
    ],
    'on a stage that the spec does not name': [() => routed('TEST'), 'pass AS_DECLARED'],
  });
});
