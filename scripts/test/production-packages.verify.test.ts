import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import * as tree from '../production-packages.mjs';

const { INSTALLATIONS, checkProductionPackages, packagesByFamily, productionPackages } = tree as Script;

/** The exports of the script that are tested. */
interface Script {
  readonly INSTALLATIONS: readonly Installation[];
  readonly checkProductionPackages: (options: {
    readonly installations?: readonly Installation[];
    readonly log: () => void;
  }) => readonly string[];
  readonly packagesByFamily: (of: Tree) => readonly (readonly [string, number])[];
  readonly productionPackages: (...folders: readonly string[]) => Tree;
}
interface Installation {
  readonly name: string;
  readonly folders: readonly string[];
  readonly most: number;
}
interface Tree {
  readonly found: ReadonlyMap<string, ReadonlySet<string>>;
  readonly own: ReadonlySet<string>;
}

const silent = { log: () => undefined };

describe('what an installation brings', () => {
  it('is two packages with the command, and no more than allowed with the libraries, each with its dependents', () => {
    const direct = [...productionPackages('cli').found].filter(([, by]) => by.has('packages/cli')).map(([id]) => id);
    expect(direct).toEqual(['@viz-js/viz@3.31.0', 'jiti@2.7.0']);
    const [, { folders = [], most = 0 } = {}] = INSTALLATIONS;
    const { found, own } = productionPackages(...folders);
    expect(found.size).toBeLessThanOrEqual(most);
    expect([...own].toSorted()).toEqual(['alibaba', 'aws', 'cdk', 'core', 'fleet', 'simulator', 'testing']);
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
    const { found } = productionPackages('core');
    expect(checkProductionPackages(silent)).toEqual([]);
    const installations = [{ name: 'core', folders: ['core'], most: found.size - 1 }];
    const problems = checkProductionPackages({ ...silent, installations });
    expect(problems).toHaveLength(found.size + 1);
    expect(problems.join('\n')).toMatch(/zod@[\d.]+, for packages\/core/);
  });

  it('counts the packages of a family with all their dependencies', () => {
    const families = new Map(packagesByFamily(productionPackages('core', 'aws')));
    expect(families.get('zod')).toBe(1);
    expect(families.get('yaml')).toBe(1);
    expect(families.get('AWS')).toBeGreaterThan(30);
  });

  it('core alone depends on packages that read files, and on no SDK of a cloud', () => {
    const { found } = productionPackages('core');
    expect([...found.keys()].some((id) => /aws|alicloud/.test(id))).toBe(false);
    expect(found.size).toBeLessThan(10);
  });
});
