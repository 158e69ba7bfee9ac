import { PROVE } from '../../../core/test/runs.js';
import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop } from '../traffic/aws/http-api/shop.js';
import { awsCli, missingTool } from './tools.js';

const REGION = 'eu-west-1';
const NAME = 'api.example.com';
/** It takes half a minute, and few machines have the AWS CLI. */
const reason = PROVE ? missingTool('aws') : 'npm run prove runs it';

/** The stock AWS CLI gives APIs a domain name, imports one, changes an authorizer, and is shown what it made. */
describe.skipIf(reason !== undefined)(
  `domain names with the AWS CLI${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let world: Awaited<ReturnType<typeof openShop>>;
    let server: Awaited<ReturnType<typeof world.sim.listen>>;
    beforeAll(async () => {
      world = await openShop('ANY /{proxy+}');
      server = await world.sim.listen();
    });
    afterAll(() => server?.close());

    /** Of a call by the domain name over HTTP: the status, and the path that the backend got. */
    const called = async (path: string): Promise<string> => {
      const call = request({ host: '127.0.0.1', port: server.port, path, headers: { host: NAME } }).end();
      const [response] = await once(call, 'response');
      let body = '';
      for await (const chunk of response.setEncoding('utf8')) body += chunk;
      return `${response.statusCode} ${(JSON.parse(body) as { path?: string }).path ?? body}`;
    };

    it('are created, mapped, called, changed and deleted', { timeout: 1_200_000 }, async () => {
      const { aws, refused } = awsCli(server.url, REGION);
      const v2 = (command: string) => aws(`apigatewayv2 ${command}`);
      const name = `--domain-name ${NAME}`;
      const { CertificateArn } = await aws(
        'acm request-certificate --domain-name *.example.com --validation-method DNS',
      );
      const configuration = `--domain-name-configurations CertificateArn=${CertificateArn}`;
      expect(await refused(`apigatewayv2 create-domain-name ${name} ${configuration}`)).toMatch(/must be issued/);
      await world.sim.advance(600_000);
      expect(await refused(`apigatewayv2 create-domain-name --domain-name api.example.net ${configuration}`)).toMatch(
        /does not cover the domain name api\.example\.net/,
      );
      const domain = await v2(`create-domain-name ${name} ${configuration} --tags team=shop`);
      expect(await v2(`get-domain-name ${name}`)).toEqual(domain);

      const { ApiId } = world;
      const map = (key: string, stage: string) =>
        `create-api-mapping ${name} --api-id ${ApiId} --stage ${stage} --api-mapping-key ${key}`;
      expect(await refused(`apigatewayv2 ${map('shop', 'prod')}`)).toContain(
        'An error occurred (BadRequestException) when calling the CreateApiMapping operation: Invalid stage identifier',
      );
      await v2(`create-stage --api-id ${ApiId} --stage-name prod --auto-deploy`);
      const shop = await v2(map('shop', '$default'));
      expect(await refused(`apigatewayv2 ${map('shop', 'prod')}`)).toContain('(ConflictException)');
      const deep = await v2(map('shop/v2', 'prod'));
      expect(await v2(`get-api-mapping ${name} --api-mapping-id ${deep.ApiMappingId}`)).toEqual(deep);
      expect((await v2(`get-api-mappings ${name}`)).Items).toEqual([shop, deep]);
      // The stage is in the path that the backend gets, or, with $default, the key of the mapping.
      expect(await called('/shop/orders/7')).toBe('200 /shop/orders/7');
      expect(await called('/shop/v2/orders/7')).toBe('200 /prod/orders/7');
      expect(await called('/orders/7')).toBe('403 {"message":"Forbidden"}');
      await v2(
        `update-api-mapping ${name} --api-id ${ApiId} --api-mapping-id ${deep.ApiMappingId} --api-mapping-key v3`,
      );
      expect([await called('/v3/a'), await called('/shop/v2/a')]).toEqual(['200 /prod/a', '200 /shop/v2/a']);

      // The same name through V1.
      expect((await aws(`apigateway get-base-path-mappings ${name}`)).items).toMatchObject([
        { basePath: 'shop', stage: '$default' },
        { basePath: 'v3', stage: 'prod' },
      ]);
      for (const { ApiMappingId } of [shop, deep])
        await v2(`delete-api-mapping ${name} --api-mapping-id ${ApiMappingId}`);
      await v2(`delete-domain-name ${name}`);
      expect(await refused(`apigatewayv2 get-domain-name ${name}`)).toContain('(NotFoundException)');
    });

    it(
      'are not needed for an import and its export, nor for an authorizer that is changed',
      { timeout: 1_200_000 },
      async () => {
        const { aws } = awsCli(server.url, REGION);
        const integration = {
          type: 'http_proxy',
          httpMethod: 'GET',
          uri: 'https://backend.example.com/pets',
          payloadFormatVersion: '1.0',
        };
        const body = {
          openapi: '3.0.1',
          info: { title: 'pets', version: '1.0' },
          paths: { '/pets': { get: { 'x-amazon-apigateway-integration': integration } } },
        };
        const { ApiId } = await aws('apigatewayv2', 'import-api', '--body', JSON.stringify(body));
        const of = `--api-id ${ApiId}`;
        expect((await aws(`apigatewayv2 get-routes ${of}`)).Items).toMatchObject([{ RouteKey: 'GET /pets' }]);
        const more = { ...body, paths: { ...body.paths, '/cats': body.paths['/pets'] } };
        await aws('apigatewayv2', 'reimport-api', '--api-id', ApiId, '--body', JSON.stringify(more));
        const keys = (await aws(`apigatewayv2 get-routes ${of}`)).Items.map(
          (row: { RouteKey: string }) => row.RouteKey,
        );
        expect(keys.toSorted()).toEqual(['GET /cats', 'GET /pets']);

        const issuer = 'https://login.example.com';
        const jwt = (audience: string) => `--jwt-configuration Audience=${audience},Issuer=${issuer}`;
        const source = '--identity-source $request.header.Authorization';
        const { AuthorizerId } = await aws(
          `apigatewayv2 create-authorizer ${of} --name tokens --authorizer-type JWT ${source} ${jwt('pets')}`,
        );
        const at = `${of} --authorizer-id ${AuthorizerId}`;
        const changed = await aws(`apigatewayv2 update-authorizer ${at} ${jwt('cats')} --name cats`);
        expect(changed).toMatchObject({ Name: 'cats', JwtConfiguration: { Audience: ['cats'], Issuer: issuer } });
        expect(await aws(`apigatewayv2 get-authorizer ${at}`)).toEqual(changed);
      },
    );
  },
);
