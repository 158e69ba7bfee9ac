import { describe, expect, it } from 'vitest';
import { planDestroy } from '../../../src/do/plan/destroy.js';
import { diff } from '../../../src/do/plan/diff.js';
import { ownerTags } from '../../../src/do/model/marks.js';
import type { PosternError } from '../../../src/ground/errors.js';
import type { Link } from '../../../src/do/model/link.js';
import type { Plan, Step } from '../../../src/do/plan/plan.js';
import { linkHash } from '../../../src/do/world/resolve/link-identity.js';
import { deployedRoute, deployMark } from '../../../src/do/world/routes/deploy-mark.js';
import { refusalOf } from '../../refusal.js';
import { ALB, NLB, OTHER_NLB, ownLink, ownRoute, restSpec, restWorld } from './rest-scene.js';
import { CLOUDS } from '../../clouds.js';

const MARK = deployMark({ project: 'shop', spec: 'orders-1' }, [deployedRoute(ownRoute())]);
const CREATED = { project: 'shop', spec: 'orders-1' };
const DEPLOYED = { name: 'prod', autoDeploy: false, deploymentId: 'd1', deployed: MARK, createdBy: CREATED };

function stepsOf(plan: Plan): readonly string[] {
  return plan.units.flatMap(({ steps }) => steps.map(({ id }) => id));
}

function stepOf(plan: Plan, id: string): Step {
  const found = plan.units.flatMap(({ steps }) => steps).find((step) => step.id === id);
  if (found === undefined) throw new Error(`no step ${id} in ${stepsOf(plan).join('; ')}`);
  return found;
}

