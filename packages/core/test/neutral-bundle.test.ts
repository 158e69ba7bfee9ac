import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

describe('the main entry of core', () => {
  it('bundles for a neutral platform without externals, and uses no API that only Node has', async () => {
    const { outputFiles, warnings, metafile } = await build({
      entryPoints: [fileURLToPath(new URL('../src/index.ts', import.meta.url))],
      bundle: true,
      platform: 'neutral',
      format: 'esm',
      write: false,
      metafile: true,
      logLevel: 'silent',
    });
    const text = outputFiles[0]?.text ?? '';
    expect(warnings).toEqual([]);
    expect(text.length).toBeGreaterThan(1000);
    expect(Object.values(metafile.outputs).flatMap(({ imports }) => imports)).toEqual([]);
    expect(text).not.toMatch(/\brequire\(|\bimport\(/);
    expect(text).not.toMatch(/\bprocess\.|\bBuffer\b|\bnode:/);
  });
});
