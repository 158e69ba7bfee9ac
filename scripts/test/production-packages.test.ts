import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import * as tree from '../production-packages.mjs';

const { MOST_PACKAGES, checkProductionPackages, packagesByFamily, productionPackages } = tree as Script;

/** The exports of the script that are tested. */
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
  it('has no more packages than allowed, each with an exact version and with its dependents', () => {
    const { found, own } = productionPackages('cli');
    expect(found.size).toBeLessThanOrEqual(MOST_PACKAGES);
    expect([...own].toSorted()).toEqual(['alibaba', 'aws', 'cli', 'core', 'simulator']);
    for (const [id, by] of found) {
      expect(id).toMatch(/^(?:@[\w.-]+\/)?[\w.-]+@\d+\.\d+\.\d+(?:-[\w.]+)?$/);
      expect(by.size).toBeGreaterThan(0);
    }
    // Packages that only tests and builds use are not part of it.
    for (const name of ['vitest', 'typescript', 'nock', 'commander']) {
      expect([...found.keys()].filter((id) => id.startsWith(`${name}@`))).toEqual([]);
    }
  });

  it('takes no version that is younger than a week', () => {
    const workspace = readFileSync(new URL('../../pnpm-workspace.yaml', import.meta.url), 'utf8');
    const minutes = Number(/^minimumReleaseAge: (\d+)$/m.exec(workspace)?.[1]);
    expect(minutes).toBeGreaterThanOrEqual(7 * 24 * 60);
  });

  it('reports one package too many, with the names of all', () => {
    const { found } = productionPackages('cli');
    expect(checkProductionPackages(silent)).toEqual([]);
    const problems = checkProductionPackages({ ...silent, most: found.size - 1 });
    expect(problems).toHaveLength(found.size + 1);
    expect(problems.join('\n')).toMatch(/zod@[\d.]+, for packages\/core/);
  });

  it('counts the packages of a family with all their dependencies', () => {
    const families = new Map(packagesByFamily(productionPackages('cli')));
    expect(families.get('zod')).toBe(1);
    expect(families.get('proper-lockfile')).toBe(4);
    expect(families.get('AWS')).toBeGreaterThan(30);
  });

  it('core alone depends on packages that read files, and on no SDK of a cloud', () => {
    const { found } = productionPackages('core');
    expect([...found.keys()].some((id) => /aws|alicloud/.test(id))).toBe(false);
    expect(found.size).toBeLessThan(10);
  });
});
