import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { InvalidInputError, isPosternError, type SourcePlace } from '../../ground/errors.js';
import type { Spec } from '../../do/spec.js';
import { regionProblems } from '../check/check-parts.js';
import { placeholderProblems } from '../check/check-references.js';
import type { ParseSpecOptions } from '../parse-options.js';
import { specError, type Problem } from '../problems/problem.js';
import { problemsOf } from '../problems/schema-issues.js';
import { linkPath, resolveInput } from '../resolve/resolve-spec.js';
import { specSchemaOf, type CheckedSpec } from '../schema/spec-schema.js';
import { layerOf, placeOfText, sourcePlaceOf, type Layers, depthOf, type Layer } from '../source/places.js';
import { emptyMap, formatPath, type KeyPath, type Plain, isPlainMap } from '../source/source-node.js';
import type { ReadText } from '../source/read-data.js';
import { MAX_DEPTH } from '../source/spec-limits.js';
import { expandEnvironment } from './environment.js';
import { hasFormOfIdentifier } from './identifiers.js';
import { newSpecIdentity, specIdOf } from '../../do/forms/text-rules.js';
import { hidingValues } from '../../do/hidden-values.js';

/**
 * The spec of a text that was read: checked, defaults filled in, variables replaced, with the position of
 * each of its members.
 * @throws {InvalidInputError} as `parseSpec` does.
 */
export function parseRead(read: ReadText, options: ParseSpecOptions): Spec {
  return parseLayers([{ read, file: options.file }], options);
}

/**
 * The spec of several texts: maps are merged, and what else a later text has replaces what was there.
 * @throws {InvalidInputError} as `parseSpec` does; `INVALID_SPEC` where a map meets a list or a value.
 */
export function parseLayers(layers: Layers, options: ParseSpecOptions): Spec {
  const place = ({ path, key }: Problem): SourcePlace => {
    const { read, file } = layerOf(layers, path);
    return sourcePlaceOf(read, file, path, key === true ? 'key' : 'value');
  };
  const texts = layers.map(({ read }) => read.text);
  const { spec, input } = check(mergeLayers(layers), options, place, texts.join('\n'));
  return {
    ...spec,
    places: (path) => {
      const written = writtenPath(path, input);
      const { read, file } = layerOf(layers, written);
      return placeOfText(read, file, written);
    },
  };
}

/**
 * As `parseSpec`, for a spec that is a value already: what `defineSpec` returned. Errors carry the path of keys, but
 * no line.
 * @throws {InvalidInputError} as `parseSpec`.
 */
export function specFrom(value: unknown, options: Omit<ParseSpecOptions, 'json'>): Spec {
  requireClouds((options as typeof options | undefined)?.clouds);
  const place = (problem: Problem): SourcePlace => ({ file: options.file, path: formatPath(problem.path) });
  const { spec } = check(copied(value, options.file), options, place);
  return { ...spec, places: (path) => ({ file: options.file, path }) };
}

