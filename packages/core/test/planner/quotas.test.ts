import { CLOUDS } from '../clouds.js';
import { describe, expect, it } from 'vitest';
import { decodeSnapshot } from '../../src/internal/decode.js';
import { clouds } from '../../src/internal/kinds.js';
import { fullQuotas, quotaText, quotaUses } from '../../src/internal/planner.js';
import type { RegionSnapshot, Snapshot } from '../../src/do/snapshot/snapshot.js';
import { encodeSnapshot } from '../../src/do/snapshot/encode.js';
import { awsRegion } from '../check/checks/aws-region.js';

const whole = ['links', 'loadBalancers', 'listeners'] as const;
const snapshotOf = (region: RegionSnapshot, scope: 'all' | 'spec' = 'all'): Snapshot => ({
  version: 1,
  takenAt: '2026-06-01T00:00:00.000Z',
  ...(scope === 'all' ? { scope } : {}),
  regions: [region],
});
const use = (snapshot: Snapshot, quota: string) => {
  const found = quotaUses(snapshot, { clouds: CLOUDS }).find((one) => one.quota === quota);
  if (found === undefined) throw new Error(`no use of ${quota}`);
  return found;
};

describe('quotaUses', () => {
  it('counts links against the quota of the account, whatever their state', () => {
    const [link] = awsRegion().links;
    if (link === undefined) throw new Error('no link');
    const links = [link, { ...link, id: 'two', state: 'failed' as const }];
    const region = { ...awsRegion(), links, quotas: { 'vpc-links': 4 }, whole };
    expect(use(snapshotOf(region), 'vpc-links')).toMatchObject({
      used: 2,
      limit: 4,
      headroom: 2,
      percent: 50,
      source: 'account',
      adjustable: true,
      code: 'L-608BDCD4',
      subject: null,
    });
    expect(use(snapshotOf(region), 'vpc-links-v1')).toMatchObject({ used: 0, limit: 20, source: 'default' });
  });

  it('counts the resources of a REST API as a tree', () => {
    const [gateway] = awsRegion().gateways;
    if (gateway === undefined) throw new Error('no gateway');
    const [route] = gateway.routes;
    if (route === undefined) throw new Error('no route');
    const keys = ['GET /orders', 'GET /orders/{id}', 'ANY /orders/{id}/items', 'GET /bills'];
    const rest = { ...gateway, kind: 'rest-api' as const, routes: keys.map((key) => ({ ...route, key })) };
    const region = { ...awsRegion(), gateways: [rest], whole };
    expect(use(snapshotOf(region), 'resources-per-rest-api')).toMatchObject({
      used: 4, // /orders, /orders/{id}, /orders/{id}/items, /bills
      subject: { kind: 'gateway', id: 'api-1' },
    });
    expect(use(snapshotOf(region), 'regional-rest-apis')).toMatchObject({ used: 1 });
    expect(use(snapshotOf(region), 'http-apis')).toMatchObject({ used: 0 });
  });

  it.each([
    ['a list that is not whole', { whole: [] }, 'all', 'vpc-links'],
    ['gateways of a spec only', { whole }, 'spec', 'http-apis'],
    [
      'a gap',
      { whole, gaps: [{ what: 'load balancers', operation: 'x', code: 'PERMISSION_DENIED', of: 'loadBalancers' }] },
      'all',
      'network-load-balancers',
    ],
  ] as const)('does not know the use after %s', (_, change, scope, quota) => {
    const region = { ...awsRegion(), ...change } as RegionSnapshot;
    const found = use(snapshotOf(region, scope), quota);
    expect(found).toMatchObject({ used: null, percent: null, headroom: null });
    expect(found.missing).toEqual(expect.any(String));
  });

  it('does not know the limit where quotas were not read', () => {
    const { quotas: _, ...region } = awsRegion();
    const gap = { what: 'quotas', operation: 'ListServiceQuotas', code: 'PERMISSION_DENIED', of: 'quotas' as const };
    const snapshot = snapshotOf({ ...region, whole, gaps: [gap] });
    expect(use(snapshot, 'vpc-links')).toMatchObject({ used: 1, limit: null, source: 'unknown', percent: null });
    expect(use(snapshot, 'integrations-per-api')).toMatchObject({ limit: 300, source: 'default' });
  });

  it('keeps a quota that no cloud of the set names, and compares nothing with it', () => {
    const known = snapshotOf({ ...awsRegion(), quotas: { 'vpc-links': 4 }, whole });
    const more = snapshotOf({ ...awsRegion(), quotas: { 'moon-rocks': 7, 'vpc-links': 4 }, whole });
    const read = decodeSnapshot(encodeSnapshot(more));
    expect(read.regions[0]?.quotas).toEqual({ 'moon-rocks': 7, 'vpc-links': 4 });
    expect(quotaUses(read, { clouds: CLOUDS })).toEqual(quotaUses(known, { clouds: CLOUDS }));
  });

  it('knows nothing of a region whose cloud the set lacks, and of its kinds', () => {
    const elsewhere = snapshotOf({ ...awsRegion(), whole });
    expect(quotaUses(elsewhere, { clouds: clouds([]) })).toEqual([]);
  });

  it('has the fullest first, and what is not known last; a share is full at the threshold', () => {
    const region = { ...awsRegion(), quotas: { 'vpc-links': 1, 'routes-per-api': 300 }, whole };
    const uses = quotaUses(snapshotOf(region), { clouds: CLOUDS });
    expect(uses[0]).toMatchObject({ quota: 'vpc-links', percent: 100 });
    const shares = uses.map(({ percent }) => percent ?? -1);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    expect(fullQuotas(uses, 100).map(({ quota }) => quota)).toEqual(['vpc-links']);
    expect(quotaText(uses, { watchAt: 100 })).toMatch(/^! +100% {2}1 of 1 /);
  });

  it('keeps control characters of names out of its text', () => {
    const [gateway] = awsRegion().gateways;
    if (gateway === undefined) throw new Error('no gateway');
    const region = { ...awsRegion(), gateways: [{ ...gateway, name: 'a\u001b[31m' }], whole };
    expect(quotaText(quotaUses(snapshotOf(region), { clouds: CLOUDS }), { all: true })).not.toContain('\u001b');
  });
});
