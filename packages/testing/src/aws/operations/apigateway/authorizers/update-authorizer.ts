import type { Authorizer, UpdateAuthorizerRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { getAuthorizer, setAuthorizer } from '../../../rest-api/authorizer/authorizer-rules.js';
import {
  PATCH_LIMITS,
  patched,
  readMember,
  readNumber,
  textMember,
  withMember,
  type PatchTable,
} from '../../../rest-api/patch.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { badRequest } from '../../../rest-api/words.js';
import type { AuthorizerRow } from '../../../state/rest-api-state.js';

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

/** Changes an authorizer. Methods that were deployed keep the old one. */
export const updateAuthorizer = restOperation<Given<UpdateAuthorizerRequest>, Authorizer>({
  name: 'UpdateAuthorizer',
  kind: 'write',
  limits: PATCH_LIMITS,
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, authorizerId, patchOperations }) {
    const { api, row } = getAuthorizer(call, restApiId, authorizerId);
    const changed = patched(row, patchOperations, TABLE);
    setAuthorizer(call, api, changed);
    return changed;
  },
});

function checkType(value: string | undefined): string {
  if (value === 'TOKEN' || value === 'REQUEST' || value === 'COGNITO_USER_POOLS') return value;
  throw badRequest(`Invalid authorizer type specified: ${value ?? ''}`); // [U]
}
