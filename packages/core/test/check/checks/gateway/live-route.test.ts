import { describe, expect, it } from 'vitest';
import { liveRoute } from '../../../../src/check/checks/gateway/live-route.js';
import { openRoute } from '../../../../src/check/checks/gateway/open-route.js';
import { gatewayPublished } from '../../../../src/check/checks/gateway/published.js';
import { check } from '../../../../src/check/checks/run.js';
import type { Stage } from '../../../../src/do/model/gateway.js';
import type { Route } from '../../../../src/do/model/route.js';
import { LISTENER } from '../aws-region.js';
import { external, route, declare } from './rest-api.js';
import { draft, api, takes, served, error as failure, ELSEWHERE } from './served.js';
import { restWorld } from '../rest-world.js';
import { checkTable, outcomesOf } from '../run-check.js';
import { type Draft, type World, awsWorld, alibabaWorld } from '../world.js';

const GATEWAY = { aws: 'api-1', alibaba: 'group-1' } as const;

const MARK = { project: 'shop', integration: 'orders' };

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

const gap = (id: string) => (world: World) => {
  world.region.gaps.push({
    what: `routes of ${id}`,
    operation: 'GetRoutes',
    code: 'PERMISSION_DENIED',
    permission: 'apigateway:GET',
    of: 'gateways',
  });
};

const byHand = ({ the }: World): void => {
  the('gateways', 'api-1').stages = [{ name: 'prod', autoDeploy: false, deploymentId: 'd-1' }];
};

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

const error = { verdict: 'fail', severity: 'error', subject: 'route ANY /orders' } as const;

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

