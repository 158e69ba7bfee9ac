// Publishes tarballs to the npm registry, those first that others need. What is there already with the same content is left alone, so that
// a release that stopped half-way is run again; other content under a published version is an error.
//   node scripts/publish.mjs FOLDER [--dry-run]      in a job with `id-token: write`: npm exchanges its token (trusted publishing)
// https://docs.npmjs.com/trusted-publishers
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './child.mjs';
import { NAMES_ARE_OURS, PUBLISHED, packageFolder, readJson, tarballName } from './workspace.mjs';

const [folder, ...flags] = process.argv.slice(2);

/** The integrity of a published version as the registry has it, or undefined. */
async function published(name, version) {
  try {
    const { stdout } = await run('npm', ['view', `${name}@${version}`, 'dist.integrity', '--json']);
    return stdout.trim() === '' ? undefined : JSON.parse(stdout);
  } catch (error) {
    if (/E404/.test(String(error.output ?? error.message))) return undefined;
    throw error;
  }
}

try {
  const { mcpName } = readJson(path.join(packageFolder('cli'), 'package.json'));
  if ((!NAMES_ARE_OURS || mcpName.includes('OWNER')) && !flags.includes('--dry-run'))
    throw new Error(
      'The names of the packages are not ours in the registry: take them, set NAMES_ARE_OURS in scripts/workspace.mjs, and write the owner of the repository for OWNER in mcpName and server.json of packages/cli.',
    );

  const tarballs = PUBLISHED.map(({ folder: of, name }) => {
    const { version } = readJson(path.join(packageFolder(of), 'package.json'));
    return {
      name,
      version,
      tarball: path.resolve(folder, `${tarballName(name)}-${version}.tgz`),
    };
  });
  const missing = tarballs.filter(({ tarball }) => !existsSync(tarball));
  if (missing.length > 0) throw new Error(`not there: ${missing.map(({ tarball }) => tarball).join(', ')}`);
  for (const { name, version, tarball } of tarballs) {
    const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
    const there = await published(name, version);
    if (there === integrity) console.log(`${name}@${version} is published already.`);
    else if (there !== undefined) throw new Error(`${name}@${version} is published with other content (${there})`);
    else {
      await run('npm', ['publish', tarball, '--access', 'public', '--provenance', ...flags]);
      console.log(`${name}@${version}: ${flags.includes('--dry-run') ? 'would be published' : 'published'}.`);
    }
  }
} catch (error) {
  console.error(error.output || error.message);
  process.exit(1);
}
