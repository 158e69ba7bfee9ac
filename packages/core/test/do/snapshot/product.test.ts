import { describe, expect, it } from 'vitest';
import { decodeSnapshot } from '../../../src/internal/decode.js';
import { driversOf } from '../../../src/do/context.js';
import { diff } from '../../../src/do/plan/diff.js';
import { encodeSnapshot } from '../../../src/do/snapshot/encode.js';
import type { RegionSnapshot, Snapshot } from '../../../src/do/snapshot/snapshot.js';
import { diffSnapshots } from '../../../src/do/snapshot-diff/diff.js';
import { FakeCloud } from '../../fake-cloud.js';
import { smallSpec } from '../../fake-run.js';
import { CLOUDS } from '../../clouds.js';

/** A region with a gateway and a backend, of the default product of a file, or of another. */
function region(product?: string): RegionSnapshot {
  const cloud = new FakeCloud();
  cloud.gateway(product === undefined ? 'api-1' : 'api-9');
  cloud.listener('orders', 443);
  const read = cloud.observe({ all: true });
  return product === undefined ? read : { ...read, product };
}

const snapshot = (...regions: readonly RegionSnapshot[]): Snapshot => ({
  version: 1,
  takenAt: '2026-06-01T00:00:00.000Z',
  scope: 'all',
  regions,
});

describe('the product of a region', () => {
  it('distinguishes regions of one provider and account, and a file without one is read as before', () => {
    const both = snapshot(region('apig'), region());
    const read = decodeSnapshot(encodeSnapshot(both));
    expect(read.regions.map(({ product, gateways }) => [product, gateways[0]?.id])).toEqual([
      [undefined, 'api-1'],
      ['apig', 'api-9'],
    ]);
    expect(encodeSnapshot(snapshot(region()))).not.toContain('"product"');
  });

  it.each<[string, RegionSnapshot, RegionSnapshot]>([
    ['two of one product', region('apig'), region('apig')],
    ['two without one', region(), region()],
    ['the default product and none', region('api-gateway'), region()],
  ])('refuses %s in one account and region', (_, a, b) => {
    expect(() => decodeSnapshot(encodeSnapshot(snapshot(a, b)))).toThrow(
      expect.objectContaining({ message: expect.stringContaining('stands there twice') }),
    );
  });

  it('a link of a spec belongs to the default product', () => {
    const plan = diff(snapshot(region('apig'), region()), smallSpec(), { clouds: CLOUDS });
    expect(plan.units.map(({ id, product }) => [id, product])).toEqual([
      ['link:eu', undefined],
      ['integration:orders', undefined],
    ]);
    expect(() => diff(snapshot(region('apig')), smallSpec(), { clouds: CLOUDS })).toThrow(
      expect.objectContaining({ message: expect.stringContaining('the snapshot does not include aws eu-west-1') }),
    );
  });

  it('the fingerprint of a plan names another product', () => {
    const before = diff(snapshot(region()), smallSpec(), { clouds: CLOUDS }).fingerprint;
    expect(diff(snapshot(region(), region('apig')), smallSpec(), { clouds: CLOUDS }).fingerprint).not.toBe(before);
  });

  it('two snapshots are compared product by product', () => {
    const { notes, changes } = diffSnapshots(snapshot(region(), region('apig')), snapshot(region()));
    expect(changes).toEqual([]);
    expect(notes.join()).toContain('aws apig eu-west-1 of account 111122223333');
  });

  it('drivers are distinguished by it', async () => {
    const first = new FakeCloud().driver();
    const second = { ...first, product: 'apig' };
    const drivers = driversOf(second, first);
    const place = { provider: 'aws', region: 'eu-west-1' };
    expect(await drivers(place)).toBe(first);
    expect(await drivers({ ...place, product: 'apig' })).toBe(second);
    expect(() => drivers({ ...place, product: 'other' })).toThrow(expect.objectContaining({ code: 'NO_DRIVER' }));
  });
});
