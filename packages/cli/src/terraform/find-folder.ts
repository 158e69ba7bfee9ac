import path from 'node:path';
import { readTerraform, type TerraformDocument } from '@postern/core/overlay';
import type { Io } from '../process/io.js';
import type { Configuration, ModuleFiles } from './archive.js';
import { readFolder } from './folder.js';
import { readSources } from './read-sources.js';

/** A configuration that was found, and the folder that it is in as it is shown. */
export interface FoundFolder {
  readonly configuration: Configuration;
  readonly shown: string;
}

/**
 * The folder that was planned: the one of the plan's file, or the one in which the command runs, if its modules have the same
 * resources and calls as the plan. Undefined: neither does, or not all modules are installed.
 */
export async function plannedFolder(io: Io, file: string, text: string): Promise<FoundFolder | undefined> {
  const found = await foldersOf(io, file);
  if (found.length === 0) return undefined;

  const { configuration: planned } = readTerraform(text, file);
  return found.find(({ configuration }) => {
    const { modules } = readSources(configuration).sources;
    const fits = (module: TerraformDocument['configuration'], key: string): boolean => {
      const source = modules.get(key);
      const resources = (module.resources ?? []).map(({ mode, type, name }) =>
        mode === 'data' ? `data.${type}.${name}` : `${type}.${name}`,
      );
      const calls = Object.entries(module.module_calls ?? {});
      return (
        source !== undefined &&
        isSame(resources, Object.keys(source.resources)) &&
        isSame(
          calls.map(([name]) => name),
          Object.keys(source.calls),
        ) &&
        calls.every(([name, { module: inner = {} }]) => fits(inner, key === '' ? name : `${key}.${name}`))
      );
    };
    return fits(planned, '');
  });
}

/** What a plan file lacks: the files that its configuration reads, from a folder with the same sources. */
export async function besideArchive(io: Io, file: string, modules: ModuleFiles): Promise<Configuration> {
  const found = await foldersOf(io, file);
  const same = found.find(({ configuration }) =>
    [...modules].every(([key, files]) => {
      const own = configuration.modules.get(key);
      return own?.size === files.size && [...files].every(([name, text]) => own.get(name) === text);
    }),
  );
  return { modules, folders: same?.configuration.folders, text: same?.configuration.text };
}

async function foldersOf(io: Io, file: string): Promise<readonly FoundFolder[]> {
  const places = new Set([...(file === '-' ? [] : [path.dirname(path.resolve(io.cwd, file))]), io.cwd]);
  const found: FoundFolder[] = [];
  for (const at of places) {
    const shown = path.relative(io.cwd, at) || '.';
    // One without sources, or with too many, is not the one.
    const configuration = await readFolder(at, shown, io.env).catch(() => undefined);
    if (configuration !== undefined) found.push({ configuration, shown });
  }
  return found;
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  const all = new Set(others);
  return new Set(some).size === all.size && some.every((one) => all.has(one));
}
