import type { Spec } from '../model/spec.js';
import { isPlainSpec } from './fast-path/plain-spec.js';
import type { ParseSpecOptions } from './parse-options.js';
import { mayMention } from './parse/environment.js';
import { resolveSpec } from './resolve/resolve-spec.js';
import { placeOfText } from './source/places.js';
import { readJson } from './source/read-json.js';

export type { ParseSpecOptions } from './parse-options.js';

/**
 * `parseJsonSpec` for specs as programs write them: links by their IDs, targets and routes of the simple
 * forms, no variables. It loads no schema, because loading takes longer than all other work on a spec of any
 * usual size. `undefined` where the schema is needed to judge the spec, or where there is a problem to
 * report: then `parseJsonSpec` reports it.
 * @throws {InvalidInputError} as `parseSpec` does for a text that is not JSON, or is nested too deep.
 */
export function parsePlainSpec(text: string, options: Omit<ParseSpecOptions, 'json'> = {}): Spec | undefined {
  const read = readJson(text, options);
  if (mayMention(read.text) || !isPlainSpec(read.value)) return undefined;
  const { spec, problems } = resolveSpec(read.value, options.region);
  if (problems.length > 0) return undefined;
  // No link of such a spec is inside an integration: each path equals its position in the file.
  return { ...spec, places: (path) => placeOfText(read, options.file, path) };
}
