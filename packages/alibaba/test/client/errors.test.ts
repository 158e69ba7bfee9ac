import { describe, expect, it } from 'vitest';
import { BadAnswer, mapAlibabaError, permissionOf } from '../../src/client/errors.js';

const READ = { operation: 'DescribeInstances', product: 'CloudAPI', kind: 'read' } as const;
const WRITE = { operation: 'ModifyApi', product: 'CloudAPI', kind: 'idempotent' } as const;
const CREATE = { operation: 'CreateInstance', product: 'CloudAPI', kind: 'create' } as const;

/** As `@alicloud/tea-typescript` makes it. */
function refused(code: string, status = 400, message = 'what the cloud says', more: object = {}): Error {
  const data = { RequestId: 'R-1', HostId: 'h', Code: code, Message: message, statusCode: status, ...more };
  return Object.assign(new Error(`${code}: code: ${status}, ${message} request id: R-1`), { code, data });
}

/** As `@alicloud/openapi-core` makes it. */
function coreRefused(code: string, status: number): Error {
  const error = new Error(`${code}: code: ${status}, what the cloud says request id: R-1`);
  return Object.assign(error, {
    code,
    statusCode: status,
    requestId: 'R-1',
    description: 'undefined',
    data: { Code: code, Message: 'what the cloud says', RequestId: 'R-1' },
  });
}

describe('a code of Alibaba Cloud', () => {
  it.each([
    ['ServiceUnavailable', 503, 'CLOUD_FAILED', true],
    ['InternalError', 500, 'CLOUD_FAILED', true],
    ['Throttling', 400, 'THROTTLED', true],
    ['Throttling.User', 400, 'THROTTLED', true],
    ['Throttling.Api', 503, 'THROTTLED', true],
    ['Rejected.Throttling', 429, 'THROTTLED', true],
    ['ConcurrencyLockTimeout', 400, 'CONFLICT', true],
    ['RepeatedCommit', 400, 'CONFLICT', true], // not a Repeated… of the family below
    ['InvokeSlbApiFail', 400, 'CLOUD_FAILED', true],
    ['InvokeDescribePluginsByGroupApiFail', 400, 'CLOUD_FAILED', true],
    ['NotFoundApiGroup', 400, 'NOT_FOUND', false],
    ['NotFoundVpc', 400, 'NOT_FOUND', false],
    ['NotFoundBackendModel', 400, 'NOT_FOUND', false],
    ['InvalidLoadBalancerId.NotFound', 400, 'NOT_FOUND', false], // an Invalid… by its beginning
    ['EntityNotExist.Role', 404, 'NOT_FOUND', false],
    ['MissingGroupId', 400, 'INVALID_INPUT', false],
    ['InvalidFormatName', 400, 'INVALID_INPUT', false],
    ['DuplicateApiName', 400, 'ALREADY_EXISTS', false],
    ['RepeatedRequestPath', 400, 'ALREADY_EXISTS', false],
    ['DependencyViolationInstance', 400, 'STILL_REFERENCED', false],
    ['ExceedLimitApiGroup', 400, 'QUOTA_EXCEEDED', false],
    ['ForbiddenBillingStatus', 403, 'GATEWAY_LOCKED', false],
    ['ForbiddenSomething', 403, 'CLOUD_REFUSED', false],
    ['NoPermission', 403, 'PERMISSION_DENIED', false],
    ['Forbidden.RAM', 403, 'PERMISSION_DENIED', false],
    ['InvalidAccessKeyId.NotFound', 404, 'CREDENTIALS_REFUSED', false], // a .NotFound by its end
    ['InvalidAccessKeyId.Inactive', 400, 'CREDENTIALS_REFUSED', false],
    ['SignatureDoesNotMatch', 400, 'CREDENTIALS_REFUSED', false],
    ['InvalidSecurityToken.Expired', 400, 'CREDENTIALS_EXPIRED', false],
    ['InvalidTimeStamp.Expired', 400, 'CLOCK_SKEWED', false],
    ['SignatureNonceUsed', 400, 'CONFLICT', true],
    ['InvalidVSwitchId.IpNotEnough', 400, 'ADDRESSES_EXHAUSTED', false],
    ['InvalidAction.NotFound', 404, 'UNSUPPORTED', false],
    ['SomethingNew', 400, 'CLOUD_REFUSED', false],
    ['SomethingNew', 503, 'CLOUD_FAILED', true],
    ['SomethingNew', 429, 'THROTTLED', true],
  ] as const)('%s (%i) is %s', (code, status, expected, retryable) => {
    for (const error of [refused(code, status), coreRefused(code, status)]) {
      const mapped = mapAlibabaError(error, WRITE);
      expect(mapped).toMatchObject({
        code: expected,
        retryable,
        status,
        nativeCode: code,
        requestId: 'R-1',
        cause: error,
        outcomeUnknown: expected === 'CLOUD_FAILED',
      });
      expect(mapped.message).toBe('ModifyApi: what the cloud says');
      expect(mapAlibabaError(error, READ).outcomeUnknown).toBe(false);
    }
  });

  it('names the permission that is missing', () => {
    const bare = mapAlibabaError(refused('NoPermission', 403), WRITE);
    expect(bare.details).toEqual({ permission: 'apigateway:ModifyApi' });
    expect(bare.remedy).toBe('Allow apigateway:ModifyApi for these credentials.');
    const told = refused('Forbidden.RAM', 403, 'no', { AccessDeniedDetail: { AuthAction: 'ecs:DescribeTags' } });
    expect(mapAlibabaError(told, READ).details).toEqual({ permission: 'ecs:DescribeTags' });
    expect(permissionOf({ product: 'Slb', operation: 'DescribeLoadBalancers' })).toBe('slb:DescribeLoadBalancers');
  });

  it.each([
    [
      'ForbiddenCreateInstance',
      'New purchases of API Gateway (Traditional) have been discontinued since August 23, 2026.',
    ],
    ['InvalidInstanceSpec', 'The specification is no longer sold.'],
    ['CommodityOffShelf', '商品已停售'],
  ])('%s of a creation after the end of sale names the end of sale, with its dates', (code, words) => {
    const error = mapAlibabaError(refused(code, 403, words), CREATE);
    expect(error).toMatchObject({ code: 'CREATION_CLOSED', outcomeUnknown: false, retryable: false });
    expect(error.message).toContain(words);
    for (const day of ['2026-08-23', '2027-03-21', '2027-09-21']) expect(error.remedy).toContain(day);
    // In other operations the same text has no meaning.
    expect(mapAlibabaError(refused(code, 403, words), WRITE).code).not.toBe('CREATION_CLOSED');
  });

  it('has a remedy for a backend that an instance cannot connect to', () => {
    const error = mapAlibabaError(
      refused('InvalidBackend', 400, 'instance cannot connect the backend 10.1.2.3'),
      WRITE,
    );
    expect(error).toMatchObject({ code: 'CLOUD_REFUSED', remedy: expect.stringContaining('allowlist') as string });
  });

  it('that is the name of an inherited member is not a code', () => {
    expect(mapAlibabaError(refused('constructor', 400), WRITE).code).toBe('CLOUD_REFUSED');
  });
});

