import { describe, expect, it } from 'vitest';
import { cpuMs } from '../../../core/test/cpu-time.js';
import { codeOfName, mapAwsError, permissionOf } from '../../src/client/errors.js';

const call = { operation: 'CreateVpcLink', service: 'apigatewayv2', region: 'eu-west-3', kind: 'create' } as const;

/** An error as the SDK throws it. */
function sdkError(name: string, message: string, status = 400, more: object = {}): Error {
  return Object.assign(new Error(message), {
    name,
    $metadata: { httpStatusCode: status, requestId: 'req-1' },
    ...more,
  });
}

describe('mapAwsError', () => {
  it.each([
    [
      'a zone without the service, with the zones that have it',
      "Subnet 'subnet-0a' is in Availability Zone 'euw3-az2' where service is not available",
      {
        code: 'ZONE_NOT_SERVED',
        details: { subnetId: 'subnet-0a', zone: 'euw3-az2', servedZones: ['euw3-az1', 'euw3-az3'] },
      },
    ],
    [
      'a shared subnet without a group',
      'For a shared subnet, at least one security-group-id should be provided',
      { code: 'SECURITY_GROUP_REQUIRED' },
    ],
    [
      'a full quota of links, which is a 400',
      'There are too many Vpc Links defined for this account. Limit is 10.',
      { code: 'QUOTA_EXCEEDED', details: { resource: 'vpc-link', limit: 10, quotaCode: 'L-608BDCD4' } },
    ],
    [
      'a link in use, with its users',
      "Cannot delete vpc link. Vpc link 'ab12cd', is referenced in [ANY:qtfgl2b, GET:xy] in format of [Method:Resource].",
      {
        code: 'STILL_REFERENCED',
        details: { linkId: 'ab12cd', references: ['ANY:qtfgl2b', 'GET:xy'], format: 'Method:Resource' },
      },
    ],
    [
      'an integration in use, with its routes',
      'Cannot delete Integration because it is referenced by the following Routes with Ids: [r1, r2]',
      { code: 'STILL_REFERENCED', details: { routeIds: ['r1', 'r2'] } },
    ],
    [
      'a URI that is not a listener ARN',
      'For VpcLink VPC_LINK, integration uri should be a valid ELB listener ARN or a valid Cloud Map service ARN.',
      { code: 'WRONG_KIND' },
    ],
    [
      'a concurrent write, which is retryable, also with the status 400 of earlier versions',
      'Unable to complete operation due to concurrent modification. Please try again later.',
      { code: 'CONFLICT', retryable: true },
    ],
    [
      'a quota of routes',
      'There are too many routes defined for this API. Limit is 300.',
      { code: 'QUOTA_EXCEEDED', details: { resource: 'route', quotaCode: 'L-65B5C802' } },
    ],
    [
      'a quota of integrations, which cannot be raised',
      'There are too many integrations defined for this API. Limit is 300.',
      { code: 'QUOTA_EXCEEDED', details: { resource: 'integration' } },
    ],
    [
      'a route key that exists',
      'Route with key GET /a already exists for this API',
      { code: 'ALREADY_EXISTS', retryable: false },
    ],
    ['subnets of two VPCs', 'All subnets must belong to the same VPC', { code: 'SUBNETS_OF_SEVERAL_NETWORKS' }],
  ])('reads %s', (_, message, expected) => {
    const error = mapAwsError(sdkError('BadRequestException', message), call);
    expect(error).toMatchObject({
      ...expected,
      operation: 'CreateVpcLink',
      requestId: 'req-1',
      status: 400,
      outcomeUnknown: false,
    });
    expect(error.remedy).toMatch(/^[A-Z].*\.$/s);
    expect(error.message).toBe(`CreateVpcLink: ${message}`);
    expect(error.cause).toBeInstanceOf(Error);
  });

  it('matches messages of API Gateway only in answers of API Gateway', () => {
    const error = mapAwsError(sdkError('InvalidParameterValue', 'concurrent modification'), {
      ...call,
      service: 'ec2',
    });
    expect(error.code).toBe('CLOUD_REFUSED');
  });

  it('reads the message from Message where message is missing', () => {
    const error = mapAwsError({ name: 'BadRequestException', Message: 'shared subnet needs security-group-id' }, call);
    expect(error.code).toBe('SECURITY_GROUP_REQUIRED');
  });

  it.each([
    ['ECONNREFUSED', false, false],
    ['ENOTFOUND', false, false],
    ['EAI_AGAIN', false, true],
    ['ECONNRESET', true, true],
    ['EPIPE', true, true],
    ['ETIMEDOUT', true, true],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', false, false],
  ])('reads %s as unreachable, outcome unknown: %s, retryable: %s', (code, outcomeUnknown, retryable) => {
    const cause = Object.assign(new Error('x'), { code });
    for (const error of [cause, Object.assign(new Error('wrapped', { cause }), { name: 'AggregateError' })]) {
      expect(mapAwsError(error, call)).toMatchObject({ code: 'ENDPOINT_UNREACHABLE', outcomeUnknown, retryable });
    }
    expect(mapAwsError(cause, { ...call, kind: 'read' }).outcomeUnknown).toBe(false);
  });

  it('distinguishes a connection that was not established from an answer that did not arrive', () => {
    const timeout = (message: string) => Object.assign(new Error(message), { name: 'TimeoutError' });
    const never =
      '@smithy/node-http-handler - the request socket did not establish a connection with the server within the configured timeout of 10000 ms.';
    expect(mapAwsError(timeout(never), call).outcomeUnknown).toBe(false);
    expect(
      mapAwsError(timeout('a request has exceeded the configured 60000 ms requestTimeout.'), call).outcomeUnknown,
    ).toBe(true);
  });

  it('reports a broken connection, which the SDK reports as a timeout', () => {
    const broke = Object.assign(new Error('read ECONNRESET'), { name: 'TimeoutError', code: 'ECONNRESET' });
    expect(mapAwsError(broke, call)).toMatchObject({
      code: 'ENDPOINT_UNREACHABLE',
      outcomeUnknown: true,
      message: expect.stringContaining('the connection broke before the answer was complete (ECONNRESET)'),
    });
  });

  it('reports the outcome as unknown for a write after a 5xx, and not for a read', () => {
    const error = sdkError('ServiceUnavailableException', 'down', 503);
    expect(mapAwsError(error, call)).toMatchObject({ code: 'CLOUD_FAILED', retryable: true, outcomeUnknown: true });
    expect(mapAwsError(error, { ...call, kind: 'read' })).toMatchObject({ outcomeUnknown: false, retryable: true });
    expect(mapAwsError(sdkError('Whatever', 'x', 500), call).code).toBe('CLOUD_FAILED');
  });

  it('returns the time of the retry-after header', () => {
    const headers = { $response: { statusCode: 429, headers: { 'retry-after': '3' } } };
    const error = sdkError('TooManyRequestsException', 'slow', 429, headers);
    expect(mapAwsError(error, call)).toMatchObject({
      code: 'THROTTLED',
      retryable: true,
      retryAfterMs: 3000,
      outcomeUnknown: false,
    });
  });

  it.each([
    ['HTML', new SyntaxError('Unexpected token <')],
    ['no name', sdkError('UnknownError', '', 429)],
  ])('reads a 429 of %s as a throttle', (_, error) => {
    Object.assign(error, { $response: { statusCode: 429, headers: {} } });
    expect(mapAwsError(error, call)).toMatchObject({ code: 'THROTTLED', retryable: true, outcomeUnknown: false });
  });

  it('reads LimitExceededException as throttling only with 429', () => {
    expect(mapAwsError(sdkError('LimitExceededException', 'x', 429), call).code).toBe('THROTTLED');
    expect(mapAwsError(sdkError('LimitExceededException', 'x', 400), call).code).not.toBe('THROTTLED');
  });

  it('reads missing credentials as CREDENTIALS_MISSING', () => {
    const error = Object.assign(new Error('Could not load credentials from any providers'), {
      name: 'CredentialsProviderError',
    });
    expect(mapAwsError(error, call)).toMatchObject({
      code: 'CREDENTIALS_MISSING',
      retryable: false,
      outcomeUnknown: false,
    });
  });

  it('reads 64 KiB of anything within ten milliseconds', () => {
    for (const pump of [
      "Subnet '",
      'too many ',
      'referenced in [',
      'limit ',
      'shared subnet ',
      'a',
      'routes ',
      'token is ',
    ]) {
      const error = sdkError('BadRequestException', pump.repeat(65_536 / pump.length));
      const times = Array.from({ length: 5 }, () => {
        const began = cpuMs();
        mapAwsError(error, call);
        return cpuMs() - began;
      });
      expect(Math.min(...times), pump).toBeLessThan(10);
    }
  });
});

