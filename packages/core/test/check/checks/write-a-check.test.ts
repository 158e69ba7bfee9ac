import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { CLOUDS } from '../../clouds.js';
import type { Clouds } from '../../../src/do/kinds/cloud/clouds.js';
import type { Report } from '../../../src/do/findings/finding.js';
import type { Spec } from '../../../src/do/spec.js';
import type { Snapshot } from '../../../src/do/snapshot/snapshot.js';
import { awsWorld, type World, withhold } from './world.js';
import { edit } from './edits.js';

const ROOT = path.resolve(import.meta.dirname, '../../../../..');

/** The program of docs/write-a-check.md, unchanged. */
async function program(): Promise<{ readonly checkAll: (snapshot: Snapshot, spec: Spec, clouds: Clouds) => Report }> {
  const page = readFileSync(path.join(ROOT, 'docs/write-a-check.md'), 'utf8');
  const [, contents] = /```ts\n([^]*?)```/.exec(page) ?? [];
  const { outputFiles } = await build({
    stdin: { contents: contents ?? '', loader: 'ts', resolveDir: ROOT },
    alias: {
      '@postern/core/check': path.join(ROOT, 'packages/core/src/internal/check.ts'),
      '@postern/core': path.join(ROOT, 'packages/core/src/index.ts'),
    },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    logLevel: 'error',
  });
  const module = { exports: {} };
  // oxlint-disable-next-line no-implied-eval, no-new-func -- it is a file of this repository
  new Function('module', 'exports', outputFiles[0]?.text ?? '')(module, module.exports);
  return module.exports as Awaited<ReturnType<typeof program>>;
}

it('the check of the documentation runs beside all others', async () => {
  const { checkAll } = await program();
  const said = (change: (world: World) => void): string[] => {
    const { snapshot, spec } = awsWorld(change);
    const { findings } = checkAll(snapshot as Snapshot, spec as Spec, CLOUDS);
    expect(findings.some(({ check }) => check === 'link/exists')).toBe(true);
    return findings
      .filter(({ check }) => check === 'acme/subnet-team')
      .map(({ verdict, subject, integration, remedy }) => [verdict, subject, integration, remedy].join(' · '));
  };
  expect(said(edit({ 'subnets.subnet-a.tags': { team: 'shop' } }))).toEqual([
    'fail · link eu, subnet-b · orders · Give subnet-b the tag team.',
    'pass · link eu, subnet-a · orders · ',
  ]);
  expect(said(({ remove }) => remove('subnets', 'subnet-a'))[0]).toBe(
    'fail · link eu, subnet-a · orders · Correct the id.',
  );
  expect(said(withhold('subnets', 'ec2:DescribeSubnets', 'subnet-a'))[1]).toMatch(
    /^unknown · link eu, subnet-a · orders · Allow ec2:DescribeSubnets/,
  );
});
