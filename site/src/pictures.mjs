// Pictures that `postern graph` draws when the site is built. `<!-- picture: NAME -->` in a page is where one is.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { node } from '../../scripts/child.mjs';
import { CACHE, ROOT, filesBelow, hashFiles, packageFolder } from '../../scripts/workspace.mjs';

const SRC = import.meta.dirname;
const FOLDER = path.join(CACHE, 'site', 'pictures');

const BLOCKED = path.join(ROOT, 'docs/pictures/blocked.yaml');

/** Of `spec` only the picture of the README is blocked: in the others the allowlist has both blocks. */
const PICTURES = {
  blocked: { title: 'The path to the second node of the load balancer is blocked', spec: (text) => text },
  allowed: { title: 'Both paths are allowed', spec: fixed },
  changes: { title: 'What apply would create', spec: fixed, args: ['--changes'] },
  account: { title: 'An account: gateways, links and what they lead to', snapshot: 'existing-aws.json' },
  instances: { title: 'An API group and two instances', snapshot: 'two-instances.json' },
};

function fixed(text) {
  return text.replace('[10.20.1.0/24]', '[10.20.1.0/24, 10.20.2.0/24]');
}

const MARK = /^<!-- picture: ([\w-]+) -->$/gm;

async function draw(name, { title, spec, snapshot = 'shop.json', args = [] }) {
  const file = path.join(FOLDER, `${name}.yaml`);
  if (spec !== undefined) writeFileSync(file, spec(readFileSync(BLOCKED, 'utf8')));
  const program = [
    '--import',
    path.join(ROOT, 'scripts/sources/register.mjs'),
    path.join(packageFolder('cli'), 'src/command.ts'),
  ];
  const specs = spec === undefined ? [] : [file];
  const data = path.join(ROOT, 'docs/tutorial', snapshot);
  const graph = [...program, 'graph', ...specs, '--snapshot', data, ...args];
  const { stdout } = await node(graph);
  writeFileSync(path.join(FOLDER, `${name}.svg`), stdout);
  const dot = path.join(FOLDER, `${name}.dot`);
  await node([...graph, '--format', 'dot', '-o', dot]);
  const narrow = await node([...program.slice(0, 2), path.join(SRC, 'narrow-picture.mjs'), dot, title]);
  writeFileSync(path.join(FOLDER, `${name}-narrow.svg`), narrow.stdout);
}

async function drawAll() {
  mkdirSync(FOLDER, { recursive: true });
  const sources = ['core', 'cli'].flatMap((folder) => filesBelow(path.join(packageFolder(folder), 'src')));
  const layout = path.join(SRC, '../playground/src/narrow-picture.ts');
  const hash = hashFiles(
    [...sources, layout, BLOCKED, import.meta.filename, ...filesBelow(path.join(ROOT, 'docs/tutorial'))],
    JSON.stringify(PICTURES),
  );
  const stamp = path.join(FOLDER, 'stamp.txt');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  for (const [name, picture] of Object.entries(PICTURES)) await draw(name, picture);
  writeFileSync(stamp, hash);
}

/** The widest picture, in points, that a narrow screen shows as it is. */
const NARROW = 700;
const widthOf = (svg) => Number(/<svg[^>]*\bwidth="(\d+)pt"/.exec(svg)?.[1]);

/** A picture as a part of a page: its colors follow the switch of the site, and it scrolls where it does not fit. */
export function inPage(svg, title, name = 'picture') {
  const [, style] = /<style>([\s\S]*?)<\/style>\n?/.exec(svg);
  const picture = svg
    .slice(svg.indexOf('<svg'))
    .replace(/<style>[\s\S]*?<\/style>\n?/, `<title>${title}</title>\n`)
    .replaceAll(/\n\s*\n/g, '\n')
    .trim();
  return {
    html: `<div class="${name}" tabindex="0" role="region" aria-label="Picture: ${title}" v-pre>\n${picture}\n</div>`,
    style: style.replace(/@media \(prefers-color-scheme: dark\) \{\s*\.postern (\{[^}]*\})\s*\}/, '.dark .postern $1'),
  };
}

/** Puts the pictures of a page where their marks are. */
export async function withPictures(text) {
  if (text.search(MARK) < 0) return text;
  await drawAll();
  let style = '';
  const page = text.replaceAll(MARK, (_, name) => {
    const [svg, narrow] = [name, `${name}-narrow`].map((file) =>
      readFileSync(path.join(FOLDER, `${file}.svg`), 'utf8'),
    );
    const { title } = PICTURES[name];
    const picture = inPage(svg, title);
    style = picture.style;
    if (widthOf(narrow) >= Math.min(NARROW, widthOf(svg))) return picture.html;
    return `${inPage(svg, title, 'picture wide').html}\n\n${inPage(narrow, title, 'picture narrow').html}`;
  });
  return `${page}\n<style>${style}</style>\n`;
}
