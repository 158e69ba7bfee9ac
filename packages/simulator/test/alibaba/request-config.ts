/** The `RequestConfig` of an API for `GET <path>`, whose request is passed through. */
export const requestConfig = (RequestPath: string): string =>
  JSON.stringify({ RequestProtocol: 'HTTP', RequestHttpMethod: 'GET', RequestPath, RequestMode: 'PASSTHROUGH' });
