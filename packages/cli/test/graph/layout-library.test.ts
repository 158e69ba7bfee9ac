import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const SOURCE = path.resolve(import.meta.dirname, '../../src');

/** What a file imports when it is loaded: types are erased, and `import()` waits for its first use. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/^(?:import|export) (?!type )(?:[^;']* from )?'([^']+)';/gm)].map(([, from = '']) => from);
}

/** The files that are loaded with a file of this package. */
function loadedWith(file: string, known = new Set<string>()): ReadonlySet<string> {
  if (known.has(file)) return known;
  known.add(file);
  for (const from of importsOf(file))
    if (from.startsWith('.')) loadedWith(path.resolve(path.dirname(file), from.replace(/\.js$/, '.ts')), known);
  return known;
}

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => path.join(SOURCE, name));

it('names the layout library in one file, which loads it on first use', () => {
  const naming = files.filter((file) => readFileSync(file, 'utf8').includes("'@viz-js/viz'"));
  expect(naming.map((file) => path.relative(SOURCE, file))).toEqual(['graph/draw.ts']);
  expect(readFileSync(naming[0] ?? '', 'utf8')).toContain("await import('@viz-js/viz')");
  for (const file of files) expect(importsOf(file)).not.toContain('@viz-js/viz');
});

it('loads what draws only with commands whose work is a picture', () => {
  const commands = files.filter((file) => path.dirname(file) === path.join(SOURCE, 'commands'));
  expect(commands.length).toBeGreaterThan(20);
  const drawing = commands.filter((file) => [...loadedWith(file)].some((one) => /graph[\\/]draw/.test(one)));
  expect(drawing.map((file) => path.basename(file))).toEqual(['graph.ts']);
});
