import { parse } from 'yaml';

/** Values that aliases of one text may expand to. */
const MAX_ALIASES = 100;

/**
 * A document of another format as data, from JSON or YAML: keys may be numbers, as the statuses of an OpenAPI document
 * are. Undefined: it is neither.
 */
export function readData(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // YAML is tried as well
  }
  try {
    return parse(text, { maxAliasCount: MAX_ALIASES, logLevel: 'error', uniqueKeys: false }) as unknown;
  } catch {
    return undefined;
  }
}
