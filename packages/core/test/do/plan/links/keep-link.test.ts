import { describe, expect, it } from 'vitest';
import type { AllowEntry, Allowlist } from '../../../../src/do/model/allowlist.js';
import type { Link } from '../../../../src/do/model/link.js';
import type { Owner } from '../../../../src/do/model/owner.js';
import type { LinkSpec } from '../../../../src/do/spec.js';
import { keepLink, revokeStep, type WantedList } from '../../../../src/do/plan/links/keep-link.js';
import type { PlanOptions } from '../../../../src/do/plan/plan.js';
import type { RegionSnapshot } from '../../../../src/do/snapshot/snapshot.js';
import { smallSpec } from '../../../fake-run.js';
import { groupOf, linkOf, linkPlan, OWN, regionOf } from '../removal/owned.js';

const EU: Owner = { ...OWN, integration: 'eu' };
const SPEC = smallSpec({ spec: 'orders-1' });
const REF = { kind: 'vpc-link-v2', id: 'l-1' };
const entry = (cidrBlock: string, port = 443): AllowEntry => ({
  cidrBlock,
  protocol: 'tcp',
  fromPort: port,
  toPort: port,
});
const A = entry('10.1.0.0/16');
const B = entry('10.2.0.0/16');
const list = (entries: readonly AllowEntry[], fields: Partial<Allowlist> = {}): Allowlist => ({
  linkId: 'l-1',
  owned: true,
  securityGroupId: 'sg-own',
  entries,
  wider: [],
  ...fields,
});

interface Given {
  readonly link?: Partial<Link>;
  readonly declared?: Partial<LinkSpec>;
  readonly entries?: readonly AllowEntry[] | undefined;
  readonly lists?: readonly Allowlist[];
  readonly region?: Partial<RegionSnapshot>;
  readonly options?: PlanOptions;
  readonly spec?: typeof SPEC;
}

/** What is done to link `eu`, which exists with all its marks. */
function kept({
  link: fields,
  declared = {},
  entries,
  lists = [],
  region = {},
  options = {},
  spec = SPEC,
}: Given = {}) {
  const link = { ...linkOf(EU), ...fields };
  const where = regionOf({ links: [link], allowlists: lists, ...region });
  const { resolved } = linkPlan(where, { spec: declared });
  return keepLink(spec, resolved, link, entries, [], options, { takenAt: '2026-06-01T12:00:00.000Z', clock: 'cloud' });
}
const stepIds = (given: Given): readonly string[] => kept(given).steps.map(({ id }) => id);

describe('a link that stays as it is', () => {
  it('has no steps and counts as unchanged', () => {
    expect(kept()).toMatchObject({
      current: { id: 'l-1' },
      steps: [],
      extra: [],
      replaced: [],
      notes: [],
      unchanged: 1,
    });
    expect(kept({ entries: [A], lists: [list([A])] })).toMatchObject({
      steps: [],
      unchanged: 1,
      allowlistId: 'sg-own',
    });
  });

  it.each<[string, Given]>([
    ['a step', { declared: { name: 'other' } }],
    ['new entries', { entries: [A, B], lists: [list([A])] }],
    ['entries to remove', { entries: [A], lists: [list([A, B])] }],
    ['a step and an entry to remove', { declared: { name: 'other' }, entries: [A], lists: [list([A, B])] }],
    ['as many new entries as entries to remove', { entries: [A], lists: [list([B])] }],
  ])('counts as changed with %s', (_, given) => {
    expect(kept(given).unchanged).toBe(0);
  });
});

