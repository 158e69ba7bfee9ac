import { formatPrefix, parsePrefix } from '../../cidr/prefix.js';
import { isPosternError } from '../../ground/errors.js';
import type { Problem } from '../problems/problem.js';
import type { CheckedAllow } from '../schema/spec-schema.js';
import type { KeyPath } from '../source/source-node.js';

/**
 * The blocks in canonical form. A text that is not a block is a problem at its path, or at `within` its path.
 */
export function canonicalBlocks(
  texts: readonly string[],
  path: KeyPath,
  problems: Problem[],
  within: (at: number) => KeyPath = () => [],
): readonly string[] {
  return texts.map((text, at) => {
    try {
      return formatPrefix(parsePrefix(text));
    } catch (error) {
      if (!isPosternError(error)) throw error;

      problems.push({
        code: error.code,
        message: error.message,
        remedy: error.remedy,
        path: [...path, at, ...within(at)],
      });
      return text;
    }
  });
}

/** The block of an entry of an allowlist, as it is written; empty for a security group. */
export function blockOf(entry: CheckedAllow): string {
  if (typeof entry === 'string') return entry;

  return 'cidr' in entry ? entry.cidr : '';
}

/** Adds a problem where a text is not a block. */
export function checkBlock(block: string, path: KeyPath, problems: Problem[]): void {
  try {
    parsePrefix(block);
  } catch (error) {
    problems.push(problemFrom(error, path));
  }
}

/** An error of reading a block or an address as a problem at its place; any other error is thrown again. */
export function problemFrom(error: unknown, path: KeyPath): Problem {
  if (!isPosternError(error)) throw error;

  return { code: error.code, message: error.message, remedy: error.remedy, path };
}
