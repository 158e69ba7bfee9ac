import type { AssumedFacts } from '../../do/spec.js';
import { canonicalBlocks } from '../check/check-blocks.js';
import type { Problem } from '../problems/problem.js';
import type { CheckedSpec } from '../schema/spec-schema.js';

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

/** Hosts in the form for comparison: each once, in lower case. */
function inLowerCase(hosts: Hosts): Hosts {
  const ofTargets = (own: Hosts[string]): Hosts[string] =>
    Object.fromEntries(
      Object.entries(own).map(([target, names]) => [target, [...new Set(names.map((name) => name.toLowerCase()))]]),
    );
  return Object.fromEntries(Object.entries(hosts).map(([integration, own]) => [integration, ofTargets(own)]));
}
