import { describe } from 'vitest';
import { liveRoute } from '../../../../src/check/checks/gateway/live-route.js';
import { openRoute } from '../../../../src/check/checks/gateway/open-route.js';
import { gatewayQuota } from '../../../../src/check/checks/gateway/quota.js';
import { routeOwner } from '../../../../src/check/checks/gateway/route-owner.js';
import { gatewayStage } from '../../../../src/check/checks/gateway/stage.js';
import type { Stage } from '../../../../src/do/model/gateway.js';
import type { Route, RouteSettings } from '../../../../src/do/model/route.js';
import { LISTENER } from '../aws-region.js';
import { newV1World, restWorld, webSocketWorld } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import type { Draft, World } from '../world.js';

const declare =
  (settings: RouteSettings, change?: (world: World) => void) =>
  (world: World): void => {
    Object.assign(world.integration, { settings: { 'ANY /orders': settings } });
    change?.(world);
  };

const route =
  (changes: Partial<Draft<Route>>) =>
  ({ the }: World): void => {
    Object.assign(the('gateways', 'api-1').routes[0] ?? {}, changes);
  };

const external = ({ integration }: World): void => void (integration.owner = 'external');

describe('gateway/stage of a REST API', () => {
  const stages =
    (...names: string[]) =>
    ({ the }: World): void => {
      the('gateways', 'api-1').stages = names.map((name) => ({ name, autoDeploy: false, deploymentId: 'd-1' }));
    };
  checkTable(gatewayStage, [
    { why: 'the stage of the spec exists', world: () => restWorld(), verdict: 'pass', says: ['prod'] },
    {
      why: 'a missing stage is created by a run',
      world: () => restWorld(stages('test')),
      verdict: 'pass',
      says: ['has no stage prod', '`postern apply` creates it'],
    },
    { why: 'no stage at all', world: () => restWorld(stages()), verdict: 'pass', says: ['creates it'] },
    {
      why: 'a missing stage of an integration that is never changed',
      world: () =>
        restWorld((world) => {
          stages('test')(world);
          external(world);
        }),
      verdict: 'fail',
      severity: 'error',
      says: ['no stage prod'],
      remedy: ['integrations.orders.gateway.stage: test'],
    },
    {
      why: 'the stages could not be read',
      world: () =>
        restWorld((world) => {
          stages()(world);
          world.region.gaps.push({
            what: 'stages of api-1',
            operation: 'GetStages',
            code: 'PERMISSION_DENIED',
            permission: 'apigateway:GET',
            of: 'gateways',
            id: 'api-1',
          });
        }),
      verdict: 'unknown',
      evidence: ['apigateway:GET'],
    },
  ]);
});

describe('gateway/quota of a REST API', () => {
  /** So many resources below the root beside the declared one; each key is one, or two with a path of two parts. */
  const resources = (count: number) => (world: World) => {
    const api = world.the('gateways', 'api-1');
    const [one] = api.routes as [Draft<Route>];
    api.routes = Array.from({ length: count }, (_, n) => ({ ...one, id: `r${n}/GET`, key: `GET /${n}` }));
  };
  const quota = (limits: Readonly<Record<string, number>>, ...changes: readonly ((world: World) => void)[]) =>
    restWorld((world) => {
      Object.assign(world.region, { quotas: limits });
      for (const change of changes) change(world);
    });
  checkTable(gatewayQuota, [
    { why: 'below the quota', world: () => restWorld(), verdict: 'pass', says: ['0 resources and 0 stages'] },
    {
      why: 'one resource too many',
      world: () => quota({ 'resources-per-rest-api': 300 }, resources(300)),
      verdict: 'fail',
      severity: 'error',
      says: ['300 of 300 resources', '1 more'],
      evidence: ['L-01C8A9E0'],
    },
    {
      why: 'another method of a resource that exists needs none',
      world: () =>
        quota({ 'resources-per-rest-api': 300 }, resources(300), ({ integration }) => {
          integration.routes = { 'POST /7': 'orders' };
        }),
      verdict: 'pass',
    },
    {
      why: 'each part of a path is a resource',
      world: () =>
        quota({ 'resources-per-rest-api': 300 }, resources(298), ({ integration }) => {
          integration.routes = { 'GET /7/items/{id}': 'orders', 'PUT /7/items/{id}': 'orders' };
        }),
      verdict: 'pass',
      says: ['2 resources'],
    },
    {
      why: 'whether the quota was raised was not read',
      world: () => quota({}, resources(300)),
      verdict: 'unknown',
      evidence: ['servicequotas:ListServiceQuotas'],
    },
    {
      why: 'the stage of the spec is one too many',
      world: () =>
        quota({ 'stages-per-api': 10 }, ({ the }) => {
          the('gateways', 'api-1').stages = Array.from({ length: 10 }, (_, n) => ({
            name: `s${n}`,
            autoDeploy: false,
          }));
        }),
      verdict: 'fail',
      says: ['10 of 10 stages', '1 more'],
    },
  ]);
});

