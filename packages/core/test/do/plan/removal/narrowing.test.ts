import { unitsOf } from '../../../../src/do/plan/plan-scope.js';
import { describe, expect, it } from 'vitest';
import type { AllowEntry } from '../../../../src/do/model/allowlist.js';
import type { Target } from '../../../../src/do/model/target.js';
import type { LinkPlan } from '../../../../src/do/plan/links/link-plan.js';
import { routeKeyOf, unitRef } from '../../../../src/do/plan/references.js';
import { draftOf, FOREIGN, gatewayOf, OWN, regionOf, routeOf, targetOf } from './owned.js';
import { entry, narrowed, OLD } from './narrowed.js';

const keeps = (why: string, blocks = 'tcp 443 10.1.0.0/16'): RegExp =>
  new RegExp(`^the allowlist of link l-1 keeps .*${blocks.split(' ').at(-1)}.*, which is not declared: ${why}`);

describe('entries of an allowlist that the spec does not list', () => {
  it('are removed', () => {
    const { gone, steps, notes, draft } = narrowed();
    expect(gone).toEqual(['10.1.0.0/16 443']);
    expect(notes).toEqual([]);
    expect(steps).toMatchObject([{ id: 'revoke eu', resource: { type: 'allowlist', name: 'eu', id: 'sg-own' } }]);
    expect(unitsOf(draft.units)).toMatchObject([{ id: 'link:eu/narrow', kind: 'link-narrowing', name: 'eu' }]);
    expect(draft.narrowing).toHaveLength(1);
  });

  it('are removed after the link, its integrations, and the routes that leave it', () => {
    const draft = draftOf();
    for (const unit of [
      unitRef('link', 'eu'),
      unitRef('integration', 'orders'),
      unitRef('integration', 'old'),
      unitRef('integration', 'far'),
    ])
      draft.units.push({ unit: unit, region: regionOf(), steps: [{ id: unit.id } as never] });
    draft.leaving.set(routeKeyOf(gatewayOf(), 'r-1'), 'integration:old');
    narrowed({ draft, routes: [routeOf(OWN)], declared: [{}] });
    expect(unitsOf(draft.units).at(-1)?.dependsOn).toEqual(['integration:old', 'integration:orders', 'link:eu']);
  });

  it.each<[string, Partial<LinkPlan>]>([
    ['there are none', { extra: [] }],
    ['the link does not exist yet', { current: undefined }],
  ])('are not looked for where %s', (_, plan) => {
    const { steps, draft, check } = narrowed({ plan });
    expect(steps).toEqual([]);
    expect(draft.narrowing).toEqual([]);
    expect(check).not.toThrow();
  });

  it('are removed with the reason that they are redundant, where they are', () => {
    const { steps } = narrowed({ allowlist: ['10.1.0.0/16'], plan: { entries: [entry('10.0.0.0/8')] } });
    expect(steps[0]?.reason).toBe(
      'each removed entry is declared but redundant: other entries of the allowlist cover it',
    );
  });

  it('are kept while not all gateways were read', () => {
    const { steps, notes } = narrowed({ draft: draftOf({ scope: undefined }), region: { whole: [] } });
    expect(steps).toEqual([]);
    expect(notes).toEqual([expect.stringMatching(keeps('other gateways were not read, and may need '))]);
  });

  describe('while a route stays on the link', () => {
    const stays = (fields: Partial<Target> | undefined, extra: readonly AllowEntry[] = [OLD]) =>
      narrowed({
        routes: [routeOf(FOREIGN)],
        targets: fields === undefined ? [] : [targetOf(undefined, { id: 't-0', port: 1 }), targetOf(undefined, fields)],
        plan: { extra },
      });

    it('are removed without a note where it does not need them', () => {
      const { gone, notes } = stays({ port: 80 });
      expect(gone).toEqual(['10.1.0.0/16 443']);
      expect(notes).toEqual([]);
    });

    it('are kept with one note, also where several routes stay', () => {
      const { notes } = narrowed({ routes: [routeOf(FOREIGN), routeOf(FOREIGN, { id: 'r-2', key: 'GET /b' })] });
      expect(notes).toEqual([expect.stringMatching(keeps('route GET /a of api-1 still uses it'))]);
    });

    it('are kept where its port is that of the entry, or not known', () => {
      for (const fields of [{ port: 443 }, {}, undefined]) {
        const { steps, notes } = stays(fields);
        expect(steps).toEqual([]);
        expect(notes).toEqual([
          expect.stringMatching(
            keeps('route GET /a of api-1 still uses it; delete or move that route, then run again'),
          ),
        ]);
      }
    });

    it('are removed where its port is another one', () => {
      const range = entry('10.1.0.0/16', 80, { toPort: 90 });
      for (const port of [79, 91]) expect(stays({ port }, [range]).gone).toHaveLength(1);
      for (const port of [80, 90]) expect(stays({ port }, [range]).gone).toEqual([]);
      expect(stays({ port: 80 }, [entry('10.1.0.0/16', 443, { protocol: 'all' })]).gone).toEqual([]);
    });

    it('are kept where one of the ports of its service is that of the entry', () => {
      const instances = [443, 80].map((port) => ({ id: `i-${port}`, port }));
      const services = [{ id: 'svc-1', instances }] as never;
      const given = { routes: [routeOf(FOREIGN, { targetId: 'svc-1' })], region: { services } };
      const targets = [targetOf(undefined, { kind: 'service', id: 'svc-1' })];
      expect(narrowed({ ...given, targets }).gone).toEqual([]);
      expect(narrowed({ ...given, targets, plan: { extra: [entry('10.1.0.0/16', 22)] } }).gone).toHaveLength(1);
    });

    it('are removed one by one', () => {
      const { gone, notes } = stays({ port: 443 }, [OLD, entry('10.3.0.0/16', 80)]);
      expect(gone).toEqual(['10.3.0.0/16 80']);
      expect(notes).toHaveLength(1);
      expect(notes[0]).toContain('10.1.0.0/16');
      expect(notes[0]).not.toContain('10.3.0.0/16');
    });

    it('are removed where its target is declared on the link', () => {
      const given = { routes: [routeOf(FOREIGN)], targets: [targetOf(undefined, { port: 443 })] };
      expect(narrowed({ ...given, declared: [{ ids: ['t-1'] }] }).gone).toHaveLength(1);
      expect(narrowed({ ...given, declared: [{ ids: ['t-1'], link: 'us' }] }).gone).toEqual([]);
      expect(narrowed({ ...given, declared: [{ ids: ['t-2'] }] }).gone).toEqual([]);
      const without = { ...given, routes: [routeOf(FOREIGN, { targetId: undefined })] };
      expect(narrowed({ ...without, declared: [{ ids: ['t-1'] }] }).gone).toEqual([]);
    });
  });

  it('are kept while a stage may use the link', () => {
    const gateway = gatewayOf({ stages: [{ name: 'prod', autoDeploy: false, deployed: 'x' }], routes: [] });
    const targets = [targetOf(undefined)];
    const { gone, notes } = narrowed({ targets, region: { gateways: [gateway] }, declared: [{ ids: ['t-1'] }] });
    expect(gone).toEqual([]);
    expect(notes[0]).toMatch(keeps('stage prod of api-1 serves older routes'));
  });
});
