import { parse } from 'yaml';
import type { Plain, SourceNode } from './source-node.js';

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

/** A text as data, with the positions of its values. */
export interface ReadText {
  readonly text: string;
  readonly value: Plain;
  /** The outermost value, created on first use. */
  readonly root: () => SourceNode | undefined;
}

/** Options for reading a text. */
export interface ReadTextOptions {
  /** The file's name, for errors. */
  readonly file?: string | undefined;
}
