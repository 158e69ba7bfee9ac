import type { Owner } from '@postern/core';
import { CloudError } from '@postern/core/adapter';
import type { RoutePlace } from './route-place.js';

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
