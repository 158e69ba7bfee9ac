import { unitsOf } from '../../../../src/do/plan/plan-scope.js';
import { describe, expect, it } from 'vitest';
import type { Gateway, GatewayUse } from '../../../../src/do/model/gateway.js';
import type { Owner } from '../../../../src/do/model/owner.js';
import { routeKeyOf } from '../../../../src/do/plan/references.js';
import { removeTargets, replacedTargets } from '../../../../src/do/plan/removal/remove-targets.js';
import {
  draftOf,
  FOREIGN,
  gatewayOf,
  COPY,
  OTHER_SPEC,
  OWN,
  regionOf,
  routeOf,
  stepsOf,
  targetOf,
  take,
} from './owned.js';

const MARK: Owner = { ...OWN, name: 'a' };

/** What becomes of target t-1 of the spec, beside these gateways. */
function removed(
  gateways: readonly Gateway[] = [],
  {
    owner = MARK as Owner | null,
    provider = 'alibaba',
    kept = [] as readonly string[],
    draft = draftOf(),
    gaps = [] as readonly { what: string; operation: string; code: string; of?: 'gateways' }[],
    may = undefined as (() => boolean) | undefined,
  } = {},
) {
  const region = regionOf({ provider, targets: [targetOf(owner ?? undefined)], gateways, gaps });
  take(draft, removeTargets(draft, draft, region, new Set(kept), may));
  return { steps: stepsOf(draft), notes: draft.notes, units: unitsOf(draft.units) };
}

const group = (fields: Partial<Gateway>): Gateway => gatewayOf({ kind: 'api-group', ...fields });
const key = (routeId: string): string => routeKeyOf(group({}), routeId);

describe('targets that the spec does not declare', () => {
  it('are deleted in the unit of their integration', () => {
    const { steps, notes, units } = removed();
    expect(notes).toEqual([]);
    expect(steps).toMatchObject([
      {
        id: 'delete target a of orders (t-1)',
        kind: 'delete',
        resource: { type: 'target', name: 'a', id: 't-1' },
        reason: 'it is managed by this project and not declared',
      },
    ]);
    expect(steps[0]).not.toHaveProperty('drainMs');
    expect(units).toMatchObject([{ id: 'integration:orders', dependsOn: [] }]);
    expect(steps[0]!.input).toEqual({ targetId: 't-1', linkKind: 'integration-instance' });
  });

  it('are deleted by the product that lists them, also where no route leads there', () => {
    const draft = draftOf();
    const targets = [{ ...targetOf(MARK), kind: 'apig-service' }];
    take(draft, removeTargets(draft, draft, regionOf({ provider: 'alibaba', targets }), new Set()));
    expect(stepsOf(draft)[0]!.input).toEqual({ targetId: 't-1', linkKind: 'apig-gateway' });
  });

  it('without a name are known by their ID', () => {
    expect(removed([], { owner: OWN }).steps[0]).toMatchObject({ id: 'delete target t-1 of orders (t-1)' });
  });

  it.each<[string, Parameters<typeof removed>[1]]>([
    ['of another spec', { owner: OTHER_SPEC }],
    ['of a copied mark', { owner: COPY }],
    ['of another project', { owner: FOREIGN }],
    ['of nobody', { owner: null }],
    ['of nobody, whatever the caller allows', { owner: null, may: () => true }],
    ['that the caller refuses', { may: () => false }],
    ['that are needed', { kept: ['t-1'] }],
    ['that are no resources, on another cloud', { provider: 'aws' }],
  ])('are kept without a note where they are %s', (_, given) => {
    expect(removed([], given)).toMatchObject({ steps: [], notes: [] });
  });

  it('are kept while a route uses them that stays', () => {
    const gateways = [group({ routes: [routeOf(FOREIGN, { targetId: 't-2' }), routeOf(FOREIGN)] })];
    expect(removed(gateways)).toMatchObject({
      steps: [],
      notes: ['target t-1 is kept: route GET /a of api-1 still uses it'],
    });
  });

  it('are deleted after the routes that leave, and after the time of their calls', () => {
    const draft = draftOf();
    draft.leaving.set(key('r-1'), 'integration:bills');
    const gateways = [group({ routes: [routeOf(OWN, { settings: { timeoutMs: 9_000 } })] })];
    const region = regionOf({ provider: 'alibaba', targets: [targetOf(MARK)], gateways });
    take(draft, removeTargets(draft, draft, region, new Set()));
    expect(stepsOf(draft)).toMatchObject([{ drainMs: 35_000 }]);
    // The other integration may await this one: the deletion is a unit of its own.
    expect(unitsOf(draft.units)).toMatchObject([{ id: 'integration:orders/t-1', kind: 'target-removal' }]);
  });

  it('are deleted in their integration where only its own routes leave', () => {
    const draft = draftOf();
    draft.leaving.set(key('r-1'), 'integration:orders');
    expect(removed([group({ routes: [routeOf(OWN)] })], { draft }).units).toMatchObject([{ id: 'integration:orders' }]);
  });

  it('are kept while not all gateways were read', () => {
    const draft = draftOf({ scope: undefined });
    const region = regionOf({ provider: 'alibaba', targets: [targetOf(MARK)], whole: [] });
    take(draft, removeTargets(draft, draft, region, new Set()));
    expect(draft.notes).toEqual([
      'target t-1 is not declared and is kept: other gateways were not read, and may use it',
    ]);
    expect(stepsOf(draft)).toEqual([]);
  });

  it('are not judged where the gateways could not be read', () => {
    const gaps = [{ what: 'gateways', operation: 'List', code: 'PERMISSION_DENIED', of: 'gateways' as const }];
    expect(() => removed([], { gaps })).toThrow(expect.objectContaining({ code: 'PERMISSION_DENIED' }));
    expect(() => removed([], { gaps, owner: FOREIGN })).not.toThrow();
  });
});

