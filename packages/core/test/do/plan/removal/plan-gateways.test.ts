import { take } from './owned.js';
import { unitsOf } from '../../../../src/do/plan/plan-scope.js';
import { describe, expect, it } from 'vitest';
import type { Gateway, Stage } from '../../../../src/do/model/gateway.js';
import type { Owner } from '../../../../src/do/model/owner.js';
import type { Route } from '../../../../src/do/model/route.js';
import type { IntegrationSpec } from '../../../../src/do/spec.js';
import type { Draft } from './owned.js';
import type { IntegrationPlan } from '../../../../src/do/plan/plan-integration.js';
import type { Step } from '../../../../src/do/plan/plan.js';
import { planGateways } from '../../../../src/do/plan/removal/plan-gateways.js';
import { collectProblems } from '../../../../src/do/world/resolve/problems.js';
import type { ResolvedSpec } from '../../../../src/do/world/resolve/resolve.js';
import type { DeployedRoute } from '../../../../src/do/world/routes/route-input.js';
import { smallSpec } from '../../../fake-run.js';
import {
  draftOf,
  FOREIGN,
  gatewayOf,
  idsOf,
  linkOf,
  OTHER_SPEC,
  OWN,
  regionOf,
  routeOf,
  stepsOf,
  TEMPORARY,
} from './owned.js';

const CHANGE = { id: 'change', kind: 'retarget' } as Step;
const PROD: Stage = { name: 'prod', autoDeploy: false };
const shown = (key: string): DeployedRoute => ({
  key,
  link: 'eu',
  linkId: 'l-1',
  targetId: 't-1',
  serverName: null,
  path: 'keep',
});

/** The plan of an integration with `GET /a` on a gateway. */
function integration(
  gateway: Gateway,
  {
    spec = {},
    name = 'orders',
    ...fields
  }: Partial<Omit<IntegrationPlan, 'resolved'>> & {
    readonly spec?: Partial<IntegrationSpec>;
    readonly name?: string;
  } = {},
): IntegrationPlan {
  const declared = {
    link: 'eu',
    gateway: { httpApi: gateway.id, stage: 'prod' },
    targets: {},
    routes: { 'GET /a': 't' },
    ...spec,
  };
  const base = {
    steps: [],
    created: 0,
    marked: 0,
    moved: new Map(),
    deployed: [],
    notes: [],
    leftAlone: [],
    unchanged: 0,
    targetIds: [],
  };
  // Copies: nothing is found by object identity.
  const resolved = { name, spec: declared, gateway: { ...gateway }, region: regionOf() };
  return { ...base, ...fields, resolved } as unknown as IntegrationPlan;
}

interface Given {
  readonly draft?: Draft;
  readonly integrations?: readonly IntegrationPlan[];
  /** The scope of the snapshot. */
  readonly scope?: 'all' | undefined;
}

/** What is planned for some gateways, with link `l-1` of this project. */
function planned(gateways: readonly Gateway[], given: Given = {}) {
  const { draft = draftOf(), integrations = [] } = given;
  const scope = 'scope' in given ? given.scope : 'all';
  const region = regionOf({ gateways, links: [linkOf({ ...OWN, integration: 'eu' })] });
  const spec = smallSpec({ spec: 'orders-1' });
  const resolved = { spec, links: new Map(), integrations: new Map(), snapshot: { scope, regions: [region] } };
  const problems = collectProblems(spec);
  take(draft, planGateways(draft, resolved as unknown as ResolvedSpec, integrations, problems).part);
  problems.check();
  return { ids: idsOf(draft), steps: stepsOf(draft), units: unitsOf(draft.units), draft };
}

const other = (fields: Partial<Route> = {}): Route => routeOf(OWN, { id: 'r-2', key: 'GET /b', ...fields });

describe('routes that are not declared', () => {
  it('are deleted on a gateway that no integration names only where all gateways were read, for a whole spec', () => {
    const gateways = [gatewayOf({ routes: [other()] })];
    expect(planned(gateways).ids).toEqual(['delete route GET /b on api-1']);
    expect(planned(gateways, { scope: undefined }).ids).toEqual([]);
    expect(planned(gateways, { draft: draftOf({ isPart: true }) }).ids).toEqual([]);
    expect(planned(gateways, { scope: undefined, draft: draftOf({ isPart: true }) }).ids).toEqual([]);
  });

  it('are deleted on a gateway that an integration names, whatever else was read', () => {
    const gateway = gatewayOf({ routes: [other()] });
    const integrations = [integration(gateway)];
    expect(planned([gateway], { integrations, scope: undefined }).ids).toEqual(['delete route GET /b on api-1']);
  });

  it('are those of each gateway: a key that is declared for another one is not declared', () => {
    const [one, two] = [
      gatewayOf({ routes: [routeOf(OWN)] }),
      gatewayOf({ id: 'api-2', routes: [other({ key: 'GET /a', gatewayId: 'api-2' })] }),
    ];
    expect(planned([one, two], { integrations: [integration(one)] }).ids).toEqual(['delete route GET /a on api-2']);
  });

  it.each<[string, Owner | undefined]>([
    ['another project', FOREIGN],
    ['another spec', OTHER_SPEC],
    ['no owner', undefined],
  ])('are kept where they are of %s', (_, owner) => {
    expect(planned([gatewayOf({ routes: [other({ owner })] })]).ids).toEqual([]);
  });
});