describe('P1: live routes of an external integration are compared with the spec', () => {
  checkTable(liveRoute, [
    { why: 'P1: as declared, AWS', world: () => awsWorld(changed({})), verdict: 'pass' },
    { why: 'P1: as declared, Alibaba', world: () => alibabaWorld(changed({})), verdict: 'pass' },
    {
      ...error,
      why: 'P1: deleted, AWS',
      world: () => awsWorld(gone()),
      says: ['404'],
      evidence: ['integrations.orders.routes.ANY /orders', 'api-1'],
      remedy: ['recreate ANY /orders', 'remove it from integrations.orders.routes'],
    },
    { ...error, why: 'P1: deleted, Alibaba', world: () => alibabaWorld(gone()), evidence: ['group-1'] },
    {
      ...error,
      why: 'P1: over another link',
      world: () => awsWorld(changed({ linkId: 'vlink-2' })),
      says: ['link is vlink-2', 'vlink-1'],
      evidence: ['route-1', 'vlink-2'],
    },
    {
      ...error,
      why: 'P1: to another listener',
      world: () => awsWorld(changed({ targetId: 'arn:aws:elasticloadbalancing:other' })),
      evidence: ['arn:aws:elasticloadbalancing:other'],
      remedy: ['Ask the owner of api-1 to change ANY /orders', 'integrations.orders'],
    },
    {
      ...error,
      why: 'P1: to a target outside of the network',
      world: () => awsWorld(changed({ linkId: undefined, targetId: undefined })),
      says: ['target is none'],
    },
    {
      ...error,
      why: 'P1: without TLS',
      world: () => awsWorld(changed({ tls: undefined })),
      says: ['scheme is http, declared is https', 'tls.serverName is none'],
    },
    {
      ...error,
      why: 'P1: with TLS, where none is declared, AWS',
      world: () => awsWorld(both(changed({ tls: {} }), plainTargets)),
      says: ['differs from the spec: scheme is https, declared is http'],
      remedy: ['to change ANY /orders: scheme http.'],
    },
    {
      ...error,
      why: 'P1: with TLS, where none is declared, Alibaba',
      world: () => alibabaWorld(both(changed({ tls: {} }), plainTargets)),
      says: ['differs from the spec: scheme is https, declared is http'],
    },
    {
      why: 'P1: another path',
      world: () => awsWorld(changed({ path: 'keep' })),
      verdict: 'fail',
      severity: 'warning',
      says: ['path is keep'],
    },
    {
      ...error,
      why: 'P1: an API whose draft and published version have another target',
      world: () => alibabaWorld(changed({ targetId: 'shop-stock' })),
      says: ['target on RELEASE is shop-stock'],
    },
    {
      ...error,
      why: 'P1: only the published version has another target',
      world: () => alibabaWorld(changed({ publishedTargets: { RELEASE: 'shop-stock' } })),
      evidence: ['api-1', 'shop-stock'],
    },
    {
      why: 'P1: only the draft, which receives no calls, has another target',
      world: () =>
        alibabaWorld(
          changed({ targetId: 'shop-stock', publishedTargets: { RELEASE: 'shop-orders' }, stages: ['RELEASE'] }),
        ),
      verdict: 'pass',
    },
    {
      why: 'P1: a named backend, which the published version does not report',
      world: () => alibabaWorld(changed({ publishedTargets: {} })),
      verdict: 'unknown',
      says: ['the target of ANY /orders on RELEASE'],
    },
    {
      ...error,
      why: 'contact H1: the authorization of the route has the name of the target in the spec, and leads to another port',
      world: () => alibabaWorld(both(changed({ targetId: 'orders' }), toBeMade({ port: 9090 }))),
      says: ['target on RELEASE is orders, declared is instance i-1:9090'],
    },
    {
      ...error,
      why: 'contact H1: the same, to another instance',
      world: () => alibabaWorld(both(changed({ targetId: 'orders' }), toBeMade({ instance: 'i-other1' }))),
      says: ['target on RELEASE is orders, declared is instance i-other1:'],
    },
    {
      why: 'P1: a stage variable',
      world: () => alibabaWorld(changed({ publishedTargets: { RELEASE: '#backend#' } })),
      verdict: 'unknown',
      remedy: ['assume.stageVariables'],
    },
    {
      why: 'P1: a stage variable with a value in the spec',
      world: () => alibabaWorld(both(changed({ publishedTargets: { RELEASE: '#backend#' } }), variable)),
      verdict: 'pass',
    },
    {
      why: 'P1: the routes were read in part',
      world: () => awsWorld(both(gone(), gap('api-1'))),
      verdict: 'unknown',
      evidence: ['apigateway:GET'],
    },
    {
      why: 'P1: the link and target of the route were not read',
      world: () => awsWorld(both(changed({ linkId: undefined, targetId: undefined, tls: undefined }), gap('api-1'))),
      verdict: 'unknown',
      evidence: ['apigateway:GET'],
    },
    {
      why: 'P1: the gateway could not be read',
      world: () => awsWorld(both(changed({}), ({ withhold }) => withhold('gateways', 'apigateway:GET', 'api-1'))),
      verdict: 'unknown',
      evidence: ['apigateway:GET'],
    },
    {
      why: 'P1: a stage does not deploy automatically',
      world: () => awsWorld(both(changed({}), byHand)),
      verdict: 'unknown',
      severity: 'error',
      says: ['prod'],
      remedy: ['export-api'],
    },
    {
      why: 'P1: managed by this project, and the link was changed: until the next run',
      world: () => awsWorld(changed({ linkId: 'vlink-2' }, 'managed')),
      verdict: 'fail',
      severity: 'warning',
      says: ['link is vlink-2', 'after `postern apply`'],
      remedy: ['Run `postern apply`'],
    },
    {
      why: 'P1: managed by this project, and a version with another target is published',
      world: () => alibabaWorld(changed({ publishedTargets: { RELEASE: 'shop-stock' } }, 'managed')),
      verdict: 'fail',
      severity: 'error',
      says: ['target on RELEASE is shop-stock'],
    },
    {
      why: 'managed by this project, and deleted by others: an integration still names it',
      world: () =>
        awsWorld((world) => {
          gone('managed')(world);
          world.the('gateways', 'api-1').integrations = [{ id: 'i-1', owner: MARK, namesOthers: true }];
        }),
      verdict: 'fail',
      severity: 'error',
      says: ['has no route'],
      remedy: ['postern apply'],
    },
    { why: 'P1: managed by this project, to be created', world: () => awsWorld(gone('managed')), verdict: 'nothing' },
    {
      why: 'P1: to be created, and the route key is already in use: `gateway/route-owner` reports it',
      world: () => awsWorld(changed({ linkId: 'vlink-2', owner: undefined }, 'managed')),
      verdict: 'nothing',
    },
  ]);

  it.each([awsWorld, alibabaWorld])('P1: `gateway/open-route` creates nothing for an external integration', (world) => {
    const outcomes = outcomesOf(openRoute, world(gone()));
    expect(JSON.stringify(outcomes)).not.toContain('postern apply');
    expect(outcomes.filter(({ subject }) => subject === 'route ANY /orders')).toEqual([]);
  });

  it('P1: an API that was taken offline is an error, with stages named and without', () => {
    for (const gateway of [{ apiGroup: 'group-1', stages: ['RELEASE'] }, { apiGroup: 'group-1' }]) {
      const world = alibabaWorld(
        both(
          changed({ stages: [], publishedOn: [] }),
          ({ integration }) => void Object.assign(integration, { gateway }),
        ),
      );
      const [worst] = outcomesOf(gatewayPublished, world, false);
      expect(worst).toMatchObject({ verdict: 'fail', subject: 'route ANY /orders' });
      expect(worst?.severity ?? gatewayPublished.severity).toBe('error');
      expect(worst?.remedy).not.toContain('postern apply');
    }
  });

  it('P1: the report contains the error', () => {
    for (const world of [awsWorld(gone()), alibabaWorld(gone()), awsWorld(changed({ linkId: 'vlink-2' }))]) {
      const errors = check(world.snapshot, world.spec).findings.filter(
        ({ verdict, severity }) => verdict === 'fail' && severity === 'error',
      );
      expect(errors.map(({ check: id }) => id)).toContain('gateway/live-route');
    }
  });
});

