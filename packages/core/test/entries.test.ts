import { readdirSync } from 'node:fs';
import path from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { describe, expect, it } from 'vitest';
import * as main from '../src/index.js';

const SRC = path.join(import.meta.dirname, '../src');

const OPTIONS = {
  bundle: true,
  minify: true,
  treeShaking: true,
  platform: 'neutral',
  mainFields: ['module', 'main'],
  format: 'esm',
  write: false,
  metafile: true,
  logLevel: 'silent',
} satisfies BuildOptions;

/** What a program of a browser or an edge worker brings along that imports these names. */
async function bundled(contents: string) {
  const { outputFiles, metafile } = await build({ ...OPTIONS, stdin: { contents, resolveDir: SRC } });
  const text = outputFiles[0]?.text ?? '';
  const used = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
  const books = new Set(used.flatMap((file) => /core\/src\/(\w+)\//.exec(file)?.[1] ?? []));
  return { text, books };
}

describe('the entries of core', () => {
  it.each([
    ["export { PrivateIntegrations } from './index.ts';", 370, ['ground', 'cidr', 'do']],
    ["export { parseSpec } from './entries/spec.ts';", 340, ['ground', 'cidr', 'do', 'decode', 'spec']],
  ])('%s: at most %i kB, and no other book', async (contents, mostKb, books) => {
    const { text, books: loaded } = await bundled(contents);
    expect(text.length).toBeGreaterThan(100_000);
    expect(text.length).toBeLessThan(mostKb * 1_000);
    expect([...loaded].toSorted()).toEqual(books.toSorted());
  });

  it.each(['core', 'aws', 'alibaba'])('of %s: what is loaded before the first call is small', async (name) => {
    const file = path.join(SRC, `../../${name}/src/index.ts`);
    const { outputFiles, metafile } = await build({
      ...OPTIONS,
      entryPoints: { entry: file },
      outdir: 'out',
      splitting: true,
      platform: 'node',
      packages: name === 'core' ? 'bundle' : 'external',
      tsconfigRaw: {},
    });
    const loaded = new Set<string>(['out/entry.js']);
    for (const one of loaded)
      for (const { path: imported, kind, external } of metafile.outputs[one]?.imports ?? [])
        if (kind === 'import-statement' && external !== true) loaded.add(imported);
    const size = (all: typeof outputFiles) => all.reduce((sum, { text }) => sum + text.length, 0);
    const atOnce = outputFiles.filter((one) => loaded.has(path.relative(process.cwd(), one.path)));
    expect(atOnce.length).toBeGreaterThan(0);
    expect(size(atOnce)).toBeLessThan(size(outputFiles) / 4);
    expect(size(atOnce)).toBeLessThan(80_000);
  });

  it('need no package, and no API that only Node has', async () => {
    const below = (folder: string) => readdirSync(path.join(SRC, folder)).map((file) => `${folder}/${file}`);
    const all = ['index.ts', ...below('entries'), ...below('internal')];
    const ofOthers = /spec|decode|node|proxy|entries\/snapshot/; // they load `zod`, `yaml`, agents or modules of Node
    const entryPoints = all.filter((file) => !ofOthers.test(file)).map((file) => path.join(SRC, file));
    const { outputFiles, warnings, metafile } = await build({ ...OPTIONS, entryPoints, outdir: 'out', outbase: SRC });
    expect(warnings).toEqual([]);
    expect(Object.values(metafile.outputs).flatMap(({ imports }) => imports)).toEqual([]);
    expect(outputFiles).toHaveLength(entryPoints.length);
    for (const { path: file, text } of outputFiles) {
      expect(text.length, file).toBeGreaterThan(0);
      expect(/(?<!\.)\b(?:require|import)\(/.exec(text)?.[0], file).toBeUndefined();
      const ofNode = /\bprocess\.(?:env|argv|cwd|platform|version)|\bBuffer\.|['"`]node:/;
      expect(ofNode.exec(text)?.[0], file).toBeUndefined();
    }
  });

  it('are small: the main one has few values', () => {
    expect(Object.keys(main).length).toBeLessThan(20);
  });
});
