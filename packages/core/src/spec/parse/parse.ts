import { defined } from '../../ground/defined.js';
import type { Spec } from '../../do/spec.js';
import type { ParseSpecOptions } from '../parse-options.js';
import { readJson } from '../source/read-json.js';
import { readYaml } from '../source/read-yaml.js';
import { parseLayers, parseRead, requireArguments, specFrom } from './parse-read.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { Cloud } from '../../do/kinds/cloud/cloud.js';
import type { CloudTypes } from '../../do/kinds/cloud/cloud-types.js';
import { clouds, type Clouds, type TypesIn } from '../../do/kinds/cloud/clouds.js';
import type { SpecSource } from '../../do/input/given-spec.js';
import type { SpecInput } from '../schema/spec-schema.js';

/**
 * Reads a spec: YAML 1.2 or JSON, at most 4 MiB and 64 levels deep. Defaults are filled in, `${env:NAME}` and
 * `${var:name}` are replaced, and
 * a link written inside an integration is listed in `links` under the integration's name.
 *
 * ```ts
 * const spec = parseSpec(readFileSync('postern.yaml', 'utf8'), { file: 'postern.yaml', clouds: clouds([aws]) });
 * ```
 *
 * @throws {InvalidInputError} with line and column, and a remedy: `INPUT_TOO_LARGE`, `INVALID_YAML`, `INVALID_SPEC`,
 * `MISSING_VARIABLE`, `INVALID_PREFIX`, `INVALID_ADDRESS`, `INVALID_ARN`, `WRONG_KIND`, `WRONG_REGION`, `REGION_MISSING`,
 * `UNKNOWN_REFERENCE`. `details.problems` lists all that were found. `INVALID_INPUT` where an argument is missing.
 */
export function parseSpec(text: string, options: ParseSpecOptions): Spec {
  requireArguments(text, options);
  return parseRead(options.json === true ? readJson(text, options) : readYaml(text, options), options);
}

/** One of the texts that {@link parseSpecs} reads. */
export interface SpecText {
  readonly text: string;
  /** The file's name, for errors. */
  readonly file?: string | undefined;
  /** The text must be JSON. */
  readonly json?: boolean | undefined;
}

/**
 * Reads a spec of several texts: the first one, and overlays. An overlay changes keys of maps, also of `links`, `integrations`,
 * `targets` and `routes`; its lists and values replace those before. It cannot remove a key.
 *
 * ```ts
 * const base = { file: 'base.yaml', text: readFileSync('base.yaml', 'utf8') };
 * const prod = { file: 'prod.yaml', text: readFileSync('prod.yaml', 'utf8') };
 * const spec = parseSpecs([base, prod], { clouds: clouds([aws]) });
 * ```
 *
 * @throws {InvalidInputError} as {@link parseSpec} does, with the file; `INVALID_SPEC` where a key is a map in one text and a list
 * or a value in another one, with both places.
 */
export function parseSpecs(
  texts: readonly [SpecText, ...SpecText[]],
  options: Omit<ParseSpecOptions, 'file' | 'json'>,
): Spec {
  // A program without types may give one text, or none.
  if (!Array.isArray(texts) || texts.length === 0) {
    throw new InvalidInputError('INVALID_INPUT', 'parseSpecs: texts: expected a list of { text, file }', {
      place: { path: 'texts' },
      details: { key: 'texts' },
      remedy: 'Give the first text and its overlays in a list. For one text there is parseSpec.',
    });
  }

  const [first, ...overlays] = texts;
  for (const { text } of [first, ...overlays]) requireArguments(text, options);
  const layerOf = ({ text, file, json }: SpecText) => ({
    read: json === true ? readJson(text, { file }) : readYaml(text, { file }),
    file,
  });
  return parseLayers([layerOf(first), ...overlays.map(layerOf)], options);
}

/** What {@link defineSpec} returns. A function of a program that returns any spec is declared with it. */
export type DefinedSpec<
  T extends CloudTypes = CloudTypes,
  LinkName extends string = string,
  IntegrationName extends string = string,
> = SpecInput<T, LinkName, IntegrationName> & SpecSource;

/**
 * A spec in TypeScript, checked by the compiler:
 *
 * ```ts
 * export default defineSpec({ version: 1, project: 'shop', … }, { clouds: [cloud] }); // of @postern/aws/cloud
 * ```
 *
 * The result is the argument, and every function that takes a spec accepts it: `gate.check(defineSpec({ … }))`. They read it as
 * `specFrom` does, and throw its errors. Call `specFrom` for a region or variables from elsewhere.
 *
 * `clouds` are those that it may name, and the compiler refuses keys of others. Without them it is read with the clouds of the driver:
 * then the compiler accepts the keys of links that all clouds have, and any key of a gateway or a target.
 */
export function defineSpec<
  const A extends readonly Cloud[] | Clouds = Clouds,
  LinkName extends string = never,
  IntegrationName extends string = never,
>(
  input: SpecInput<TypesIn<NoInfer<A>>, LinkName, IntegrationName>,
  options: { readonly clouds?: A | undefined } = {},
): DefinedSpec<TypesIn<A>, LinkName, IntegrationName> {
  // A program without types may lack it.
  if (typeof input !== 'object' || (input as unknown) === null) {
    throw new InvalidInputError('INVALID_INPUT', 'defineSpec: `input` is required', {
      place: { path: 'input' },
      details: { key: 'input' },
      remedy: "Pass a spec: { version: 1, project: 'shop', … }. The text of a file is for parseSpec.",
    });
  }

  const set = isList(options.clouds) ? clouds(options.clouds) : options.clouds;
  // Not enumerable: a spec has no such member, and `JSON.stringify` writes the argument.
  const toSpec: SpecSource['toSpec'] = (given, region, program) => {
    const spec = input.spec ?? (program?.project === input.project ? program.spec : undefined);
    return specFrom({ ...input, ...defined({ spec }) }, { clouds: (set ?? given) as Clouds, region });
  };
  return Object.defineProperty({ ...input }, 'toSpec', { value: toSpec }) as typeof input & SpecSource;
}

const isList = (given: readonly Cloud[] | Clouds | undefined): given is readonly Cloud[] => Array.isArray(given);
