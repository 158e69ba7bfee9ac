// What is inside the command's bundle: its packages with their versions and licenses, read from the bundle's metafile and the lockfile. The
// build writes dist/sbom.cdx.json (CycloneDX) and dist/THIRD-PARTY-LICENSES.txt; packages/cli/CONTENTS.md is checked in, so that a diff shows
// what comes and goes.
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { checkImported } from './imported-commonjs.mjs';
import { standardText } from './license-texts.mjs';
import { PACKAGES, ROOT, packageFolder, readJson } from './workspace.mjs';

const CLI = packageFolder('cli');
const DIST = path.join(CLI, 'dist');
const SBOM = path.join(DIST, 'sbom.cdx.json');
const LICENSES = path.join(DIST, 'THIRD-PARTY-LICENSES.txt');
export const CONTENTS = path.join(CLI, 'CONTENTS.md');

const PACKAGE_OF = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//;
const LICENSE_FILE = /^(?:licen[cs]e|notice|copying)/i;
/** Whether a package is inside the bundle, or npm installs it beside: a property of its component. */
const BUNDLED = 'postern:bundled';

const byName = (a, b) => (a.id < b.id ? -1 : 1);

function readPackage(folder, bundled) {
  const { name, version, license, author, homepage } = readJson(path.join(folder, 'package.json'));
  const texts = readdirSync(folder)
    .filter((file) => LICENSE_FILE.test(file))
    .toSorted()
    .map((file) => readFileSync(path.join(folder, file), 'utf8').trim());
  const holder = typeof author === 'string' ? author : (author?.name ?? `the authors of ${name}`);
  const text = texts.length > 0 ? texts.join('\n\n') : standardText(license, holder.replace(/\s*[<(].*$/, ''));
  return { id: `${name}@${version}`, name, version, license, homepage, text, bundled };
}

/** The packages of others of which at least one byte is in the bundle, and those that are installed beside it. */
export function packagesOf(metafile) {
  const folders = new Set();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      const [, folder] = PACKAGE_OF.exec(input.replaceAll('\\', '/')) ?? [];
      if (folder !== undefined && bytesInOutput > 0) folders.add(path.resolve(CLI, folder));
    }
  }
  const { dependencies = {} } = readJson(path.join(CLI, 'package.json'));
  return [
    ...[...folders].map((folder) => readPackage(folder, true)),
    ...Object.keys(dependencies).map((name) => readPackage(path.join(CLI, 'node_modules', name), false)),
  ].toSorted(byName);
}

/** The packages of the workspace that are inside. */
function ownPackages() {
  const { needs } = PACKAGES.find(({ folder }) => folder === 'cli');
  return needs.map((folder) => {
    const { name, version, license } = readJson(path.join(packageFolder(folder), 'package.json'));
    return { id: `${name}@${version}`, name, version, license, bundled: true };
  });
}

const purl = ({ name, version }) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

function component(one, integrity) {
  const [, algorithm, digest = ''] = /^(sha\d+)-(.*)$/.exec(integrity ?? '') ?? [];
  const content = Buffer.from(digest, 'base64').toString('hex');
  const at = one.name.lastIndexOf('/');
  return {
    type: 'library',
    'bom-ref': purl(one),
    ...(at > 0 ? { group: one.name.slice(0, at) } : {}),
    name: one.name.slice(at + 1),
    version: one.version,
    ...(algorithm ? { hashes: [{ alg: algorithm.replace('sha', 'SHA-'), content }] } : {}),
    licenses: [{ license: { id: one.license } }],
    purl: purl(one),
    properties: [{ name: BUNDLED, value: String(one.bundled) }],
  };
}

