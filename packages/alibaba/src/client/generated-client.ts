import type { AlibabaCallParams } from '../apis/alibaba-api.js';

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
      { query: parameters, headers: named, ...(body === undefined ? {} : { body }) },
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