it.each([
  ['TooManyRequestsException', 'THROTTLED'],
  ['RequestLimitExceeded', 'THROTTLED'],
  ['Client.UnauthorizedOperation', 'PERMISSION_DENIED'],
  ['InvalidSubnetID.NotFound', 'NOT_FOUND'],
  ['InvalidLaunchTemplateId.VersionNotFound', 'NOT_FOUND'],
  ['InvalidLaunchTemplateName.NotFoundException', 'NOT_FOUND'],
  ['LoadBalancerNotFoundException', 'NOT_FOUND'],
  ['ServiceNotFound', 'NOT_FOUND'],
  ['DependencyViolation', 'STILL_REFERENCED'],
  ['InvalidGroup.Duplicate', 'ALREADY_EXISTS'],
  ['ExpiredToken', 'CREDENTIALS_EXPIRED'],
  ['AuthFailure', 'CREDENTIALS_REFUSED'],
  ['constructor', undefined],
])('codeOfName: reads %s as %s', (name, code) => {
  expect(codeOfName(name)).toBe(code);
});

it.each([
  ['apigatewayv2', 'GetVpcLinks', 'apigateway:GET'],
  ['apigatewayv2', 'CreateRoute', 'apigateway:POST'],
  ['apigatewayv2', 'UpdateRoute', 'apigateway:PATCH'],
  ['apigatewayv2', 'DeleteVpcLink', 'apigateway:DELETE'],
  ['apigatewayv2', 'TagResource', 'apigateway:POST'],
  ['apigateway', 'GetResources', 'apigateway:GET'],
  ['apigateway', 'PutMethod', 'apigateway:PUT'],
  ['apigateway', 'TagResource', 'apigateway:PUT'],
  ['apigateway', 'UntagResource', 'apigateway:DELETE'],
  ['ec2', 'DescribeSubnets', 'ec2:DescribeSubnets'],
])('permissionOf: of %s %s is %s', (service, operation, permission) => {
  expect(permissionOf(service, operation)).toBe(permission);
});
