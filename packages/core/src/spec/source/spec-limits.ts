/** The longest text that is read, in UTF-16 code units: 4 MiB. No spec comes near; what does is an attack or a mistake. */
export const MAX_TEXT = 4 * 1024 * 1024;

/**
 * The longest text that is read as JSON only: 64 MiB. Programs write such specs for thousands of links, and
 * the time to read JSON grows only with its length.
 */
export const MAX_JSON_TEXT = 64 * 1024 * 1024;

/** The deepest nesting of lists and maps that is read. The deepest spec that means anything has 8 levels. */
export { MAX_JSON_DEPTH as MAX_DEPTH } from '../../ground/json.js';

/** Aliases (`*name`) in one text. YAML needs few; bombs need many. */
export const MAX_ALIASES = 32;

/** The limit of values that all aliases together expand to. */
export const MAX_ALIASED_VALUES = 10_000;

/** The limit of problems that one error lists; the rest are counted. */
export const MAX_PROBLEMS = 20;

/** YAML tokens in one text: about 200,000 lines of `key: value`. Parsing them takes a few seconds. */
export const MAX_TOKENS = 1_000_000;
