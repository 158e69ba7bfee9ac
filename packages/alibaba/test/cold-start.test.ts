import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { eagerImports } from '../../core/test/eager-imports.js';
import { sharedTemporaryFolder } from '../../core/test/temporary-folder.js';
import { coreSources } from './world/core-sources.js';

const source = path.resolve(import.meta.dirname, '../src/index.ts');

describe('import of the package', () => {
  const folder = sharedTemporaryFolder();

  beforeAll(async () => {
    await build({
      entryPoints: [source],
      outfile: path.join(folder(), 'alibaba.mjs'),
      bundle: true,
      format: 'esm',
      platform: 'node',
      external: ['@alicloud/*', 'yaml'],
      plugins: [coreSources('adapter', 'cidr', 'driver', 'kinds')],
    });
  });

  const run = (program: string): string =>
    execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: folder(), encoding: 'utf8' });

  it('loads of core only the small entry', async () => {
    expect(await eagerImports(source)).toEqual(['@postern/core/driver']);
  });

  it('works, and creates a driver, where no SDK package is installed', () => {
    const said = run(
      `const { alibaba } = await import('./alibaba.mjs'); console.log(alibaba({ region: 'cn-hangzhou' }).provider);`,
    );
    expect(said.trim()).toBe('alibaba');
  });

  it('names the missing package when it is needed', () => {
    const said = run(`
      const { alibaba } = await import('./alibaba.mjs');
      const clock = { now: () => 0, monotonicMs: () => 0, sleep: async () => {} };
      const ctx = { clock, random: () => 0.5, pace: { slot: async () => {}, slowDown: () => {} } };
      await alibaba({ region: 'cn-hangzhou' }).identity(ctx).catch(({ code, remedy }) => console.log(code, remedy));
    `);
    expect(said).toContain('DEPENDENCY_MISSING');
    expect(said).toContain('npm install @alicloud/openapi-client');
  });
});
