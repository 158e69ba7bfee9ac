import { gatewayTimeout } from '../../../../src/check/checks/gateway/timeout.js';
import type { RouteSettings } from '../../../../src/do/model/route.js';
import { BALANCER } from '../aws-region.js';
import { rest, webSocket } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { type World, aws, alibaba, withhold } from '../world.js';
import { edit } from '../edits.js';

const declare =
  (settings: RouteSettings, quotas: Readonly<Record<string, number>> = {}) =>
  (world: World): void => {
    const [key = ''] = Object.keys(world.integration.routes);
    Object.assign(world.integration, { settings: { [key]: settings } });
    Object.assign(world.region, { quotas });
  };

const idle =
  (idleTimeoutMs: number, more: (world: World) => void = () => undefined) =>
  (world: World): void => {
    world.the('loadBalancers', BALANCER).idleTimeoutMs = idleTimeoutMs;
    more(world);
  };

checkTable(gatewayTimeout, {
  'no timeout is declared, and none of the load balancer is known': [rest(), 'nothing'],
  'no timeout is declared, and the load balancer was not read': [
    rest(withhold('loadBalancers', 'elasticloadbalancing:DescribeLoadBalancers')),
    'unknown warning IDLE_NOT_READ',
    { evidence: 'elasticloadbalancing:DescribeLoadBalancers' },
  ],
  'a timeout is declared, and the load balancer was not read': [
    rest(declare({ timeoutMs: 29_000 }), withhold('loadBalancers', 'elasticloadbalancing:DescribeLoadBalancers')),
    'unknown warning IDLE_NOT_READ',
  ],
  'API groups have no such setting': [alibaba(), 'nothing'],
  'the longest of a REST API': [
    rest(declare({ timeoutMs: 29_000 })),
    'pass TIMEOUT_FITS',
    { subject: 'route ANY /orders', evidence: 'integrations.orders.routes.ANY /orders' },
  ],
  'the shortest': [rest(declare({ timeoutMs: 50 })), 'pass TIMEOUT_FITS'],
  'too short': [
    rest(declare({ timeoutMs: 49 })),
    'error OUT_OF_RANGE',
    { says: ['49 ms', '50 ms to 29 s'], remedy: 'Write a timeout of 50 ms to 29 s.' },
  ],
  'the quota of a REST API may be raised, and was not read': [
    rest(declare({ timeoutMs: 30_000 })),
    'unknown QUOTA_NOT_READ',
    { evidence: 'servicequotas:ListServiceQuotas', remedy: 'L-E5AE38E3' },
  ],
  'the quota of a REST API is not raised': [
    rest(declare({ timeoutMs: 30_000 }, { 'integration-timeout': 29_000 })),
    'error OUT_OF_RANGE',
    { remedy: ['L-E5AE38E3', 'stream: true'] },
  ],
  'the quota of a REST API is raised': [
    rest(declare({ timeoutMs: 60_000 }, { 'integration-timeout': 90_000 })),
    'pass TIMEOUT_FITS',
  ],
  'a route with stream waits longer': [rest(declare({ timeoutMs: 900_000, stream: true })), 'pass TIMEOUT_FITS'],
  'longer than a route with stream waits': [
    rest(declare({ timeoutMs: 900_001, stream: true })),
    'error OUT_OF_RANGE',
    '50 ms to 900 s',
  ],
  'an HTTP API waits 30 s': [aws(declare({ timeoutMs: 30_000 })), 'pass TIMEOUT_FITS'],
  'an HTTP API waits no longer, and no quota changes that': [
    aws(declare({ timeoutMs: 30_001 })),
    'error OUT_OF_RANGE',
    { remedy: 'Write a timeout of 50 ms to 30 s.' },
  ],
  'a WebSocket API waits 29 s': [webSocket(declare({ timeoutMs: 29_500 })), 'error OUT_OF_RANGE', '50 ms to 29 s'],
  'the load balancer closes the connection first': [
    rest(idle(10_000, declare({ timeoutMs: 20_000 }))),
    'warning IDLE_SOONER',
    {
      says: ['waits 20 s', 'after 10 s', '504'],
      evidence: BALANCER,
      remedy: 'Set the idle timeout of orders-alb to more than 20 s',
    },
  ],
  'the load balancer closes the connection before the default of the gateway': [
    aws(idle(10_000)),
    'warning IDLE_SOONER',
    ['waits 30 s', 'no timeout is declared'],
  ],
  'the live route has a timeout of its own that is short enough': [
    rest(idle(10_000, edit({ 'gateways.api-1.routes.0.settings': { timeoutMs: 9000 } }))),
    'pass TIMEOUT_FITS',
  ],
  'the load balancer waits longer': [rest(idle(60_000)), 'pass TIMEOUT_FITS'],
});
