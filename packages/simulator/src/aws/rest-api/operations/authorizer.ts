import {
  AUTHORIZER_LIMITS,
  checkUnused,
  getAuthorizer,
  newAuthorizer,
  setAuthorizer,
} from '../authorizer/authorizer-rules.js';
import { family } from '../family.js';
import { getApi } from '../find.js';
import { listPage } from '../list.js';
import { PATCH_LIMITS, patched, readMember, readNumber, textMember, withMember, type PatchTable } from '../patch.js';
import { badRequest, conflict } from '../words.js';
import type { AuthorizerRow } from '../state.js';

/** The service's answer for an unknown API, here of all operations. */
const UNKNOWN_API = 'Unable to complete operation due to concurrent modification. Please try again later.';

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
const TABLE: PatchTable<AuthorizerRow> = {
  '/name': readMember('name', (value) => value ?? ''),
  '/type': readMember('type', checkType),
  '/authType': textMember('authType'),
  '/authorizerUri': textMember('authorizerUri'),
  '/authorizerCredentials': textMember('authorizerCredentials'),
  '/identitySource': textMember('identitySource'),
  '/identityValidationExpression': textMember('identityValidationExpression'),
  '/authorizerResultTtlInSeconds': readMember('authorizerResultTtlInSeconds', readNumber),
  '/providerARNs': {
    ops: ['add', 'remove'],
    apply: (row, { op, value = '' }) => {
      const others = (row.providerARNs ?? []).filter((arn) => arn !== value);
      return withMember(row, 'providerARNs', op === 'add' ? [...others, value] : others);
    },
  },
};

/** Authorizers. */
export const authorizerOperations = family({
  /** Creates an authorizer: a Lambda function, or user pools of Cognito. Neither is called. */
  CreateAuthorizer: {
    limits: AUTHORIZER_LIMITS,
    holds: ({ restApiId }) => restApiId,
    run(call, { restApiId, ...input }) {
      const api = call.state.restApi.apis.get(restApiId);
      if (!api) throw conflict(UNKNOWN_API);
      const row = newAuthorizer(call, input);
      setAuthorizer(call, api, row);
      return row;
    },
  },

  /** Changes an authorizer. Methods that were deployed keep the old one. */
  UpdateAuthorizer: {
    limits: PATCH_LIMITS,
    holds: ({ restApiId }) => restApiId,
    run(call, { restApiId, authorizerId, patchOperations }) {
      const { api, row } = getAuthorizer(call, restApiId, authorizerId);
      const changed = patched(row, patchOperations, TABLE);
      setAuthorizer(call, api, changed);
      return changed;
    },
  },

  /** Deletes an authorizer that no method uses. */
  DeleteAuthorizer: {
    holds: ({ restApiId }) => restApiId,
    run(call, { restApiId, authorizerId }) {
      const { api, row } = getAuthorizer(call, restApiId, authorizerId);
      checkUnused(api, row);
      api.authorizers.delete(row.id);
      return {};
    },
  },

  /** One authorizer. */
  GetAuthorizer: (call, { restApiId, authorizerId }) => getAuthorizer(call, restApiId, authorizerId).row,

  /** The authorizers of an API. */
  GetAuthorizers(call, input) {
    const api = getApi(call, input.restApiId);
    return listPage(api.authorizers.values(), input, `GetAuthorizers ${input.restApiId}`, ({ id }) => id);
  },
});

function checkType(value: string | undefined): string {
  if (value === 'TOKEN' || value === 'REQUEST' || value === 'COGNITO_USER_POOLS') return value;
  throw badRequest(`Invalid authorizer type specified: ${value ?? ''}`); // [U]
}
