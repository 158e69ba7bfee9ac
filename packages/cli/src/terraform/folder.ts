import {
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
} from 'node:fs';
import path from 'node:path';
import { InvalidInputError } from '@postern/core/internal/library';
import { MOST_BYTES, MOST_FILES, tooLarge, type Configuration } from './archive.js';

const SOURCE = /\.tf(?:\.json)?$/;

/** What `terraform init` wrote of each call: its folder, relative to the root. */
interface Manifest {
  readonly Modules?: readonly ({ readonly Key?: unknown; readonly Dir?: unknown } | null)[];
}

/**
 * The configuration in a folder, with the modules that `terraform init` brought.
 * @throws {InvalidInputError} `FILE_UNREADABLE` where it has no sources, or one that is not a regular file; `INPUT_TOO_LARGE`
 */
export function readFolder(folder: string, shown: string, env: NodeJS.ProcessEnv): Configuration {
  const read = new Read(shown);
  const root = sourcesIn(folder, read);
  if (root.size === 0)
    throw new InvalidInputError('FILE_UNREADABLE', `${shown} has no files of Terraform`, {
      remedy: 'Name the folder in which the plan was made, or the plan file.',
    });

  const data = path.resolve(folder, env['TF_DATA_DIR'] ?? '.terraform');
  const folders = new Map([['', '.'], ...installed(read.text(path.join(data, 'modules', 'modules.json')) ?? '{}')]);
  const modules = new Map([['', root]]);
  for (const [key, inner] of folders) if (key !== '') modules.set(key, sourcesIn(path.resolve(folder, inner), read));
  const workspace = env['TF_WORKSPACE'] ?? read.text(path.join(data, 'environment'))?.trim() ?? 'default';
  return { modules, folders, text: (file) => textIn(folder, [...folders.values()], file, read), workspace };
}

/** What was read of a configuration, which has a limit. */
class Read {
  #bytes = 0;
  #files = 0;

  constructor(readonly shown: string) {}

  /** One more file, or folder. @throws {InvalidInputError} `INPUT_TOO_LARGE` */
  count(bytes: number): void {
    this.#bytes += bytes;
    this.#files += 1;
    if (this.#bytes > MOST_BYTES || this.#files > MOST_FILES)
      throw tooLarge(this.shown, 'Name the folder of the configuration alone, or leave it out with --source none.');
  }

  /** The text of a regular file. Undefined: it is not there, or of another kind, which may have no end. */
  text(file: string): string | undefined {
    let opened: number;
    try {
      // A pipe without a writer is opened as well.
      opened = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    } catch {
      return undefined;
    }
    try {
      const found = fstatSync(opened);
      if (!found.isFile()) return undefined;

      this.count(found.size);
      return readFileSync(opened, 'utf8');
    } finally {
      closeSync(opened);
    }
  }
}

/** A file in one of the folders of a configuration, links followed. */
function textIn(root: string, folders: readonly string[], file: string, read: Read): string | undefined {
  try {
    const at = realpathSync(path.resolve(root, file));
    const isInside = folders.some((one) => at.startsWith(realpathSync(path.resolve(root, one)) + path.sep));
    return isInside ? read.text(at) : undefined;
  } catch {
    return undefined;
  }
}

function installed(text: string): ReadonlyMap<string, string> {
  let manifest: Manifest | null;
  try {
    manifest = JSON.parse(text) as Manifest | null;
  } catch {
    return new Map();
  }
  const found = new Map<string, string>();
  for (const one of Array.isArray(manifest?.Modules) ? manifest.Modules : []) {
    const { Key: key, Dir: dir } = one ?? {};
    if (typeof key === 'string' && typeof dir === 'string' && key !== '') found.set(key, dir);
  }
  return found;
}

function sourcesIn(folder: string, read: Read): Map<string, string> {
  const found = new Map<string, string>();
  read.count(0);
  let entries: readonly Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return found;
  }
  const sources = entries.filter((one) => !one.isDirectory() && SOURCE.test(one.name));
  for (const name of sources.map((one) => one.name).toSorted()) {
    const text = read.text(path.join(folder, name));
    if (text === undefined)
      throw new InvalidInputError('FILE_UNREADABLE', `${path.join(read.shown, name)} is not a regular file`, {
        place: { file: path.join(read.shown, name) },
        remedy: 'Remove it, or leave the configuration out with --source none.',
      });

    found.set(name, text);
  }
  return found;
}
