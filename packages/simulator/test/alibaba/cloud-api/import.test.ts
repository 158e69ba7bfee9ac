import { DescribeApisRequest, ImportOASRequest, ImportSwaggerRequest } from '@alicloud/cloudapi20160714';
import { describe, expect, it, onTestFinished } from 'vitest';
import { simulate } from '../../../src/index.js';
import { cloudApiClient } from '../official-clients.js';
import { MINUTE, newAccount, newNetwork, REGION } from './account.js';

const X = 'x-aliyun-apigateway-';
const vpc = { type: 'HTTP-VPC', vpcAccessName: 'orders', path: '/v1/orders', method: 'post', timeout: 5000 };
const operation = (more: object = {}): object => ({ operationId: 'listOrders', [`${X}backend`]: vpc, ...more });
const document = (paths: object, more: object = { swagger: '2.0' }): string => JSON.stringify({ ...more, paths });
const orders = (more?: object): string => document({ '/orders/{id}': { get: operation(more) } });

function prepared() {
  const account = newAccount();
  const { GroupId } = account.call('CreateApiGroup', { GroupName: 'orders', BasePath: '/shop' });
  account.call('SetVpcAccess', {
    VpcId: newNetwork(account).VpcId,
    InstanceId: '172.16.0.10',
    Port: 80,
    Name: 'orders',
  });
  const swagger = (Data: string, more: object = {}) =>
    account.call('ImportSwagger', { GroupId, Data, DataFormat: 'json', Overwrite: false, ...more });
  const oas = (Data: string, more: object = {}) =>
    account.call('ImportOAS', { GroupId, Data, Overwrite: false, ...more });
  const apis = (): any[] => account.call('DescribeApis', { GroupId }).ApiSummarys.ApiSummary;
  const only = () => account.call('DescribeApi', { GroupId, ApiId: apis()[0].ApiId });
  return { ...account, GroupId: GroupId as string, swagger, oas, apis, only };
}
const done = ({ Success, Failed }: any) => [Success.ApiImportSwaggerSuccess, Failed.ApiImportSwaggerFailed];

