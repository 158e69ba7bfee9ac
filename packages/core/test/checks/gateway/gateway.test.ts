import { describe } from 'vitest';
import { gatewayLinkKind } from '../../../src/checks/gateway/link-kind.js';
import { gatewayLocked } from '../../../src/checks/gateway/locked.js';
import { openRoute } from '../../../src/checks/gateway/open-route.js';
import { gatewayStage } from '../../../src/checks/gateway/stage.js';
import { checkTable } from '../run-check.js';
import { alibabaWorld, awsWorld, type World } from '../world.js';

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
      remedy: ['Attach an authoriser'],
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
      why: 'not made yet: it is made open',
      world: () => awsWorld(({ the }) => Object.assign(the('gateways', 'api-1'), { routes: [] })),
      verdict: 'fail',
      severity: 'warning',
      evidence: ['integrations.orders.routes.ANY /orders'],
      remedy: ['postern apply', 'authoriser'],
    },
    {
      why: 'whether it is there could not be read',
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

describe('gateway/stage', () => {
  const stages = (names: readonly string[]) => (world: World) => {
    world.the('gateways', 'api-1').stages = names.map((name) => ({ name, autoDeploy: true }));
  };
  checkTable(gatewayStage, [
    { why: '$default', world: () => awsWorld(), verdict: 'pass', evidence: ['api-1'] },
    { why: 'RELEASE', world: () => alibabaWorld(), verdict: 'pass' },
    {
      why: 'none: nobody can call it',
      world: () => awsWorld(stages([])),
      verdict: 'fail',
      severity: 'warning',
      evidence: ['api-1'],
      remedy: ['Make a stage of api-1'],
    },
    {
      why: 'one that the spec names is not there',
      world: () =>
        alibabaWorld(({ integration }) =>
          Object.assign(integration, { gateway: { apiGroup: 'group-1', stages: ['PRE'] } }),
        ),
      verdict: 'fail',
      severity: 'error',
      says: ['PRE'],
      remedy: ['RELEASE'],
    },
    {
      why: 'the gateway could not be read',
      world: () => awsWorld(({ withhold }) => withhold('gateways', 'apigateway:GET', 'api-1')),
      verdict: 'unknown',
    },
    {
      why: 'stages could not be read',
      world: () =>
        awsWorld((world) => {
          stages([])(world);
          world.region.gaps.push({
            what: 'the stages of api-1',
            operation: 'GetStages',
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

describe('gateway/locked', () => {
  checkTable(gatewayLocked, [
    { why: 'not locked', world: () => alibabaWorld(), verdict: 'pass' },
    {
      why: 'an overdue bill',
      world: () => alibabaWorld(({ the }) => Object.assign(the('gateways', 'group-1'), { locked: 'an overdue bill' })),
      verdict: 'fail',
      severity: 'error',
      subject: 'gateway group-1',
      evidence: ['group-1'],
      remedy: ['an overdue bill'],
    },
    {
      why: 'the group could not be read',
      world: () => alibabaWorld(({ withhold }) => withhold('gateways', 'apigateway:DescribeApiGroup', 'group-1')),
      verdict: 'unknown',
      evidence: ['apigateway:DescribeApiGroup'],
    },
    { why: 'AWS locks no API', world: () => awsWorld(), verdict: 'nothing' },
  ]);
});

describe('gateway/link-kind', () => {
  const kinds = (gateway: 'http-api' | 'rest-api' | 'websocket-api', link: 'vpc-link-v1' | 'vpc-link-v2') =>
    awsWorld(({ the }) => {
      the('gateways', 'api-1').kind = gateway;
      the('links', 'vlink-1').kind = link;
    });
  checkTable(gatewayLinkKind, [
    { why: 'an HTTP API and V2', world: () => awsWorld(), verdict: 'pass' },
    { why: 'a REST API and V2', world: () => kinds('rest-api', 'vpc-link-v2'), verdict: 'pass' },
    { why: 'a REST API and V1', world: () => kinds('rest-api', 'vpc-link-v1'), verdict: 'pass' },
    { why: 'a group and an instance', world: () => alibabaWorld(), verdict: 'pass' },
    {
      why: 'an HTTP API and V1',
      world: () => kinds('http-api', 'vpc-link-v1'),
      verdict: 'fail',
      severity: 'error',
      evidence: ['api-1', 'vlink-1'],
      remedy: ['vpc-link-v2'],
    },
    {
      why: 'a WebSocket API and V2',
      world: () => kinds('websocket-api', 'vpc-link-v2'),
      verdict: 'fail',
      remedy: ['vpc-link-v1'],
    },
    {
      why: 'links could not be read, and the one that is named may be of either kind',
      world: () => awsWorld(({ withhold }) => withhold('links', 'apigateway:GET')),
      verdict: 'unknown',
      remedy: ['apigateway:GET'],
    },
  ]);
});
