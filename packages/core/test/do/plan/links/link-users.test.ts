import { describe, expect, it } from 'vitest';
import type { Gateway, GatewayUse, Stage } from '../../../../src/do/model/gateway.js';
import type { Link } from '../../../../src/do/model/link.js';
import type { Owner } from '../../../../src/do/model/owner.js';
import type { Route } from '../../../../src/do/model/route.js';
import { routeKeyOf } from '../../../../src/do/plan/references.js';
import type { Draft } from '../removal/owned.js';
import { linkUsers } from '../../../../src/do/plan/links/link-users.js';
import { deployedRoute, deployMark } from '../../../../src/do/world/routes/deploy-mark.js';
import {
  draftOf,
  FOREIGN,
  gatewayOf,
  linkOf,
  COPY,
  OTHER_SPEC,
  OWN,
  regionOf,
  routeOf,
  TEMPORARY,
} from '../removal/owned.js';

const UNIT = 'gateway:aws/eu-west-1/http-api/api-1';
const PROD: Stage = { name: 'prod', autoDeploy: false };
const EU = linkOf({ ...OWN, integration: 'eu' });
const REMOVED = { reason: 'this spec is removed' } as const;

const users = (gateway: Gateway, draft: Draft = draftOf(), link: Link = EU) =>
  linkUsers(draft, draft, regionOf({ links: [link], gateways: [gateway] }), link).map(({ text, after, remedy }) => ({
    text,
    after,
    remedy,
  }));
const textsOf = (...given: Parameters<typeof users>) => users(...given).map(({ text }) => text);

/** The mark of a deployment of these routes by this spec. */
const markOf = (...routes: readonly Route[]): string => deployMark(draftOf(), routes.map(deployedRoute));

describe('a route that uses a link', () => {
  it.each<[string, Owner | undefined, string]>([
    ['of this spec', OWN, 'declare that route, or delete it with --all (`all` in a program)'],
    ['that has a copied mark', COPY, 'declare that route, or delete it with --prune (`prune` in a program)'],
    ['of another spec', OTHER_SPEC, 'delete or move that route'],
    ['of another project', FOREIGN, 'delete or move that route'],
    ['of nobody', undefined, 'delete or move that route'],
  ])('%s keeps it, with what removes the route', (_, owner, remedy) => {
    const gateway = gatewayOf({ routes: [routeOf(owner)] });
    expect(users(gateway)).toEqual([{ text: 'route GET /a of api-1 still uses it', after: undefined, remedy }]);
    expect(users(gateway, draftOf({ isPart: true }))[0]?.remedy).toBe('plan the whole spec');
  });

  it('is done with it after the unit that moves or deletes it', () => {
    const gateway = gatewayOf({ routes: [routeOf(OWN)] });
    const draft = draftOf();
    draft.leaving.set(routeKeyOf(gateway, 'r-1'), 'integration:orders');
    expect(users(gateway, draft)).toMatchObject([{ after: ['integration:orders'] }]);
  });

  it('is none through another link, or through a gateway whose routes mean a link of another kind', () => {
    expect(users(gatewayOf({ routes: [routeOf(OWN, { linkId: 'l-2' })] }))).toEqual([]);
    const rest = gatewayOf({ kind: 'rest-api', routes: [routeOf(OWN)] });
    const v1 = linkOf(OWN, { kind: 'vpc-link-v1' });
    const draft = draftOf();
    expect(
      linkUsers(draft, draft, regionOf({ links: [EU, v1], gateways: [gatewayOf({ routes: [routeOf(OWN)] })] }), v1),
    ).toEqual([]);
    expect(linkUsers(draft, draft, regionOf({ links: [v1], gateways: [rest] }), v1)).toHaveLength(1);
  });
});

