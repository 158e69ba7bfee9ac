import type { Gateway } from '@postern/core/internal/snapshot';

/** A function that does not exist: which one an authorizer calls is not in snapshots. */
export const UNREAD_FUNCTION =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:not-read/invocations';

/** The authorizers that routes of a gateway name, by ID, with the authorization of the routes: `JWT`, `CUSTOM`. */
export function authorizersOf({ routes }: Gateway): ReadonlyMap<string, string> {
  return new Map(
    routes.flatMap(({ authorization = 'NONE', settings: { authorizer = 'none' } = {} }) =>
      authorizer === 'none' || authorizer === 'iam' ? [] : [[authorizer, authorization] as const],
    ),
  );
}
