// Links of a page as GitHub follows them, rewritten for the site.
import path from 'node:path';

/**
 * Where files are read that the site does not have, such as `https://git.example.com/shop/postern/blob/main/`. Without it they are named,
 * and not linked.
 */
export const REPOSITORY = process.env.POSTERN_SITE_REPOSITORY ?? '';

const LINK = /(?<!!)\[((?:[^[\]]|\[[^\]]*\])*)\]\((?!https?:|mailto:)([^)#\s]+)?(#[^)\s]*)?\)/g;

/** The definition of a reference, as in `[names]: ../../docs/simulator.md#calls`. */
const DEFINITION = /^\[([^\]]+)\]: +(\S+)[ \t]*$\n?/gm;

/**
 * Rewrites the relative links of `text`, which is the file `source` of the repository and the page `place` of the site. `placeOf(file, anchor)`
 * is the page of a file; what has none is linked in the repository, or named. Blocks of code stay.
 */
export function rewriteLinks(text, source, place, placeOf, repository = REPOSITORY) {
  return outsideCode(withoutReferences(text), (part) =>
    part.replaceAll(LINK, (all, words, target, anchor = '') => {
      if (target === undefined && anchor === '') return all;
      const file = target === undefined ? source : fileOf(source, target);
      const page = placeOf(file, anchor.slice(1));
      if (page === place && anchor !== '') return `[${words}](${anchor})`;
      if (page === undefined && repository === '') return words.includes(file) ? words : `${words} (\`${file}\`)`;
      if (page === undefined) return `[${words}](${repository}${file}${anchor})`;
      const relative = path.posix.relative(path.posix.dirname(place), page);
      return `[${words}](${relative.startsWith('.') ? relative : `./${relative}`}${anchor})`;
    }),
  );
}

/** Links by reference become links in place, which are rewritten. */
function withoutReferences(text) {
  const targets = new Map();
  const rest = outsideCode(text, (part) =>
    part.replaceAll(DEFINITION, (_, name, target) => {
      targets.set(name.toLowerCase(), target);
      return '';
    }),
  );
  if (targets.size === 0) return text;
  return outsideCode(rest, (part) =>
    part.replaceAll(/\[([^[\]]+)\]\[([^\]]*)\]/g, (all, words, name) => {
      const target = targets.get((name || words).toLowerCase());
      return target === undefined ? all : `[${words}](${target})`;
    }),
  );
}

const fileOf = (source, target) =>
  path.posix.normalize(path.posix.join(path.posix.dirname(source), target)).replace(/\/$/, '');

/** Applies `change` to what is outside of blocks of code. */
export function outsideCode(text, change) {
  return text
    .split(/(^```[^\n]*\n[\s\S]*?^```[^\n]*$)/m)
    .map((part, at) => (at % 2 === 0 ? change(part) : part))
    .join('');
}
