import { readdirSync } from 'node:fs';
import path from 'node:path';
import { build, type Metafile } from 'esbuild';
import { expect, it } from 'vitest';

/** Lists of commands, which load any of them. */
const LISTS = /(?:^|\/)(?:index|command-list)\.ts$/;

const COMMANDS = path.resolve(import.meta.dirname, '../../src/commands');

/** How a file and all that it imports, also on first use, import the layout library. */
function usesOf({ inputs }: Metafile, entry: string): readonly string[] {
  const files = new Set([entry]);
  const uses: string[] = [];
  for (const file of files) {
    for (const one of inputs[file]?.imports ?? []) {
      if (one.path === '@viz-js/viz') uses.push(one.kind);
      else if (one.external !== true) files.add(one.path);
    }
  }
  return uses;
}

it('loads the layout library with pictures only, and on first use', async () => {
  const files = readdirSync(COMMANDS, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !LISTS.test(file))
    .toSorted();
  const { metafile } = await build({
    absWorkingDir: COMMANDS,
    entryPoints: files,
    outdir: COMMANDS,
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  });
  expect(Object.keys(metafile.inputs)).toEqual(expect.arrayContaining(files));
  const uses = files.flatMap((file) => usesOf(metafile, file).map((kind) => ({ file, kind })));
  expect(uses.filter(({ kind }) => kind !== 'dynamic-import')).toEqual([]);
  expect(uses.map(({ file }) => file)).toEqual(PICTURED);
});

/** Commands that draw: a graph, a path, and a move before and after, also in a rehearsal and for assistants. */
const PICTURED = [
  'check/explain.ts',
  'machine/mcp.ts',
  ...['migrate-end', 'migrate-plan', 'migrate-run', 'migrate'].map((name) => `migrate/${name}.ts`),
  'planner/graph.ts',
  'rehearse/rehearse.ts',
];
