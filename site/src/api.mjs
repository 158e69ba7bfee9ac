// The reference of functions and types: TypeDoc's Markdown, a page for each entry of a package.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { node } from '../../scripts/child.mjs';
import { CACHE, PACKAGES, ROOT, filesBelow, hashFiles, packageFolder, readJson } from '../../scripts/workspace.mjs';

const SITE = path.resolve(import.meta.dirname, '..');
const OUT = path.join(CACHE, 'site', 'api');
const STAMP = path.join(CACHE, 'site', 'api.txt');

/** Every entry that a program imports: its name, and its source. */
export function entries() {
  const { compilerOptions } = readJson(path.join(ROOT, 'tsconfig.base.json'));
  const paths = Object.entries(compilerOptions.paths).map(([name, [file]]) => [name.split('*'), file]);
  const sourceOf = (name) => {
    const [[start], file] = paths.find(([[start, end]]) =>
      end === undefined ? name === start : name.startsWith(start),
    );
    return path.posix.normalize(file.replace('*', name.slice(start.length)));
  };
  return PACKAGES.filter(({ folder }) => folder !== 'cli').flatMap(({ folder, name }) =>
    Object.keys(readJson(path.join(packageFolder(folder), 'package.json')).exports)
      .filter((entry) => !entry.endsWith('.json'))
      .map((entry) => path.posix.join(name, entry))
      .map((entry) => ({ name: entry, source: sourceOf(entry) })),
  );
}

const OPTIONS = {
  plugin: ['typedoc-plugin-markdown'],
  tsconfig: path.join(SITE, 'tsconfig.api.json'),
  out: OUT,
  outputFileStrategy: 'modules',
  entryPointStrategy: 'resolve',
  skipErrorChecking: true,
  excludeExternals: true,
  excludePrivate: true,
  excludeInternal: true,
  readme: 'none',
  disableSources: true,
  hidePageHeader: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  ...Object.fromEntries(
    [
      'parameters',
      'interfaceProperties',
      'propertyMembers',
      'typeAliasProperties',
      'enumMembers',
      'classProperties',
    ].map((one) => [`${one}Format`, 'table']),
  ),
  validation: false,
  logLevel: 'Error',
};

async function generate() {
  const sources = PACKAGES.flatMap(({ folder }) => filesBelow(path.join(packageFolder(folder), 'src')));
  const hash = hashFiles([...sources, path.join(ROOT, 'pnpm-lock.yaml')], JSON.stringify(OPTIONS));
  if (existsSync(STAMP) && existsSync(OUT) && readFileSync(STAMP, 'utf8') === hash) return;
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(path.dirname(STAMP), { recursive: true });
  const options = path.join(CACHE, 'site', 'typedoc.json');
  const entryPoints = entries().map(({ source }) => path.join(ROOT, source));
  writeFileSync(options, JSON.stringify({ ...OPTIONS, entryPoints }));
  await node([path.join(SITE, 'node_modules/typedoc/bin/typedoc'), '--options', options], { cwd: SITE });
  writeFileSync(STAMP, hash);
}

/** The pages of the entries, as `stage` has those of files: what links between them is relative to `source`. */
export async function apiPages() {
  await generate();
  return entries().map(({ name, source }) => {
    const file = source.replace(/^packages\//, '').replace(/(?:\/index)?\.ts$/, '.md');
    const text = readFileSync(path.join(OUT, file), 'utf8').replace(/^# .*$/m, `# ${name}`);
    const place = `reference/api/${name.replace('@postern/', '').replaceAll('/', '-')}.md`;
    return { kind: 'reference', group: 'API', source: `api/${file}`, place, title: name, text };
  });
}
