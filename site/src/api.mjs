// The reference of functions and types: TypeDoc's Markdown, a page for each entry of a package.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { node } from '../../scripts/child.mjs';
import {
  CACHE,
  PACKAGES,
  ROOT,
  filesBelow,
  hashFiles,
  packageFolder,
  publicEntries,
  readJson,
} from '../../scripts/workspace.mjs';
import { partsOfEntry } from './api-parts.mjs';

const SITE = path.resolve(import.meta.dirname, '..');
const OUT = path.join(CACHE, 'site', 'api');
const STAMP = path.join(CACHE, 'site', 'api.txt');
const TSCONFIG = path.join(CACHE, 'site', 'tsconfig.json');

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
    publicEntries(folder)
      .map(({ entry }) => path.posix.join(name, entry))
      .map((entry) => ({ name: entry, source: sourceOf(entry) })),
  );
}

const OPTIONS = {
  plugin: ['typedoc-plugin-markdown'],
  tsconfig: TSCONFIG,
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
  writeFileSync(
    TSCONFIG,
    JSON.stringify({
      extends: path.join(ROOT, 'tsconfig.base.json'),
      compilerOptions: {
        composite: false,
        noEmit: true,
        rootDir: ROOT,
        types: ['node'],
        typeRoots: [path.join(ROOT, 'node_modules/@types')],
      },
      files: entryPoints,
      include: [path.join(packageFolder('core'), 'environment')],
    }),
  );
  await node([path.join(SITE, 'node_modules/typedoc/bin/typedoc'), '--options', options], { cwd: SITE });
  writeFileSync(STAMP, hash);
}

const INDEX = { kind: 'reference', group: 'Functions and types', place: 'reference/api/index.md' };

/** The pages of the entries, as `stage` has those of files: what links between them is relative to `source`. */
export async function apiPages() {
  await generate();
  const all = entries().flatMap(({ name, source }) => {
    const file = source.replace(/^packages\//, '').replace(/(?:\/index)?\.ts$/, '.md');
    const codes = `${path.posix.relative(path.posix.dirname(file), 'core/src.md')}#errorcode`;
    const parts = partsOfEntry(readFileSync(path.join(OUT, file), 'utf8'), name, codes);
    const base = `reference/api/${name.replace('@postern/', '').replaceAll('/', '-')}`;
    return parts.map(({ title, part, text }) => ({
      ...INDEX,
      source: `api/${file}`,
      place: part === undefined ? `${base}.md` : `${base}-${part.toLowerCase()}.md`,
      partOf: part === undefined ? INDEX.place : `${base}.md`,
      title: part === 'types' ? 'Types' : title,
      text,
    }));
  });
  const list = all
    .filter(({ partOf }) => partOf === INDEX.place)
    .map(
      ({ title, source, place, text }) =>
        `| [\`${title}\`](${path.posix.relative('api', source)}) | ${names([text, ...all.filter(({ partOf }) => partOf === place).map((part) => part.text)])} |`,
    );
  const text = `# Functions and types\n\nWhat each entry of the packages exports, from the sources.\n\n| entry | functions and classes |\n| --- | --- |\n${list.join('\n')}\n`;
  return [{ ...INDEX, source: 'api/index.md', title: 'Entries', text }, ...all];
}

/** The first classes and functions of an entry. */
function names([text, ...parts]) {
  const section = (title) =>
    new RegExp(`^## ${title}\\b.*\\n([\\s\\S]*?)(?=^## |(?![\\s\\S]))`, 'm').exec(text)?.[1] ?? '';
  const all = [
    ...parts.flatMap((part) => [...(/^# ([\w$]+) \{/.exec(part)?.slice(1) ?? [])]),
    ...['Classes', 'Functions'].flatMap((title) =>
      [...section(title).matchAll(/^### ([\w$]+)/gm)].map(([, name]) => name),
    ),
  ].map((name) => `\`${name}\``);
  return all.length > 8 ? `${all.slice(0, 8).join(', ')}, …` : all.join(', ');
}
