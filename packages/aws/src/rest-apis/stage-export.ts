import type { Gaps, CallContext } from '@postern/core/internal/adapter';
import type { RestIntegrationOutput, RestStageOutput } from '../sdk-types.js';
import { sent, type Session } from '../client/session.js';
import {
  parsedDocument,
  type Members,
  integrationsIn,
  membersOf,
  textIn,
  textsIn,
} from '../gateways/openapi-document.js';

/** A method that a stage serves, with its integration. */
export interface DeployedMethod {
  /** `GET /orders/{id}`. */
  readonly key: string;
  readonly integration: RestIntegrationOutput;
  /** By status code. */
  readonly methodResponses?: Readonly<Record<string, object>> | undefined;
}

/** A deployment as an export shows it. */
export interface DeployedApi {
  readonly methods: readonly DeployedMethod[];
  /** Its resource policy. */
  readonly policy?: unknown;
}

/** What a stage serves. A deployment is a copy of the API, which only an export shows. */
export interface StageExport {
  readonly stage: string;
  /** Undefined: it could not be read. */
  readonly api: DeployedApi | undefined;
}

/**
 * What stages of a REST API serve, by one export for each. One that cannot be read is a gap.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_GetExport.html
 */
export function readStageExports(
  session: Session,
  restApiId: string,
  stages: readonly RestStageOutput[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly StageExport[]> {
  return Promise.all(
    stages.map(async ({ stageName: stage = '' }) => {
      const what = `what stage ${stage} of REST API ${restApiId} serves`;
      const wanted = { what, of: 'gateways', id: `${restApiId}/${stage}` } as const;
      return { stage, api: await gaps.attempt(wanted, () => exportOf(session, restApiId, stage, ctx)) };
    }),
  );
}

/** What one stage serves. */
export async function exportOf(
  session: Session,
  restApiId: string,
  stageName: string,
  ctx: CallContext,
): Promise<DeployedApi> {
  const { body } = await session.call(ctx, 'apigateway', 'GetExport', {
    restApiId,
    stageName,
    exportType: 'oas30',
    parameters: { extensions: 'apigateway' },
    accepts: 'application/json',
  });
  const document = sent(parsedDocument(sent(body, 'body', 'GetExport')), 'OpenAPI document', 'GetExport');
  return { methods: methodsIn(document), policy: document['x-amazon-apigateway-policy'] };
}

/**
 * The methods of an OpenAPI document.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
 */
export function methodsIn(document: Members): readonly DeployedMethod[] {
  return integrationsIn(document).map(({ key, integration, operation }) => ({
    key,
    integration: toIntegration(integration),
    methodResponses: membersOf(operation['responses']) as DeployedMethod['methodResponses'],
  }));
}

/** Documents write `connectionType`; `integrationTarget` is also documented as `integration-target`. */
function toIntegration(members: Members): RestIntegrationOutput {
  const text = textIn(members);
  const timeout = members['timeoutInMillis'];
  const tls = membersOf(members['tlsConfig']);
  return {
    type: text('type')?.toUpperCase() as RestIntegrationOutput['type'],
    httpMethod: text('httpMethod')?.toUpperCase(),
    connectionType: text('connectionType') as RestIntegrationOutput['connectionType'],
    connectionId: text('connectionId'),
    integrationTarget: text('integrationTarget') ?? text('integration-target'),
    uri: text('uri'),
    requestParameters: textsIn(members['requestParameters']),
    ...(typeof timeout === 'number' ? { timeoutInMillis: timeout } : {}),
    responseTransferMode: text('responseTransferMode') as RestIntegrationOutput['responseTransferMode'],
    ...(tls === undefined ? {} : { tlsConfig: { insecureSkipVerification: tls['insecureSkipVerification'] === true } }),
    integrationResponses: toResponses(membersOf(members['responses'])),
  };
}

/** By pattern in a document; `default` has none. */
function toResponses(members: Members | undefined): RestIntegrationOutput['integrationResponses'] {
  if (members === undefined) return undefined;

  return Object.fromEntries(
    Object.entries(members).map(([pattern, response]) => {
      const { statusCode } = membersOf(response) ?? {};
      const status = typeof statusCode === 'number' || typeof statusCode === 'string' ? String(statusCode) : undefined;
      return [pattern, { statusCode: status, ...(pattern === 'default' ? {} : { selectionPattern: pattern }) }];
    }),
  );
}