describe('ImportSwagger', () => {
  it('creates an API of an operation behind a VPC access, which can be published', () => {
    const { swagger, apis, only, call, GroupId } = prepared();
    const parameters = [
      { in: 'path', name: 'id', required: true, type: 'integer' },
      { $ref: '#/parameters/tenant' },
      { in: 'body', name: 'body' },
    ];
    const answer = swagger(
      JSON.stringify({
        swagger: '2.0',
        schemes: ['https'],
        parameters: { tenant: { in: 'header', name: 'X-Tenant', type: 'string' } },
        paths: { '/orders/{id}': { get: operation({ parameters, [`${X}auth-type`]: 'ANONYMOUS' }) } },
      }),
    );
    const [{ ApiId }] = apis();
    expect(done(answer)).toEqual([
      [{ ApiOperation: 'CREATE', ApiUid: ApiId, HttpMethod: 'get', Path: '/orders/{id}' }],
      [],
    ]);
    expect(only()).toMatchObject({
      ApiName: 'listOrders',
      AuthType: 'ANONYMOUS',
      Visibility: 'PRIVATE',
      RequestConfig: {
        RequestProtocol: 'HTTPS',
        RequestHttpMethod: 'GET',
        RequestPath: '/orders/[id]',
        RequestMode: 'MAPPING',
      },
      RequestParameters: {
        RequestParameter: [
          { ApiParameterName: 'id', Location: 'PATH', ParameterType: 'Int', Required: 'REQUIRED' },
          { ApiParameterName: 'X-Tenant', Location: 'HEAD', ParameterType: 'String', Required: 'OPTIONAL' },
        ],
      },
      ServiceConfig: {
        ServiceVpcEnable: 'TRUE',
        ServicePath: '/v1/orders',
        ServiceHttpMethod: 'POST',
        ServiceTimeout: 5000,
        VpcConfig: { Name: 'orders', InstanceId: '172.16.0.10', Port: 80 },
      },
    });
    call('DeployApi', { GroupId, ApiId, StageName: 'RELEASE', Description: 'first' });
  });

  it.each([
    ['HTTP', { type: 'HTTP', address: 'http://10.0.0.1' }, { ServiceAddress: 'http://10.0.0.1', ServicePath: '/a' }],
    ['MOCK', { type: 'MOCK', mockResult: 'ok' }, { Mock: 'TRUE', MockResult: 'ok', MockStatusCode: 200 }],
    ['FC', { type: 'FC', functionName: 'f' }, { FunctionComputeConfig: { FunctionName: 'f' } }],
  ])('has the backend %s, of a method that takes all', (_, backend, expected) => {
    const { swagger, only } = prepared();
    const of = operation({
      [`${X}backend`]: backend,
      [`${X}system-parameters`]: [{ systemName: 'CaClientIp', backendName: 'ip', location: 'query' }],
    });
    swagger(document({ '/a': { [`${X}any-method`]: of } }));
    expect(only()).toMatchObject({
      ServiceConfig: expected,
      AuthType: 'APP',
      RequestConfig: { RequestHttpMethod: 'ANY' },
      SystemParameters: {
        SystemParameter: [{ ParameterName: 'CaClientIp', ServiceParameterName: 'ip', Location: 'QUERY' }],
      },
    });
  });

  it('has the conditions of all operations, as a text of JSON or a value, and reads YAML', () => {
    const { swagger, apis } = prepared();
    const Data = 'swagger: "2.0"\npaths: { /a: { get: { operationId: getA } }, /b: { get: { operationId: getB } } }\n';
    for (const one of [vpc, JSON.stringify(vpc)]) {
      const answer = swagger(Data, { DataFormat: 'yaml', Overwrite: true, GlobalCondition: { [`${X}backend`]: one } });
      expect(answer.Success.ApiImportSwaggerSuccess).toHaveLength(2);
    }
    expect(apis()).toHaveLength(2);
  });

  it.each([
    ['no backend', { [`${X}backend`]: undefined }, 'x-aliyun-apigateway-backend is mandatory.'],
    ['another backend', { [`${X}backend`]: { type: 'OSS' } }, 'The backend type OSS is not one of HTTP'],
    ['an authorization that does not exist', { [`${X}backend`]: { ...vpc, vpcAccessName: 'none' } }, 'Vpc.'],
    ['no address', { [`${X}backend`]: { type: 'HTTP' } }, 'ServiceAddress is mandatory'],
    ['a name that is too short', { operationId: 'get' }, 'The name get is not valid.'],
  ])('fails for one operation with %s, and creates the others', (_, more, message) => {
    const { swagger, apis } = prepared();
    const other = { get: operation({ operationId: 'getStock' }) };
    const [success, failed] = done(swagger(document({ '/orders': { get: operation(more) }, '/stock': other })));
    expect(failed).toEqual([{ HttpMethod: 'get', Path: '/orders', ErrorMsg: expect.stringContaining(message) }]);
    expect(success).toMatchObject([{ Path: '/stock' }]);
    expect(apis()).toHaveLength(1);
  });

  it('changes an API of the same method and path only where it may overwrite', () => {
    const { swagger, apis, only } = prepared();
    swagger(orders());
    const [{ ApiId }] = apis();
    const more = { operationId: 'other' };
    const [, failed] = done(swagger(orders(more)));
    expect(failed).toMatchObject([{ ErrorMsg: `api already exists : apiUid ===> ${ApiId}` }]);
    expect(done(swagger(orders(more), { Overwrite: true }))[0]).toMatchObject([
      { ApiOperation: 'MODIFY', ApiUid: ApiId },
    ]);
    expect(only()).toMatchObject({ ApiId, ApiName: 'other' });
  });

  it('changes nothing in a dry run, which finds what is twice in the document', () => {
    const { swagger, apis, call, GroupId } = prepared();
    const twice = document({ '/a': { get: operation() }, '/b': { get: operation() } });
    const [success, failed] = done(swagger(twice, { DryRun: true }));
    expect([success.length, failed]).toEqual([1, [expect.objectContaining({ Path: '/b' })]]);
    expect(success[0]).not.toHaveProperty('ApiUid');
    const input = { GroupId, Data: twice, DataFormat: 'json', Overwrite: true };
    expect(call('DryRunSwagger', input).Success.ApiDryRunSwaggerSuccess).toHaveLength(1);
    expect(apis()).toEqual([]);
  });

  it.each([
    ['no document', '{"a":', {}, 'InvalidData'],
    ['YAML where JSON is expected', 'swagger: "2.0"', {}, 'InvalidData'],
    ['a list', '[]', {}, 'InvalidData'],
    ['another version', document({}, { swagger: '1.2' }), {}, 'InvalidData'],
    ['no paths', '{"swagger":"2.0"}', {}, 'InvalidData'],
    ['another format', orders(), { DataFormat: 'xml' }, 'InvalidDataFormat'],
    ['another group', orders(), { GroupId: 'none' }, 'NotFoundApiGroup'],
  ])('refuses %s', (_, Data, more, code) => {
    const { refusal, GroupId } = prepared();
    const input = { GroupId, Data, DataFormat: 'json', Overwrite: false, ...more };
    expect(refusal('ImportSwagger', input)?.code).toBe(code);
  });
});

