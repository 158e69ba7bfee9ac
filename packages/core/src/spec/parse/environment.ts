import { entryOf } from '../../ground/json.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { isIdentifierAt } from './identifiers.js';
import type { Problem } from '../problems/problem.js';
import { formatPath, isPlainMap, type KeyPath, type Plain } from '../source/source-node.js';

/** Names of variables that hold credentials, whatever the cloud, and why a spec does not read them. */
const CREDENTIALS: readonly (readonly [name: RegExp, because: string])[] = [
  [
    /^(?:ACTIONS_(?:ID_TOKEN|RUNTIME)|GITHUB_TOKEN|GH_TOKEN|CI_JOB_|SYSTEM_ACCESSTOKEN)/i,
    'a CI system keeps a token in it',
  ],
  [/(?:ACCESS|PRIVATE|SECRET|API|SIGNING|ENCRYPTION)_?KEY(?:_?ID)?$/i, 'its name is that of a key'],
  [/(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|_PWD|_PAT)$/i, 'its name is that of a credential'],
];

/**
 * Why a spec may not read the environment variable of this name: values of a spec become names, tags and targets on a cloud, and a
 * spec may come from a pull request of anyone. Undefined where it may.
 */
function credentialIn(name: string, clouds: Clouds): string | undefined {
  const ofClouds = clouds.all.find(({ credentials }) => credentials.names?.test(name) === true);
  return ofClouds?.credentials.because ?? CREDENTIALS.find(([pattern]) => pattern.test(name))?.[1];
}

/** Variables by name; those that are not set are missing or undefined. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `${env:NAME}`, `${var:name:-default}`, and what looks like a reference and is none: `${file:name}`, `${NAME}`. (`${request.path.id}`,
 * with a dot, is a value of API Gateway.) With another `$` before it, it is a text.
 */
const REFERENCE = /\$?\$\{(?:(env|var):([^}$]*)(\}?)|[A-Za-z_]\w*(?::[^}$]*)?\})/g;
/** As {@link REFERENCE}, without an escape. */
const UNESCAPED = /\$(?=\{(?:(?:env|var):|[A-Za-z_]\w*(?::[^}$]*)?\}))/g;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export interface Expanded {
  readonly value: Plain;
  /**
   * The path of each text with a variable's value → the text as written. Such values may be secret: errors
   * never show them.
   */
  readonly written: ReadonlyMap<string, string>;
  /**
   * The values that were inserted, each with its variable, `env:NAME`; a default is written in the text. Those that name a resource
   * of a cloud somewhere are not among them: they are shown.
   */
  readonly values: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

export interface Variables {
  /** Environment variables. */
  readonly env?: Environment | undefined;
  /** Values for `${var:name}`. */
  readonly vars?: Environment | undefined;
  /** Is called with the name of each `${var:name}`. */
  readonly onVar?: ((name: string) => void) | undefined;
}

/**
 * Replaces `${env:NAME}` and `${var:name}` in a text (not in a key) with the value of the variable, or by what follows `:-` where it
 * is not set or empty. A value is inserted as text and never read as YAML. Problems: `MISSING_VARIABLE` for a variable without a
 * value and a default, `INVALID_SPEC` for an invalid name, that of a credential, and another form of reference. `source` is the text that the value was read from, if any: most
 * texts contain no variable, and then no value is inspected.
 */
export function expandEnvironment(value: Plain, variables: Variables, clouds: Clouds, source?: string): Expanded {
  const written = new Map<string, string>();
  const values = new Map<string, string>();
  const identifiers = new Set<string>();
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
    const expanded = node.replace(REFERENCE, (whole, kind?: Kind, inside = '', end = '') => {
      if (whole.startsWith('$$')) return whole.slice(1);
      if (problems.length > before) return ''; // one problem a text is enough

      const found =
        kind === undefined ? noReference(whole) : valueOf(kind, end === '' ? '' : inside, variables, clouds);
      if ('code' in found) problems.push({ ...found, path });
      else if (found.from !== undefined) values.set(found.text, found.from);
      return 'code' in found ? '' : found.text;
    });
    if (expanded !== node) written.set(formatPath(path), node);
    if (values.has(expanded) && isIdentifierAt(path, expanded, clouds)) identifiers.add(expanded);
    return expanded;
  };
  const result = expand(value, []);
  for (const identifier of identifiers) values.delete(identifier);
  return { value: result, written, values, problems };
}

type Kind = 'env' | 'var';
type Fault = Omit<Problem, 'path'>;

/** What is inserted, and the variable that it is the value of; none of a default. */
interface Inserted {
  readonly text: string;
  readonly from?: string;
}

/** The value of `NAME` or `NAME:-default`. */
function valueOf(
  kind: Kind,
  inside: string,
  { env = {}, vars = {}, onVar }: Variables,
  clouds: Clouds,
): Inserted | Fault {
  const [, name = '', fallback] = /^(.*?)(?::-(.*))?$/s.exec(inside) ?? [];
  const credential = kind === 'env' ? credentialIn(name, clouds) : undefined;
  if (credential !== undefined) {
    const message = `the environment variable ${name} is not for a spec: ${credential}`;
    const remedy = 'Write the value here, or give a variable without a secret another name.';
    return { code: 'INVALID_SPEC', message, remedy };
  }

  const what = kind === 'env' ? 'environment variable' : 'variable';
  if (!NAME.test(name)) {
    const message = `not a valid name of ${kind === 'env' ? 'an' : 'a'} ${what}`;
    return { code: 'INVALID_SPEC', message, remedy: `Write \${${kind}:NAME} or \${${kind}:NAME:-DEFAULT}.` };
  }

  if (kind === 'var') onVar?.(name);
  const values = kind === 'env' ? env : vars;
  const value = entryOf(values, name);
  if (value !== undefined && value !== '') return { text: value, from: `${kind}:${name}` };
  if (fallback !== undefined) return { text: fallback };

  return {
    code: 'MISSING_VARIABLE',
    message: `the ${what} ${name} is ${value === undefined ? (kind === 'env' ? 'not set' : 'not given') : 'empty'}`,
    remedy:
      kind === 'env'
        ? `Set ${name}, or write the value or a default here: \${env:${name}:-DEFAULT}.`
        : `Add --var ${name}=VALUE, or write a default here: \${var:${name}:-DEFAULT}.`,
  };
}

function noReference(whole: string): Fault {
  const message = `${whole} is not a reference that a spec can have`;
  const remedy = 'Write ${env:NAME} for an environment variable, ${var:name} for a --var, or $${…} for the text.';
  return { code: 'INVALID_SPEC', message, remedy };
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
