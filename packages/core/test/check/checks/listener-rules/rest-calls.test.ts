import { describe } from 'vitest';
import { targetAnswers } from '../../../../src/check/checks/target/answers.js';
import { targetProtocol } from '../../../../src/check/checks/target/protocol.js';
import type { ListenerAction, RuleCondition } from '../../../../src/do/model/load-balancer.js';
import { GROUP, LISTENER } from '../aws-region.js';
import { rest } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { type World, aws } from '../world.js';
import { edit } from '../edits.js';

/** The listener forwards only calls that match, and answers the others itself. */
const only =
  (
    condition: RuleCondition,
    change: (world: World) => void = () => undefined,
    answer: ListenerAction = { kind: 'fixed-response', statusCode: '404' },
  ) =>
  (world: World): void => {
    Object.assign(world.the('listeners', LISTENER), {
      actions: [answer],
      rules: [
        {
          id: 'rule-1',
          priority: 1,
          conditions: [condition],
          actions: [{ kind: 'forward', targetGroupIds: [GROUP] }],
        },
      ],
    });
    change(world);
  };

const path = (...values: string[]): RuleCondition => ({ kind: 'path', values });
const host = (...values: string[]): RuleCondition => ({ kind: 'host', values });

/** The one route takes any path. */
function forAnyPath({ integration, the }: World): void {
  integration.routes = { 'ANY /{proxy+}': 'orders' };
  const [route] = the('gateways', 'api-1').routes;
  if (route !== undefined) route.key = 'ANY /{proxy+}';
}

/** The route of the API sets a host. */
function setHost(the: World['the'], to: string): void {
  const [route] = the('gateways', 'api-1').routes;
  if (route !== undefined) route.settings = { ...route.settings, host: to };
}

describe('calls of a REST API', () => {
  checkTable(targetAnswers, {
    'have the path of the route': [rest(only(path('/orders'))), 'pass FORWARDS'],
    'do not have the name of the stage in the path': [rest(only(path('/prod/*'))), 'error LISTENER_ANSWERS'],
    'have a path that is not known where another owner manages the route': [
      rest(only(path('/orders'), edit({ 'integration.owner': 'external' }))),
      'unknown RULE_MAY_ANSWER',
    ],
    'for any path are shared out by rules: the fixed response to other paths is meant': [
      aws(only(path('/orders*'), forAnyPath)),
      'pass FORWARDS',
    ],
    'for any path may be redirected by the default action': [
      aws(only(path('/orders*'), forAnyPath, { kind: 'redirect', statusCode: '301' })),
      'unknown RULE_MAY_ANSWER',
    ],
    'for any path match a rule for a host, or the fixed response': [
      aws(only(host('shop.internal'), forAnyPath)),
      'unknown RULE_MAY_ANSWER',
    ],
    'have the server name of the target as host': [rest(only(host('orders.internal'))), 'pass FORWARDS'],
    'have no other host': [rest(only(host('shop.internal'))), 'error LISTENER_ANSWERS'],
    'have the host that the spec declares for the route': [
      rest(only(host('shop.internal'), edit({ 'integration.settings': { 'ANY /orders': { host: 'Shop.internal' } } }))),
      'pass FORWARDS',
    ],
    'of an HTTP API have a host that is not known': [aws(only(host('orders.internal'))), 'unknown RULE_MAY_ANSWER'],
    'of an HTTP API keep the host of a managed route, which the spec does not declare': [
      aws(only(host('shop.internal'), ({ the }) => setHost(the, 'shop.internal'))),
      'pass FORWARDS',
    ],
    'of an HTTP API have the declared host, whatever the route still sets': [
      aws(
        only(host('shop.internal'), ({ the, integration }) => {
          integration.settings = { 'ANY /orders': { host: 'orders.internal' } };
          setHost(the, 'shop.internal');
        }),
      ),
      'error LISTENER_ANSWERS',
    ],
    'of an HTTP API have a host that is mapped from the call, and not known': [
      aws(only(host('shop.internal'), ({ the }) => setHost(the, '$request.header.to'))),
      'unknown RULE_MAY_ANSWER',
    ],
    'of an HTTP API keep a path to which domains may add a key, where the domains were not read': [
      aws(
        only(path('/orders'), (world) => {
          world.targetSpec.path = 'keep';
          world.withhold('customDomains', 'apigateway:GET');
        }),
      ),
      'unknown RULE_MAY_ANSWER',
    ],
    'of an HTTP API have the host that the spec declares for the route': [
      aws(only(host('shop.internal'), edit({ 'integration.settings': { 'ANY /orders': { host: 'shop.internal' } } }))),
      'pass FORWARDS',
    ],
  });

  checkTable(targetProtocol, {
    'HTTP/1.1': [rest(), 'pass PROTOCOL_FITS'],
    'a target group that takes HTTP/2 only': [
      rest({ 'targetGroups.orders.protocolVersion': 'HTTP2' }),
      'error HTTP1_REFUSED',
      { evidence: GROUP },
    ],
    'a target group that takes gRPC only': [
      rest({ 'targetGroups.orders.protocolVersion': 'GRPC' }),
      'error HTTP1_REFUSED',
      'GRPC',
    ],
  });
});
