import { createRequire } from 'node:module';
import path from 'node:path';
import * as cloudapi from '@alicloud/cloudapi20160714';

/** Settings of a client, beside the endpoint. */
export interface ClientSettings {
  readonly accessKeyId?: string;
  readonly accessKeySecret?: string;
  readonly securityToken?: string;
  /** `v2` is HMAC-SHA1. */
  readonly signatureAlgorithm?: string;
  readonly regionId?: string;
}

/** The package is CommonJS: its class is `default` of `default` for an importer of ES modules. */
type Defaulted = { readonly default: typeof cloudapi.default };
const CloudApi = ((cloudapi.default as unknown as Partial<Defaulted>).default ??
  cloudapi.default) as typeof cloudapi.default;

function config(url: string | undefined, settings: ClientSettings) {
  const keys = { accessKeyId: 'LTAIEXAMPLE', accessKeySecret: 'secret', ...settings };
  return url === undefined ? keys : { ...keys, endpoint: new URL(url).host, protocol: 'http' };
}

/** The official typed client of CloudAPI, unmodified. Without a URL it calls the real endpoint. */
export function cloudApiClient(url: string | undefined, settings: ClientSettings = {}): cloudapi.default {
  return new CloudApi(config(url, settings) as ConstructorParameters<typeof cloudapi.default>[0]);
}

/** Parameters and result of `callApi`, as far as tests use them. */
export interface GenericClient {
  readonly callApi: (
    params: Readonly<Record<string, string>>,
    request: { readonly query?: Readonly<Record<string, string>>; readonly body?: Readonly<Record<string, unknown>> },
    runtime: object,
  ) => Promise<{ readonly body: Readonly<Record<string, unknown>>; readonly statusCode: number }>;
}

interface OpenApi {
  readonly default: new (config: object) => GenericClient;
  readonly Config: new (map: object) => object;
  readonly OpenApiRequest: new (map: object) => object;
  readonly Params: new (map: object) => Readonly<Record<string, string>>;
}

const requireFromAdapter = createRequire(path.join(import.meta.dirname, '../../../alibaba/package.json'));

/** The official generic client, unmodified. */
export function genericClient(url: string, settings: ClientSettings = {}): GenericClient {
  const { default: Client, Config } = requireFromAdapter('@alicloud/openapi-client') as OpenApi;
  return new Client(new Config(config(url, settings)));
}

/** How an RPC action is called through it. */
export function rpc(action: string, version: string): Readonly<Record<string, string>> {
  return paramsOf({ action, version, pathname: '/', method: 'POST', style: 'RPC', reqBodyType: 'formData' });
}

/** Calls an operation of the ROA style through it: Cloud-native API Gateway by default, signed with ACS3-HMAC-SHA256. */
export async function callRoa(
  client: GenericClient,
  region: string,
  method: string,
  pathname: string,
  more: object = {},
) {
  const { OpenApiRequest } = requireFromAdapter('@alicloud/openapi-client') as OpenApi;
  const style = { action: 'Any', version: '2024-03-27', style: 'ROA', reqBodyType: 'json' };
  const request = new OpenApiRequest({ headers: { 'x-acs-region-id': region }, ...more });
  const answer = await client.callApi(paramsOf({ ...style, pathname, method }), request, {});
  return { ...answer, body: answer.body as any };
}

function paramsOf(given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { Params } = requireFromAdapter('@alicloud/openapi-client') as OpenApi;
  return new Params({ protocol: 'HTTP', authType: 'AK', bodyType: 'json', ...given });
}
