import { describe, expect, it } from 'vitest';
import { routeOwner } from '../../../../src/check/checks/gateway/route-owner.js';
import { diff } from '../../../../src/do/plan/diff.js';
import { declare } from './rest-api.js';
import { rest } from '../rest-world.js';
import { checkTable, outcomesOf } from '../run-check.js';
import { alibabaWorld, aws, alibaba, withhold } from '../world.js';
import { edit } from '../edits.js';
import { CLOUDS } from '../../../clouds.js';

/** A change of the route of the API group. */
const changed = (change: object = {}) =>
  edit({ 'gateways.group-1.routes.0': { targetId: '10.0.20.99:80', ...change } });

describe('gateway/route-owner', () => {
  checkTable(routeOwner, {
    'an unmanaged route has the target of the spec': [alibaba(), 'pass ROUTES_FREE'],
    'an unmanaged route has the target of the spec, on AWS': [aws(), 'pass ROUTES_FREE'],
    'an unmanaged route has another target': [
      alibaba(changed()),
      'error ROUTE_TAKEN',
      {
        subject: 'route ANY /orders',
        says: 'that this project does not manage',
        evidence: 'api-1',
        remedy: ['owner: external', 'interrupts its calls'],
      },
    ],
    'an unmanaged draft that is published on no stage': [
      alibaba(changed({ targetId: 'shop-orders', stages: [] })),
      'error ROUTE_TAKEN',
    ],
    'it is owned by another project': [
      alibaba(changed({ owner: { project: 'stock', spec: 'stock', integration: 'orders' } })),
      'error ROUTE_TAKEN',
      { remedy: 'from the spec of stock' },
    ],
    'it is managed by this project, and has another target': [
      alibaba(changed({ owner: { project: 'shop', spec: 'shop', integration: 'orders' } })),
      'pass ROUTES_FREE',
    ],
    'an external integration: nothing is created': [alibaba(changed(), { 'integration.owner': 'external' }), 'nothing'],
    'on AWS, a route without a link': [
      aws({ 'gateways.api-1.routes.0.linkId': undefined }),
      'error ROUTE_TAKEN',
      { evidence: 'route-1' },
    ],
    'the gateway could not be read': [
      alibaba(withhold('gateways', 'apigateway:DescribeApiGroup', 'group-1')),
      'unknown ROUTES_NOT_READ',
      { evidence: 'apigateway:DescribeApiGroup' },
    ],
    'whether the link exists could not be read': [
      alibaba(withhold('links', 'apigateway:DescribeInstances')),
      'unknown ROUTES_NOT_READ',
      { evidence: 'apigateway:DescribeInstances' },
    ],
  });

  it('fails where a plan refuses, and only there', () => {
    for (const change of [
      {},
      { targetId: 'shop-orders' },
      { targetId: 'shop-orders', stages: [] },
      { targetId: 'shop-orders', path: 'keep' },
      { targetId: 'shop-orders', owner: { project: 'shop', spec: 'shop', integration: 'stock' } },
      { targetId: 'shop-orders', owner: { project: 'stock', spec: 'stock', integration: 'orders' } },
      { owner: { project: 'stock', spec: 'stock', integration: 'orders' } },
      { owner: { project: 'shop', spec: 'shop', integration: 'orders' } },
    ]) {
      const world = alibabaWorld(changed(change));
      const fails = outcomesOf(routeOwner, world).some(({ verdict }) => verdict === 'fail');
      const plan = (): unknown => diff(world.snapshot, world.spec, { clouds: CLOUDS });
      if (fails) expect(plan, JSON.stringify(change)).toThrow(/does not manage|not ours|belongs to project/);
      else expect(plan, JSON.stringify(change)).not.toThrow();
    }
  });
});

describe('gateway/route-owner of a REST API', () => {
  checkTable(routeOwner, {
    'an unmanaged route whose settings differ': [
      rest(declare({ timeoutMs: 5000 }, edit({ 'gateways.api-1.routes.0.owner': undefined }))),
      'error ROUTE_TAKEN',
      'does not manage',
    ],
    'an unmanaged route that matches': [rest({ 'gateways.api-1.routes.0.owner': undefined }), 'pass ROUTES_FREE'],
  });
});
