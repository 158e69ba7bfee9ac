import { describe } from 'vitest';
import { targetDeregistrationDelay } from '../../../../src/check/checks/target/deregistration-delay.js';
import type { TargetGroup } from '../../../../src/do/model/load-balancer.js';
import { GROUP, LISTENER } from '../aws-region.js';
import { restWorld, webSocketWorld } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { all, type World, aws, alibaba } from '../world.js';
import { useNetworkBalancer } from './backends.js';
import { BEHIND, behind } from './behind-balancer.js';

const delay =
  (seconds: number | undefined, closesAfterDelay = true) =>
  ({ the }: World): void => {
    const deregistrationDelayMs = seconds === undefined ? undefined : seconds * 1000;
    Object.assign(the('targetGroups', GROUP), {
      deregistrationDelayMs,
      closesAfterDelay,
    } satisfies Partial<TargetGroup>);
  };

const declare =
  (timeoutMs: number) =>
  ({ integration }: World): void => {
    const [key = ''] = Object.keys(integration.routes);
    Object.assign(integration, { settings: { [key]: { timeoutMs } } });
  };

const live =
  (timeoutMs: number) =>
  ({ the }: World): void => {
    Object.assign(the('gateways', 'api-1').routes[0] ?? {}, { settings: { timeoutMs } });
  };

/** The group of the network load balancer keeps connections; that of the other one has a delay that is long enough. */
const keep = ({ the }: World): void => {
  the('targetGroups', BEHIND).closesAfterDelay = false;
  the('targetGroups', GROUP).deregistrationDelayMs = 900_000;
};

/** A rule of the listener sends a second, quick route to the group; the first goes to another group. */
const splitByRule = ({ the, copy, integration }: World): void => {
  copy('targetGroups', GROUP, { id: 'slow', name: 'slow', deregistrationDelayMs: 300_000 });
  const [action] = the('listeners', LISTENER).actions ?? [];
  Object.assign(the('listeners', LISTENER), {
    actions: [{ ...action, targetGroupIds: ['slow'] }],
    rules: [
      {
        id: 'rule-1',
        priority: 1,
        conditions: [{ kind: 'path', values: ['/quick'] }],
        actions: [{ ...action, targetGroupIds: [GROUP] }],
      },
    ],
  });
  integration.routes['ANY /quick'] = 'orders';
  Object.assign(integration, { settings: { 'ANY /quick': { timeoutMs: 5000 } } });
};

describe('target/deregistration-delay', () => {
  checkTable(targetDeregistrationDelay, [
    { why: 'the default of 300 s', world: aws(), verdict: 'pass' },
    { why: 'as long as an HTTP API waits', world: aws(delay(30)), verdict: 'pass' },
    {
      why: 'shorter than an HTTP API waits by default',
      world: aws(delay(29)),
      verdict: 'fail',
      severity: 'warning',
      subject: 'target orders, orders',
      says: ['has 29 s', 'ANY /orders waits 30 s', 'orders-alb answers', '502'],
      evidence: [GROUP],
      remedy: ['of orders to 30 or more', 'a timeout of at most 29 s for ANY /orders.'],
    },
    { why: 'as long as a REST API waits', world: () => restWorld(delay(29)), verdict: 'pass' },
    { why: 'as long as a WebSocket API waits', world: () => webSocketWorld(delay(29)), verdict: 'pass' },
    {
      why: 'no delay: a timeout of 0 cannot be declared',
      world: aws(delay(0)),
      verdict: 'fail',
      remedy: ['Set deregistration_delay.timeout_seconds of orders to 30 or more.'],
    },
    { why: 'the spec declares a shorter timeout', world: aws(delay(10), declare(10_000)), verdict: 'pass' },
    {
      why: 'the spec declares a longer timeout, not in whole seconds',
      world: () => restWorld(all(delay(60), declare(60_500))),
      verdict: 'fail',
      says: ['60500 ms'],
      remedy: ['61 or more'],
    },
    { why: 'the live route waits less', world: aws(delay(10), live(9000)), verdict: 'pass' },
    {
      why: 'the timeout of the live route was not read',
      world: aws(delay(10), (world) => world.withhold('gateways', 'apigateway:GET', 'api-1')),
      verdict: 'unknown',
      code: 'TIMEOUT_NOT_READ',
      severity: 'warning',
      evidence: ['apigateway:GET'],
    },
    {
      why: 'two routes wait longer',
      world: aws(delay(10), ({ integration }) => (integration.routes['GET /stock'] = 'orders')),
      verdict: 'fail',
      says: ['ANY /orders and GET /stock wait up to 30 s'],
    },
    { why: 'a rule sends only the quick route to it', world: aws(splitByRule, delay(5)), verdict: 'pass' },
    {
      why: 'a network load balancer that closes the connections',
      world: aws(useNetworkBalancer, delay(10)),
      verdict: 'fail',
      severity: 'warning',
      says: ['closes connections'],
    },
    {
      why: 'a network load balancer that keeps the connections',
      world: aws(useNetworkBalancer, delay(10, false)),
      verdict: 'fail',
      code: 'CONNECTIONS_KEPT',
      severity: 'note',
    },
    {
      why: 'whether the connections are closed was not read',
      world: aws(useNetworkBalancer, delay(10), ({ the }) => delete the('targetGroups', GROUP).closesAfterDelay),
      verdict: 'unknown',
      code: 'DELAY_NOT_READ',
    },
    {
      why: 'an application load balancer behind a network load balancer',
      world: aws((world) => behind(world), delay(10)),
      verdict: 'fail',
      says: ['orders-alb answers'],
    },
    {
      why: 'the delay of a group whose target is a load balancer cannot be changed',
      world: () => restWorld(all((world) => behind(world), declare(900_000), keep)),
      verdict: 'fail',
      severity: 'note',
      remedy: ['Write a timeout of at most 300 s for ANY /orders.'],
    },
    {
      why: 'the attributes were not read',
      world: aws(delay(undefined)),
      verdict: 'unknown',
      severity: 'warning',
      evidence: ['elasticloadbalancing:DescribeTargetGroupAttributes'],
      remedy: ['elasticloadbalancing:DescribeTargetGroupAttributes'],
    },
    {
      why: 'the target group was not read',
      world: aws((world) => world.withhold('targetGroups', 'elasticloadbalancing:DescribeTargetGroups', GROUP)),
      verdict: 'unknown',
      code: 'DELAY_NOT_READ',
    },
    {
      why: 'a Lambda function has no such setting',
      world: aws(delay(undefined), ({ the }) => (the('targetGroups', GROUP).kind = 'lambda')),
      verdict: 'nothing',
    },
    { why: 'CLB instances have no such setting', world: alibaba(), verdict: 'nothing' },
  ]);
});