describe('gateway/live-route of a REST API', () => {
  const stageOf =
    (changes: Partial<Draft<Stage>>) =>
    ({ the }: World): void => {
      Object.assign(the('gateways', 'api-1').stages[0] ?? {}, changes);
    };
  const changed = ({ the }: World, changes: Partial<Draft<Route>>) => ({
    routes: the('gateways', 'api-1').routes.map((one) => ({ ...structuredClone(one), ...changes })),
  });
  /** The deployment of the stage has the route with changes. */
  const serves = (changes: Partial<Draft<Route>>) => (world: World) =>
    stageOf({ served: changed(world, changes) })(world);
  /** A canary of the stage has the route with changes. */
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
  checkTable(liveRoute, [
    { why: 'as declared', world: () => restWorld(), verdict: 'pass' },
    {
      why: 'the deployment of the stage has another link than the route, which is as declared',
      world: () => restWorld(serves({ linkId: 'vlink-9' })),
      verdict: 'fail',
      severity: 'error',
      says: ['link on prod is vlink-9, declared is vlink-1'],
      remedy: ['Run `postern apply`: it deploys api-1 to prod.'],
    },
    {
      why: 'the deployment of the stage has an integration without a response for its backend',
      world: () => restWorld(serves({ lacks: 'response' })),
      verdict: 'fail',
      says: ['response on prod is none for status 200'],
    },
    {
      why: 'the deployment of the stage does not have the route',
      world: () => restWorld(stageOf({ served: { routes: [] } })),
      verdict: 'fail',
      severity: 'error',
      says: ['prod of', 'has no route'],
    },
    {
      why: 'the deployment of the stage was not read',
      world: () => restWorld(stageOf({ served: undefined })),
      verdict: 'unknown',
      remedy: ['get-export'],
    },
    {
      why: 'a canary has another link than the route',
      world: () => restWorld(canary({ linkId: 'vlink-9' })),
      verdict: 'fail',
      severity: 'error',
      says: ['the canary of prod (10 % of the calls)'],
      remedy: ['Promote the canary of stage prod of api-1'],
    },
    {
      why: 'the route and its deployment differ from a spec that was applied',
      world: () =>
        restWorld((world) => {
          serves({ linkId: 'vlink-9' })(world);
          route({ linkId: 'vlink-9' })(world);
        }),
      verdict: 'fail',
      severity: 'error',
    },
    {
      why: 'the route and its deployment differ from a spec that was not applied yet',
      world: () =>
        restWorld((world) => {
          stageOf({ deployed: 'postern:shop/0123456789abcdef' })(world);
          route({ linkId: 'vlink-9' })(world);
        }),
      verdict: 'fail',
      severity: 'warning',
    },
    {
      why: 'something else changed the method that the backend gets',
      world: () => restWorld(route({ method: 'GET' })),
      verdict: 'fail',
      severity: 'error',
      says: ['method', 'declared is that of the call'],
    },
    {
      why: 'a setting of the spec differs',
      world: () => restWorld(declare({ timeoutMs: 5000 }, route({ settings: { timeoutMs: 9000 } }))),
      verdict: 'fail',
      severity: 'warning',
      says: ['timeout is 9s, declared is 5s'],
    },
    {
      why: 'a setting that the spec does not declare',
      world: () => restWorld(route({ settings: { timeoutMs: 9000 } })),
      verdict: 'pass',
    },
    {
      why: 'the variable of the stage names the declared link',
      world: () => restWorld(byVariable('vlink-1')),
      verdict: 'pass',
    },
    {
      why: 'the variable of the stage names another link',
      world: () => restWorld(byVariable('vlink-9')),
      verdict: 'fail',
      severity: 'error',
      says: ['link on prod is vlink-9'],
    },
    {
      why: 'the values of the variables are not known',
      world: () =>
        restWorld((world) => {
          byVariable('vlink-1')(world);
          delete world.the('gateways', 'api-1').uses;
        }),
      verdict: 'unknown',
      remedy: ['stage prod of api-1'],
    },
    {
      why: 'the deployed routes of an integration that is never changed are not known',
      world: () => restWorld(external),
      verdict: 'unknown',
      severity: 'error',
      remedy: ['aws apigateway get-export --rest-api-id api-1 --stage-name prod'],
    },
  ]);
});

