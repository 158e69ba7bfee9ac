import type * as z from 'zod';
import { nearest } from '../../ground/text/nearest.js';
import type { KeyPath } from '../source/source-node.js';
import type { Problem } from './problem.js';

type Issue = z.core.$ZodIssue;

/** The limit of problems that are examined. A text with more is not repaired one by one. */
const MOST = 200;

/** Zod's issues as Postern's problems, each with a remedy. */
export function problemsOf(issues: readonly Issue[], base: KeyPath = []): Problem[] {
  const typed = issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []));
  return issues
    .filter((issue) => !isMisspelled(issue, typed))
    .slice(0, MOST)
    .flatMap((issue) => problemOf(issue, [...base, ...(issue.path as KeyPath)]));
}

/** Whether a key is missing only because it was misspelled: the unknown key is reported, with the intended name. */
function isMisspelled(issue: Issue, typed: readonly string[]): boolean {
  const name = issue.path.at(-1);
  if (issue.code !== 'invalid_type' || issue.input !== undefined || typeof name !== 'string') return false;

  return typed.some((key) => nearest(key, [name]) !== undefined);
}

function problemOf(issue: Issue, path: KeyPath): Problem[] {
  const [message = '', remedy] = issue.message.split('\n');
  const own = { code: 'INVALID_SPEC', message, remedy, path } as const;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.slice(0, 1).map((key) => ({ ...own, path: [...path, key], key: true }));
    case 'invalid_key':
      return problemsOf(issue.issues).map((problem) => ({ ...problem, path, key: true }));
    case 'invalid_union':
      return remedy === undefined && issue.errors.length > 0 ? problemsOf(closest(issue.errors), path) : [own];
    case 'invalid_type':
      return remedy === undefined ? [{ ...own, ...wrongType(issue) }] : [own];
    case 'too_small':
    case 'too_big':
      return remedy === undefined ? [{ ...own, ...wrongSize(issue) }] : [own];
    default:
      return [{ ...own, message: message.replace(/^Invalid input: /, '') }];
  }
}

/** The branch of a union that was most likely intended: of the right type, and with the fewest errors. */
function closest(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const cost = (branch: readonly Issue[]): number => {
    const wrongKind = branch.some((issue) => issue.path.length === 0 && issue.code === 'invalid_type');
    return branch.length + (wrongKind ? 1000 : 0);
  };
  return branches.toSorted((a, b) => cost(a) - cost(b))[0] ?? [];
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
  null: 'nothing',
  undefined: 'nothing',
};

function wrongType(issue: Extract<Issue, { code: 'invalid_type' }>): { message: string; remedy?: string | undefined } {
  const expected = WORDS[issue.expected] ?? issue.expected;
  const found = kindOf(issue.input);
  if (found === 'nothing') return { message: `required: expected ${expected}, found nothing`, remedy: 'Add it.' };

  const quotable = issue.expected === 'string' && found !== 'a list' && found !== 'a map';
  return {
    message: `expected ${expected}, found ${found}`,
    remedy: quotable ? 'Put it in quotes.' : `Write ${expected}.`,
  };
}

/** Zod's own sentence uses the term array: `the list has too few items: 1 is the least`. */
function wrongSize(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): { message: string; remedy: string } {
  const small = issue.code === 'too_small';
  const bound = String(small ? issue.minimum : issue.maximum);
  const least = small ? 'least' : 'most';
  if (issue.origin === 'array' || issue.origin === 'set')
    return small
      ? {
          message: 'the list has too few items',
          remedy: `Write at least ${bound} ${bound === '1' ? 'item' : 'items'}.`,
        }
      : { message: 'the list has too many items', remedy: `Write at most ${bound} items.` };
  if (issue.origin === 'string')
    return { message: `the text is too ${small ? 'short' : 'long'}`, remedy: `Write at ${least} ${bound} characters.` };

  return {
    message: `the number is too ${small ? 'small' : 'large'}`,
    remedy: `Write a number of at ${least} ${bound}.`,
  };
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';

  return WORDS[typeof value] ?? typeof value;
}
