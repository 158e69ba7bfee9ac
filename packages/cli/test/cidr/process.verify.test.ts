import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { PROVE, sample } from '../../../core/test/runs.js';
import { sharedTemporaryFolder } from '../../../core/test/temporary-folder.js';
import { bundleCommand } from '../kills/postern-command.js';

const folder = sharedTemporaryFolder();
let bin = '';
beforeAll(async () => void ({ bin } = await bundleCommand()));

interface Ended {
  readonly status: number | null;
  readonly bytes: number;
  readonly out: string;
  readonly err: string;
}

/** Runs it with `stdin`, reading `most` bytes of its output and then closing the pipe. */
function run(argv: readonly string[], stdin: string, most = Number.POSITIVE_INFINITY): Promise<Ended> {
  const child = spawn(process.execPath, ['--max-old-space-size=64', bin, 'cidr', ...argv], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] },
  });
  let bytes = 0;
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (out.length < 1_000) out += chunk.toString();
    if (bytes >= most) child.stdout.destroy();
  });
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  child.stdin.end(stdin);
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, bytes, out, err })));
}

describe('postern cidr as a process', () => {
  it('reads standard input, and writes the result', async () => {
    expect(await run(['merge', '-'], '10.0.0.0/9\n10.128.0.0/9\n2001:DB8::/32')).toMatchObject({
      status: 0,
      out: '10.0.0.0/8\n2001:db8::/32\n',
      err: '',
    });
    expect(await run(['merge'], '10.0.0.1/8\n')).toMatchObject({
      status: 64,
      out: '',
      err: expect.stringMatching(/^-:1: /),
    });
  });

  it.runIf(PROVE)('writes a million pairs with a small heap', async () => {
    const line = '10.0.0.0/8\tequals\t10.0.0.0/8\t-:1\t-:2\n';
    const { status, bytes, out, err } = await run(['conflicts'], '10.0.0.0/8\n'.repeat(1_415));
    expect({ status, err }).toEqual({ status: 3, err: '' });
    expect(out.startsWith(line)).toBe(true);
    expect(bytes).toBeGreaterThan(((1_415 * 1_414) / 2) * line.length);
  });

  it.each<['SIGINT' | 'SIGTERM', number]>(
    sample(
      [
        ['SIGINT', 130],
        ['SIGTERM', 143],
      ],
      2,
    ),
  )('%s ends it while its output is not read and its input stays open', async (signal, status) => {
    for (const stdin of ['10.0.0.0/8\n'.repeat(100_000), undefined]) {
      const child = spawn(process.execPath, [bin, 'cidr', 'conflicts'], { env: { PATH: process.env['PATH'] } });
      if (stdin === undefined) {
        // More than a pipe holds: when it is consumed, the command reads, and receives signals.
        await new Promise((resolve) => child.stdin.write('10.0.0.0/8\n'.repeat(50_000), resolve));
      } else {
        child.stdin.end(stdin);
        await new Promise((resolve) => child.stdout.once('readable', resolve));
      }
      let err = '';
      child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
      child.kill(signal);
      const ended = await new Promise((resolve) => child.once('exit', resolve));
      expect({ ended, err }).toEqual({ ended: status, err: `stopped by ${signal}\n` });
    }
  });

  it.runIf(existsSync('/dev/full'))('reports that the output could not be written, and fails', () => {
    const full = openSync('/dev/full', 'w');
    for (const command of ['merge', 'conflicts']) {
      const ended = spawnSync(process.execPath, [bin, 'cidr', command], {
        input: '10.0.0.0/8\n10.0.0.0/9\n',
        stdio: ['pipe', full, 'pipe'],
        encoding: 'utf8',
      });
      expect(ended).toMatchObject({
        status: 1,
        stderr: expect.stringMatching(/^error FILE_UNWRITABLE: standard output: ENOSPC.*\n {2}Free space/),
      });
    }
    closeSync(full);
  });

  it('resolves modules behind symbolic links through Node, for every kind of output', async () => {
    const made = folder();
    const outfile = path.join(made, 'links.cjs');
    mkdirSync(path.join(made, 'real'));
    writeFileSync(path.join(made, 'real/index.cjs'), 'module.exports = __filename;');
    symlinkSync('real', path.join(made, 'link'));
    const source = path.resolve(import.meta.dirname, '../../src/process/node-io.ts');
    await build({
      stdin: {
        contents: `import { nodeIo } from ${JSON.stringify(source)};
          const io = nodeIo(); io.stderr.write('said\\n');
          io.stdout.write(require(${JSON.stringify('./link/index.cjs')}));`,
        resolveDir: made,
      },
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['./link/*'],
      logLevel: 'error',
    });
    const { stdout, stderr } = spawnSync(process.execPath, [outfile], { encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: path.join(made, 'real/index.cjs'), stderr: 'said\n' });
  });

  it('ends when its output is closed, for an output of any size', async () => {
    // Five thousand million pairs.
    const ended = await run(['conflicts'], '10.0.0.0/8\n'.repeat(100_000), 100_000);
    expect(ended).toMatchObject({ status: 3, err: '' });
    expect(ended.bytes).toBeLessThan(10_000_000);
  });
});
