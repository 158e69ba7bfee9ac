import { describe } from 'vitest';
import { targetAnswers } from '../../../../src/check/checks/target/answers.js';
import { targetProtocol } from '../../../../src/check/checks/target/protocol.js';
import type { RuleCondition } from '../../../../src/do/model/load-balancer.js';
import { GROUP, LISTENER } from '../aws-region.js';
import { restWorld } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { awsWorld, type World } from '../world.js';

/** The listener forwards only calls that match, and answers the others itself. */
const only =
  (condition: RuleCondition, change: (world: World) => void = () => undefined) =>
  (world: World): void => {
    Object.assign(world.the('listeners', LISTENER), {
      actions: [{ kind: 'fixed-response', statusCode: '404' }],
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

/** The route of the API sets a host. */
function setHost(the: World['the'], to: string): void {
  const [route] = the('gateways', 'api-1').routes;
  if (route !== undefined) route.settings = { ...route.settings, host: to };
}

describe('calls of a REST API', () => {
  checkTable(targetAnswers, [
    { why: 'have the path of the route', world: () => restWorld(only(path('/orders'))), verdict: 'pass' },
    {
      why: 'do not have the name of the stage in the path',
      world: () => restWorld(only(path('/prod/*'))),
      verdict: 'fail',
    },
    {
      why: 'have a path that is not known where another owner manages the route',
      world: () => restWorld(only(path('/orders'), ({ integration }) => void (integration.owner = 'external'))),
      verdict: 'unknown',
    },
    {
      why: 'have the server name of the target as host',
      world: () => restWorld(only(host('orders.internal'))),
      verdict: 'pass',
    },
    { why: 'have no other host', world: () => restWorld(only(host('shop.internal'))), verdict: 'fail' },
    {
      why: 'have the host that the spec declares for the route',
      world: () =>
        restWorld(
          only(host('shop.internal'), ({ integration }) => {
            integration.settings = { 'ANY /orders': { host: 'Shop.internal' } };
          }),
        ),
      verdict: 'pass',
    },
    {
      why: 'of an HTTP API have a host that is not known',
      world: () => awsWorld(only(host('orders.internal'))),
      verdict: 'unknown',
    },
    {
      why: 'of an HTTP API keep the host of a managed route, which the spec does not declare',
      world: () => awsWorld(only(host('shop.internal'), ({ the }) => setHost(the, 'shop.internal'))),
      verdict: 'pass',
    },
    {
      why: 'of an HTTP API have the declared host, whatever the route still sets',
      world: () =>
        awsWorld(
          only(host('shop.internal'), ({ the, integration }) => {
            integration.settings = { 'ANY /orders': { host: 'orders.internal' } };
            setHost(the, 'shop.internal');
          }),
        ),
      verdict: 'fail',
    },
    {
      why: 'of an HTTP API have a host that is mapped from the call, and not known',
      world: () => awsWorld(only(host('shop.internal'), ({ the }) => setHost(the, '$request.header.to'))),
      verdict: 'unknown',
    },
    {
      why: 'of an HTTP API keep a path to which domains may add a key, where the domains were not read',
      world: () =>
        awsWorld(
          only(path('/orders'), (world) => {
            world.targetSpec.path = 'keep';
            world.withhold('customDomains', 'apigateway:GET');
          }),
        ),
      verdict: 'unknown',
    },
    {
      why: 'of an HTTP API have the host that the spec declares for the route',
      world: () =>
        awsWorld(
          only(host('shop.internal'), ({ integration }) => {
            integration.settings = { 'ANY /orders': { host: 'shop.internal' } };
          }),
        ),
      verdict: 'pass',
    },
  ]);

  checkTable(targetProtocol, [
    { why: 'HTTP/1.1', world: () => restWorld(), verdict: 'pass' },
    {
      why: 'a target group that takes HTTP/2 only',
      world: () => restWorld(({ the }) => Object.assign(the('targetGroups', GROUP), { protocolVersion: 'HTTP2' })),
      verdict: 'fail',
      severity: 'error',
      evidence: [GROUP],
    },
    {
      why: 'a target group that takes gRPC only',
      world: () => restWorld(({ the }) => Object.assign(the('targetGroups', GROUP), { protocolVersion: 'GRPC' })),
      verdict: 'fail',
      says: ['GRPC'],
    },
  ]);
});
