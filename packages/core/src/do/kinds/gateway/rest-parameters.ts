import type { RouteParameters } from '../../model/route.js';
import { PARAMETER_FORMS, writeParameters } from './request-parameters.js';

/** What a spec can declare: one value for a variable of the path, a parameter of the query or a header. */
const DECLARED = /^integration\.request\.(?:path|querystring|header)\./;

/**
 * The parameters of the backend request: the variables of the path, and those of the setting. Where the setting
 * is not declared, `is` stays; where it is, those that it does not name are removed.
 */
export function backendParameters(
  path: string,
  parameters: RouteParameters | undefined,
  is: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const kept = Object.entries(is).filter(([key]) => parameters === undefined || !DECLARED.test(key));
  return {
    ...Object.fromEntries(pathVariables(path)),
    ...Object.fromEntries(kept),
    ...writeParameters(PARAMETER_FORMS['rest-api'], parameters ?? {}),
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

/**
 * The parameters by which an integration gets the variables of its route's path:
 * `['integration.request.path.id', 'method.request.path.id']` for `/orders/{id}`.
 */
export function pathVariables(path: string): readonly (readonly [target: string, source: string])[] {
  return [...path.matchAll(/\{([^{}+]+)\+?\}/g)].map(([, name = '']) => {
    const target = `integration.request.path.${name}`;
    return [target, sourceOfVariable(target)] as const;
  });
}

function sourceOfVariable(target: string): string {
  return target.replace(/^integration\./, 'method.');
}

/** The path of a route as the URI of its integration has it: `/orders/{proxy+}` → `/orders/{proxy}`. */
export function backendPath(path: string): string {
  return path.replaceAll('+}', '}');
}
