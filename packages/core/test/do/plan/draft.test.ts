import { describe, expect, it } from 'vitest';
import { placeKey } from '../../../src/do/model/product.js';
import { emptyDraft, routeKeyOf, unreadGateways } from '../../../src/do/plan/draft.js';
import type { Gap } from '../../../src/do/snapshot/snapshot.js';
import { draftOf, gatewayOf, regionOf } from './removal/owned.js';

const gap: Gap = { what: 'APIs', operation: 'GetApis', code: 'PERMISSION_DENIED' };

describe('whether all users of a link or a target are known', () => {
  it('they are where the whole region was in the scope, or all its gateways', () => {
    expect(unreadGateways(draftOf(), regionOf({ whole: [] }))).toBeUndefined();
    expect(unreadGateways(draftOf(), regionOf({ whole: undefined }))).toBeUndefined();
    expect(unreadGateways(draftOf({ scope: undefined }), regionOf({ whole: ['gateways'] }))).toBeUndefined();
  });

  it.each([[[]], [['links']], [undefined]] as const)(
    'they are not where %j were read; the region is recorded, to be read whole',
    (whole) => {
      const draft = draftOf({ scope: undefined });
      const region = regionOf({ whole });
      expect(unreadGateways(draft, region)).toBe('other gateways were not read');
      expect([...draft.unread]).toEqual([placeKey(region)]);
    },
  );

  it('they are not where gateways could not be read: to read again would not help', () => {
    for (const gaps of [[gap], [{ ...gap, of: 'gateways' }]] as const)
      for (const scope of ['all', undefined] as const) {
        const draft = draftOf({ scope });
        expect(unreadGateways(draft, regionOf({ gaps }))).toBe('APIs could not be read');
        expect(draft.unread.size).toBe(0);
      }
    expect(unreadGateways(draftOf(), regionOf({ gaps: [{ ...gap, of: 'links' }] }))).toBeUndefined();
  });
});

describe('a draft', () => {
  it('begins with what the caller decided, and without units, notes and routes', () => {
    const given = {
      project: 'shop',
      spec: 'orders-1',
      prune: true,
      isPart: true,
      held: new Set(['eu']),
      reason: 'it is released',
      deleteInstances: true,
    } as const;
    const snapshot = { takenAt: '1970-01-01T00:00:07Z', clock: 'cloud' } as const;
    const draft = emptyDraft({ ...given, snapshot, scope: 'all' });
    expect(draft).toMatchObject({ ...given, all: true, notes: [], cloudMs: 7_000 });
    expect(draft.units.units()).toEqual([]);
    for (const list of ['leaving', 'publishing', 'unpublished', 'deploying', 'shown', 'unread', 'narrowing'] as const)
      expect(draft[list].size).toBe(0);
    expect(emptyDraft({ ...given, snapshot }).all).toBe(false);
    expect(emptyDraft({ ...given, snapshot: { takenAt: snapshot.takenAt } }).cloudMs).toBeNaN();
  });

  it('distinguishes routes of the same ID by their gateway', () => {
    expect(routeKeyOf(gatewayOf({ id: 'api-2' }), 'r-1')).toBe('api-2 r-1');
  });
});
