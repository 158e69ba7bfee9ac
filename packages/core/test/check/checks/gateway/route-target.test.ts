import { routeTarget } from '../../../../src/check/checks/gateway/route-target.js';
import { group, managed } from './api-group.js';
import { checkTable } from '../run-check.js';
import { alibaba, withhold } from '../world.js';

checkTable(routeTarget, {
  'it exists': [alibaba(), 'pass TARGET_EXISTS', { evidence: 'api-1' }],
  'it was removed': [
    alibaba({ 'targets.shop-orders': undefined }),
    'error TARGET_ABSENT',
    {
      subject: 'route ANY /orders',
      evidence: ['api-1', 'shop-orders'],
      remedy: 'Recreate an authorization named shop-orders',
    },
  ],
  'it was removed, and this project manages the route': [
    alibaba((world) => {
      world.remove('targets', 'shop-orders');
      Object.assign(group(world).routes[0] ?? {}, { owner: managed });
    }),
    'error TARGET_ABSENT',
    { remedy: 'Run `postern apply`' },
  ],
  'a plain address has no authorization': [
    alibaba((world) => {
      for (const route of group(world).routes) Object.assign(route, { targetId: '10.0.20.5:8080' });
    }),
    'nothing',
  ],
  'authorizations could not be read': [
    alibaba(withhold('targets', 'apigateway:DescribeVpcAccesses', 'shop-orders')),
    'unknown TARGET_NOT_READ',
    { evidence: 'apigateway:DescribeVpcAccesses' },
  ],
});