describe('a target that a stage may show in an older version', () => {
  const published = (
    fields: Parameters<typeof routeOf>[1] = {},
    owner: Owner | null = OWN,
    uses?: readonly GatewayUse[],
  ) =>
    removed([
      group({
        routes: [
          routeOf(owner ?? undefined, {
            targetId: 't-9',
            publishedOn: ['RELEASE', 'TEST'],
            stages: ['RELEASE'],
            ...fields,
          }),
        ],
        uses,
      }),
    ]);
  const note =
    'target t-1 is kept: route GET /a of api-1 is published to TEST in an older version, which may use the target; unpublish it there, or name TEST in `stages`, then run again';

  it('is kept, of any spec of the project', () => {
    for (const owner of [OWN, OTHER_SPEC, COPY])
      expect(published({}, owner)).toMatchObject({ steps: [], notes: [note] });
    expect(published({}, FOREIGN)).toMatchObject({ steps: [{ kind: 'delete' }], notes: [] });
    expect(published({}, null)).toMatchObject({ steps: [{ kind: 'delete' }], notes: [] });
  });

  it('is deleted where every stage shows the route as it is', () => {
    expect(published({ stages: ['RELEASE', 'TEST'] }).steps).toHaveLength(1);
    expect(published({ publishedOn: undefined }).steps).toHaveLength(1);
    expect(published({ stages: undefined, publishedOn: ['TEST'] }).notes).toEqual([note]);
  });

  it('is deleted where the plan publishes the route there, or takes it from there', () => {
    const routes = [routeOf(OWN, { targetId: 't-9', publishedOn: ['TEST'], stages: [] })];
    for (const change of ['publishing', 'unpublished'] as const) {
      const draft = draftOf();
      if (change === 'publishing') draft.publishing.set(key('r-1'), ['TEST']);
      else draft.unpublished.add(key('r-1'));
      expect(removed([group({ routes })], { draft }).steps).toHaveLength(1);
    }
    const draft = draftOf();
    draft.publishing.set(key('r-1'), ['RELEASE']);
    expect(removed([group({ routes })], { draft }).notes).toEqual([note]);
  });

  const use: GatewayUse = {
    kind: 'route',
    id: 'r-1',
    name: 'GET /a',
    routeIds: ['r-1'],
    stage: 'TEST',
    targetId: 't-9',
  };

  it('is deleted where the published version was read and uses another one', () => {
    expect(published({}, OWN, [use]).steps).toHaveLength(1);
  });

  it.each<[string, readonly GatewayUse[]]>([
    ['was not read', []],
    ['was read of another stage only', [{ ...use, stage: 'RELEASE' }]],
    ['was read of another route only', [{ ...use, routeIds: ['r-2'] }]],
    ['could not be evaluated', [{ ...use, unreadable: 'no JSON' }]],
    ['uses it', [{ ...use, targetId: 't-1' }]],
    ['uses it beside another one', [use, { ...use, targetId: 't-1' }]],
  ])('is kept where that version %s', (_, uses) => {
    expect(published({}, OWN, uses).notes).toEqual([note]);
  });
});

