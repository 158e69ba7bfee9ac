import { describe, expect, it } from 'vitest';
import type { Allowlist } from '../../../../src/do/model/allowlist.js';
import type { Link } from '../../../../src/do/model/link.js';
import type { SecurityGroup } from '../../../../src/do/model/network.js';
import type { Owner } from '../../../../src/do/model/owner.js';
import type { LinkSpec, Spec } from '../../../../src/do/spec.js';
import { tagSteps } from '../../../../src/do/plan/links/make-link.js';
import { markGroupStep } from '../../../../src/do/plan/links/link-plan.js';
import { inputOf } from '../../../../src/do/plan/step-input.js';
import { linkHash } from '../../../../src/do/world/resolve/link-identity.js';
import { smallSpec } from '../../../fake-run.js';
import { FOREIGN, groupOf, linkOf, linkPlan, OWN, regionOf } from '../removal/owned.js';

const EU: Owner = { ...OWN, integration: 'eu' };
const NO_SPEC: Owner = { project: 'shop', integration: 'eu' };
const SPEC = smallSpec({ spec: 'orders-1' });
const RENAMED = smallSpec({ spec: 'orders-1', moved: [{ kind: 'link', from: 'old', to: 'eu', path: 'moved[0]' }] });
const LIST: Allowlist = { linkId: 'l-1', owned: true, securityGroupId: 'sg-own', entries: [], wider: [] };
const REF = { kind: 'vpc-link-v2', id: 'l-1' };

interface Given {
  readonly spec?: Spec;
  readonly declared?: Partial<LinkSpec>;
  readonly allowlists?: readonly Allowlist[];
  readonly securityGroups?: readonly SecurityGroup[];
}

/** What is written to a link that is link `eu` of the spec. */
function written(link: Link, { spec = SPEC, declared = {}, allowlists = [], securityGroups = [] }: Given = {}) {
  const region = regionOf({ links: [link], allowlists, securityGroups });
  return tagSteps(spec, linkPlan(region, { spec: declared }).resolved, link).map((step) => {
    const { id, kind, resource, reason, changes } = step;
    return { id, kind, resource, reason, changes, input: inputOf(step, 'adopt link', 'tag link') };
  });
}

/** The tags that all marks of link `eu` of the spec have. */
const marksOf = (link: Link) => ({
  'postern:project': 'shop',
  'postern:owner': 'orders-1',
  'postern:integration': 'eu',
  'postern:spec': linkHash(EU, link),
});

const withoutHash = (owner: Owner): Link => ({ ...linkOf(owner), owner, tags: { 'postern:project': 'shop' } });

describe('the marks of a link', () => {
  it('are not written where the link has them', () => {
    expect(written(linkOf(EU))).toEqual([]);
  });

  it('get the spec where they name none, and nothing else', () => {
    expect(written(linkOf(NO_SPEC))).toEqual([
      {
        id: 'mark link eu',
        kind: 'tag',
        resource: { type: 'link', name: 'eu', id: 'l-1' },
        reason: 'its mark lacks a tag; it becomes owned by this spec (orders-1)',
        changes: [{ field: 'tag postern:owner', from: undefined, to: 'orders-1' }],
        input: { linkRef: REF, tags: marksOf(linkOf(EU)) },
      },
    ]);
  });

  it('get their hash where the group of the allowlist shows that the link was created by this project', () => {
    const link = withoutHash(EU);
    const groups = { allowlists: [LIST], securityGroups: [groupOf(EU)] };
    expect(written(link, groups)).toMatchObject([
      {
        id: 'mark link eu',
        kind: 'tag',
        reason: expect.stringContaining('lacks a tag'),
        changes: ['integration', 'owner', 'spec'].map((key) => ({ field: `tag postern:${key}` })),
      },
    ]);
    expect(written(link, groups)[0]?.input).toEqual({ linkRef: REF, tags: marksOf(link) });
  });

  it('name the new key of a renamed link, and the owner for what holds its allowlist', () => {
    const link = linkOf({ ...EU, integration: 'old' });
    expect(written(link, { spec: RENAMED })).toMatchObject([
      { id: 'move link eu', kind: 'tag', reason: 'renamed from old; l-1 is kept, only its marks change' },
    ]);
    const [step] = written(link, { spec: RENAMED });
    expect(step?.input).toEqual({
      linkRef: REF,
      tags: marksOf(link),
      owner: { project: 'shop', spec: 'orders-1', integration: 'eu' },
    });
    expect(written(linkOf(EU), { spec: RENAMED })).toEqual([]);
  });

  it('name the new key also where the link had several names, and no other link is taken for a renamed one', () => {
    const moved = ['older', 'old'].map((from) => ({ kind: 'link', from, to: 'eu', path: 'moved[0]' }) as const);
    const named = (integration: string, spec: Spec) =>
      written(linkOf({ ...EU, integration }), { spec }).map(({ id }) => id);
    for (const name of ['older', 'old']) expect(named(name, { ...SPEC, moved })).toEqual(['move link eu']);
    expect(named('other', { ...SPEC, moved })).toEqual(['adopt link eu']);
    expect(named('other', SPEC)).toEqual(['adopt link eu']);
  });

  it.each<[string, Link]>([
    ['without a mark', linkOf(undefined)],
    ['with a mark that was copied from another link', { ...linkOf(EU), subnetIds: ['subnet-9z'] }],
    ['with a mark without a hash, and no group of an allowlist', withoutHash(EU)],
  ])('are added, with the tag of adopted links, to a link %s', (_, link) => {
    const [step] = written(link);
    expect(step).toMatchObject({ id: 'adopt link eu', kind: 'adopt' });
    expect(step?.input).toEqual({ linkRef: REF, tags: { ...marksOf(link), 'postern:adopted': 'true' } });
  });

  it('are those of an adopted link, not of a renamed one, where the mark with the former name was copied', () => {
    const copied = { ...linkOf({ ...EU, integration: 'old' }), subnetIds: ['subnet-9z'] };
    expect(written(copied, { spec: RENAMED })).toMatchObject([
      { id: 'adopt link eu', input: { tags: { 'postern:adopted': 'true' }, owner: { integration: 'eu' } } },
    ]);
    expect(written(linkOf({ ...EU, integration: 'other' }), { spec: RENAMED })).toMatchObject([
      { id: 'adopt link eu' },
    ]);
    expect(written(linkOf(undefined), { spec: RENAMED })).toMatchObject([{ id: 'adopt link eu' }]);
  });
});

