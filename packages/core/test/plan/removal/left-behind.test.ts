import { describe, expect, it } from 'vitest';
import type { Gateway } from '../../../src/model/gateway.js';
import { routeKeyOf, type Draft } from '../../../src/plan/draft.js';
import { leftBehind } from '../../../src/plan/removal/left-behind.js';
import { draftOf, FOREIGN, gatewayOf, linkOf, OWN, regionOf, routeOf, targetOf } from './owned.js';

/** A draft in which these routes leave. */
function leaving(gateway: Gateway, routes: readonly string[], fields: Parameters<typeof draftOf>[0] = {}): Draft {
  const draft = draftOf(fields);
  for (const id of routes) draft.leaving.set(routeKeyOf(gateway, id), 'integration:orders');
  return draft;
}

describe('what callers leave', () => {
  const routes = [
    routeOf(OWN, { settings: { timeoutMs: 9_000 } }),
    routeOf(FOREIGN, { id: 'r-2', key: 'GET /b', linkId: 'l-2', targetId: 't-2' }),
  ];

  it('is a link, also one that is declared or kept, for the time of its calls', () => {
    const gateway = gatewayOf({ routes });
    const region = regionOf({ links: [linkOf(OWN), linkOf(undefined, { id: 'l-2' })], gateways: [gateway] });
    expect(leftBehind(leaving(gateway, []), [region])).toStrictEqual({});
    expect(leftBehind(leaving(gateway, ['r-1']), [region])).toStrictEqual({ 'link l-1': 14_000 });
    expect(leftBehind(leaving(gateway, ['r-1', 'r-2']), [regionOf(), region])).toStrictEqual({
      'link l-1': 14_000,
      'link l-2': 35_000,
    });
    const removed = leaving(gateway, ['r-1'], { reason: 'the project is removed' });
    expect(leftBehind(removed, [region])).toStrictEqual({});
  });

  it('is a target where targets are resources, also where only its stages show it', () => {
    const shown = routeOf(OWN, { id: 'r-3', targetId: 't-9', publishedTargets: { RELEASE: 't-3' } });
    const gateway = gatewayOf({ kind: 'api-group', routes: [...routes, shown] });
    const targets = ['t-1', 't-2', 't-3'].map((id) => targetOf(OWN, { id }));
    const region = regionOf({ provider: 'alibaba', targets, gateways: [gateway] });
    expect(leftBehind(leaving(gateway, ['r-1', 'r-3']), [region])).toStrictEqual({
      'target t-1': 14_000,
      'target t-3': 35_000,
    });
    expect(leftBehind(leaving(gateway, ['r-1']), [{ ...region, provider: 'aws' }])).toStrictEqual({});
  });
});
