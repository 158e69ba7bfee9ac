import { describe } from 'vitest';
import { openRoute } from '../../../../src/check/checks/gateway/open-route.js';
import type { Route } from '../../../../src/do/model/route.js';
import { route, declare, external } from './rest-api.js';
import { restWorld, newV1World, webSocketWorld } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { awsWorld, alibabaWorld, type Draft, type World } from '../world.js';

describe('gateway/open-route', () => {
  const open = (to: boolean | undefined, authorization: string) =>
    awsWorld(({ the }) => Object.assign(the('gateways', 'api-1').routes[0] ?? {}, { open: to, authorization }));
  checkTable(openRoute, [
    { why: 'JWT', world: () => awsWorld(), verdict: 'pass', evidence: ['route-1'] },
    { why: 'APP', world: () => alibabaWorld(), verdict: 'pass' },
    {
      why: 'NONE',
      world: () => open(true, 'NONE'),
      verdict: 'fail',
      severity: 'warning',
      subject: 'route ANY /orders',
      evidence: ['route-1'],
      remedy: ['Attach an authorizer'],
    },
    {
      why: 'ANONYMOUS',
      world: () =>
        alibabaWorld(({ the }) =>
          Object.assign(the('gateways', 'group-1').routes[1] ?? {}, { open: true, authorization: 'ANONYMOUS' }),
        ),
      verdict: 'fail',
      subject: 'route ANY /stock',
      remedy: ['publish'],
    },
    {
      why: 'the gateway could not be read',
      world: () => awsWorld(({ withhold }) => withhold('gateways', 'apigateway:GET', 'api-1')),
      verdict: 'unknown',
      evidence: ['apigateway:GET'],
    },
    { why: 'not read', world: () => open(undefined, 'CUSTOM'), verdict: 'unknown', evidence: ['route-1'] },
    {
      why: 'it does not exist, and will be created open',
      world: () => awsWorld(({ the }) => Object.assign(the('gateways', 'api-1'), { routes: [] })),
      verdict: 'fail',
      severity: 'warning',
      evidence: ['integrations.orders.routes.ANY /orders'],
      remedy: ['postern apply', 'authorizer'],
    },
    {
      why: 'whether it exists could not be read',
      world: () =>
        awsWorld(({ the, region }) => {
          Object.assign(the('gateways', 'api-1'), { routes: [] });
          region.gaps.push({
            what: 'routes of api-1',
            operation: 'GetRoutes',
            code: 'PERMISSION_DENIED',
            permission: 'apigateway:GET',
            of: 'gateways',
          });
        }),
      verdict: 'unknown',
      evidence: ['apigateway:GET'],
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
