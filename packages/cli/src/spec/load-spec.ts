import { SPEC_FILES } from '../grammar/options-of.js';
import { promises } from 'node:fs';
import path from 'node:path';
import { InvalidInputError, PosternError, type Spec } from '@postern/core/internal/library';
import { withLoadedChecks, type Clouds } from '@postern/core/internal/kinds';
import { regionFault } from '@postern/core/internal/driver';
import { JSON_SPEC_MAX_BYTES } from '@postern/core/internal/node';
import { hidingValues } from '@postern/core/internal/report';
import { note } from '../output/print.js';
import type { Io } from '../process/io.js';
import { readFile, STDIN } from '../process/read-file.js';
import { regionIn } from '../session/region-of-environment.js';
import { cloudsOf } from './brought-clouds.js';
import { mistakenFile } from './mistaken-file.js';
import { refuseOtherPlace, type PlaceOptions } from './region-option.js';
import { refuseUnused } from './spec-input.js';

export interface LoadedSpec {
  readonly spec: Spec;
  /** Those that it may name, with their checks unless no cloud is read for it. */
  readonly clouds: Clouds;
  /** The folder that the spec is in; the journal's is beside it. */
  readonly folder: string;
}

export interface LoadSpecOptions extends PlaceOptions {
  /** The cloud that `region` is a region of: links of other clouds do not get it. By default `provider`, or any. */
  readonly regionOf?: string | undefined;
  /** The spec is read only for the facts that it supplies (`assume`). Other options name what is checked. */
  readonly factsOnly?: true | undefined;
  /** Regions that are read also where no link of the spec is in them. */
  readonly alsoRegion?: readonly string[] | undefined;
  /** No cloud is read for the spec: also what a cloud could explain better is refused. */
  readonly offline?: true | undefined;
  /** Only the accounts and regions of the spec are used: a spec that `postern init` has just written will do. */
  readonly placesOnly?: true | undefined;
}

/**
 * Reads the named spec, or the one of the current folder; `-` is standard input. `postern.config.ts` and the like are code, and run only when they
 * are named.
 * @throws {PosternError} `FILE_UNREADABLE`, `INVALID_INPUT` for what cannot be a region, and what `parseSpec` throws.
 */
export async function loadSpec(file: string | undefined, io: Io, options: LoadSpecOptions = {}): Promise<LoadedSpec> {
  const { isTaken, ...loaded } = await readSpec(file, io, options);
  const shown = hidingValues(loaded.spec);
  if (shown !== undefined) io.hide?.(shown);
  if (io.spec?.isShared === false) refuseUnused(io.spec);
  for (const region of [options.region ?? [], options.alsoRegion ?? []].flat())
    requireRegion(region, loaded, options.provider);
  if (options.factsOnly !== true) refuseOtherPlace(loaded.spec, options, isTaken());
  // Regions are known from links and from the journal: without either nothing is read, and no resource is found.
  const looks = options.factsOnly === true || (options.alsoRegion ?? options.region) !== undefined;
  if (!looks && options.offline !== true && Object.keys(loaded.spec.links).length === 0)
    note(io, 'the spec names no link: only where its journal shows resources is read; --also-region names a region');
  return loaded;
}

/** A region that no cloud of the spec can have is refused, also where every link names its own. */
function requireRegion(region: string, { spec, clouds }: LoadedSpec, provider: string | undefined): void {
  const named = new Set(provider === undefined ? Object.values(spec.links).map((link) => link.provider) : [provider]);
  const possible = clouds.all.filter(({ name }) => named.size === 0 || named.has(name));
  const faults = possible.map(({ regions }) => regionFault(regions, region));
  const [first] = faults;
  if (first !== undefined && faults.every((fault) => fault !== undefined)) throw first;
}

/** A spec, and whether a link of it has the region of the options because it names none. */
type ReadSpec = LoadedSpec & { readonly isTaken: () => boolean };

