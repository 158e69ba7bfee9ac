// Builds the packages: ES modules and CommonJS, with type declarations unless --js is given. Unchanged packages are skipped.
//   node scripts/build.mjs [--js] [--only core,aws] [--force]
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { node } from './child.mjs';
import { toolEntry } from './run.mjs';
import { setUp } from './set-up.mjs';
import { CACHE, PACKAGES, buildHash, packageFolder } from './workspace.mjs';

const AT_ONCE = 2;

async function buildPackage(folder, { js, force }) {
  const stamp = path.join(CACHE, 'build', `${folder}.json`);
  const dist = path.join(packageFolder(folder), 'dist');
  const hash = buildHash(folder);
  const last = existsSync(stamp) ? JSON.parse(readFileSync(stamp, 'utf8')) : {};
  const current = last.hash === hash && existsSync(dist) && (js || last.types === true);
  if (current && !force) return 'unchanged';
  rmSync(dist, { recursive: true, force: true });
  rmSync(stamp, { force: true });
  await node([toolEntry('tsup'), '--silent'], {
    cwd: packageFolder(folder),
    env: { POSTERN_BUILD: js ? 'js' : 'all' },
  });
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, JSON.stringify({ hash, types: !js }));
  return 'built';
}

/** Builds what is out of date, two packages at a time. */
export async function build({ js = false, only, force = false, quiet = false } = {}) {
  const queue = PACKAGES.map((one) => one.folder).filter((folder) => !only || only.includes(folder));
  const started = Date.now();
  const results = [];
  const work = async () => {
    for (let folder = queue.shift(); folder !== undefined; folder = queue.shift()) {
      results.push(await buildPackage(folder, { js, force }));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const built = results.filter((result) => result === 'built').length;
  if (!quiet || built > 0) {
    const rest = results.length - built;
    const kind = js ? 'JavaScript' : 'JavaScript and types';
    console.log(
      `Built ${built} of ${results.length} packages (${kind})${rest ? `, ${rest} unchanged` : ''} in ${((Date.now() - started) / 1000).toFixed(1)} s.`,
    );
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const flag = (name) => process.argv.includes(name);
  const at = process.argv.indexOf('--only');
  await setUp();
  try {
    await build({
      js: flag('--js'),
      force: flag('--force'),
      only: at > 0 ? process.argv[at + 1].split(',') : undefined,
    });
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
