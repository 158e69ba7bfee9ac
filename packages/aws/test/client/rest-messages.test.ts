import { describe, expect, it } from 'vitest';
import { mapAwsError } from '../../src/client/errors.js';

const call = { operation: 'PutIntegration', service: 'apigateway', region: 'eu-west-3', kind: 'idempotent' } as const;

/** An error of API Gateway V1 as the SDK throws it. */
function refused(message: string, status: number): Error {
  const name = { 404: 'NotFoundException', 409: 'ConflictException', 429: 'LimitExceededException' }[status];
  return Object.assign(new Error(message), {
    name: name ?? 'BadRequestException',
    $metadata: { httpStatusCode: status, requestId: 'req-1' },
  });
}

describe('errors of REST APIs', () => {
  it.each([
    [
      'a V2 link without a load balancer',
      'IntegrationTarget is required for VpcLinkV2 ab12cd.',
      400,
      { code: 'WRONG_KIND', details: { linkId: 'ab12cd' } },
    ],
    [
      'a sibling with another variable, which the remedy names',
      'A sibling ({id}) of this resource already has a variable path part -- only one is allowed',
      400,
      { code: 'ALREADY_EXISTS', details: { sibling: '{id}' }, remedy: expect.stringContaining('{id}') },
    ],
    [
      'a deployment that a stage serves',
      'Active stages pointing to this deployment must be moved or deleted',
      400,
      { code: 'STILL_REFERENCED', retryable: false },
    ],
    [
      'a path below a greedy variable',
      'Cannot create a child of a resource with a greedy path variable: {proxy+}',
      400,
      { code: 'INVALID_INPUT', details: { greedy: '{proxy+}' } },
    ],
    [
      'a resource that another writer created',
      'Another resource with the same parent already has this name: pets',
      409,
      { code: 'ALREADY_EXISTS', retryable: false },
    ],
    ['a method that exists', 'Method already exists for this resource', 409, { code: 'ALREADY_EXISTS' }],
    ['a stage that exists', 'Stage already exists', 409, { code: 'ALREADY_EXISTS' }],
    [
      'a full quota of resources, which is a 429 and not throttling',
      'Maximum number of Resources for this API has been reached.  Please contact AWS if you need additional Resources.',
      429,
      { code: 'QUOTA_EXCEEDED', retryable: false, details: { resource: 'resource', quotaCode: 'L-01C8A9E0' } },
    ],
    [
      'a concurrent write, which is tried again',
      'Unable to complete operation due to concurrent modification. Please try again later.',
      409,
      { code: 'CONFLICT', retryable: true },
    ],
    ['a resource that does not exist', 'Invalid Resource identifier specified', 404, { code: 'NOT_FOUND' }],
    ['a method that does not exist', 'Invalid Method identifier specified', 404, { code: 'NOT_FOUND' }],
    [
      'a V1 link that a deployed stage uses',
      "Cannot delete vpc link. Vpc link 'ab12cd', is referenced in [api:GET:res:prod] in format of [RESTApiId:Method:Resource:Stage].",
      400,
      {
        code: 'STILL_REFERENCED',
        details: { linkId: 'ab12cd', references: ['api:GET:res:prod'], stages: ['stage prod of api'] },
        remedy: expect.stringContaining('deploy again to stage prod of api, or delete the stage'),
      },
    ],
    [
      'a V1 link that several methods of stages use, without the API',
      "Cannot delete vpc link. Vpc link 'ab12cd', is referenced in [GET:a:prod, GET:b:prod, GET:a:test] in format of [Method:Resource:Stage].",
      400,
      { code: 'STILL_REFERENCED', details: { linkId: 'ab12cd', stages: ['stage prod', 'stage test'] } },
    ],
    [
      'a timeout out of range, with the range',
      'Timeout should be between 50 ms and 29000 ms',
      400,
      { code: 'INVALID_INPUT', details: { leastMs: 50, mostMs: 29_000 } },
    ],
    [
      'one name of two parameters',
      'Parameter names must be unique across querystring, header and path',
      400,
      { code: 'INVALID_INPUT' },
    ],
    [
      'an authorizer of another API',
      'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
      400,
      { code: 'INVALID_INPUT' },
    ],
    [
      'an API without methods',
      "The REST API doesn't contain any methods",
      400,
      { code: 'CLOUD_REFUSED', details: { reason: 'no-routes' } },
    ],
    [
      'a method without an integration',
      'No integration defined for method',
      400,
      { code: 'CLOUD_REFUSED', details: { reason: 'method-without-integration' } },
    ],
    [
      'a deployment with a link that is being deleted',
      "Cannot deploy API. Vpc link 'ab12cd' is not available. Its status is DELETING.",
      400,
      { code: 'CLOUD_REFUSED', details: { reason: 'link-not-available', linkId: 'ab12cd' } },
    ],
    [
      'a deployment beside a canary',
      'Invalid deployment content specified.Stage prod has a canary and cannot be associated with a non-canary release deployment',
      400,
      { code: 'CANARY_ACTIVE' },
    ],
    [
      'a stage that domain names map to, with the names',
      'Deleting stage prod failed. Please remove all base path mappings related to the stage in your domains: a.example.com, b.example.com',
      400,
      { code: 'STILL_REFERENCED', details: { domains: ['a.example.com', 'b.example.com'] } },
    ],
    [
      'a full quota of stages',
      'There are too many stages defined for this API. Limit is 10.',
      400,
      { code: 'QUOTA_EXCEEDED', details: { resource: 'stage' } },
    ],
  ])('read %s', (_, message, status, expected) => {
    const error = mapAwsError(refused(message, status), call);
    expect(error).toMatchObject({ outcomeUnknown: false, status, ...expected });
    expect(error.remedy).toMatch(/^[A-Z].*\.$/s);
  });

  it('name the verb that a policy must allow', () => {
    const denied = Object.assign(new Error('no'), {
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 403 },
    });
    expect(mapAwsError(denied, call)).toMatchObject({
      code: 'PERMISSION_DENIED',
      details: { permission: 'apigateway:PUT' },
    });
  });
});
