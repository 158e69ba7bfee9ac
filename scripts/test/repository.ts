import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PosternCommand } from '../../packages/cli/test/kills/postern-command.js';
import { temporaryFolder } from '../../packages/core/test/temporary-folder.js';

/** A repository of a user whose spec is in a folder of its own, and a runner's environment, with an npx that starts the sources. */
export function repository(spec: string, simulator: string, command: PosternCommand) {
  const home = temporaryFolder('repository');
  const work = path.join(home, 'deploy');
  const temp = path.join(home, 'temp');
  const bin = path.join(home, 'bin');
  for (const one of [work, temp, bin]) mkdirSync(one);
  writeFileSync(path.join(work, 'postern.yaml'), spec);
  const npx = path.join(bin, 'npx');
  writeFileSync(
    npx,
    `#!/bin/sh
case "$*" in
"--yes --prefix $RUNNER_TEMP --package postern@"*' -- postern '*) shift 7 ;;
'--yes postern@'*) shift 2 ;;
*) exit 9 ;;
esac
exec "${process.execPath}" "${command.bin}" "$@"
`,
  );
  chmodSync(npx, 0o755);
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
