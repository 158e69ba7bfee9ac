import type { Spec } from '../do/spec.js';
import type { ParseSpecOptions } from '../spec/parse-options.js';
import { parseRead, requireArguments } from '../spec/parse/parse-read.js';
import { readJson } from '../spec/source/read-json.js';

export * from '../spec/parse/parse-read.js';
export * from '../spec/parse-options.js';

/**
 * `parseSpec` of a text that must be JSON, from an entry that loads no parser of YAML.
 * @throws {InvalidInputError} as `parseSpec` does.
 */
export function parseJsonSpec(text: string, options: Omit<ParseSpecOptions, 'json'>): Spec {
  requireArguments(text, options);
  return parseRead(readJson(text, options), options);
}
