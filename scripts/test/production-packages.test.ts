import { describe, expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import * as tree from '../production-packages.mjs';

const { MOST_PACKAGES, checkProductionPackages, packagesByFamily, productionPackages } = tree as Script;

/** What of the script is looked at. */
interface Script {
  readonly MOST_PACKAGES: number;
  readonly checkProductionPackages: (options: {
    readonly most?: number;
    readonly log: () => void;
  }) => readonly string[];
  readonly packagesByFamily: (of: Tree) => readonly (readonly [string, number])[];
  readonly productionPackages: (folder: string) => Tree;
}
interface Tree {
  readonly found: ReadonlyMap<string, ReadonlySet<string>>;
  readonly own: ReadonlySet<string>;
}

const silent = { log: () => undefined };

describe("the command's production tree", () => {
  it('A26: has no more packages than it is allowed, each with an exact version and with who asks for it', () => {
    const { found, own } = productionPackages('cli');
    expect(found.size).toBeLessThanOrEqual(MOST_PACKAGES);
    expect([...own].toSorted()).toEqual(['alibaba', 'aws', 'cli', 'core', 'testing']);
    for (const [id, by] of found) {
      expect(id).toMatch(/^(?:@[\w.-]+\/)?[\w.-]+@\d+\.\d+\.\d+(?:-[\w.]+)?$/);
      expect(by.size).toBeGreaterThan(0);
    }
    // What only tests and builds use is no part of it.
    for (const name of ['vitest', 'typescript', 'nock', 'commander']) {
      expect([...found.keys()].filter((id) => id.startsWith(`${name}@`))).toEqual([]);
    }
  });

  it('A26: one more is a problem that names them all', () => {
    const { found } = productionPackages('cli');
    expect(checkProductionPackages(silent)).toEqual([]);
    const problems = checkProductionPackages({ ...silent, most: found.size - 1 });
    expect(problems).toHaveLength(found.size + 1);
    expect(problems.join('\n')).toMatch(/zod@[\d.]+, for packages\/core/);
  });

  it('counts what a family brings with all that it needs', () => {
    const families = new Map(packagesByFamily(productionPackages('cli')));
    expect(families.get('zod')).toBe(1);
    expect(families.get('proper-lockfile')).toBe(4);
    expect(families.get('AWS')).toBeGreaterThan(30);
  });

  it('core alone brings what reads files and nothing of a cloud', () => {
    const { found } = productionPackages('core');
    expect([...found.keys()].some((id) => /aws|alicloud/.test(id))).toBe(false);
    expect(found.size).toBeLessThan(10);
  });
});
