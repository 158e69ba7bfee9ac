import { describe, expect, it } from 'vitest';
import type { AllowEntry } from '../../../../src/do/model/allowlist.js';
import type { Owner } from '../../../../src/do/model/owner.js';
import { crowdedList, refuseCrowded, revokedFirst } from '../../../../src/do/plan/links/keep-link.js';
import type { LinkPlan } from '../../../../src/do/plan/links/link-plan.js';
import type { RegionSnapshot } from '../../../../src/do/snapshot/snapshot.js';
import { draftOf, gatewayOf, linkOf, linkPlan, OWN, problemOf, regionOf, routeOf, take } from '../removal/owned.js';

const EU: Owner = { ...OWN, integration: 'eu' };
const entry = (cidrBlock: string): AllowEntry => ({ cidrBlock, protocol: 'tcp', fromPort: 443, toPort: 443 });

/** Blocks that do not cover each other. */
const blocks = (count: number, second = 20): readonly AllowEntry[] =>
  Array.from({ length: count }, (_, index) => entry(`10.${second}.${index * 2}.0/24`));

/** A wide block and narrower ones that it covers. */
const WIDE = entry('10.30.0.0/16');
const narrow = blocks(5, 30);

describe('what is removed from an allowlist before new entries are added', () => {
  it('is nothing where old and new entries fit into 60 rules', () => {
    expect(revokedFirst(blocks(58), blocks(2, 21), blocks(58))).toEqual([]);
    expect(revokedFirst(blocks(60), [], blocks(5))).toEqual([]);
  });

  it('is nothing where none is new, also in a group that holds more', () => {
    expect(revokedFirst(blocks(61), [], blocks(5))).toEqual([]);
  });

  it('is what other entries cover, where that is enough', () => {
    const there = [...blocks(54), WIDE, ...narrow];
    expect(revokedFirst(there, blocks(5, 21), narrow)).toEqual(narrow);
    expect(revokedFirst(there, blocks(5, 21), [...narrow, there[0]!])).toEqual(narrow);
  });

  it('is all that leaves, where it is not', () => {
    const there = [...blocks(54), WIDE, ...narrow];
    const extra = [...narrow, there[0]!];
    expect(revokedFirst(there, blocks(6, 21), extra)).toEqual(extra);
    // What leaves together covers nothing.
    expect(revokedFirst(there, blocks(5, 21), [...narrow, WIDE])).toEqual([...narrow, WIDE]);
  });

  it('counts IPv4 and IPv6 apart', () => {
    const ipv6 = Array.from({ length: 60 }, (_, index) => entry(`fd00:${index.toString(16)}::/32`));
    expect(revokedFirst([...blocks(59), ...ipv6], blocks(1, 21), blocks(5))).toEqual([]);
    expect(revokedFirst([...blocks(59), ...ipv6], [entry('fd01::/32')], ipv6.slice(0, 5))).toHaveLength(5);
  });
});

describe('a crowded allowlist', () => {
  const there = blocks(60);

  it('has fewer places than new entries, before the old ones leave', () => {
    expect(crowdedList(there, blocks(5, 21), there.slice(0, 5))).toEqual({ there: 60, over: 5 });
  });

  it('is none where nothing leaves first, or only what others cover', () => {
    expect(crowdedList(there, blocks(5, 21), [])).toBeUndefined();
    expect(crowdedList([...blocks(54), WIDE, ...narrow], blocks(5, 21), narrow)).toBeUndefined();
  });

  it('counts the places of what others cover, and of nothing else', () => {
    const list = [...blocks(54), WIDE, ...narrow];
    expect(crowdedList(list, blocks(6, 21), [...narrow, list[0]!])).toEqual({ there: 60, over: 1 });
    expect(crowdedList(list, blocks(6, 21), [...narrow, WIDE])).toEqual({ there: 60, over: 6 });
  });
});

describe('a crowded allowlist is refused', () => {
  const current = linkOf(EU);
  const crowded = { there: 60, over: 5 };

  function refusal(fields: Partial<LinkPlan> = {}, region: Partial<RegionSnapshot> = {}, draft = draftOf()) {
    const where = regionOf({ links: [current], ...region });
    const plans = new Map([['eu', linkPlan(where, { current, crowded, allowlistId: 'sg-7', ...fields })]]);
    return problemOf((problems) => take(draft, refuseCrowded(draft, draft, plans, problems)));
  }
  const used = { gateways: [gatewayOf({ routes: [routeOf(OWN)] })] };

  it('while a route uses the link, with the number of entries to leave out', () => {
    expect(refusal({}, used)).toMatchObject({
      code: 'ALLOWLIST_FULL',
      message:
        'security group sg-7 of link l-1 has 60 rules and holds 60: 5 of the new rules do not fit before the old ones are removed, and route GET /a of api-1 still uses it',
      remedy: expect.stringContaining('Leave 5 of the new rules out'),
      place: { path: 'links.eu.allowlist' },
      details: { there: 60, over: 5, limit: 60 },
    });
  });

  it('while the gateways of the region cannot be read', () => {
    const gap = { what: 'APIs', operation: 'GetApis', code: 'PERMISSION_DENIED', of: 'gateways' } as const;
    expect(refusal({}, { gaps: [gap] })).toMatchObject({ message: expect.stringContaining('APIs could not be read') });
  });

  it('not before the other gateways were asked for', () => {
    const draft = draftOf({ scope: undefined });
    expect(refusal({}, { whole: [] }, draft)).toBeUndefined();
    expect(draft.unread).toHaveLength(1);
    expect(refusal({}, { ...used, whole: [] }, draftOf({ scope: undefined }))).toMatchObject({
      code: 'ALLOWLIST_FULL',
    });
  });

  it('not where nothing uses the link, where it is new, or where all fits', () => {
    expect(refusal()).toBeUndefined();
    expect(refusal({ current: undefined }, used)).toBeUndefined();
    expect(refusal({ crowded: undefined }, used)).toBeUndefined();
  });
});
