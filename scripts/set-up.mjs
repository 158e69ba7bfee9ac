// Installs the workspace's dependencies when they are missing or out of date. Needs Node.js and npm, nothing else.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from './child.mjs';
import { CACHE, PNPM, PUBLISHED, ROOT, hashFiles, packageFolder } from './workspace.mjs';

const STAMP = path.join(ROOT, 'node_modules', '.postern-set-up');

const MINIMUM = [20, 19];

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) return;
  console.error(`Postern needs Node.js ${MINIMUM.join('.')} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

export async function setUp() {
  checkNode();
  mkdirSync(CACHE, { recursive: true });
  const manifests = [
    ROOT,
    ...PUBLISHED.map((one) => packageFolder(one.folder)),
    path.join(ROOT, 'examples'),
    path.join(ROOT, 'bench'),
    path.join(ROOT, 'site'),
  ]
    .map((folder) => path.join(folder, 'package.json'))
    .concat(path.join(ROOT, 'pnpm-lock.yaml'), path.join(ROOT, 'pnpm-workspace.yaml'))
    .filter(existsSync);
  const wanted = hashFiles(manifests);
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  console.log('Setting up: installing dependencies …');
  await run('npx', ['--yes', PNPM, 'install', '--frozen-lockfile', '--reporter=append-only'], { env: { CI: 'true' } });
  writeFileSync(STAMP, wanted);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await setUp();
