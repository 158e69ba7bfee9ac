import { describe } from 'vitest';
import { gatewayPublished } from '../../../../src/check/checks/gateway/published.js';
import { managed, group } from './api-group.js';
import { checkTable } from '../run-check.js';
import { type World, alibabaWorld } from '../world.js';

describe('gateway/published', () => {
  const shown =
    (publishedOn: readonly string[] | undefined, stages: readonly string[] = [], owner: object | undefined = managed) =>
    (world: World): void => {
      for (const route of group(world).routes) Object.assign(route, { owner, stages, publishedOn });
    };
  checkTable(gatewayPublished, [
    {
      why: 'published in its current version',
      world: () => alibabaWorld(shown(['RELEASE'], ['RELEASE'])),
      verdict: 'pass',
    },
    { why: 'published in an older version', world: () => alibabaWorld(shown(['RELEASE'])), verdict: 'pass' },
    {
      why: 'taken offline on a stage of the spec',
      world: () => alibabaWorld(shown(['TEST'])),
      verdict: 'fail',
      severity: 'error',
      evidence: ['api-1'],
      remedy: ['postern apply'],
    },
    {
      why: 'published on no stage, and the spec names no stage',
      world: () =>
        alibabaWorld((world) => {
          shown([])(world);
          world.integration.gateway = { apiGroup: 'group-1' };
        }),
      verdict: 'fail',
      severity: 'warning',
      remedy: ['integrations.orders.gateway.stages'],
    },
    {
      why: 'an older snapshot, which lists the stages of the current version only',
      world: () => alibabaWorld(shown(undefined)),
      verdict: 'unknown',
    },
    {
      why: 'an older snapshot, and the current version is published',
      world: () => alibabaWorld(shown(undefined, ['RELEASE'])),
      verdict: 'pass',
    },
    {
      why: 'a route of another project has the key: another check reports it',
      world: () => alibabaWorld(shown([], [], { project: 'stock', integration: 'orders' })),
      verdict: 'nothing',
    },
    {
      why: 'an external integration: its owner has to publish it',
      world: () =>
        alibabaWorld((world) => {
          shown(['PRE'], [], undefined)(world);
          world.integration.owner = 'external';
        }),
      verdict: 'fail',
      remedy: ['Publish ANY /orders on RELEASE', 'integrations.orders.gateway.stages'],
    },
    {
      why: 'the route does not exist',
      world: () => alibabaWorld((world) => void Object.assign(group(world), { routes: [] })),
      verdict: 'nothing',
    },
    {
      why: 'the group could not be read',
      world: () => alibabaWorld(({ withhold }) => withhold('gateways', 'apigateway:DescribeApiGroup', 'group-1')),
      verdict: 'unknown',
    },
  ]);
});
