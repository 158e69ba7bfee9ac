import { describe, expect, it } from 'vitest';
import { deletionsOf, deletionNotes, refuseEmpty } from '../../../../src/do/plan/guard/deletions.js';
import { step } from '../../../../src/do/plan/step-input.js';
import { unitRef } from '../../../../src/do/plan/references.js';
import { smallSpec } from '../../../fake-run.js';
import {
  draftOf,
  FOREIGN,
  gatewayOf,
  linkOf,
  COPY,
  OTHER_SPEC,
  OWN,
  regionOf,
  routeOf,
  targetOf,
  TEMPORARY,
} from '../removal/owned.js';

type Resource = Parameters<typeof step>[0]['resource'];

const region = regionOf();

/** What is counted of a plan that deletes these, in a region that has one link of the spec. */
function counted(
  resources: readonly Resource[],
  { input = {}, kind = 'delete' as 'delete' | 'tag', replaced = [] as readonly string[] } = {},
) {
  const draft = draftOf();
  const steps = resources.map((resource) =>
    step({ id: `delete ${resource.type} ${resource.name}`, kind, resource, reason: '' }, input as never),
  );
  draft.units.push({ unit: unitRef('integration', 'orders'), region, steps });
  return deletionsOf(draft, draft.units, [regionOf({ links: [linkOf(OWN)] })], new Set(replaced));
}

describe('what the guard on deletions counts', () => {
  it.each<Resource>([
    { type: 'link', name: 'eu', id: 'l-1' },
    { type: 'target', name: 'orders', id: 't-1' },
    { type: 'route', name: 'GET /a', id: 'r-1' },
  ])('counts a $type', (resource) => {
    expect(counted([resource])).toEqual({ resources: [`${resource.type} ${resource.name}`], owned: 1 });
  });

  it.each<[string, Resource]>([
    ['a group of an allowlist', { type: 'allowlist', name: 'eu', id: 'sg-1' }],
    ['a stage', { type: 'stage', name: 'prod', id: 'd-1' }],
    ['integrations that no route uses, which have no ID of their own', { type: 'route', name: 'unused' }],
    ['a route that tested a link', { type: 'route', name: TEMPORARY, id: 'r-1' }],
  ])('does not count %s', (_, resource) => {
    expect(counted([resource])).toBeUndefined();
  });

  it('does not count a link that is replaced, or is being deleted, or is only changed', () => {
    const link: Resource = { type: 'link', name: 'eu', id: 'l-1' };
    expect(counted([link], { replaced: ['l-1'] })).toBeUndefined();
    expect(counted([link], { input: { going: true } })).toBeUndefined();
    expect(counted([link], { kind: 'tag' })).toBeUndefined();
    expect(counted([link], { replaced: ['l-2'], input: { going: undefined } })).toMatchObject({
      resources: ['link eu'],
    });
  });

  it('counts what the spec owns in every region: links, targets and routes, none that tested a link', () => {
    const draft = draftOf();
    const resource: Resource = { type: 'link', name: 'eu', id: 'l-1' };
    const steps = [step({ id: 'delete link eu', kind: 'delete', resource, reason: '' }, {} as never)];
    draft.units.push({ unit: unitRef('integration', 'orders'), region, steps });
    const marks = [OWN, OTHER_SPEC, COPY, FOREIGN, undefined];
    const full = regionOf({
      links: marks.map((owner, at) => linkOf(owner, { id: `l-${at}` })),
      targets: marks.map((owner, at) => targetOf(owner, { id: `t-${at}` })),
      gateways: [gatewayOf({ routes: [...marks.map((owner) => routeOf(owner)), routeOf(OWN, { key: TEMPORARY })] })],
    });
    expect(deletionsOf(draft, draft.units, [full, full], new Set())?.owned).toBe(6);
  });
});

it.each([
  [undefined, []],
  [{ resources: ['a', 'b'], owned: 2 }, []],
  [{ resources: ['a', 'b', 'c'], owned: 15 }, []],
  [
    { resources: ['a', 'b', 'c'], owned: 14 },
    [
      'this plan deletes 3 of the 14 links, targets and routes that the spec owns; apply needs --max-deletes 3 for that',
    ],
  ],
])('the note about deletions: of %j', (deletions, notes) => {
  expect(deletionNotes(deletions)).toEqual(notes);
});

describe('an empty spec', () => {
  it('is refused with the place of `project`', () => {
    const place = { path: 'project', line: 2, column: 1 };
    const places = (path: string) => (path === 'project' ? place : undefined);
    const empty = smallSpec({ links: {}, integrations: {}, places });
    expect(() => refuseEmpty(empty)).toThrow(expect.objectContaining({ code: 'EMPTY_SPEC', place }));
  });

  it('is one without links and without integrations', () => {
    const { links, integrations } = smallSpec();
    expect(() => refuseEmpty(smallSpec({ links, integrations: {} }))).not.toThrow();
    expect(() => refuseEmpty(smallSpec({ links: {}, integrations }))).not.toThrow();
  });
});
