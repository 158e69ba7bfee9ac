import type { Spec } from '../model/spec.js';
import { parseRead, type ParseSpecOptions } from './parse-read.js';
import { readJson } from './read-json.js';

export { specFrom, type ParseSpecOptions } from './parse-read.js';

/**
 * `parseSpec` of a text that must be JSON, from an entry that loads no parser of YAML.
 * @throws {InvalidInputError} as `parseSpec` does.
 */
export function parseJsonSpec(text: string, options: Omit<ParseSpecOptions, 'json'> = {}): Spec {
  return parseRead(readJson(text, options), options);
}
