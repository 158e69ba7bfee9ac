import { requestConfig } from '../alibaba/request-config.js';

/** An API without the marks of a project, which answers by itself. */
export const FOREIGN_API = {
  ApiName: 'theirs',
  Visibility: 'PRIVATE',
  AuthType: 'ANONYMOUS',
  RequestConfig: requestConfig('/theirs'),
  ServiceConfig: JSON.stringify({ Mock: 'TRUE', MockResult: 'ok', ServiceProtocol: 'HTTP' }),
};
