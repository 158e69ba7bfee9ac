import { unitsOf } from '../../../../src/do/plan/plan-scope.js';
import { describe, expect, it } from 'vitest';
import type { Gateway, Stage } from '../../../../src/do/model/gateway.js';
import { deployStages, type Deployment } from '../../../../src/do/plan/removal/deploy-stages.js';
import { removeRoutes } from '../../../../src/do/plan/removal/remove-routes.js';
import { inputOf } from '../../../../src/do/plan/step-input.js';
import { routeKeyOf, unitRef } from '../../../../src/do/plan/references.js';
import { deployMark } from '../../../../src/do/world/routes/deploy-mark.js';
import type { DeployedRoute } from '../../../../src/do/world/routes/route-input.js';
import { draftOf, FOREIGN, gatewayOf, idsOf, linkOf, OWN, regionOf, routeOf, stepsOf, take } from './owned.js';

const ROUTE = {
  key: 'GET /a',
  link: 'eu',
  linkId: 'l-1',
  targetId: 't-1',
  serverName: null,
  path: 'keep',
} as DeployedRoute;
const UNIT = 'gateway:aws/eu-west-1/http-api/api-1';
const stage = (fields: Partial<Stage> = {}): Stage => ({ name: 'prod', autoDeploy: false, ...fields });

function deployed(
  fields: Partial<Gateway>,
  {
    draft = draftOf(),
    routes = [ROUTE] as readonly DeployedRoute[],
    ...options
  }: Partial<Deployment> & { draft?: ReturnType<typeof draftOf>; routes?: readonly DeployedRoute[] } = {},
) {
  const gateway = gatewayOf(fields);
  const region = regionOf({ gateways: [gateway], links: [linkOf(OWN)] });
  const given = { changed: true, remaining: 1, after: [], stages: [], ...options };
  const { part, changes } = deployStages(draft, draft.leaving, region, gateway, routes, given);
  take(draft, part);
  return { ids: idsOf(draft), steps: stepsOf(draft), notes: draft.notes, draft, changes };
}

const MARK = deployMark(draftOf(), [ROUTE]);

