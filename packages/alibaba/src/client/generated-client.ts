import type { AlibabaCallParams } from './apis/alibaba-api.js';
import { BodyTooLarge } from './errors.js';
import { defined, plainCopy } from '@postern/core/internal/adapter';

/** The parameters of a generic call, in the form of every official client. */
export interface GenericParams {
  readonly action: string;
  readonly version: string;
  readonly protocol: string;
  readonly pathname: string;
  readonly method: string;
  readonly authType: string;
  readonly style: string;
  readonly reqBodyType: string;
  readonly bodyType: string;
}

/** A request of a generic call. */
export interface GenericRequest {
  readonly query?: Record<string, string>;
  readonly body?: object;
  readonly headers?: Record<string, string>;
}

/** Milliseconds. */
export interface GenericRuntime {
  readonly readTimeout: number;
  readonly connectTimeout: number;
  readonly autoretry: boolean;
}

/**
 * The used part of an official client: its generic call. `Client` of `@alicloud/openapi-client`, and every
 * generated client, such as `Client` of `@alicloud/cloudapi20160714`, has it. Their parameters are classes,
 * of which only the members are read.
 */
export interface GeneratedClient {
  callApi(params: never, request: never, runtime: never): Promise<unknown>;
}

/** Calls through a client of either kind. */
export function callGeneric(
  client: GeneratedClient,
  params: GenericParams,
  request: GenericRequest,
  runtime: GenericRuntime,
): Promise<unknown> {
  // Two packages declare a class each for the same members; neither is loaded only for its type.
  return client.callApi(params as never, request as never, runtime as never);
}

/**
 * Actions whose parameters may be larger than a query. They are sent as a form, as the official client does.
 * The parameters of other actions are in the query.
 */
const FORMS: ReadonlySet<string> = new Set(['CreateApi', 'ModifyApi']);

/** What one of our calls is in the generic client's terms. The answer's body is read by us, so that it is bounded. */
export function genericCall(
  { action, version, region, method = 'POST', pathname, body }: AlibabaCallParams,
  parameters: Record<string, string>,
  protocol: string,
  headers: Record<string, string>,
): readonly [GenericParams, GenericRequest] {
  if (pathname !== undefined) {
    const params = { action, version, protocol, pathname, method, authType: 'AK', style: 'ROA' };
    // An endpoint of one's own, such as the simulator's, does not name the region.
    const named = { ...headers, 'x-acs-region-id': region };
    return [
      { ...params, reqBodyType: 'json', bodyType: 'binary' },
      { query: parameters, headers: named, ...defined({ body }) },
    ];
  }

  const form = FORMS.has(action);
  return [
    {
      action,
      version,
      protocol,
      pathname: '/',
      method: 'POST',
      authType: 'AK',
      style: 'RPC',
      reqBodyType: 'formData',
      bodyType: 'binary',
    },
    form ? { body: parameters, headers } : { query: parameters, headers },
  ];
}

/** A page of a hundred plug-ins with the largest bodies has about 5 MB. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Reads a body as text, but no more than `maxBytes`: a hostile or broken endpoint must not fill the memory. */
export async function readBounded(
  stream: AsyncIterable<Uint8Array>,
  maxBytes: number = MAX_BODY_BYTES,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    // Leaving the loop destroys the stream, and with it the connection.
    if (size > maxBytes) throw new BodyTooLarge(`the response is larger than ${maxBytes} bytes`);

    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Members whose values are secrets in plug-in bodies, named backends and constant parameters of APIs. */
const SECRET = /pass(?:word|wd)?$|secret|accesskey|privatekey|token$|credential|^constantvalue$/i;

/** Members of a JSON Web Key that only its owner has: the value of a symmetric key, and the private parts of others (RFC 7518). */
const SECRET_OF_KEY = /^(?:k|d|p|q|dp|dq|qi)$/;

/** A copy of an answer, as plain JSON, without the secrets that the service returns in clear. */
export function redacted(value: unknown): unknown {
  const copy = plainCopy(value, LEFT_OUT);
  hide(copy);
  return copy;
}

/** Another each time. */
const LEFT_OUT: ReadonlySet<string> = new Set(['RequestId', 'requestId']);

/** Hides the secrets in a copy, which is plain JSON. */
function hide(copy: unknown): void {
  if (typeof copy !== 'object' || copy === null) return;
  if (Array.isArray(copy)) return copy.forEach(hide);

  const row = copy as Record<string, unknown>;
  for (const key of Object.keys(row)) {
    const member = row[key];
    if (typeof member !== 'string') hide(member);
    else if (member !== '' && (SECRET.test(key) || ('kty' in row && SECRET_OF_KEY.test(key)))) row[key] = '(not shown)';
  }
}
