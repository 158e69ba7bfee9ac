import { credentialIn } from './credential-names.js';
import type { Problem } from '../problems/problem.js';
import { formatPath, isPlainMap, type KeyPath, type Plain } from '../source/plain-value.js';

/** Variables by name; those that are not set are missing or undefined. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `${env:NAME}`, and what looks like a reference and is none: `${file:name}`, `${NAME}`. (`${request.path.id}`, with a dot, is a value
 * of API Gateway.) With another `$` before it, it is a text.
 */
const REFERENCE = /\$?\$\{(?:env:([^}$]*)(\}?)|[A-Za-z_]\w*(?::[^}$]*)?\})/g;
/** As {@link REFERENCE}, without an escape. */
const UNESCAPED = /\$(?=\{(?:env:|[A-Za-z_]\w*(?::[^}$]*)?\}))/g;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export interface Expanded {
  readonly value: Plain;
  /**
   * The path of each text with a variable's value → the text as written. Such values may be secret: errors
   * never show them.
   */
  readonly written: ReadonlyMap<string, string>;
  /** The values that were inserted, each with the name of its variable. */
  readonly values: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/**
 * Replaces `${env:NAME}` in a text (not in a key) with the value of the environment variable. A value is
 * inserted as text and never read as YAML. Problems: `MISSING_VARIABLE` for a variable that is not set or
 * empty, `INVALID_SPEC` for an invalid name, that of a credential, and another form of reference. `source` is the text that the value was read from, if any: most
 * texts contain no variable, and then no value is inspected.
 */
export function expandEnvironment(value: Plain, env: Environment, source?: string): Expanded {
  const written = new Map<string, string>();
  const values = new Map<string, string>();
  const problems: Problem[] = [];
  if (source !== undefined && !mayMention(source)) return { value, written, values, problems };
  if (!mentionsVariable(value)) return { value, written, values, problems };

  const expand = (node: Plain, path: KeyPath): Plain => {
    if (Array.isArray(node)) return node.map((item, index) => expand(item, [...path, index]));
    if (isPlainMap(node)) {
      for (const key of Object.keys(node)) node[key] = expand(node[key] ?? null, [...path, key]);
      return node;
    }
    if (typeof node !== 'string' || !node.includes('${')) return node;
    const before = problems.length;
    const expanded = node.replace(REFERENCE, (whole, name: string | undefined, end: string) => {
      if (whole.startsWith('$$')) return whole.slice(1);
      if (problems.length > before) return ''; // one problem a text is enough
      if (name === undefined) {
        const message = `${whole} is not a reference that a spec can have`;
        const remedy = 'Write ${env:NAME} for an environment variable, or $${…} for the text.';
        problems.push({ code: 'INVALID_SPEC', message, remedy, path });
        return '';
      }
      const credential = credentialIn(name);
      if (credential !== undefined) {
        const message = `the environment variable ${name} is not for a spec: ${credential}`;
        const remedy = 'Write the value here, or give a variable without a secret another name.';
        problems.push({ code: 'INVALID_SPEC', message, remedy, path });
        return '';
      }
      const found = Object.hasOwn(env, name) ? env[name] : undefined;
      if (end === '' || !NAME.test(name)) {
        const message = 'not a valid name of an environment variable';
        problems.push({ code: 'INVALID_SPEC', message, remedy: 'Write ${env:NAME}.', path });
      } else if (found === undefined || found === '') {
        const message = `the environment variable ${name} is ${found === undefined ? 'not set' : 'empty'}`;
        problems.push({ code: 'MISSING_VARIABLE', message, remedy: `Set ${name}, or write the value here.`, path });
      }
      if (found) values.set(found, name);
      return found ?? '';
    });
    if (expanded !== node) written.set(formatPath(path), node);
    return expanded;
  };
  return { value: expand(value, []), written, values, problems };
}

/** Escapes any text so that {@link expandEnvironment} returns it unchanged. */
export function escapeVariables(text: string): string {
  return text.replaceAll(UNESCAPED, () => '$$');
}

/** Whether a text may be one of values that mention a variable: an escape, as in `"\\u0024{env:A}"`, may hide one. */
function mayMention(source: string): boolean {
  return source.includes('${') || source.includes('\\');
}

/** Whether there is any variable: most specs have none, and then no path needs to be stored. */
function mentionsVariable(node: Plain): boolean {
  if (typeof node === 'string') return node.includes('${');
  if (Array.isArray(node)) return node.some(mentionsVariable);
  return isPlainMap(node) && Object.values(node).some(mentionsVariable);
}
