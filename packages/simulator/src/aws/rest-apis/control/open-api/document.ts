import { notSimulated } from '../../../operation/operation.js';
import { parseDocument } from 'yaml';
import { badRequest } from '../words.js';
import { isObject, object, text, list, type Json, type JsonObject } from './extensions.js';
import { ownValue } from '../../../../simulation/own-value.js';

/** Bytes. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const LARGEST = 6 * 1024 * 1024;
/** Characters of YAML: a megabyte takes seconds to read, and nothing else is served meanwhile. */
const LARGEST_YAML = 1024 * 1024;
/** Levels of lists and objects [U]. A deeper document would exhaust the stack of what reads it. */
const DEEPEST = 500;
/** Characters and values of a document [U]. One of 6 MB in JSON has fewer. */
const MOST = 8 * 1024 * 1024;
/** References in a row. */
const LONGEST_CHAIN = 20;

/** An OpenAPI 3.0 or Swagger 2.0 document. */
export interface OpenApiDocument {
  readonly root: JsonObject;
  readonly version: 'openapi' | 'swagger';
  /** `components.schemas`, or `definitions`. */
  readonly schemas: JsonObject;
  /** `components.securitySchemes`, or `securityDefinitions`. */
  readonly schemes: JsonObject;
}

/**
 * Reads a document, in JSON or YAML.
 * @see https://github.com/localstack/localstack `test_apigateway_import.snapshot.json`, import_api_bad_file
 * @throws {ServiceError} BadRequestException, also for another version than OpenAPI 3.0 and Swagger 2.0; NotImplemented
 */
export function readDocument(body: Uint8Array): OpenApiDocument {
  if (body.length > LARGEST) throw badRequest('The size of the API definition exceeds 6 MB'); // [U]

  const root = parsed(new TextDecoder().decode(body));
  const [openapi, swagger] = [versionOf(root['openapi']), versionOf(root['swagger'])];
  if (openapi === undefined && swagger === undefined) throw invalid();
  if (openapi !== undefined && !/^3\.0(?:\.|$)/.test(openapi)) throw invalid(`openapi is ${openapi}`);
  if (openapi === undefined && swagger !== '2.0') throw invalid(`swagger is ${swagger}`);
  if (!isObject(root['info'] ?? {}) || !isObject(root['paths'] ?? {})) throw invalid();

  const components = object(root['components']);
  return openapi === undefined
    ? { root, version: 'swagger', schemas: object(root['definitions']), schemes: object(root['securityDefinitions']) }
    : {
        root,
        version: 'openapi',
        schemas: object(components['schemas']),
        schemes: object(components['securitySchemes']),
      };
}

/** In YAML, `swagger: 2.0` is a number. */
const versionOf = (value: Json | undefined) => (typeof value === 'number' ? value.toFixed(1) : text(value));

function parsed(body: string): JsonObject {
  const isJson = /^\s*[{[]/.test(body);
  if (!isJson && body.length > LARGEST_YAML) throw notSimulated('An API definition in YAML of more than 1 MB');

  try {
    const value = (isJson ? JSON.parse(body) : fromYaml(body)) as Json;
    if (isObject(value) && !isTooLarge(value)) return value;
  } catch {
    // The same refusal as for what is not an object.
  }
  throw invalid();
}

/** YAML with the words of version 1.2: `yes` and dates are texts. At most a hundred aliases are followed. */
function fromYaml(body: string): unknown {
  const document = parseDocument(body, { prettyErrors: false, logLevel: 'error', version: '1.2' });
  if (document.errors.length > 0) throw invalid();

  return document.toJS({ maxAliasCount: 100 });
}

/**
 * Goes down level by level, without recursion. A few lines of YAML can be a document of any size, where aliases repeat a part: all that
 * it has is counted as often as it occurs.
 */
function isTooLarge(value: JsonObject): boolean {
  let level: readonly Json[] = [value];
  let size = 0;
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth++) {
    const below: Json[] = [];
    for (const each of level) {
      size += typeof each === 'string' ? each.length + 1 : 1;
      if (size > MOST) return true;
      if (typeof each !== 'object' || each === null) continue;

      for (const [key, item] of Object.entries(each)) {
        size += key.length;
        below.push(item as Json);
      }
    }
    level = below;
  }
  return level.length > 0;
}

/**
 * The service says no more than the first sentence, also of OpenAPI 3.1 (in 2022; today [I]). The page of imports has the versions.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html
 * @see https://github.com/smithy-lang/smithy/issues/985
 */
function invalid(version?: string) {
  const why = version === undefined ? '' : ` Its ${version}: write a definition of OpenAPI 3.0, such as 3.0.1.`;
  return badRequest(`Invalid OpenAPI input.${why}`);
}

/**
 * What a value is, or what its `$ref` points to in the document.
 * @throws {ServiceError} BadRequestException for a reference to nothing [U]; NotImplemented for another document
 */
export function resolved(document: OpenApiDocument, value: Json | undefined, depth = 0): JsonObject {
  const own = object(value);
  const reference = own['$ref'];
  if (typeof reference !== 'string') return own;
  if (!reference.startsWith('#/')) throw notSimulated(`A reference to another document: ${reference}`);

  const keys = reference.slice(2).split('/');
  const target = keys.reduce<Json | undefined>(
    (at, key) => member(at, key.replaceAll('~1', '/').replaceAll('~0', '~')),
    document.root,
  );
  if (target === undefined || depth > LONGEST_CHAIN) throw badRequest(`Invalid reference specified: ${reference}`);

  return resolved(document, target, depth + 1);
}

function member(value: Json | undefined, key: string): Json | undefined {
  const own = object(value);
  return ownValue(own, key);
}

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
