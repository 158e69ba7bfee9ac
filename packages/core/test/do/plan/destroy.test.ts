import { describe, expect, it } from 'vitest';
import type { Link } from '../../../src/do/model/link.js';
import { ownerTags } from '../../../src/do/model/marks.js';
import type { Owner } from '../../../src/do/model/owner.js';
import { MAY_BE_COPY } from '../../../src/do/model/ownership.js';
import type { Spec } from '../../../src/do/spec.js';
import { planDestroy } from '../../../src/do/plan/destroy.js';
import type { PlanOptions } from '../../../src/do/plan/plan.js';
import { inputOf } from '../../../src/do/plan/step-input.js';
import type { Gap, RegionSnapshot, Snapshot } from '../../../src/do/snapshot/snapshot.js';
import { linkSpec, smallSpec } from '../../fake-run.js';
import { COPY, FOREIGN, gatewayOf, groupOf, linkOf, OWN, regionOf, routeOf, targetOf } from './removal/owned.js';
import { CLOUDS } from '../../clouds.js';

const SPEC = smallSpec({ spec: 'orders-1' });
const EU: Owner = { ...OWN, integration: 'eu' };

function destroyed(fields: Partial<RegionSnapshot>, spec: Spec = SPEC, options: PlanOptions = {}) {
  const regions = [regionOf({ gateways: [gatewayOf({ routes: [] })], ...fields })];
  const snapshot = { version: 1, takenAt: '2026-01-01T00:00:00Z', regions } as Snapshot;
  const plan = planDestroy(snapshot, spec, { clouds: CLOUDS, ...options });
  const steps = plan.units.flatMap((unit) => unit.steps);
  return { plan, steps, ids: steps.map(({ id }) => id), notes: plan.notes, incomplete: plan.incomplete ?? [] };
}

it('removes the routes, then the link and what held its allowlist', () => {
  const { ids, notes, plan } = destroyed({
    links: [linkOf(EU)],
    gateways: [gatewayOf({ routes: [routeOf(OWN)] })],
    securityGroups: [groupOf({ ...EU, integration: 'old' })],
  });
  expect(ids).toEqual(['delete route GET /a on api-1', 'delete link eu (l-1)', 'release allowlist old (sg-own)']);
  expect(notes).toEqual([]);
  expect(plan.units.map(({ id, dependsOn }) => ({ id, dependsOn }))).toEqual([
    { id: 'integration:orders', dependsOn: [] },
    { id: 'link:eu', dependsOn: ['integration:orders'] },
    { id: 'link:old/sg-own', dependsOn: [] },
  ]);
  expect(plan.units.flatMap(({ steps }) => steps.map(({ reason }) => reason)).slice(0, 2)).toEqual([
    'this spec is removed',
    'this spec is removed; its name is eu',
  ]);
});

it('deletes a link whose rename ended between its tag and its name', () => {
  const renamed = linkOf(EU, { name: 'old' });
  expect(destroyed({ links: [renamed] }).ids).toEqual([]);
  const spec = smallSpec({ spec: 'orders-1', moved: [{ kind: 'link', from: 'old', to: 'eu', path: 'moved[0]' }] });
  expect(destroyed({ links: [renamed] }, spec).ids).toEqual(['delete link eu (l-1)']);
});

it('names a gateway of the spec that does not exist any more', () => {
  const { ids, notes } = destroyed({ links: [linkOf(EU)], gateways: [] });
  expect(ids).toEqual(['delete link eu (l-1)']);
  expect(notes).toEqual(['gateway api-1 does not exist: nothing of it is left to delete']);
});

it('keeps a link whose mark another could have written, and is incomplete', () => {
  const { ids, notes, incomplete } = destroyed({ links: [linkOf(EU, { name: 'payments-a' })] });
  expect(ids).toEqual([]);
  expect(notes).toEqual([expect.stringContaining('its mark says eu, but its name is payments-a')]);
  expect(incomplete).toEqual(notes);
  const spec = smallSpec({ spec: 'orders-1', links: { eu: linkSpec({ name: 'payments-a' }) } });
  expect(destroyed({ links: [linkOf(EU, { name: 'payments-a' })] }, spec).ids).toEqual(['delete link eu (l-1)']);
});

