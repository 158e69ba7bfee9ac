import { execFile } from 'node:child_process';
import { readFile as readBytes, stat } from 'node:fs/promises';
import path from 'node:path';
import { InvalidInputError } from '@postern/core/internal/library';
import { type Sources, readTerraform, type TerraformDocument } from '@postern/core/internal/overlay';
import type { Io } from '../process/io.js';
import { MAX_PLAN_BYTES, readFile } from '../process/read-file.js';
import { filesInPlan, isArchive, type Configuration, workspaceInPlan, type ModuleFiles } from './archive.js';
import { readFolder } from './folder.js';
import { readSources } from './read-sources.js';

/** A plan of Terraform as text, and the sources of its configuration where they are known. */
export interface PlanFile {
  readonly text: string;
  readonly sources?: Sources | undefined;
  readonly notes: readonly string[];
}

/**
 * Reads the output of `terraform show -json`, or the plan file itself, which carries its configuration. `source`: a plan file or a
 * folder with the configuration of an output, which is looked for where it is not given, or `none`.
 * @throws {InvalidInputError} `INVALID_INPUT` for another archive, or where no Terraform is there to read the plan file;
 *   `INPUT_TOO_LARGE`; `FILE_UNREADABLE`
 */
export async function readPlanFile(io: Io, file: string, source: string | undefined): Promise<PlanFile> {
  const archive = file === '-' ? undefined : await archiveAt(path.resolve(io.cwd, file));
  if (archive === undefined) {
    const text = await readFile(io, file, { maxBytes: MAX_PLAN_BYTES });
    return { text, ...(source === undefined ? found(io, file, text) : await sourcesAt(io, source)) };
  }
  if (source !== undefined && source !== NO_SOURCE)
    throw new InvalidInputError('INVALID_INPUT', `--source is not needed: ${file} has its configuration`, {
      remedy: 'Leave --source out.',
    });

  const files = filesInPlan(archive, file);
  return { text: await shown(io, file), ...parsed(besideArchive(io, file, files, archive)) };
}

/** In place of a folder: no configuration is looked for. */
const NO_SOURCE = 'none';

/** The configuration of the folder that was planned, where the plan or the command is in it. */
function found(io: Io, file: string, text: string): Omit<PlanFile, 'text'> {
  const folder = plannedFolder(io, file, text);
  if (folder === undefined) return { notes: [] };

  const { sources, notes } = parsed(folder.configuration);
  const shown = folder.shown === '.' ? 'this folder' : folder.shown;
  const where = `the configuration is read from ${shown}, which has the resources of the plan`;
  return {
    sources,
    notes: [...notes, `${where}, and may differ from what was planned. Leave it out with --source none`],
  };
}

async function sourcesAt(io: Io, source: string): Promise<Omit<PlanFile, 'text'>> {
  if (source === NO_SOURCE) return { notes: [] };

  const at = path.resolve(io.cwd, source);
  const archive = await archiveAt(at);
  if (archive !== undefined) return parsed(besideArchive(io, source, filesInPlan(archive, source), archive));

  const { sources, notes } = parsed(readFolder(at, source, io.env));
  return {
    sources,
    notes: [...notes, `the configuration is read from ${source}, and may differ from what was planned`],
  };
}

function parsed(configuration: Configuration): Omit<PlanFile, 'text'> {
  const { sources, unread } = readSources(configuration);
  return { sources, notes: unread.map((one) => `${one} of the configuration could not be read`) };
}

/** Undefined: it is not an archive, or cannot be read. */
async function archiveAt(file: string): Promise<Uint8Array | undefined> {
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile() !== true || found.size > MAX_PLAN_BYTES) return undefined;

  const bytes = await readBytes(file).catch(() => undefined);
  return bytes !== undefined && isArchive(bytes) ? bytes : undefined;
}

/** What reads a plan file. */
const TOOLS = ['terraform', 'tofu'];

async function shown(io: Io, file: string): Promise<string> {
  for (const tool of TOOLS) {
    const result = await run(io, tool, ['show', '-json', '-no-color', file]);
    if (result === 'absent') continue;
    if ('text' in result) return result.text;

    throw new InvalidInputError('INVALID_INPUT', `\`${tool} show -json ${file}\` failed: ${result.failed}`, {
      place: { file },
      remedy: `Run the command where the plan was made. Or write its output to a file, and give both: --terraform plan.json --source ${file}.`,
    });
  }
  throw new InvalidInputError(
    'INVALID_INPUT',
    `${file} is a plan file, and neither ${TOOLS.join(' nor ')} is on the path`,
    {
      place: { file },
      remedy: `Run \`terraform show -json ${file} > plan.json\` where Terraform is, and give both: --terraform plan.json --source ${file}.`,
    },
  );
}

function run(
  { cwd, env, signal }: Io,
  tool: string,
  args: readonly string[],
): Promise<'absent' | { readonly text: string } | { readonly failed: string }> {
  return new Promise((resolve) => {
    execFile(tool, args, { cwd, env: { ...env }, signal, maxBuffer: MAX_PLAN_BYTES }, (error, stdout, stderr) => {
      if (error === null) resolve({ text: stdout });
      else if (error.code === 'ENOENT') resolve('absent');
      else resolve({ failed: (stderr.trim() || error.message).split('\n').slice(0, 5).join(' ') });
    });
  });
}

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
