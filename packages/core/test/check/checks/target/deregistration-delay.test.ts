import { targetDeregistrationDelay } from '../../../../src/check/checks/target/deregistration-delay.js';
import type { TargetGroup } from '../../../../src/do/model/load-balancer.js';
import { GROUP, LISTENER } from '../aws-region.js';
import { rest, webSocket } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { all, type World, aws, alibaba, withhold } from '../world.js';
import { useNetworkBalancer } from './backends.js';
import { BEHIND, behind } from './behind-balancer.js';
import { edit } from '../edits.js';

const delay = (seconds: number | undefined, closesAfterDelay = true) =>
  edit({
    'targetGroups.orders': {
      deregistrationDelayMs: seconds === undefined ? undefined : seconds * 1000,
      closesAfterDelay,
    } satisfies Partial<TargetGroup>,
  });

const declare =
  (timeoutMs: number) =>
  ({ integration }: World): void => {
    const [key = ''] = Object.keys(integration.routes);
    Object.assign(integration, { settings: { [key]: { timeoutMs } } });
  };

const live = (timeoutMs: number) => edit({ 'gateways.api-1.routes.0.settings': { timeoutMs } });

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

checkTable(targetDeregistrationDelay, {
  'the default of 300 s': [aws(), 'pass DELAY_FITS'],
  'as long as an HTTP API waits': [aws(delay(30)), 'pass DELAY_FITS'],
  'shorter than an HTTP API waits by default': [
    aws(delay(29)),
    'warning DELAY_TOO_SHORT',
    {
      subject: 'target orders, orders',
      says: ['has 29 s', 'ANY /orders waits 30 s', 'orders-alb answers', '502'],
      evidence: GROUP,
      remedy: ['of orders to 30 or more', 'a timeout of at most 29 s for ANY /orders.'],
    },
  ],
  'as long as a REST API waits': [rest(delay(29)), 'pass DELAY_FITS'],
  'as long as a WebSocket API waits': [webSocket(delay(29)), 'pass DELAY_FITS'],
  'no delay: a timeout of 0 cannot be declared': [
    aws(delay(0)),
    'warning DELAY_TOO_SHORT',
    { remedy: 'Set deregistration_delay.timeout_seconds of orders to 30 or more.' },
  ],
  'the spec declares a shorter timeout': [aws(delay(10), declare(10_000)), 'pass DELAY_FITS'],
  'the spec declares a longer timeout, not in whole seconds': [
    rest(all(delay(60), declare(60_500))),
    'warning DELAY_TOO_SHORT',
    { says: '60500 ms', remedy: '61 or more' },
  ],
  'the live route waits less': [aws(delay(10), live(9000)), 'pass DELAY_FITS'],
  'the timeout of the live route was not read': [
    aws(delay(10), withhold('gateways', 'apigateway:GET', 'api-1')),
    'unknown warning TIMEOUT_NOT_READ',
    { evidence: 'apigateway:GET' },
  ],
  'two routes wait longer': [
    aws(delay(10), { 'integration.routes.GET /stock': 'orders' }),
    'warning DELAY_TOO_SHORT',
    'ANY /orders and GET /stock wait up to 30 s',
  ],
  'a rule sends only the quick route to it': [aws(splitByRule, delay(5)), 'pass DELAY_FITS'],
  'a network load balancer that closes the connections': [
    aws(useNetworkBalancer, delay(10)),
    'warning DELAY_TOO_SHORT',
    'closes connections',
  ],
  'a network load balancer that keeps the connections': [
    aws(useNetworkBalancer, delay(10, false)),
    'note CONNECTIONS_KEPT',
  ],
  'whether the connections are closed was not read': [
    aws(useNetworkBalancer, delay(10), { 'targetGroups.orders.closesAfterDelay': undefined }),
    'unknown DELAY_NOT_READ',
  ],
  'an application load balancer behind a network load balancer': [
    aws(behind, delay(10)),
    'warning DELAY_TOO_SHORT',
    'orders-alb answers',
  ],
  'the delay of a group whose target is a load balancer cannot be changed': [
    rest(all(behind, declare(900_000), keep)),
    'note CONNECTIONS_KEPT',
    { remedy: 'Write a timeout of at most 300 s for ANY /orders.' },
  ],
  'the attributes were not read': [
    aws(delay(undefined)),
    'unknown warning DELAY_NOT_READ',
    {
      evidence: 'elasticloadbalancing:DescribeTargetGroupAttributes',
      remedy: 'elasticloadbalancing:DescribeTargetGroupAttributes',
    },
  ],
  'the target group was not read': [
    aws(withhold('targetGroups', 'elasticloadbalancing:DescribeTargetGroups', GROUP)),
    'unknown DELAY_NOT_READ',
  ],
  'a Lambda function has no such setting': [aws(delay(undefined), { 'targetGroups.orders.kind': 'lambda' }), 'nothing'],
  'CLB instances have no such setting': [alibaba(), 'nothing'],
});