describe('the state of a link', () => {
  it.each(['pending', 'failed', 'deleting', 'unknown'] as const)('%s is awaited first', (state) => {
    const [step] = kept({ link: { state, nativeState: state }, declared: { timeouts: { createMs: 7 } } }).steps;
    expect(step).toMatchObject({
      id: 'await link eu',
      kind: 'adopt',
      resource: { type: 'link', name: 'eu', id: 'l-1' },
      reason: `it is ${state}`,
    });
    expect(step!.input).toEqual({
      linkRef: REF,
      timeoutMs: 7,
      ...(state === 'pending' && { twin: expect.anything() }),
    });
  });

  it('pending and created a moment ago may have an older one with its mark, which lists do not show yet', () => {
    const twin = (createdAt: string | undefined) =>
      kept({ link: { state: 'pending', createdAt } }).steps[0]?.input as { readonly twin?: unknown };
    expect(twin(undefined).twin).toEqual({ owner: linkOf(EU).owner, except: [] });
    expect(twin('2026-06-01T11:59:00Z').twin).toBeDefined();
    expect(twin('2026-06-01T11:58:59Z').twin).toBeUndefined();
  });

  it('ready and inactive need no wait; inactive is noted', () => {
    expect(stepIds({ link: { state: 'ready' } })).toEqual([]);
    expect(stepIds({ link: { state: 'inactive' } })).toEqual([]);
    expect(kept({ link: { state: 'ready' } }).notes).toEqual([]);
    expect(kept({ link: { state: 'inactive' } }).notes).toEqual([expect.stringContaining('l-1) is inactive')]);
  });

  it('failed is noted, with the option that replaces it; no other is', () => {
    const failed = { state: 'failed', nativeState: 'FAILED' } as const;
    expect(kept({ link: failed }).notes).toEqual([expect.stringContaining('--replace-failed')]);
    expect(kept({ link: { state: 'pending' } }).notes).toEqual([]);
  });
});

it.each<[string, Partial<Link>, Partial<LinkSpec>, string | undefined]>([
  ['is the key of the spec by default', { name: 'x' }, {}, 'eu'],
  ['is the declared one', { name: 'x' }, { name: 'pay' }, 'pay'],
  ['is the declared one, also of a link by ID', { name: 'x' }, { name: 'pay', id: 'l-1' }, 'pay'],
  ['stays for a link by ID without one', { name: 'x' }, { id: 'l-1' }, undefined],
  ['is not written again', { name: 'pay' }, { name: 'pay' }, undefined],
])('the name of a link: %s', (_, link, declared, name) => {
  const [step] = kept({ link, declared }).steps;
  if (name === undefined) return expect(step).toBeUndefined();
  expect(step).toMatchObject({
    id: 'rename link eu',
    kind: 'rename',
    resource: { type: 'link', name: 'eu', id: 'l-1' },
    changes: [{ field: 'name', from: 'x', to: name }],
  });
  expect(step!.input).toEqual({ linkRef: REF, name });
});

describe('the marks of a link and of its group', () => {
  const group = groupOf({ ...EU, unbound: true });

  it('are completed', () => {
    expect(stepIds({ lists: [list([])], region: { securityGroups: [group] } })).toEqual(['mark allowlist eu (sg-own)']);
    expect(stepIds({ declared: { tags: { team: 'a' } } })).toEqual(['tag link eu']);
  });
});

