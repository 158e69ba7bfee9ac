import { badRequest } from '../words.js';
import type { OpenApiDocument } from './document.js';
import { list, object, text } from './json.js';

/** What an import does with the base path of a document. */
export type BasePathMode = 'ignore' | 'prepend' | 'split';

/** @throws {ServiceError} BadRequestException, in words that are [U] */
export function basePathMode(given = 'ignore'): BasePathMode {
  if (given === 'ignore' || given === 'prepend' || given === 'split') return given;
  throw badRequest(`Invalid base path mode specified: ${given}. Must be one of: [ignore, prepend, split]`);
}

/**
 * Where an import puts a path of the document: below the base path with `prepend`, below the base path without its first
 * part with `split`.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-basePath.html
 */
export function pathsBelow(document: OpenApiDocument, mode: BasePathMode): (path: string) => string {
  if (mode === 'ignore') return (path) => path;
  const parts = basePathOf(document)
    .split('/')
    .filter((part) => part !== '');
  const above = parts.slice(mode === 'split' ? 1 : 0).map((part) => `/${part}`);
  return (path) => `${above.join('')}${path}`;
}

/** `basePath` of Swagger; of OpenAPI the first server variable `basePath`, else the path of the first server. */
function basePathOf({ root, version }: OpenApiDocument): string {
  if (version === 'swagger') return text(root['basePath']) ?? '';
  const servers = list(root['servers']).map(object);
  const variables = servers.map((server) => object(object(object(server['variables'])['basePath'])));
  const variable = variables.map((one) => text(one['default'])).find((one) => one !== undefined);
  if (variable !== undefined) return variable;
  const [first = {}] = servers;
  const url = (text(first['url']) ?? '').replaceAll(
    /\{([^{}]*)\}/g,
    (_, name: string) => text(object(object(first['variables'])[name])['default']) ?? '',
  );
  return /^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#]*([^?#]*)/i.exec(url)?.[1] ?? (url.startsWith('/') ? url : '');
}
