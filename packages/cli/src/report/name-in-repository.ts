import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';

/**
 * The name of a file relative to the root of the repository that contains the working folder, or to the
 * working folder outside of a repository. Code scanning expects this name. A file outside keeps its absolute
 * path.
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function nameInRepository(cwd: string): (file: string) => string {
  const folder = realPath(cwd);
  const root = rootAbove(folder) ?? folder;
  return (file) => {
    const name = path.relative(root, realPath(path.resolve(cwd, file)));
    const outside = name === '' || name === '..' || name.startsWith(`..${path.sep}`) || path.isAbsolute(name);
    return outside ? path.resolve(cwd, file) : name;
  };
}

/** The nearest folder, itself or above, that has a `.git`: a folder, or a file where it is another's work tree. */
function rootAbove(folder: string): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, '.git'))) return at;
    if (path.dirname(at) === at) return undefined;
  }
}

/** Without symbolic links, of which one name of a folder may have some and the other none. */
function realPath(name: string): string {
  try {
    return realpathSync(name);
  } catch {
    return path.resolve(name);
  }
}
