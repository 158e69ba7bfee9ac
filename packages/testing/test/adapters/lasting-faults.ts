import type { ErrorCode, Finding, RegionSnapshot, Snapshot, Spec, SnapshotList } from '@postern/core/internal/library';
import { check } from '@postern/core/internal/check';
import { failsAt } from '@postern/core/internal/report';
import type { FaultKind, Simulation } from '@postern/simulator/internal/simulation';
import { beforeAll, describe, expect, it } from 'vitest';
import { runs, sample } from '../../../core/test/runs.js';
import { expectRefusal } from '../../src/conformance/check.js';
import { CLOUDS } from '../../../core/test/clouds.js';

interface Call {
  readonly service?: string;
  readonly operation: string;
}

interface Cloud {
  readonly simulation: Simulation;
  readonly spec: Spec;
  /** Reads what checks of the spec need; `anew` by a driver that has read nothing before. */
  readonly read: (anew?: boolean) => Promise<Snapshot>;
  readonly readAll: () => Promise<RegionSnapshot>;
  /** Makes many gateways, and returns the IDs of all. */
  readonly many: () => Promise<readonly string[]>;
}

interface Table {
  readonly world: () => Promise<Cloud>;
  /** Every read of that world without which the rest can be read, and the lists that it fills. */
  readonly reads: readonly (Call & { readonly fills: readonly SnapshotList[] })[];
  /** A list that has something, unless it is the one that is not read. */
  readonly kept: SnapshotList;
  /** Lists with a gap are not `whole`, and without each read a check cannot be decided. */
  readonly isEachNeeded?: boolean;
  /** What nothing can be determined without. */
  readonly needed: readonly Call[];
  /** What is read of each gateway. */
  readonly ofEach: string;
}

const keyOf = ({ check: id, integration, subject }: Finding): string => [id, integration, subject].join(' | ');

/** Reads that fail on every attempt, for each read of an adapter's policy. */
export function describeLastingFaults(
  name: string,
  { world, reads, kept, isEachNeeded = false, needed, ofEach }: Table,
): void {
  describe(`a read of ${name} that fails on every attempt`, () => {
    let cloud: Cloud;
    let before: ReadonlyMap<string, Finding>;
    beforeAll(async () => {
      cloud = await world();
      before = new Map(
        check(await cloud.read(), cloud.spec, { clouds: CLOUDS }).findings.map((one) => [keyOf(one), one]),
      );
    });

    const during = <T>({ service, operation }: Call, kind: FaultKind, act: () => Promise<T>): Promise<T> => {
      cloud.simulation.faults.add({ service, operation, kind });
      return act().finally(() => cloud.simulation.faults.clear());
    };

    const faults: readonly (readonly [FaultKind, ErrorCode, number])[] = [
      ['throttle', 'THROTTLED', runs(4, 1)],
      ['error', 'CLOUD_FAILED', runs(13, 1)],
    ];
    it.each(
      faults.flatMap(([kind, code, every]) =>
        reads.flatMap((read, index) => (index % every === 0 ? [[read.operation, kind, code, read] as const] : [])),
      ),
    )('%s is a gap (%s), the rest is read, and no check passes because of it', async (operation, kind, code, read) => {
      const snapshot = await during(read, kind, () => cloud.read());
      const [region] = snapshot.regions;
      expect(region?.gaps).not.toEqual([]);
      for (const gap of region?.gaps ?? []) {
        expect(gap).toMatchObject({ operation, code });
        expect(read.fills).toContain(gap.of);
        if (isEachNeeded && gap.id === undefined) expect(region?.whole).not.toContain(gap.of);
      }
      expect(region?.links).not.toEqual([]);
      if (!region?.gaps.some(({ of }) => of === kept)) expect(region?.[kept]).not.toEqual([]);

      const { findings } = check(snapshot, cloud.spec, { clouds: CLOUDS });
      for (const one of findings) {
        const was = before.get(keyOf(one))?.verdict ?? one.verdict;
        if (one.verdict !== 'unknown') expect.soft(was, `${keyOf(one)}: ${one.message}`).toBe(one.verdict);
      }
      if (!isEachNeeded) return;
      const unknown = findings.filter(({ verdict }) => verdict === 'unknown');
      const fresh = unknown.filter((one) => before.get(keyOf(one))?.verdict !== 'unknown');
      expect(fresh.map(keyOf)).not.toEqual([]);
      expect(fresh.some((one) => failsAt(one, 'unknown') || one.severity === 'warning')).toBe(true);
    });

    it.each(
      sample(
        needed.map((read) => [read.operation, read] as const),
        3,
      ),
    )('%s is an error, since nothing can be determined without it', async (operation, read) => {
      const error = await expectRefusal(
        during(read, 'throttle', () => cloud.read(true)),
        'THROTTLED',
      );
      expect(error.operation).toBe(operation);
    });

    it('is not retried for each of many gateways', async () => {
      const { simulation, many, readAll } = await world();
      const ids = await many();
      expect(ids.length).toBeGreaterThan(20);
      const from = simulation.journal().length;
      const started = simulation.clock.now();
      simulation.faults.add({ operation: ofEach, kind: 'throttle' });
      const snapshot = await readAll();
      const asked = simulation
        .journal()
        .slice(from)
        .filter(({ operation }) => operation === ofEach);
      // One read is retried for three minutes; the others wait at the same pace and are then gaps.
      expect(simulation.clock.now() - started).toBeLessThan(300_000);
      expect(asked.length).toBeLessThan(3 * ids.length);
      const gaps = snapshot.gaps.filter(({ of, operation }) => of === 'gateways' && operation === ofEach);
      expect(new Set(gaps.map(({ id }) => id))).toEqual(new Set(ids));
      expect(new Set(gaps.map(({ code }) => code))).toEqual(new Set(['THROTTLED']));
    });
  });
}
