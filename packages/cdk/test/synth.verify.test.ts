import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { sharedTemporaryFolder } from '../../core/test/temporary-folder.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const run = promisify(execFile);
const temporary = sharedTemporaryFolder();

/** The first with `Validations`, which is that of the peer dependency, and the newest that was tried. */
const VERSIONS = ['2.251.0', '2.276.0'];
const CLI = 'aws-cdk@2.1148.1';

/** Nothing may be connected to: by the app, nor by the CDK. */
const OFFLINE = `const { Socket } = require('node:net');
Socket.prototype.connect = () => { console.error('CONNECTED'); process.exit(9); };`;

/** The example with a version of CDK's library. Undefined: npm cannot install it. */
async function exampleWith(version: string): Promise<string | undefined> {
  const folder = path.join(temporary(), `cdk-${version}`);
  const plugin = path.join(folder, 'node_modules/@postern/cdk');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  const install = ['install', '--no-audit', '--no-fund', CLI, `aws-cdk-lib@${version}`, 'constructs@10'];
  const isInstalled = await run('npm', install, { cwd: folder, timeout: 400_000 }).then(
    () => true,
    () => false,
  );
  if (!isInstalled) return undefined;

  mkdirSync(plugin, { recursive: true });
  writeFileSync(path.join(plugin, 'package.json'), '{ "type": "module", "main": "index.js" }');
  await build({
    entryPoints: [path.join(ROOT, 'packages/cdk/src/index.ts')],
    outfile: path.join(plugin, 'index.js'),
    tsconfig: path.join(ROOT, 'tsconfig.base.json'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  for (const name of ['cdk', 'terraform'])
    cpSync(path.join(ROOT, 'examples', name), path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, 'offline.cjs'), OFFLINE);
  return folder;
}

interface Ended {
  readonly code?: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `cdk synth` ends with, and shows. */
async function synth(folder: string, remedy: string): Promise<{ readonly code: number; readonly shown: string }> {
  const offline = `--require ${path.join(folder, 'offline.cjs')}`;
  const env = { ...process.env, REMEDY: remedy, NODE_OPTIONS: offline, NO_COLOR: '1' };
  const cdk = path.join(folder, 'node_modules/aws-cdk/bin/cdk');
  const command = [cdk, 'synth', '--quiet', '--no-notices', '--output', path.join(folder, `out-${remedy}`)];
  const ran: Promise<Ended> = run('node', command, { cwd: path.join(folder, 'cdk'), env });
  const { code = 0, stdout, stderr } = await ran.catch((error: unknown) => error as Ended);
  return { code, shown: `${stdout}${stderr}` };
}

describe.each(VERSIONS)('the example with aws-cdk-lib %s', (version) => {
  it('fails at the constructs, and passes once the remedies are followed', { timeout: 900_000 }, async (context) => {
    const folder = await exampleWith(version);
    if (folder === undefined) return context.skip('npm cannot install aws-cdk-lib here');

    const failed = await synth(folder, 'none');
    expect(failed.code, failed.shown).toBe(1);
    const lines = failed.shown.replaceAll(/\s+/g, ' ');
    expect(lines).toContain('Orders/BalancerGroup/Resource');
    expect(lines).toContain('path/security-group');
    expect(lines).toMatch(/Add an inbound rule to BalancerGroup\w+ \(Orders\/BalancerGroup\): tcp 80 from LinkGroup/);
    expect(lines).toContain('Invoices/Api/Default/invoices/GET/Resource');
    expect(lines).toContain('has no listener on port 81');
    expect(lines).not.toContain('/stock');
    const followed = await synth(folder, 'followed');
    expect(followed, followed.shown).toMatchObject({ code: 0 });
    expect(lines + followed.shown).not.toContain('CONNECTED');
    const api = readFileSync(path.join(folder, 'out-followed', 'Orders.template.json'), 'utf8');
    expect(api).toContain('"GET /orders"');
  });
});
