import type { CallContext, Gaps } from '@postern/core/adapter';
import type { RestIntegrationOutput, RestStageOutput } from '../apis/rest-api-api.js';
import { sent } from '../client/plain.js';
import type { Session } from '../client/session.js';

/** A method that a stage serves, with its integration. */
export interface DeployedMethod {
  /** `GET /orders/{id}`. */
  readonly key: string;
  readonly integration: RestIntegrationOutput;
}

/** What a stage serves. A deployment is a copy of the API, which only an export shows. */
export interface StageExport {
  readonly stage: string;
  /** Undefined: it could not be read. */
  readonly methods: readonly DeployedMethod[] | undefined;
}

/**
 * What each stage of a REST API serves, by one export for each. One that cannot be read is a gap.
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
      return { stage, methods: await gaps.attempt(wanted, () => exportOf(session, restApiId, stage, ctx)) };
    }),
  );
}

/** What one stage serves. */
export async function exportOf(
  session: Session,
  restApiId: string,
  stageName: string,
  ctx: CallContext,
): Promise<readonly DeployedMethod[]> {
  const { body } = await session.send(ctx, 'apigateway', 'GetExport', (api, options) =>
    api.getExport(
      {
        restApiId,
        stageName,
        exportType: 'oas30',
        parameters: { extensions: 'integrations' },
        accepts: 'application/json',
      },
      options,
    ),
  );
  const document = parsed(new TextDecoder().decode(sent(body, 'body', 'GetExport')));
  return methodsIn(sent(document, 'OpenAPI document', 'GetExport'));
}

function parsed(text: string): Members | undefined {
  try {
    return membersOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

type Members = Readonly<Record<string, unknown>>;

function membersOf(value: unknown): Members | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : undefined;
}

const VERBS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'];
const ANY = 'x-amazon-apigateway-any-method';

/**
 * The methods of an OpenAPI document.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
 */
export function methodsIn(document: Members): readonly DeployedMethod[] {
  return Object.entries(membersOf(document['paths']) ?? {}).flatMap(([path, item]) =>
    Object.entries(membersOf(item) ?? {}).flatMap(([name, operation]) => {
      const integration = membersOf(membersOf(operation)?.['x-amazon-apigateway-integration']);
      if (integration === undefined || !(name === ANY || VERBS.includes(name))) return [];
      return [{ key: `${name === ANY ? 'ANY' : name.toUpperCase()} ${path}`, integration: toIntegration(integration) }];
    }),
  );
}

/** Documents write `connectionType`; `integrationTarget` is also documented as `integration-target`. */
function toIntegration(members: Members): RestIntegrationOutput {
  const text = (name: string): string | undefined =>
    typeof members[name] === 'string' ? (members[name] as string) : undefined;
  return {
    type: text('type')?.toUpperCase(),
    connectionType: text('connectionType'),
    connectionId: text('connectionId'),
    integrationTarget: text('integrationTarget') ?? text('integration-target'),
    uri: text('uri'),
  };
}
