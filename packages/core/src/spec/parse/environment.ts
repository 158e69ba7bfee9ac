import type { Problem } from '../problems/problem.js';
import { formatPath, isPlainMap, type Path, type Plain } from '../source/plain-value.js';

/** Variables by name; those that are not set are missing or undefined. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** `$${env:NAME}` is the escaped form of the text `${env:NAME}`. */
const VARIABLE = /\$?\$\{env:([^}$]*)(\}?)/g;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export interface Expanded {
  readonly value: Plain;
  /**
   * The path of each text with a variable's value → the text as written. Such values may be secret: errors
   * never show them.
   */
  readonly written: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/**
 * Replaces `${env:NAME}` in a text (not in a key) with the value of the environment variable. A value is
 * inserted as text and never read as YAML. Problems: `MISSING_VARIABLE` for a variable that is not set or
 * empty, `INVALID_SPEC` for an invalid name. `source` is the text that the value was read from, if any: most
 * texts contain no variable, and then no value is inspected.
 */
export function expandEnvironment(value: Plain, env: Environment, source?: string): Expanded {
  const written = new Map<string, string>();
  const problems: Problem[] = [];
  if (source !== undefined && !mayMention(source)) return { value, written, problems };
  if (!mentionsVariable(value)) return { value, written, problems };

  const expand = (node: Plain, path: Path): Plain => {
    if (Array.isArray(node)) return node.map((item, index) => expand(item, [...path, index]));
    if (isPlainMap(node)) {
      for (const key of Object.keys(node)) node[key] = expand(node[key] ?? null, [...path, key]);
      return node;
    }
    if (typeof node !== 'string' || !node.includes('${env:')) return node;
    written.set(formatPath(path), node);
    const before = problems.length;
    return node.replace(VARIABLE, (whole, name: string, end: string) => {
      if (whole.startsWith('$$')) return whole.slice(1);
      if (problems.length > before) return ''; // one problem a text is enough
      const found = Object.hasOwn(env, name) ? env[name] : undefined;
      if (end === '' || !NAME.test(name)) {
        const message = 'not a valid name of an environment variable';
        problems.push({ code: 'INVALID_SPEC', message, remedy: 'Write ${env:NAME}.', path });
      } else if (found === undefined || found === '') {
        const message = `the environment variable ${name} is ${found === undefined ? 'not set' : 'empty'}`;
        problems.push({ code: 'MISSING_VARIABLE', message, remedy: `Set ${name}, or write the value here.`, path });
      }
      return found ?? '';
    });
  };
  return { value: expand(value, []), written, problems };
}

/** Escapes any text so that {@link expandEnvironment} returns it unchanged. */
export function escapeVariables(text: string): string {
  return text.replaceAll('${env:', () => '$${env:');
}

/** Whether a text may be one of values that mention a variable: an escape, as in `"\\u0024{env:A}"`, may hide one. */
export function mayMention(source: string): boolean {
  return source.includes('${env:') || source.includes('\\');
}

/** Whether there is any variable: most specs have none, and then no path needs to be stored. */
function mentionsVariable(node: Plain): boolean {
  if (typeof node === 'string') return node.includes('${env:');
  if (Array.isArray(node)) return node.some(mentionsVariable);
  return isPlainMap(node) && Object.values(node).some(mentionsVariable);
}
