import { describe } from 'vitest';
import { gatewayTimeout } from '../../../../src/check/checks/gateway/timeout.js';
import type { RouteSettings } from '../../../../src/do/model/route.js';
import { BALANCER } from '../aws-region.js';
import { restWorld, webSocketWorld } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { alibabaWorld, awsWorld, type World } from '../world.js';

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

describe('gateway/timeout', () => {
  checkTable(gatewayTimeout, [
    {
      why: 'no timeout is declared, and none of the load balancer is known',
      world: () => restWorld(),
      verdict: 'nothing',
    },
    {
      why: 'no timeout is declared, and the load balancer was not read',
      world: () => restWorld((world) => world.withhold('loadBalancers', 'elasticloadbalancing:DescribeLoadBalancers')),
      verdict: 'unknown',
      severity: 'warning',
      evidence: ['elasticloadbalancing:DescribeLoadBalancers'],
    },
    {
      why: 'a timeout is declared, and the load balancer was not read',
      world: () =>
        restWorld((world) => {
          declare({ timeoutMs: 29_000 })(world);
          world.withhold('loadBalancers', 'elasticloadbalancing:DescribeLoadBalancers');
        }),
      verdict: 'unknown',
      severity: 'warning',
    },
    { why: 'API groups have no such setting', world: () => alibabaWorld(), verdict: 'nothing' },
    {
      why: 'the longest of a REST API',
      world: () => restWorld(declare({ timeoutMs: 29_000 })),
      verdict: 'pass',
      subject: 'route ANY /orders',
      evidence: ['integrations.orders.routes.ANY /orders'],
    },
    { why: 'the shortest', world: () => restWorld(declare({ timeoutMs: 50 })), verdict: 'pass' },
    {
      why: 'too short',
      world: () => restWorld(declare({ timeoutMs: 49 })),
      verdict: 'fail',
      severity: 'error',
      says: ['49 ms', '50 ms to 29 s'],
      remedy: ['Write a timeout of 50 ms to 29 s.'],
    },
    {
      why: 'the quota of a REST API may be raised, and was not read',
      world: () => restWorld(declare({ timeoutMs: 30_000 })),
      verdict: 'unknown',
      evidence: ['servicequotas:ListServiceQuotas'],
      remedy: ['L-E5AE38E3'],
    },
    {
      why: 'the quota of a REST API is not raised',
      world: () => restWorld(declare({ timeoutMs: 30_000 }, { 'integration-timeout': 29_000 })),
      verdict: 'fail',
      severity: 'error',
      remedy: ['L-E5AE38E3', 'stream: true'],
    },
    {
      why: 'the quota of a REST API is raised',
      world: () => restWorld(declare({ timeoutMs: 60_000 }, { 'integration-timeout': 90_000 })),
      verdict: 'pass',
    },
    {
      why: 'a route with stream waits longer',
      world: () => restWorld(declare({ timeoutMs: 900_000, stream: true })),
      verdict: 'pass',
    },
    {
      why: 'longer than a route with stream waits',
      world: () => restWorld(declare({ timeoutMs: 900_001, stream: true })),
      verdict: 'fail',
      says: ['50 ms to 900 s'],
    },
    { why: 'an HTTP API waits 30 s', world: () => awsWorld(declare({ timeoutMs: 30_000 })), verdict: 'pass' },
    {
      why: 'an HTTP API waits no longer, and no quota changes that',
      world: () => awsWorld(declare({ timeoutMs: 30_001 })),
      verdict: 'fail',
      remedy: ['Write a timeout of 50 ms to 30 s.'],
    },
    {
      why: 'a WebSocket API waits 29 s',
      world: () => webSocketWorld(declare({ timeoutMs: 29_500 })),
      verdict: 'fail',
      says: ['50 ms to 29 s'],
    },
    {
      why: 'the load balancer closes the connection first',
      world: () => restWorld(idle(10_000, declare({ timeoutMs: 20_000 }))),
      verdict: 'fail',
      severity: 'warning',
      says: ['waits 20 s', 'after 10 s', '504'],
      evidence: [BALANCER],
      remedy: ['Set the idle timeout of orders-alb to more than 20 s'],
    },
    {
      why: 'the load balancer closes the connection before the default of the gateway',
      world: () => awsWorld(idle(10_000)),
      verdict: 'fail',
      severity: 'warning',
      says: ['waits 30 s', 'no timeout is declared'],
    },
    {
      why: 'the live route has a timeout of its own that is short enough',
      world: () =>
        restWorld(
          idle(10_000, ({ the }) =>
            Object.assign(the('gateways', 'api-1').routes[0] ?? {}, { settings: { timeoutMs: 9000 } }),
          ),
        ),
      verdict: 'pass',
    },
    { why: 'the load balancer waits longer', world: () => restWorld(idle(60_000)), verdict: 'pass' },
  ]);
});
