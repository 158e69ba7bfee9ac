import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { cloud, folder, network, run, specOf, type Ran } from '../run-command.js';

let taken: Promise<{ readonly spec: string; readonly snapshot: string }> | undefined;

async function takeOnce() {
  const server = await cloud();
  const spec = specOf(await network(server));
  const cwd = folder({ 'postern.yaml': spec });
  const env = { POSTERN_SIMULATOR: server.url };
  await run(['apply', '--yes'], { cwd, env });
  await run(['snapshot', '--spec', 'postern.yaml', '-o', 'snapshot.json'], { cwd, env });
  return { spec, snapshot: readFileSync(path.join(cwd, 'snapshot.json'), 'utf8') };
}

/** A folder with a spec and a snapshot after `apply`, whose load balancer has no target: some checks fail. */
export async function snapshotScene() {
  const { spec, snapshot } = await (taken ??= takeOnce());
  const cwd = folder({ 'postern.yaml': spec, 'snapshot.json': snapshot });
  return {
    cwd,
    spec,
    /** `postern check` of the snapshot, without a cloud. */
    check: (...options: readonly string[]): Promise<Ran> =>
      run(['check', '--snapshot', 'snapshot.json', ...options], { cwd }),
    file: (name: string): string => readFileSync(path.join(cwd, name), 'utf8'),
    has: (name: string): boolean => existsSync(path.join(cwd, name)),
  };
}
