import { describe, expect, it } from 'vitest';
import { gatewayUndeployed } from '../../../../src/check/checks/gateway/undeployed.js';
import type { Stage } from '../../../../src/do/model/gateway.js';
import { diff } from '../../../../src/do/plan/diff.js';
import { markOf, newV1World, restV1World, restWorld } from '../rest-world.js';
import { checkTable, outcomesOf } from '../run-check.js';
import { awsWorld, type Draft, type World } from '../world.js';

const stage =
  (changes: Partial<Draft<Stage>>) =>
  ({ the }: World) => {
    Object.assign(the('gateways', 'api-1').stages[0] ?? {}, changes);
  };

/** What a stage serves: the route of the world, with changes. */
const serving =
  (changes: object) =>
  ({ the }: World) => ({
    routes: the('gateways', 'api-1').routes.map((one) => ({ ...structuredClone(one), ...changes })),
  });

const CANARY = { deploymentId: 'd-2', percent: 10 };

describe('gateway/undeployed', () => {
  checkTable(gatewayUndeployed, [
    {
      why: 'the mark of the stage is that of the declared routes',
      world: () => restWorld(),
      verdict: 'pass',
      subject: 'gateway api-1, prod',
      evidence: ['prod'],
    },
    { why: 'over a link V1', world: () => restV1World(), verdict: 'pass' },
    {
      why: 'the routes were changed after the deployment',
      world: () =>
        restWorld((world) => {
          stage({ deployed: markOf(world, { linkId: 'vlink-0' }), served: serving({ linkId: 'vlink-0' })(world) })(
            world,
          );
        }),
      verdict: 'fail',
      severity: 'error',
      says: ['stage prod', 'other routes'],
      evidence: ['prod'],
      remedy: ['postern apply'],
    },
    {
      why: 'the project never deployed to the stage',
      world: () => restWorld(stage({ deployed: undefined, served: { routes: [] } })),
      verdict: 'fail',
      severity: 'error',
      says: ['were not deployed to stage prod'],
    },
    {
      why: 'the project never deployed to the stage, which serves the declared routes',
      world: () => restWorld(stage({ deployed: undefined })),
      verdict: 'pass',
      says: ['`postern apply` deploys'],
    },
    {
      why: 'others deployed after the project, while the route had another link',
      world: () => restWorld((world) => stage({ served: serving({ linkId: 'vlink-0' })(world) })(world)),
      verdict: 'fail',
      severity: 'error',
      says: ['stage prod', 'other routes'],
      remedy: ['postern apply'],
    },
    {
      why: 'others deployed after the project, while the route was gone',
      world: () => restWorld(stage({ served: { routes: [] } })),
      verdict: 'fail',
      severity: 'error',
    },
    {
      why: 'the deployment was not read: its mark proves nothing',
      world: () => restWorld(stage({ served: undefined })),
      verdict: 'unknown',
      remedy: ['get-export'],
    },
    {
      why: 'a setting of the spec is part of the mark',
      world: () =>
        restWorld((world) => {
          const settings = { timeoutMs: 5000 };
          stage({ served: serving({})(world) })(world);
          world.integration.settings = { 'ANY /orders': settings };
          Object.assign(world.the('gateways', 'api-1').routes[0] ?? {}, { settings });
        }),
      verdict: 'fail',
      says: ['other routes'],
    },
    {
      why: 'a route that has to be created is deployed with its creation',
      world: () => newV1World(),
      verdict: 'pass',
      says: ['`postern apply` deploys'],
    },
    {
      why: 'a stage that does not exist is reported elsewhere',
      world: () => restWorld(({ the }) => void (the('gateways', 'api-1').stages = [])),
      verdict: 'nothing',
    },
    {
      why: 'a canary prevents the deployment that the stage needs',
      world: () => restWorld(stage({ deployed: undefined, canary: CANARY, served: { routes: [] } })),
      verdict: 'fail',
      severity: 'error',
      says: ['deployment d-2', '10 %', 'refuses to deploy'],
      remedy: ['Promote the canary of stage prod of api-1 or remove it'],
    },
    {
      why: 'a canary prevents the deployment of routes to be created',
      world: () => newV1World(stage({ canary: CANARY })),
      verdict: 'fail',
      severity: 'error',
    },
    {
      why: 'a canary on a stage that shows the routes gets a part of the calls',
      world: () => restWorld(stage({ canary: CANARY })),
      verdict: 'fail',
      severity: 'warning',
      says: ['10 %', 'd-2'],
    },
    {
      why: 'a canary whose deployment lacks a route: its promotion would lose calls',
      world: () => restWorld(stage({ canary: { ...CANARY, served: { routes: [] } } })),
      verdict: 'fail',
      remedy: ['Remove the canary of stage prod of api-1: its deployment does not serve ANY /orders'],
    },
    {
      why: 'a canary that alone serves a route: its removal would lose calls',
      world: () =>
        restWorld((world) => {
          const served = serving({})(world);
          stage({ served: { routes: [] }, canary: { ...CANARY, served } })(world);
        }),
      verdict: 'fail',
      remedy: [
        'Promote the canary of stage prod of api-1: without its deployment ANY /orders',
        'Then run `postern apply`',
      ],
    },
    {
      why: 'a canary that serves other routes than the stage: neither may go as it is',
      world: () =>
        restWorld((world) => {
          const { routes } = serving({ key: 'GET /new' })(world);
          stage({ canary: { ...CANARY, served: { routes } } })(world);
        }),
      verdict: 'fail',
      remedy: ['Deploy all routes to the canary of stage prod of api-1, then promote it'],
    },
    {
      why: 'a canary without calls',
      world: () => restWorld(stage({ canary: { ...CANARY, percent: 0 } })),
      verdict: 'pass',
    },
    {
      why: 'a canary of the same deployment',
      world: () => restWorld(stage({ canary: { deploymentId: 'd-1', percent: 10 } })),
      verdict: 'pass',
    },
    {
      why: 'a managed route that is not declared any more is part of the deployment',
      world: () =>
        restWorld((world) => {
          const [route] = world.the('gateways', 'api-1').routes;
          if (route === undefined) throw new Error('no route');
          world.the('gateways', 'api-1').routes.push({ ...route, id: 'r2/GET', key: 'GET /old' });
        }),
      verdict: 'pass',
      says: ['`postern apply` deploys'],
    },
    {
      why: 'another integration of the API names another stage: a deployment has the routes of both',
      world: () =>
        restWorld((world) => {
          const { the, spec, integration } = world;
          const api = the('gateways', 'api-1');
          const [route] = api.routes;
          if (route === undefined) throw new Error('no route');
          const owner = { project: spec.project, integration: 'more' };
          api.routes.push({ ...route, id: 'r2/GET', key: 'GET /more', owner });
          spec.integrations['more'] = {
            ...structuredClone(integration),
            gateway: { restApi: 'api-1', stage: 'test' },
            routes: { 'GET /more': 'orders' },
          };
          const both = markOf(world, {}, 'GET /more');
          api.stages = ['prod', 'test'].map((name) => ({
            name,
            autoDeploy: false,
            deploymentId: 'd-1',
            deployed: both,
          }));
        }),
      verdict: 'pass',
      says: ['shows the declared routes'],
    },
    {
      why: 'routes of other owners carry no mark',
      world: () =>
        restWorld((world) => {
          stage({ deployed: undefined })(world);
          delete world.the('gateways', 'api-1').routes[0]?.owner;
        }),
      verdict: 'nothing',
    },
    {
      why: 'an integration of another owner',
      world: () => restWorld(({ integration }) => void (integration.owner = 'external')),
      verdict: 'nothing',
    },
    { why: 'a stage of an HTTP API is not named', world: () => awsWorld(), verdict: 'nothing' },
    {
      why: 'the API was read in part',
      world: () =>
        restWorld((world) => {
          stage({ deployed: undefined })(world);
          stage({ served: { routes: [] } })(world);
          world.region.gaps.push({
            what: 'deployments of api-1',
            operation: 'GetDeployments',
            code: 'PERMISSION_DENIED',
            permission: 'apigateway:GET',
            of: 'gateways',
            id: 'api-1',
          });
        }),
      verdict: 'unknown',
      evidence: ['apigateway:GET'],
    },
    {
      why: 'the API could not be read',
      world: () => restWorld(({ withhold }) => withhold('gateways', 'apigateway:GET', 'api-1')),
      verdict: 'unknown',
      evidence: ['apigateway:GET'],
    },
    {
      why: 'the link could not be read',
      world: () => restWorld(({ withhold }) => withhold('links', 'apigateway:GET')),
      verdict: 'unknown',
    },
  ]);

  it.each<[string, (world: World) => void, string]>([
    ['no deployment where the check passes', () => undefined, 'pass'],
    ['a deployment where the check fails', stage({ deployed: undefined, served: { routes: [] } }), 'fail'],
    ['a deployment where others deployed around the route', stage({ served: { routes: [] } }), 'fail'],
  ])('agrees with the plan: %s', (_, change, verdict) => {
    const world = restWorld((one) => {
      one.region.whole = [...(one.region.whole ?? []), 'gateways'];
      change(one);
    });
    const plan = diff(world.snapshot, world.spec);
    const deploys = plan.units.flatMap(({ steps }) => steps).filter(({ kind }) => kind === 'deploy');
    expect(outcomesOf(gatewayUndeployed, world).map((one) => one.verdict)).toEqual([verdict]);
    expect(deploys.map(({ id }) => id)).toEqual(verdict === 'pass' ? [] : ['deploy api-1 to prod']);
  });
});

it('two gateways have the marks of their own routes', () => {
  const world = restWorld((one) => {
    const { copy, the, spec, integration } = one;
    const key = 'GET /bills';
    const { stages, routes } = the('gateways', 'api-1');
    copy('gateways', 'api-1', {
      id: 'api-2',
      stages: stages.map((prod) => ({ ...prod, deployed: markOf(one, { key }) })),
      routes: routes.map((route) => ({
        ...route,
        gatewayId: 'api-2',
        id: 'r2/GET',
        key,
        owner: { project: spec.project, integration: 'bills' },
      })),
    });
    const gateway = { restApi: 'api-2', stage: 'prod' };
    spec.integrations['bills'] = { ...structuredClone(integration), gateway, routes: { [key]: 'orders' } };
  });
  expect(outcomesOf(gatewayUndeployed, world).map(({ subject, verdict }) => [subject, verdict])).toEqual([
    ['gateway api-1, prod', 'pass'],
    ['gateway api-2, prod', 'pass'],
  ]);
});
