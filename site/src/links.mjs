// Links of a page as GitHub follows them, rewritten for the site.
import path from 'node:path';

/** Where files are read that the site does not have. */
export const REPOSITORY = 'https://github.com/postern/postern/blob/main/';

const LINK = /(\]\()(?!https?:|mailto:)([^)#\s]+)?(#[^)\s]*)?(\))/g;

/**
 * Rewrites the relative links of `text`, which is the file `source` of the repository and the page `place` of the site. `placeOf(file, anchor)`
 * is the page of a file; what has none is linked in the repository. Blocks of code stay.
 */
export function rewriteLinks(text, source, place, placeOf) {
  return outsideCode(text, (part) =>
    part.replaceAll(LINK, (all, open, target, anchor = '', close) => {
      if (target === undefined && anchor === '') return all;
      const file = target === undefined ? source : fileOf(source, target);
      const page = placeOf(file, anchor.slice(1));
      if (page === place && anchor !== '') return `${open}${anchor}${close}`;
      if (page === undefined) return `${open}${REPOSITORY}${file}${anchor}${close}`;
      const relative = path.posix.relative(path.posix.dirname(place), page);
      return `${open}${relative.startsWith('.') ? relative : `./${relative}`}${anchor}${close}`;
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
