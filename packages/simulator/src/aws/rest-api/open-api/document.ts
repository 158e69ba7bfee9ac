import { badRequest, notSimulated } from '../words.js';
import { isObject, object, text, type Json, type JsonObject } from './json.js';

/** Bytes. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const LARGEST = 6 * 1024 * 1024;
/** Levels of lists and objects [U]. A deeper document would exhaust the stack of what reads it. */
const DEEPEST = 500;
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
 * Reads a document. YAML is not simulated.
 * @see https://github.com/localstack/localstack `test_apigateway_import.snapshot.json`, import_api_bad_file
 * @throws {ServiceError} BadRequestException, NotImplemented
 */
export function readDocument(body: Uint8Array): OpenApiDocument {
  if (body.length > LARGEST) throw badRequest('The size of the API definition exceeds 6 MB'); // [U]
  const root = parse(new TextDecoder().decode(body));
  const [openapi, swagger] = [text(root['openapi']), text(root['swagger'])];
  if (openapi === undefined && swagger === undefined) throw invalid();
  if (openapi !== undefined && !/^3\.0(?:\.|$)/.test(openapi)) throw notSimulated(`OpenAPI ${openapi}`);
  if (openapi === undefined && swagger !== '2.0') throw notSimulated(`Swagger ${swagger}`);
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

function parse(body: string): JsonObject {
  try {
    const value = JSON.parse(body) as Json;
    if (isObject(value) && !isTooDeep(value)) return value;
  } catch {
    // The same refusal as for JSON that is not an object, unless it is YAML.
  }
  const yaml = !/^\s*[{[]/.test(body) && /^["']?(?:openapi|swagger)["']?\s*:/m.test(body);
  if (yaml) throw notSimulated('An API definition in YAML');
  throw invalid();
}

/** Goes down level by level, without recursion. */
function isTooDeep(value: JsonObject): boolean {
  let level: readonly Json[] = [value];
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth++) {
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? (Object.values(each) as Json[]) : []));
  }
  return level.length > 0;
}

function invalid() {
  return badRequest('Invalid OpenAPI input.');
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
  return Object.hasOwn(own, key) ? own[key] : undefined;
}
