import { describe, expect, it } from 'vitest';
import type { Stage } from '../../../src/do/model/gateway.js';
import type { Owner } from '../../../src/do/model/owner.js';
import type { Spec } from '../../../src/do/spec.js';
import { planForget } from '../../../src/do/plan/forget.js';
import type { Plan } from '../../../src/do/plan/plan.js';
import type { RegionSnapshot, Snapshot } from '../../../src/do/snapshot/snapshot.js';
import { smallSpec } from '../../fake-run.js';
import {
  FOREIGN,
  gatewayOf,
  linkOf,
  COPY,
  OTHER_SPEC,
  OWN,
  regionOf,
  routeOf,
  targetOf,
  TEMPORARY,
} from './removal/owned.js';
import { CLOUDS } from '../../clouds.js';

const EU: Owner = { ...OWN, integration: 'eu' };
const SPEC = smallSpec({ spec: 'orders-1' });
const REASON = 'its marks are removed, and it is kept';

const snapshotOf = (...regions: readonly Partial<RegionSnapshot>[]): Snapshot => ({
  version: 1,
  takenAt: '2026-06-01T00:00:00.000Z',
  scope: 'all',
  regions: regions.map((one) => regionOf(one)),
});

const forgotten = (region: Partial<RegionSnapshot>, names?: readonly string[], spec: Spec = SPEC): Plan =>
  planForget(snapshotOf(region), spec, { clouds: CLOUDS, names });
const idsOf = ({ units }: Plan): readonly string[] => units.flatMap(({ steps }) => steps.map(({ id }) => id));

/** A stage that the spec deployed to, with a link and two routes of two integrations. */
const stage: Stage = { name: 'prod', autoDeploy: false, deploymentId: 'd-1', deployed: 'postern:shop@orders-1/x' };
const bills: Owner = { ...OWN, integration: 'bills' };
const both = [routeOf(OWN), routeOf(bills, { id: 'r-2', key: 'GET /b' })];
const shop = { links: [linkOf(EU)], gateways: [gatewayOf({ routes: both, stages: [stage] })] };

const ROUTES = ['forget route GET /a on api-1', 'forget route GET /b on api-1'];
const STAGE = 'forget stage prod of api-1';
const LINK = 'give up link eu (l-1)';

