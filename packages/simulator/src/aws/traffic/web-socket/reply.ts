import type { GatewayAnswer } from '../../../simulation/traffic/gateway-call.js';
import { statusPattern } from '../../http-api/web-socket.js';
import type { DeploymentRow, IntegrationResponseRow } from '../../http-api/state.js';
import { routeOf } from './route-of.js';

/** What an error message to a caller names. */
interface MessageIds {
  readonly connectionId: string;
  readonly requestId: string;
}

const MESSAGES: Readonly<Record<string, string>> = { 'no-route': 'Forbidden', throttled: 'Too Many Requests' };
const INTERNAL = 'Internal server error';

/**
 * What a caller gets for a message: the backend's answer, where the route has a response; an error in any case.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html
 * @see https://repost.aws/knowledge-center/api-gateway-websocket-error
 */
export function replyOf(
  { outcome, status, body, trace }: GatewayAnswer,
  deployment: DeploymentRow | undefined,
  ids: MessageIds,
): string | undefined {
  if (outcome !== 'delivered') return errorMessage(MESSAGES[outcome] ?? INTERNAL, ids);
  const route = deployment && routeOf(deployment, trace.route);
  if (!deployment?.routeResponses?.some(({ RouteId }) => RouteId === route?.RouteId)) return undefined;
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  const [, id] = /^integrations\/(.+)$/.exec(route?.Target ?? '') ?? [];
  const integration = deployment.integrations.find(({ IntegrationId }) => IntegrationId === id);
  const reply =
    integration?.IntegrationType?.endsWith('_PROXY') === false
      ? mapped(text, status, deployment.integrationResponses?.filter((row) => row.IntegrationId === id) ?? [])
      : { text };
  if ('error' in reply) return errorMessage(reply.error, ids);
  return reply.text === '' ? undefined : reply.text;
}

function errorMessage(message: string, { connectionId, requestId }: MessageIds): string {
  return `{"message": "${message}", "connectionId":"${connectionId}", "requestId":"${requestId}"}`;
}

/**
 * The answer of a backend without a proxy, as the first response says whose key fits the status, else the one for `$default`.
 * Without either there is none, as with REST APIs [I].
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-responses.html
 */
function mapped(
  body: string,
  status: number,
  responses: readonly IntegrationResponseRow[],
): { readonly text: string } | { readonly error: string } {
  const fitting = responses.find(({ IntegrationResponseKey: key = '' }) => statusPattern(key)?.test(`${status}`));
  const response = fitting ?? responses.find(({ IntegrationResponseKey: key }) => key === '$default');
  if (!response) return { error: INTERNAL };
  const { ResponseTemplates: templates = {}, TemplateSelectionExpression: selection = '$default' } = response;
  // A backslash stands before the dollar sign of a key, as it is not a variable: `\$default`.
  const template = templates[selection.trim().replace(/^\\/, '')];
  if (template === undefined) return { text: body };
  if (/[#$]/.test(template)) return { error: 'Postern: a template that is not plain text is not simulated' };
  return { text: template };
}
