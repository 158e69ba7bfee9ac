import { promises } from 'node:fs';
import path from 'node:path';
import { InvalidInputError, PosternError, thrownText } from '@postern/core/internal/library';
import { moduleOf } from './run-program.js';

/** A program that brings a cloud, as it was named. */
export interface NamedCloud {
  /** Where it was named, and how: for errors. */
  readonly label: string;
  /** The file that a user edits. */
  readonly file: string;
  /** The module that runs. */
  readonly full: string;
}

/** What programs are found by. */
export interface ProgramPlace {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const CONFIG = 'package.json';

/** With `ignore`, what `package.json` names does not run: who writes a pull request may write that file, too. */
const SWITCH = 'POSTERN_PACKAGE_CLOUDS';

/** What a package that brings a cloud is named. Other names are files. */
const PACKAGE = /^(?:@[^/]+\/)?postern-cloud-[^/\\]+$/;

/**
 * The programs of `postern.clouds` in the `package.json` of this folder, and then those of `--cloud`, each once. Nothing else is looked
 * for: no package is loaded because it is installed.
 * @throws {InvalidInputError} `INVALID_INPUT` for a value that is not a list of names, for a package that is not installed, and for
 * another value of `POSTERN_PACKAGE_CLOUDS` than `ignore` and `run`.
 * {PosternError} `FILE_UNREADABLE` for a `package.json` that cannot be read.
 */
export async function namedClouds(
  options: readonly string[],
  { cwd, env }: ProgramPlace,
): Promise<readonly NamedCloud[]> {
  const wanted = [
    ...(isIgnored(env[SWITCH]) ? [] : await configured(cwd)).map((name) => ({
      name,
      label: `${CONFIG}: postern.clouds: ${name}`,
      by: CONFIG,
    })),
    ...options.map((name) => ({ name, label: `--cloud ${name}`, by: undefined })),
  ];
  const found = new Map<string, NamedCloud>();
  for (const { name, label, by } of wanted) {
    const isPackage = isPackageName(name);
    const full = isPackage ? await moduleOf(name, cwd) : path.resolve(cwd, name);
    if (full === undefined) {
      throw new InvalidInputError('INVALID_INPUT', `${label}: the package is not installed`, {
        ...(by === undefined ? {} : { place: { file: by } }),
        remedy: `Install it in this folder: npm install ${name}`,
      });
    }

    if (!found.has(full)) found.set(full, { label, file: isPackage ? (by ?? name) : name, full });
  }
  return [...found.values()];
}

/** A file of this folder may be named like a package: then `./` is before its name, or an extension behind it. */
function isPackageName(name: string): boolean {
  return PACKAGE.test(name) && !/\.[cm]?[jt]s$/.test(name);
}

/** Whether the switch says so. A value with a mistake in it must not run anything. */
function isIgnored(value: string | undefined): boolean {
  if (value === 'ignore') return true;
  if (value === undefined || value === '' || value === 'run') return false;

  throw new InvalidInputError('INVALID_INPUT', `${SWITCH}: expected ignore or run, got ${JSON.stringify(value)}`, {
    remedy: 'Write ignore where strangers may change package.json, else run.',
  });
}

/** What `package.json` names; nothing where there is none, or where it does not speak of Postern. */
async function configured(cwd: string): Promise<readonly string[]> {
  const text = await textOf(path.join(cwd, CONFIG));
  // Most files do not have the key, and need no parser.
  if (!text.includes('"postern"')) return [];

  const settings = parsed(text)['postern'];
  if (settings === undefined) return [];
  if (!isRecord(settings)) throw wrong('postern: expected an object', 'Write "postern": { "clouds": […] }.');

  const [unknown] = Object.keys(settings).filter((key) => key !== 'clouds');
  if (unknown !== undefined) throw wrong(`postern.${unknown}: unknown key`, 'Remove it. The only key is clouds.');

  const { clouds = [] } = settings;
  if (!Array.isArray(clouds) || !clouds.every((one): one is string => typeof one === 'string' && one !== ''))
    throw wrong(
      'postern.clouds: expected a list of files and names of packages',
      'Write "clouds": ["./cloud.ts", "postern-cloud-NAME"].',
    );

  return clouds;
}

async function textOf(file: string): Promise<string> {
  try {
    return await promises.readFile(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';

    throw unreadable(error);
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isRecord(value) ? value : {};
  } catch (error) {
    throw unreadable(error);
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(error: unknown): PosternError {
  return new PosternError('FILE_UNREADABLE', `${CONFIG}: ${thrownText(error)}`, {
    cause: error,
    place: { file: CONFIG },
    remedy: 'Correct it: its key postern.clouds names clouds.',
  });
}

function wrong(message: string, remedy: string): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', `${CONFIG}: ${message}`, { place: { file: CONFIG }, remedy });
}