describe('a stage that does not deploy automatically', () => {
  it('is deployed where routes change', () => {
    const { steps, changes } = deployed({ stages: [stage({ deploymentId: 'd-1' })] });
    expect(steps).toMatchObject([
      {
        id: 'deploy api-1 to prod',
        kind: 'deploy',
        resource: { type: 'stage', name: 'api-1 prod', id: 'd-1' },
        reason: 'its routes change, and it does not deploy automatically',
      },
    ]);
    expect(steps[0]!.input).toEqual({
      gatewayRef: { kind: 'http-api', id: 'api-1' },
      stage: 'prod',
      project: 'shop',
      spec: 'orders-1',
      routes: [ROUTE],
    });
    expect(changes.deploying).toEqual(new Set([`${UNIT} prod`]));
    expect(changes.shown.size).toBe(0);
  });

  it('is deployed after the units that change the routes', () => {
    const draft = draftOf();
    draft.units.push({
      unit: unitRef('integration', 'orders'),
      region: regionOf(),
      steps: [{ id: 'change' } as never],
    });
    deployed({ stages: [stage()] }, { draft, after: ['integration:orders'] });
    expect(unitsOf(draft.units).at(-1)).toMatchObject({ id: UNIT, dependsOn: ['integration:orders'] });
  });

  it('is deployed where it shows other routes, or none, and not where it shows these', () => {
    const of = (fields: Partial<Stage>, routes?: readonly DeployedRoute[]) =>
      deployed({ stages: [stage(fields)] }, { changed: false, ...(routes && { routes }) });
    expect(of({ deployed: 'postern:shop@shop/old' }).steps).toMatchObject([{ reason: 'it serves older routes' }]);
    expect(of({}).ids).toEqual(['deploy api-1 to prod']);
    expect(of({}, []).ids).toEqual([]);
    expect(of({ deployed: MARK }).ids).toEqual([]);
    expect(of({ deployed: `${MARK}.abc` }).ids).toHaveLength(1);
    expect(of({ deployed: MARK }).changes.shown).toEqual(new Map([[UNIT, MARK]]));
  });

  it('gets the mark alone for adopted routes, unless its deployment serves them otherwise', () => {
    const of = (linkId: string) => {
      const served = { routes: [routeOf(OWN, { linkId, path: 'keep' })] };
      const options = { changed: false, adopted: [ROUTE], declared: [ROUTE] };
      return deployed({ stages: [stage({ deploymentId: 'd-1', served })] }, options).ids;
    };
    expect(of('l-1')).toEqual(['adopt stage prod of api-1']);
    expect(of('l-0')).toEqual(['deploy api-1 to prod']);
  });

  it('is not deployed for other settings by a part of a spec', () => {
    const draft = () => draftOf({ prune: false });
    const of = (mark: string) =>
      deployed({ stages: [stage({ deployed: mark })] }, { changed: false, draft: draft() }).ids;
    expect(of(`${MARK}.abc`)).toEqual([]);
    expect(of('postern:shop@shop/old')).toHaveLength(1);
  });

  it('is not deployed where it deploys itself, or where the kind of gateway has no deployments', () => {
    expect(deployed({ stages: [stage({ autoDeploy: true })] }).ids).toEqual([]);
    expect(deployed({ kind: 'api-group', stages: [stage()] }).ids).toEqual([]);
  });

  it('is refused where it has a canary and needs a deployment', () => {
    const canary = { percent: 10, deploymentId: 'd-2' };
    expect(() => deployed({ stages: [stage({ canary })] })).toThrow(
      expect.objectContaining({
        code: 'CANARY_ACTIVE',
        message: 'stage prod of api-1 has a canary with 10 % of the calls',
        details: { gatewayId: 'api-1', stage: 'prod', deploymentId: 'd-2' },
      }),
    );
    expect(deployed({ stages: [stage({ canary, deployed: MARK })] }, { changed: false }).ids).toEqual([]);
  });

  it('is refused where it has a canary and would be deleted with its last route (L2)', () => {
    const canary = { percent: 10, deploymentId: 'd-2' };
    const ours = { deployed: MARK, createdBy: { project: OWN.project, spec: OWN.spec } };
    expect(() => deployed({ stages: [stage({ ...ours, canary })] }, { remaining: 0 })).toThrow(
      expect.objectContaining({ code: 'CANARY_ACTIVE' }),
    );
    expect(deployed({ stages: [stage(ours)] }, { remaining: 0 }).ids).toEqual(['delete stage prod of api-1']);
  });
});

describe('stages that a spec names', () => {
  const rest = (stages: readonly Stage[]) => ({ kind: 'rest-api', stages }) as const;

  it('are deployed, also where they do not exist yet, and no others', () => {
    const { ids, steps } = deployed(rest([stage(), stage({ name: 'test' })]), {
      changed: false,
      stages: ['prod', 'new'],
    });
    expect(ids).toEqual(['deploy api-1 to prod', 'deploy api-1 to new']);
    expect(steps[1]).toMatchObject({ reason: 'the stage does not exist' });
    expect(steps[0]).toMatchObject({ reason: 'it serves older routes' });
  });

  it('are not all: one that the project deployed to before is kept up to date', () => {
    expect(deployed(rest([stage({ deployed: 'postern:shop@shop/old' })]), { changed: false }).ids).toEqual([
      'deploy api-1 to prod',
    ]);
  });

  it('are all of them where the kind of gateway does not name stages', () => {
    expect(deployed({ stages: [stage()] }, { stages: ['new'] }).ids).toEqual(['deploy api-1 to prod']);
  });

  it('are deployed with the routes that no step of the plan tests', () => {
    const use = { kind: 'route', id: 'r-1', name: 'GET /a', routeIds: ['r-1'], stage: 'prod', linkId: 'l-0' } as const;
    const { steps } = deployed({ ...rest([stage()]), routes: [routeOf(OWN)], uses: [use] }, { stages: ['prod'] });
    expect(inputOf(steps[0]!, 'deploy stage').tests).toMatchObject([{ key: 'GET /a' }]);
  });
});

