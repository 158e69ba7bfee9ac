// What is inside a package that bundles packages of others: these with their versions and licenses, read from the bundle's metafile and the
// lockfile. The build writes dist/sbom.cdx.json (CycloneDX) and dist/THIRD-PARTY-LICENSES.txt; CONTENTS.md is checked in, so that a diff
// shows what comes and goes.
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { checkImported } from './imported-commonjs.mjs';
import { standardText } from './license-texts.mjs';
import { PACKAGES, ROOT, packageFolder, readJson } from './workspace.mjs';

/**
 * What bundles packages of others: the command bundles all, the packages of the workspace too; the adapter of Alibaba Cloud bundles the
 * vendor's client, whose package brings the types of Node.js 12 into the project of each user.
 */
const BUNDLES = ['alibaba', 'cli'];
export const bundles = (folder) => BUNDLES.includes(folder);

const manifestOf = (folder) => readJson(path.join(packageFolder(folder), 'package.json'));
const bomFile = (folder) => path.join(packageFolder(folder), 'dist', 'sbom.cdx.json');

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
export function packagesOf(of, metafile) {
  const folders = new Set();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      const [, folder] = PACKAGE_OF.exec(input.replaceAll('\\', '/')) ?? [];
      if (folder !== undefined && bytesInOutput > 0) folders.add(path.resolve(packageFolder(of), folder));
    }
  }
  const beside = Object.keys(manifestOf(of).dependencies ?? {}).filter((name) => !isOurs(name));
  return [
    ...[...folders].map((folder) => readPackage(folder, true)),
    ...beside.map((name) => readPackage(path.join(packageFolder(of), 'node_modules', name), false)),
  ].toSorted(byName);
}

const isOurs = (name) => PACKAGES.some((one) => one.name === name);

/** The packages of the workspace that are inside, or that are installed beside it. */
function ownPackages(of) {
  const { needs } = PACKAGES.find(({ folder }) => folder === of);
  const { dependencies = {} } = manifestOf(of);
  return needs.map((folder) => {
    const { name, version, license } = manifestOf(folder);
    return { id: `${name}@${version}`, name, version, license, bundled: dependencies[name] === undefined };
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
export function bomOf(of, packages, lock) {
  const { name, version, license, bin } = manifestOf(of);
  const own = ownPackages(of);
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
    return { ...from?.dependencies, ...bundledBy(folder, from), ...from?.optionalDependencies };
  };
  const root = { name, version, license, id: `${name}@${version}` };
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: bin === undefined ? 'library' : 'application',
        'bom-ref': purl(root),
        name,
        version,
        licenses: [{ license: { id: license } }],
        purl: purl(root),
      },
    },
    components: all.map((one) => component(one, lock.packages[one.id]?.resolution?.integrity)),
    dependencies: [root, ...all].map((one) => ({ ref: purl(one), dependsOn: refs(dependenciesOf(one)) })),
  };
}

/** The development dependencies of a package that bundles them. Those of the workspace are inside the command, for tests elsewhere. */
function bundledBy(folder, importer) {
  if (!bundles(folder)) return {};
  const all = Object.entries(importer?.devDependencies ?? {});
  return Object.fromEntries(folder === 'cli' ? all : all.filter(([name]) => !isOurs(name)));
}

/** The licenses, each text once with the packages that are under it. */
export function licensesOf(name, packages) {
  const texts = new Map();
  for (const { id, license, text } of packages.filter(({ bundled }) => bundled)) {
    const ids = texts.get(text) ?? [];
    texts.set(text, ids);
    ids.push(`${id} (${license})`);
  }
  const line = '-'.repeat(80);
  const sections = [...texts].map(([text, ids]) => `${line}\n${ids.join('\n')}\n${line}\n\n${text}\n`);
  return `\`${name}\` contains the following packages of others. The registry of npm has the source code of each:\nnpm pack NAME@VERSION\n\n${sections.join('\n')}`;
}

/** Writes both papers beside the bundle, from the metafile that tsup has left there. */
export function describeBundle(folder) {
  const dist = path.join(packageFolder(folder), 'dist');
  const file = path.join(dist, 'metafile-esm.json');
  const metafile = readJson(file);
  checkImported(metafile);
  const packages = packagesOf(folder, metafile);
  rmSync(file);
  const { parse } = createRequire(path.join(packageFolder('core'), 'package.json'))('yaml');
  const lock = parse(readFileSync(path.join(ROOT, 'pnpm-lock.yaml'), 'utf8'));
  writeFileSync(bomFile(folder), `${JSON.stringify(bomOf(folder, packages, lock), null, 1)}\n`);
  writeFileSync(path.join(dist, 'THIRD-PARTY-LICENSES.txt'), licensesOf(manifestOf(folder).name, packages));
}

/** CONTENTS.md, from the bill of materials of the last build. */
function contentsText(folder) {
  const { components } = readJson(bomFile(folder));
  const rows = (bundled) =>
    components
      .filter(({ properties: [{ value }] }) => value === String(bundled))
      .map(({ group, name, version, licenses: [{ license }] }) => {
        return `| ${group === undefined ? name : `${group}/${name}`} | ${version} | ${license.id} |`;
      });
  const table = (bundled) => `| package | version | license |\n| --- | --- | --- |\n${rows(bundled).join('\n')}\n`;
  return `# Contents of \`${manifestOf(folder).name}\`

Written by \`node scripts/api-snapshot.mjs\`. The installed package has the license texts in
\`dist/THIRD-PARTY-LICENSES.txt\` and a CycloneDX bill of materials in \`dist/sbom.cdx.json\`.

## Installed beside it

${table(false)}
## Bundled

${table(true)}`;
}

/** Says whether a CONTENTS.md differs from the last build, or writes it. */
export function checkContents({ write }) {
  return BUNDLES.flatMap((folder) => {
    const bom = bomFile(folder);
    if (!existsSync(bom)) return [`${path.relative(ROOT, bom)} does not exist; build first: node scripts/build.mjs`];
    const file = path.join(packageFolder(folder), 'CONTENTS.md');
    const text = contentsText(folder);
    if (existsSync(file) && readFileSync(file, 'utf8') === text) return [];
    if (write) writeFileSync(file, text);
    return write
      ? []
      : [`${path.relative(ROOT, file)} is not what the bundle contains; run: node scripts/api-snapshot.mjs`];
  });
}
