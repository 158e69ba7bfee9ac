// What a page names in backticks has to exist: files and folders of this repository, and members of its types.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT, filesBelow } from './workspace.mjs';

const TOP = ['packages', 'docs', 'scripts', 'examples', 'bench', 'site', 'docker'];
const SOURCE = /\.(?:ts|mjs|cjs)$/;
const NAMED = /`([\w<>{},*.-]+(?:\/[\w<>{},*.-]+)*\/?)`/g;
const MEMBER = /`([A-Z]\w*)((?:\.[a-z]\w*)+)(?:\(\))?`/g;
const EXTENSION = /\.(?:js|md|json)$/;

const pieces = (name) => name.split('/').filter((piece) => piece !== '');

/** The tails of all files and their folders: of `a/b/c.ts` these are `a/b/c.ts`, `b/c.ts`, `c.ts`, `a/b`, `b` and `a`. */
function tailsOf(files) {
  const starts = (names) => names.map((_, at) => names.slice(0, at + 1));
  const ends = (names) => names.map((_, at) => names.slice(at).join('/'));
  return new Set(files.flatMap((file) => starts(pieces(file)).flatMap(ends)));
}

/** `{a,b}/c` is both `a/c` and `b/c`. */
function expanded(name) {
  const [all, before, list, after] = /^(.*?)\{([^}]*)\}(.*)$/.exec(name) ?? [];
  return all === undefined ? [name] : list.split(',').flatMap((one) => expanded(`${before}${one}${after}`));
}

/** Whether a page means a path of this repository: by its first folder, as a source, or as a folder of a page for contributors. */
function isPath(name, isForContributors) {
  if (!name.includes('/') || name.startsWith('.') || /(?:^|\/)dist(?:\/|$)/.test(name)) return false;

  return TOP.includes(pieces(name)[0]) || SOURCE.test(name) || (isForContributors && name.endsWith('/'));
}

/** Says of a name in backticks whether it is a path that does not exist. `<family>` and `*` stand for any name. */
export function missingPathsIn(files) {
  const tails = tailsOf(files);
  const all = [...tails];
  const exists = (name) => {
    const plain = pieces(name).join('/');
    if (!/[<*]/.test(plain)) return tails.has(plain);

    const any = new RegExp(`^${plain.replaceAll('.', '\\.').replaceAll(/<[^>]*>|\*/g, '[^/]+')}$`);
    return all.some((tail) => any.test(tail));
  };
  return (text, isForContributors) =>
    [...text.matchAll(NAMED)]
      .map(([, name]) => name)
      .filter((name) => isPath(name, isForContributors) && !expanded(name).every(exists));
}

/** Says which `Type.member` of a text does not exist. The member of a type is in the file that declares the type. */
export function missingMembersIn(sources) {
  const declared = new Map();
  for (const source of sources)
    for (const [, type] of source.matchAll(
      /^(?:export )?(?:declare )?(?:abstract )?(?:interface|class|type|enum) (\w+)/gm,
    ))
      declared.set(type, `${declared.get(type) ?? ''}${source}`);
  /** The type of a member, or true where it is not the name of one; undefined where the member does not exist. */
  const typeOf = (type, member) => {
    const found = new RegExp(`\\b${member}[?!]?\\s*(?:[(<,;=}]|:\\s*(\\w*))`).exec(declared.get(type));
    return found === null ? undefined : declared.has(found[1]) ? found[1] : true;
  };
  return (text) =>
    [...text.matchAll(MEMBER)]
      .filter(([, type, members]) => {
        if (EXTENSION.test(members)) return false;

        const [first, ...rest] = members.slice(1).split('.');
        if (!declared.has(type)) return globalThis[type]?.[first] === undefined;

        const last = rest.reduce((of, member) => (declared.has(of) ? typeOf(of, member) : of), typeOf(type, first));
        return last === undefined;
      })
      .map(([, type, members]) => `${type}${members}`);
}

/** What pages name and what does not exist. Some of the pages are for contributors. */
export function missingNames(pages) {
  const files = TOP.flatMap((folder) => filesBelow(path.join(ROOT, folder)));
  const paths = missingPathsIn(files.map((file) => path.relative(ROOT, file).replaceAll(path.sep, '/')));
  const sources = files.filter((file) => /[\\/]src[\\/].*\.ts$/.test(file)).map((file) => readFileSync(file, 'utf8'));
  const members = missingMembersIn(sources);
  return pages.flatMap(({ file, text }) => {
    const isForContributors = /CONTRIBUTING\.md$|[\\/]contributing[\\/]/.test(file);
    const name = path.relative(ROOT, file);
    return [
      ...paths(text, isForContributors).map((missing) => `${name}: there is no ${missing}`),
      ...members(text).map((missing) => `${name}: there is no member ${missing}`),
    ];
  });
}
