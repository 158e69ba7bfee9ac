import { describe, expect, it } from 'vitest';
import type { AllowEntry, Allowlist } from '../../../../src/do/model/allowlist.js';
import type { Link } from '../../../../src/do/model/link.js';
import type { SecurityGroup, SecurityGroupRule } from '../../../../src/do/model/network.js';
import type { Owner } from '../../../../src/do/model/owner.js';
import type { LinkSpec } from '../../../../src/do/spec.js';
import { planLink } from '../../../../src/do/plan/links/plan-link.js';
import type { PlanOptions } from '../../../../src/do/plan/plan.js';
import type { RegionSnapshot } from '../../../../src/do/snapshot/snapshot.js';
import type { ResolvedLink } from '../../../../src/do/world/resolve/resolve.js';
import { smallSpec } from '../../../fake-run.js';
import { groupOf, linkOf, linkPlan, OTHER_SPEC, OWN, regionOf } from '../removal/owned.js';

const EU: Owner = { ...OWN, integration: 'eu' };
const OTHERS: Owner = { ...OTHER_SPEC, integration: 'eu' };
const SPEC = smallSpec({ spec: 'orders-1' });
const TAKEN_AT = '2026-06-01T00:00:00.000Z';
const NOBODY = { own: [], others: [], unlike: [] };
const A: AllowEntry = { cidrBlock: '10.1.0.0/16', protocol: 'tcp', fromPort: 443, toPort: 443 };
const list = (fields: Partial<Allowlist> = {}): Allowlist => ({
  linkId: 'l-1',
  owned: true,
  securityGroupId: 'sg-own',
  entries: [A],
  wider: [],
  ...fields,
});

interface Given extends Partial<Omit<ResolvedLink, 'spec' | 'region'>> {
  readonly declared?: Partial<LinkSpec>;
  readonly entries?: readonly AllowEntry[] | undefined;
  readonly region?: Partial<RegionSnapshot>;
  readonly options?: PlanOptions;
  readonly spec?: typeof SPEC;
}

/** The plan of link `eu`, as the snapshot and the spec were resolved. */
function planned({ declared = {}, entries, region = {}, options = {}, spec = SPEC, ...resolved }: Given = {}) {
  const base = linkPlan(regionOf(region), { spec: declared }).resolved;
  const given = { ...base, marked: NOBODY, subnetIds: ['subnet-1a'], ...resolved };
  return planLink(spec, given, entries, options, { takenAt: TAKEN_AT });
}
const refused = (code: string, path?: string) =>
  expect.objectContaining({ code, ...(path === undefined ? {} : { place: { path } }) });
const ids = (given: Given): readonly string[] => planned(given).steps.map(({ id }) => id);
const own = linkOf(EU);
const ours = (link: Link = own) => ({ link, marked: { ...NOBODY, own: [link] } });

describe('an external link', () => {
  const external = (given: Link | undefined) => planned({ declared: { owner: 'external' }, given });

  it('is never changed, and must exist', () => {
    const link = linkOf(undefined);
    expect(external(link)).toMatchObject({
      current: link,
      steps: [],
      extra: [],
      replaced: [],
      notes: [],
      unchanged: 1,
    });
    expect(() => external(undefined)).toThrow(refused('NOT_FOUND'));
  });

  it('is noted where it cannot be used', () => {
    expect(external(linkOf(undefined, { state: 'inactive', nativeState: 'INACTIVE' })).notes).toEqual([]);
    for (const state of ['failed', 'pending', 'deleting'] as const)
      expect(external(linkOf(undefined, { state, nativeState: state })).notes).toEqual([
        `link eu (l-1) is external and is ${state}`,
      ]);
  });
});

