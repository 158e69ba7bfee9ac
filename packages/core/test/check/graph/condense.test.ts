import { CLOUDS } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import { diff } from '../../../src/do/plan/diff.js';
import { condensed } from '../../../src/check/graph/condense.js';
import {
  graphOf,
  graphOfPlan,
  graphOfSnapshot,
  graphOfSpec,
  graphsOfMove,
  mermaidOf,
  type Graph,
} from '../../../src/internal/graph.js';
import { alibabaRegion } from '../checks/alibaba-region.js';
import { API, largeShop, LINK } from './large-shop.js';

const boxes = (graph: Graph, kind: string) =>
  condensed(graph)
    .nodes.filter((one) => one.kind === kind)
    .map(({ label, detail }) => (detail === undefined ? label : `${label} ${detail}`));

describe('a picture', () => {
  it('shows routes with one gateway, link and target as one box, with some of them', () => {
    const [box] = condensed(graphOfSpec(largeShop(1, 300).spec, { clouds: CLOUDS })).nodes.filter(
      ({ kind }) => kind === 'route',
    );
    expect(box).toMatchObject({
      label: '300 routes',
      count: 300,
      examples: ['GET /service-0/r0/{proxy+}', 'GET /service-0/r1/{proxy+}', 'GET /service-0/r2/{proxy+}'],
    });
    expect(mermaidOf(graphOfSpec(largeShop(1, 300).spec, { clouds: CLOUDS }))).toContain('and 297 more');
  });

  it('shows up to three alike routes one by one', () => {
    expect(boxes(graphOfSpec(largeShop(1, 3).spec, { clouds: CLOUDS }), 'route')).toHaveLength(3);
    expect(boxes(graphOfSpec(largeShop(1, 4).spec, { clouds: CLOUDS }), 'route')).toEqual(['4 routes']);
    const four = mermaidOf(graphOfSpec(largeShop(1, 4).spec, { clouds: CLOUDS }));
    expect([four.includes('/r3/'), four.includes('more')]).toEqual([true, false]);
  });

  const three = largeShop(3, 1);
  const wanted = ['GET /service-0/r0/{proxy+} to service-0', 'GET /service-1/r0/{proxy+} to service-1'];
  it.each([
    ['of a spec', () => graphOfSpec(three.spec, { clouds: CLOUDS }), wanted],
    ['of a spec in a snapshot', () => graphOf(three.snapshot, three.spec, { clouds: CLOUDS }), wanted],
    [
      'of a snapshot',
      () => graphOfSnapshot(three.snapshot, CLOUDS),
      ['GET /service-0/r0/{proxy+} to service-0-alb:443', 'GET /service-1/r0/{proxy+} to service-1-alb:443'],
    ],
    [
      'of the state before a move',
      () => graphsOfMove(three.snapshot, { gateways: [{ id: API }], from: LINK, to: 'other1' }, CLOUDS).before,
      ['GET /service-0/r0/{proxy+} to service-0-alb:443', 'GET /service-1/r0/{proxy+} to service-1-alb:443'],
    ],
  ])('%s says of each route to which of several targets it leads', (_, graph, first) => {
    expect(boxes(graph(), 'route').slice(0, 2)).toEqual(first);
  });

  it('shows instance and port of an authorization', () => {
    const snapshot = { ...three.snapshot, regions: [{ ...alibabaRegion(), loadBalancers: [] }] };
    const details = graphOfSnapshot(snapshot, CLOUDS).nodes.flatMap(({ kind, detail }) =>
      kind === 'target' ? [detail] : [],
    );
    expect(details).toContain('clb lb-1:80');
  });

  it('says no target where there is only one', () => {
    expect(boxes(graphOfSpec(largeShop(1, 1).spec, { clouds: CLOUDS }), 'route')).toEqual([
      'GET /service-0/r0/{proxy+}',
    ]);
  });

  it.each([
    ['of a spec', (shop: ReturnType<typeof largeShop>) => graphOfSpec(shop.spec, { clouds: CLOUDS })],
    [
      'of a spec in a snapshot',
      (shop: ReturnType<typeof largeShop>) => graphOf(shop.snapshot, shop.spec, { clouds: CLOUDS }),
    ],
    ['of a snapshot', (shop: ReturnType<typeof largeShop>) => graphOfSnapshot(shop.snapshot, CLOUDS)],
  ])('%s has few boxes in a column, whatever the number of targets, and stands for all', (_, graphOfShop) => {
    const graph = graphOfShop(largeShop(150, 2, 6));
    const few = condensed(graph);
    for (const kind of ['route', 'target', 'balancer', 'backend'] as const) {
      const some = few.nodes.filter((one) => one.kind === kind);
      expect(some.length).toBeLessThanOrEqual(12);
      const all = graph.nodes.filter((one) => one.kind === kind).length;
      expect({ kind, all: some.reduce((sum, { count = 1 }) => sum + count, 0) }).toEqual({ kind, all });
    }
    const ids = new Set(few.nodes.map(({ id }) => id));
    for (const { from, to } of few.edges) expect([ids.has(from), ids.has(to)]).toEqual([true, true]);
    for (const { kind, target } of few.nodes) if (kind === 'route') expect(ids.has(target ?? '')).toBe(true);
  });

  it('shows what is blocked one by one before all else', () => {
    const { spec, snapshot } = largeShop(40, 1);
    const [region] = snapshot.regions;
    const last = region!.loadBalancers.at(-1)!;
    const loadBalancers = [...region!.loadBalancers.slice(0, -1), { ...last, active: false, state: 'failed' }];
    const graph = graphOf({ ...snapshot, regions: [{ ...region!, loadBalancers }] }, spec, { clouds: CLOUDS });
    const few = condensed(graph);
    const blocked = few.nodes.filter(({ mark }) => mark === 'fail');
    expect(blocked.map(({ label, count }) => [label, count])).toEqual(
      expect.arrayContaining([['service-39', undefined]]),
    );
    // Its route is marked, and not among those that stand for several.
    expect(blocked.some(({ kind, label }) => kind === 'route' && label.startsWith('GET /service-39'))).toBe(true);
  });

  it('of a plan shows alike steps of one unit as one box', () => {
    const { snapshot, spec } = largeShop(1, 300);
    const regions = snapshot.regions.map((one) => ({
      ...one,
      gateways: one.gateways.map((gateway) => ({ ...gateway, routes: [] })),
    }));
    const steps = condensed(graphOfPlan(diff({ ...snapshot, regions }, spec, { clouds: CLOUDS }))).nodes.filter(
      ({ kind }) => kind === 'step',
    );
    expect(steps.map(({ label, mark }) => [label, mark])).toEqual([
      ['adopt link eu', 'changed'],
      ['create route: 300', 'added'],
    ]);
  });

  it('keeps alike routes with different marks apart', () => {
    const graph = graphOfSpec(largeShop(1, 10).spec, { clouds: CLOUDS });
    const nodes = graph.nodes.map((one, at) =>
      one.kind === 'route' && at % 2 === 0 ? { ...one, mark: 'fail' as const, note: 'no rule' } : one,
    );
    const routes = condensed({ ...graph, nodes }).nodes.filter(({ kind }) => kind === 'route');
    expect(routes.map(({ label, mark }) => `${label} ${mark}`).toSorted()).toEqual([
      '5 routes fail',
      '5 routes undefined',
    ]);
  });
});
