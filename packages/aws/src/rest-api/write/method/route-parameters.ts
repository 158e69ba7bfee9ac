import type { RouteCall } from '@postern/core/adapter';
import { writeParameters } from '../../../gateway/parameters.js';
import { pathVariables } from '../../rest-settings.js';

type Parameters = NonNullable<NonNullable<RouteCall['settings']>['parameters']>;

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html */
const FORM = { key: 'integration.request.', source: 'method.request.', context: 'context.', quoted: true } as const;

/** What a spec can declare: one value for a variable of the path, a parameter of the query or a header. */
const DECLARED = /^integration\.request\.(?:path|querystring|header)\./;

/**
 * The parameters of the backend request: the variables of the path, and those of the setting. Where the setting
 * is not declared, `is` stays; where it is, those that it does not name are removed.
 */
export function backendParameters(
  path: string,
  parameters: Parameters | undefined,
  is: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const kept = Object.entries(is).filter(([key]) => parameters === undefined || !DECLARED.test(key));
  return {
    ...Object.fromEntries(pathVariables(path)),
    ...Object.fromEntries(kept),
    ...writeParameters(FORM, parameters ?? {}),
  };
}

/**
 * What a method must declare for the sources of these parameters. Only a variable of the path is required: a
 * request validator of the method refuses calls without a required parameter.
 */
export function methodParameters(
  path: string,
  backend: Readonly<Record<string, string>>,
): Readonly<Record<string, boolean>> {
  const sources = [...pathVariables(path).map(([, source]) => source), ...Object.values(backend)];
  const ofCall = sources.filter((source) => /^method\.request\.(?:path|querystring|header)\./.test(source));
  return Object.fromEntries(ofCall.map((source) => [source, source.startsWith('method.request.path.')]));
}