describe('a link that the spec names by ID', () => {
  const given = linkOf(undefined, { name: 'x' });

  it('is adopted, or stays where it has the marks', () => {
    expect(ids({ given, declared: { id: 'l-1' } })).toEqual(['adopt link eu']);
    expect(ids({ given: own, declared: { id: 'l-1' } })).toEqual([]);
  });

  it('is refused where another spec or another project owns it', () => {
    const owned = (owner: Owner) => () => planned({ given: linkOf(owner), declared: { id: 'l-1' } });
    expect(owned(OTHERS)).toThrow(refused('NOT_OURS', 'links.eu.id'));
    expect(owned({ ...EU, project: 'crm' })).toThrow(refused('NOT_OURS', 'links.eu.id'));
  });

  it('is refused where the spec has other subnets or groups; the group of its allowlist does not count', () => {
    expect(() => planned({ given, subnetIds: ['subnet-1b'] })).toThrow(refused('UNSUPPORTED', 'links.eu.subnets'));
    const two = { ...given, securityGroupIds: ['sg-1', 'sg-own'] };
    const groups = (lists: readonly Allowlist[]) => () =>
      planned({ given: two, securityGroupIds: ['sg-1'], region: { links: [two], allowlists: lists } });
    expect(groups([list()])).not.toThrow();
    expect(groups([])).toThrow(refused('UNSUPPORTED', 'links.eu.securityGroups'));
    expect(groups([list({ linkId: 'l-2' })])).toThrow(refused('UNSUPPORTED', 'links.eu.securityGroups'));
  });

  it('gets no allowlist where it has none of this project', () => {
    const with_ = (lists: readonly Allowlist[]) => () =>
      planned({ given, entries: [A], region: { allowlists: lists } });
    expect(with_([])).toThrow(refused('UNSUPPORTED', 'links.eu.allowlist'));
    expect(with_([list({ owned: false })])).toThrow(refused('UNSUPPORTED', 'links.eu.allowlist'));
    expect(with_([list({ linkId: 'l-2' })])).toThrow(refused('UNSUPPORTED', 'links.eu.allowlist'));
    expect(with_([list()])).not.toThrow();
    expect(() => planned({ given })).not.toThrow();
  });
});

describe('a link of this spec', () => {
  it('is created where none has its mark', () => {
    expect(ids({})).toEqual(['create link eu']);
    expect(planned()).toMatchObject({ replaced: [], notes: [] });
    expect(ids({ subnetIds: undefined, loadBalancerId: 'nlb-1', declared: { kind: 'vpc-link-v1' } })).toEqual([
      'create link eu',
    ]);
  });

  it('needs an ID, or what it is created from', () => {
    expect(() => planned({ subnetIds: undefined })).toThrow(refused('INVALID_SPEC', 'links.eu'));
    expect(() => planned({ ...ours(), subnetIds: undefined })).not.toThrow();
  });

  it('is kept, and what else has its mark is replaced', () => {
    const old = linkOf(EU, { id: 'l-0', subnetIds: ['subnet-1b'] });
    expect(planned(ours())).toMatchObject({ current: own, steps: [], replaced: [] });
    expect(planned({ link: own, marked: { ...NOBODY, own: [own, old] } })).toMatchObject({ replaced: [old] });
    expect(planned({ marked: { ...NOBODY, own: [old] } })).toMatchObject({
      steps: [{ id: 'replace link eu' }],
      replaced: [old],
    });
  });

  it('that failed is replaced only where that is asked for', () => {
    const failed = linkOf(EU, { state: 'failed', nativeState: 'FAILED' });
    const replaceFailed = { options: { replaceFailed: true } };
    expect(ids(ours(failed))).toEqual(['await link eu']);
    expect(ids({ ...ours(failed), ...replaceFailed })).toEqual(['replace link eu']);
    expect(ids({ ...ours(), ...replaceFailed })).toEqual([]);
    expect(ids({ ...ours(failed), options: { replaceFailed: false } })).toEqual(['await link eu']);
  });

  it('is refused where only another spec has a link with its mark', () => {
    const theirs = linkOf(OTHERS, { id: 'l-2' });
    expect(() => planned({ marked: { ...NOBODY, others: [theirs] } })).toThrow(refused('NOT_OURS', 'links.eu'));
    expect(ids({ link: own, marked: { ...NOBODY, own: [own], others: [theirs] } })).toEqual([]);
    expect(ids({ marked: { ...NOBODY, others: [linkOf(undefined, { id: 'l-2' })] } })).toEqual(['create link eu']);
  });

  it('notes links with a changed mark, and one with its name that nobody manages', () => {
    const unlike = linkOf(EU, { id: 'l-3' });
    const changed = 'link l-3 carries the mark of eu in a changed form: it is not changed';
    expect(planned({ marked: { ...NOBODY, unlike: [unlike] } }).notes).toEqual([changed]);
    const inactive = linkOf(EU, { state: 'inactive', nativeState: 'INACTIVE' });
    const kept = planned({ link: inactive, marked: { own: [inactive], others: [], unlike: [unlike] } });
    expect(kept.notes).toEqual([changed, expect.stringContaining('is inactive')]);

    const note = (link: Link, given: Given = {}) => planned({ region: { links: [link] }, ...given }).notes;
    const alike = expect.stringContaining('write its ID to adopt it') as string;
    expect(note(linkOf(undefined))).toEqual([alike]);
    expect(note(linkOf(undefined, { name: 'x' }))).toEqual([]);
    expect(note(linkOf({ ...EU, project: 'crm' }))).toEqual([]);
    expect(note(linkOf(undefined, { name: 'pay' }), { declared: { name: 'pay' } })).toEqual([alike]);
    expect(note(linkOf(undefined), { declared: { name: 'pay' } })).toEqual([]);
    expect(note(linkOf(undefined), { marked: { ...NOBODY, own: [linkOf(EU, { id: 'l-0' })] } })).toEqual([]);
  });
});