/** A CycloneDX bill of materials. It names no time and no serial number: two builds of the same sources write the same bytes. */
export function bomOf(packages, lock) {
  const { name, version, license } = readJson(path.join(CLI, 'package.json'));
  const own = ownPackages();
  const all = [...own, ...packages];
  const inside = new Map(all.map((one) => [one.id, one]));
  /** Of an importer a dependency has a version in an object, of a package it is the version, maybe with that of its peers. */
  const idOf = (name, it) => `${name}@${(it.version ?? it).replace(/\(.*$/, '')}`;
  const refs = (dependencies) =>
    Object.entries(dependencies)
      .flatMap(([name, it]) => own.find((one) => one.name === name) ?? inside.get(idOf(name, it)) ?? [])
      .map(purl)
      .toSorted();
  const snapshots = new Map(Object.entries(lock.snapshots).map(([key, it]) => [key.replace(/\(.*$/, ''), it]));
  const dependenciesOf = (one) => {
    const folder = PACKAGES.find((other) => other.name === one.name)?.folder;
    const from = folder === undefined ? snapshots.get(one.id) : lock.importers[`packages/${folder}`];
    return { ...from?.dependencies, ...(folder === 'cli' ? from?.devDependencies : {}), ...from?.optionalDependencies };
  };
  const command = { name, version, license, id: `${name}@${version}` };
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': purl(command),
        name,
        version,
        licenses: [{ license: { id: license } }],
        purl: purl(command),
      },
    },
    components: all.map((one) => component(one, lock.packages[one.id]?.resolution?.integrity)),
    dependencies: [command, ...all].map((one) => ({ ref: purl(one), dependsOn: refs(dependenciesOf(one)) })),
  };
}

/** The licenses, each text once with the packages that are under it. */
export function licensesOf(packages) {
  const texts = new Map();
  for (const { id, license, text } of packages.filter(({ bundled }) => bundled)) {
    const ids = texts.get(text) ?? [];
    texts.set(text, ids);
    ids.push(`${id} (${license})`);
  }
  const line = '-'.repeat(80);
  const sections = [...texts].map(([text, ids]) => `${line}\n${ids.join('\n')}\n${line}\n\n${text}\n`);
  return `The command \`postern\` contains the following packages of others. The registry of npm has the source code of each:\nnpm pack NAME@VERSION\n\n${sections.join('\n')}`;
}

/** Writes both papers beside the bundle, from the metafile that tsup has left there. */
export function describeBundle() {
  const file = path.join(DIST, 'metafile-esm.json');
  const metafile = readJson(file);
  checkImported(metafile);
  const packages = packagesOf(metafile);
  rmSync(file);
  const { parse } = createRequire(path.join(packageFolder('core'), 'package.json'))('yaml');
  const lock = parse(readFileSync(path.join(ROOT, 'pnpm-lock.yaml'), 'utf8'));
  writeFileSync(SBOM, `${JSON.stringify(bomOf(packages, lock), null, 1)}\n`);
  writeFileSync(LICENSES, licensesOf(packages));
}

/** CONTENTS.md, from the bill of materials of the last build. */
export function contentsText() {
  const { components } = readJson(SBOM);
  const rows = (bundled) =>
    components
      .filter(({ properties: [{ value }] }) => value === String(bundled))
      .map(({ group, name, version, licenses: [{ license }] }) => {
        return `| ${group === undefined ? name : `${group}/${name}`} | ${version} | ${license.id} |`;
      });
  const table = (bundled) => `| package | version | license |\n| --- | --- | --- |\n${rows(bundled).join('\n')}\n`;
  return `# Contents of \`postern\`

Written by \`node scripts/api-snapshot.mjs\`. The installed package has the license texts in
\`dist/THIRD-PARTY-LICENSES.txt\` and a CycloneDX bill of materials in \`dist/sbom.cdx.json\`.

## Installed beside it

${table(false)}
## Bundled

${table(true)}`;
}

/** Says whether CONTENTS.md differs from the last build, or writes it. */
export function checkContents({ write }) {
  if (!existsSync(SBOM)) return [`${path.relative(ROOT, SBOM)} does not exist; build first: node scripts/build.mjs`];
  const text = contentsText();
  if (existsSync(CONTENTS) && readFileSync(CONTENTS, 'utf8') === text) return [];
  if (write) writeFileSync(CONTENTS, text);
  return write
    ? []
    : [`${path.relative(ROOT, CONTENTS)} is not what the bundle contains; run: node scripts/api-snapshot.mjs`];
}
