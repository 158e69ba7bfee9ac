import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { eagerImports } from '../../../core/test/eager-imports.js';
import { sharedTemporaryFolder } from '../../../core/test/temporary-folder.js';
import { coreSources } from './core-sources.js';

interface Adapter {
  /** The package's folder, which is also the name of its function and provider. */
  readonly name: string;
  readonly region: string;
  /** What stays outside of the bundle. */
  readonly external: readonly string[];
  /** The package that is missing first, unless all are bundled or dependencies. */
  readonly missing?: string;
}

/** An adapter that is imported where no SDK is installed. */
export function describeColdStart({ name, region, external, missing }: Adapter): void {
  const source = path.resolve(import.meta.dirname, `../../../${name}/src/index.ts`);
  describe('import of the package', () => {
    const folder = sharedTemporaryFolder();

    beforeAll(async () => {
      await build({
        entryPoints: [source],
        outfile: path.join(folder(), 'adapter.mjs'),
        bundle: true,
        format: 'esm',
        platform: 'node',
        external: [...external],
        plugins: [coreSources('adapter', 'checks', 'cidr', 'cloud', 'driver', 'kinds', 'proxy', 'snapshot')],
      });
    });

    const run = (program: string): string => {
      const text = `const { ${name}: adapter } = await import('./adapter.mjs'); const driver = adapter({ region: '${region}' }); ${program}`;
      return execFileSync(process.execPath, ['--input-type=module', '-e', text], { cwd: folder(), encoding: 'utf8' });
    };

    it('loads of core only the small entries', async () => {
      expect((await eagerImports(source)).toSorted()).toEqual([
        '@postern/core/internal/driver',
        '@postern/core/internal/kinds',
      ]);
    });

    it('works, and creates a driver, where no SDK package is installed', () => {
      expect(run('console.log(driver.provider);').trim()).toBe(name);
    });

    it.skipIf(missing === undefined)('names the missing package when it is needed', () => {
      const said = run(`
        const clock = { now: () => 0, monotonicMs: () => 0, sleep: async () => {} };
        const ctx = { clock, random: () => 0.5, pace: { slot: async () => {}, slowDown: () => {} } };
        await driver.identity(ctx).catch(({ code, remedy }) => console.log(code, remedy));
      `);
      expect(said).toContain('DEPENDENCY_MISSING');
      expect(said).toContain(`npm install ${missing}`);
    });
  });
}
