import { collection } from '../collection.js';
import { getIntegration } from '../find.js';
import { checkIntegrationResponse, webSocketApi } from '../web-socket/responses.js';

/** Responses of integrations of WebSocket APIs: what callers of two-way routes get where the integration is not a proxy. */
export const integrationResponseOperations = collection({
  name: 'IntegrationResponse',
  rows: 'integrationResponses',
  api: webSocketApi('Integration responses'),
  of: ['IntegrationId', getIntegration],
  limits: { ContentHandlingStrategy: { values: ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'] } },
  maps: ['ResponseTemplates', 'ResponseParameters'],
  check: checkIntegrationResponse,
});
