import type { Problem } from '../problems/problem.js';
import type { KeyPath, Plain } from '../source/plain-value.js';

/** What `postern init` writes where an ID belongs: `subnet-replace-me`, `replaceme`. */
const PLACEHOLDER = /(?:^|-)replace-?me$/;

/** Reports each value of a spec that is still a placeholder of `postern init`. */
export function placeholderProblems(value: Plain, path: KeyPath = []): Problem[] {
  if (typeof value === 'string') {
    if (!PLACEHOLDER.test(value)) return [];
    const message = `${value} is a placeholder of \`postern init\``;
    const remedy = path.includes('gateway')
      ? 'Write the ID of an existing gateway; `postern gateways` lists them.'
      : 'Write the ID of an existing resource.';
    return [{ code: 'INVALID_SPEC', message, remedy, path }];
  }
  if (typeof value !== 'object' || value === null) return [];
  const members: [string | number, Plain][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return members.flatMap(([key, member]) => placeholderProblems(member, [...path, key]));
}