function check(
  value: Plain,
  options: ParseSpecOptions,
  place: (problem: Problem) => SourcePlace,
  text?: string,
): { readonly spec: Spec; readonly input: CheckedSpec } {
  if (value === null) {
    const remedy = 'Write version: 1 and project: first; postern init writes an example.';
    throw specError([{ code: 'INVALID_SPEC', message: 'the spec is empty', remedy, path: [] }], place);
  }
  if (!isPlainMap(value)) {
    const message = `expected a map, found ${Array.isArray(value) ? 'a list' : 'text'}`;
    const remedy =
      'Name a file that begins with version: 1 and project: as a spec does; postern init writes an example.';
    throw specError([{ code: 'INVALID_SPEC', message, remedy, path: [] }], place);
  }

  const { clouds } = options;
  requireClouds(clouds);
  const { value: whole, written, values, problems: missing } = expandEnvironment(value, options, clouds, text);
  if (missing.length > 0) throw specError(missing, place);

  // A program gets its identity from its project; a file names its own, since a copy of it has the same project.
  const expanded =
    text === undefined && isPlainMap(whole) ? { spec: specIdOf(String(whole['project'])), ...whole } : whole;

  const hidden = [...values].flatMap(([value, name]) => (hasFormOfIdentifier(value) ? [] : [{ value, name }]));
  const shown = hidingValues({ hidden });
  /** Names the variable that a wrong value came from, since the value itself is not in the file. */
  const named = (problem: Problem): Problem => {
    const text = written.get(formatPath(problem.path));
    const { message, remedy } = problem;
    return {
      ...problem,
      message:
        text === undefined ? withoutValues(message) : `${withoutValues(plainWords(problem))} (the value of ${text})`,
      remedy: remedy === undefined ? undefined : withoutValues(remedy),
    };
  };
  const withoutValues = (text: string): string => shown?.(text) ?? text;
  const judged = specSchemaOf(clouds).safeParse(expanded, { reportInput: true });
  if (!judged.success) {
    const found = [...problemsOf(judged.error.issues), ...regionProblems(expanded, clouds)];
    throw specError(found.map((one) => withIdentity(one, expanded, text)).map(named), place);
  }

  const { spec, problems: found } = resolveInput(judged.data, { clouds, region: options.region });
  const asks = options.askCloud === true;
  // Without the word in the text, a large spec needs no walk.
  const isComplete = options.complete ?? asks;
  const placeholders = isComplete && text?.includes('replace') === true ? placeholderProblems(expanded) : [];
  const problems = [...placeholders, ...(asks ? found.filter((one) => one.cloudKnows !== true) : found)];
  if (problems.length > 0) throw specError(problems.map(named), place);

  return { spec: hidden.length === 0 ? spec : { ...spec, hidden }, input: judged.data };
}

/** Where a spec has no identity, the line to add. */
function withIdentity(problem: Problem, spec: Plain, text = ''): Problem {
  const { project, spec: identity } = isPlainMap(spec) ? spec : {};
  if (problem.path.join() !== 'spec' || identity !== undefined) return problem;

  const id = newSpecIdentity(typeof project === 'string' ? project : '');
  const line = text.trimStart().startsWith('{') ? `"spec": "${id}",` : `spec: ${id}`;
  const remedy = `Add the line \`${line}\` below \`project\`, and never change it: marks on the cloud name it, and another spec of the project needs another one.`;
  return { ...problem, message: 'the spec has no identity', remedy };
}

/**
 * A program without types may lack arguments.
 * @throws {InvalidInputError} `INVALID_INPUT`
 */
export function requireArguments(
  text: unknown,
  options: Pick<ParseSpecOptions, 'clouds'> | undefined,
  what: 'spec' | 'needs' = 'spec',
): void {
  if (typeof text !== 'string') {
    throw new InvalidInputError('INVALID_INPUT', `the text of the ${what} is not given: expected a string`, {
      place: { path: 'text' },
      details: { key: 'text' },
      remedy: `Give the content of the file.${what === 'spec' ? ' A value that is read already is for defineSpec or specFrom.' : ''}`,
    });
  }

  requireClouds(options?.clouds);
}

/** A program without types may lack it. */
function requireClouds(clouds: Clouds | undefined): asserts clouds is Clouds {
  if (clouds !== undefined && !Array.isArray(clouds)) return;

  throw new InvalidInputError(
    'INVALID_INPUT',
    clouds === undefined
      ? 'the clouds that the spec may name are not given: `clouds` is missing'
      : 'clouds: expected a set of clouds, found a list',
    {
      place: { path: 'clouds' },
      details: { key: 'clouds' },
      remedy: 'Give clouds([cloud]): the value `cloud` is in the entry `/cloud` of the package of each cloud.',
    },
  );
}

/** A variable's value may be a secret, and messages of other parsers quote what they were given. */
function plainWords({ code, message }: Problem): string {
  return code === 'INVALID_PREFIX' || code === 'INVALID_ADDRESS'
    ? 'not the canonical form of a block or address'
    : message;
}

/**
 * A link that is written inside an integration is called `links.<name>` in the spec, and is at another
 * position in the file.
 */
