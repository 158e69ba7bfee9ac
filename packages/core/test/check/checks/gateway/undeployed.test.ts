import { describe, expect, it } from 'vitest';
import { gatewayUndeployed } from '../../../../src/check/checks/gateway/undeployed.js';
import type { Stage } from '../../../../src/do/model/gateway.js';
import { diff } from '../../../../src/do/plan/diff.js';
import { markOf, newV1World, restWorld, rest, restV1 } from '../rest-world.js';
import { checkTable, outcomesOf } from '../run-check.js';
import { type Draft, type World, aws, withhold, denied } from '../world.js';
import { edit } from '../edits.js';
import { CLOUDS } from '../../../clouds.js';

const stage = (changes: Partial<Draft<Stage>>) => edit({ 'gateways.api-1.stages.0': changes });

/** What a stage serves: the route of the world, with changes. */
const serving =
  (changes: object) =>
  ({ the }: World) => ({
    routes: the('gateways', 'api-1').routes.map((one) => ({ ...structuredClone(one), ...changes })),
  });

const CANARY = { deploymentId: 'd-2', percent: 10 };

describe('gateway/undeployed', () => {
  checkTable(gatewayUndeployed, {
    'the mark of the stage is that of the declared routes': [
      rest(),
      'pass SHOWS_ROUTES',
      { subject: 'gateway api-1, prod', evidence: 'prod' },
    ],
    'over a link V1': [restV1(), 'pass SHOWS_ROUTES'],
    'the routes were changed after the deployment': [
      rest((world) => {
        stage({ deployed: markOf(world, { linkId: 'vlink-0' }), served: serving({ linkId: 'vlink-0' })(world) })(world);
      }),
      'error OLDER_ROUTES',
      { says: ['stage prod', 'other routes'], evidence: 'prod', remedy: 'postern apply' },
    ],
    'the project never deployed to the stage': [
      rest(stage({ deployed: undefined, served: { routes: [] } })),
      'error NEVER_DEPLOYED',
      'were not deployed to stage prod',
    ],
    'the project never deployed to the stage, which serves the declared routes': [
      rest(stage({ deployed: undefined })),
      'pass DEPLOYED_BY_APPLY',
      '`postern apply` deploys',
    ],
    'others deployed after the project, while the route had another link': [
      rest((world) => stage({ served: serving({ linkId: 'vlink-0' })(world) })(world)),
      'error OLDER_ROUTES',
      { says: ['stage prod', 'other routes'], remedy: 'postern apply' },
    ],
    'others deployed after the project, while the route was gone': [
      rest(stage({ served: { routes: [] } })),
      'error OLDER_ROUTES',
    ],
    'the deployment was not read: its mark proves nothing': [
      rest(stage({ served: undefined })),
      'unknown DEPLOYMENT_NOT_READ',
      { remedy: 'get-export' },
    ],
    'a setting of the spec is part of the mark': [
      rest((world) => {
        const settings = { timeoutMs: 5000 };
        stage({ served: serving({})(world) })(world);
        world.integration.settings = { 'ANY /orders': settings };
        Object.assign(world.the('gateways', 'api-1').routes[0] ?? {}, { settings });
      }),
      'error OLDER_ROUTES',
      'other routes',
    ],
    'a route that has to be created is deployed with its creation': [
      () => newV1World(),
      'pass DEPLOYED_BY_APPLY',
      '`postern apply` deploys',
    ],
    'a stage that does not exist is reported elsewhere': [rest({ 'gateways.api-1.stages': [] }), 'nothing'],
    'a canary prevents the deployment that the stage needs': [
      rest(stage({ deployed: undefined, canary: CANARY, served: { routes: [] } })),
      'error CANARY_BLOCKS',
      {
        says: ['deployment d-2', '10 %', 'refuses to deploy'],
        remedy: 'Promote the canary of stage prod of api-1 or remove it',
      },
    ],
    'a canary prevents the deployment of routes to be created': [
      () => newV1World(stage({ canary: CANARY })),
      'error CANARY_BLOCKS',
    ],
    'a canary on a stage that shows the routes gets a part of the calls': [
      rest(stage({ canary: CANARY })),
      'warning CANARY_TAKES_CALLS',
      ['10 %', 'd-2'],
    ],
    'a canary whose deployment lacks a route: its promotion would lose calls': [
      rest(stage({ canary: { ...CANARY, served: { routes: [] } } })),
      'warning CANARY_TAKES_CALLS',
      { remedy: 'Remove the canary of stage prod of api-1: its deployment does not serve ANY /orders' },
    ],
    'a canary that alone serves a route: its removal would lose calls': [
      rest((world) => {
        const served = serving({})(world);
        stage({ served: { routes: [] }, canary: { ...CANARY, served } })(world);
      }),
      'error CANARY_BLOCKS',
      {
        remedy: [
          'Promote the canary of stage prod of api-1: without its deployment ANY /orders',
          'Then run `postern apply`',
        ],
      },
    ],
    'a canary that serves other routes than the stage: neither may go as it is': [
      rest((world) => {
        const { routes } = serving({ key: 'GET /new' })(world);
        stage({ canary: { ...CANARY, served: { routes } } })(world);
      }),
      'warning CANARY_TAKES_CALLS',
      { remedy: 'Deploy all routes to the canary of stage prod of api-1, then promote it' },
    ],
    'a canary without calls': [rest(stage({ canary: { ...CANARY, percent: 0 } })), 'pass SHOWS_ROUTES'],
    'a canary of the same deployment': [
      rest(stage({ canary: { deploymentId: 'd-1', percent: 10 } })),
      'pass SHOWS_ROUTES',
    ],
    'a managed route that is not declared any more is part of the deployment': [
      rest((world) => {
        const [route] = world.the('gateways', 'api-1').routes;
        if (route === undefined) throw new Error('no route');
        world.the('gateways', 'api-1').routes.push({ ...route, id: 'r2/GET', key: 'GET /old' });
      }),
      'pass DEPLOYED_BY_APPLY',
      '`postern apply` deploys',
    ],
    'another integration of the API names another stage: a deployment has the routes of both': [
      rest((world) => {
        const { the, spec, integration } = world;
        const api = the('gateways', 'api-1');
        const [route] = api.routes;
        if (route === undefined) throw new Error('no route');
        const owner = { project: spec.project, spec: spec.spec, integration: 'more' };
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
      'pass SHOWS_ROUTES',
      'shows the declared routes',
    ],
    'routes of other owners carry no mark': [
      rest(stage({ deployed: undefined }), { 'gateways.api-1.routes.0.owner': undefined }),
      'nothing',
    ],
    'an integration of another owner': [rest({ 'integration.owner': 'external' }), 'nothing'],
    'a stage of an HTTP API is not named': [aws(), 'nothing'],
    'the API was read in part': [
      rest(stage({ deployed: undefined }), stage({ served: { routes: [] } }), {
        'gaps.+': denied('gateways', 'deployments of api-1', 'apigateway:GET', 'GetDeployments', 'api-1'),
      }),
      'unknown DEPLOYMENT_NOT_READ',
      { evidence: 'apigateway:GET' },
    ],
    'the API could not be read': [
      rest(withhold('gateways', 'apigateway:GET', 'api-1')),
      'unknown DEPLOYMENT_NOT_READ',
      { evidence: 'apigateway:GET' },
    ],
    'the link could not be read': [rest(withhold('links', 'apigateway:GET')), 'unknown DEPLOYMENT_NOT_READ'],
  });

  it.each<[string, (world: World) => void, string]>([
    ['no deployment where the check passes', () => undefined, 'pass'],
    ['a deployment where the check fails', stage({ deployed: undefined, served: { routes: [] } }), 'fail'],
    ['a deployment where others deployed around the route', stage({ served: { routes: [] } }), 'fail'],
  ])('agrees with the plan: %s', (_, change, verdict) => {
    const world = restWorld((one) => {
      one.region.whole = [...(one.region.whole ?? []), 'gateways'];
      change(one);
    });
    const plan = diff(world.snapshot, world.spec, { clouds: CLOUDS });
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
        owner: { project: spec.project, spec: spec.spec, integration: 'bills' },
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
