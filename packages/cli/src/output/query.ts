import { InvalidInputError, thrownText } from '@postern/core/internal/library';
import type { JSONValue } from '@jmespath-community/jmespath';

/** Selects a part of a JSON value. */
export type Query = (value: unknown) => unknown;

/**
 * The JMESPath expression of `--query`. It is checked as far as that is possible without a value, names and numbers of arguments
 * of functions included, so that a mistake is found before any call.
 * @see https://jmespath.site/main/
 * @throws {InvalidInputError} `INVALID_INPUT`; the query throws it for a value of another type than a function expects.
 */
export async function queryOf(expression: string): Promise<Query> {
  const { compile, TreeInterpreter, search } = await import('@jmespath-community/jmespath');
  const checked = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw invalidQuery(thrownText(error), error);
    }
  };
  const tree = checked(() => compile(expression));
  for (const { name, children } of functionsIn(tree)) {
    const call = `${name}(${children.map(() => '`null`').join(', ')})`;
    try {
      search(null, call);
    } catch (error) {
      // Every function exists only for some types, and null is of none that a function needs.
      if (!(error as Error).message.startsWith('Invalid type')) throw invalidQuery((error as Error).message, error);
    }
  }
  return (value) => checked(() => TreeInterpreter.search(tree, value as JSONValue));
}

/** What a command printed. @throws {InvalidInputError} `INVALID_INPUT` where it is not JSON. */
export function parsed(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch (cause) {
    throw new InvalidInputError('INVALID_INPUT', '--query: with these options the command does not print JSON', {
      cause,
      remedy: 'Leave --query out.',
    });
  }
}

interface FunctionNode {
  readonly type: 'Function';
  readonly name: string;
  readonly children: readonly unknown[];
}

/** The calls of functions in an expression, also within others. */
function functionsIn(node: unknown): FunctionNode[] {
  if (typeof node !== 'object' || node === null) return [];

  const inner = Object.values(node).flatMap((one) => functionsIn(one));
  return (node as { readonly type?: unknown }).type === 'Function' ? [node as FunctionNode, ...inner] : inner;
}

function invalidQuery(message: string, cause: unknown): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', `--query: ${message}`, {
    cause,
    remedy: 'Correct the JMESPath expression: https://jmespath.org/tutorial.html.',
  });
}
