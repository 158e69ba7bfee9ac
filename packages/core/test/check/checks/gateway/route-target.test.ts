import { describe } from 'vitest';
import { routeTarget } from '../../../../src/check/checks/gateway/route-target.js';
import { group, managed } from './api-group.js';
import { checkTable } from '../run-check.js';
import { alibabaWorld } from '../world.js';

describe('gateway/route-target', () => {
  checkTable(routeTarget, [
    { why: 'it exists', world: () => alibabaWorld(), verdict: 'pass', evidence: ['api-1'] },
    {
      why: 'it was removed',
      world: () => alibabaWorld(({ remove }) => remove('targets', 'shop-orders')),
      verdict: 'fail',
      severity: 'error',
      subject: 'route ANY /orders',
      evidence: ['api-1', 'shop-orders'],
      remedy: ['Recreate an authorization named shop-orders'],
    },
    {
      why: 'it was removed, and this project manages the route',
      world: () =>
        alibabaWorld((world) => {
          world.remove('targets', 'shop-orders');
          Object.assign(group(world).routes[0] ?? {}, { owner: managed });
        }),
      verdict: 'fail',
      remedy: ['Run `postern apply`'],
    },
    {
      why: 'a plain address has no authorization',
      world: () =>
        alibabaWorld((world) => {
          for (const route of group(world).routes) Object.assign(route, { targetId: '10.0.20.5:8080' });
        }),
      verdict: 'nothing',
    },
    {
      why: 'authorizations could not be read',
      world: () => alibabaWorld(({ withhold }) => withhold('targets', 'apigateway:DescribeVpcAccesses', 'shop-orders')),
      verdict: 'unknown',
      evidence: ['apigateway:DescribeVpcAccesses'],
    },
  ]);
});