describe('a route of all methods', () => {
  const only =
    (key: string, change: Partial<Route> = {}) =>
    (world: World) => {
      takes('POST', served({ ...change, key }))(world);
    };
  checkTable(liveRoute, [
    { why: 'gets the calls of a method without a route', world: () => restWorld(only('ANY /orders')), verdict: 'pass' },
    {
      ...failure,
      why: 'gets them with another target',
      world: () => restWorld(only('ANY /orders', ELSEWHERE)),
      says: ['target on prod'],
    },
    {
      why: 'of a path with a variable and the same target may get them',
      world: () => restWorld(only('ANY /{proxy+}')),
      verdict: 'unknown',
      remedy: ['Declare ANY /{proxy+}'],
    },
    { ...failure, why: 'of another path does not', world: () => restWorld(only('ANY /orders/{id}')) },
    {
      why: 'a route of one method with another target gets some of its calls',
      world: () => awsWorld(beside(ELSEWHERE)),
      verdict: 'fail',
      severity: 'warning',
      subject: 'route ANY /orders',
      says: ['POST /orders'],
      evidence: ['route-p'],
    },
    { why: 'one with the same target', world: () => awsWorld(beside({})), verdict: 'pass' },
    {
      why: 'one of another path',
      world: () => awsWorld(beside({ ...ELSEWHERE, key: 'POST /orders/x' })),
      verdict: 'pass',
    },
    {
      why: 'one that the spec declares as well',
      world: () =>
        awsWorld(
          beside({}, ({ integration }) => {
            integration.routes = { ...integration.routes, 'POST /orders': Object.values(integration.routes)[0] ?? '' };
          }),
        ),
      verdict: 'pass',
    },
  ]);
});

describe('a routing plug-in', () => {
  const routed = (stage: string) =>
    alibabaWorld((world) => {
      world.integration.owner = 'external';
      const [route] = world.the('gateways', 'group-1').routes;
      Object.assign(route ?? {}, { publishedOn: ['RELEASE'], routedBy: { [stage]: 'blue_green' } });
      Object.assign(world.integration, { gateway: { apiGroup: 'group-1', stages: ['RELEASE'] } });
    });
  checkTable(liveRoute, [
    {
      why: 'may send calls to another backend',
      world: () => routed('RELEASE'),
      verdict: 'unknown',
      severity: 'error',
      says: ['blue_green (RELEASE)'],
      remedy: ['detach the plug-in from ANY /orders'],
    },
    { why: 'on a stage that the spec does not name', world: () => routed('TEST'), verdict: 'pass' },
  ]);
});
