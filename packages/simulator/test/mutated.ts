import { readFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** A text that occurs once in a source file, and its replacement. */
interface Change {
  /** Below `packages/`. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

export interface Mistake extends Change {
  /** Where a second guard holds without the first: both have the mistake. */
  readonly also?: Change | undefined;
}

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const LOOKED_UP = Symbol('looked up');
/** Inside the package, so that modules that are not bundled are resolved. */
const OUT = path.join(ROOT, 'packages/simulator/node_modules/.cache/postern-mutants');

/**
 * Bundles a module of the workspace with a mistake planted in one of its files, and loads it.
 * @throws {Error} where the file does not contain the text to replace exactly once
 */
export async function mutated<T>(entry: string, { also, ...mistake }: Mistake, name: string): Promise<T> {
  const sources = new Map<string, string>();
  for (const { file, from, to } of also === undefined ? [mistake] : [mistake, also]) {
    const changed = path.join(ROOT, 'packages', file);
    const source = sources.get(changed) ?? readFileSync(changed, 'utf8');
    if (source.split(from).length !== 2) throw new Error(`${file} does not hold "${from}" once`);
    sources.set(
      changed,
      source.replace(from, () => to),
    );
  }
  mkdirSync(OUT, { recursive: true });
  const outfile = path.join(OUT, `${name}.mjs`);
  await build({
    entryPoints: [path.join(ROOT, 'packages', entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    tsconfig: path.join(ROOT, 'tsconfig.base.json'),
    logLevel: 'silent',
    plugins: [
      {
        name: 'mutant',
        setup: ({ onLoad, onResolve, resolve }) => {
          // Packages of others stay outside, each as the package that asks for it finds it.
          onResolve({ filter: /^[@a-z]/ }, async ({ path: name, importer, kind, resolveDir, pluginData }) => {
            if (importer === '' || pluginData === LOOKED_UP || /^(?:node:|@postern\/)/.test(name)) return undefined;
            const found = await resolve(name, { importer, kind, resolveDir, pluginData: LOOKED_UP });
            return found.errors.length > 0 || !path.isAbsolute(found.path)
              ? undefined
              : { path: found.path, external: true };
          });
          onLoad({ filter: /\.ts$/ }, ({ path: at }) => {
            const contents = sources.get(at);
            return contents === undefined ? undefined : { contents, loader: 'ts' };
          });
        },
      },
    ],
  });
  return (await import(`${pathToFileURL(outfile).href}?${name}`)) as T;
}
