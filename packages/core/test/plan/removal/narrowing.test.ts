import { describe, expect, it } from 'vitest';
import type { AllowEntry } from '../../../src/model/allowlist.js';
import type { Owner } from '../../../src/model/owner.js';
import type { Route } from '../../../src/model/route.js';
import type { Target } from '../../../src/model/target.js';
import { routeKeyOf } from '../../../src/plan/draft.js';
import type { LinkPlan } from '../../../src/plan/links/link-plan.js';
import type { IntegrationPlan } from '../../../src/plan/plan-integration.js';
import { planNarrowing } from '../../../src/plan/removal/narrowing.js';
import { inputOf, step } from '../../../src/plan/step-input.js';
import { unitRef } from '../../../src/plan/unit-ref.js';
import type { RegionSnapshot } from '../../../src/snapshot/snapshot.js';
import { collectProblems } from '../../../src/world/resolve/problems.js';
import { linkSpec, smallSpec } from '../../fake-run.js';
import { draftOf, FOREIGN, gatewayOf, linkOf, OWN, regionOf, routeOf, stepsOf, targetOf } from './owned.js';

const entry = (cidrBlock: string, port = 443, fields: Partial<AllowEntry> = {}): AllowEntry => ({
  cidrBlock,
  protocol: 'tcp',
  fromPort: port,
  toPort: port,
  ...fields,
});
const OLD = entry('10.1.0.0/16');
const NEW = entry('10.2.0.0/16');
const EU: Owner = { ...OWN, integration: 'eu' };

interface Scene {
  readonly routes?: readonly Route[];
  readonly targets?: readonly Target[];
  readonly plan?: Partial<LinkPlan>;
  readonly region?: Partial<RegionSnapshot>;
  /** Targets that the spec declares on this link, or on the link of that name. */
  readonly declared?: readonly {
    readonly ids?: readonly string[];
    readonly target?: object;
    readonly ref?: object;
    readonly link?: string;
  }[];
  readonly draft?: ReturnType<typeof draftOf>;
}

/** Narrows the allowlist of link l-1, which has `OLD` beside `NEW`, in a region that routes and targets are in. */
function narrowed({ routes = [], targets = [], plan, region = {}, declared = [], draft = draftOf() }: Scene = {}) {
  const link = linkOf(EU);
  const where = regionOf({
    provider: 'aws',
    links: [link],
    gateways: [gatewayOf({ routes })],
    targets,
    allowlists: [{ linkId: 'l-1', owned: true, securityGroupId: 'sg-own', entries: [OLD, NEW], wider: [] }],
    ...region,
  });
  const resolved = { name: 'eu', spec: linkSpec({ allowlist: [] }), region: where, marked: {} };
  const links = new Map([
    [
      'eu',
      {
        resolved,
        current: link,
        steps: [],
        extra: [OLD],
        entries: [NEW],
        allowlistId: 'sg-own',
        replaced: [],
        notes: [],
        unchanged: 0,
        ...plan,
      } as unknown as LinkPlan,
    ],
  ]);
  const integrations = declared.map(({ ids = [], target, ref = { listener: 'x' }, link: name = 'eu' }) => ({
    resolved: {
      name: 'orders',
      region: where,
      link: name === 'eu' ? resolved : { ...resolved, name },
      targets: new Map([['a', { name: 'a', spec: { ref }, target }]]),
    },
    targetIds: ids,
  })) as unknown as readonly IntegrationPlan[];
  const problems = collectProblems(smallSpec());
  planNarrowing(draft, links, integrations, problems);
  const steps = stepsOf(draft).filter(({ kind }) => kind === 'revoke');
  return {
    gone: steps.flatMap((one) =>
      inputOf<{ entries: AllowEntry[] }>(one).entries.map(({ cidrBlock, fromPort }) => `${cidrBlock} ${fromPort}`),
    ),
    steps,
    notes: draft.notes,
    draft,
    check: () => problems.check(),
  };
}

const keeps = (why: string, blocks = 'tcp 443 10.1.0.0/16'): RegExp =>
  new RegExp(`^the allowlist of link l-1 keeps .*${blocks.split(' ').at(-1)}.*, which is not declared: ${why}`);

