import { formatPrefix, parsePrefix } from '../cidr/prefix.js';
import { isPosternError } from '../errors.js';
import type { AssumedFacts } from '../model/spec.js';
import type { Path } from './plain.js';
import type { Problem } from './problem.js';
import type { CheckedSpec } from './schema.js';

/**
 * The blocks in canonical form; one that is none is a problem at its place.
 */
export function canonicalBlocks(texts: readonly string[], path: Path, problems: Problem[]): readonly string[] {
  return texts.map((text, at) => {
    try {
      return formatPrefix(parsePrefix(text));
    } catch (error) {
      if (!isPosternError(error)) throw error;
      problems.push({ code: error.code, message: error.message, remedy: error.remedy, path: [...path, at] });
      return text;
    }
  });
}

/** `assume` with its blocks read. */
export function resolveAssumed(given: NonNullable<CheckedSpec['assume']>, problems: Problem[]): AssumedFacts {
  const { internalBlocks, returnPaths, stageVariables, registries } = given;
  return {
    ...(internalBlocks === undefined
      ? {}
      : {
          internalBlocks: Object.fromEntries(
            Object.entries(internalBlocks).map(([key, texts]) => [
              key,
              canonicalBlocks(texts, ['assume', 'internalBlocks', key], problems),
            ]),
          ),
        }),
    ...(returnPaths === undefined
      ? {}
      : { returnPaths: canonicalBlocks(returnPaths, ['assume', 'returnPaths'], problems) }),
    ...(stageVariables === undefined ? {} : { stageVariables }),
    ...(registries === undefined ? {} : { registries }),
  };
}
