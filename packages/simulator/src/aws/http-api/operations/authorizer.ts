import { AUTHORIZER_LIMITS, checkAuthorizer } from '../route.js';
import { collection } from '../collection.js';
import { conflict, WORDS } from '../../api-gateway/words.js';
import type { ApiRow, AuthorizerRow } from '../state.js';

/** The sentence for a deletion is that of REST APIs [I], that for an update is [U]. */
function refuseUsed(api: ApiRow, { AuthorizerId, Name = '' }: AuthorizerRow, verb: 'update' | 'delete'): void {
  const user = [...api.routes.values()].find((route) => route.AuthorizerId === AuthorizerId);
  if (user) throw conflict(`Cannot ${verb} authorizer '${Name}', is referenced in route: ${user.RouteKey}`);
}

/** Authorizers: a Lambda function, or an issuer of tokens. Neither is called. */
export const authorizerOperations = collection({
  name: 'Authorizer',
  rows: 'authorizers',
  unknown: WORDS.authorizerNotFound,
  limits: AUTHORIZER_LIMITS,
  create(call, api, input) {
    checkAuthorizer(api, input); // a refused one draws no ID
    return { ...input, AuthorizerId: call.id('', 6, 'base36') };
  },
  /** A route keeps an authorizer of the type that it needs. */
  check(api, row, _, before) {
    checkAuthorizer(api, row);
    if (before && row.AuthorizerType !== before.AuthorizerType) refuseUsed(api, row, 'update');
  },
  unused: (api, row) => refuseUsed(api, row, 'delete'),
});
