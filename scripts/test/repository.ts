import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PosternCommand } from '../../packages/cli/test/kills/postern-command.js';
import { temporaryFolder } from '../../packages/core/test/temporary-folder.js';

const { version } = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../../packages/cli/package.json'), 'utf8'),
) as { version: string };
const TARBALL = `postern-${version}.tgz`;
export const TARBALL_SHA256 = createHash('sha256').update('the command').digest('hex');
/** The inputs of the action that name the tarball, from the folder of the spec. */
export const INPUTS = { package: `../ci/${TARBALL}`, sha256: TARBALL_SHA256 };

/** A repository of a user whose spec is in a folder of its own, and a runner's environment, with commands that start the sources. */
export function repository(spec: string, simulator: string, command: PosternCommand) {
  const home = temporaryFolder('repository');
  const work = path.join(home, 'deploy');
  const temp = path.join(home, 'temp');
  const bin = path.join(home, 'bin');
  for (const one of [work, temp, bin]) mkdirSync(one);
  writeFileSync(path.join(work, 'postern.yaml'), spec);
  mkdirSync(path.join(home, 'ci'));
  writeFileSync(path.join(home, 'ci', TARBALL), 'the command');
  writeFileSync(path.join(home, 'ci/postern.sha256'), `${TARBALL_SHA256}  ci/${TARBALL}\n`);
  const start = `exec "${process.execPath}" "${command.bin}" "$@"`;
  const commands = {
    postern: start,
    npx: `case "$*" in "--yes --prefix $RUNNER_TEMP --package $PWD/../ci/${TARBALL} -- postern "*) shift 7 ;; *) exit 9 ;; esac\n${start}`,
    npm: `[ "$*" = 'install --global ./ci/${TARBALL}' ]`,
  };
  for (const [name, lines] of Object.entries(commands))
    writeFileSync(path.join(bin, name), `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
  const env = {
    PATH: `${bin}:${path.dirname(process.execPath)}:${process.env['PATH']}`,
    POSTERN_SIMULATOR: simulator,
    RUNNER_TEMP: temp,
  };
  return { home, temp, env };
}

/** Not the synchronous one: this process serves the simulator and the API. */
export async function bash(script: string, options: { cwd: string; env: NodeJS.ProcessEnv }) {
  const child = spawn('bash', ['-eo', 'pipefail', '-c', script], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (text += data.toString()));
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { status, text };
}
