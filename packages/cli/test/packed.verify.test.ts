import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  symlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { sharedTemporaryFolder } from '../../core/test/temporary-folder.js';
import { cloud, network, specOf } from './run-command.js';

const CLI = path.resolve(import.meta.dirname, '..');
const npm = { npm_config_update_notifier: 'false', npm_config_fund: 'false', npm_config_audit: 'false' };

/** Runs a program to its end; it must succeed. */
async function run(program: string, args: readonly string[], cwd: string, env: Record<string, string> = {}) {
  return promisify(execFile)(program, args, { cwd, env: { ...process.env, ...npm, ...env }, timeout: 120_000 });
}

describe('the packed command in an empty folder', () => {
  const folder = sharedTemporaryFolder();
  let tarball: string;
  const postern = (args: readonly string[], env: Record<string, string> = {}) =>
    run(process.execPath, [path.join(folder(), 'node_modules/postern/dist/bin.js'), ...args], folder(), env);

  beforeAll(async () => {
    await run(process.execPath, ['../../scripts/build.mjs', '--js', '--only', 'cli'], CLI);
    writeFileSync(path.join(folder(), 'package.json'), '{ "private": true, "type": "module" }');
    const { dependencies } = JSON.parse(readFileSync(path.join(CLI, 'package.json'), 'utf8')) as {
      readonly dependencies: Record<string, string>;
    };
    const packing = ['pack', CLI, '--ignore-scripts', '--pack-destination', folder()];
    tarball = path.join(folder(), (await run('npm', packing, folder())).stdout.trim());
    const modules = path.join(folder(), 'node_modules');
    mkdirSync(path.join(modules, 'postern'), { recursive: true });
    await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', path.join(modules, 'postern')], folder());
    // From the workspace: scripts/packed.mjs installs them.
    for (const name of Object.keys(dependencies)) {
      mkdirSync(path.dirname(path.join(modules, name)), { recursive: true });
      symlinkSync(realpathSync(path.join(CLI, 'node_modules', name)), path.join(modules, name));
    }
  });

  // The registry: with npm run prove.
  it('brings at most eight packages in all', async () => {
    const empty = path.join(folder(), 'empty');
    await run('npm', ['install', '--prefix', empty, tarball], folder());
    const lock = JSON.parse(readFileSync(path.join(empty, 'package-lock.json'), 'utf8')) as { packages: object };
    expect(Object.keys(lock.packages).filter((place) => place !== '').length).toBeLessThanOrEqual(8);
    expect((await run('npx', ['postern', '--version'], empty)).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('prints its version and nothing else', async () => {
    const { version } = JSON.parse(readFileSync(path.join(CLI, 'package.json'), 'utf8')) as { version: string };
    expect(await postern(['--version'])).toEqual({ stdout: `${version}\n`, stderr: '' });
  });

  it('writes a spec for `npm create postern`, as init does', async () => {
    const create = path.join(folder(), 'node_modules/create-postern.mjs');
    cpSync(path.join(CLI, '../create/create.mjs'), create);
    await run(process.execPath, [create, 'made.yaml', '--project', 'shop'], folder());
    expect(readFileSync(path.join(folder(), 'made.yaml'), 'utf8')).toMatch(/^project: shop\b[^]*^spec: shop-\w{6}\b/m);
  });

  it('has the manual page that it prints', async () => {
    const { man } = JSON.parse(readFileSync(path.join(CLI, 'package.json'), 'utf8')) as { man: string };
    const page = readFileSync(path.join(folder(), 'node_modules/postern', man), 'utf8');
    expect(page).toMatch(/^\.TH POSTERN 1 /);
    expect(page).toBe((await postern(['man'])).stdout);
  });

  it.each([
    ['one file', ['--help'], 1, 20_000],
    ['its grammar and nothing else', ['help'], 20, 170_000],
  ])('loads %s for %s', async (_, words, files, mostBytes) => {
    const counter = `import { register } from 'node:module';
register('data:text/javascript,' + encodeURIComponent(\`import { writeSync } from 'node:fs';
export const load = (url, context, next) => (writeSync(2, url + '\\\\n'), next(url, context));\`));`;
    writeFileSync(path.join(folder(), 'counter.mjs'), counter);
    const { stdout, stderr } = await postern(words, { NODE_OPTIONS: '--import ./counter.mjs --no-warnings' });
    expect(stdout).toMatch(/^Usage: postern /);
    const loaded = stderr.split('\n').filter((line) => line.includes('/postern/dist/'));
    expect(loaded.length).toBeGreaterThan(0);
    expect(loaded.length).toBeLessThanOrEqual(files);
    const bytes = loaded.map((url) => readFileSync(new URL(url)).length);
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(mostBytes);
  });

  it('checks a spec in TypeScript, also with a check in TypeScript, without a library beside it', async () => {
    const server = await cloud();
    const there = await network(server);
    writeFileSync(path.join(folder(), 'postern.yaml'), specOf(there));
    const spec = `import { readFileSync } from 'node:fs';
import { cloud } from '@postern/aws/cloud';
import { clouds } from '@postern/core';
import { defineSpec, parseSpec } from '@postern/core/spec';
const { project, links } = parseSpec(readFileSync('postern.yaml', 'utf8'), { file: 'postern.yaml', clouds: clouds([cloud]) });
const subnets: string[] = ${JSON.stringify(there.subnets)};
export default defineSpec({ version: 1, project, links: { main: { provider: 'aws', region: links['main']!.region, subnets } } });
`;
    writeFileSync(path.join(folder(), 'postern.config.ts'), spec);
    const check = `import { defineCheck, fail } from '@postern/core/check';
const about: string = 'Names each link.';
export default defineCheck({ id: 'acme/named', title: 'Named', severity: 'note', about, sources: [],
  codes: { NAMED: fail('It is {name}', 'Look.') },
  *run({ links }, say) { for (const { name } of links) yield say.NAMED({ subject: name }, { name }); },
});
`;
    writeFileSync(path.join(folder(), 'acme.ts'), check);
    const args = ['check', 'postern.config.ts', '--checks', 'acme.ts'];
    const { stdout } = await postern(args, { POSTERN_SIMULATOR: server.url });
    expect(stdout).toContain('It is main');
    expect(stdout).toMatch(/\d+ passed/);
  });

  it('applies a spec under its lock, and calls both clouds', async () => {
    const server = await cloud();
    const env = { POSTERN_SIMULATOR: server.url };
    rmSync(path.join(folder(), 'postern.yaml'), { force: true });
    const { stdout } = await postern(['links', '--provider', 'alibaba', '--region', 'cn-hangzhou'], env);
    expect(stdout).toBe('No links in cn-hangzhou.\n');
    writeFileSync(path.join(folder(), 'postern.yaml'), specOf(await network(server)));
    expect((await postern(['apply', '--yes', '--ignore-findings', '*'], env)).stdout).toMatch(/done/);
    expect((await postern(['plan', '--detailed-exitcode'], env)).stdout).toMatch(/No changes/);
  });

  it('lists what is inside, with the licenses', () => {
    const dist = path.join(folder(), 'node_modules/postern/dist');
    const bom = JSON.parse(readFileSync(path.join(dist, 'sbom.cdx.json'), 'utf8')) as Bom;
    const refs = bom.components.map(({ purl }) => purl);
    expect(new Set(refs).size).toBe(refs.length);
    // Whatever is inside is there because another part, or the command, depends on it.
    expect(new Set(bom.dependencies.flatMap(({ dependsOn }) => dependsOn))).toEqual(new Set(refs));
    const own = /@postern\//;
    for (const { name, group = '', hashes } of bom.components)
      if (!own.test(`${group}/`))
        expect([name, hashes?.[0]?.content]).toEqual([name, expect.stringMatching(/^[0-9a-f]{128}$/)]);
    const licenses = readFileSync(path.join(dist, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
    for (const { group, name, version, properties } of bom.components) {
      const id = `${group === undefined ? name : `${group}/${name}`}@${version}`;
      expect([id, licenses.includes(`\n${id} (`)]).toEqual([id, !own.test(id) && properties[0]?.value === 'true']);
    }
    expect(
      readdirSync(dist).filter(
        (file) => !/\.js$|^help$|^sbom\.cdx\.json$|^THIRD-PARTY-LICENSES\.txt$|^postern\.1$/.test(file),
      ),
    ).toEqual([]);
  });
});

interface Bom {
  readonly components: readonly {
    readonly group?: string;
    readonly name: string;
    readonly version: string;
    readonly purl: string;
    readonly hashes?: readonly { readonly content: string }[];
    readonly properties: readonly { readonly value: string }[];
  }[];
  readonly dependencies: readonly { readonly dependsOn: readonly string[] }[];
}
