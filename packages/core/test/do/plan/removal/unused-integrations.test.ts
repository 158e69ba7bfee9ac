import { describe, expect, it } from 'vitest';
import type { GatewayIntegration } from '../../../../src/do/model/gateway.js';
import type { Owner } from '../../../../src/do/model/owner.js';
import { sweepStep } from '../../../../src/do/plan/removal/undeclared-routes.js';
import type { DeployedRoute } from '../../../../src/do/world/routes/route-input.js';
import { FOREIGN, gatewayOf, COPY, OTHER_SPEC, OWN, routeOf } from './owned.js';

const BY = { project: 'shop', spec: 'orders-1' };

const integration = (owner: Owner | undefined, fields: Partial<GatewayIntegration> = {}): GatewayIntegration => ({
  id: 'i-1',
  linkId: 'l-1',
  targetId: 't-1',
  owner,
  ...fields,
});

const route = (key: string, fields: Partial<DeployedRoute> = {}): DeployedRoute =>
  ({ key, linkId: 'l-1', targetId: 't-1', ...fields }) as DeployedRoute;

function sweep(
  integrations: readonly GatewayIntegration[],
  { by = BY as typeof BY & { prune?: boolean }, routes = [] as DeployedRoute[], there = [routeOf(OWN)] } = {},
) {
  return sweepStep(gatewayOf({ routes: there, integrations }), by, routes);
}

describe('the removal of integrations that no route uses', () => {
  it('names them, and the spec that they are of', () => {
    const step = sweep([integration(OWN), integration(OWN, { id: 'i-2' })]);
    expect(step).toMatchObject({
      id: 'sweep api-1',
      kind: 'delete',
      resource: { type: 'route', name: 'unused integrations of api-1' },
      reason: 'no route uses i-1, i-2',
    });
    expect(step!.input).toEqual({
      gatewayRef: { kind: 'http-api', id: 'api-1' },
      project: 'shop',
      spec: 'orders-1',
      unbound: undefined,
    });
  });

  it.each<[string, Owner | undefined]>([
    ['another project', FOREIGN],
    ['another spec', OTHER_SPEC],
    ['a copied mark', COPY],
    ['nobody', undefined],
  ])('leaves those of %s', (_, owner) => {
    expect(sweep([integration(owner)])).toBeUndefined();
  });

  it('takes one whose mark may be a copy only with `prune`, and says so', () => {
    const maybe = integration({ ...OWN, unbound: true });
    expect(sweep([maybe])).toBeUndefined();
    const step = sweep([maybe], { by: { ...BY, prune: true } });
    expect(step!.input).toMatchObject({ unbound: true });
    expect(sweep([integration(OWN)], { by: { ...BY, prune: true } })!.input).not.toHaveProperty('unbound');
    expect(sweep([integration(OWN), maybe], { by: { ...BY, prune: true } })!.input).toMatchObject({ unbound: true });
  });

  it('leaves one that is used, or is the unfinished part of a route', () => {
    expect(sweep([integration(OWN)], { there: [routeOf(OWN, { integrationId: 'i-1' })] })).toBeUndefined();
    expect(sweep([integration(OWN, { id: 'r-1' })])).toBeUndefined();
  });

  it('leaves one for each route that is created with the same link and target', () => {
    const two = [integration(OWN), integration(OWN, { id: 'i-2' })];
    expect(sweep([two[0]!], { routes: [route('GET /new')] })).toBeUndefined();
    expect(sweep(two, { routes: [route('GET /new')] })).toMatchObject({ reason: 'no route uses i-2' });
    expect(sweep([two[0]!], { routes: [route('GET /a')] })).toBeDefined();
    expect(sweep([two[0]!], { routes: [route('GET /new', { linkId: 'l-2' })] })).toBeDefined();
    expect(sweep([two[0]!], { routes: [route('GET /new', { targetId: 't-2' })] })).toBeDefined();
    const without = integration(OWN, { linkId: undefined });
    expect(sweep([without], { routes: [route('GET /new', { linkId: undefined })] })).toBeDefined();
  });
});

it.each([
  ['of the spec are joined', OWN, [route('GET /a')], 'i-2 serves the same as i-1, which its routes get'],
  ['of others stay', OTHER_SPEC, [route('GET /a')], undefined],
  ['whose routes are all removed need no join', OWN, [], undefined],
])('double integrations %s', (_, owner, routes, reason) => {
  const there = [routeOf(OWN, { integrationId: 'i-1' }), routeOf(OWN, { id: 'r-2', integrationId: 'i-2' })];
  const list = [integration(owner), integration(owner, { id: 'i-2', sameAs: 'i-1' })];
  const step = sweep(list, { there, routes });
  expect([step?.kind, step?.reason]).toEqual(reason === undefined ? [undefined, undefined] : ['delete', reason]);
});

describe('marks of integrations that name routes which do not lead there', () => {
  const used = [routeOf(OWN, { integrationId: 'i-1' })];
  const named = (owner: Owner | undefined, namesOthers: boolean | undefined = true) => [
    integration(owner, { namesOthers }),
  ];

  it('are corrected, each once', () => {
    const [one] = named(OWN);
    expect(sweep([one!, one!], { there: used })).toMatchObject({
      id: 'sweep api-1',
      kind: 'tag',
      resource: { type: 'route', name: 'marks of integrations of api-1' },
      reason: 'the marks of i-1 name routes that do not lead there',
    });
    const list = [one!, integration(OWN, { id: 'i-2', namesOthers: true })];
    const there = [...used, routeOf(OWN, { id: 'r-2', integrationId: 'i-2' })];
    expect(sweep(list, { there })?.reason).toBe('the marks of i-1, i-2 name routes that do not lead there');
  });

  it('are left where they are of others, or right, or a route is created that they may name', () => {
    for (const owner of [FOREIGN, OTHER_SPEC, undefined]) expect(sweep(named(owner), { there: used })).toBeUndefined();
    expect(sweep(named(OWN, false), { there: used })).toBeUndefined();
    expect(sweep(named(OWN), { there: used, routes: [route('GET /new')] })).toBeUndefined();
    expect(sweep(named(OWN), { there: used, routes: [route('GET /a')] })).toBeDefined();
  });

  it('of a gateway whose integrations were not read are none', () => {
    expect(sweepStep(gatewayOf({ routes: used }), BY)).toBeUndefined();
  });

  it('are corrected where no routes are planned at all', () => {
    expect(sweepStep(gatewayOf({ routes: used, integrations: named(OWN) }), BY)).toMatchObject({ kind: 'tag' });
  });
});