describe('a plan for a REST API and a VPC link V1', () => {
  it('creates the link for its load balancer, the route, and deploys to the named stage', () => {
    const plan = diff(restWorld({}), restSpec(), { clouds: CLOUDS });
    expect(stepsOf(plan)).toEqual(['create link main', 'create route GET /orders/{id} on api1', 'deploy api1 to prod']);
    expect(stepOf(plan, 'create link main').input).toMatchObject({
      linkKind: 'vpc-link-v1',
      loadBalancerId: NLB,
      subnetIds: [],
    });
    expect(stepOf(plan, 'create link main').changes).toEqual([{ field: 'loadBalancer', to: NLB }]);
    expect(stepOf(plan, 'create route GET /orders/{id} on api1').input).toMatchObject({
      gatewayRef: { kind: 'rest-api', id: 'api1' },
      target: { resourceId: NLB, port: 80 },
    });
  });

  it('is empty where all is as declared', () => {
    const world = restWorld({ links: [ownLink()], stages: [DEPLOYED], routes: [ownRoute()] });
    const plan = diff(world, restSpec(), { clouds: CLOUDS });
    expect({ steps: stepsOf(plan), notes: plan.notes }).toEqual({ steps: [], notes: [] });
  });

  it('leaves other stages as they are, also those without a deployment by the project', () => {
    const stages = [DEPLOYED, { name: 'test', autoDeploy: false, deploymentId: 'd0' }];
    const spec = restSpec({ routes: "'GET /orders/{id}': { target: orders, timeout: 10s }" });
    const plan = diff(restWorld({ links: [ownLink()], stages, routes: [ownRoute()] }), spec, { clouds: CLOUDS });
    expect(stepsOf(plan)).toEqual(['retarget route GET /orders/{id} on api1', 'deploy api1 to prod']);
    expect(stepOf(plan, 'retarget route GET /orders/{id} on api1').changes).toEqual([
      { field: 'timeoutMs', from: null, to: '10000' },
    ]);
  });

  it('does not compare a setting that the spec does not write, and names an authorizer that stays', () => {
    const route = ownRoute({ settings: { timeoutMs: 5_000, apiKey: true, authorizer: 'a1b2c3' } });
    const plan = diff(restWorld({ links: [ownLink()], stages: [DEPLOYED], routes: [route] }), restSpec(), {
      clouds: CLOUDS,
    });
    expect(stepsOf(plan)).toEqual([]);
    expect(plan.notes).toContain(
      'routes of api1 keep an authorizer that the spec does not declare: GET /orders/{id} (a1b2c3); `authorizer: none` removes it',
    );
  });

  it('deploys again where the stage was deployed before the routes were declared so', () => {
    const stages = [{ ...DEPLOYED, deployed: 'postern:shop@orders-1/0000' }];
    const plan = diff(restWorld({ links: [ownLink()], stages, routes: [ownRoute()] }), restSpec(), { clouds: CLOUDS });
    expect(stepsOf(plan)).toEqual(['deploy api1 to prod']);
  });

  it('with a part of a spec, deploys for changed routes, not for settings that only the whole spec declares', () => {
    const other = ownRoute({ id: 'res2/POST', key: 'POST /orders/{id}' });
    const settings = { timeoutMs: 10_000 };
    const declared = [deployedRoute(ownRoute()), { ...deployedRoute(other), settings }];
    const stages = [{ ...DEPLOYED, deployed: deployMark({ project: 'shop', spec: 'orders-1' }, declared) }];
    const routes = [ownRoute(), { ...other, settings }];
    const world = restWorld({ links: [ownLink()], stages, routes });
    expect(stepsOf(diff(world, restSpec(), { clouds: CLOUDS, prune: false }))).toEqual([]);
    const moved = restWorld({
      links: [ownLink()],
      stages,
      routes: [...routes, ownRoute({ id: 'r/PUT', key: 'PUT /a' })],
    });
    expect(stepsOf(diff(moved, restSpec(), { clouds: CLOUDS, prune: false }))).toEqual(['deploy api1 to prod']);
  });

  it('replaces the link where another load balancer is declared', () => {
    const world = restWorld({ links: [ownLink(OTHER_NLB)], stages: [DEPLOYED], routes: [ownRoute()] });
    const plan = diff(world, restSpec(), { clouds: CLOUDS });
    expect(stepOf(plan, 'replace link main')).toMatchObject({
      reason: 'the load balancer of vl1aaa cannot be changed',
      changes: [{ field: 'loadBalancer', from: [OTHER_NLB], to: NLB }],
    });
    expect(stepsOf(plan).at(-1)).toBe('delete link main (vl1aaa)');
  });

  it('replaces a link of another kind, and reports both kinds', () => {
    const v1 = ownLink();
    const shape = { subnetIds: ['subnet-1a'], securityGroupIds: [], loadBalancerIds: undefined };
    const mark = { project: 'shop', spec: 'orders-1', integration: 'main' };
    const marked = { ...mark, specHash: linkHash(mark, shape) };
    const v2: Link = { ...v1, ...shape, kind: 'vpc-link-v2', owner: marked, tags: ownerTags(marked) };
    const plan = diff(restWorld({ links: [v2], stages: [DEPLOYED], routes: [ownRoute()] }), restSpec(), {
      clouds: CLOUDS,
    });
    expect(stepOf(plan, 'replace link main').reason).toBe(
      'vl1aaa is of kind vpc-link-v2, not vpc-link-v1, and the kind cannot be changed',
    );
  });

  it('deploys to a stage that somebody deleted, and says that it does not exist', () => {
    const plan = diff(restWorld({ links: [ownLink()], routes: [ownRoute()] }), restSpec(), { clouds: CLOUDS });
    expect(stepOf(plan, 'deploy api1 to prod').reason).toBe('the stage does not exist');
  });

  it('deletes the route with the old name of a path variable before it creates the one with the new name', () => {
    const spec = restSpec({ routes: "'GET /orders/{other}': orders" });
    const plan = diff(restWorld({ links: [ownLink()], stages: [DEPLOYED], routes: [ownRoute()] }), spec, {
      clouds: CLOUDS,
    });
    expect(stepsOf(plan)).toEqual([
      'delete route GET /orders/{id} on api1',
      'create route GET /orders/{other} on api1',
      'deploy api1 to prod',
    ]);
  });

  it('refuses a path variable beside one of a route that stays', () => {
    const other = ownRoute({ id: 'res9/PUT', key: 'PUT /orders/{number}/lines', owner: undefined });
    const world = restWorld({ links: [ownLink()], stages: [DEPLOYED], routes: [other] });
    expect(refusalOf(() => diff(world, restSpec(), { clouds: CLOUDS }))).toMatchObject({
      code: 'ALREADY_EXISTS',
      message: '{id} of route GET /orders/{id} is beside {number} of route PUT /orders/{number}/lines on api1',
      remedy: 'Write {number}: a REST API has one variable at each place of its paths.',
    });
  });

  it('refuses a deployment to a stage that has a canary', () => {
    const stages = [{ ...DEPLOYED, deployed: undefined, canary: { deploymentId: 'd2', percent: 10 } }];
    const world = restWorld({ links: [ownLink()], stages, routes: [ownRoute()] });
    expect(refusalOf(() => diff(world, restSpec(), { clouds: CLOUDS }))).toMatchObject({
      code: 'CANARY_ACTIVE',
      message: 'stage prod of api1 has a canary with 10 % of the calls',
    });
  });

  it('plans nothing on a stage with a canary that shows the routes', () => {
    const stages = [{ ...DEPLOYED, canary: { deploymentId: 'd2', percent: 10 } }];
    const plan = diff(restWorld({ links: [ownLink()], stages, routes: [ownRoute()] }), restSpec(), { clouds: CLOUDS });
    expect(stepsOf(plan)).toEqual([]);
  });
});

