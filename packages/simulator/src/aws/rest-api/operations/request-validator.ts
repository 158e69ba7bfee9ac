import type { RequestValidator } from '@aws-sdk/client-api-gateway';
import { API, collection } from '../collection.js';
import { checkValidatorUnused, newValidator } from '../model.js';
import { readMember, type PatchTable } from '../patch.js';
import { badRequest, notFound } from '../words.js';

/** A value that is not `true` is `false`; a missing one, too. */
const isTrue = (value: string | undefined) => value?.toLowerCase() === 'true';

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
const TABLE: PatchTable<RequestValidator> = {
  '/name': readMember('name', (value = '') => {
    if (value.trim() === '') throw badRequest('Request Validator name cannot be blank');
    return value;
  }),
  '/validateRequestParameters': readMember('validateRequestParameters', isTrue),
  '/validateRequestBody': readMember('validateRequestBody', isTrue),
};

/** Request validators. */
export const requestValidatorOperations = collection({
  name: 'RequestValidator',
  of: API,
  rows: 'requestValidators',
  key: ['requestValidatorId', ({ id }) => id ?? ''],
  unknown: () => notFound('Invalid Request Validator identifier specified'),
  hidesOwner: true,
  // An unknown API is refused with 400 here.
  absentForNew: () => badRequest('Invalid REST API identifier specified'),
  create: (call, _, input) => newValidator(call, input),
  patch: TABLE,
  unused: checkValidatorUnused,
});
