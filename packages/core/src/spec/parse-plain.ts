import type { Spec } from '../model/spec.js';
import { isPlainSpec } from './fast-path/plain-spec.js';
import type { ParseSpecOptions } from './parse-options.js';
import { mayMention } from './parse/environment.js';
import { resolveSpec } from './resolve/resolve-spec.js';
import { placeOfText } from './source/places.js';
import { readJson } from './source/read-json.js';

export type { ParseSpecOptions } from './parse-options.js';

/**
 * `parseJsonSpec` for specs as programs write them: links by their ids, targets and routes of the simple forms, no variables. It loads no
 * schema, which takes longer than all else before a spec of any usual size is read. `undefined` where the schema is needed to judge the
 * spec, or there is something to say about it: then `parseJsonSpec` says it.
 * @throws {InvalidInputError} as `parseSpec` does for a text that is no JSON.
 */
export function parsePlainSpec(text: string, options: Omit<ParseSpecOptions, 'json'> = {}): Spec | undefined {
  const read = readJson(text, options);
  if (mayMention(read.text) || !isPlainSpec(read.value)) return undefined;
  const { spec, problems } = resolveSpec(read.value, options.region);
  if (problems.length > 0) return undefined;
  // No link of such a spec stands inside an integration: each path is where it says.
  return { ...spec, places: (path) => placeOfText(read, options.file, path) };
}
