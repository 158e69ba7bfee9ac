import { describe, expect, it } from 'vitest';
import { undeclaredRoutes, unusedIntegrations } from '../../../../src/do/plan/removal/undeclared-routes.js';
import type { Route } from '../../../../src/do/model/route.js';
import type { Owner } from '../../../../src/do/model/owner.js';
import { FOREIGN, gatewayOf, linkOf, COPY, OTHER_SPEC, OWN, regionOf, routeOf, TEMPORARY } from './owned.js';

const BY = { project: 'shop', spec: 'orders-1', reason: 'why' };

function left(
  route: Route,
  {
    link = linkOf(OWN) as ReturnType<typeof linkOf> | undefined,
    by = BY as typeof BY & { prune?: boolean },
    declared = [] as readonly string[],
    knows = (() => false) as (linkId: string) => boolean,
    integrations = undefined as readonly { id: string }[] | undefined,
    may = undefined as ((mark: Owner | undefined, route: Route) => boolean) | undefined,
  } = {},
) {
  const gateway = gatewayOf({ routes: [route], integrations });
  const region = regionOf({ links: link ? [link] : [], gateways: [gateway] });
  return undeclaredRoutes(region, gateway, by, new Set(declared), knows, may);
}

const NOT_CHANGED = 'route GET /a of api-1 is managed by this project but uses no link of it: it is not changed';

describe('routes that are deleted because the spec does not declare them', () => {
  it('are those of this spec over a link of the project', () => {
    const route = routeOf(OWN);
    const { routes, notes } = left(route);
    expect(notes).toEqual([]);
    expect(routes).toMatchObject([{ route, owner: OWN, gateway: { id: 'api-1' } }]);
    const [{ step }] = routes as [(typeof routes)[number]];
    expect(step).toMatchObject({
      id: 'delete route GET /a on api-1',
      kind: 'delete',
      resource: { type: 'route', name: 'GET /a', id: 'r-1' },
      reason: 'why',
    });
    expect(step.input).toEqual({ gatewayRef: { kind: 'http-api', id: 'api-1' }, key: 'GET /a', owner: OWN });
  });

  it.each<[string, Owner | undefined]>([
    ['another spec', OTHER_SPEC],
    ['a copied mark', COPY],
    ['another project', FOREIGN],
    ['nobody', undefined],
  ])('are not those of %s', (_, owner) => {
    expect(left(routeOf(owner))).toEqual({ routes: [], notes: [] });
  });

  it('are those of a copied mark with `prune`, and none without deletions', () => {
    expect(left(routeOf(COPY), { by: { ...BY, prune: true } }).routes).toHaveLength(1);
    expect(left(routeOf(OWN), { by: { ...BY, prune: false } }).routes).toEqual([]);
  });

  it('are not those that are declared, or that the caller refuses', () => {
    expect(left(routeOf(OWN), { declared: ['GET /a'] })).toEqual({ routes: [], notes: [] });
    expect(left(routeOf(OWN), { may: (_, { key }) => key !== 'GET /a' })).toEqual({ routes: [], notes: [] });
    expect(left(routeOf(undefined), { may: () => true })).toEqual({ routes: [], notes: [] });
  });

  it.each([
    ['a link of another project', { link: linkOf(FOREIGN) }],
    ['an unmanaged link', { link: linkOf(undefined) }],
    ['a link whose mark was copied', { link: linkOf(OWN, { owner: { ...OWN, specHash: 'copied' } }) }],
  ])('are not those over %s, with a note', (_, given) => {
    expect(left(routeOf(OWN), given)).toEqual({ routes: [], notes: [NOT_CHANGED] });
    expect(left(routeOf(OWN), { ...given, knows: (id) => id === 'l-1' }).routes).toHaveLength(1);
  });

  it('are not those without a link, unless a run ended before the route had an integration', () => {
    const route = routeOf(OWN, { linkId: undefined });
    expect(left(route)).toEqual({ routes: [], notes: [NOT_CHANGED] });
    expect(left(route, { integrations: [{ id: 'r-1' }] }).routes).toHaveLength(1);
    expect(left(route, { integrations: [{ id: 'r-2' }] }).routes).toEqual([]);
  });

  it('are those over a link that does not exist any more', () => {
    expect(left(routeOf(OWN), { link: undefined }).routes).toHaveLength(1);
  });

  it('that tested a link have a reason of their own', () => {
    const [found] = left(routeOf(OWN, { key: TEMPORARY })).routes;
    expect(found?.step.reason).toBe('a run that tested a link ended before it deleted the route');
  });
});

it('integrations that no route uses: are those that no route names', () => {
  const routes = [routeOf(OWN, { integrationId: 'i-1' })];
  expect(unusedIntegrations(gatewayOf({ routes, integrations: [{ id: 'i-1' }, { id: 'i-2' }] }))).toEqual([
    { id: 'i-2' },
  ]);
  expect(unusedIntegrations(gatewayOf({ routes }))).toEqual([]);
});
