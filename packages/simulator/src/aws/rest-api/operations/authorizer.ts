import { AUTHORIZER_LIMITS, checkUnused, newAuthorizer, setAuthorizer } from '../authorizer.js';
import { API, collection } from '../collection.js';
import { readMember, readNumber, textMember, withMember, type PatchTable } from '../patch.js';
import { badRequest, conflict, notFound } from '../words.js';
import type { AuthorizerRow } from '../state.js';

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

/** Authorizers: a Lambda function, or user pools of Cognito. Neither is called. Methods that were deployed keep the old one. */
export const authorizerOperations = collection({
  name: 'Authorizer',
  of: API,
  rows: 'authorizers',
  key: ['authorizerId', ({ id }) => id],
  // An unknown API has the same sentence [I], as with request validators.
  unknown: () => notFound('Invalid Authorizer identifier specified'),
  hidesOwner: true,
  // The service's answer for an unknown API, here of all operations.
  absentForNew: () => conflict('Unable to complete operation due to concurrent modification. Please try again later.'),
  limits: AUTHORIZER_LIMITS,
  create: (call, _, input) => newAuthorizer(call, input),
  patch: TABLE,
  checked(call, api, row) {
    setAuthorizer(call, api, row);
    return row;
  },
  unused: checkUnused,
});

function checkType(value: string | undefined): string {
  if (value === 'TOKEN' || value === 'REQUEST' || value === 'COGNITO_USER_POOLS') return value;
  throw badRequest(`Invalid authorizer type specified: ${value ?? ''}`); // [U]
}