function writtenPath(path: string, input: CheckedSpec): string {
  if (!/^links[.[]/.test(path)) return path;

  const inline = Object.entries(input.integrations ?? {}).filter(([, { link }]) => typeof link !== 'string');
  for (const [name] of inline) {
    // Names may hold dots, and are then written with or without brackets.
    for (const start of [`links.${name}`, formatPath(['links', name])]) {
      if (path === start || (path.startsWith(start) && '.['.includes(path.charAt(start.length)))) {
        return formatPath(linkPath(input, name)) + path.slice(start.length);
      }
    }
  }
  return path;
}

/** A value of a program, whose getters and proxies run while it is read. @throws {InvalidInputError} */
function copied(value: unknown, file: string | undefined): Plain {
  try {
    return copy(value, [], file);
  } catch (error) {
    if (isPosternError(error)) throw error;

    const why = error instanceof Error ? error.message : typeof error;
    throw new InvalidInputError('INVALID_INPUT', `${file ?? 'the spec'}: a value could not be read: ${why}`, {
      place: { file },
      cause: error,
      remedy: 'Give plain data, without getters that throw.',
    });
  }
}

/** Copies plain data, so that nothing that is not data (getters, prototypes, cycles) gets past this point. */
function copy(value: unknown, path: KeyPath, file: string | undefined): Plain {
  const fail = (message: string): InvalidInputError =>
    new InvalidInputError('INVALID_SPEC', `${formatPath(path)}: ${message}`, {
      place: { file, path: formatPath(path) },
      remedy: 'Pass plain data: texts, finite numbers, true, false, lists and maps.',
    });
  if (path.length > MAX_DEPTH) throw fail(`nested over ${MAX_DEPTH} levels deep`);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw fail(`expected a number, found ${value}`);

    return value;
  }
  if (Array.isArray(value)) return value.map((item, at) => copy(item, [...path, at], file));
  if (typeof value !== 'object') throw fail(`expected plain data, found a ${typeof value}`);

  const map = emptyMap();
  for (const [key, member] of Object.entries(value)) {
    if (key === '__proto__') throw fail('the key __proto__ is not allowed');

    if (member !== undefined) map[key] = copy(member, [...path, key], file);
  }
  return map;
}

/**
 * The value of several texts, each of which changes the one before: maps are merged key by key, and all other values replace what was
 * there. A text cannot remove a key.
 * @throws {InvalidInputError} `INVALID_SPEC` where one text has a map and another one a list or a value, with both places.
 */
function mergeLayers([first, ...overlays]: Layers): Plain {
  let value = first.read.value;
  const before: Layer[] = [first];
  for (const layer of overlays) {
    value = merged(value, layer.read.value, [], { before, layer });
    before.push(layer);
  }
  return value;
}

interface Place {
  readonly before: readonly Layer[];
  readonly layer: Layer;
}

function merged(base: Plain, overlay: Plain, path: KeyPath, place: Place): Plain {
  const [was, is] = [kindOf(base), kindOf(overlay)];
  if (path.length === 0 && (was === 'nothing' || is === 'nothing')) return is === 'nothing' ? base : overlay;
  if (was !== is) throw contradiction(path, [was, is], place);
  if (!isPlainMap(base) || !isPlainMap(overlay)) return overlay;

  const map = Object.assign(emptyMap(), base);
  for (const [key, member] of Object.entries(overlay))
    map[key] = key in map ? merged(map[key] ?? null, member, [...path, key], place) : member;
  return map;
}

type Kind = 'nothing' | 'a list' | 'a map' | 'a value';

function kindOf(value: Plain): Kind {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';

  return isPlainMap(value) ? 'a map' : 'a value';
}

function contradiction(path: KeyPath, [was, is]: readonly [Kind, Kind], { before, layer }: Place): InvalidInputError {
  const base = before.findLast(({ read }) => depthOf(read.root(), path) === path.length) ?? layer;
  const there = sourcePlaceOf(base.read, base.file, path, 'key');
  const message = `${is} here, and ${was} in ${there.file ?? 'the text before'}:${there.line}:${there.column}`;
  const remedy = 'Write it in both in the same form: an overlay changes keys of a map, and replaces lists and values.';
  return specError([{ code: 'INVALID_SPEC', message, remedy, path, key: true }], ({ path: at }) =>
    sourcePlaceOf(layer.read, layer.file, at, 'key'),
  );
}
