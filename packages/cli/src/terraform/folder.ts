import { readFileSync, realpathSync, statSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { InvalidInputError } from '@postern/core';
import type { Configuration } from './archive.js';

const MOST_BYTES = 64 * 1024 * 1024;
const SOURCE = /\.tf(?:\.json)?$/;

/** What `terraform init` wrote of each call: its folder, relative to the root. */
interface Manifest {
  readonly Modules?: readonly { readonly Key?: unknown; readonly Dir?: unknown }[];
}

/**
 * The configuration in a folder, with the modules that `terraform init` brought.
 * @throws {InvalidInputError} `FILE_UNREADABLE` where it has no sources; `INPUT_TOO_LARGE`
 */
export async function readFolder(folder: string, shown: string, env: NodeJS.ProcessEnv): Promise<Configuration> {
  const size = { bytes: 0 };
  const root = await sourcesIn(folder, shown, size);
  if (root.size === 0)
    throw new InvalidInputError('FILE_UNREADABLE', `${shown} has no files of Terraform`, {
      remedy: 'Name the folder in which the plan was made, or the plan file.',
    });

  const data = path.resolve(folder, env['TF_DATA_DIR'] ?? '.terraform');
  const folders = new Map([['', '.'], ...(await installed(data))]);
  const modules = new Map([['', root]]);
  for (const [key, inner] of folders)
    if (key !== '') modules.set(key, await sourcesIn(path.resolve(folder, inner), shown, size));
  const selected = await readFile(path.join(data, 'environment'), 'utf8').catch(() => 'default');
  const workspace = env['TF_WORKSPACE'] ?? selected.trim();
  return { modules, folders, text: (file) => textIn(folder, [...folders.values()], file, size), workspace };
}

/** A file in one of the folders of a configuration, links followed. */
function textIn(root: string, folders: readonly string[], file: string, size: { bytes: number }): string | undefined {
  try {
    const at = realpathSync(path.resolve(root, file));
    const isInside = folders.some((one) => at.startsWith(realpathSync(path.resolve(root, one)) + path.sep));
    const { size: bytes } = statSync(at);
    if (!isInside || !statSync(at).isFile() || size.bytes + bytes > MOST_BYTES) return undefined;

    size.bytes += bytes;
    return readFileSync(at, 'utf8');
  } catch {
    return undefined;
  }
}

async function installed(data: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(path.join(data, 'modules', 'modules.json'), 'utf8').catch(() => '{}');
  let manifest: Manifest;
  try {
    manifest = JSON.parse(text) as Manifest;
  } catch {
    return new Map();
  }
  const found = new Map<string, string>();
  for (const { Key: key, Dir: dir } of manifest.Modules ?? [])
    if (typeof key === 'string' && typeof dir === 'string' && key !== '') found.set(key, dir);
  return found;
}

async function sourcesIn(folder: string, shown: string, size: { bytes: number }): Promise<Map<string, string>> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const found = new Map<string, string>();
  for (const name of names.filter((one) => SOURCE.test(one)).toSorted()) {
    const file = path.join(folder, name);
    size.bytes += (await stat(file)).size;
    if (size.bytes > MOST_BYTES)
      throw new InvalidInputError(
        'INPUT_TOO_LARGE',
        `${shown} has more than ${MOST_BYTES / 1024 / 1024} MiB of sources`,
        {
          remedy: 'Name the folder of the configuration alone.',
        },
      );

    found.set(name, await readFile(file, 'utf8'));
  }
  return found;
}
