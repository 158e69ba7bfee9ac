import { describe, expect, it } from 'vitest';
import { routeOwner } from '../../../../src/check/checks/gateway/route-owner.js';
import { diff } from '../../../../src/do/plan/diff.js';
import { declare } from './rest-api.js';
import { restWorld } from '../rest-world.js';
import { checkTable, outcomesOf } from '../run-check.js';
import { alibabaWorld, awsWorld, type World } from '../world.js';

/** A change of the route of the API group. */
const changed =
  (change: object = {}) =>
  ({ the }: World): void =>
    void Object.assign(the('gateways', 'group-1').routes[0] ?? {}, { targetId: '10.0.20.99:80', ...change });

describe('gateway/route-owner', () => {
  checkTable(routeOwner, [
    { why: 'an unmanaged route has the target of the spec', world: () => alibabaWorld(), verdict: 'pass' },
    { why: 'an unmanaged route has the target of the spec, on AWS', world: () => awsWorld(), verdict: 'pass' },
    {
      why: 'an unmanaged route has another target',
      world: () => alibabaWorld(changed()),
      verdict: 'fail',
      severity: 'error',
      subject: 'route ANY /orders',
      evidence: ['api-1'],
      says: ['that this project does not manage'],
      remedy: ['owner: external', 'interrupts its calls'],
    },
    {
      why: 'an unmanaged draft that is published on no stage',
      world: () => alibabaWorld(changed({ targetId: 'shop-orders', stages: [] })),
      verdict: 'fail',
    },
    {
      why: 'it is owned by another project',
      world: () => alibabaWorld(changed({ owner: { project: 'stock', integration: 'orders' } })),
      verdict: 'fail',
      remedy: ['from the spec of stock'],
    },
    {
      why: 'it is managed by this project, and has another target',
      world: () => alibabaWorld(changed({ owner: { project: 'shop', integration: 'orders' } })),
      verdict: 'pass',
    },
    {
      why: 'an external integration: nothing is created',
      world: () =>
        alibabaWorld((world) => {
          changed()(world);
          world.integration.owner = 'external';
        }),
      verdict: 'nothing',
    },
    {
      why: 'on AWS, a route without a link',
      world: () => awsWorld(({ the }) => delete the('gateways', 'api-1').routes[0]?.linkId),
      verdict: 'fail',
      evidence: ['route-1'],
    },
    {
      why: 'the gateway could not be read',
      world: () => alibabaWorld(({ withhold }) => withhold('gateways', 'apigateway:DescribeApiGroup', 'group-1')),
      verdict: 'unknown',
      evidence: ['apigateway:DescribeApiGroup'],
    },
    {
      why: 'whether the link exists could not be read',
      world: () => alibabaWorld(({ withhold }) => withhold('links', 'apigateway:DescribeInstances')),
      verdict: 'unknown',
      evidence: ['apigateway:DescribeInstances'],
    },
  ]);

  it('fails where a plan refuses, and only there', () => {
    for (const change of [
      {},
      { targetId: 'shop-orders' },
      { targetId: 'shop-orders', stages: [] },
      { targetId: 'shop-orders', path: 'keep' },
      { targetId: 'shop-orders', owner: { project: 'shop', integration: 'stock' } },
      { targetId: 'shop-orders', owner: { project: 'stock', integration: 'orders' } },
      { owner: { project: 'stock', integration: 'orders' } },
      { owner: { project: 'shop', integration: 'orders' } },
    ]) {
      const world = alibabaWorld(changed(change));
      const fails = outcomesOf(routeOwner, world).some(({ verdict }) => verdict === 'fail');
      const plan = (): unknown => diff(world.snapshot, world.spec);
      if (fails) expect(plan, JSON.stringify(change)).toThrow(/does not manage|not ours|belongs to project/);
      else expect(plan, JSON.stringify(change)).not.toThrow();
    }
  });
});

describe('gateway/route-owner of a REST API', () => {
  checkTable(routeOwner, [
    {
      why: 'an unmanaged route whose settings differ',
      world: () =>
        restWorld(declare({ timeoutMs: 5000 }, ({ the }) => delete the('gateways', 'api-1').routes[0]?.owner)),
      verdict: 'fail',
      says: ['does not manage'],
    },
    {
      why: 'an unmanaged route that matches',
      world: () => restWorld(({ the }) => delete the('gateways', 'api-1').routes[0]?.owner),
      verdict: 'pass',
    },
  ]);
});
