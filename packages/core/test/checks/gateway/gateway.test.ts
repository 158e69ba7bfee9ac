import { describe } from 'vitest';
import { gatewayLinkKind } from '../../../src/checks/gateway/link-kind.js';
import { gatewayLocked } from '../../../src/checks/gateway/locked.js';
import { openRoute } from '../../../src/checks/gateway/open-route.js';
import { gatewayQuota } from '../../../src/checks/gateway/quota.js';
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
      why: 'not made yet: it is made open',
      world: () => awsWorld(({ the }) => Object.assign(the('gateways', 'api-1'), { routes: [] })),
      verdict: 'fail',
      severity: 'warning',
      evidence: ['integrations.orders.routes.ANY /orders'],
      remedy: ['postern apply', 'authorizer'],
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
      why: 'nothing deploys by itself, and nothing was deployed: the route that is there is served to nobody',
      world: () => awsWorld(byHand(['$default', 'test'])),
      verdict: 'fail',
      severity: 'warning',
      says: ['$default, test'],
      evidence: ['api-1'],
      remedy: ['Deploy to $default, test'],
    },
    {
      why: 'it was deployed once',
      world: () => awsWorld(byHand(['$default', 'test'], 'd-1')),
      verdict: 'pass',
    },
    {
      why: 'what is not there yet is deployed when it is made',
      world: () =>
        awsWorld((world) => {
          byHand(['$default'])(world);
          world.the('gateways', 'api-1').routes = [];
        }),
      verdict: 'pass',
    },
    {
      why: 'an API of which not all could be read',
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
      why: 'none: nobody can call it',
      world: () => awsWorld(stages([])),
      verdict: 'fail',
      severity: 'warning',
      evidence: ['api-1'],
      remedy: ['Create a stage of api-1'],
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

describe('gateway/quota', () => {
  /** The API has so many routes of others beside the declared one, and so many integrations of theirs. */
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
    { why: 'room enough', world: () => quota({}, full(10, 10)), verdict: 'pass', evidence: ['api-1'] },
    { why: 'the last one', world: () => quota({ 'routes-per-api': 300 }, full(299, 10)), verdict: 'pass' },
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
      why: 'nobody read whether it was raised',
      world: () => quota({}, full(300, 10)),
      verdict: 'unknown',
      evidence: ['servicequotas:ListServiceQuotas'],
    },
    {
      why: 'full, and nothing is to be made',
      world: () => quota({}, full(299, 300, true), ownIntegration),
      verdict: 'pass',
    },
    {
      why: 'integrations can never be more',
      world: () => quota({}, full(10, 300)),
      verdict: 'fail',
      severity: 'error',
      says: ['300 of 300 integrations'],
      evidence: ['integrations-per-api'],
      remedy: ['another API.'],
    },
    {
      why: 'one of ours leads to the target already',
      world: () => quota({}, full(10, 299), ownIntegration),
      verdict: 'pass',
    },
    {
      why: 'its integrations are not known, and one is to be made',
      world: () => quota({}, full(10, 10), unlisted),
      verdict: 'unknown',
      says: ['the integrations of api-1'],
    },
    {
      why: 'its integrations are not known, and none is to be made',
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
      why: 'nothing is made of an external integration',
      world: () => quota({}, full(300, 300), ({ integration }) => Object.assign(integration, { owner: 'external' })),
      verdict: 'nothing',
    },
    { why: 'API groups count otherwise', world: () => alibabaWorld(), verdict: 'nothing' },
  ]);
});

/** As snapshots of earlier versions have it. */
function unlisted({ the }: World): void {
  delete the('gateways', 'api-1').integrations;
}

/** The last integration is the project's own, and leads to the target by the link. */
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