describe('an error without a code', () => {
  it.each([
    [Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), 'ENDPOINT_UNREACHABLE', false, false],
    [Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }), 'ENDPOINT_UNREACHABLE', false, false],
    [Object.assign(new Error('slow'), { code: 'ECONNTIMEOUT' }), 'ENDPOINT_UNREACHABLE', false, false],
    [Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }), 'ENDPOINT_UNREACHABLE', true, true],
    [
      Object.assign(new Error('ConnectTimeout: Connect x failed.'), { name: 'RequestTimeoutError' }),
      'ENDPOINT_UNREACHABLE',
      true,
      true,
    ],
    [new SyntaxError('Unexpected token <'), 'BAD_RESPONSE', false, true],
    [new BadAnswer(429, 'it is not JSON', undefined), 'THROTTLED', true, false],
    [{ statusCode: 429 }, 'THROTTLED', true, false],
    [Object.assign(new Error('x'), { name: 'AbortError' }), 'ABORTED', false, true],
  ] as const)('%s is %s', (error, code, retryable, outcomeUnknown) => {
    expect(mapAlibabaError(error, WRITE)).toMatchObject({ code, retryable, outcomeUnknown });
  });

  it.each([undefined, null, 'text', 42, {}])('that is %s is not an answer', (thrown) => {
    expect(mapAlibabaError(thrown, READ)).toMatchObject({ code: 'BAD_RESPONSE', outcomeUnknown: false });
  });
});