describe('a spec that is forgotten', () => {
  it('releases its routes, then the stages it deployed to, and its links; nothing is deleted', () => {
    const plan = forgotten(shop);
    expect(plan).toMatchObject({ goal: 'forget', unchanged: 0, units: { length: 4 } });
    expect(plan.units).toMatchObject([
      { id: 'integration:orders', kind: 'integration', dependsOn: [] },
      { id: 'integration:bills', kind: 'integration', dependsOn: [] },
      {
        id: 'gateway:aws/eu-west-1/http-api/api-1',
        kind: 'gateway',
        dependsOn: ['integration:bills', 'integration:orders'],
      },
      { id: 'link:eu/l-1', kind: 'link-removal' },
    ]);
    const [first, , third] = plan.units.map(({ steps }) => steps[0]!);
    expect(first).toMatchObject({
      kind: 'tag',
      reason: REASON,
      resource: { type: 'route', name: 'GET /a', id: 'r-1' },
    });
    expect(first!.input).toEqual({ gatewayRef: { kind: 'http-api', id: 'api-1' }, key: 'GET /a', owner: OWN });
    expect(third).toMatchObject({
      kind: 'tag',
      reason: REASON,
      resource: { type: 'stage', name: 'api-1 prod', id: 'd-1' },
    });
    expect(third!.input).toEqual({
      gatewayRef: { kind: 'http-api', id: 'api-1' },
      stage: 'prod',
      project: 'shop',
      spec: 'orders-1',
    });
    expect(plan.units[3]?.steps[0]).toMatchObject({ id: LINK, reason: REASON });
  });

  it.each<[string, Owner | undefined]>([
    ['another spec', OTHER_SPEC],
    ['another project', FOREIGN],
    ['nobody', undefined],
  ])('releases nothing of %s', (_, owner) => {
    const link = linkOf(owner && { ...owner, integration: 'eu' });
    const region = { links: [link], gateways: [gatewayOf({ routes: [routeOf(owner)] })], targets: [targetOf(owner)] };
    const plan = forgotten(region);
    expect(plan.units).toEqual([]);
    expect(plan.notes).toEqual([]);
  });

  it('releases, of what has a copied mark, only what it declares', () => {
    const declared = routeOf(COPY, { key: 'ANY /orders' });
    const other = routeOf(COPY, { id: 'r-2', key: 'GET /other' });
    const links = [linkOf({ ...COPY, integration: 'eu' }), linkOf({ ...COPY, integration: 'us' }, { id: 'l-2' })];
    const plan = forgotten({ links, gateways: [gatewayOf({ routes: [declared, other] })] });
    expect(idsOf(plan)).toEqual(['forget route ANY /orders on api-1', LINK]);
  });

  it('names a link by its key now, where the mark has a former one', () => {
    const renamed = { ...SPEC, moved: [{ kind: 'link', from: 'old', to: 'eu', path: 'moved[0]' }] } as const;
    const region = { links: [linkOf({ ...EU, integration: 'old' })] };
    expect(forgotten(region, ['eu'], renamed).units).toMatchObject([{ id: 'link:eu/l-1' }]);
    expect(forgotten(region, undefined, renamed).units).toMatchObject([{ id: 'link:eu/l-1' }]);
  });

  it('leaves marks that cannot be removed, and says so', () => {
    const routes = [routeOf(OWN, { integrationId: 'i-1' }), routeOf(OWN, { id: 'r-2', key: TEMPORARY })];
    const integrations = [
      { id: 'i-1', owner: OWN },
      { id: 'i-2', owner: OWN },
      { id: 'i-3', owner: FOREIGN },
    ];
    const plan = forgotten({
      gateways: [gatewayOf({ routes, integrations })],
      targets: [targetOf({ ...OWN, name: 't' }), targetOf(FOREIGN, { id: 't-2' })],
    });
    expect(idsOf(plan)).toEqual(['forget route GET /a on api-1', `delete route ${TEMPORARY} on api-1`]);
    expect(plan.notes).toEqual([
      'integration i-2 of api-1 keeps its mark: no route uses it, and apply deletes it',
      'the mark of t-1 cannot be removed: apply deletes it once it is neither declared nor used',
      expect.stringContaining('remove integration orders from the spec'),
    ]);
  });
});

it('marks that cannot be removed: are named only of what is released', () => {
  const routes = [routeOf(bills, { key: TEMPORARY })];
  const region = {
    links: [linkOf(EU)],
    gateways: [gatewayOf({ routes, integrations: [{ id: 'i-2', owner: bills }] })],
    targets: [targetOf({ ...bills, name: 't' })],
  };
  expect(forgotten(region, ['eu']).notes).toEqual([expect.stringContaining('remove link eu')]);
  expect(forgotten(region, ['bills']).notes).toHaveLength(2);
});

