import { membersOf, readData, referred, type Members } from '@postern/core/internal/overlay';
import type { Integration } from './backend-uri.js';

/** An operation of a document, as a route. */
export interface Operation {
  /** `GET /orders/{id}`, `ANY /orders`, `$default`. */
  readonly key: string;
  /** Whether anyone may call it; undefined: what decides is not read. */
  readonly open: boolean | undefined;
  /** Undefined: it does not lead into a network. */
  readonly integration: Integration | undefined;
  /** A member that is written as an argument of Terraform, `connection_type`: what an import makes of it is not documented [U]. */
  readonly misspelled: string | undefined;
}

/** What is read of a document. */
export interface OpenApi {
  readonly operations: readonly Operation[];
  /** `3.1.0`, where it is not a version that API Gateway documents. */
  readonly otherVersion: string | undefined;
}

const VERBS: readonly string[] = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'trace'];
const ANY = 'x-amazon-apigateway-any-method';
/** Arguments of Terraform, which documents have in another form. */
const SNAKE: readonly string[] = ['connection_type', 'connection_id'];
const INTEGRATION = 'x-amazon-apigateway-integration';

/**
 * The operations of an OpenAPI document that have an integration, which may be one of its components. Undefined: the text is no
 * document in JSON or YAML. API Gateway documents imports of OpenAPI 3.0 and Swagger 2.0.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
 */
export function openApiOf(text: string): OpenApi | undefined {
  const document = membersOf(readData(text));
  if (document === undefined || !('paths' in document)) return undefined;

  const version = document['openapi'] ?? document['swagger'];
  const isDocumented = version === undefined || /^(?:2(?:\.0)?|3\.0(?:\.\d+)?)$/.test(String(version));
  return { operations: operationsOf(document), otherVersion: isDocumented ? undefined : String(version) };
}

function operationsOf(document: Members): readonly Operation[] {
  return Object.entries(membersOf(document['paths']) ?? {}).flatMap(([path, item]) =>
    Object.entries(membersOf(referred(document, item)) ?? {}).flatMap(([member, value]): readonly Operation[] => {
      const operation = membersOf(value);
      if (operation === undefined || !(member === ANY || VERBS.includes(member))) return [];

      const integration = membersOf(referred(document, operation[INTEGRATION]));
      if (integration === undefined) return [];

      const isGuarded =
        operation['x-amazon-apigateway-auth'] !== undefined || (operation['security'] ?? document['security']);
      const rooted = path.startsWith('/') ? path : `/${path}`;
      return [
        {
          key: rooted === '/$default' ? '$default' : `${member === ANY ? 'ANY' : member.toUpperCase()} ${rooted}`,
          open: isGuarded === undefined || isGuarded === false ? true : undefined,
          integration: integrationOf(integration, rooted),
          misspelled: SNAKE.find((name) => name in integration),
        },
      ];
    }),
  );
}

function integrationOf(own: Members, path: string): Integration | undefined {
  const text = (name: string): string | undefined => {
    const value = own[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const linkId = text('connectionId');
  if (text('connectionType')?.toUpperCase() !== 'VPC_LINK' || linkId === undefined) return undefined;

  const tls = membersOf(own['tlsConfig']);
  const serverName = tls?.['serverNameToVerify'];
  const timeout = Number(own['timeoutInMillis'] ?? Number.NaN);
  return {
    linkId,
    uri: text('uri') ?? '',
    path,
    sends: text('httpMethod')?.toUpperCase(),
    timeoutMs: Number.isFinite(timeout) ? timeout : undefined,
    parameters: textsOf(own['requestParameters']),
    tls: tls === undefined ? undefined : { serverName: typeof serverName === 'string' ? serverName : undefined },
    balancer: text('integrationTarget'),
    anyAuthority: tls?.['insecureSkipVerification'] === true,
  };
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(membersOf(value) ?? {}).flatMap(([name, one]) => (typeof one === 'string' ? [[name, one]] : [])),
  );
}
