import { lstatSync, mkdirSync, realpathSync } from 'node:fs';
import nodeModule from 'node:module';
import os from 'node:os';
import path from 'node:path';

/**
 * The folder of the user's own for compiled code: `$XDG_CACHE_HOME/postern` (`~/.cache/postern`), created with mode 0700.
 * Undefined where it cannot be had, or where another user could write to it or put a folder in its place.
 *
 * Compiled code is executed as it is read: neither V8 nor Node looks at who wrote it. Node's default folder is in the temporary
 * folder, where any user of the machine can create it first
 * (https://nodejs.org/docs/latest-v22.x/api/module.html#moduleenablecompilecachecachedir).
 */
function ownCacheFolder(): string | undefined {
  const named = userFolder();
  if (named === undefined) return undefined;

  try {
    mkdirSync(named, { recursive: true, mode: 0o700 });
    const folder = realpathSync(named);
    return isOwn(folder) ? folder : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Has Node keep compiled code from version 22.8 on, in the user's own folder; without one, nothing is kept. Where
 * `NODE_COMPILE_CACHE` names a folder, Node has begun to use it by itself.
 */
export function enableCompileCache(): void {
  const { enableCompileCache: enable } = nodeModule as { readonly enableCompileCache?: (folder: string) => unknown };
  if (enable === undefined || namedCacheFolder() !== undefined || isCacheDisabled()) return;

  const folder = ownCacheFolder();
  if (folder !== undefined) enable(folder);
}

/** Whether the user wants no compiled code to be kept. */
function isCacheDisabled(): boolean {
  return process.env['NODE_DISABLE_COMPILE_CACHE'] !== undefined;
}

/** The folder that the user names for the compiled code of all programs. */
function namedCacheFolder(): string | undefined {
  return process.env['NODE_COMPILE_CACHE'] || undefined;
}

function userFolder(): string | undefined {
  const { env } = process;
  const isWindows = process.platform === 'win32';
  const caches = isWindows ? env['LOCALAPPDATA'] : env['XDG_CACHE_HOME'];
  // A relative path is ignored: it would be a folder of the current project, which may be foreign code.
  if (caches !== undefined && path.isAbsolute(caches)) return path.join(caches, 'postern');

  const home = os.homedir();
  if (!path.isAbsolute(home)) return undefined;

  return path.join(home, ...(isWindows ? ['AppData', 'Local'] : ['.cache']), 'postern');
}

/** Whether no other user but the superuser can write into a folder, or rename it or one that contains it. */
function isOwn(folder: string): boolean {
  const own = process.getuid?.();
  if (own === undefined) return true; // on Windows, the folder is in the user's profile

  const it = lstatSync(folder);
  if (!it.isDirectory() || it.uid !== own || (it.mode & 0o022) !== 0) return false;

  for (let at = path.dirname(folder); ; at = path.dirname(at)) {
    const { uid, mode } = lstatSync(at);
    const isSticky = (mode & 0o1000) !== 0; // only the owner of an entry can rename it
    if ((uid !== own && uid !== 0) || ((mode & 0o022) !== 0 && !isSticky)) return false;
    if (at === path.dirname(at)) return true;
  }
}
