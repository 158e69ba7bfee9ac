import { describe } from 'vitest';
import { gatewayQuota } from '../../../../src/check/checks/gateway/quota.js';
import type { Route } from '../../../../src/do/model/route.js';
import { restWorld } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { type World, awsWorld, alibabaWorld, type Draft } from '../world.js';

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
