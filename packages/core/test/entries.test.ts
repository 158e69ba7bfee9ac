import { readdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import * as main from '../src/index.js';

const SRC = path.join(import.meta.dirname, '../src');

/** What a program of a browser or an edge worker brings along that imports these names. */
async function bundled(contents: string) {
  const { outputFiles, warnings, metafile } = await build({
    stdin: { contents, resolveDir: SRC },
    bundle: true,
    minify: true,
    treeShaking: true,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    format: 'esm',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const text = outputFiles[0]?.text ?? '';
  const packages = Object.values(metafile.outputs).flatMap(({ imports }) => imports);
  const used = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
  const books = new Set(used.flatMap((file) => /core\/src\/(\w+)\//.exec(file)?.[1] ?? []));
  return { text, warnings, packages, books };
}

describe('the entries of core', () => {
  it.each([
    ["export { PrivateIntegrations } from './index.ts';", 350, ['ground', 'cidr', 'do']],
    ["export { parseSpec } from './entries/spec.ts';", 305, ['ground', 'cidr', 'do', 'decode', 'spec']],
  ])('%s: at most %i kB, and no other book', async (contents, mostKb, books) => {
    const { text, books: loaded } = await bundled(contents);
    expect(text.length).toBeGreaterThan(100_000);
    expect(text.length).toBeLessThan(mostKb * 1_000);
    expect([...loaded].toSorted()).toEqual(books.toSorted());
  });

  it.each(
    ['index', ...readdirSync(path.join(SRC, 'entries')).map((file) => `entries/${path.basename(file, '.ts')}`)].filter(
      (entry) => !/spec|decode|node/.test(entry),
    ),
  )('%s needs no package, and no API that only Node has', async (entry) => {
    const { text, warnings, packages } = await bundled(`export * from './${entry}.ts';`);
    expect(warnings).toEqual([]);
    expect(packages).toEqual([]);
    expect(/(?<!\.)\b(?:require|import)\(/.exec(text)?.[0]).toBeUndefined();
    expect(/\bprocess\.(?:env|argv|cwd|platform|version)|\bBuffer\.|['"`]node:/.exec(text)?.[0]).toBeUndefined();
  });

  it('are small: the main one has few values', () => {
    expect(Object.keys(main).length).toBeLessThan(20);
  });
});