describe('the end of a project with a REST API', () => {
  const world = restWorld({ links: [ownLink()], stages: [DEPLOYED], routes: [ownRoute()] });

  it('deletes the route, then the stage that the project created, then the link', () => {
    expect(stepsOf(planDestroy(world, restSpec(), { clouds: CLOUDS }))).toEqual([
      'delete route GET /orders/{id} on api1',
      'delete stage prod of api1',
      'delete link main (vl1aaa)',
    ]);
  });

  it('keeps a stage that others created, and says what it serves', () => {
    const stages = [{ ...DEPLOYED, createdBy: undefined }];
    const plan = planDestroy(restWorld({ links: [ownLink()], stages, routes: [ownRoute()] }), restSpec(), {
      clouds: CLOUDS,
    });
    expect(stepsOf(plan)).not.toContain('delete stage prod of api1');
    expect(plan.notes).toContain('stage prod of api1 serves its last routes until others are deployed');
  });

  it('deletes the stage that an interrupted run left', () => {
    const plan = planDestroy(restWorld({ links: [ownLink()], stages: [DEPLOYED] }), restSpec(), { clouds: CLOUDS });
    expect(stepsOf(plan)).toEqual(['delete stage prod of api1', 'delete link main (vl1aaa)']);
  });

  it('deletes the stage that another spec of the project created, with the last route of the gateway', () => {
    const createdBy = { project: 'shop', spec: 'bills-1' };
    const stages = [{ ...DEPLOYED, createdBy }];
    const plan = planDestroy(restWorld({ links: [ownLink()], stages, routes: [ownRoute()] }), restSpec(), {
      clouds: CLOUDS,
    });
    expect(stepOf(plan, 'delete stage prod of api1').input).toMatchObject(createdBy);
  });

  it.each([
    ['deployed without routes', deployMark({ project: 'shop', spec: 'orders-1' }, [])],
    ['was never seen to deploy', undefined],
  ])('deletes a stage that it created and %s, once the gateway has no route', (_, deployed) => {
    const stages = [{ ...DEPLOYED, deployed }];
    const plan = planDestroy(restWorld({ links: [ownLink()], stages }), restSpec(), { clouds: CLOUDS });
    expect(stepsOf(plan)).toEqual(['delete stage prod of api1', 'delete link main (vl1aaa)']);
  });

  it('deploys the routes of others without its own', () => {
    const other = ownRoute({ id: 'res9/GET', key: 'GET /health', owner: undefined, linkId: undefined });
    const plan = planDestroy(
      restWorld({ links: [ownLink()], stages: [DEPLOYED], routes: [ownRoute(), other] }),
      restSpec(),
      { clouds: CLOUDS },
    );
    expect(stepsOf(plan)).toEqual([
      'delete route GET /orders/{id} on api1',
      'deploy api1 to prod',
      'delete link main (vl1aaa)',
    ]);
    expect(plan.notes).toContain('stage prod of api1, created by this project, is kept: it serves other routes, too');
  });
});