describe('the allowlist of a link', () => {
  it('gets what it lacks at once; what it has too much is only named', () => {
    const { steps, extra, entries } = kept({ entries: [A, B], lists: [list([A, entry('10.3.0.0/16')])] });
    expect(steps).toMatchObject([
      {
        id: 'allow eu',
        kind: 'allow',
        resource: { type: 'allowlist', name: 'eu', id: 'sg-own' },
        changes: [{ field: 'entry', to: '10.2.0.0/16 tcp 443' }],
      },
    ]);
    expect(steps[0]!.input).toEqual({ linkRef: REF, entries: [B] });
    expect(extra).toEqual([entry('10.3.0.0/16')]);
    expect(entries).toEqual([A, B]);
  });

  it('is created where the link has none, and not touched where the spec manages none', () => {
    expect(stepIds({ entries: [A] })).toEqual(['allow eu']);
    expect(kept({ lists: [list([A], { unmanaged: ['x'] })] })).toMatchObject({ steps: [], extra: [], notes: [] });
    expect(kept()).toMatchObject({ steps: [], extra: [] });
  });

  it('of another link does not count', () => {
    expect(stepIds({ entries: [A], lists: [list([A], { linkId: 'l-2' })] })).toEqual(['allow eu']);
  });

  it('with rules that are not managed is noted', () => {
    const note = (unmanaged?: readonly string[]) =>
      kept({ entries: [A], lists: [list([A], unmanaged === undefined ? {} : { unmanaged })] }).notes;
    expect(note(['all of sg-2', 'pl-1'])).toEqual([expect.stringContaining('all of sg-2; pl-1')]);
    expect(note([])).toEqual([]);
    expect(note()).toEqual([]);
  });

  it('keeps all entries where only a part of the configuration is planned', () => {
    const given = { entries: [A], lists: [list([A, B])] };
    expect(kept(given).extra).toEqual([B]);
    expect(kept({ ...given, options: { prune: true } }).extra).toEqual([B]);
    expect(kept({ ...given, options: { prune: false } }).extra).toEqual([]);
    expect(kept({ ...given, options: { only: ['orders'] } }).extra).toEqual([]);
  });

  it('keeps entries within declared blocks whose ports are not known', () => {
    const inside = entry('10.9.1.0/24');
    const allowlist = ['10.8.0.0/16', '10.9.0.0/16'];
    const given = { declared: { allowlist }, entries: [], lists: [list([inside, B])] };
    expect(kept({ ...given, spec: { ...SPEC, integrations: {} } }).extra).toEqual([B]);
    expect(kept(given).extra).toEqual([inside, B]);
  });

  it('loses entries first where the new ones do not fit otherwise', () => {
    const there = Array.from({ length: 60 }, (_, index) => entry(`10.20.${index * 2}.0/24`));
    const plan = kept({ entries: [...there.slice(1), A], lists: [list(there)] });
    expect(plan.steps.map(({ id }) => id)).toEqual(['revoke eu', 'allow eu']);
    expect(plan).toMatchObject({ extra: [], crowded: { there: 60, over: 1 }, unchanged: 0 });
    expect(plan.steps[0]?.resource).toEqual({ type: 'allowlist', name: 'eu', id: 'sg-own' });
    expect(plan.steps[0]!.input).toEqual({ linkRef: REF, entries: [there[0]] });
    const instance = { kind: 'integration-instance' } as const;
    const other = kept({ link: instance, entries: [...there.slice(1), A], lists: [list(there)] });
    expect(other.steps.map(({ id }) => id)).toContain('allow eu');
    expect(other.steps.map(({ id }) => id)).not.toContain('revoke eu');
    expect(other.extra).toEqual([there[0]]);
  });
});

describe('why entries are removed', () => {
  const reason = (entries: readonly AllowEntry[], wanted: WantedList): string =>
    revokeStep('eu', linkOf(EU), 'sg-own', entries, wanted, 0).reason;
  const wide = entry('10.0.0.0/8');
  const blocks = ['10.0.0.0/8', A.cidrBlock];

  it('is that the spec does not list them', () => {
    const text = 'the allowlist has entries that the spec does not list';
    expect(reason([A], {})).toBe(text);
    expect(reason([A], { blocks: ['10.0.0.0/8'], entries: [wide] })).toBe(text);
    expect(reason([A], { blocks, entries: [B] })).toBe(text);
    expect(reason([A], { blocks, entries: [] })).toBe(text);
  });

  it('is that other entries cover declared ones', () => {
    const covered = 'is declared but redundant: other entries of the allowlist cover it';
    expect(reason([A], { blocks, entries: [B, wide] })).toBe(`each removed entry ${covered}`);
    expect(reason([A, B], { blocks, entries: [wide] })).toBe(`each removed entry is not declared, or ${covered}`);
  });

  it('is shown with each entry', () => {
    expect(revokeStep('eu', linkOf(EU), 'sg-own', [A], {}, 0)).toMatchObject({
      id: 'revoke eu',
      kind: 'revoke',
      resource: { type: 'allowlist', name: 'eu', id: 'sg-own' },
      changes: [{ field: 'entry', from: '10.1.0.0/16 tcp 443' }],
    });
  });
});

describe('settings that only its cloud has', () => {
  it.each<[string, Link['native'], string[]]>([
    ['differ', { size: 2 }, ['link eu (l-1) has size 2, but the spec has 1: it is not changed']],
    ['are equal', { size: 1 }, []],
    ['were not read', undefined, []],
    ['lack the declared one', { other: 2 }, []],
  ])('are noted where they differ: %s', (_, native, notes) => {
    expect(kept({ link: { native }, declared: { native: { size: 1 } } }).notes).toEqual(notes);
  });

  it('that every object inherits are not read', () => {
    expect(kept({ link: { native: {} }, declared: { native: { constructor: 1 } } }).notes).toEqual([]);
  });
});
