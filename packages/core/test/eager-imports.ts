import { build } from 'esbuild';

/** The packages and entries that importing `entry` loads at once. Those of a later `import()` are left out. */
export async function eagerImports(entry: string): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: { entry },
    outdir: 'out',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    // Not that of the workspace, whose paths are followed into the other packages; but as in a build, an import of types in braces stays.
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    write: false,
    metafile: true,
  });
  const found = new Set<string>();
  const follow = (file: string): void => {
    for (const { path, kind, external } of metafile.outputs[file]?.imports ?? []) {
      if (kind !== 'import-statement' || found.has(path)) continue;
      found.add(path);
      if (!external) follow(path);
    }
  };
  follow('out/entry.js');
  return [...found].filter((path) => metafile.outputs[path] === undefined);
}