describe('entries of an allowlist that the spec does not list', () => {
  it('are removed', () => {
    const { gone, steps, notes, draft } = narrowed();
    expect(gone).toEqual(['10.1.0.0/16 443']);
    expect(notes).toEqual([]);
    expect(steps).toMatchObject([{ id: 'revoke eu', resource: { type: 'allowlist', name: 'eu', id: 'sg-own' } }]);
    expect(draft.units.units()).toMatchObject([{ id: 'link:eu/narrow', kind: 'link-narrowing', name: 'eu' }]);
    expect(draft.narrowing.size).toBe(1);
  });

  it('are removed after the link, its integrations, and the routes that leave it', () => {
    const draft = draftOf();
    for (const unit of [
      unitRef('link', 'eu'),
      unitRef('integration', 'orders'),
      unitRef('integration', 'old'),
      unitRef('integration', 'far'),
    ])
      draft.units.add(unit, regionOf(), [{ id: unit.id } as never]);
    draft.leaving.set(routeKeyOf(gatewayOf(), 'r-1'), 'integration:old');
    narrowed({ draft, routes: [routeOf(OWN)], declared: [{}] });
    expect(draft.units.units().at(-1)?.dependsOn).toEqual(['integration:old', 'integration:orders', 'link:eu']);
  });

  it.each<[string, Partial<LinkPlan>]>([
    ['there are none', { extra: [] }],
    ['the link does not exist yet', { current: undefined }],
  ])('are not looked for where %s', (_, plan) => {
    const { steps, draft, check } = narrowed({ plan });
    expect(steps).toEqual([]);
    expect(draft.narrowing.size).toBe(0);
    expect(check).not.toThrow();
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

    it('are kept where its port is that of the entry, or not known', () => {
      for (const fields of [{ port: 443 }, {}, undefined]) {
        const { gone, notes } = stays(fields);
        expect(gone).toEqual([]);
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
    const { gone, notes } = narrowed({ region: { gateways: [gateway] }, declared: [{ ids: ['t-1'] }] });
    expect(gone).toEqual([]);
    expect(notes[0]).toMatch(keeps('stage prod of api-1 serves older routes'));
  });
});

describe('entries that a declared target needs', () => {
  const at = (address: string, port = 443) => ({ ref: { address, port } });

  it('are refused, with the place and the address', () => {
    const { check } = narrowed({ declared: [at('10.1.0.5')] });
    expect(check).toThrow(
      expect.objectContaining({
        code: 'STILL_REFERENCED',
        message: '10.1.0.0/16 is still needed by target a of orders (10.1.0.5:443)',
        place: expect.objectContaining({ path: 'links.eu.allowlist' }),
        remedy: 'Add a block with 10.1.0.5 to the allowlist, or remove the target.',
        details: { linkId: 'l-1', dependents: [{ what: 'target a of orders', address: '10.1.0.5' }] },
      }),
    );
  });

  it('are refused for one that exists, where it is', () => {
    const target = { kind: 'address', id: 't-1', resourceId: '10.1.0.6', port: 443 };
    expect(narrowed({ declared: [{ target, ...at('10.9.0.1') }] }).check).toThrow(
      expect.objectContaining({ message: expect.stringContaining('10.1.0.6') }),
    );
  });

  it('are not refused where another entry allows it, one that stays or one that is declared', () => {
    const inside = { declared: [at('10.1.0.5')] };
    const wide = entry('10.0.0.0/8');
    const region = {
      allowlists: [{ linkId: 'l-1', owned: true, securityGroupId: 'sg-own', entries: [OLD, wide], wider: [] }],
    };
    expect(narrowed({ ...inside, region }).check).not.toThrow();
    expect(
      narrowed({ ...inside, region: { allowlists: [{ ...region.allowlists[0]!, linkId: 'l-2' }] } }).check,
    ).toThrow();
    expect(narrowed({ ...inside, plan: { entries: [wide] } }).check).not.toThrow();
    expect(narrowed({ ...inside, plan: { entries: undefined }, region: { allowlists: [] } }).check).toThrow();
  });

  it.each<[string, Scene]>([
    ['it is elsewhere', { declared: [at('10.2.0.5')] }],
    ['its port is another one', { declared: [at('10.1.0.5', 80)] }],
    ['it is on another link', { declared: [{ ...at('10.1.0.5'), link: 'us' }] }],
    ['where it is was not read', { declared: [{ ref: { listener: 'x' } }] }],
    [
      'the entries are kept',
      { declared: [at('10.1.0.5')], draft: draftOf({ scope: undefined }), region: { whole: [] } },
    ],
  ])('are not refused where %s', (_, scene) => {
    expect(narrowed(scene).check).not.toThrow();
  });

  it('are refused where the entries are removed before others are added', () => {
    const first = step(
      { id: 'revoke first', kind: 'revoke', resource: { type: 'allowlist', name: 'eu' }, reason: '' },
      { entries: [OLD] },
    );
    const other = step(
      { id: 'other', kind: 'allow', resource: { type: 'allowlist', name: 'eu' }, reason: '' },
      { entries: [OLD] },
    );
    const plan = { extra: [], steps: [first] };
    const given = narrowed({ declared: [at('10.1.0.5')], plan });
    expect(given.check).toThrow(expect.objectContaining({ code: 'STILL_REFERENCED' }));
    expect(given.gone).toEqual([]);
    expect(given.draft.narrowing.size).toBe(1);
    expect(narrowed({ declared: [at('10.1.0.5')], plan: { extra: [], steps: [other] } }).check).not.toThrow();
    const both = { extra: [entry('10.3.0.0/16')], steps: [first] };
    expect(narrowed({ declared: [at('10.1.0.5')], plan: both }).check).toThrow();
  });

  it('name at most five addresses, each once', () => {
    const declared = [1, 2, 3, 4, 5, 6, 1].map((last) => at(`10.1.0.${last}`));
    expect(narrowed({ declared }).check).toThrow(
      expect.objectContaining({
        remedy:
          'Add a block with 10.1.0.1, 10.1.0.2, 10.1.0.3, 10.1.0.4, 10.1.0.5 to the allowlist, or remove the target.',
      }),
    );
  });

  it('are refused for an instance that is declared and does not exist as a target yet', () => {
    const base = { networkId: 'vpc-1', subnetId: 's-1', securityGroupIds: [], raw: null };
    const interfaces = [{ ...base, id: 'eni-1', addresses: ['10.1.0.7'], attachedTo: 'i-1' }] as never;
    expect(narrowed({ declared: [{ ref: { instance: 'i-1', port: 443 } }], region: { interfaces } }).check).toThrow(
      expect.objectContaining({ message: expect.stringContaining('10.1.0.7:443') }),
    );
  });
});
