import { unitsOf } from '../../../../src/do/plan/plan-scope.js';
import { describe, expect, it } from 'vitest';
import type { Link } from '../../../../src/do/model/link.js';
import type { Plan, Step } from '../../../../src/do/plan/plan.js';
import { allRoutesOf, refuseAllRoutes, untestedRoutes } from '../../../../src/do/plan/removal/remove-routes.js';
import { giveUpLink } from '../../../../src/do/plan/removal/undeclared-links.js';
import { routeKeyOf, unitRef } from '../../../../src/do/plan/references.js';
import { smallSpec } from '../../../fake-run.js';
import { draftOf, FOREIGN, gatewayOf, linkOf, OWN, regionOf, routeOf, stepsOf, TEMPORARY, take } from './owned.js';

describe('a link that is given up', () => {
  const unit = unitRef('link-removal', 'eu', 'l-1');

  function givenUp(link: Link, draft = draftOf(), before?: readonly string[]) {
    const gateways = [
      gatewayOf({ routes: [routeOf(OWN), routeOf(OWN, { id: 'r-2' }), routeOf(OWN, { id: 'r-3', linkId: 'l-2' })] }),
    ];
    take(draft, { units: giveUpLink(draft, regionOf({ links: [link], gateways }), link, unit, before) });
    return draft;
  }

  it('loses the tags of Postern that it has, and no others', () => {
    const link = linkOf(OWN);
    const [step] = stepsOf(givenUp({ ...link, tags: { ...link.tags, team: 'a', 'postern:adopted': 'true' } }));
    const untag = ['postern:project', 'postern:owner', 'postern:integration', 'postern:spec', 'postern:adopted'];
    expect(step).toMatchObject({
      id: 'give up link orders (l-1)',
      kind: 'tag',
      resource: { type: 'link', name: 'orders', id: 'l-1' },
      reason: 'it was adopted by ID, not created: its marks are removed, and the link is kept',
    });
    expect(step!.input).toMatchObject({ linkRef: { kind: 'vpc-link-v2', id: 'l-1' }, untag });
    expect(step!.changes).toHaveLength(untag.length);
    expect(step!.changes).toContainEqual({ field: 'tag postern:project', from: 'shop' });
  });

  it('without a mark is left as it is', () => {
    expect(stepsOf(givenUp(linkOf(undefined)))).toEqual([]);
  });

  it('waits for the routes that leave it, and for what the caller says', () => {
    const draft = draftOf();
    for (const name of ['orders', 'bills', 'first'])
      draft.units.push({ unit: unitRef('integration', name), region: regionOf(), steps: [{ id: name } as Step] });
    draft.leaving.set(routeKeyOf(gatewayOf(), 'r-1'), 'integration:orders');
    draft.leaving.set(routeKeyOf(gatewayOf(), 'r-3'), 'integration:bills');
    givenUp(linkOf(OWN), draft, ['integration:first']);
    expect(unitsOf(draft.units).at(-1)).toMatchObject({
      id: 'link:eu/l-1',
      dependsOn: ['integration:first', 'integration:orders'],
    });
  });
});

describe('a plan that deletes all routes', () => {
  const none = smallSpec({ integrations: {} });
  const plan = (fields: Partial<Step> = {}, goal: Plan['goal'] = 'apply') => {
    const resource = { type: 'route', name: 'GET /a', id: 'r-1' } as const;
    const step = { id: 'x', kind: 'delete', resource, reason: '', input: {}, ...fields } as Step;
    return { goal, units: [{ steps: [step] }] } as unknown as Pick<Plan, 'goal' | 'units'>;
  };

  it('is refused where the spec declares none', () => {
    expect(allRoutesOf(plan(), none)).toEqual(['GET /a']);
    expect(() => refuseAllRoutes(plan(), none)).toThrow(
      expect.objectContaining({ code: 'DELETES_ALL_ROUTES', details: { routes: ['GET /a'] } }),
    );
    const orders = { ...smallSpec().integrations['orders']!, routes: {} };
    expect(allRoutesOf(plan(), smallSpec({ integrations: { orders } }))).toEqual(['GET /a']);
    const { orders: full } = smallSpec().integrations;
    expect(allRoutesOf(plan(), smallSpec({ integrations: { orders, full: full! } }))).toEqual([]);
  });

  it.each<[string, ReturnType<typeof plan>, ReturnType<typeof smallSpec>]>([
    ['the spec declares one', plan(), smallSpec()],
    ['everything is to be deleted', plan({}, 'destroy'), none],
    ['a route is changed', plan({ kind: 'retarget' }), none],
    ['a link is deleted', plan({ resource: { type: 'link', name: 'eu', id: 'l-1' } }), none],
    ['unused integrations are deleted', plan({ resource: { type: 'route', name: 'unused' } }), none],
    ['a route that tested a link is deleted', plan({ resource: { type: 'route', name: TEMPORARY, id: 'r-1' } }), none],
  ])('is not refused where %s', (_, given, spec) => {
    expect(allRoutesOf(given, spec)).toEqual([]);
    expect(() => refuseAllRoutes(given, spec)).not.toThrow();
  });
});

describe('routes that a deployment would move to another link without a test', () => {
  const stages = [{ name: 'prod', autoDeploy: false }];
  const use = { kind: 'route', id: 'r-1', name: 'GET /a', routeIds: ['r-1'], stage: 'prod', linkId: 'l-0' } as const;
  const rest = (fields: object = {}) =>
    gatewayOf({ kind: 'rest-api', stages, uses: [use], routes: [routeOf(OWN)], ...fields });
  const found = (gateway: ReturnType<typeof rest>, draft = draftOf(), links = [linkOf(OWN, { kind: 'vpc-link-v1' })]) =>
    untestedRoutes(draft, draft, regionOf({ links, gateways: [gateway] }), gateway, 'prod');

  it('are those of the project that the stage serves over another link', () => {
    expect(found(rest())).toEqual([{ key: 'GET /a', linkRef: { kind: 'vpc-link-v1', id: 'l-1' }, targetId: 't-1' }]);
  });

  it.each<[string, ReturnType<typeof found>]>([
    ['the cloud does not test the working copy', found(gatewayOf({ stages, uses: [use], routes: [routeOf(OWN)] }))],
    ['the stage was not read', found(rest({ uses: undefined }))],
    ['the stage could not be evaluated', found(rest({ uses: [{ ...use, unreadable: 'cut off' }] }))],
    ['the stage serves it over this link', found(rest({ uses: [{ ...use, linkId: 'l-1' }] }))],
    ['the stage does not serve it', found(rest({ uses: [{ ...use, name: 'GET /b' }] }))],
    ['the stage serves it over no link', found(rest({ uses: [{ ...use, linkId: undefined }] }))],
    ['its link was not read', found(rest(), draftOf(), [linkOf(OWN, { id: 'l-2' })])],
    ['it has no target', found(rest({ routes: [routeOf(OWN, { targetId: undefined })] }))],
    ['it is of another project', found(rest({ routes: [routeOf(FOREIGN)] }))],
    ['it is of nobody', found(rest({ routes: [routeOf(undefined)] }))],
  ])('are not those where %s', (_, routes) => {
    expect(routes).toEqual([]);
  });

  it('are not those that the plan moves', () => {
    const draft = draftOf();
    draft.leaving.set(routeKeyOf(rest(), 'r-1'), 'integration:orders');
    expect(found(rest(), draft)).toEqual([]);
  });
});
