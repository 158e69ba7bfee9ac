// Writes the pages of the site, made of files of the repository, into a folder that VitePress reads.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CACHE, ROOT } from '../../scripts/workspace.mjs';
import { rewriteLinks } from './links.mjs';
import { pages } from './pages.mjs';

export const PAGES = path.join(CACHE, 'site', 'pages');

/** The pages whose file exists. */
export const existing = () => pages().filter(isThere);

const HOME = { source: 'docs/README.md', place: 'index.md' };

function write(place, text) {
  const file = path.join(PAGES, place);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** The playground is a page beside the four kinds. */
const PLAYGROUND = { source: 'site/playground/page.md', place: 'playground.md' };

const isThere = ({ source }) => existsSync(path.join(ROOT, source));

export function stage() {
  rmSync(PAGES, { recursive: true, force: true });
  const all = [HOME, PLAYGROUND, ...pages()].filter(isThere);
  const places = new Map(all.map(({ source, place }) => [source, place]));
  for (const { source, place } of all) {
    const text = readFileSync(path.join(ROOT, source), 'utf8');
    write(
      place,
      rewriteLinks(text, source, place, (file) => places.get(file)),
    );
  }
}
