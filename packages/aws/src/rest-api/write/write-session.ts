import type { Session } from '../../client/session.js';
import { balancerNames, type NameOf } from './method/backend-uri.js';
import { knownTrees, type RestSession, seenHalves, type SeenHalves } from './known-trees.js';
import type { Owner } from '@postern/core';
import { CloudError, InvalidInputError } from '@postern/core/adapter';
import type { RestMethodPlace } from '../rest-owner.js';

/** A session that writes routes of REST APIs, with what it knows of them. */
export interface RouteSession extends RestSession {
  readonly nameOf: NameOf;
  readonly halves: SeenHalves;
}

export function routeSession(session: Session): RouteSession {
  return { ...session, trees: knownTrees(session), nameOf: balancerNames(session), halves: seenHalves() };
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