describe('the stages of a gateway', () => {
  const stages = (one: Partial<Stage>, spec: Spec = SPEC, routes = [routeOf(OWN)], names?: readonly string[]) => {
    const gateway = gatewayOf({ routes, stages: [{ name: 'prod', autoDeploy: false, ...one }] });
    return idsOf(forgotten({ gateways: [gateway] }, names, spec)).filter((id) => id.includes('stage'));
  };

  it.each<[string, Partial<Stage>]>([
    ['it deployed to', { deployed: 'postern:shop@orders-1/x' }],
    ['it created', { createdBy: { project: 'shop', spec: 'orders-1' } }],
  ])('that %s are released', (_title, one) => {
    expect(stages(one)).toEqual([STAGE]);
  });

  it.each<[string, Partial<Stage>]>([
    ['that nobody marked', {}],
    ['another spec deployed to', { deployed: 'postern:shop@bills-2/x' }],
    ['another project deployed to', { deployed: 'postern:crm@orders-1/x' }],
    ['whose mark only contains that of the spec', { deployed: 'x postern:shop@orders-1/x' }],
    ['another spec created', { createdBy: { project: 'shop', spec: 'bills-2' } }],
    ['another project created', { createdBy: { project: 'crm', spec: 'orders-1' } }],
  ])('%s stay as they are', (_title, one) => {
    expect(stages(one)).toEqual([]);
  });

  it('are released where no route is left, and stay where only a part of the spec is named', () => {
    const deployed = 'postern:shop@orders-1/x';
    expect(stages({ deployed }, SPEC, [])).toEqual([STAGE]);
    expect(stages({ deployed }, SPEC, [], ['links.eu'])).toEqual([]);
    expect(stages({ deployed }, SPEC, [...both], ['integrations.orders'])).toEqual([]);
    expect(stages({ deployed }, SPEC, [...both], ['integrations.orders', 'integrations.bills'])).toEqual([STAGE]);
  });
});