describe('the stages of a gateway that has no route any more', () => {
  const ends = { remaining: 0, routes: [] };
  const created = stage({ createdBy: { project: 'shop', spec: 'bills-2' }, deploymentId: 'd-1' });

  it('are deleted where the project created them', () => {
    const { steps, changes, notes } = deployed({ stages: [created] }, ends);
    expect(steps).toMatchObject([
      {
        id: 'delete stage prod of api-1',
        kind: 'delete',
        resource: { type: 'stage', name: 'api-1 prod', id: 'd-1' },
        reason: 'it was created for routes of this project, and the gateway has none any more',
      },
    ]);
    expect(steps[0]!.input).toMatchObject({ stage: 'prod', project: 'shop', spec: 'bills-2' });
    expect(changes.deploying).toEqual(new Set([`${UNIT} prod`]));
    expect(notes).toEqual([]);
    expect(deployed({ stages: [created] }, { ...ends, changed: false }).ids).toHaveLength(1);
    expect(deployed({ kind: 'rest-api', stages: [created] }, { ...ends, changed: false }).ids).toHaveLength(1);
  });

  it('are kept by a plan of a part, unless its routes change', () => {
    const draft = () => draftOf({ prune: false });
    expect(deployed({ stages: [created] }, { ...ends, changed: false, draft: draft() }).ids).toEqual([]);
  });

  it('are kept with a note where others created them', () => {
    for (const createdBy of [{ project: 'crm' }, undefined]) {
      const { ids, notes } = deployed({ stages: [stage({ createdBy })] }, ends);
      expect(ids).toEqual([]);
      expect(notes).toEqual(['stage prod of api-1 serves its last routes until others are deployed']);
    }
    expect(deployed({ stages: [stage({ deployed: 'x' })] }, { ...ends, changed: false }).notes).toEqual([]);
    const others = stage({ createdBy: { project: 'crm' } });
    expect(deployed({ kind: 'rest-api', stages: [others] }, ends).notes).toEqual([]);
  });

  it('are kept with a note where they serve routes of others after the spec is removed', () => {
    const note = 'stage prod of api-1, created by this project, is kept: it serves other routes, too';
    expect(deployed({ stages: [created, stage({ name: 'x' })] }, { ends: true }).notes).toEqual([note]);
    expect(deployed({ stages: [created] }, {}).notes).toEqual([]);
    expect(deployed({ stages: [created] }, { ends: true, draft: draftOf({ prune: false }) }).notes).toEqual([]);
    expect(deployed({ stages: [created] }, { ...ends, ends: true }).notes).toEqual([]);
  });
});

describe('what else is done with a gateway', () => {
  it('is the removal of integrations that no route uses, not by a plan of a part', () => {
    const fields = { integrations: [{ id: 'i-1', linkId: 'l-9', owner: OWN }] };
    expect(deployed(fields).ids).toEqual(['sweep api-1']);
    expect(deployed(fields, { draft: draftOf({ isPart: true }) }).ids).toEqual([]);
  });
});

describe('routes that are removed', () => {
  const rest = (key: string) =>
    gatewayOf({ kind: 'rest-api', routes: [routeOf(OWN, { key }), routeOf(FOREIGN, { id: 'r-2', key: 'GET /b' })] });

  function removed(key: string, declared: readonly string[]) {
    const draft = draftOf();
    const gateway = rest(key);
    const region = regionOf({ links: [linkOf(OWN)], gateways: [gateway] });
    draft.units.push({ unit: unitRef('integration', 'orders'), region: region, steps: [{ id: 'create' } as never] });
    const { part, changes, routes } = removeRoutes(draft, region, gateway, new Set(declared), () => false);
    take(draft, part);
    return { changes, ids: idsOf(draft), routes: routes.map(({ id }) => id) };
  }

  it('are deleted after the other steps of their integration, and known as leaving', () => {
    const { changes, ids, routes } = removed('GET /a', ['GET /c']);
    expect(ids).toEqual(['create', 'delete route GET /a on api-1']);
    expect(routes).toEqual(['r-1']);
    const key = routeKeyOf(gatewayOf(), 'r-1');
    expect(changes.leaving).toEqual(new Map([[key, 'integration:orders']]));
    expect(changes.unpublished).toEqual(new Set([key]));
  });

  it('are deleted before them where a declared route can only be created then', () => {
    expect(removed('GET /orders/{old}', ['GET /c', 'GET /orders/{id}']).ids).toEqual([
      'delete route GET /orders/{old} on api-1',
      'create',
    ]);
  });

  it('are noted where they use no link of the project', () => {
    const draft = draftOf();
    const gateway = rest('GET /a');
    const region = regionOf({ links: [linkOf(FOREIGN)], gateways: [gateway] });
    expect(removeRoutes(draft, region, gateway, new Set(), () => false).part.notes).toHaveLength(1);
  });
});
