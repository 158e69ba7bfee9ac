import { describe, expect, it } from 'vitest';
import { ownerTags } from '../../../../src/do/model/marks.js';
import type { Owner } from '../../../../src/do/model/owner.js';
import { MAY_BE_COPY } from '../../../../src/do/model/ownership.js';
import { routeKeyOf } from '../../../../src/do/plan/references.js';
import { copiedGroupNotes, keptNotes, otherSpecNotes } from '../../../../src/do/plan/notes/kept.js';
import type { RegionSnapshot } from '../../../../src/do/snapshot/snapshot.js';
import {
  draftOf,
  FOREIGN,
  gatewayOf,
  groupOf,
  linkOf,
  COPY,
  OTHER_SPEC,
  OWN,
  regionOf,
  routeOf,
  targetOf,
} from '../removal/owned.js';

const kept = (what: string): string =>
  `${what} belongs to project shop, is not declared, and its mark ${MAY_BE_COPY}: it is kept; --prune deletes it`;

type Integrations = Parameters<typeof keptNotes>[3];

function notes(
  fields: Partial<RegionSnapshot>,
  { draft = draftOf(), used = new Set<never>(), of = (() => []) as (region: RegionSnapshot) => unknown[] } = {},
) {
  const region = regionOf(fields);
  const snapshot = { version: 1, takenAt: '', regions: [region] };
  return keptNotes(draft, draft, { snapshot } as never, of(region) as Integrations, used);
}

const OTHERS = [OWN, OTHER_SPEC, FOREIGN, undefined];
const full = (owner: Owner | undefined): Pick<RegionSnapshot, 'links' | 'gateways' | 'targets'> => ({
  links: [linkOf(owner)],
  gateways: [
    gatewayOf({ routes: [routeOf(owner)], integrations: [{ id: 'i-1', owner: owner && { ...owner, unbound: true } }] }),
  ],
  targets: [targetOf(owner)],
});

describe('undeclared resources whose mark may be a copy', () => {
  it('are kept, with a note each', () => {
    expect(
      notes({ ...full(COPY), targets: [targetOf(COPY), targetOf({ ...COPY, name: 'a' }, { id: 't-2' })] }),
    ).toEqual([
      kept('link orders (l-1)'),
      kept('route GET /a of api-1'),
      kept('integration i-1 of api-1'),
      kept('target t-1 of orders'),
      kept('target a of orders'),
    ]);
  });

  it('are not those of this spec, of another one, of another project or of nobody', () => {
    for (const owner of OTHERS) {
      const { links, gateways, targets } = full(owner);
      expect(notes({ links, targets, gateways: gateways.map((one) => ({ ...one, integrations: undefined })) })).toEqual(
        [],
      );
    }
    expect(
      notes({ gateways: [gatewayOf({ integrations: [{ id: 'i-1', owner: { ...FOREIGN, unbound: true } }] })] }),
    ).toEqual([]);
  });

  it('are not noted where all of them, or none, may be deleted', () => {
    for (const prune of [true, false]) expect(notes(full(COPY), { draft: draftOf({ prune }) })).toEqual([]);
  });

  it('are not those that the plan uses, moves or replaces', () => {
    const link = linkOf(COPY);
    expect(notes({ links: [link] }, { used: new Set([link]) as never })).toEqual([]);
    const draft = draftOf();
    draft.leaving.set(routeKeyOf(gatewayOf(), 'r-1'), 'integration:orders');
    expect(notes({ gateways: [gatewayOf({ routes: [routeOf(COPY)] })] }, { draft })).toEqual([]);
    const integration = (region: RegionSnapshot, fields: object = {}) => ({
      resolved: {
        name: 'orders',
        region,
        gateway: region.gateways[0] && { ...region.gateways[0] },
        spec: { routes: { 'GET /a': 'a' } },
        targets: new Map([['a', {}]]),
      },
      targetIds: ['t-2'],
      ...fields,
    });
    const targets = [targetOf({ ...COPY, name: 'a' }), targetOf(COPY, { id: 't-2' })];
    expect(notes({ targets }, { of: (region) => [integration(region)] })).toEqual([]);
    const gateways = [gatewayOf({ routes: [routeOf(COPY)] })];
    expect(notes({ gateways }, { of: (region) => [integration(region)] })).toEqual([]);
    const elsewhere = (fields: object) => (region: RegionSnapshot) => {
      const one = integration(region);
      return [{ ...one, resolved: { ...one.resolved, ...fields } }];
    };
    expect(notes({ gateways }, { of: elsewhere({ region: regionOf({ region: 'eu-west-2' }) }) })).toHaveLength(1);
    expect(notes({ gateways }, { of: elsewhere({ gateway: gatewayOf({ id: 'api-2' }) }) })).toHaveLength(1);
  });
});

it('routes of other specs: are noted by owner, and no others', () => {
  const third: Owner = { ...OWN, spec: 'third-3' };
  const routes = [OTHER_SPEC, third, OTHER_SPEC, OWN, COPY, FOREIGN, undefined].map((owner, at) =>
    routeOf(owner, { key: `GET /${at}` }),
  );
  expect(otherSpecNotes(draftOf(), gatewayOf({ routes }))).toEqual([
    'gateway api-1 has routes owned by another spec (bills-2) of project shop: GET /0, GET /2',
    'gateway api-1 has routes owned by another spec (third-3) of project shop: GET /1',
  ]);
});

describe('security groups with tags of the project', () => {
  it('are noted where name or description show that the tags were copied', () => {
    const securityGroups = [
      groupOf(undefined, { tags: ownerTags(OWN) }),
      groupOf(OWN, { id: 'sg-2', tags: ownerTags(OWN) }),
      groupOf(undefined, { id: 'sg-3', tags: ownerTags(FOREIGN) }),
      groupOf(undefined, { id: 'sg-4' }),
    ];
    expect(copiedGroupNotes(draftOf(), { regions: [regionOf({ securityGroups })] })).toEqual([
      'security group sg-own (postern) carries the tags of project shop, but its name or description differs: it is not changed',
    ]);
  });
});
