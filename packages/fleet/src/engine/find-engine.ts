import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { PosternError } from '@postern/core';
import { isOldEnough, OLDEST_ENGINE } from './admin.js';

/** The package of the engine's server. Its licence is the BSL: users install it, and it is never inside this package. */
const SERVER = '@restatedev/restate-server';
/** What fleets are tested with. */
const TESTED = '1.7.12';

/** The server of an engine on this machine. */
export interface EngineBinary {
  readonly file: string;
  readonly version: string;
}

/**
 * The server that is installed in a folder or above it.
 * @throws {PosternError} `DEPENDENCY_MISSING`, `ENGINE_TOO_OLD`.
 */
export function findEngine(
  cwd: string,
  { platform, arch }: Pick<NodeJS.Process, 'platform' | 'arch'> = process,
): EngineBinary {
  const remedy = `Run \`npm i -D ${SERVER}@${TESTED}\` in this folder. Its licence is the Business Source License 1.1.`;
  const server = installed(cwd, SERVER);
  if (server === undefined)
    throw new PosternError('DEPENDENCY_MISSING', `${SERVER} is not installed in ${cwd}`, { remedy });
  const { version } = JSON.parse(readFileSync(path.join(server, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  if (!isOldEnough(version)) {
    const message = `${SERVER} ${version} is too old: fleets need ${OLDEST_ENGINE} or newer`;
    throw new PosternError('ENGINE_TOO_OLD', message, { remedy });
  }
  const program = installed(server, `${SERVER}-${platform}-${arch}`);
  if (program !== undefined) return { file: path.join(program, 'bin', 'restate-server'), version };
  throw new PosternError('DEPENDENCY_MISSING', `${SERVER} has no server for ${platform} ${arch} here`, {
    remedy: 'Servers exist for Linux and macOS on x64 and arm64; install without --omit=optional.',
  });
}

/** The folder of a package, as Node finds it from a folder; not by NODE_PATH, which names packages of other programs. */
function installed(folder: string, name: string): string | undefined {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const found = path.join(at, 'node_modules', name);
    if (existsSync(path.join(found, 'package.json'))) return realpathSync(found);
    if (at === path.dirname(at)) return undefined;
  }
}
