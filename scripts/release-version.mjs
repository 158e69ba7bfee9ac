// Whether the tag of a release is the version of every package, and of the places that name a version of `postern` for users.
//   node scripts/release-version.mjs [TAG]      by default the tag of the job (GITHUB_REF_NAME)
//   node scripts/release-version.mjs --write    makes these places name the version of the packages, after `changeset version`
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PUBLISHED, ROOT, packageFolder, readJson } from './workspace.mjs';

/** What users copy, and so has to name a version that exists. */
const NAMED_IN = ['docs/ci.md', 'packages/cli/server.json'];

const NAME = /(?<=\bpostern-|"version": ")(\d[\w.-]*?)(?=\.tgz|")/g;

/** What is not of this version, a line each. */
export function otherVersions(version) {
  const packages = PUBLISHED.map(({ folder, name }) => [
    name,
    readJson(path.join(packageFolder(folder), 'package.json')).version,
  ]);
  const named = NAMED_IN.flatMap((file) =>
    [...readFileSync(path.join(ROOT, file), 'utf8').matchAll(NAME)].map(([, found]) => [file, found]),
  );
  return [...packages, ...named]
    .filter(([, found]) => found !== version)
    .map(([where, found]) => `${where}: ${found}, not ${version}`);
}

function write() {
  const { version } = readJson(path.join(packageFolder('cli'), 'package.json'));
  for (const file of NAMED_IN.map((name) => path.join(ROOT, name)))
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(NAME, version));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , tag = process.env.GITHUB_REF_NAME ?? ''] = process.argv;
  if (tag === '--write') write();
  else {
    const problems = tag.startsWith('v')
      ? otherVersions(tag.slice(1))
      : [`"${tag}" is not a tag of a release: write v1.2.3`];
    for (const problem of problems) console.error(problem);
    process.exitCode = problems.length === 0 ? 0 : 1;
  }
}