describe('gateway/stage of a WebSocket API', () => {
  const stages =
    (...names: string[]) =>
    ({ the }: World): void =>
      void (the('gateways', 'api-1').stages = names.map((name) => ({ name, autoDeploy: false })));
  checkTable(gatewayStage, [
    {
      why: 'no stage: none can be $default or deploy by itself',
      world: () => webSocketWorld(stages()),
      verdict: 'fail',
      remedy: ['Create a stage of api-1, and deploy the routes to it.'],
    },
    {
      why: 'a stage without a deployment',
      world: () => webSocketWorld(stages('live')),
      verdict: 'fail',
      says: ['live of', 'has no deployment: its routes'],
      remedy: ['Deploy to live (`postern apply` deploys its changes).'],
    },
  ]);
});

describe('gateway/open-route of a REST API', () => {
  const open = route({ open: true, authorization: 'NONE' });
  checkTable(openRoute, [
    { why: 'IAM', world: () => restWorld(), verdict: 'pass', evidence: ['r1/ANY'] },
    {
      why: 'no authorization, and no API key',
      world: () => restWorld(open),
      verdict: 'fail',
      severity: 'warning',
      says: ['every caller'],
      remedy: ["apiKey: true at integrations.orders.routes.'ANY /orders'"],
    },
    {
      why: 'the spec declares an authorizer for a route of the project',
      world: () => restWorld((world) => declare({ authorizer: 'iam' }, open)(world)),
      verdict: 'pass',
      says: ['authorizer iam', '`postern apply` sets it'],
    },
    {
      why: 'the spec declares an API key',
      world: () => restWorld(declare({ apiKey: true }, open)),
      verdict: 'pass',
      says: ['an API key'],
    },
    {
      why: 'the spec declares an authorizer, and never changes the route',
      world: () => restWorld(declare({ authorizer: 'iam' }, (world) => (open(world), external(world)))),
      verdict: 'fail',
    },
    {
      why: 'the spec removes the authorization',
      world: () => restWorld(declare({ authorizer: 'none' })),
      verdict: 'fail',
      says: ['removes its authorization'],
    },
    {
      why: 'the spec removes the authorizer of a route that needs an API key',
      world: () => restWorld(declare({ authorizer: 'none' }, route({ settings: { apiKey: true } }))),
      verdict: 'pass',
    },
    {
      why: 'a route to be created with an authorizer',
      world: () => newV1World(declare({ authorizer: 'auth-1' })),
      verdict: 'pass',
      says: ['authorizer auth-1'],
    },
    {
      why: 'a route to be created without one',
      world: () => newV1World(),
      verdict: 'fail',
      says: ['does not exist yet'],
    },
  ]);
});

describe('gateway/open-route of a WebSocket API', () => {
  const connect =
    (changes: Partial<Draft<Route>> | undefined) =>
    ({ the }: World): void => {
      const api = the('gateways', 'api-1');
      if (changes === undefined) api.routes = api.routes.filter(({ key }) => key !== '$connect');
      else for (const one of api.routes) if (one.key === '$connect') Object.assign(one, changes);
    };
  checkTable(openRoute, [
    {
      why: 'callers authenticate where they connect',
      world: () => webSocketWorld(),
      verdict: 'pass',
      subject: 'route $connect',
    },
    {
      why: 'every caller may connect',
      world: () => webSocketWorld(connect({ open: true, authorization: 'NONE' })),
      verdict: 'fail',
      subject: 'route $connect',
      remedy: ['Attach an authorizer (Lambda or IAM) to $connect of api-1.'],
    },
    {
      why: 'without the route every caller may connect',
      world: () => webSocketWorld(connect(undefined)),
      verdict: 'fail',
      severity: 'warning',
      says: ['no route $connect'],
      remedy: ['Create the route $connect of api-1 with an authorizer (Lambda or IAM).'],
    },
    {
      why: 'the routes were read in part',
      world: () =>
        webSocketWorld((world) => {
          connect(undefined)(world);
          world.region.gaps.push({
            what: 'routes of api-1',
            operation: 'GetRoutes',
            code: 'PERMISSION_DENIED',
            permission: 'apigateway:GET',
            of: 'gateways',
            id: 'api-1',
          });
        }),
      verdict: 'unknown',
      evidence: ['apigateway:GET'],
    },
  ]);
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
      remedy: ['Promote the canary of prod of api-1'],
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

describe('gateway/route-owner of a REST API', () => {
  checkTable(routeOwner, [
    {
      why: 'an unmanaged route whose settings differ',
      world: () =>
        restWorld(declare({ timeoutMs: 5000 }, ({ the }) => delete the('gateways', 'api-1').routes[0]?.owner)),
      verdict: 'fail',
      says: ['does not manage'],
    },
    {
      why: 'an unmanaged route that matches',
      world: () => restWorld(({ the }) => delete the('gateways', 'api-1').routes[0]?.owner),
      verdict: 'pass',
    },
  ]);
});