it('gives each of several links with one name a unit of its own', () => {
  const { plan } = destroyed({ links: ['l-1', 'l-2', 'l-3'].map((id) => linkOf(EU, { id })) });
  expect(plan.units.map(({ id }) => id)).toEqual(['link:eu', 'link:eu/l-2', 'link:eu/l-3']);
});

it('waits for the deletion as long as the spec says', () => {
  const spec = smallSpec({ spec: 'orders-1', links: { eu: linkSpec({ timeouts: { deleteMs: 7 } }) } });
  const timeout = (mark: Owner) => inputOf(destroyed({ links: [linkOf(mark)] }, spec).steps[0]!, 'delete link');
  expect(timeout(EU).timeoutMs).toBe(7);
  expect(timeout({ ...EU, integration: 'old' }).timeoutMs).toBeUndefined();
});

it.each<[string, Owner | undefined, readonly string[]]>([
  ['another project', { ...EU, project: 'crm' }, []],
  ['nobody', undefined, []],
  ['another spec', { ...EU, spec: 'bills-2' }, ['owned by another spec (bills-2) of project shop: it is kept']],
  [
    'a copied mark, not declared',
    { ...COPY, integration: 'old' },
    [`owned by project shop; its mark ${MAY_BE_COPY}: it is kept; --prune deletes it`],
  ],
  ['a mark that lost a tag', { ...EU, spec: undefined }, []],
])('keeps links, routes and targets of %s', (_, owner, texts) => {
  const name = owner?.integration;
  const { ids, notes } = destroyed(
    {
      provider: 'alibaba',
      links: [linkOf(owner, { kind: 'integration-instance' })],
      gateways: [gatewayOf({ kind: 'api-group', routes: [routeOf(owner)] })],
      targets: [targetOf(owner)],
    },
    SPEC,
    { deleteInstances: true },
  );
  expect(ids).toEqual([]);
  expect(notes).toEqual(
    texts.flatMap((text) =>
      [`link ${name} (l-1)`, 'route GET /a of api-1', 'target t-1'].map((one) => `${one} is ${text}`),
    ),
  );
});

it('removes what has a copied mark with `prune`', () => {
  const old: Owner = { ...COPY, integration: 'old' };
  expect(destroyed({ links: [linkOf(old)] }, SPEC, { prune: true })).toMatchObject({
    ids: ['delete link old (l-1)'],
    notes: [],
  });
});

it('keeps a link that is external in the spec, with its routes removed', () => {
  const spec = smallSpec({ spec: 'orders-1', links: { eu: linkSpec({ id: 'l-1', owner: 'external' }) } });
  const gateways = [gatewayOf({ routes: [routeOf(OWN)] })];
  expect(destroyed({ links: [linkOf(undefined)], gateways }, spec).ids).toEqual(['delete route GET /a on api-1']);
  expect(destroyed({ links: [linkOf(EU)] }, spec).ids).toEqual([]);
  const other = smallSpec({ spec: 'orders-1', links: { eu: linkSpec({ id: 'l-9', owner: 'external' }) } });
  expect(destroyed({ links: [linkOf(undefined)], gateways }, other).ids).toEqual([]);
  const byName = smallSpec({ spec: 'orders-1', links: { eu: linkSpec({ owner: 'external', subnets: undefined }) } });
  expect(destroyed({ links: [linkOf(EU)] }, byName).ids).toEqual([]);
  const named = smallSpec({ spec: 'orders-1', links: { eu: linkSpec({ owner: 'external', name: 'other' }) } });
  expect(destroyed({ links: [linkOf(EU)] }, named).ids).toEqual(['delete link eu (l-1)']);
});

