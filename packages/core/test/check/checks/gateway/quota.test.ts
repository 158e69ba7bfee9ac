import { describe } from 'vitest';
import { gatewayQuota } from '../../../../src/check/checks/gateway/quota.js';
import type { Route } from '../../../../src/do/model/route.js';
import { restWorld, rest } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { type World, awsWorld, type Draft, aws, alibaba, withhold } from '../world.js';
import { edit } from '../edits.js';

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
      owner: { project: spec.project, spec: spec.spec, integration: 'orders' },
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
  checkTable(gatewayQuota, {
    'below the quota': [() => quota({}, full(10, 10)), 'pass WITHIN_QUOTA', { evidence: 'api-1' }],
    'the last route in quota': [() => quota({ 'routes-per-api': 300 }, full(299, 10)), 'pass WITHIN_QUOTA'],
    'one route too many': [
      () => quota({ 'routes-per-api': 300 }, full(300, 10)),
      'error QUOTA_EXCEEDED',
      { subject: 'gateway api-1', says: ['300 of 300 routes', '1 more'], evidence: 'L-65B5C802', remedy: 'L-65B5C802' },
    ],
    'the quota was raised': [() => quota({ 'routes-per-api': 400 }, full(300, 10)), 'pass WITHIN_QUOTA'],
    'whether the quota was raised was not read': [
      () => quota({}, full(300, 10)),
      'unknown QUOTA_NOT_READ',
      { evidence: 'servicequotas:ListServiceQuotas' },
    ],
    'full, and nothing is to be created': [() => quota({}, full(299, 300, true), ownIntegration), 'pass WITHIN_QUOTA'],
    'full of integrations, whose quota cannot be raised': [
      () => quota({}, full(10, 300)),
      'error QUOTA_EXCEEDED',
      { says: '300 of 300 integrations', evidence: 'integrations-per-api', remedy: 'another API.' },
    ],
    'this project has an integration with the target already': [
      () => quota({}, full(10, 299), ownIntegration),
      'pass WITHIN_QUOTA',
    ],
    'its integrations are not known, and one is to be created': [
      () => quota({}, full(10, 10), unlisted),
      'unknown QUOTA_NOT_READ',
      'the integrations of api-1',
    ],
    'its integrations are not known, and none is to be created': [
      () => quota({}, full(10, 10, true), unlisted),
      'pass WITHIN_QUOTA',
    ],
    'the API could not be read': [
      aws(withhold('gateways', 'apigateway:GET', 'api-1')),
      'unknown GATEWAY_NOT_READ',
      { evidence: 'apigateway:GET' },
    ],
    'an external integration: nothing is created': [
      () => quota({}, full(300, 300), edit({ 'integration.owner': 'external' })),
      'nothing',
    ],
    'API groups have other quotas': [alibaba(), 'nothing'],
  });
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
  checkTable(gatewayQuota, {
    'below the quota': [rest(), 'pass WITHIN_QUOTA', '0 resources and 0 stages'],
    'one resource too many': [
      () => quota({ 'resources-per-rest-api': 300 }, resources(300)),
      'error QUOTA_EXCEEDED',
      { says: ['300 of 300 resources', '1 more'], evidence: 'L-01C8A9E0' },
    ],
    'another method of a resource that exists needs none': [
      () =>
        quota(
          { 'resources-per-rest-api': 300 },
          resources(300),
          edit({ 'integration.routes': { 'POST /7': 'orders' } }),
        ),
      'pass WITHIN_QUOTA',
    ],
    'each part of a path is a resource': [
      () =>
        quota(
          { 'resources-per-rest-api': 300 },
          resources(297),
          edit({ 'integration.routes': { 'GET /7/items/{id}': 'orders', 'PUT /7/items/{id}': 'orders' } }),
        ),
      'pass WITHIN_QUOTA',
      '2 resources',
    ],
    // The simulated cloud, which counts the root, refuses it.
    'the last one, which the root takes if it counts': [
      () => quota({ 'resources-per-rest-api': 300 }, resources(299)),
      'unknown QUOTA_REACHED',
      { says: ['299 of 300 resources', 'whether its root counts'], remedy: 'L-01C8A9E0' },
    ],
    'whether the quota was raised was not read': [
      () => quota({}, resources(300)),
      'unknown QUOTA_NOT_READ',
      { evidence: 'servicequotas:ListServiceQuotas' },
    ],
    'the stage of the spec is one too many': [
      () =>
        quota(
          { 'stages-per-api': 10 },
          edit({
            'gateways.api-1.stages': Array.from({ length: 10 }, (_, n) => ({
              name: `s${n}`,
              autoDeploy: false,
            })),
          }),
        ),
      'error QUOTA_EXCEEDED',
      ['10 of 10 stages', '1 more'],
    ],
  });
});