describe('a stage whose deployment was not read', () => {
  const older = 'stage prod of api-1 serves older routes, which may use it';
  const staged = (routes: readonly Route[], stage: Partial<Stage> = {}, fields: Partial<Gateway> = {}) =>
    gatewayOf({ routes, stages: [{ ...PROD, ...stage }], ...fields });
  const elsewhere = routeOf(OWN, { linkId: 'l-2' });

  it('may use the link where it was never deployed, and the spec has routes there', () => {
    const remedy = 'deploy that stage, or delete it; --all (`all` in a program) deploys a stage with routes';
    expect(users(staged([elsewhere]))).toEqual([{ text: older, after: undefined, remedy }]);
    expect(textsOf(staged([routeOf(COPY, { linkId: 'l-2' })]))).toEqual([older]);
    for (const owner of [OTHER_SPEC, FOREIGN, undefined])
      expect(textsOf(staged([routeOf(owner, { linkId: 'l-2' })]))).toEqual([]);
    expect(textsOf(staged([routeOf(OWN, { linkId: 'l-2', key: TEMPORARY })]))).toEqual([]);
    expect(textsOf(staged([]))).toEqual([]);
  });

  it('does not where it shows the routes as they are', () => {
    expect(textsOf(staged([elsewhere], { autoDeploy: true }))).toEqual([]);
    expect(textsOf(staged([elsewhere], { deployed: markOf(elsewhere) }))).toEqual([]);
    const foreign = routeOf(FOREIGN, { id: 'r-2', key: 'GET /b', linkId: 'l-2' });
    const test = routeOf(OWN, { id: 'r-3', key: TEMPORARY, linkId: 'l-2' });
    expect(textsOf(staged([elsewhere, foreign, test], { deployed: markOf(elsewhere) }))).toEqual([]);
    expect(textsOf(staged([elsewhere], { deployed: `${markOf(elsewhere)}.0123456789abcdef` }))).toEqual([]);
  });

  it('does not where it has the mark of a plan that changes nothing of that gateway', () => {
    const draft = draftOf();
    draft.shown.set(UNIT, 'postern:shop@orders-1/whole');
    expect(textsOf(staged([elsewhere], { deployed: 'postern:shop@orders-1/whole' }), draft)).toEqual([]);
    expect(textsOf(staged([elsewhere], { deployed: 'postern:shop@orders-1/other' }), draft)).toEqual([older]);
    expect(textsOf(staged([elsewhere], { deployed: markOf(elsewhere) }), draft)).toEqual([]);
  });

  it('may where it has the mark of other routes, also where none is left', () => {
    expect(textsOf(staged([elsewhere], { deployed: 'postern:shop@orders-1/old' }))).toEqual([older]);
    expect(textsOf(staged([], { deployed: 'postern:shop@orders-1/old' }))).toEqual([older]);
  });

  it('does until it is deployed after the routes that leave', () => {
    const live = routeOf(OWN);
    const gateway = staged([live], { deployed: markOf(live) });
    const draft = draftOf();
    expect(textsOf(gateway, draft)).toEqual(['route GET /a of api-1 still uses it']);
    draft.leaving.set(routeKeyOf(gateway, 'r-1'), 'integration:orders');
    expect(textsOf(gateway, draft)).toEqual(['route GET /a of api-1 still uses it', older]);
    draft.deploying.add(`${UNIT} prod`);
    expect(users(gateway, draft)[1]).toMatchObject({ text: older, after: [UNIT] });
    expect(users(gateway)[1]).toBeUndefined();
  });

  it('ends with the project, unless the plan deploys it', () => {
    const gateway = staged([], { deployed: 'postern:shop@orders-1/old' });
    const draft = draftOf(REMOVED);
    expect(textsOf(gateway, draft)).toEqual([]);
    draft.deploying.add(`${UNIT} prod`);
    expect(textsOf(gateway, draft)).toEqual([older]);
  });

  it('is none of a gateway whose routes are published one by one', () => {
    const instance = linkOf({ ...OWN, integration: 'eu' }, { kind: 'integration-instance' });
    const group = staged([elsewhere], { deployed: 'old' }, { kind: 'api-group' });
    expect(textsOf(group, draftOf(), instance)).toEqual([]);
    expect(textsOf(staged([elsewhere], { deployed: 'old' }, { kind: 'rest-api' }))).toEqual([older]);
  });
});

describe('a stage whose deployment was read', () => {
  const use = (name: string, linkId?: string): GatewayUse => ({
    kind: 'route',
    id: name,
    name,
    routeIds: [],
    stage: 'prod',
    linkId,
  });
  const read = (uses: readonly GatewayUse[], fields: Partial<Gateway> = {}) =>
    gatewayOf({ stages: [PROD], uses, ...fields });
  const text = 'stage prod of api-1 is deployed with GET /a, which still uses it';

  it('uses the link with the routes that it was deployed with', () => {
    expect(users(read([use('GET /a', 'l-1'), use('GET /b', 'l-2')]))).toMatchObject([{ text, after: undefined }]);
    expect(users(read([use('GET /b', 'l-2'), use('GET /c')]))).toEqual([]);
    const draft = draftOf();
    draft.deploying.add(`${UNIT} prod`);
    expect(users(read([use('GET /a', 'l-1')]), draft)).toMatchObject([{ text, after: [UNIT] }]);
  });

  it('ends with the project, unless the plan deploys it, or the spec names the stage', () => {
    const gateway = read([use('GET /a', 'l-1')]);
    expect(textsOf(gateway)).toEqual([text]);
    const draft = draftOf(REMOVED);
    expect(textsOf(gateway, draft)).toEqual([]);
    expect(textsOf(read([use('GET /a', 'l-1')], { kind: 'rest-api' }), draft)).toEqual([text]);
    draft.deploying.add(`${UNIT} prod`);
    expect(textsOf(gateway, draft)).toEqual([text]);
  });

  it('that cannot be read may serve older routes', () => {
    const broken = { ...use('GET /a', 'l-2'), unreadable: 'no JSON' };
    const gateway = read([broken], { routes: [routeOf(OWN, { linkId: 'l-2' })] });
    expect(textsOf(gateway)).toEqual(['stage prod of api-1 serves older routes, which may use it']);
  });
});