it.each([
  ['region', { region: 'us-east-1' }],
  ['cloud', { provider: 'alibaba' }],
])('does not take a link of another %s for the one that the spec names', (_, fields) => {
  const spec = smallSpec({ spec: 'orders-1', links: { eu: linkSpec({ id: 'l-1', ...fields }) } });
  expect(destroyed({ links: [linkOf(EU)] }, spec).ids).toEqual(['delete link eu (l-1)']);
});

it.each<[string, Spec, Partial<Link>]>([
  ['names by ID', smallSpec({ spec: 'orders-1', links: { eu: linkSpec({ id: 'l-1' }) } }), {}],
  [
    'names by ID, with a mark that was changed by hand',
    smallSpec({ spec: 'orders-1', links: { eu: linkSpec({ id: 'l-1' }) } }),
    { owner: { ...EU, specHash: 'copied' } },
  ],
  ['adopted before', SPEC, { tags: { ...linkOf(EU).tags, 'postern:adopted': 'true' } }],
])('removes the marks of a link that the spec %s, and keeps the link', (_, spec, fields) => {
  const { steps } = destroyed({ links: [linkOf(EU, fields)] }, spec);
  expect(steps).toMatchObject([{ id: 'give up link eu (l-1)', kind: 'tag' }]);
});

describe('of a link that costs money', () => {
  const links = [linkOf(EU, { kind: 'integration-instance' })];

  it('keeps it without consent, with a note', () => {
    const { ids, notes } = destroyed({ provider: 'alibaba', links });
    expect(ids).toEqual([]);
    expect(notes).toEqual([
      'link l-1 (eu) is kept: a replacement would have to be bought; --delete-instances also deletes it',
    ]);
    expect(destroyed({ provider: 'alibaba', links }, SPEC, { deleteInstances: true }).ids).toHaveLength(1);
  });

  it('keeps it also where it is protected, which is no reason to refuse the rest', () => {
    const tags = { ...links[0]!.tags, 'postern:protect': 'true' };
    const safe = [{ ...links[0]!, tags }];
    expect(destroyed({ provider: 'alibaba', links: safe }).notes).toHaveLength(1);
    expect(() => destroyed({ provider: 'alibaba', links: safe }, SPEC, { deleteInstances: true })).toThrow(
      expect.objectContaining({ code: 'PROTECTED' }),
    );
  });

  it('says nothing of money where it was adopted', () => {
    const tags = { ...linkOf(EU).tags, 'postern:adopted': 'true' };
    const adopted = [linkOf(EU, { kind: 'integration-instance', tags })];
    const { ids, notes } = destroyed({ provider: 'alibaba', links: adopted });
    expect(ids).toEqual(['give up link eu (l-1)']);
    expect(notes).toEqual([]);
  });
});

describe('of something protected', () => {
  const protectedTag = { tags: { ...linkOf(EU).tags, 'postern:protect': 'true' } };

  it.each<[string, Spec, Owner, Partial<Link>, string | undefined]>([
    ['its tag says so', SPEC, EU, protectedTag, 'links.eu'],
    [
      'its tag says so, undeclared',
      SPEC,
      { ...EU, integration: 'old' },
      { tags: { 'postern:protect': 'true' } },
      undefined,
    ],
    [
      'the spec says so',
      smallSpec({ spec: 'orders-1', links: { eu: linkSpec({ protect: true }) } }),
      EU,
      {},
      'links.eu',
    ],
    [
      'its tag says so, and the spec names it by ID, also with a changed mark',
      smallSpec({ spec: 'orders-1', links: { eu: linkSpec({ id: 'l-1' }) } }),
      EU,
      { ...protectedTag, owner: { ...EU, specHash: 'copied' } },
      'links.eu',
    ],
  ])('refuses a link where %s', (_, spec, owner, fields, path) => {
    const refused = () => destroyed({ links: [linkOf(owner, fields)] }, spec);
    expect(refused).toThrow(
      expect.objectContaining({
        code: 'PROTECTED',
        message: 'link l-1 is protected',
        remedy: `Remove \`protect\` from link ${owner.integration} and apply that first.`,
      }),
    );
    try {
      refused();
    } catch (error) {
      expect((error as { place?: { path: string } }).place?.path).toBe(path);
    }
  });

  it('refuses a route of a protected integration', () => {
    const orders = { ...SPEC.integrations['orders']!, protect: true };
    const gateways = [gatewayOf({ routes: [routeOf(OWN)] })];
    expect(() =>
      destroyed({ gateways, links: [linkOf(EU)] }, smallSpec({ spec: 'orders-1', integrations: { orders } })),
    ).toThrow(
      expect.objectContaining({
        code: 'PROTECTED',
        remedy: 'Remove `protect` from integration orders first.',
      }),
    );
  });
});

