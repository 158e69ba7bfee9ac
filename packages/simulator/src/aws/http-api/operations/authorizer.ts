import { AUTHORIZER_LIMITS, checkAuthorizer, getAuthorizer } from '../route/authorizer-rules.js';
import { family } from '../family.js';
import { getApi } from '../find.js';
import { listPage } from '../list.js';
import { patch } from '../patch.js';
import { conflict } from '../../api-gateway/words.js';

/** Authorizers. */
export const authorizerOperations = family({
  /** Creates an authorizer: a Lambda function, or an issuer of tokens. Neither is called. */
  CreateAuthorizer: {
    limits: AUTHORIZER_LIMITS,
    holds: ({ ApiId }) => ApiId,
    run(call, { ApiId, ...input }) {
      const api = getApi(call, ApiId);
      checkAuthorizer(api, input);
      const row = { ...input, AuthorizerId: call.id('', 6, 'base36') };
      (api.authorizers ??= new Map()).set(row.AuthorizerId, row);
      return { ...row };
    },
  },

  /** Changes what is named of an authorizer. A route keeps an authorizer of the type that it needs. */
  UpdateAuthorizer: {
    limits: AUTHORIZER_LIMITS,
    holds: ({ ApiId }) => ApiId,
    run(call, { ApiId, AuthorizerId, ...input }) {
      const api = getApi(call, ApiId);
      const before = getAuthorizer(api, AuthorizerId);
      const row = patch(before, input);
      checkAuthorizer(api, row);
      const user = [...api.routes.values()].find((route) => route.AuthorizerId === row.AuthorizerId);
      if (user && row.AuthorizerType !== before.AuthorizerType) {
        throw conflict(`Cannot update authorizer '${row.Name ?? ''}', is referenced in route: ${user.RouteKey}`); // [U]
      }
      api.authorizers?.set(row.AuthorizerId, row);
      return { ...row };
    },
  },

  /** Deletes an authorizer that no route uses. The sentence is that of REST APIs [I]. */
  DeleteAuthorizer: {
    holds: ({ ApiId }) => ApiId,
    run(call, { ApiId, AuthorizerId }) {
      const api = getApi(call, ApiId);
      const row = getAuthorizer(api, AuthorizerId);
      const user = [...api.routes.values()].find((route) => route.AuthorizerId === row.AuthorizerId);
      if (user)
        throw conflict(`Cannot delete authorizer '${row.Name ?? ''}', is referenced in route: ${user.RouteKey}`);
      api.authorizers?.delete(row.AuthorizerId);
      return {};
    },
  },

  /** One authorizer. */
  GetAuthorizer: (call, { ApiId, AuthorizerId }) => ({ ...getAuthorizer(getApi(call, ApiId), AuthorizerId) }),

  /** All authorizers of an API. */
  GetAuthorizers(call, input) {
    const { authorizers } = getApi(call, input.ApiId);
    return listPage(authorizers?.values() ?? [], input, `GetAuthorizers ${input.ApiId}`, (row) => row.AuthorizerId);
  },
});
