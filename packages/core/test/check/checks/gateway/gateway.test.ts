import { describe } from 'vitest';
import { gatewayLinkKind } from '../../../../src/check/checks/gateway/link-kind.js';
import { gatewayLocked } from '../../../../src/check/checks/gateway/locked.js';
import { openRoute } from '../../../../src/check/checks/gateway/open-route.js';
import { gatewayQuota } from '../../../../src/check/checks/gateway/quota.js';
import { gatewayStage } from '../../../../src/check/checks/gateway/stage.js';
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

describe('gateway/stage', () => {
  const stages = (names: readonly string[]) => (world: World) => {
    world.the('gateways', 'api-1').stages = names.map((name) => ({ name, autoDeploy: true }));
  };
  const byHand =
    (names: readonly string[], deploymentId?: string) =>
    ({ the }: World) => {
      the('gateways', 'api-1').stages = names.map((name, at) => ({
        name,
        autoDeploy: false,
        ...(at === 0 && deploymentId !== undefined ? { deploymentId } : {}),
      }));
    };
  checkTable(gatewayStage, [
    { why: '$default', world: () => awsWorld(), verdict: 'pass', evidence: ['api-1'] },
    {
      why: 'no stage deploys automatically, and nothing was deployed: the existing route receives no calls',
      world: () => awsWorld(byHand(['$default', 'test'])),
      verdict: 'fail',
      severity: 'warning',
      says: ['$default, test'],
      evidence: ['api-1'],
      remedy: ['Deploy to $default, test'],
    },
    {
      why: 'it was deployed before',
      world: () => awsWorld(byHand(['$default', 'test'], 'd-1')),
      verdict: 'pass',
    },
    {
      why: 'a route that does not exist is deployed when it is created',
      world: () =>
        awsWorld((world) => {
          byHand(['$default'])(world);
          world.the('gateways', 'api-1').routes = [];
        }),
      verdict: 'pass',
    },
    {
      why: 'an API that was read in part',
      world: () =>
        awsWorld((world) => {
          byHand(['$default'])(world);
          world.region.gaps.push({
            what: 'stages of api-1',
            operation: 'GetStages',
            code: 'PERMISSION_DENIED',
            permission: 'apigateway:GET',
            of: 'gateways',
          });
        }),
      verdict: 'unknown',
      evidence: ['apigateway:GET'],
    },
    { why: 'RELEASE', world: () => alibabaWorld(), verdict: 'pass' },
    {
      why: 'no stage: it cannot be called',
      world: () => awsWorld(stages([])),
      verdict: 'fail',
      severity: 'warning',
      evidence: ['api-1'],
      remedy: ['Create a stage of api-1'],
    },
    {
      why: 'a stage of the spec does not exist',
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
      why: 'links could not be read, and the link of the spec may be of either kind',
      world: () => awsWorld(({ withhold }) => withhold('links', 'apigateway:GET')),
      verdict: 'unknown',
      remedy: ['apigateway:GET'],
    },
  ]);
});

describe('gateway/quota', () => {
  /** The API has this many unmanaged routes beside the declared one, and this many unmanaged integrations. */
  const full =
    (routes: number, integrations: number, isThere = false) =>
    ({ the }: World) => {
      const api = the('gateways', 'api-1');
      const own = isThere ? api.routes.slice(0, 1) : [];
      const [one] = api.routes;
      if (one === undefined) throw new Error('no route');
      api.routes = [...own, ...Array.from({ length: routes }, (_, n) => ({ ...one, id: `r-${n}`, key: `GET /${n}` }))];
      api.integrations = Array.from({ length: integrations }, (_, n) => ({ id: `i-${n}` }));
    };
  const quota = (limits: Readonly<Record<string, number>>, ...changes: readonly ((world: World) => unknown)[]) =>
    awsWorld((world) => {
      Object.assign(world.region, { quotas: limits });
      for (const change of changes) change(world);
    });
  checkTable(gatewayQuota, [
    { why: 'below the quota', world: () => quota({}, full(10, 10)), verdict: 'pass', evidence: ['api-1'] },
    { why: 'the last route in quota', world: () => quota({ 'routes-per-api': 300 }, full(299, 10)), verdict: 'pass' },
    {
      why: 'one route too many',
      world: () => quota({ 'routes-per-api': 300 }, full(300, 10)),
      verdict: 'fail',
      severity: 'error',
      subject: 'gateway api-1',
      says: ['300 of 300 routes', '1 more'],
      evidence: ['L-65B5C802'],
      remedy: ['L-65B5C802'],
    },
    { why: 'the quota was raised', world: () => quota({ 'routes-per-api': 400 }, full(300, 10)), verdict: 'pass' },
    {
      why: 'whether the quota was raised was not read',
      world: () => quota({}, full(300, 10)),
      verdict: 'unknown',
      evidence: ['servicequotas:ListServiceQuotas'],
    },
    {
      why: 'full, and nothing is to be created',
      world: () => quota({}, full(299, 300, true), ownIntegration),
      verdict: 'pass',
    },
    {
      why: 'full of integrations, whose quota cannot be raised',
      world: () => quota({}, full(10, 300)),
      verdict: 'fail',
      severity: 'error',
      says: ['300 of 300 integrations'],
      evidence: ['integrations-per-api'],
      remedy: ['another API.'],
    },
    {
      why: 'this project has an integration with the target already',
      world: () => quota({}, full(10, 299), ownIntegration),
      verdict: 'pass',
    },
    {
      why: 'its integrations are not known, and one is to be created',
      world: () => quota({}, full(10, 10), unlisted),
      verdict: 'unknown',
      says: ['the integrations of api-1'],
    },
    {
      why: 'its integrations are not known, and none is to be created',
      world: () => quota({}, full(10, 10, true), unlisted),
      verdict: 'pass',
    },
    {
      why: 'the API could not be read',
      world: () => awsWorld(({ withhold }) => withhold('gateways', 'apigateway:GET', 'api-1')),
      verdict: 'unknown',
      evidence: ['apigateway:GET'],
    },
    {
      why: 'an external integration: nothing is created',
      world: () => quota({}, full(300, 300), ({ integration }) => Object.assign(integration, { owner: 'external' })),
      verdict: 'nothing',
    },
    { why: 'API groups have other quotas', world: () => alibabaWorld(), verdict: 'nothing' },
  ]);
});

/** As in snapshots of earlier versions. */
function unlisted({ the }: World): void {
  delete the('gateways', 'api-1').integrations;
}

/** The last integration is managed by the project, and reaches the target over the link. */
function ownIntegration({ the, region, spec }: World): void {
  const api = the('gateways', 'api-1');
  api.integrations = [
    ...(api.integrations ?? []).slice(1),
    {
      id: 'own',
      linkId: 'vlink-1',
      targetId: region.targets[0]?.id,
      owner: { project: spec.project, integration: 'orders' },
    },
  ];
}
