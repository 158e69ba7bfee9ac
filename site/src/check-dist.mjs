// What is wrong with the pages that were written: dead links and anchors, what comes from another host, and too much JavaScript.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** Bytes of compressed JavaScript that the first load of a page may take. */
export const MOST_SCRIPT = 100_000;

const all = (text, pattern) => [...text.matchAll(pattern)].map(([, found]) => found);
const unescaped = (text) => decodeURIComponent(text.replaceAll('&amp;', '&').replaceAll('&#39;', "'"));

/** The pages below `dist` by their path: text, links and anchors. A file without a doctype is a part of a page. */
export function readPages(dist, files) {
  const html = files.filter((file) => file.endsWith('.html'));
  return new Map(
    html.flatMap((file) => {
      const text = readFileSync(path.join(dist, file), 'utf8');
      if (!/^<!doctype/i.test(text)) return [];
      const links = all(text, /<a\s[^>]*?\bhref="([^"]*)"/g).map(unescaped);
      return [[file, { text, links, anchors: new Set(all(text, /\sid="([^"]*)"/g).map(unescaped)) }]];
    }),
  );
}

/** The file that a link leads to, and its anchor; `undefined` for other hosts. */
export function targetOf(from, link) {
  if (/^[a-z]+:/i.test(link)) return undefined;
  const [to, anchor = ''] = link.split('#');
  const resolved = path.posix.normalize(
    to.startsWith('/') ? to.slice(1) : path.posix.join(path.posix.dirname(from), to),
  );
  if (to === '') return { file: from, anchor };
  if (to.endsWith('/')) return { file: path.posix.join(resolved, 'index.html'), anchor };
  return { file: path.posix.extname(resolved) === '' ? `${resolved}.html` : resolved, anchor };
}

/** Links that lead nowhere. */
export function deadLinks(dist, pages) {
  return [...pages].flatMap(([from, { links }]) =>
    links.flatMap((link) => {
      const target = targetOf(from, link);
      if (target === undefined) return [];
      const page = pages.get(target.file);
      if (page === undefined) return existsSync(path.join(dist, target.file)) ? [] : [`${from}: ${link} leads nowhere`];
      return target.anchor === '' || page.anchors.has(target.anchor)
        ? []
        : [`${from}: ${link}: the page has no such anchor`];
    }),
  );
}

/** What a page, a style or a script loads from another host. */
const LOADS = [
  /<(?:script|img|iframe|source|video|audio|embed|object|use|image)\b[^>]*?\b(?:src|srcset|data|href)="((?:https?:)?\/\/[^"]*)"/g,
  /<link\b[^>]*?\bhref="((?:https?:)?\/\/[^"]*)"/g,
  /(?:url\(|@import )\s*["']?((?:https?:)?\/\/[^"')]+)/g,
  /(?:\bimport\(|\bfrom|\bimport|\bfetch\(|\bnew (?:Worker|WebSocket|EventSource)\(|\.src=|\bsendBeacon\()\s*["'`]((?:https?:|wss?:)?\/\/[^"'`]+)/g,
];

export function otherHosts(file, text) {
  return LOADS.flatMap((pattern) => all(text, pattern)).map((address) => `${file}: loads ${address}`);
}

/** Compressed bytes of the scripts that a page names. */
export function scriptBytes(dist, text) {
  const scripts = new Set([
    ...all(text, /<script\b[^>]*?\bsrc="([^"]*)"/g),
    ...all(text, /<link\b[^>]*?\brel="modulepreload"[^>]*?\bhref="([^"]*)"/g),
  ]);
  return [...scripts].reduce((sum, one) => sum + gzipSync(readFileSync(path.join(dist, one)), { level: 9 }).length, 0);
}

/** The paths of all files below `dist`. */
export const filesOf = (dist) =>
  readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      path.relative(dist, path.join(entry.parentPath ?? entry.path, entry.name)).replaceAll(path.sep, '/'),
    );

/** Everything that is wrong with the site in `dist`. */
export function problemsOf(dist) {
  const files = filesOf(dist);
  const pages = readPages(dist, files);
  const heavy = [...pages].flatMap(([file, { text }]) => {
    const bytes = scriptBytes(dist, text);
    return bytes <= MOST_SCRIPT ? [] : [`${file}: ${bytes} bytes of compressed JavaScript, more than ${MOST_SCRIPT}`];
  });
  const foreign = files
    .filter((file) => /\.(?:html|css|js)$/.test(file))
    .flatMap((file) => otherHosts(file, readFileSync(path.join(dist, file), 'utf8')));
  return [...deadLinks(dist, pages), ...heavy, ...foreign];
}