it('keeps a link whose mark was copied, and says that it is left where only a tag is lost', () => {
  const copied = linkOf(EU, { owner: { ...EU, specHash: 'copied' } });
  const { ids, notes, incomplete } = destroyed({ links: [copied] });
  expect({ ids, incomplete }).toEqual({ ids: [], incomplete: [] });
  expect(notes).toEqual(['link l-1 carries the mark of this project in a changed form: it is kept']);
  const lost = linkOf(EU, { owner: EU });
  const allowlists = [{ linkId: 'l-1', owned: true, securityGroupId: 'sg-own', entries: [], wider: [] }];
  const held = { links: [{ ...lost, securityGroupIds: ['sg-own'] }], allowlists, securityGroups: [groupOf(EU)] };
  expect(destroyed(held).incomplete).toEqual([
    'link l-1 is left: it carries tags of this spec, but its mark lacks a tag; run apply, which completes the tag, then destroy',
  ]);
});

it('names links that carry tags of this spec without a complete mark', () => {
  const tags = ownerTags(EU);
  const left = (changes: Record<string, string>) =>
    destroyed({ links: [linkOf(undefined, { tags: { ...tags, ...changes } })] }).incomplete;
  expect(left({})).toEqual([
    'link l-1 is left: it carries tags of this spec, but its mark lacks a tag; delete it, or write the tag again and run destroy',
  ]);
  expect(left({ 'postern:project': 'crm' })).toEqual([]);
  expect(left({ 'postern:owner': 'bills-2' })).toEqual([]);
  expect(destroyed({ links: [linkOf(EU)] }).incomplete).toEqual([]);
});

it('names links that are kept because others use them', () => {
  const gateways = [gatewayOf({ routes: [routeOf(FOREIGN)] })];
  expect(destroyed({ links: [linkOf(EU)], gateways }).incomplete).toEqual([
    'link l-1 is kept: route GET /a of api-1 still uses it; delete or move that route, then run again',
  ]);
});

it('names what could not be read and may hold more of the project', () => {
  const gap = (of: Gap['of'], permission?: string): Gap => ({
    what: 'x',
    operation: 'X',
    code: 'PERMISSION_DENIED',
    of,
    permission,
  });
  const left = 'x in eu-west-1 could not be read (PERMISSION_DENIED), so some of the project may be left there';
  expect(destroyed({ gaps: [gap('securityGroups')] }).incomplete).toEqual([`${left}; run destroy again`]);
  expect(destroyed({ gaps: [gap('securityGroups', 'ec2:D')] }).incomplete).toEqual([
    `${left}; allow ec2:D and run destroy again`,
  ]);
  expect(destroyed({ gaps: [gap('targets')] }).incomplete).toEqual([]);
  expect(destroyed({ gaps: [gap('subnets')] }).incomplete).toEqual([]);
  expect(destroyed({ provider: 'alibaba', gaps: [gap('targets')] }).incomplete).toHaveLength(1);
  expect(destroyed({ provider: 'alibaba', gaps: [gap('securityGroups')] }).incomplete).toEqual([]);
  for (const of of ['links', 'gateways', undefined] as const)
    expect(() => destroyed({ gaps: [gap(of)] })).toThrow(expect.objectContaining({ code: 'PERMISSION_DENIED' }));
});
