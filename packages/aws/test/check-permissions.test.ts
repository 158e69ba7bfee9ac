import { check, type Finding } from '@postern/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { readPolicy } from '../src/index.js';
import { checkedWorld, keyOf } from './checked-world.js';

/** Their remedies say what to read, not yet by which permission; the report's gaps do. */
const IN_GENERAL: ReadonlySet<string> = new Set(['ec2:DescribeNetworkAcls', 'ec2:GetManagedPrefixListEntries']);

describe('a permission that is missing', () => {
  let cloud: Awaited<ReturnType<typeof checkedWorld>>;
  let before: ReadonlyMap<string, Finding>;
  beforeAll(async () => {
    cloud = await checkedWorld();
    before = new Map(check(await cloud.read(), cloud.spec).findings.map((one) => [keyOf(one), one]));
  });

  it.each(readPolicy.map((one) => [one.action, one.operations] as const))(
    '%s turns nothing into a pass, and makes something unknown that names it (%s)',
    async (action) => {
      const { simulation, spec, read } = cloud;
      const operations = readPolicy.filter((one) => one.action === action).flatMap((one) => one.operations);
      for (const operation of operations) simulation.faults.add({ operation, kind: 'deny' });
      const findings = await read()
        .then((snapshot) => check(snapshot, spec).findings)
        .finally(() => simulation.faults.clear());
      for (const one of findings) {
        const was = before.get(keyOf(one));
        if (one.verdict === 'pass' && was !== undefined)
          expect.soft(was.verdict, `${keyOf(one)}: ${one.message}`).toBe('pass');
      }
      const unknown = findings.filter(
        (one) => one.verdict === 'unknown' && before.get(keyOf(one))?.verdict !== 'unknown',
      );
      const naming = unknown.filter(({ remedy }) => remedy?.includes(action));
      expect((IN_GENERAL.has(action) ? unknown : naming).map(keyOf)).not.toEqual([]);
    },
  );
});
