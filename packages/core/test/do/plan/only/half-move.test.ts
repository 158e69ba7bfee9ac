import { CLOUDS } from '../../../clouds.js';
import { smallSpec } from '../../../fake-run.js';
import { describe, it, expect } from 'vitest';
import type { Route } from '../../../../src/do/model/route.js';
import type { Gateway } from '../../../../src/do/model/gateway.js';
import { gatewayOf, regionOf, linkOf, OWN, linkPlan, routeOf, COPY, FOREIGN, problemOf } from '../removal/owned.js';
import type { IntegrationPlan } from '../../../../src/do/plan/plan-integration.js';
import type { Link } from '../../../../src/do/model/link.js';
import { refuseHalfMove } from '../../../../src/do/plan/only/named-by.js';

describe('a part of the spec that would move a whole gateway', () => {
  const group = (routes: readonly Route[], fields: Partial<Gateway> = {}) =>
    gatewayOf({ kind: 'api-group', id: 'g-1', linkId: 'l-1', routes, ...fields });
  const planned = (gateway: Gateway, keys: readonly string[], fields: Partial<IntegrationPlan> = {}, name = 'orders') =>
    ({
      resolved: {
        name,
        gateway: { ...gateway }, // a copy: nothing is found by object identity
        region: regionOf(),
        link: { name: 'eu', clouds: CLOUDS },
        spec: { routes: Object.fromEntries(keys.map((key) => [key, 't'])) },
      },
      created: 0,
      moved: new Map([['r-1', undefined]]),
      ...fields,
    }) as unknown as IntegrationPlan;
  const refused = (plans: readonly IntegrationPlan[], current: Link | undefined = linkOf(OWN, { id: 'l-2' })) => {
    const links = new Map([['eu', linkPlan(regionOf(), { current })]]);
    return problemOf((problems) => refuseHalfMove(smallSpec({ spec: 'orders-1' }), plans, links, problems));
  };
  const two = [routeOf(OWN), routeOf(COPY, { id: 'r-2', key: 'GET /b' })];

  it('is refused where it leaves out routes of the project there', () => {
    expect(refused([planned(group(two), ['GET /a'])])).toMatchObject({
      code: 'UNSUPPORTED',
      message: 'gateway g-1 moves from l-1 to link eu as a whole, and --only leaves out GET /b',
      remedy: expect.stringContaining('--only'),
      place: { path: 'integrations.orders.gateway' },
    });
    expect(refused([planned(group(two), [])])).toMatchObject({ message: expect.stringMatching(/GET \/a.*GET \/b$/) });
    expect(refused([planned(group(two), ['GET /a'], { moved: new Map(), created: 1 })])).toMatchObject({
      code: 'UNSUPPORTED',
    });
  });

  it('is not where all of them are planned, by whichever integration, or are of others', () => {
    const gateway = group(two);
    expect(refused([planned(gateway, ['GET /a', 'GET /b'])])).toBeUndefined();
    expect(refused([planned(gateway, ['GET /a']), planned(gateway, ['GET /b'], {}, 'bills')])).toBeUndefined();
    expect(
      refused([planned(gateway, ['GET /a']), planned(group([], { id: 'g-2' }), ['GET /b'], {}, 'bills')]),
    ).toMatchObject({ code: 'UNSUPPORTED' });
    expect(refused([planned(group([routeOf(FOREIGN), routeOf(undefined, { key: 'GET /b' })]), [])])).toBeUndefined();
  });

  it('is not where nothing moves', () => {
    expect(refused([planned(group(two), [], { moved: new Map() })])).toBeUndefined();
    expect(refused([planned(group(two), [])], linkOf(OWN))).toBeUndefined();
    expect(refused([planned(group(two, { linkId: undefined }), [])])).toBeUndefined();
    expect(refused([planned(group(two, { kind: 'http-api' }), [])])).toBeUndefined();
  });
});
