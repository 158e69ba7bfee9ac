// Builds and packs the packages twice, each time from the sources alone and in a folder of its own, and compares the tarballs byte by
// byte. Whoever has the sources of a release can so verify what was published.
//   node scripts/reproducible.mjs [--output FOLDER]      the tarballs of the first of the two go into the folder
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { node, run } from './child.mjs';
import { setUp } from './set-up.mjs';
import { temporaryFolder } from './temporary-folder.mjs';
import { PUBLISHED, ROOT } from './workspace.mjs';

const PACK = `
const { pack } = await import('./scripts/pack.mjs');
console.log('tarballs ' + JSON.stringify(await pack(process.argv[1])));
`;

/** The files of the checkout that are in version control, or could be. */
async function sources() {
  const { stdout } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  return [...new Set(stdout.split('\0'))].filter((file) => file !== '');
}

async function copied(name) {
  const folder = temporaryFolder(name);
  for (const file of await sources()) cpSync(path.join(ROOT, file), path.join(folder, file));
  return folder;
}

/** Installs what the lockfile names, builds and packs. Returns the hashes of the tarballs by package. */
async function release(folder, output) {
  const how = { cwd: folder, env: { npm_config_prefer_offline: 'true' } };
  await node(['scripts/build.mjs'], how);
  const destination = path.join(folder, '.cache', 'tarballs');
  const { stdout } = await node(['--input-type=module', '-e', PACK, destination], how);
  const tarballs = JSON.parse(/^tarballs (.*)$/m.exec(stdout)[1]);
  if (output !== undefined) mkdirSync(output, { recursive: true });
  for (const file of output === undefined ? [] : Object.values(tarballs))
    cpSync(file, path.join(output, path.basename(file)));
  const hash = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');
  return Object.fromEntries(Object.entries(tarballs).map(([one, file]) => [one, hash(file)]));
}

/** The hashes of the tarballs of two releases of the present sources. The first leaves its tarballs in `output`, if one is given. */
export async function twoReleases(output) {
  // Both before the first is built, which takes minutes: the sources may change meanwhile.
  const [one, another] = [await copied('release'), await copied('another-release')];
  return [await release(one, output), await release(another)];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await setUp();
  const at = process.argv.indexOf('--output');
  const [first, second] = await twoReleases(at < 0 ? undefined : path.resolve(process.argv[at + 1]));
  const differ = PUBLISHED.filter(({ name }) => first[name] === undefined || first[name] !== second[name]);
  for (const { name } of PUBLISHED) console.log(`${name} ${first[name]} ${second[name]}`);
  console.log(differ.length === 0 ? 'The tarballs are equal.' : `${differ.length} of them differ.`);
  process.exit(differ.length === 0 ? 0 : 1);
}
