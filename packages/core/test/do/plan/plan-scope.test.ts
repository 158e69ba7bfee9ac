import { CLOUDS } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import { placeKey } from '../../../src/do/model/traits.js';
import { planScope, unreadGateways } from '../../../src/do/plan/plan-scope.js';
import type { Gap } from '../../../src/do/snapshot/snapshot.js';
import { draftOf, regionOf } from './removal/owned.js';

const gap: Gap = { what: 'APIs', operation: 'GetApis', code: 'PERMISSION_DENIED' };

describe('whether all users of a link or a target are known', () => {
  it('they are where the whole region was in the scope, or all its gateways', () => {
    expect(unreadGateways(draftOf(), regionOf({ whole: [] }))).toBeUndefined();
    expect(unreadGateways(draftOf(), regionOf({ whole: undefined }))).toBeUndefined();
    expect(unreadGateways(draftOf({ scope: undefined }), regionOf({ whole: ['gateways'] }))).toBeUndefined();
  });

  it.each([[[]], [['links']], [undefined]] as const)('they are not where %j were read: the region can be', (whole) => {
    const region = regionOf({ whole });
    const unread = unreadGateways(draftOf({ scope: undefined }), region);
    expect(unread).toEqual({ text: 'other gateways were not read', readable: placeKey(region) });
  });

  it('they are not where gateways could not be read: to read again would not help', () => {
    for (const gaps of [[gap], [{ ...gap, of: 'gateways' }]] as const)
      for (const scope of ['all', undefined] as const)
        expect(unreadGateways(draftOf({ scope }), regionOf({ gaps }))).toEqual({ text: 'APIs could not be read' });
    expect(unreadGateways(draftOf(), regionOf({ gaps: [{ ...gap, of: 'links' }] }))).toBeUndefined();
  });
});

it('a scope has what the caller decided, and the time of the snapshot', () => {
  const given = {
    project: 'shop',
    clouds: CLOUDS,
    spec: 'orders-1',
    prune: true,
    isPart: true,
    reason: 'it is forgotten',
  } as const;
  const snapshot = { takenAt: '1970-01-01T00:00:07Z', clock: 'cloud' } as const;
  expect(planScope({ ...given, snapshot, scope: 'all' })).toMatchObject({ ...given, all: true, cloudMs: 7_000 });
  expect(planScope({ ...given, snapshot }).all).toBe(false);
  expect(planScope({ ...given, snapshot: { takenAt: snapshot.takenAt } }).cloudMs).toBeNaN();
});
