import { pathVariables, UnsupportedError, type RouteCall } from '@postern/core/adapter';
import { checkHost, checkTls, declaredParameters, invalid } from '../../gateway/authorization.js';
import type { RoutePlace } from './write-session.js';

/**
 * Refuses what a route of a REST API cannot have, before anything is written.
 * @throws {PosternError} `INVALID_INPUT`, `UNSUPPORTED`
 */
export function checkRequest(request: RouteCall, { path }: RoutePlace): void {
  const { target } = request.use;
  if (target.kind !== 'listener' || target.resourceId === undefined || target.port === undefined) {
    throw new UnsupportedError(`${request.key}: ${target.id} is not a listener, and a REST API needs one`, {
      remedy: 'Write listener: { loadBalancer, port } as the target, or use an HTTP API.',
    });
  }
  checkTls(request);
  checkHost(request, 'a REST API');
  checkParameters(request, path);
}

function checkParameters(request: RouteCall, path: string): void {
  const own = new Set(pathVariables(path).map(([key]) => key));
  for (const { part, name, source } of declaredParameters(request)) {
    if (part === 'path' && !own.has(`integration.request.path.${name}`)) {
      throw invalid(
        `route ${request.key} declares the parameter ${name} of the path, and its path has no variable {${name}}`,
        `Remove parameters.path.${name}, or write {${name}} in the route key.`,
      );
    }
    if (part === 'path' && source === `path.${name}`) {
      throw invalid(
        `route ${request.key} declares that the variable ${name} of its path is passed on, as it is without that`,
        `Remove parameters.path.${name}.`,
      );
    }
    if (part === 'header' && name.toLowerCase() === 'host') {
      throw invalid(`route ${request.key} declares the header Host as a parameter`, 'Write host: <name> instead.');
    }
  }
}
