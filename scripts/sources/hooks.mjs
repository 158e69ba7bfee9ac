// Hooks of Node's loader that resolve and compile the workspace's TypeScript. Vite's module runner takes some 20 ms of CPU for a module, and
// the tests have 5,000. esbuild and Node's loader take 5 ms.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';

const TYPESCRIPT = /\.ts$/;
/** What is installed or built is imported as it is. */
const BUILT = /\/(?:node_modules|dist)\//;

const root = new URL('../../', import.meta.url);
const { compilerOptions } = JSON.parse(readFileSync(new URL('tsconfig.base.json', root), 'utf8'));
const paths = Object.entries(compilerOptions.paths).map(([name, [path]]) => [
  name.split('*'),
  new URL(path, root).href,
]);

/** The source of an entry of a package: as tsc, whose longest pattern wins. The file has them in this order. */
function entryOf(specifier) {
  if (!specifier.startsWith('@postern/')) return undefined;
  for (const [[start, end], url] of paths) {
    if (end === undefined ? specifier === start : specifier.startsWith(start))
      return url.replace('*', specifier.slice(start.length));
  }
  return undefined;
}

/** What Vitest adds to the path of a file of tests, as a part of the path. Each is imported once in a process. */
const MARK = /%3Fvitest=\d+$/;
const known = new Map();

/** The source of `x.js` is `x.ts`, unless there is an `x.js`. */
function sourceOf(url) {
  const found = known.get(url);
  if (found !== undefined) return found;
  const isThere = existsSync(fileURLToPath(url));
  const source = isThere ? url : url.replace(/\.js$/, '.ts');
  known.set(url, source);
  return source;
}

export function resolve(specifier, context, nextResolve) {
  const { parentURL = 'data:' } = context;
  if (BUILT.test(parentURL) && !specifier.startsWith('file:')) return nextResolve(specifier, context);
  const entry = entryOf(specifier);
  if (entry !== undefined) return { url: entry, format: 'module', shortCircuit: true };
  if (!/^(?:\.|file:)/.test(specifier)) return nextResolve(specifier, context);
  const { href, search } = new URL(specifier.replace(MARK, ''), parentURL);
  const path = href.slice(0, href.length - search.length);
  const source = path.endsWith('.js') ? sourceOf(path) : path;
  if (!TYPESCRIPT.test(source)) return nextResolve(specifier, context);
  return { url: source + search, format: 'module', shortCircuit: true };
}

export async function load(url, context, nextLoad) {
  const [path] = url.split('?');
  if (!path.startsWith('file:') || !TYPESCRIPT.test(path)) return nextLoad(url, context);
  const sourcefile = fileURLToPath(path);
  const { code } = await transform(readFileSync(sourcefile, 'utf8'), {
    loader: 'ts',
    target: 'node20',
    sourcefile,
    sourcemap: 'inline',
    sourcesContent: false,
  });
  return { format: 'module', source: code, shortCircuit: true };
}
