import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { eagerImports } from '../../core/test/eager-imports.js';
import { sharedTemporaryFolder } from '../../core/test/temporary-folder.js';

const source = path.resolve(import.meta.dirname, '../src/index.ts');
const core = path.resolve(import.meta.dirname, '../../core/src');

describe('import of the package', () => {
  const folder = sharedTemporaryFolder();

  beforeAll(async () => {
    await build({
      entryPoints: [source],
      outfile: path.join(folder(), 'aws.mjs'),
      bundle: true,
      format: 'esm',
      platform: 'node',
      external: ['@aws-sdk/*'],
      alias: {
        '@postern/core/adapter': path.join(core, 'entries/adapter.ts'),
        '@postern/core/cidr': path.join(core, 'entries/cidr.ts'),
        '@postern/core/driver': path.join(core, 'entries/driver.ts'),
        '@postern/core/kinds': path.join(core, 'entries/kinds.ts'),
      },
    });
  });

  const run = (program: string): string =>
    execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: folder(), encoding: 'utf8' });

  it('loads of core only the small entry', async () => {
    expect(await eagerImports(source)).toEqual(['@postern/core/driver']);
  });

  it('works, and creates a driver, where no SDK package is installed', () => {
    const said = run(`const { aws } = await import('./aws.mjs'); console.log(aws({ region: 'eu-west-1' }).provider);`);
    expect(said.trim()).toBe('aws');
  });

  it('names the missing package when it is needed', () => {
    const said = run(`
      const { aws } = await import('./aws.mjs');
      const clock = { now: () => 0, monotonicMs: () => 0, sleep: async () => {} };
      const ctx = { clock, random: () => 0.5, pace: { slot: async () => {}, slowDown: () => {} } };
      await aws({ region: 'eu-west-1' }).identity(ctx).catch(({ code, remedy }) => console.log(code, remedy));
    `);
    expect(said).toContain('DEPENDENCY_MISSING');
    expect(said).toContain('npm install @aws-sdk/client-sts');
  });
});
