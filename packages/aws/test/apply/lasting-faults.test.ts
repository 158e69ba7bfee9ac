import type { ErrorCode, Finding } from '@postern/core';
import { check } from '@postern/core/check';
import { failsAt } from '@postern/core/report';
import type { SnapshotList } from '@postern/core/snapshot';
import type { FaultKind } from '@postern/simulator';
import { beforeAll, describe, expect, it } from 'vitest';
import { readPolicy } from '../../src/index.js';
import { checkedWorld, keyOf } from '../world/checked-world.js';
import { refusalOf } from '../world/simulated.js';

/** Without the links nothing can be determined. */
const LINKS = 'GetVpcLinks';
/**
 * Only called where a deployment was created outside of Postern or a stage does not deploy by itself, with `all`, or for REST
 * APIs, which this spec does not name.
 */
const UNASKED = new Set([
  'ExportApi',
  'GetApis',
  'GetDeployments',
  'GetRestApis',
  'GetRestApi',
  'GetResources',
  'GetExport',
]);
const OPERATIONS = readPolicy
  .flatMap(({ operations }) => operations)
  .filter((one) => one !== LINKS && !UNASKED.has(one));

const PROVE = process.env['POSTERN_PROVE'] === '1';

describe('a read that fails on every attempt', () => {
  let cloud: Awaited<ReturnType<typeof checkedWorld>>;
  let before: ReadonlyMap<string, Finding>;
  beforeAll(async () => {
    cloud = await checkedWorld();
    before = new Map(check(await cloud.read(), cloud.spec).findings.map((one) => [keyOf(one), one]));
  });

  const during = async <T>(operation: string, kind: FaultKind, act: () => Promise<T>): Promise<T> => {
    cloud.simulation.faults.add({ operation, kind });
    return act().finally(() => cloud.simulation.faults.clear());
  };

  it.each(
    OPERATIONS.flatMap((operation, index): [string, FaultKind, ErrorCode][] => [
      [operation, 'throttle', 'THROTTLED'],
      ...(PROVE || index % 5 === 0 ? [[operation, 'error', 'CLOUD_FAILED'] as [string, FaultKind, ErrorCode]] : []),
    ]),
  )('%s is a gap (%s), the rest is read, and no check passes because of it', async (operation, kind, code) => {
    const snapshot = await during(operation, kind, () => cloud.read());
    const fills = readPolicy.filter(({ operations }) => operations.includes(operation)).flatMap((one) => one.fills);
    const [region] = snapshot.regions;
    expect(region?.gaps).not.toEqual([]);
    for (const gap of region?.gaps ?? []) {
      expect(gap).toMatchObject({ operation, code });
      expect(fills).toContain(gap.of);
      if (gap.id === undefined) expect(region?.whole).not.toContain(gap.of);
    }
    const lists = new Set<SnapshotList | undefined>(region?.gaps.map(({ of }) => of));
    if (!lists.has('securityGroups')) expect(region?.securityGroups).not.toEqual([]);
    expect(region?.links).not.toEqual([]);

    const { findings } = check(snapshot, cloud.spec);
    for (const one of findings) {
      const was = before.get(keyOf(one))?.verdict ?? one.verdict;
      if (one.verdict === 'pass') expect.soft(was, `${keyOf(one)}: ${one.message}`).toBe('pass');
      if (one.verdict === 'fail') expect.soft(was, `${keyOf(one)}: ${one.message}`).toBe('fail');
    }
    const unknown = findings.filter(({ verdict }) => verdict === 'unknown');
    const fresh = unknown.filter((one) => before.get(keyOf(one))?.verdict !== 'unknown');
    expect(fresh.map(keyOf)).not.toEqual([]);
    expect(fresh.some((one) => failsAt(one, 'unknown') || one.severity === 'warning')).toBe(true);
  });

  it('is an error for the links, since nothing can be determined without them', async () => {
    expect(await refusalOf(during(LINKS, 'throttle', () => cloud.read()))).toMatchObject({
      code: 'THROTTLED',
      operation: LINKS,
    });
  });

  it('is not retried for each of many APIs', async () => {
    const { simulation, readAll } = cloud;
    const apiIds = await cloud.many();
    expect(apiIds.length).toBeGreaterThan(20);
    const from = simulation.journal().length;
    const started = simulation.clock.now();
    const snapshot = await during('GetRoutes', 'throttle', () => readAll());
    const asked = simulation
      .journal()
      .slice(from)
      .filter(({ operation }) => operation === 'GetRoutes');
    // One read is retried for three minutes; the others wait at the same pace and are then gaps.
    expect(simulation.clock.now() - started).toBeLessThan(300_000);
    expect(asked.length).toBeLessThan(3 * apiIds.length);
    const gaps = snapshot.gaps.filter(({ operation }) => operation === 'GetRoutes');
    expect(gaps.map(({ id }) => id).toSorted()).toEqual([...apiIds].toSorted());
    expect(new Set(gaps.map(({ code }) => code))).toEqual(new Set(['THROTTLED']));
  });
});