async function readSpec(file: string | undefined, io: Io, options: LoadSpecOptions): Promise<ReadSpec> {
  const named = file ?? (await requireSpec(io));
  const full = path.resolve(io.cwd, named);
  const set = await cloudsOf(io);
  const clouds = options.offline === true || options.placesOnly === true ? set : await withLoadedChecks(set);
  let taken = false;
  const isTaken = (): boolean => taken;
  const region = (provider: string): string | undefined => {
    const given = provider === (options.regionOf ?? options.provider ?? provider) ? options.region : undefined;
    taken ||= given !== undefined;
    return given ?? regionIn(io.env, clouds.named(provider));
  };
  const { overlays = [], vars, used } = io.spec ?? {};
  const when =
    options.offline === true ? { complete: true } : { askCloud: true, ...(options.placesOnly && { complete: false }) };
  const onVar = (name: string): void => void used?.add(name);
  const parse = { file: named === '-' ? STDIN : named, env: io.env, vars, onVar, region, clouds };
  const files = [named, ...overlays];
  const folder = path.dirname(path.resolve(io.cwd, files.at(-1) ?? named));
  const program = files.find((one) => /\.[cm]?[jt]s$/.test(one));
  if (program !== undefined) {
    if (files.length > 1) throw noOverlay(program);

    const [{ specFrom }, { runProgram }] = await Promise.all([
      import('@postern/core/internal/spec-json'),
      import('./run-program.js'),
    ]);
    return { spec: specFrom(await runProgram(full, named, io), parse), clouds, folder, isTaken };
  }

  const texts = await Promise.all(files.map((one) => readText(one, io)));
  // A variable of a value that an overlay replaces is used, too.
  const isLayered = overlays.length > 0;
  for (const { text } of isLayered ? texts : [])
    for (const [, name = ''] of text.matchAll(/\$\{var:(\w+)/g)) onVar(name);
  const [first = { text: '', file: named, json: false }] = texts;
  try {
    if (!isLayered && first.json) {
      // A YAML parser takes as long to load as everything else together.
      const { parseJsonSpec } = await import('@postern/core/internal/spec-json');
      return { spec: parseJsonSpec(first.text, { ...parse, ...when }), clouds, folder, isTaken };
    }

    const { parseSpecs } = await import('@postern/core/internal/spec');
    return { spec: parseSpecs([first, ...texts.slice(1)], { ...parse, ...when }), clouds, folder, isTaken };
  } catch (error) {
    const mistakes = texts.map(({ text, file: from }) => mistakenFile(text, from, 'a spec'));
    throw mistakes.find((one) => one !== undefined) ?? error;
  }
}

async function readText(file: string, io: Io) {
  const isInput = file === '-';
  const most = isInput || file.endsWith('.json') ? { maxBytes: JSON_SPEC_MAX_BYTES } : {};
  const text = await readFile(io, file, { remedy: await remedyFor(file, io), ...most });
  const json = file.endsWith('.json') || (isInput && text.trimStart().startsWith('{'));
  return { text, file: isInput ? STDIN : file, json };
}

/** What to do where a spec cannot be read. */
async function remedyFor(file: string, io: Io): Promise<string | undefined> {
  const other = SPEC_FILES.some((name) => name === file) ? await findSpec(io).catch(() => undefined) : undefined;
  if (other !== undefined && other !== file) return `Did you mean ${other}?`;

  return /\.ya?ml$/.test(file)
    ? undefined
    : 'Check the path and its permissions. A saved plan is named with --plan, and a snapshot with --snapshot.';
}

function noOverlay(file: string): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', `${file}: a program cannot have overlays or be one`, {
    place: { file },
    remedy: 'Combine the specs in the program, and name only that.',
  });
}

/** As {@link loadSpec}, for commands that can do without: undefined where no spec is named and none is found. */
export async function loadSpecIfAny(
  file: string | undefined,
  io: Io,
  options: LoadSpecOptions = {},
): Promise<LoadedSpec | undefined> {
  if (file !== undefined || (await findSpec(io)) !== undefined) return loadSpec(file, io, options);

  if (io.spec !== undefined) refuseUnused(io.spec);
  return undefined;
}

/** The spec of this folder, if it has one. @throws {InvalidInputError} `AMBIGUOUS` where it has several. */
export async function findSpec(io: Io): Promise<string | undefined> {
  const existing: string[] = [];
  for (const name of SPEC_FILES) {
    try {
      if ((await promises.stat(path.join(io.cwd, name))).isFile()) existing.push(name);
    } catch (error) {
      // What cannot be inspected is read, and that error says why it cannot be.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return name;
    }
  }
  if (existing.length > 1) {
    throw new InvalidInputError('AMBIGUOUS', `this folder has several specs: ${existing.join(', ')}`, {
      remedy: 'Name the intended one.',
    });
  }

  return existing[0];
}

/** The spec of this folder. @throws {InvalidInputError} `FILE_UNREADABLE` where it has none; `AMBIGUOUS`. */
export async function requireSpec(io: Io): Promise<string> {
  const found = await findSpec(io);
  if (found !== undefined) return found;

  throw new InvalidInputError('FILE_UNREADABLE', `none of ${SPEC_FILES.join(', ')} exists in this folder`, {
    remedy: "Name the spec's file, or write one with `postern init`.",
  });
}

/**
 * The clouds and regions of this folder's spec, for commands that read whole regions where none is named; none where there is no
 * spec that can be read. `provider` selects one cloud.
 */
export async function placesOfFolder(
  io: Io,
  provider: string | undefined,
): Promise<readonly { readonly file: string; readonly provider: string; readonly region: string }[]> {
  const { file = '', ...loaded } = await specOfFolder(io, {});
  const places = Object.values(loaded.spec?.links ?? {}).filter(
    (link) => (provider ?? link.provider) === link.provider,
  );
  const distinct = new Map(places.map((link) => [`${link.provider} ${link.region}`, link]));
  return [...distinct.values()].map((link) => ({ file, provider: link.provider, region: link.region }));
}

/** Refuses options of a place where this folder's spec names another one, as {@link loadSpec}, for commands that read no spec. */
export async function refusePlaceBesideFolder(
  io: Io,
  options: Pick<LoadSpecOptions, 'provider' | 'region' | 'profile'>,
): Promise<void> {
  const { spec, isTaken } = await specOfFolder(io, options);
  if (spec !== undefined) refuseOtherPlace(spec, { ...options, onePlace: true }, isTaken?.() === true);
}

/** The spec of this folder where it has one that can be read, and its file. */
async function specOfFolder(
  io: Io,
  options: LoadSpecOptions,
): Promise<Partial<ReadSpec> & { readonly file?: string | undefined }> {
  const file = await findSpec(io).catch(() => undefined);
  if (file === undefined) return {};

  const read = await readSpec(file, io, options).catch((error: unknown) => {
    if (error instanceof PosternError) return {};

    throw error;
  });
  return { file, ...read };
}