describe('refusals of links and targets of these kinds', () => {
  it.each([
    ['an HTTP API through a VPC link V1', 'http-api', '{ httpApi: api1 }', 'loadBalancer: orders-nlb', 'vpc-link-v2'],
    [
      'a WebSocket API through a VPC link V2',
      'websocket-api',
      '{ webSocketApi: api1 }',
      'subnets: [subnet-1a]',
      'vpc-link-v1',
    ],
  ] as const)('of %s', (_, kind, gateway, link, possible) => {
    const routes = kind === 'http-api' ? undefined : 'send: orders';
    const spec = restSpec({ link, gateway, ...(routes === undefined ? {} : { routes }) });
    const refused = refusalOf(() => diff(restWorld({ gateway: { kind } }), spec, { clouds: CLOUDS }));
    const all = [refused, ...((refused.details?.['also'] ?? []) as readonly PosternError[])];
    expect(all.map(({ code, remedy }) => `${code} ${remedy}`)).toContain(
      `WRONG_KIND Name a link of kind ${possible}, or another kind of gateway.`,
    );
  });

  it('of a second VPC link V1 to one load balancer, unless the first has failed', () => {
    const other = { ...ownLink(), owner: undefined, tags: {} };
    expect(refusalOf(() => diff(restWorld({ links: [other] }), restSpec(), { clouds: CLOUDS }))).toMatchObject({
      code: 'ALREADY_EXISTS',
      message: 'link vl1aaa leads to orders-nlb already, and a second VPC link V1 to it fails',
      remedy:
        'Write { id: vl1aaa, kind: vpc-link-v1 } in place of loadBalancer, with owner: external where it is not yours.',
    });
    const plan = diff(restWorld({ links: [{ ...other, state: 'failed' }] }), restSpec(), { clouds: CLOUDS });
    expect(stepsOf(plan)).toContain('create link main');
  });

  it('of a load balancer that does not exist, without a refusal of its targets', () => {
    const refused = refusalOf(() =>
      diff(restWorld({}), restSpec({ link: 'loadBalancer: none-nlb' }), { clouds: CLOUDS }),
    );
    expect(refused).toMatchObject({ code: 'NOT_FOUND' });
    expect(refused.details?.['also']).toBeUndefined();
  });

  it('of an Application Load Balancer for a VPC link V1', () => {
    const spec = restSpec({ link: `loadBalancer: '${ALB}'` });
    expect(refusalOf(() => diff(restWorld({}), spec, { clouds: CLOUDS }))).toMatchObject({ code: 'WRONG_KIND' });
  });

  it('of a load balancer that is not active yet', () => {
    const world = restWorld({});
    const [region] = world.regions;
    const loadBalancers = region!.loadBalancers.map((one) => ({ ...one, active: false, state: 'provisioning' }));
    expect(
      refusalOf(() => diff({ ...world, regions: [{ ...region!, loadBalancers }] }, restSpec(), { clouds: CLOUDS })),
    ).toMatchObject({
      code: 'INVALID_INPUT',
      message: 'orders-nlb is provisioning, and a VPC link V1 that is created for it now fails',
    });
  });

  it('of a load balancer that does not exist', () => {
    expect(
      refusalOf(() => diff(restWorld({}), restSpec({ link: 'loadBalancer: gone' }), { clouds: CLOUDS })),
    ).toMatchObject({
      code: 'NOT_FOUND',
      message: 'load balancer gone does not exist in eu-west-1',
    });
  });

  it('of a target that is no listener of the load balancer of the link', () => {
    const spec = restSpec({ link: 'loadBalancer: bills-nlb' });
    expect(refusalOf(() => diff(restWorld({}), spec, { clouds: CLOUDS }))).toMatchObject({
      code: 'WRONG_KIND',
      message: expect.stringContaining('is not a listener of the load balancer that the link leads to') as string,
    });
  });
});

describe('a link of another kind than declared', () => {
  it('is refused where it is adopted by its ID', () => {
    const world = restWorld({ links: [ownLink()] });
    const spec = restSpec({ link: 'id: vl1aaa' });
    expect(refusalOf(() => diff(world, spec, { clouds: CLOUDS }))).toMatchObject({
      code: 'WRONG_KIND',
      message: 'link vl1aaa is of kind vpc-link-v1, not vpc-link-v2',
      remedy: 'Write kind: vpc-link-v1, or the ID of a vpc-link-v2.',
    });
  });

  it('is adopted with its kind', () => {
    const adopted = { ...ownLink(), tags: {}, owner: undefined };
    const plan = diff(restWorld({ links: [adopted] }), restSpec({ link: 'kind: vpc-link-v1, id: vl1aaa' }), {
      clouds: CLOUDS,
    });
    expect(stepsOf(plan)).toContain('adopt link main');
  });
});