describe('a target that something other than a draft of a route uses', () => {
  const use: GatewayUse = { kind: 'backend', id: 'b-1', name: 'shared', routeIds: [], targetId: 't-1' };
  const ends = (text: string): string => `target t-1 is kept: ${text} uses it; change that, then run again`;
  const elsewhere = routeOf(FOREIGN, { targetId: 't-9' });

  it('is kept: a backend or a plug-in names it', () => {
    expect(removed([group({ uses: [{ ...use, targetId: 't-2' }, use] })]).notes).toEqual([
      ends('backend shared of api-1'),
    ]);
    expect(removed([group({ uses: [{ ...use, kind: 'plugin' }] })]).notes).toEqual([ends('plugin shared of api-1')]);
    expect(removed([group({ uses: [{ ...use, targetId: 't-2' }] })]).steps).toHaveLength(1);
  });

  it('is kept: a published route of another owner leads to it', () => {
    const routes = [{ ...elsewhere, publishedTargets: { RELEASE: 't-9', TEST: 't-1' } }];
    expect(removed([group({ routes })]).notes).toEqual([ends('route GET /a of api-1 as published to TEST')]);
    const draft = draftOf();
    draft.unpublished.add(key('r-1'));
    const { steps, units } = removed([group({ routes })], { draft });
    expect(steps).toHaveLength(1);
    expect(units).toMatchObject([{ id: 'integration:orders' }]);
  });

  it('is deleted where the route leaves and its stages are published again', () => {
    const routes = [routeOf(FOREIGN, { targetId: 't-9', stages: ['TEST'], publishedTargets: { TEST: 't-1' } })];
    const unknown = routes.map((route) => ({ ...route, stages: undefined }));
    const leaving = (stages?: readonly string[], there = routes) => {
      const draft = draftOf();
      draft.leaving.set(key('r-1'), 'integration:orders');
      if (stages) draft.publishing.set(key('r-1'), stages);
      return removed([group({ routes: there })], { draft });
    };
    expect(leaving(undefined, unknown).notes).toHaveLength(1);
    expect(leaving().steps).toHaveLength(1);
    expect(leaving(['TEST']).steps).toHaveLength(1);
    expect(leaving(['RELEASE']).notes).toEqual([ends('route GET /a of api-1 as published to TEST')]);
  });

  it.each<[string, Parameters<typeof routeOf>[1], readonly GatewayUse[]]>([
    ['its stages show', { publishedTargets: { RELEASE: 't-9', TEST: 't-1' } }, []],
    ['was read as published', {}, [{ ...use, kind: 'route', routeIds: ['r-1'], stage: 'TEST' }]],
  ])('is deleted after the route that only %s it, and after its calls in flight', (_, fields, uses) => {
    const draft = draftOf();
    draft.leaving.set(key('r-1'), 'integration:bills');
    draft.publishing.set(key('r-1'), ['TEST']);
    const settings = { timeoutMs: 9_000 };
    const routes = [
      routeOf(OWN, { targetId: 't-9', stages: ['TEST'], settings, ...fields }),
      { ...elsewhere, id: 'r-2', settings: { timeoutMs: 20_000 }, publishedTargets: { TEST: 't-9' } },
    ];
    const other = { ...use, kind: 'route' as const, routeIds: ['r-2'], targetId: 't-9' };
    const { steps, units } = removed([group({ routes, uses: [...uses, other] })], { draft });
    expect(steps).toMatchObject([{ drainMs: 35_000 }]);
    expect(units).toMatchObject([{ kind: 'target-removal' }]);
  });

  it('is kept for a route that stays on a stage, and deleted where the draft alone used it', () => {
    const inUse = (fields: Partial<GatewayUse>, leaves: boolean, stages: readonly string[] = []) => {
      const draft = draftOf();
      if (leaves) draft.leaving.set(key('r-1'), 'integration:orders');
      const uses = [{ ...use, kind: 'route' as const, name: 'GET /a', routeIds: ['r-1'], ...fields }];
      return removed([group({ routes: [{ ...elsewhere, stages }], uses })], { draft });
    };
    expect(inUse({ stage: 'TEST' }, false).notes).toEqual([ends('route GET /a of api-1')]);
    expect(inUse({ stage: 'TEST' }, false, ['TEST']).notes).toEqual([ends('route GET /a of api-1')]);
    expect(inUse({ stage: 'TEST' }, true).notes).toEqual([ends('route GET /a of api-1')]);
    expect(inUse({ stage: 'TEST' }, true, ['TEST']).steps).toHaveLength(1);
    expect(inUse({ stage: undefined }, true).steps).toHaveLength(1);
    expect(inUse({ stage: 'TEST', routeIds: [] }, false).steps).toHaveLength(1);
  });
});

describe('targets that were replaced', () => {
  const region = regionOf({ provider: 'alibaba' });
  const integration = {
    resolved: {
      name: 'orders',
      targets: new Map([
        ['a', {}],
        ['c', {}],
      ]),
      region,
    },
    targetIds: ['t-2'],
  } as unknown as Parameters<typeof replacedTargets>[1][number];
  const another = { ...integration, resolved: { ...integration.resolved, name: 'bills' }, targetIds: [] };
  const isReplaced = (target: { id: string; owner?: Owner | undefined }, where = region): boolean =>
    replacedTargets(OWN, [another, integration])(where, target);

  it('are those of a declared part that is now another target, also where the mark may be a copy', () => {
    expect(isReplaced({ id: 't-1', owner: MARK })).toBe(true);
    expect(isReplaced({ id: 't-1', owner: { ...COPY, name: 'a' } })).toBe(true);
  });

  it.each<[string, { id: string; owner?: Owner | undefined }]>([
    ['needed', { id: 't-2', owner: MARK }],
    ['of another spec', { id: 't-1', owner: { ...OTHER_SPEC, name: 'a' } }],
    ['of nobody', { id: 't-1' }],
    ['of another integration', { id: 't-1', owner: { ...MARK, integration: 'old' } }],
    ['of another part', { id: 't-1', owner: { ...MARK, name: 'b' } }],
    ['of no part', { id: 't-1', owner: OWN }],
  ])('are not those that are %s', (_, target) => {
    expect(isReplaced(target)).toBe(false);
  });

  it('are those of the same region', () => {
    expect(isReplaced({ id: 't-1', owner: MARK }, regionOf())).toBe(false);
  });
});
