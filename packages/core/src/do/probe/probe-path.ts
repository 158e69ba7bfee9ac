import { hasForm } from '../../ground/text/wildcards.js';
import { InvalidInputError } from '../../ground/errors.js';

/** What variables of paths are replaced with. */
export const PLACEHOLDER = 'postern-probe';

const VARIABLE = /\{[^{}]+?(\+?)\}/g;

/** The method and the path of a route key. `$default` has neither. */
export function partsOfKey(key: string): { readonly method?: string; readonly path?: string } {
  const [, method, path] = /^([A-Z]+) (\/.*)$/.exec(key) ?? [];
  if (method === undefined || path === undefined) return {};

  return method === 'ANY' ? { path } : { method, path };
}

/** A path that a route matches: variables, and what a `*` at its end stands for, have a placeholder. `/orders*` matches `/orders`. */
export function placeholderPath(key: string): string {
  const { path = `/${PLACEHOLDER}` } = partsOfKey(key);
  const greedy = path.replace(/(?<=\/)\*$/, PLACEHOLDER).replace(/\*$/, '');
  return greedy.replace(VARIABLE, PLACEHOLDER).replaceAll('?', '%3F').replaceAll('#', '%23');
}

/**
 * Refuses a path for a route that another route would receive, or that is not a path.
 * @throws {InvalidInputError} `INVALID_INPUT`
 */
export function checkPath(key: string, given: string): void {
  const [path = ''] = given.split('?', 1);
  if (!/^\/[!-~]*$/.test(given) || given.includes('#') || given.length > 2048) {
    throw new InvalidInputError('INVALID_INPUT', `the path for ${key} is not the path of a URL`, {
      remedy: 'Write it as in /orders/7?page=2, other characters percent-encoded.',
    });
  }

  if (isPathOf(key, path)) return;

  throw new InvalidInputError('INVALID_INPUT', `${key} does not match the path that is given for it`, {
    remedy: `Write a path such as ${placeholderPath(key)}.`,
  });
}

/** Whether a path is one of a route's key. One without a path takes all. */
export function isPathOf(key: string, path: string): boolean {
  const { path: template } = partsOfKey(key);
  if (template === undefined) return true;

  const parts = template.split(/(\{[^{}]+\}|\*$)/).map((part, at) => {
    if (part === '*') return { least: 0 } as const;

    return at % 2 === 1 ? ({ least: 1, inSegment: !part.endsWith('+}') } as const) : part;
  });
  return hasForm(parts, path) || (path.endsWith('/') && hasForm(parts, path.slice(0, -1)));
}
