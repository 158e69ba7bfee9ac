import { take } from './owned.js';
import { unitsOf } from '../../../../src/do/plan/plan-scope.js';
import { describe, expect, it } from 'vitest';
import type { Allowlist } from '../../../../src/do/model/allowlist.js';
import type { Link } from '../../../../src/do/model/link.js';
import type { Owner } from '../../../../src/do/model/owner.js';
import type { Draft } from './owned.js';
import type { LinkPlan } from '../../../../src/do/plan/links/link-plan.js';
import { knownLinks, removeReplaced, removeUndeclared } from '../../../../src/do/plan/removal/undeclared-links.js';
import { inputOf } from '../../../../src/do/plan/step-input.js';
import type { RegionSnapshot } from '../../../../src/do/snapshot/snapshot.js';
import type { ResolvedSpec } from '../../../../src/do/world/resolve/resolve.js';
import {
  draftOf,
  FOREIGN,
  groupOf,
  idsOf,
  linkOf,
  linkPlan,
  COPY,
  OTHER_SPEC,
  OWN,
  regionOf,
  stepsOf,
} from './owned.js';

const EU: Owner = { ...OWN, integration: 'eu' };
const ADOPTED = { 'postern:adopted': 'true' };
const PROTECTED = { 'postern:protect': 'true' };
const GIVEN_UP =
  'link l-1 was adopted, not created, and is not declared any more: its marks are removed, and it is kept';

const list = (linkId: string, fields: Partial<Allowlist> = {}): Allowlist => ({
  linkId,
  owned: true,
  securityGroupId: 'sg-own',
  entries: [],
  wider: [],
  ...fields,
});

describe('a link that a link of the spec replaces', () => {
  const old = linkOf(EU);
  const fresh = linkOf({ ...EU }, { id: 'l-2', subnetIds: ['subnet-1b'] });

  function replaced(
    fields: Parameters<typeof linkPlan>[1] = {},
    kept: readonly string[] = [],
    region: Partial<RegionSnapshot> = {},
  ) {
    const draft = draftOf();
    const where = regionOf({ links: [old, fresh], allowlists: [list('l-1')], ...region });
    take(draft, removeReplaced(draft, draft, linkPlan(where, { replaced: [old], ...fields }), new Set(kept), []));
    return { ids: idsOf(draft), reasons: stepsOf(draft).map(({ reason }) => reason), draft };
  }
  const released = (draft: Draft): boolean => 'release' in inputOf(stepsOf(draft).at(-1)!, 'delete link');

  it('is deleted, with what replaces it', () => {
    expect(replaced({ current: fresh })).toMatchObject({
      ids: ['delete link eu (l-1)'],
      reasons: ['l-2 replaces it; its name is eu'],
    });
    expect(replaced().reasons).toEqual(['a new link replaces it; its name is eu']);
  });

  it('is not deleted where it has no mark, and is deleted where what replaces it has none', () => {
    expect(replaced({ replaced: [linkOf(undefined)] }, [], { links: [] }).ids).toEqual([]);
    expect(replaced({ current: linkOf(undefined, { id: 'l-2' }) }).ids).toHaveLength(1);
  });

  it('is kept where it has a name that neither the spec nor Postern gave it', () => {
    const tagged = linkOf(EU, { name: 'payments-a' });
    const { ids, draft } = replaced({ current: fresh, replaced: [tagged] });
    expect(ids).toEqual([]);
    expect(draft.notes).toEqual([expect.stringContaining('its mark says eu, but its name is payments-a')]);
    expect(replaced({ replaced: [tagged], spec: { name: 'payments-a' } }).ids).toEqual(['delete link eu (l-1)']);
  });

  it('is deleted after the steps of the link that replaces it', () => {
    const first = { id: 'create link eu' } as never;
    const draft = draftOf();
    const region = regionOf({ links: [old] });
    draft.units.push({ unit: { id: 'link:eu', kind: 'link', name: 'eu' }, region: region, steps: [first] });
    take(draft, removeReplaced(draft, draft, linkPlan(region, { replaced: [old], steps: [first] }), new Set(), []));
    expect(unitsOf(draft.units).at(-1)).toMatchObject({ id: 'link:eu/l-1', dependsOn: ['link:eu'] });
    const other = draftOf();
    other.units.push({ unit: { id: 'link:eu', kind: 'link', name: 'eu' }, region: region, steps: [first] });
    take(other, removeReplaced(other, other, linkPlan(region, { replaced: [old] }), new Set(), []));
    expect(unitsOf(other.units).at(-1)).toMatchObject({ dependsOn: [] });
  });

  it('waits for the deletion as long as the spec says', () => {
    const { draft } = replaced({ spec: { timeouts: { deleteMs: 7 } } });
    expect(stepsOf(draft)[0]!.input).toMatchObject({ timeoutMs: 7 });
  });

  it('is kept where the caller says so', () => {
    expect(replaced({}, ['l-1']).ids).toEqual([]);
    expect(replaced({}, ['l-2']).ids).toHaveLength(1);
  });

  it('loses its marks where it was adopted, and is kept', () => {
    const { ids, draft } = replaced({ replaced: [{ ...old, tags: { ...old.tags, ...ADOPTED } }] });
    expect(ids).toEqual(['give up link eu (l-1)']);
    expect(draft.notes).toEqual([GIVEN_UP]);
  });

  it('leaves the group of its allowlist to the new link in the same network', () => {
    const allowlist = [{ cidrBlock: '10.0.0.0/8' }];
    expect(released(replaced().draft)).toBe(true);
    expect(released(replaced({ spec: { allowlist } }).draft)).toBe(false);
    const elsewhere = { ...old, networkId: 'vpc-2' };
    expect(released(replaced({ spec: { allowlist }, replaced: [elsewhere] }, [], { links: [elsewhere] }).draft)).toBe(
      true,
    );
  });

  it('that costs money is named beside its twin only where both were made for the same', () => {
    const kind = 'integration-instance' as const;
    const noteOf = (current: Link) => replaced({ current, replaced: [{ ...old, kind }] }).draft.notes[0];
    expect(noteOf({ ...old, id: 'l-9' })).toContain('although l-9 is used');
    expect(noteOf(fresh)).toContain('a replacement would have to be bought');
  });

  describe('whose deletion a former run began', () => {
    const going = (fields: Partial<Link> = {}, owner: Owner | undefined = EU, allowlists = [list('l-1')], spec = {}) =>
      replaced({ replaced: [], spec }, [], { links: [linkOf(owner, { state: 'deleting', ...fields })], allowlists })
        .ids;

    it('is awaited, so that its group can be deleted', () => {
      expect(going()).toEqual(['delete link eu (l-1)']);
    });

    it.each<[string, readonly string[]]>([
      ['it is not being deleted', going({ state: 'ready' })],
      ['it is another link’s', going({}, OWN)],
      ['it is another spec’s', going({}, { ...EU, spec: 'bills-2' })],
      ['it is another project’s', going({}, { ...EU, project: 'crm' })],
      ['its mark was copied', going({ owner: { ...EU, specHash: 'copied' } })],
      ['it has no mark', going({ owner: undefined })],
      ['its group is not managed', going({}, EU, [list('l-1', { owned: false })])],
      ['the new link has the group', going({}, EU, [list('l-1')], { allowlist: [{ cidrBlock: '10.0.0.0/8' }] })],
    ])('is not awaited where %s', (_, ids) => {
      expect(ids).toEqual([]);
    });
  });
});