describe('the other tags of a link', () => {
  const tagged = (tags: Record<string, string>): Link => {
    const link = linkOf(EU);
    return { ...link, tags: { ...link.tags, ...tags } };
  };

  it('are changed where they differ from the spec, and no others', () => {
    const link = tagged({ team: 'a', stays: 'x', other: 'y' });
    expect(written(link, { declared: { tags: { team: 'b', stays: 'x' } } })).toEqual([
      {
        id: 'tag link eu',
        kind: 'tag',
        resource: { type: 'link', name: 'eu', id: 'l-1' },
        reason: 'its tags differ from the spec',
        changes: [{ field: 'tag team', from: 'a', to: 'b' }],
        input: { linkRef: REF, tags: { team: 'b' } },
      },
    ]);
  });

  it.each<[string, boolean | undefined, Record<string, string>, object[]]>([
    ['is written where the spec protects the link', true, {}, [{ 'postern:protect': 'true' }]],
    ['stays while the spec protects it', true, { 'postern:protect': 'true' }, []],
    [
      'is `false` as soon as the spec does not',
      undefined,
      { 'postern:protect': 'true' },
      [{ 'postern:protect': 'false' }],
    ],
    ['is not written again', undefined, { 'postern:protect': 'false' }, []],
  ])('the tag of protection %s', (_, protect, tags, expected) => {
    const steps = written(tagged(tags), { declared: { protect } });
    expect(steps.map(({ input }) => (input as { readonly tags: object }).tags)).toEqual(expected);
  });

  it('that every object inherits are not read as tags', () => {
    expect(written(tagged({}), { declared: { tags: { constructor: 'x' } } })).toMatchObject([
      { changes: [{ field: 'tag constructor', from: undefined, to: 'x' }] },
    ]);
  });
});

describe('the marks of the group that holds an allowlist', () => {
  const unbound = groupOf({ ...EU, unbound: true });
  const step = (link: Link, group?: SecurityGroup, lists: readonly Allowlist[] = [LIST]) =>
    markGroupStep({ allowlists: lists, securityGroups: group === undefined ? [] : [group] }, link);

  it('are completed where it lacks tags, with the owner of its link', () => {
    const completed = step(linkOf(EU), unbound);
    expect(completed).toMatchObject({
      id: 'mark allowlist eu (sg-own)',
      kind: 'tag',
      resource: { type: 'allowlist', name: 'eu', id: 'sg-own' },
    });
    expect(completed?.input).toEqual({ linkRef: REF, tags: {}, owner: EU });
  });

  it.each<[string, Link, SecurityGroup | undefined]>([
    ['that has its tags', linkOf(EU), groupOf(EU)],
    ['without a mark', linkOf(EU), groupOf(undefined)],
    ['that was not read', linkOf(EU), undefined],
    ['of a link without a mark', linkOf(undefined), unbound],
    ['of a link whose mark was copied from another link', { ...linkOf(EU), subnetIds: ['subnet-9z'] }, unbound],
    ['of a link whose mark has no hash', withoutHash(EU), unbound],
  ])('are not written on a group %s', (_, link, group) => {
    expect(step(link, group)).toBeUndefined();
  });

  it('are not written where the link has no list of its own', () => {
    expect(step(linkOf(EU), unbound, [])).toBeUndefined();
    expect(step(linkOf(EU), unbound, [{ ...LIST, owned: false }])).toBeUndefined();
    expect(step(linkOf(FOREIGN), unbound, [{ ...LIST, linkId: 'l-2' }])).toBeUndefined();
  });
});
