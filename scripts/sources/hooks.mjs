// Hooks of Node's loader that resolve and compile the workspace's TypeScript. Vite's module runner takes some 20 ms of CPU for a module, and
// the tests have 5,000. esbuild and Node's loader take 5 ms, half of it only in the first process that imports it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform, version } from 'esbuild';

const TYPESCRIPT = /\.ts$/;
/** What is installed or built is imported as it is. */
const BUILT = /\/(?:node_modules|dist)\//;

const root = new URL('../../', import.meta.url);
const { compilerOptions } = JSON.parse(readFileSync(new URL('tsconfig.base.json', root), 'utf8'));
const paths = Object.entries(compilerOptions.paths).map(([name, [entry]]) => [
  name.split('*'),
  new URL(entry, root).href,
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
  const file = href.slice(0, href.length - search.length);
  const source = file.endsWith('.js') ? sourceOf(file) : file;
  if (!TYPESCRIPT.test(source)) return nextResolve(specifier, context);
  return { url: source + search, format: 'module', shortCircuit: true };
}

/** What was compiled, by the path of its source. The first line of a file is the hash of that source. */
const compiled = fileURLToPath(new URL(`.cache/sources/${version}/`, root));
mkdirSync(compiled, { recursive: true });

const contentOf = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

const compile = async (source, sourcefile) => {
  const options = { loader: 'ts', target: 'node20', sourcefile, sourcemap: 'inline', sourcesContent: false };
  return (await transform(source, options)).code;
};

/** The JavaScript of a source. One of the workspace is compiled unless another process, or an earlier one, has done so. */
async function javaScriptOf(sourcefile) {
  const source = readFileSync(sourcefile, 'utf8');
  const place = path.relative(fileURLToPath(root), sourcefile);
  if (place.startsWith('..')) return compile(source, sourcefile);
  const stamp = `${createHash('sha1').update(source).digest('hex')}\n`;
  const file = path.join(compiled, place.replaceAll(path.sep, '+'));
  const known = contentOf(file);
  if (known.startsWith(stamp)) return known.slice(stamp.length);
  const code = await compile(source, sourcefile);
  // Other processes read it meanwhile.
  writeFileSync(`${file}.${process.pid}`, stamp + code);
  renameSync(`${file}.${process.pid}`, file);
  return code;
}

export async function load(url, context, nextLoad) {
  const [href] = url.split('?');
  if (!href.startsWith('file:') || !TYPESCRIPT.test(href)) return nextLoad(url, context);
  return { format: 'module', source: await javaScriptOf(fileURLToPath(href)), shortCircuit: true };
}