describe('a link that the spec does not declare', () => {
  function undeclared(
    link: Link,
    {
      draft = draftOf(),
      plan = undefined as Partial<LinkPlan> | undefined,
      region = {} as Partial<RegionSnapshot>,
      given = undefined as Link | undefined,
    } = {},
  ) {
    const where = regionOf({ links: [link], ...region });
    const links = new Map(plan || given ? [['eu', linkPlan(where, { ...plan, ...(given && { given }) })]] : []);
    const resolved = {
      snapshot: { regions: [where] },
      links: new Map([...links].map(([name, one]) => [name, one.resolved])),
    } as unknown as ResolvedSpec;
    take(draft, removeUndeclared(draft, draft, resolved, links));
    return { ids: idsOf(draft), notes: draft.notes, draft };
  }

  it('is deleted, with the group of its allowlist', () => {
    const { ids, notes, draft } = undeclared(linkOf(EU), { region: { allowlists: [list('l-1')] } });
    expect({ ids, notes }).toEqual({ ids: ['delete link eu (l-1)'], notes: [] });
    expect(stepsOf(draft)[0]!.input).toHaveProperty('release');
    expect(stepsOf(draft)[0]).toMatchObject({
      reason: 'it is managed by this project and not declared; its name is eu',
    });
    expect(unitsOf(draft.units)).toMatchObject([{ id: 'link:eu/l-1', kind: 'link-removal' }]);
  });

  it('is kept where its name is not the one that Postern gave: whoever may tag it could have written the mark', () => {
    const tagged = linkOf(EU, { name: 'payments-a' });
    const note =
      'link l-1 is kept: its mark says eu, but its name is payments-a; if it is of this spec, rename it to eu or delete it, otherwise remove its postern: tags';
    expect(undeclared(tagged)).toMatchObject({ ids: [], notes: [note] });
    const instance = { ...tagged, kind: 'integration-instance' as const };
    expect(undeclared(instance, { draft: draftOf({ deleteInstances: true }) })).toMatchObject({
      ids: [],
      notes: [note],
    });
    expect(undeclared({ ...instance, name: 'eu' }, { draft: draftOf({ deleteInstances: true }) }).ids).toEqual([
      'delete link eu (l-1)',
    ]);
  });

  it('is deleted under a name that a spec gave it, where a security group that Postern made for it proves that', () => {
    const named = linkOf(EU, { name: 'payments-a', createdAt: '2026-05-01T08:00:00Z' });
    const with_ = (owner: Owner | undefined) =>
      undeclared(named, { region: { allowlists: [list('l-1')], securityGroups: [groupOf(owner)] } });
    expect(stepsOf(with_(EU).draft)[0]).toMatchObject({
      reason: 'it is managed by this project and not declared; its name is payments-a, created 2026-05-01',
    });
    for (const owner of [undefined, FOREIGN, { ...EU, integration: 'us' }])
      expect(with_(owner).ids).not.toContain('delete link eu (l-1)');
  });

  it.each<[string, Link]>([
    ['nobody', linkOf(undefined)],
    ['another project', linkOf(FOREIGN)],
    ['another spec', linkOf(OTHER_SPEC)],
    ['a copied mark', linkOf(COPY)],
  ])('is kept without a note where it is of %s', (_, link) => {
    expect(undeclared(link)).toMatchObject({ ids: [], notes: [] });
  });

  it('is kept where the spec has a link of that name that is not one by ID', () => {
    expect(undeclared(linkOf(EU), { plan: {} }).ids).toEqual([]);
    expect(undeclared(linkOf({ ...EU, integration: 'old' }), { plan: {} }).ids).toHaveLength(1);
    expect(undeclared(linkOf(EU), { given: linkOf(undefined, { id: 'l-9' }) }).ids).toHaveLength(1);
  });

  it('is deleted where the spec has a link of that name in another region', () => {
    const draft = draftOf();
    const region = regionOf({ links: [linkOf(EU)] });
    const resolved = { snapshot: { regions: [region] }, links: new Map() } as unknown as ResolvedSpec;
    const elsewhere = new Map([['eu', linkPlan(regionOf({ region: 'us-east-1' }))]]);
    expect(idsOf(removeUndeclared(draft, draft, resolved, elsewhere))).toEqual(['delete link eu (l-1)']);
  });

  it('is kept where the spec names it by ID, or a plan of a link has it', () => {
    const link = linkOf({ ...EU, integration: 'old' });
    expect(undeclared(link, { given: link }).ids).toEqual([]);
    expect(undeclared(link, { plan: { current: link } }).ids).toEqual([]);
    expect(undeclared(link, { plan: { replaced: [link] } }).ids).toEqual([]);
  });

  it('is kept with a note where its mark was copied, or it is protected', () => {
    const copied = linkOf(EU, { owner: { ...EU, specHash: 'copied' } });
    expect(undeclared(copied)).toMatchObject({
      ids: [],
      notes: ['link l-1 is not declared and carries the mark of this project in a changed form: it is kept'],
    });
    const safe = linkOf(EU, { tags: { ...linkOf(EU).tags, ...PROTECTED } });
    expect(undeclared(safe)).toMatchObject({
      ids: [],
      notes: ['link l-1 is not declared and is protected: it is kept'],
    });
  });

  it('loses its marks where it was adopted, and is kept', () => {
    const { ids, notes } = undeclared(linkOf(EU, { tags: { ...linkOf(EU).tags, ...ADOPTED } }));
    expect({ ids, notes }).toEqual({ ids: ['give up link eu (l-1)'], notes: [GIVEN_UP] });
  });

  it('is not judged where the gateways could not be read', () => {
    const gaps = [{ what: 'gateways', operation: 'List', code: 'PERMISSION_DENIED', of: 'gateways' as const }];
    expect(() => undeclared(linkOf(EU), { region: { gaps } })).toThrow(
      expect.objectContaining({ code: 'PERMISSION_DENIED' }),
    );
  });

  describe('and the groups of allowlists', () => {
    const groups = { links: [], securityGroups: [groupOf(EU)] };
    const allowlist = [{ cidrBlock: '10.0.0.0/8' }];
    const ofGroups = (spec: object, name = 'eu', networkId: string | undefined = 'vpc-1') => {
      const draft = draftOf();
      const region = regionOf(groups);
      const plan = linkPlan(region, { spec });
      const renamed = { ...plan, resolved: { ...plan.resolved, name, networkId } };
      const resolved = { snapshot: { regions: [region] }, links: new Map() } as unknown as ResolvedSpec;
      const links = new Map([
        [name, renamed],
        ['other', linkPlan(region)],
      ]);
      return unitsOf(removeUndeclared(draft, draft, resolved, links).units).map(({ id }) => id);
    };

    it('are deleted, unless a declared link needs one there', () => {
      expect(ofGroups({})).toEqual(['link:eu/sg-own']);
      expect(ofGroups({ allowlist })).toEqual([]);
      expect(ofGroups({ allowlist }, 'us')).toEqual(['link:eu/sg-own']);
      expect(ofGroups({ allowlist }, 'eu', 'vpc-2')).toEqual(['link:eu/sg-own']);
    });
  });

  it('is one of the links that the spec names by ID, where it is known', () => {
    const links = new Map([
      ['a', { given: linkOf(undefined, { id: 'l-7' }) }],
      ['b', {}],
    ]);
    expect(knownLinks({ links } as unknown as ResolvedSpec)).toEqual(new Set(['l-7']));
  });
});
