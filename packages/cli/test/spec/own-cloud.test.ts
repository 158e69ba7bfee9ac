import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, run } from '../run-command.js';

const EXAMPLE = path.join(import.meta.dirname, '../../../../examples/own-cloud');

/** A copy of the example, whose account is empty. */
function copy(files: Record<string, string> = {}): string {
  const cwd = folder(files);
  cpSync(EXAMPLE, cwd, { recursive: true, filter: (file) => !file.endsWith('.json') });
  return cwd;
}

describe('a cloud that a program brings', () => {
  it('is planned, applied, checked, pictured and destroyed', async () => {
    const cwd = copy();
    const postern = (...argv: string[]) => run([...argv, '--cloud', 'cloud.ts'], { cwd });
    expect(await postern('validate')).toMatchObject({ status: 0 });
    const planned = await postern('plan');
    expect(planned.out).toContain('create link main');
    expect(planned.out).toContain('create route ANY /orders on router1');
    expect(await postern('apply', '--yes')).toMatchObject({ status: 0 });
    expect((await postern('plan')).out).toContain('No changes; 2 unchanged.');
    const checked = await postern('check', '--json');
    const { findings } = JSON.parse(checked.out) as {
      readonly findings: readonly { check: string; verdict: string }[];
    };
    const open = findings.filter(({ verdict }) => verdict !== 'pass');
    expect(open).toMatchObject([
      { check: 'egress/wider', verdict: 'fail' },
      { check: 'target/exposed', verdict: 'fail' },
    ]);
    expect((await postern('graph')).out).toContain('router of Tunnel Cloud');
    expect(await postern('destroy', '--yes', '--drain', '0')).toMatchObject({ status: 0 });
    expect((await postern('plan')).out).toContain('2 to create');
  });

  it('has checks of its own, which reports, rules and `ignore` know', async () => {
    const cwd = copy();
    const check = async (routes: number, ...argv: string[]) => {
      const all = Array.from({ length: routes }, (_, at) => ({
        id: `r-${at}`,
        key: `ANY /r${at}`,
        tunnel: 'tun-1',
        target: 'a:1',
        note: '',
      }));
      writeFileSync(path.join(cwd, 'tunnel-account.json'), JSON.stringify({ ids: 1, tunnels: [], routes: all }));
      return run(['check', '--cloud', 'cloud.ts', '--only', 'tunnel/*', '--fail-on', 'warning', ...argv], { cwd });
    };
    expect(await check(20)).toMatchObject({ status: 0 });
    const many = await check(21, '--report', 'sarif=a.sarif');
    expect(many).toMatchObject({ status: 3, out: expect.stringContaining('router1 has 21 routes') });
    const sarif = readFileSync(path.join(cwd, 'a.sarif'), 'utf8');
    const ids = [...sarif.matchAll(/"id":\s*"([a-z-]+\/[a-z-]+)"/g)].map(([, id]) => id);
    expect(ids.slice(-3)).toEqual(['egress/wider', 'tunnel/router-load', 'spec/ignore']);

    const spec = readFileSync(path.join(cwd, 'postern.yaml'), 'utf8');
    const ignoring = (id: string) =>
      writeFileSync(path.join(cwd, 'postern.yaml'), `${spec}ignore: [{ check: ${id}, reason: moves in May }]\n`);
    ignoring('tunnel/router-load');
    expect(await check(21)).toMatchObject({ status: 0 });
    ignoring('tunnel/router-lod');
    expect(await check(21)).toMatchObject({ status: 64, err: expect.stringContaining('tunnel/router-load') });
  });

  it('refuses what its rules refuse', async () => {
    const spec =
      'version: 1\nproject: shop\nlinks: { main: { provider: tunnel, region: north-1, subnets: [sub-a] } }\n';
    const ran = await run(['plan', 'one.yaml', '--cloud', 'cloud.ts'], { cwd: copy({ 'one.yaml': spec }) });
    expect(ran).toMatchObject({ status: 64, err: expect.stringContaining('a tunnel needs two subnets') });
  });

  it('is unknown without the program, and the remedy says how it is given', async () => {
    const { err, status } = await run(['validate'], { cwd: copy() });
    expect(status).toBe(64);
    expect(err).toContain('unknown provider "tunnel"');
    expect(err).toContain('--cloud FILE');
  });

  it.each<[string, string, string]>([
    ['no cloud', 'export default { cloud: {} };', 'the default export is not { cloud, driver }'],
    [
      'a name that another cloud has',
      "import { BUILT_IN } from '@postern/core/kinds';\nexport default { cloud: BUILT_IN.named('aws'), driver: () => {} };",
      'two clouds of this set are named aws',
    ],
    ['a program that fails', "throw new Error('broken');", 'the program failed during loading: broken'],
  ])('is refused with its file: %s', async (_, program, message) => {
    const cwd = copy({ 'wrong.ts': program });
    const { err, status } = await run(['validate', '--cloud', 'wrong.ts'], { cwd });
    expect(status).toBeGreaterThan(1);
    expect(err).toContain(message);
    expect(err).toContain('wrong.ts');
  });
});
