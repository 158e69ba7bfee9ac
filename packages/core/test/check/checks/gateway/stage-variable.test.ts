import { named } from '../all-checks.js';
import type { Route } from '../../../../src/do/model/route.js';
import { LISTENER } from '../aws-region.js';
import { rest, webSocket } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { type Draft, type World, aws, withhold, denied } from '../world.js';

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

checkTable(gatewayStageVariable, {
  'no variables': [rest(), 'nothing'],
  'routes of an HTTP API name no links by variables': [aws(), 'nothing'],
  'the stage of the spec names a link that exists': [
    rest(byVariable({ prod: 'vlink-1' })),
    'pass LINK_EXISTS',
    { subject: 'route ANY /orders, prod', evidence: 'vlink-1' },
  ],
  'the stage of the spec lacks the variable': [
    rest(byVariable({ prod: undefined })),
    'error VARIABLE_ABSENT',
    {
      subject: 'route ANY /orders, prod',
      says: 'no variable link',
      evidence: ['r1/ANY', 'prod'],
      remedy: 'Set link on stage prod of api-1',
    },
  ],
  'the variable names a link that does not exist': [
    rest(byVariable({ prod: 'vlink-9' })),
    'error LINK_ABSENT',
    { says: 'vlink-9', remedy: 'to the ID of a link that exists' },
  ],
  'another stage lacks the variable: the spec names one stage': [
    rest(byVariable({ prod: 'vlink-1', test: undefined })),
    'pass LINK_EXISTS',
  ],
  'a WebSocket API has no stage in the spec: each stage counts': [
    webSocket(byVariable({ prod: 'vlink-1', test: 'vlink-9' })),
    'error LINK_ABSENT',
    { subject: 'route orders, test' },
  ],
  'a route of this project: a run writes the link in place of the variable': [
    rest(byVariable({ prod: undefined }, true)),
    'warning VARIABLE_ABSENT',
    { remedy: 'postern apply' },
  ],
  'a route of this project that has the declared link on another stage: a run does not change it': [
    rest(byVariable({ prod: undefined, test: 'vlink-1' }, true), { 'gateways.api-1.routes.0.linkId': 'vlink-1' }),
    'error VARIABLE_ABSENT',
    { remedy: 'Set link on stage prod of api-1' },
  ],
  'the uses were not read: the value is the ID of a link': [
    rest(byVariable({ prod: 'vlink-1' }), { 'gateways.api-1.uses': undefined }),
    'pass LINK_EXISTS',
    { evidence: 'vlink-1' },
  ],
  'the uses were not read: only the link can be named by the variable': [
    rest(byVariable({ prod: 'vlink-9' }), { 'gateways.api-1.uses': undefined }),
    'error LINK_ABSENT',
    'vlink-9',
  ],
  'the uses were not read: the variable may name the target': [
    rest(byVariable({ prod: 'host-9' }), {
      'gateways.api-1.uses': undefined,
      'gateways.api-1.routes.0.targetId': undefined,
    }),
    'unknown VALUES_NOT_READ',
    { remedy: ['postern snapshot', 'the values of link on stage prod'] },
  ],
  'the variables of the stage could not be read': [
    rest(byVariable({ prod: undefined }), {
      'gateways.api-1.stages.0.variables': undefined,
      'gaps.+': denied('gateways', 'stages of api-1', 'apigateway:GET', 'GetStages', 'api-1'),
    }),
    'unknown VALUES_NOT_READ',
    { evidence: 'apigateway:GET' },
  ],
  'the links could not be read': [
    rest(byVariable({ prod: 'vlink-9' }), withhold('links', 'apigateway:GET')),
    'unknown LINK_NOT_READ',
    { evidence: 'apigateway:GET' },
  ],
  'the API could not be read': [
    rest(byVariable({ prod: 'vlink-1' }), withhold('gateways', 'apigateway:GET', 'api-1')),
    'unknown GATEWAY_NOT_READ',
    { evidence: 'apigateway:GET' },
  ],
});
