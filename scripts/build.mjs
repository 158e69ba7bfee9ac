// Builds the packages: ES modules, with type declarations unless --js is given. Unchanged packages are skipped.
//   node scripts/build.mjs [--js] [--only core,aws] [--force]
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundles, describeBundle } from './bundled.mjs';
import { node } from './child.mjs';
import { PACKAGE_PROJECTS, checkTypes, gatherDeclarations } from './declarations.mjs';
import { toolEntry } from './run.mjs';
import { setUp } from './set-up.mjs';
import { CACHE, PACKAGES, buildHash, packageFolder, readJson } from './workspace.mjs';

const AT_ONCE = 2;

const distOf = (folder) => path.join(packageFolder(folder), 'dist');

const stampOf = (folder) => path.join(CACHE, 'build', `${folder}.json`);

/** What is in a package's dist: its JavaScript (`js`) and its declarations (`types`), each only if it is of the present sources. */
export function built(folder) {
  const stamp = stampOf(folder);
  const last = existsSync(stamp) && existsSync(distOf(folder)) ? readJson(stamp) : {};
  const js = last.hash === buildHash(folder);
  return { js, types: js && last.types === true };
}

function record(folder, hash, types) {
  mkdirSync(path.dirname(stampOf(folder)), { recursive: true });
  writeFileSync(stampOf(folder), JSON.stringify({ hash, types }));
}

async function buildJavaScript(folder) {
  const hash = buildHash(folder);
  rmSync(distOf(folder), { recursive: true, force: true });
  rmSync(stampOf(folder), { force: true });
  await node([toolEntry('tsup'), '--silent'], { cwd: packageFolder(folder), env: { POSTERN_BUILD: 'js' } });
  if (bundles(folder)) describeBundle(folder);
  if (folder === 'cli') await writeTexts();
  record(folder, hash, false);
}

/** The page that npm installs for `man postern`, and the help of each command, which bin.js prints without loading the command. */
async function writeTexts() {
  const dist = distOf('cli');
  const printed = async (word) => (await node([path.join(dist, 'bin.js'), word])).stdout;
  writeFileSync(path.join(dist, 'postern.1'), await printed('man'));
  mkdirSync(path.join(dist, 'help'));
  for (const [name, text] of Object.entries(JSON.parse(await printed('__help'))))
    writeFileSync(path.join(dist, 'help', `${name}.txt`), text);
}

async function buildTypes(folder) {
  const { hash } = readJson(stampOf(folder));
  // The command has none: nobody imports it.
  const { bin } = readJson(path.join(packageFolder(folder), 'package.json'));
  if (bin === undefined) await gatherDeclarations(folder);
  record(folder, hash, true);
}

async function inTurns(folders, work) {
  const queue = [...folders];
  const lane = async () => {
    for (let folder = queue.shift(); folder !== undefined; folder = queue.shift()) await work(folder);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

const folders = (only) => PACKAGES.map((one) => one.folder).filter((folder) => !only || only.includes(folder));

const seconds = (started) => `${((Date.now() - started) / 1000).toFixed(1)} s`;

/** Builds the JavaScript that is out of date, two packages at a time. */
export async function build({ only, force = false, quiet = false } = {}) {
  const started = Date.now();
  const all = folders(only);
  const old = all.filter((folder) => force || !built(folder).js);
  await inTurns(old, buildJavaScript);
  const rest = all.length - old.length;
  if (!quiet || old.length > 0)
    console.log(
      `Built ${old.length} of ${all.length} packages${rest ? `, ${rest} unchanged` : ''} in ${seconds(started)}.`,
    );
}

/** Adds the declarations that are missing: needs the JavaScript to be built, and the packages' types to be checked. */
export async function declare({ only } = {}) {
  await inTurns(
    folders(only).filter((folder) => !built(folder).types),
    buildTypes,
  );
}

/** JavaScript and declarations. */
export async function buildAll({ only, force = false, quiet = false } = {}) {
  await build({ only, force, quiet });
  if (folders(only).every((folder) => built(folder).types)) return;
  const started = Date.now();
  console.log('Checking the types …');
  await checkTypes(PACKAGE_PROJECTS);
  await declare({ only });
  console.log(`Checked the types and wrote the declarations in ${seconds(started)}.`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const flag = (name) => process.argv.includes(name);
  const at = process.argv.indexOf('--only');
  const only = at > 0 ? process.argv[at + 1].split(',') : undefined;
  await setUp();
  try {
    await (flag('--js') ? build : buildAll)({ only, force: flag('--force') });
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
