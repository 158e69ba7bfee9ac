import { CLOUDS, specFromSnapshot } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import { usesOfLink } from '../../../src/do/imperative/link-uses.js';
import type { GatewayUse } from '../../../src/do/model/gateway.js';
import type { Route } from '../../../src/do/model/route.js';
import { alibabaWorld } from '../../check/checks/world.js';

const LINK = 'apigateway-hz-1';

/** An API of the group, whose draft has the target `shop-orders`. */
function api(id: string, key: string, more: Partial<Route>): Route {
  const own = { linkId: LINK, targetId: 'shop-orders', stages: ['RELEASE'], publishedOn: ['RELEASE'] };
  return { id, gatewayId: 'group-1', key, ...own, raw: null, ...more };
}

const NONE = { linkId: undefined, targetId: undefined } as const;

const ROUTES: readonly Route[] = [
  api('a1', 'GET /same', { publishedTargets: { RELEASE: 'shop-orders' } }),
  api('a2', 'GET /older', { stages: [], publishedTargets: { RELEASE: 'shop-stock' } }),
  api('a3', 'GET /mixed', {
    publishedOn: ['RELEASE', 'PRE'],
    publishedTargets: { RELEASE: 'shop-orders', PRE: 'shop-stock' },
  }),
  api('a4', 'GET /shared', NONE),
  api('a5', 'GET /variable', { ...NONE, publishedTargets: { RELEASE: 'http://#host#:8080' } }),
  api('a6', 'GET /mock', { ...NONE, publishedTargets: { RELEASE: 'a mock' } }),
  api('a7', 'GET /public', { ...NONE, publishedTargets: { RELEASE: 'https://example.com' } }),
  api('a8', 'GET /shared-draft', { ...NONE, stages: [], publishedOn: [] }),
  api('a9', 'GET /mock-draft', { ...NONE, stages: [], publishedOn: [] }),
];

const SHARED: GatewayUse = {
  kind: 'backend',
  id: 'b1',
  name: 'be',
  routeIds: ['a4', 'a8'],
  stage: 'RELEASE',
  host: '10.0.8.20',
};

const world = () =>
  alibabaWorld(({ the }) => {
    Object.assign(the('gateways', 'group-1'), { routes: ROUTES, uses: [SHARED] });
  });

describe('an API group whose stages do not show its drafts', () => {
  it('is imported as its stages show it, and what a spec cannot express is named', () => {
    const text = specFromSnapshot(world().snapshot, { project: 'shop' });
    const written = JSON.stringify(text);
    expect(written).toContain(
      'route GET /older of group-1: its stages show shop-stock, which is written; its draft has shop-orders',
    );
    expect(written).toContain(
      'route GET /mixed of group-1: its stages have different backends, shop-orders on RELEASE, shop-stock on PRE',
    );
    expect(written).toContain(
      'route GET /shared of group-1: its backend on RELEASE is named backend be, which a spec cannot express',
    );
    expect(written).toContain('route GET /variable of group-1: its backend on RELEASE is http://#host#:8080');
    expect(written).toContain(
      'route GET /shared-draft of group-1: its backend is named backend be, which a spec cannot express',
    );
    for (const outside of ['GET /mock', 'GET /public', 'GET /mock-draft'])
      expect(written).not.toContain(`route ${outside}`);
  });

  it('has uses of its link on each stage, and of its drafts', () => {
    const uses = usesOfLink(CLOUDS, world().region, LINK).flatMap(({ stage = 'draft', targetId, routeKeys }) =>
      routeKeys.map((key) => `${key} ${stage}: ${targetId}`),
    );
    expect(uses).toEqual(
      expect.arrayContaining([
        'GET /same draft: shop-orders',
        'GET /older draft: shop-orders',
        'GET /older RELEASE: shop-stock',
        'GET /mixed PRE: shop-stock',
        'GET /shared RELEASE: named backend be',
        'GET /variable RELEASE: http://#host#:8080',
        'GET /mock RELEASE: a mock',
        'GET /public RELEASE: https://example.com',
      ]),
    );
    expect(usesOfLink(CLOUDS, world().region, 'apigateway-hz-2')).toEqual([]);
  });
});
