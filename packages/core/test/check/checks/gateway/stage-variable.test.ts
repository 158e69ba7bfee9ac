import { describe } from 'vitest';
import { named } from '../all-checks.js';
import type { Route } from '../../../../src/do/model/route.js';
import { LISTENER } from '../aws-region.js';
import { restWorld, webSocketWorld } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { awsWorld, type Draft, type World } from '../world.js';

const gatewayStageVariable = named('gateway/stage-variable');

/** The route names its link by the variable `link`; each stage has a value of it, and an adapter has resolved it. */
const byVariable =
  (values: Readonly<Record<string, string | undefined>>, isOurs = false) =>
  ({ the }: World) => {
    const api = the('gateways', 'api-1');
    const [route] = api.routes as [Draft<Route>];
    Object.assign(route, { variables: ['link'], linkId: undefined });
    if (!isOurs) delete route.owner;
    api.stages = Object.entries(values).map(([name, value]) => ({
      name,
      autoDeploy: false,
      deploymentId: 'd-1',
      variables: value === undefined ? { other: 'x' } : { link: value },
    }));
    api.uses = Object.entries(values).map(([stage, linkId]) => ({
      kind: 'route',
      id: route.id,
      name: route.key,
      routeIds: [route.id],
      stage,
      linkId,
      targetId: LISTENER,
    }));
  };

const rest = (values: Readonly<Record<string, string | undefined>>, change?: (world: World) => void) =>
  restWorld((world) => {
    byVariable(values)(world);
    change?.(world);
  });

describe('gateway/stage-variable', () => {
  checkTable(gatewayStageVariable, [
    { why: 'no variables', world: () => restWorld(), verdict: 'nothing' },
    { why: 'routes of an HTTP API name no links by variables', world: () => awsWorld(), verdict: 'nothing' },
    {
      why: 'the stage of the spec names a link that exists',
      world: () => rest({ prod: 'vlink-1' }),
      verdict: 'pass',
      subject: 'route ANY /orders, prod',
      evidence: ['vlink-1'],
    },
    {
      why: 'the stage of the spec lacks the variable',
      world: () => rest({ prod: undefined }),
      verdict: 'fail',
      code: 'VARIABLE_ABSENT',
      severity: 'error',
      subject: 'route ANY /orders, prod',
      says: ['no variable link'],
      evidence: ['r1/ANY', 'prod'],
      remedy: ['Set link on stage prod of api-1'],
    },
    {
      why: 'the variable names a link that does not exist',
      world: () => rest({ prod: 'vlink-9' }),
      verdict: 'fail',
      code: 'LINK_ABSENT',
      severity: 'error',
      says: ['vlink-9'],
      remedy: ['to the ID of a link that exists'],
    },
    {
      why: 'another stage lacks the variable: the spec names one stage',
      world: () => rest({ prod: 'vlink-1', test: undefined }),
      verdict: 'pass',
    },
    {
      why: 'a WebSocket API has no stage in the spec: each stage counts',
      world: () => webSocketWorld(byVariable({ prod: 'vlink-1', test: 'vlink-9' })),
      verdict: 'fail',
      code: 'LINK_ABSENT',
      subject: 'route orders, test',
    },
    {
      why: 'a route of this project: a run writes the link in place of the variable',
      world: () => restWorld(byVariable({ prod: undefined }, true)),
      verdict: 'fail',
      code: 'VARIABLE_ABSENT',
      severity: 'warning',
      remedy: ['postern apply'],
    },
    {
      why: 'a route of this project that has the declared link on another stage: a run does not change it',
      world: () =>
        restWorld((world) => {
          byVariable({ prod: undefined, test: 'vlink-1' }, true)(world);
          Object.assign(world.the('gateways', 'api-1').routes[0] ?? {}, { linkId: 'vlink-1' });
        }),
      verdict: 'fail',
      code: 'VARIABLE_ABSENT',
      severity: 'error',
      remedy: ['Set link on stage prod of api-1'],
    },
    {
      why: 'the uses were not read: the value is the ID of a link',
      world: () => rest({ prod: 'vlink-1' }, ({ the }) => delete the('gateways', 'api-1').uses),
      verdict: 'pass',
      evidence: ['vlink-1'],
    },
    {
      why: 'the uses were not read: only the link can be named by the variable',
      world: () => rest({ prod: 'vlink-9' }, ({ the }) => delete the('gateways', 'api-1').uses),
      verdict: 'fail',
      code: 'LINK_ABSENT',
      says: ['vlink-9'],
    },
    {
      why: 'the uses were not read: the variable may name the target',
      world: () =>
        rest({ prod: 'host-9' }, ({ the }) => {
          delete the('gateways', 'api-1').uses;
          delete the('gateways', 'api-1').routes[0]?.targetId;
        }),
      verdict: 'unknown',
      code: 'VALUES_NOT_READ',
      remedy: ['postern snapshot', 'the values of link on stage prod'],
    },
    {
      why: 'the variables of the stage could not be read',
      world: () =>
        rest({ prod: undefined }, ({ the, region }) => {
          delete the('gateways', 'api-1').stages[0]?.variables;
          region.gaps.push({
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
    {
      why: 'the links could not be read',
      world: () => rest({ prod: 'vlink-9' }, ({ withhold }) => withhold('links', 'apigateway:GET')),
      verdict: 'unknown',
      code: 'LINK_NOT_READ',
      evidence: ['apigateway:GET'],
    },
    {
      why: 'the API could not be read',
      world: () => rest({ prod: 'vlink-1' }, ({ withhold }) => withhold('gateways', 'apigateway:GET', 'api-1')),
      verdict: 'unknown',
      code: 'GATEWAY_NOT_READ',
      evidence: ['apigateway:GET'],
    },
  ]);
});
