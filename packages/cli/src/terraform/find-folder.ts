import path from 'node:path';
import { readTerraform, type Sources, type TerraformDocument } from '@postern/core/internal/overlay';
import type { Io } from '../process/io.js';
import { workspaceInPlan, type Configuration, type ModuleFiles } from './archive.js';
import { readFolder } from './folder.js';
import { readSources } from './read-sources.js';

export interface FoundFolder {
  readonly configuration: Configuration;
  readonly shown: string;
}

/**
 * The folder that was planned: the one of the plan's file, or the one in which the command runs, if its modules have the same
 * resources and calls as the plan. Undefined: neither does, or not all modules are installed.
 */
export function plannedFolder(io: Io, file: string, text: string): FoundFolder | undefined {
  const found = foldersOf(io, file);
  if (found.length === 0) return undefined;

  const { configuration: planned } = readTerraform(text, file);
  return found.find(({ configuration }) => {
    const modules = modulesIn(configuration);
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

/** None, where they are too large to be read. */
function modulesIn(configuration: Configuration): Sources['modules'] {
  try {
    return readSources(configuration).sources.modules;
  } catch {
    return new Map();
  }
}

/** What a plan file lacks: the files that its configuration reads, from a folder with the same sources. */
export function besideArchive(io: Io, file: string, modules: ModuleFiles, archive: Uint8Array): Configuration {
  const found = foldersOf(io, file);
  const same = found.find(({ configuration }) =>
    [...modules].every(([key, files]) => {
      const own = configuration.modules.get(key);
      return own?.size === files.size && [...files].every(([name, text]) => own.get(name) === text);
    }),
  );
  const { folders, text } = same?.configuration ?? {};
  return { modules, folders, text, workspace: workspaceInPlan(archive) };
}

function foldersOf(io: Io, file: string): readonly FoundFolder[] {
  const places = new Set([...(file === '-' ? [] : [path.dirname(path.resolve(io.cwd, file))]), io.cwd]);
  const found: FoundFolder[] = [];
  for (const at of places) {
    const shown = path.relative(io.cwd, at) || '.';
    // One without sources, or with too many, is not the one.
    try {
      found.push({ configuration: readFolder(at, shown, io.env), shown });
    } catch {
      continue;
    }
  }
  return found;
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  const all = new Set(others);
  return new Set(some).size === all.size && some.every((one) => all.has(one));
}
