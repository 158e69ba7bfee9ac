import { isObject, jsonIn } from '../../ground/json.js';
import { parse } from 'yaml';
import type { Plain, SourceNode } from './source-node.js';

/** Values that aliases of one text may expand to. */
const MAX_ALIASES = 100;

/**
 * A document of another format as data, from JSON or YAML: keys may be numbers, as the statuses of an OpenAPI document
 * are. Undefined: it is neither.
 */
export function readData(text: string): unknown {
  const json = jsonIn(text);
  if (json !== undefined) return json;

  try {
    return parse(text, { maxAliasCount: MAX_ALIASES, logLevel: 'error', uniqueKeys: false }) as unknown;
  } catch {
    return undefined;
  }
}

/** The members of an object in data. */
export type Members = Readonly<Record<string, unknown>>;

/** Data as an object; undefined where it is none. */
export function membersOf(value: unknown): Members | undefined {
  return isObject(value) ? value : undefined;
}

/** What a `$ref` inside of a document names; any other value itself. @see https://www.rfc-editor.org/rfc/rfc6901 */
export function referred(document: Members, value: unknown): unknown {
  const reference = membersOf(value)?.['$ref'];
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return value;

  const parts = reference.slice(2).split('/');
  return parts.reduce<unknown>(
    (at, part) => membersOf(at)?.[part.replaceAll('~1', '/').replaceAll('~0', '~')],
    document,
  );
}

/** A text as data, with the positions of its values. */
export interface ReadText {
  readonly text: string;
  readonly value: Plain;
  /** The outermost value, created on first use. */
  readonly root: () => SourceNode | undefined;
}

export interface ReadTextOptions {
  /** The file's name, for errors. */
  readonly file?: string | undefined;
}