describe('names', () => {
  it.each<[readonly string[], readonly string[]]>([
    [['eu'], [LINK]],
    [['links.eu'], [LINK]],
    [['l-1'], [LINK]],
    [['orders'], [ROUTES[0]!]],
    [['integrations.bills'], [ROUTES[1]!]],
    [
      ['integrations.orders', 'bills'],
      [...ROUTES, STAGE],
    ],
    [
      ['orders', 'eu'],
      [ROUTES[0]!, LINK],
    ],
  ])('%j release only that', (names, ids) => {
    const plan = forgotten(shop, names);
    expect(idsOf(plan)).toEqual(ids);
    expect(plan.options).toEqual({ names, all: true });
  });

  it('release also what has a copied mark and is not declared', () => {
    const region = { links: [linkOf({ ...COPY, integration: 'us' })] };
    expect(idsOf(forgotten(region))).toEqual([]);
    expect(idsOf(forgotten(region, ['us']))).toEqual(['give up link us (l-1)']);
    const route = { gateways: [gatewayOf({ routes: [routeOf({ ...COPY, integration: 'bills' })] })] };
    expect(idsOf(forgotten(route))).toEqual([]);
    expect(idsOf(forgotten(route, ['bills']))).toEqual(['forget route GET /a on api-1']);
  });

  it.each<[string, string, RegExp, Partial<RegionSnapshot>?, Spec?]>([
    ['nothing', 'NOT_FOUND', /nothing/],
    ['links.orders', 'NOT_FOUND', /orders/],
    ['integrations.eu', 'NOT_FOUND', /eu/],
    ['integrations.l-1', 'NOT_FOUND', /l-1/],
    ['integrations.orders.targets.t', 'INVALID_INPUT', /is a target/],
    ['links.orders.targets.t', 'NOT_FOUND', /targets/],
    ['l-9', 'NOT_OURS', /link l-9 is owned by project crm/, { links: [linkOf(FOREIGN, { id: 'l-9' })] }],
    [
      'eu',
      'NOT_OURS',
      /link l-1 is owned by another spec \(bills-2\)/,
      { links: [linkOf({ ...OTHER_SPEC, integration: 'eu' })] },
    ],
  ])('%s: %s', (name, code, message, region = shop, spec = SPEC) => {
    expect(() => forgotten(region, [name], spec)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });

  it('mean whole names of sections', () => {
    const region = { links: [linkOf({ ...EU, integration: 'xlinks.eu' })] };
    const named = (name: string) => () => forgotten(region, [name]);
    expect(named('links.links.eu')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    expect(idsOf(forgotten(region, ['xlinks.eu']))).toEqual(['give up link xlinks.eu (l-1)']);
    expect(named('links.eu\nx')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  });

  it('that only another spec uses are not those of this one', () => {
    const others = { gateways: [gatewayOf({ routes: [routeOf({ ...OTHER_SPEC, integration: 'bills' })] })] };
    expect(() => forgotten(others, ['bills'])).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  });

  it.each<[string, string, Partial<RegionSnapshot>?, Spec?]>([
    ['links.ue', 'Did you mean links.eu?'],
    ['integrations.ordes', 'Did you mean integrations.orders?'],
    ['ordes', 'Did you mean orders?'],
    ['ue', 'Did you mean eu?'],
    ['something-else', 'It owns links.eu, integrations.orders, integrations.bills.'],
    ['something-else', 'This spec owns nothing here.', {}, { ...SPEC, links: {}, integrations: {} }],
    ['integrations.orders.targets.t', 'Write the integration: the routes that use the target carry the marks.'],
    ['l-9', 'It carries no mark that this spec could remove.', { links: [linkOf(undefined, { id: 'l-9' })] }],
    [
      'l-9',
      'Run `postern forget` with the spec that owns it, or where that is lost with --project crm --spec-id orders-1.',
      { links: [linkOf(undefined, { id: 'l-8' }), linkOf(FOREIGN, { id: 'l-9' })] },
    ],
  ])('%s: the remedy is "%s"', (name, remedy, region = shop, spec = SPEC) => {
    expect(() => forgotten(region, [name], spec)).toThrow(expect.objectContaining({ remedy }));
  });

  it('of a link of another owner name that owner', () => {
    const region = (owner: Owner | undefined) => ({ links: [linkOf(owner, { id: 'l-9' })] });
    expect(() => forgotten(region(OTHER_SPEC), ['l-9'])).toThrow(
      expect.objectContaining({ code: 'NOT_OURS', details: { project: 'shop', spec: 'bills-2' } }),
    );
    expect(() => forgotten(region(undefined), ['l-9'])).toThrow(
      expect.objectContaining({ code: 'NOT_OURS', details: { project: undefined, spec: undefined } }),
    );
  });

  it('of a declared link that does not exist say so, whatever else other specs own', () => {
    const note = ['link eu carries no mark of this spec: there is nothing to remove'];
    const links = [linkOf({ ...OTHER_SPEC, integration: 'us' }), linkOf(undefined, { id: 'l-2' })];
    expect(forgotten({ links }, ['eu']).notes).toEqual(note);
    expect(forgotten({ links: [linkOf({ ...FOREIGN, integration: 'eu' })] }, ['eu']).notes).toEqual(note);
    const orders = forgotten({ links: [linkOf({ ...OTHER_SPEC, integration: 'orders' })] }, ['orders']);
    expect(orders.notes).toEqual(['integration orders carries no mark of this spec: there is nothing to remove']);
  });

  it('that are those of a link and of an integration need a section', () => {
    const orders = { ...SPEC.integrations['orders']!, link: 'orders' };
    const same = { ...SPEC, links: { orders: SPEC.links['eu']! }, integrations: { orders } };
    const region = { links: [linkOf(OWN)], gateways: [gatewayOf({ routes: [routeOf(OWN)] })] };
    expect(() => forgotten(region, ['orders'], same)).toThrow(
      expect.objectContaining({ code: 'AMBIGUOUS', remedy: 'Write links.orders or integrations.orders.' }),
    );
    expect(idsOf(forgotten(region, ['links.orders'], same))).toEqual(['give up link orders (l-1)']);
    expect(idsOf(forgotten(region, ['integrations.orders'], same))).toEqual([ROUTES[0]]);
  });

  it('of a link that another spec has, too, mean the own one', () => {
    const others = linkOf({ ...OTHER_SPEC, integration: 'eu' }, { id: 'l-2' });
    expect(idsOf(forgotten({ links: [others, linkOf(EU)] }, ['eu']))).toEqual([LINK]);
    expect(idsOf(forgotten({ links: [others, linkOf(EU)] }, ['l-1']))).toEqual([LINK]);
  });
});

describe('what the spec still declares', () => {
  const notes = (region: Partial<RegionSnapshot>, names?: readonly string[], spec: Spec = SPEC) =>
    forgotten(region, names, spec).notes;
  const declared = (fields: object): Spec => ({ ...SPEC, links: { eu: { ...SPEC.links['eu']!, ...fields } } });
  const again = (next: string): string =>
    `remove link eu from the spec, or declare it by its ID with \`owner: external\`: otherwise the next apply ${next}`;

  it('and is released, is named with what the next apply does', () => {
    const orders =
      'remove integration orders from the spec, or write `owner: external` on it: apply does not change routes without its mark';
    expect(notes(shop)).toEqual([again('creates another link'), orders]);
    expect(notes(shop, undefined, declared({ id: 'l-1' }))).toEqual([again('adopts it again'), orders]);
    expect(notes(shop, ['eu'])).toEqual([again('creates another link')]);
    expect(notes(shop, ['orders'])).toEqual([orders]);
  });

  it('and has no mark, is noted where it was named', () => {
    const text = (what: string): string => `${what} carries no mark of this spec: there is nothing to remove`;
    expect(notes({})).toEqual([]);
    expect(notes({}, ['eu'])).toEqual([text('link eu')]);
    expect(notes({}, ['orders'])).toEqual([text('integration orders')]);
  });

  it('and has no mark is not noted beside what is released', () => {
    const { eu } = SPEC.links;
    const two = { ...SPEC, links: { eu: eu!, us: { ...eu!, subnets: ['subnet-1b'] } } };
    expect(notes({ links: [linkOf(EU)] }, undefined, two)).toEqual([again('creates another link')]);
    const orders = { ...SPEC.integrations['orders']!, link: 'orders' };
    const same = { ...SPEC, links: { orders: eu! }, integrations: { orders } };
    expect(notes({ links: [linkOf(OWN)] }, undefined, same)).toEqual([expect.stringContaining('remove link orders')]);
    const routes = { gateways: [gatewayOf({ routes: [routeOf(OWN)] })] };
    expect(notes(routes, undefined, same)).toEqual([expect.stringContaining('remove integration orders')]);
  });

  it('of others is not noted', () => {
    const integrations = { orders: { ...SPEC.integrations['orders']!, owner: 'external' } } as const;
    const external = { ...declared({ owner: 'external' }), integrations };
    expect(notes({}, undefined, external)).toEqual([]);
    expect(() => notes({}, ['eu'], external)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    expect(() => notes({}, ['orders'], external)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    expect(notes(shop, undefined, external)).toEqual([]);
  });
});

describe('a region', () => {
  it('that could not be read whole may keep marks', () => {
    const gap = { what: 'x', operation: 'X', code: 'PERMISSION_DENIED' } as const;
    const incomplete = (of?: 'links' | 'gateways' | 'targets') =>
      forgotten({ gaps: [{ ...gap, ...(of === undefined ? {} : { of }) }] }).incomplete;
    const text = 'x in eu-west-1 could not be read (PERMISSION_DENIED), so some marks may be left there';
    expect(incomplete()).toEqual([text]);
    expect(incomplete('links')).toEqual([text]);
    expect(incomplete('gateways')).toEqual([text]);
    expect(incomplete('targets')).toBeUndefined();
  });

  it('that could not be read at all is listed', () => {
    const unread = { code: 'ENDPOINT_UNREACHABLE', message: 'none' } as never;
    const plan = planForget(snapshotOf({ unread, account: '1' }), SPEC, { clouds: CLOUDS });
    expect(plan).toMatchObject({
      units: [],
      unread: [{ region: 'eu-west-1', links: ['eu'], integrations: ['orders'] }],
    });
  });
});