describe('an allowlist beside other groups of the link', () => {
  const rule = (cidrBlock: string, port = 443): SecurityGroupRule =>
    ({
      direction: 'out',
      protocol: 'tcp',
      fromPort: port,
      toPort: port,
      cidrBlock,
      raw: null,
    }) as SecurityGroupRule;
  const open: SecurityGroup = groupOf(undefined, { id: 'sg-1', rules: [rule('0.0.0.0/0')] });
  const fits: SecurityGroup = groupOf(undefined, { id: 'sg-1', rules: [rule('10.1.2.0/24')] });
  const wider = refused('ALLOWLIST_INEFFECTIVE', 'links.eu.allowlist');
  const made =
    (region: Partial<RegionSnapshot>, given: Given = {}) =>
    () =>
      planned({ securityGroupIds: ['sg-1'], entries: [A], region, ...given });

  it('is refused where one of them allows more', () => {
    expect(made({ securityGroups: [open] })).toThrow(wider);
    expect(made({ securityGroups: [fits] })).not.toThrow();
    expect(made({ securityGroups: [{ ...open, id: 'sg-9' }] })).not.toThrow();
    expect(made({ securityGroups: [open] }, { entries: undefined })).not.toThrow();
  });

  it('is judged by the groups of the existing link, without that of the list, where the spec names none', () => {
    const link = linkOf(EU, { securityGroupIds: ['sg-1', 'sg-own'] });
    const mine: SecurityGroup = { ...open, id: 'sg-own' };
    const kept = (groups: readonly SecurityGroup[], lists: readonly Allowlist[]) =>
      made({ securityGroups: groups, allowlists: lists }, { ...ours(link), securityGroupIds: undefined });
    expect(kept([fits, mine], [list()])).not.toThrow();
    expect(kept([open, mine], [list()])).toThrow(wider);
    expect(kept([fits, mine], [list({ linkId: 'l-2' })])).toThrow(wider);
    expect(made({ securityGroups: [open] }, { securityGroupIds: undefined })).not.toThrow();
  });

  it('is judged by what the adapter saw where a group was not read', () => {
    const seen = [list({ wider: ['sg-1 allows everything'] })];
    expect(made({ securityGroups: [], allowlists: seen }, ours())).toThrow(wider);
    expect(made({ securityGroups: [fits], allowlists: seen }, ours())).not.toThrow();
    expect(made({ securityGroups: [], allowlists: [] }, ours())).not.toThrow();
    expect(made({ securityGroups: [] })).not.toThrow();
  });

  it('may be as wide as the declared blocks whose ports are not known', () => {
    const declared = { allowlist: ['10.9.0.0/16'] };
    const all = groupOf(undefined, { id: 'sg-1', rules: [rule('10.9.1.0/24', 80)] });
    const given = { declared, entries: [] };
    expect(made({ securityGroups: [all] }, { ...given, spec: { ...SPEC, integrations: {} } })).not.toThrow();
    expect(made({ securityGroups: [all] }, given)).toThrow(wider);
    const covered = groupOf(undefined, { id: 'sg-1', rules: [rule('10.1.2.0/24'), rule('10.9.1.0/24', 80)] });
    const both = { declared, entries: [A], spec: { ...SPEC, integrations: {} } };
    expect(made({ securityGroups: [covered] }, both)).not.toThrow();
  });

  it('is not judged on an instance, whose allowlist is no security group', () => {
    const declared = { provider: 'alibaba' };
    const region = { provider: 'alibaba', securityGroups: [open] };
    expect(made(region, { declared })).not.toThrow();
  });
});
