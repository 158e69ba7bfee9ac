/** An API without the marks of a project, which answers by itself. */
export const FOREIGN_API = {
  ApiName: 'theirs',
  Visibility: 'PRIVATE',
  AuthType: 'ANONYMOUS',
  RequestConfig: JSON.stringify({
    RequestProtocol: 'HTTP',
    RequestHttpMethod: 'GET',
    RequestPath: '/theirs',
    RequestMode: 'PASSTHROUGH',
  }),
  ServiceConfig: JSON.stringify({ Mock: 'TRUE', MockResult: 'ok', ServiceProtocol: 'HTTP' }),
};
