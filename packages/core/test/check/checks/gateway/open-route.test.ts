import { describe } from 'vitest';
import { openRoute } from '../../../../src/check/checks/gateway/open-route.js';
import type { Route } from '../../../../src/do/model/route.js';
import { route, declare, external } from './rest-api.js';
import { newV1World, rest, webSocket } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { awsWorld, type Draft, type World, aws, alibaba, withhold, denied } from '../world.js';
import { edit } from '../edits.js';

describe('gateway/open-route', () => {
  const open = (to: boolean | undefined, authorization: string) =>
    awsWorld(edit({ 'gateways.api-1.routes.0': { open: to, authorization } }));
  checkTable(openRoute, {
    JWT: [aws(), 'pass ROUTE_GUARDED', { evidence: 'route-1' }],
    APP: [alibaba(), 'pass ROUTE_GUARDED'],
    NONE: [
      () => open(true, 'NONE'),
      'warning ROUTE_OPEN',
      { subject: 'route ANY /orders', evidence: 'route-1', remedy: 'Attach an authorizer' },
    ],
    ANONYMOUS: [
      alibaba({ 'gateways.group-1.routes.1': { open: true, authorization: 'ANONYMOUS' } }),
      'warning ROUTE_OPEN',
      { subject: 'route ANY /stock', remedy: 'publish' },
    ],
    'the gateway could not be read': [
      aws(withhold('gateways', 'apigateway:GET', 'api-1')),
      'unknown ROUTES_NOT_READ',
      { evidence: 'apigateway:GET' },
    ],
    'not read': [() => open(undefined, 'CUSTOM'), 'unknown ROUTE_NOT_READ', { evidence: 'route-1' }],
    'it does not exist, and will be created open': [
      aws({ 'gateways.api-1.routes': [] }),
      'warning NEW_ROUTE_OPEN',
      { evidence: 'integrations.orders.routes.ANY /orders', remedy: ['postern apply', 'authorizer'] },
    ],
    'whether it exists could not be read': [
      aws({
        'gateways.api-1.routes': [],
        'gaps.+': denied('gateways', 'routes of api-1', 'apigateway:GET', 'GetRoutes'),
      }),
      'unknown ROUTE_NOT_READ',
      { evidence: 'apigateway:GET' },
    ],
  });
});

describe('gateway/open-route of a REST API', () => {
  const open = route({ open: true, authorization: 'NONE' });
  checkTable(openRoute, {
    IAM: [rest(), 'pass ROUTE_GUARDED', { evidence: 'r1/ANY' }],
    'no authorization, and no API key': [
      rest(open),
      'warning ROUTE_OPEN',
      { says: 'every caller', remedy: "apiKey: true at integrations.orders.routes.'ANY /orders'" },
    ],
    'the spec declares an authorizer for a route of the project': [
      rest(declare({ authorizer: 'iam' }, open)),
      'pass GUARD_DECLARED',
      ['authorizer iam', '`postern apply` sets it'],
    ],
    'the spec declares an API key': [rest(declare({ apiKey: true }, open)), 'pass GUARD_DECLARED', 'an API key'],
    'the spec declares an authorizer, and never changes the route': [
      rest(declare({ authorizer: 'iam' }, (world) => (open(world), external(world)))),
      'warning ROUTE_OPEN',
      { remedy: 'Attach an authorizer' },
    ],
    'the spec removes the authorization': [
      rest(declare({ authorizer: 'none' })),
      'warning OPENED_BY_APPLY',
      'removes its authorization',
    ],
    'the spec removes the authorizer of a route that needs an API key': [
      rest(declare({ authorizer: 'none' }, route({ settings: { apiKey: true } }))),
      'pass ROUTE_GUARDED',
    ],
    'a route to be created with an authorizer': [
      () => newV1World(declare({ authorizer: 'auth-1' })),
      'pass GUARD_DECLARED',
      'authorizer auth-1',
    ],
    'a route to be created without one': [() => newV1World(), 'warning NEW_ROUTE_OPEN', 'does not exist yet'],
  });
});

describe('gateway/open-route of a WebSocket API', () => {
  const connect =
    (changes: Partial<Draft<Route>> | undefined) =>
    ({ the }: World): void => {
      const api = the('gateways', 'api-1');
      if (changes === undefined) api.routes = api.routes.filter(({ key }) => key !== '$connect');
      else for (const one of api.routes) if (one.key === '$connect') Object.assign(one, changes);
    };
  checkTable(openRoute, {
    'callers authenticate where they connect': [webSocket(), 'pass ROUTE_GUARDED', { subject: 'route $connect' }],
    'every caller may connect': [
      webSocket(connect({ open: true, authorization: 'NONE' })),
      'warning ROUTE_OPEN',
      { subject: 'route $connect', remedy: 'Attach an authorizer (Lambda or IAM) to $connect of api-1.' },
    ],
    'without the route every caller may connect': [
      webSocket(connect(undefined)),
      'warning NO_SUCH_ROUTE',
      { says: 'no route $connect', remedy: 'Create the route $connect of api-1 with an authorizer (Lambda or IAM).' },
    ],
    'the routes were read in part': [
      webSocket(connect(undefined), {
        'gaps.+': denied('gateways', 'routes of api-1', 'apigateway:GET', 'GetRoutes', 'api-1'),
      }),
      'unknown ROUTE_NOT_READ',
      { evidence: 'apigateway:GET' },
    ],
  });
});