describe('ImportOAS', () => {
  const plain = (more: object = {}) =>
    document({ '/a': { get: { operationId: 'getA', ...more } } }, { openapi: '3.0.3', info: {} });

  it('creates APIs of a document without extensions, with a sample answer, and its task ends', async () => {
    const { oas, only, apis, call, advance } = prepared();
    const schema = { parameters: [{ in: 'query', name: 'page', schema: { type: 'integer' } }] };
    const answer = oas(plain(schema), { AuthType: 'ANONYMOUS', RequestMode: 'PASSTHROUGH', OASVersion: 'OAS3' });
    const [{ ApiId }] = apis();
    expect(answer.SuccessApis.SuccessApi).toEqual([{ ApiOperation: 'CREATE', ApiId, HttpMethod: 'GET', Path: '/a' }]);
    expect(only()).toMatchObject({
      AuthType: 'ANONYMOUS',
      RequestConfig: { RequestMode: 'PASSTHROUGH' },
      RequestParameters: { RequestParameter: [{ ApiParameterName: 'page', ParameterType: 'Int' }] },
      ServiceConfig: { Mock: 'TRUE' },
    });
    const task = () => call('DescribeImportOASTask', { OperationId: answer.OperationId });
    expect(task()).toMatchObject({ TaskStatus: 'Running' });
    await advance(MINUTE);
    expect(task()).toMatchObject({
      TaskStatus: 'Finished',
      ApiResults: { ApiResult: [{ ApiId, Method: 'GET', Path: '/a', UpdateStatus: 'OVER' }] },
    });
  });

  it('has a named backend', () => {
    const { oas, only, call } = prepared();
    const { BackendId } = call('CreateBackend', { BackendName: 'named', BackendType: 'HTTP' });
    oas(plain(), { BackendName: 'named' });
    expect(only()).toMatchObject({ BackendEnable: true, BackendConfig: { BackendId } });
  });

  it.each([
    ['another base path', document({}, { swagger: '2.0', basePath: '/v1' }), {}, 'basePath'],
    ['another version', plain(), { OASVersion: 'OAS2' }, 'OAS2'],
    ['a backend that does not exist', plain(), { BackendName: 'none' }, 'none'],
  ])('imports nothing of a document with %s', (_, Data, more, message) => {
    const { oas, apis } = prepared();
    expect(oas(Data, more).ErrorMessages.ErrorMessage).toEqual([expect.stringContaining(message)]);
    expect(apis()).toEqual([]);
  });

  it('imports nothing where an operation has a fault, unless the check is skipped', () => {
    const { oas, apis } = prepared();
    const Data = document({ '/a': { get: operation() }, '/b': { get: operation({ operationId: 'b' }) } });
    expect(oas(Data)).toMatchObject({
      OperationId: '',
      FailedApis: { FailedApi: [{ HttpMethod: 'GET', Path: '/b' }] },
    });
    expect(apis()).toEqual([]);
    oas(Data, { SkipDryRun: true });
    expect(apis()).toHaveLength(1);
  });
});

it('the official client imports both kinds of documents', async () => {
  const simulation = simulate({ seed: 7 });
  const server = await simulation.listen();
  onTestFinished(() => server.close());
  const { GroupId } = simulation.callAlibaba(
    { product: 'CloudAPI', action: 'CreateApiGroup', region: REGION },
    { GroupName: 'orders' },
  ) as any;
  const client = cloudApiClient(server.url, { regionId: REGION });
  const globalCondition = { [`${X}backend`]: JSON.stringify({ type: 'HTTP', address: 'http://10.0.0.1' }) };
  const given = { groupId: GroupId, overwrite: true };
  const data = 'swagger: "2.0"\npaths: { /a: { get: { operationId: getA } } }\n';
  const { body } = await client.importSwagger(
    new ImportSwaggerRequest({ ...given, data, dataFormat: 'yaml', globalCondition }),
  );
  expect(body?.success?.apiImportSwaggerSuccess).toMatchObject([{ apiOperation: 'CREATE', path: '/a' }]);
  const oas = await client.importOAS(
    new ImportOASRequest({ ...given, data: data.replace('/a', '/b').replace('A', 'B') }),
  );
  expect(oas.body?.successApis?.successApi).toMatchObject([{ apiOperation: 'CREATE', path: '/b' }]);
  const listed = await client.describeApis(new DescribeApisRequest({ groupId: GroupId }));
  expect(listed.body?.totalCount).toBe(2);
});
