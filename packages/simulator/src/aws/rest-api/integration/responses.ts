import type { Integration, IntegrationResponse } from '@aws-sdk/client-api-gateway';
import type { MethodRow } from '../state.js';
import { responseOf, without } from '../method/responses.js';
import { withMember } from '../patch.js';
import { badRequest, WORDS } from '../words.js';
import { checkResponseParameters, checkTemplates } from './mapping.js';

/** @throws {ServiceError} NotFoundException */
export function getIntegration({ methodIntegration }: MethodRow): Integration {
  if (!methodIntegration) throw WORDS.integrationNotFound();
  return methodIntegration;
}

/** @throws {ServiceError} NotFoundException for the integration or its response */
export function getIntegrationResponse(method: MethodRow, code: string): IntegrationResponse {
  return responseOf(getIntegration(method).integrationResponses, code);
}

/**
 * Refuses an integration response that the service would refuse. The method need not have a response of the
 * status code, but has to declare the headers that are set.
 * @throws {ServiceError} BadRequestException
 */
export function checkIntegrationResponse(method: MethodRow, code: string, response: IntegrationResponse): void {
  const { contentHandling, responseParameters, responseTemplates } = response;
  // [U]
  if (contentHandling !== undefined && !/^CONVERT_TO_(?:BINARY|TEXT)$/.test(contentHandling)) {
    throw badRequest('Invalid content handling specified. Valid options are CONVERT_TO_BINARY,CONVERT_TO_TEXT');
  }
  checkResponseParameters(responseParameters, method.methodResponses?.[code]);
  checkTemplates(responseTemplates);
}

/** The method with a response of its integration set. */
export function withIntegrationResponse(method: MethodRow, code: string, response: IntegrationResponse): MethodRow {
  const integration = getIntegration(method);
  const integrationResponses = { ...integration.integrationResponses, [code]: response };
  return { ...method, methodIntegration: { ...integration, integrationResponses } };
}

/** The method without a response of its integration. Without any, `integrationResponses` is absent. */
export function withoutIntegrationResponse(method: MethodRow, code: string): MethodRow {
  const integration = getIntegration(method);
  const rest = without(integration.integrationResponses, code);
  return { ...method, methodIntegration: withMember(integration, 'integrationResponses', rest) };
}
