import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/index.js';
import { hosted } from '../hosted.js';

const sim = simulate({ throttle: false });
const server = hosted(sim);

const sign = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260601/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=00`;

async function call(
  service: string,
  method: string,
  path: string,
  body: string | undefined,
  headers: Record<string, string> = {},
) {
  const response = await fetch(server().url + path, {
    method,
    headers: { authorization: sign(service), ...headers },
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}
const rest = (method: string, path: string, body?: string) =>
  call('apigateway', method, path, body, { 'content-type': 'application/json' });
const form = (service: string, body: string) =>
  call(service, 'POST', '/', body, { 'content-type': 'application/x-www-form-urlencoded' });
const target = (service: string, name: string, body: string) =>
  call(service, 'POST', '/', body, { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': name });

describe('REST-JSON', () => {
  it.each([
    ['POST', '/v2/apis', '{"name":"a","protocolType":"HTTP","nmae":1}', 400, "Unknown parameter 'nmae'"],
    ['POST', '/v2/apis', '{"Name":"a","protocolType":"HTTP"}', 400, "Unknown parameter 'name'"],
    ['POST', '/v2/apis', '{"name":7,"protocolType":"HTTP"}', 400, "'name'"],
    ['POST', '/v2/apis', '{"protocolType":"HTTP"}', 400, 'must not be null'],
    ['POST', '/v2/apis', '{"name":"a","protocolType":"HTTP","tags":["a"]}', 400, "'tags'"],
    ['POST', '/v2/apis', '{"name":"a"', 400, 'Invalid request body'],
    ['POST', '/v2/apis', '[]', 400, 'failed'],
    ['POST', '/v2/apis', '['.repeat(100_000), 400, 'Invalid request body'],
    ['GET', '/v2/apis?maxresults=3', undefined, 400, 'maxresults'],
    ['GET', '/v2/apis?maxResults=1&maxResults=2', undefined, 400, 'maxResults'],
    ['DELETE', '/v2/apis/nothing123', '{"name":"a"}', 400, "'name'"],
    ['GET', '/v2/nothing', undefined, 403, 'Missing Authentication Token'],
    ['GET', '/v2/portals', undefined, 501, 'does not simulate ListPortals'],
    ['GET', '/v2/apis/%E0%A4%A', undefined, 403, 'Missing Authentication Token'],
    ['GET', '/sdktypes', undefined, 501, 'does not simulate GetSdkTypes'],
  ])('%s %s %s: %i', async (method, path, body, status, text) => {
    const answer = await rest(method, path, body);
    expect(answer.text).toContain(text);
    expect(answer.status).toBe(status);
  });

  it('names the error and the request in headers', async () => {
    const { headers } = await rest('GET', '/v2/apis/nothing123');
    expect(headers.get('x-amzn-errortype')).toBe('NotFoundException');
    expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

it.each([
  ['Action=DescribeVpcs&VpcIds.1=vpc-1', 400, 'UnknownParameter', 'a member of the SDK, not of the wire'],
  ['Action=DescribeVpcs&Filter.1.Nmae=a', 400, 'UnknownParameter', 'an unknown member inside a list'],
  ['Action=DescribeVpcs&MaxResults=five', 400, 'InvalidParameterValue', 'a number in words'],
  ['Action=DescribeVpcs&DryRun=yes', 400, 'InvalidParameterValue', 'not a boolean'],
  ['Action=DescribeVpcs&VpcId=vpc-1', 400, 'InvalidParameterValue', 'a list without numbers'],
  ['Action=DescribeVpcs&VpcId.0=vpc-1', 400, 'UnknownParameter', 'lists count from one'],
  ['Action=DescribeVpcs&VpcId.1=a&VpcId.1=b', 400, 'InvalidQueryParameter', 'a duplicate name'],
  ['Action=DescribeVpcs&VpcId.1=%E0%A4%A', 400, 'InvalidQueryParameter', 'not UTF-8'],
  ['Action=DescribeSubnetz', 400, 'InvalidAction', 'no such action'],
  ['Version=2016-11-15', 400, 'MissingAction', 'no action'],
  ['Action=__proto__', 400, 'InvalidAction', 'an inherited name'],
  ['Action=AllocateHosts&AvailabilityZone=eu-west-1a', 501, 'NotImplemented', 'not simulated'],
  [`Action=DescribeVpcs&${'A.'.repeat(10_000)}=1`, 400, 'InvalidQueryParameter', 'nested too deeply'],
  ['Action=CreateVpc&DryRun=true', 412, 'DryRunOperation', 'a dry run'],
  ['Action=DeleteVpc', 400, 'MissingParameter', 'a required member is missing'],
])('EC2 query: %s: %i %s, %s', async (body, status, code) => {
  const answer = await form('ec2', body);
  expect(answer.text).toContain(`<Errors><Error><Code>${code}</Code>`);
  expect(answer.status).toBe(status);
});

it.each([
  ['sts', 'Action=GetCallerIdentity&What=1', 400, 'ValidationError'],
  ['sts', 'Action=AssumeRole&RoleSessionName=ci', 400, 'ValidationError'],
  ['sts', 'Action=AssumeRole&RoleArn=arn:aws:iam::111122223333:role/a&RoleSessionName=c', 400, 'ValidationError'],
  [
    'sts',
    'Action=AssumeRole&RoleArn=arn:aws:iam::111122223333:role/a&RoleSessionName=ci&DurationSeconds=60',
    400,
    'ValidationError',
  ],
  ['sts', 'Action=AssumeRole&RoleArn=arn:aws:iam::444455556666:role/a&RoleSessionName=ci', 403, 'AccessDenied'],
  ['sts', 'Action=Nothing', 400, 'InvalidAction'],
  ['sts', 'Action=GetFederationToken&Name=abc', 501, 'NotImplemented'],
  ['elasticloadbalancing', 'Action=DescribeLoadBalancers&Nmaes.member.1=a', 400, 'ValidationError'],
  ['elasticloadbalancing', 'Action=DescribeLoadBalancers&Names.1=a', 400, 'ValidationError'],
])('AWS query: %s %s: %i %s', async (service, body, status, code) => {
  const answer = await form(service, body);
  expect(answer.text).toContain(`<Code>${code}</Code>`);
  expect(answer.status).toBe(status);
});

it.each([
  ['ServiceQuotasV20190624.GetServiceQuota', '{"ServiceCode":"vpc"}', 400, 'IllegalArgumentException'],
  [
    'ServiceQuotasV20190624.GetServiceQuota',
    '{"ServiceCode":"vpc","QuotaCode":"L-0","x":1}',
    400,
    'IllegalArgumentException',
  ],
  [
    'ServiceQuotasV20190624.GetServiceQuota',
    '{"ServiceCode":"vpc","QuotaCode":"L-00000000"}',
    404,
    'NoSuchResourceException',
  ],
  [
    'ServiceQuotasV20190624.ListServiceQuotas',
    '{"ServiceCode":"vpc","NextToken":"forged"}',
    400,
    'InvalidPaginationTokenException',
  ],
  [
    'ServiceQuotasV20190624.ListServiceQuotas',
    '{"ServiceCode":"vpc","MaxResults":101}',
    400,
    'IllegalArgumentException',
  ],
  ['ServiceQuotasV20190624.Nothing', '{}', 400, 'UnknownOperationException'],
  ['CertificateManager.GetServiceQuota', '{}', 400, 'UnknownOperationException'],
  ['ServiceQuotasV20190624.GetServiceQuota', '{"ServiceCode"', 400, 'SerializationException'],
  ['ServiceQuotasV20190624.ListServices', '{}', 501, 'NotImplemented'],
])('JSON 1.1: %s %s: %i %s', async (name, body, status, code) => {
  const answer = await target('servicequotas', name, body);
  expect(JSON.parse(answer.text)).toMatchObject({ __type: code });
  expect(answer.status).toBe(status);
});

describe('the rest', () => {
  it('is refused, and is in the journal where it is a call of a cloud', async () => {
    sim.reset();
    await form('ec2', 'Action=AllocateHosts&AvailabilityZone=eu-west-1a');
    await form('ec2', 'Action=Nothing');
    await call('s3', 'GET', '/bucket', undefined);
    await rest('GET', '/sdktypes');
    expect(sim.journal().map(({ service, operation, status }) => `${service} ${operation} ${status}`)).toEqual([
      'ec2 AllocateHosts 501',
      'ec2 Nothing 400',
      's3 GET /bucket 501',
      'apigateway GetSdkTypes 501',
    ]);
  });

  it('a signature that is cut off is refused', async () => {
    const response = await fetch(server().url, { headers: { authorization: 'AWS4-HMAC-SHA256 Credential=A/2026' } });
    expect(response.status).toBe(403);
  });
});

describe('in process', () => {
  const { apiGatewayV2, sts } = sim.clients('eu-west-1');
  it.each([
    ['an unknown member', { Name: 'a', ProtocolType: 'HTTP', Nmae: 1 }],
    ['a wrong type', { Name: 1, ProtocolType: 'HTTP' }],
    ['a missing member', { ProtocolType: 'HTTP' }],
  ])('%s is refused as on the wire', async (_what, input) => {
    await expect(apiGatewayV2.createApi(input as never)).rejects.toMatchObject({ name: 'BadRequestException' });
  });

  it('outputs are copies, and inputs are not kept', async () => {
    const Tags: Record<string, string> = { a: 'b' };
    const made = await apiGatewayV2.createApi({ Name: 'a', ProtocolType: 'HTTP', Tags });
    Tags['a'] = 'changed';
    if (made.Tags) made.Tags['a'] = 'changed';
    const seen = await apiGatewayV2.getApi({ ApiId: made.ApiId });
    expect(seen.Tags).toEqual({ a: 'b' });
    expect(seen.CreatedDate).toBeInstanceOf(Date);
    expect(seen.CreatedDate).not.toBe((await apiGatewayV2.getApi({ ApiId: made.ApiId })).CreatedDate);
  });

  it('an operation that is not simulated is a 501', async () => {
    await expect(sts.getFederationToken({ Name: 'abc' })).rejects.toMatchObject({
      name: 'NotImplemented',
      $metadata: { httpStatusCode: 501 },
    });
  });
});
