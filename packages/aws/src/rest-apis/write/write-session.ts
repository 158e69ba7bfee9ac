import type { Session } from '../../client/session.js';
import { balancerNames, type NameOf } from '../../gateways/backend-uri.js';
import { resourceTrees, type RestSession, seenHalves, type SeenHalves } from './resource-trees.js';
import type { Owner } from '@postern/core/internal/library';
import {
  CloudError,
  InvalidInputError,
  pathVariables,
  UnsupportedError,
  type RouteCall,
} from '@postern/core/internal/adapter';
import type { RestMethodPlace } from '../rest-owner.js';
import { checkHost, checkTls, declaredParameters, invalid } from '../../gateways/declared-route.js';

/** A session that writes routes of REST APIs, with what it knows of them. */
export interface RouteSession extends RestSession {
  readonly nameOf: NameOf;
  readonly halves: SeenHalves;
}

export function routeSession(session: Session): RouteSession {
  return { ...session, trees: resourceTrees(session), nameOf: balancerNames(session), halves: seenHalves() };
}

/** A method without the mark of the project is never changed. */
export function notOurs(
  { apiId, path, verb }: RoutePlace,
  { project, integration }: Owner,
  operation: string,
): CloudError {
  return new CloudError(
    'NOT_OURS',
    `${verb} ${path} of ${apiId} does not carry the mark of ${project}/${integration}`,
    {
      operation,
      remedy: 'Plan again, or change the route manually: it was created or changed outside of this project.',
    },
  );
}

/** Where a route is in the tree of resources: its verb, its path, and the parts of the path. */
export interface RoutePlace extends RestMethodPlace {
  /** Empty for the root. */
  readonly parts: readonly string[];
}

/** The place of a route: `GET /orders/{id}`. @throws {InvalidInputError} `INVALID_INPUT` */
export function placeOf(apiId: string, key: string): RoutePlace {
  const [, verb, path] = /^([A-Z]+) (\/\S*)$/.exec(key) ?? [];
  if (verb === undefined || path === undefined) {
    throw new InvalidInputError('INVALID_INPUT', `${key} cannot be a route of a REST API`, {
      remedy: 'Write a verb, or ANY, and a path: GET /orders/{id}.',
    });
  }

  return { apiId, verb, path, parts: path === '/' ? [] : path.slice(1).split('/') };
}

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
