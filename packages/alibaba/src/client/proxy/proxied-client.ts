import { defined } from '@postern/core/internal/adapter';
import { createHash } from 'node:crypto';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import querystring from 'node:querystring';
import {
  readBounded,
  type GeneratedClient,
  type GenericParams,
  type GenericRequest,
  type GenericRuntime,
} from '../generated-client.js';
import { defaultExport, type Credentials } from '../credentials.js';
import type { Endpoint } from '../endpoint.js';
import { EnvironmentProxyAgent } from '@postern/core/internal/proxy';

/**
 * The generic call of `@alicloud/openapi-client`, through the proxy that the environment names. That client has options for a
 * proxy and does not use them: `doAction` of `@alicloud/tea-typescript` (1.8.0) and of `@darabonba/typescript` (1.0.5) gives its
 * HTTP library no agent. The request is the same, and `@alicloud/openapi-util` signs it, as it does there.
 */
export function proxiedClient({ host, protocol }: Endpoint, credentials: Credentials): GeneratedClient {
  const agent = new EnvironmentProxyAgent({ keepAlive: true });
  const client = {
    callApi: async (params: GenericParams, request: GenericRequest, { readTimeout }: GenericRuntime) => {
      const { text, headers } = await signed(host, params, request, credentials);
      const query = querystring.stringify(request.query);
      const path = `${params.pathname}${query === '' ? '' : `?${query}`}`;
      // Without a port the scheme has its own: `URL` knows it, and the brackets of an IPv6 address.
      const { hostname, port } = new URL(`${protocol}://${host}`);
      const where = { hostname: hostname.replace(/^\[|\]$/g, ''), ...(port === '' ? {} : { port }), path };
      const how = { method: params.method, headers, agent, timeout: readTimeout };
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        const sent = (protocol === 'https' ? https : http).request({ ...where, ...how }, resolve);
        sent.once('error', reject);
        sent.end(text);
      });
      const { statusCode = 0 } = answer;
      if (statusCode >= 400) throw refusal(statusCode, await readBounded(answer));

      return { body: answer, statusCode, headers: answer.headers };
    },
  };
  return client as unknown as GeneratedClient;
}

/** The body of a request, and its headers with the signature. */
async function signed(
  host: string,
  { action, version, method, pathname, reqBodyType }: GenericParams,
  { query = {}, body, headers }: GenericRequest,
  credentials: Credentials,
) {
  const isJson = reqBodyType === 'json';
  const text =
    body === undefined ? '' : isJson ? JSON.stringify(body) : querystring.stringify(body as Record<string, string>);
  const { accessKeyId, accessKeySecret, securityToken } = await credentials.getCredential();
  const type = isJson ? 'application/json; charset=utf-8' : 'application/x-www-form-urlencoded';
  const all: Record<string, string> = {
    host,
    'x-acs-version': version,
    'x-acs-action': action,
    'user-agent': 'postern',
    'x-acs-date': new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    accept: 'application/json',
    ...headers,
    ...(body === undefined ? {} : { 'content-type': type }),
    'x-acs-content-sha256': createHash('sha256').update(text).digest('hex'),
    ...(securityToken === '' ? {} : { 'x-acs-accesskey-id': accessKeyId, 'x-acs-security-token': securityToken }),
  };
  const util = defaultExport(await import('@alicloud/openapi-util'));
  const request = { method, pathname, query, headers: all } as Parameters<typeof util.getAuthorization>[0];
  const hash = all['x-acs-content-sha256'] ?? '';
  all['Authorization'] = util.getAuthorization(request, 'ACS3-HMAC-SHA256', hash, accessKeyId, accessKeySecret);
  return { text, headers: all };
}

/** The error of an answer, in the form of the official client. @throws {SyntaxError} where the answer is not JSON */
function refusal(statusCode: number, text: string): Error {
  const data = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const of = (name: string): unknown => data[name] ?? data[`${name.charAt(0).toLowerCase()}${name.slice(1)}`];
  const message = `code: ${statusCode}, ${String(of('Message'))} request id: ${String(of('RequestId'))}`;
  const accessDeniedDetail = of('AccessDeniedDetail');
  return Object.assign(new Error(message), {
    code: String(of('Code')),
    statusCode,
    data: { ...data, statusCode },
    ...defined({ accessDeniedDetail }),
  });
}
