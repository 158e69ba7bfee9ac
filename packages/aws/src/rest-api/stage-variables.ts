import type { Stage } from '@postern/core/snapshot';
import type { RestIntegrationOutput } from '../sdk-types.js';

const VARIABLE = /\$\{stageVariables\.([A-Za-z0-9_]+)\}/g;

/** The values of the variables of a stage, by name. */
export type StageValues = Readonly<Record<string, string>>;

/** The members of an integration that decide where its calls go. Each may name stage variables. */
export type Leading = Pick<RestIntegrationOutput, 'connectionId' | 'integrationTarget' | 'uri'>;

/** The stage variables that an integration is named by, sorted: `link` for `${stageVariables.link}`. */
export function variablesOf({ connectionId, integrationTarget, uri }: Leading): readonly string[] {
  return [...new Set([connectionId, integrationTarget, uri].flatMap(namesIn))].toSorted();
}

function namesIn(text = ''): readonly string[] {
  return [...text.matchAll(VARIABLE)].map(([, name = '']) => name);
}

/** An integration with the values of a stage. A member whose variable the stage lacks is undefined. */
function withValues({ connectionId, integrationTarget, uri }: Leading, values: StageValues): Leading {
  const put = (text: string | undefined): string | undefined =>
    namesIn(text).every((name) => Object.hasOwn(values, name))
      ? text?.replace(VARIABLE, (_, name: string) => values[name] ?? '')
      : undefined;
  return { connectionId: put(connectionId), integrationTarget: put(integrationTarget), uri: put(uri) };
}

/** An integration as it is on each stage that has all its variables, and once more where a canary has other values of them. */
export function onStages(integration: Leading, stages: readonly Stage[]): readonly Leading[] {
  const names = variablesOf(integration);
  if (names.length === 0) return [integration];
  return stages
    .flatMap(({ variables = {}, canary }) => [
      variables,
      ...(names.some((name) => (canary?.variables?.[name] ?? variables[name]) !== variables[name])
        ? [{ ...variables, ...canary?.variables }]
        : []),
    ])
    .filter((values) => names.every((name) => Object.hasOwn(values, name)))
    .map((values) => withValues(integration, values));
}
