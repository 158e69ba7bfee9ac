import type { MethodResponse } from '@aws-sdk/client-api-gateway';
import type { MethodRow } from '../state.js';
import { textMember, withMember, type PatchTable } from '../patch.js';
import { entry, isTrue } from './patch-entry.js';
import { METHOD_WORDS } from './words.js';

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateMethod-Patch */
export const METHOD_PATCH: PatchTable<MethodRow> = {
  '/authorizationType': textMember('authorizationType'),
  '/authorizerId': textMember('authorizerId'),
  '/requestValidatorId': textMember('requestValidatorId'),
  '/operationName': textMember('operationName'),
  '/apiKeyRequired': {
    ops: ['replace'],
    apply: (row, { value }) => ({ ...row, apiKeyRequired: isTrue(value) }),
  },
  '/requestParameters/{name}': entry('requestParameters', METHOD_WORDS.parameterNotFound, isTrue),
  '/requestModels/{type}': entry('requestModels', METHOD_WORDS.contentTypeNotFound),
  '/authorizationScopes': {
    ops: ['add', 'remove'],
    apply: (row, { op, value = '' }) => {
      const rest = (row.authorizationScopes ?? []).filter((scope) => scope !== value);
      const scopes = op === 'add' ? [...rest, value] : rest;
      return withMember(row, 'authorizationScopes', scopes.length > 0 ? scopes : undefined);
    },
  },
};

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateMethodResponse-Patch */
export const METHOD_RESPONSE_PATCH: PatchTable<MethodResponse> = {
  '/responseParameters/{name}': entry('responseParameters', METHOD_WORDS.parameterNotFound, isTrue),
  '/responseModels/{type}': entry('responseModels', METHOD_WORDS.contentTypeNotFound),
};
