import type { PatchOperation } from '@aws-sdk/client-api-gateway';
import type { MemberLimit, ServiceError } from '../../operation/operation.js';
import { badRequest } from './words.js';

/** What a patch operation does. */
export type PatchOp = 'add' | 'remove' | 'replace' | 'copy';

/** One change, with the values of the path's placeholders. */
export interface PatchChange {
  readonly op: PatchOp;
  /** The path as it was sent. */
  readonly path: string;
  /** The values of `{…}` in the rule's path, in order, unescaped. */
  readonly keys: readonly string[];
  readonly value: string | undefined;
  readonly from: string | undefined;
}

/** Which operations a path takes, and what they do to a row. */
export interface PatchRule<T> {
  readonly ops: readonly PatchOp[];
  readonly apply: (row: T, change: PatchChange) => T;
}

export const rule = <T>(ops: readonly PatchOp[], apply: PatchRule<T>['apply']): PatchRule<T> => ({ ops, apply });

/** The rules of a row by path: `/uri`, `/requestParameters/{name}`; a placeholder can be written `<name>`, too. */
export type PatchTable<T> = Readonly<Record<string, PatchRule<T>>>;

/** The sentences of a refused patch operation. */
export interface PatchWords {
  /** Whether an operation that no path takes is refused before the path is looked up. */
  readonly operationFirst: boolean;
  /** `paths` are those that take the operation. */
  readonly path: (op: string, path: string, paths: readonly string[]) => ServiceError;
  readonly operation: (op: string, path: string, ops: readonly PatchOp[]) => ServiceError;
}

/** The sentences of most operations: UpdateResource, UpdateModel, UpdateRequestValidator, UpdateApiKey, … */
const LONG_WORDS: PatchWords = {
  operationFirst: true,
  path: (op, path, paths) =>
    badRequest(`Invalid patch path  '${path}' specified for op '${op}'. Must be one of: [${paths.join(', ')}]`),
  operation: (op, path) =>
    badRequest(`Invalid patch path  '${path}' specified for op '${op}'. Please choose supported operations`),
};

/** The sentences of UpdateRestApi, UpdateMethod and UpdateMethodResponse; of UpdateIntegration [I]. */
export const SHORT_WORDS: PatchWords = {
  operationFirst: false,
  path: (_, path) => badRequest(`Invalid patch path ${path}`),
  operation: (_op, _path, ops) => badRequest(`Invalid patch operation specified. Must be one of: [${ops.join(', ')}]`),
};

/** The service refuses other operations before it looks at their paths. Spread it into the `limits` of an update. */
export const PATCH_LIMITS: Readonly<Record<string, MemberLimit>> = {
  'patchOperations[].op': { values: ['add', 'remove', 'move', 'test', 'replace', 'copy'] },
};

/**
 * The row after a list of patch operations. All of them apply, or none [I].
 * @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html
 * @throws {ServiceError} BadRequestException
 */
export function patched<T>(
  row: T,
  operations: readonly PatchOperation[] | undefined,
  table: PatchTable<T>,
  words: PatchWords = LONG_WORDS,
): T {
  return (operations ?? []).reduce((changed, operation) => one(changed, operation, table, words), row);
}

function one<T>(
  row: T,
  { op = 'null' as never, path = 'null', value, from }: PatchOperation,
  table: PatchTable<T>,
  words: PatchWords,
): T {
  const known = new Set<string>(Object.values(table).flatMap(({ ops }) => ops));
  if (words.operationFirst && !known.has(op)) throw words.operation(op, path, [...known] as PatchOp[]);

  for (const [template, rule] of Object.entries(table)) {
    const keys = matched(template, path);
    if (keys === undefined) continue;
    if (!rule.ops.includes(op as PatchOp)) throw words.operation(op, path, rule.ops);

    return rule.apply(row, { op: op as PatchOp, path, keys, value, from });
  }
  const paths = Object.entries(table).filter(([, { ops }]) => ops.includes(op as PatchOp));
  throw words.path(
    op,
    path,
    paths.map(([template]) => template),
  );
}

/** The placeholders' values, or undefined where the path is another. In a key, `~1` is a slash and `~0` a tilde. */
function matched(template: string, path: string): readonly string[] | undefined {
  const [wanted, given] = [template.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;

  const keys: string[] = [];
  for (const [at, part] of wanted.entries()) {
    const own = given[at] ?? '';
    if (/^[{<]/.test(part)) keys.push(own.replaceAll('~1', '/').replaceAll('~0', '~'));
    else if (part !== own) return undefined;
  }
  return keys;
}

/** A member that `replace` sets, as text; an empty text removes it. */
export function textMember<T extends object>(name: keyof T & string): PatchRule<T> {
  return rule(['replace'], (row, { value }) => withMember(row, name, value === '' ? undefined : value));
}

/** A member that `replace` sets, read from its text. */
export function readMember<T extends object>(
  name: keyof T & string,
  read: (value: string | undefined) => unknown,
): PatchRule<T> {
  return rule(['replace'], (row, { value }) => withMember(row, name, read(value)));
}

/**
 * An item of a list of texts, named in the path: `add` appends it, `remove` deletes it, `replace` deletes it
 * and appends the value.
 */
export function listItem<T extends object>(name: keyof T & string): PatchRule<T> {
  return rule(['add', 'replace', 'remove'], (row, { op, keys: [key = ''], value = '' }) => {
    const added = op === 'replace' && value !== '' ? value : key;
    const rest = ((row[name] ?? []) as readonly string[]).filter((item) => item !== key && item !== added);
    return withMember(row, name, op === 'remove' ? rest : [...rest, added]);
  });
}

/** The row with a member set, or without it where the value is undefined. */
export function withMember<T extends object>(row: T, name: keyof T & string, value: unknown): T {
  const { [name]: _, ...rest } = row;
  return (value === undefined ? rest : { ...rest, [name]: value }) as T;
}

/** A decimal number: `29000`, `0.5`, `-1`. @throws {ServiceError} BadRequestException [U] */
export function readNumber(value: string | undefined): number {
  if (value === undefined || !/^-?\d+(\.\d+)?$/.test(value)) throw badRequest(`Invalid number value: ${value ?? ''}`);

  return Number(value);
}
