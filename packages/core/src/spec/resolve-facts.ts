import { formatPrefix, parsePrefix } from '../cidr/prefix.js';
import { isPosternError } from '../errors.js';
import type { AssumedFacts } from '../model/spec.js';
import type { Path } from './plain.js';
import type { Problem } from './problem.js';
import type { CheckedSpec } from './schema.js';

/**
 * The blocks in canonical form; one that is none is a problem at its place, or `within` its place.
 */
export function canonicalBlocks(
  texts: readonly string[],
  path: Path,
  problems: Problem[],
  within: (at: number) => Path = () => [],
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

/** `assume` with its blocks read. */
export function resolveAssumed(given: NonNullable<CheckedSpec['assume']>, problems: Problem[]): AssumedFacts {
  const { internalBlocks, returnPaths, stageVariables, registries, hosts } = given;
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
    ...(hosts === undefined ? {} : { hosts: inLowerCase(hosts) }),
  };
}

type Hosts = NonNullable<AssumedFacts['hosts']>;

/** Hosts as they are compared: each once, whatever its capitals. */
function inLowerCase(hosts: Hosts): Hosts {
  const ofTargets = (own: Hosts[string]): Hosts[string] =>
    Object.fromEntries(
      Object.entries(own).map(([target, names]) => [target, [...new Set(names.map((name) => name.toLowerCase()))]]),
    );
  return Object.fromEntries(Object.entries(hosts).map(([integration, own]) => [integration, ofTargets(own)]));
}
