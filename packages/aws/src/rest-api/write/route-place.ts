import { InvalidInputError } from '@postern/core/adapter';
import type { RestMethodPlace } from '../rest-owner.js';

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
