import type { Spec } from '../../do/model/spec.js';
import type { ParseSpecOptions } from '../parse-options.js';
import { readJson } from '../source/read-json.js';
import { readYaml } from '../source/read-yaml.js';
import { parseRead } from './parse-read.js';

/**
 * Reads a spec: YAML 1.2 or JSON, at most 4 MiB and 64 levels deep. Defaults are filled in, `${env:NAME}` is replaced, and
 * a link written inside an integration is listed in `links` under the integration's name.
 *
 * ```ts
 * const spec = parseSpec(readFileSync('postern.yaml', 'utf8'), { file: 'postern.yaml' });
 * ```
 *
 * @throws {InvalidInputError} with line and column, and a remedy: `INPUT_TOO_LARGE`, `INVALID_YAML`, `INVALID_SPEC`,
 * `MISSING_VARIABLE`, `INVALID_PREFIX`, `INVALID_ADDRESS`, `INVALID_ARN`, `WRONG_KIND`, `WRONG_REGION`, `REGION_MISSING`,
 * `UNKNOWN_REFERENCE`. `details.problems` lists all that were found.
 */
export function parseSpec(text: string, options: ParseSpecOptions = {}): Spec {
  return parseRead(options.json === true ? readJson(text, options) : readYaml(text, options), options);
}
