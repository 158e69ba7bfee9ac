import { jsonIn } from '@postern/core/internal/adapter';
/** The members of an object of a document. */
export type Members = Readonly<Record<string, unknown>>;

/** A value as an object, where it is one. */
export function membersOf(value: unknown): Members | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : undefined;
}

/** The texts of an object. Undefined: it is not an object. */
export function textsIn(value: unknown): Readonly<Record<string, string>> | undefined {
  const members = membersOf(value);
  if (members === undefined) return undefined;

  return Object.fromEntries(
    Object.entries(members).flatMap(([name, own]) => (typeof own === 'string' ? [[name, own]] : [])),
  );
}

/** Reads members that are texts. */
export function textIn(members: Members): (name: string) => string | undefined {
  return (name) => (typeof members[name] === 'string' ? members[name] : undefined);
}

/** The document in the body of an export; undefined where it is not an object in JSON. */
export function parsedDocument(body: Uint8Array): Members | undefined {
  return membersOf(jsonIn(new TextDecoder().decode(body)));
}

const VERBS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'];
const ANY = 'x-amazon-apigateway-any-method';

/** An operation of a document with an integration. */
export interface ExportedOperation {
  /** `GET /orders/{id}`, `ANY /orders`. */
  readonly key: string;
  readonly integration: Members;
  readonly operation: Members;
}

/**
 * The operations of an OpenAPI document that have an integration, which may stand among its components.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-extensions-integrations.html
 */
export function integrationsIn(document: Members): readonly ExportedOperation[] {
  const shared = membersOf(membersOf(document['components'])?.['x-amazon-apigateway-integrations']);
  return Object.entries(membersOf(document['paths']) ?? {}).flatMap(([path, item]) =>
    Object.entries(membersOf(item) ?? {}).flatMap(([name, own]) => {
      const operation = membersOf(own);
      const written = membersOf(operation?.['x-amazon-apigateway-integration']);
      const [, reference] =
        /^#\/components\/x-amazon-apigateway-integrations\/(.+)$/.exec(String(written?.['$ref'])) ?? [];
      const integration = reference === undefined ? written : membersOf(shared?.[reference]);
      if (operation === undefined || integration === undefined || !(name === ANY || VERBS.includes(name))) return [];

      return [{ key: `${name === ANY ? 'ANY' : name.toUpperCase()} ${path}`, integration, operation }];
    }),
  );
}
