import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';

const VALUE = 'CANARYwJalrXUtnFEMI';

/** A spec whose link is named, and whose subnet is looked up, by the value of a variable. */
async function scene(change: (spec: string) => string) {
  const server = await cloud();
  const there = await network(server);
  const cwd = folder({ 'postern.yaml': change(specOf(there)) });
  const env = { POSTERN_SIMULATOR: server.url, NAME: VALUE };
  const read = (name: string) => readFileSync(path.join(cwd, name), 'utf8');
  return { cwd, read, postern: (...argv: string[]) => run(argv, { cwd, env }) };
}

const missing = (spec: string): string => spec.replace(/subnets: .*/, `subnets: [{ name: "\${env:NAME}" }]`);
const named = (spec: string): string =>
  spec.replace('    allowlist:', '    name: "${env:NAME}"\n    tags: { team: "a-${env:NAME}" }\n    allowlist:');

describe('the value of a variable of the spec', () => {
  it('is in no error, finding or picture', async () => {
    const { postern, read } = await scene(missing);
    const results = [
      await postern('plan'),
      await postern('plan', '--json'),
      await postern('apply', '--yes'),
      await postern('check'),
      await postern('check', '--json'),
      await postern('check', '--sarif', '-o', 'check.sarif'),
      await postern('graph', '--format', 'dot'),
      await postern('graph', '--format', 'svg', '-o', 'picture.svg'),
      await postern('graph', '--json'),
      await postern('explain', 'orders'),
    ];
    for (const { out, err } of results) expect(out + err).not.toContain(VALUE);
    expect(read('check.sarif') + read('picture.svg')).not.toContain(VALUE);
    expect(results[0]!.err).toContain('error NOT_FOUND: subnet with name "${env:NAME}" does not exist');
    expect(results[3]!.out).toContain('${env:NAME}');
    expect(results[6]!.out).toContain('${env:NAME}');
  });

  it.runIf(PROVE)('is in no printed plan, and in the plan that is written to be applied', async () => {
    const { postern, read } = await scene(named);
    const results = [await postern('plan'), await postern('plan', '--json'), await postern('plan', '-o', 'plan.json')];
    for (const { out, err, status } of results) {
      expect(status).toBe(0);
      expect(out + err).not.toContain(VALUE);
    }
    expect(results[1]!.out).toContain('"team": "a-${env:NAME}"');
    expect(read('plan.json')).toContain(VALUE);
    const applied = await postern('apply', '--plan', 'plan.json', '--yes');
    expect(applied).toMatchObject({ status: 0 });
    expect(applied.out + applied.err).not.toContain(VALUE);
    expect((await postern('plan')).out).toContain('No changes');
  });

  it('is refused as a credential in every command', async () => {
    const { postern } = await scene((spec) => missing(spec).replace('NAME', 'AWS_SECRET_ACCESS_KEY'));
    for (const argv of [['plan'], ['check'], ['graph', '--format', 'dot']])
      expect(await postern(...argv)).toMatchObject({
        status: 64,
        err: expect.stringContaining('AWS_SECRET_ACCESS_KEY is not for a spec'),
      });
  });
});

describe.skipIf(process.platform === 'win32')('files that commands write', () => {
  it('are readable by their owner only: they name internal addresses', async () => {
    const { postern, cwd } = await scene((spec) => spec);
    const mode = (name: string): number => statSync(path.join(cwd, name)).mode & 0o777;
    await postern('check', '-o', 'check.txt');
    await postern('graph', '--format', 'dot', '-o', 'graph.dot');
    await postern('import', '--region', 'eu-west-1', '-o', 'import.yaml');
    await postern('plan', '-o', 'plan.json');
    expect(['check.txt', 'graph.dot', 'import.yaml', 'plan.json'].map(mode)).toEqual([0o600, 0o600, 0o600, 0o600]);
  });
});