describe('a stage that does not deploy automatically', () => {
  const routes = [routeOf(OWN)];
  const mark = (ids: readonly string[]): boolean => ids.includes('deploy api-1 to prod');
  /** Whether it is deployed: it shows the routes as they are declared. */
  const deploys = (fields: Partial<IntegrationPlan>, more: readonly Route[] = []): boolean => {
    const draft = draftOf();
    const gateway = gatewayOf({ routes: [...routes, ...more], stages: [PROD] });
    return mark(planned([gateway], { draft, integrations: [integration(gateway, fields)] }).ids);
  };

  it('is deployed where a route is created, changed or deleted, and not where only marks change', () => {
    expect(deploys({ steps: [CHANGE] })).toBe(true);
    expect(deploys({ steps: [CHANGE, CHANGE], marked: 1 })).toBe(true);
    expect(deploys({ steps: [CHANGE], marked: 1 })).toBe(false);
    expect(deploys({})).toBe(false);
    expect(deploys({}, [other()])).toBe(true);
  });

  it('is deployed for one of two integrations, and not for the route of a test', () => {
    const gateway = gatewayOf({ routes, stages: [PROD] });
    const both = [integration(gateway), integration(gateway, { name: 'bills', steps: [CHANGE], spec: { routes: {} } })];
    expect(mark(planned([gateway], { integrations: both }).ids)).toBe(true);
    expect(deploys({}, [other({ key: TEMPORARY })])).toBe(false);
  });

  it('is not deployed where the gateway has no route then: created ones count, deleted ones do not', () => {
    const after = (existing: readonly Route[], fields: Partial<IntegrationPlan>): boolean => {
      const gateway = gatewayOf({ routes: existing, stages: [PROD] });
      return mark(
        planned([gateway], { integrations: [integration(gateway, { spec: { routes: {} }, ...fields })] }).ids,
      );
    };
    expect(after([other()], {})).toBe(false);
    expect(after([other()], { created: 1, steps: [CHANGE] })).toBe(true);
    expect(after([], { created: 1, steps: [CHANGE] })).toBe(true);
    expect(after([other(), routeOf(FOREIGN)], {})).toBe(true);
  });

  it('is deployed with the routes of integrations and those of the spec that stay', () => {
    const stays = [
      routeOf({ ...OWN, integration: 'held' }, { id: 'r-3', key: 'GET /held' }),
      routeOf(FOREIGN, { id: 'r-4', key: 'GET /foreign' }),
      routeOf(OTHER_SPEC, { id: 'r-5', key: 'GET /other' }),
      routeOf(undefined, { id: 'r-6', key: 'GET /none' }),
      routeOf({ ...OWN, integration: 'held', unbound: true }, { id: 'r-7', key: 'GET /unbound' }),
      routeOf({ ...OWN, integration: 'held' }, { id: 'r-8', key: TEMPORARY }),
      other(),
    ];
    const gateway = gatewayOf({ routes: [...routes, ...stays], stages: [PROD] });
    const draft = draftOf({ held: new Set(['held']) });
    const integrations = [integration(gateway, { deployed: [shown('GET /a')], steps: [CHANGE] })];
    const { steps } = planned([gateway], { draft, integrations });
    const deployment = steps.find(({ kind }) => kind === 'deploy')!;
    const keys = (deployment.input as unknown as { routes: readonly DeployedRoute[] }).routes.map(({ key }) => key);
    expect(keys).toEqual(['GET /a', 'GET /held']);
  });

  it('is deployed after the integrations of the gateway, and after those that its routes leave', () => {
    const gone = other({ owner: { ...OWN, integration: 'moved' } });
    const gateway = gatewayOf({ routes: [...routes, gone], stages: [PROD] });
    const draft = draftOf();
    for (const name of ['moved', 'orders'])
      draft.units.push({
        unit: { kind: 'integration', name, id: `integration:${name}` },
        region: regionOf(),
        steps: [CHANGE],
      });
    const { units } = planned([gateway], { draft, integrations: [integration(gateway, { steps: [CHANGE] })] });
    expect(units.find(({ kind }) => kind === 'gateway')?.dependsOn).toEqual([
      'integration:moved',
      'integration:orders',
    ]);
  });

  it('of a REST API that no integration names is not deployed where the first route is created', () => {
    const old: Stage = { name: 'old', autoDeploy: false, createdBy: { project: 'shop' } };
    const gateway = gatewayOf({ kind: 'rest-api', stages: [old] });
    const integrations = [integration(gateway, { created: 1, steps: [CHANGE] })];
    expect(planned([gateway], { integrations }).ids).toEqual(['deploy api-1 to prod']);
  });

  it('of a REST API is one that an integration names that is not external', () => {
    const stages = (spec: Partial<IntegrationSpec>): readonly string[] => {
      const gateway = gatewayOf({ kind: 'rest-api', routes, stages: [] });
      return planned([gateway], { integrations: [integration(gateway, { steps: [CHANGE], spec })] }).ids;
    };
    expect(stages({})).toEqual(['deploy api-1 to prod']);
    expect(stages({ owner: 'external' })).toEqual([]);
  });
});
