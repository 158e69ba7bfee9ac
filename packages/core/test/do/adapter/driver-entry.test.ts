import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const entry = fileURLToPath(new URL('../../../src/internal/driver.ts', import.meta.url));

it('the entry that adapters load at once: is small, without calls, snapshots and plans', async () => {
  const { metafile } = await build({
    entryPoints: [entry],
    outdir: 'out',
    bundle: true,
    platform: 'neutral',
    format: 'esm',
    write: false,
    metafile: true,
  });
  // A mistyped option of a factory, or a mistyped region, gets a suggestion before anything else is loaded.
  const loaded = Object.keys(metafile.inputs).filter((file) =>
    /\/(?:calls|snapshot|plan|text\/(?!(?:nearest|region-fault)\.ts)|cidr|clocks\/(?!simulator-address))\b/.test(file),
  );
  expect(loaded).toEqual([]);
  // A quarter is the check of a factory's options, and another the traits of the clouds that are built in.
  expect(metafile.outputs['out/driver.js']?.bytes).toBeLessThan(51_500);
});
