import { ofList } from '../../../operation/operation.js';
import type { Method, MethodResponse, Integration, IntegrationResponse } from '@aws-sdk/client-api-gateway';
import { METHOD_WORDS, responseOf, without } from '../method.js';
import type { MethodRow } from '../state.js';
import { withMember } from '../patch.js';
import { badRequest, WORDS } from '../words.js';
import { ownValue } from '../../../../simulation/own-value.js';

type Texts = Readonly<Record<string, string>> | undefined;

const LOCATION = '(?:path|querystring|header|multivaluequerystring|multivalueheader)';
const REQUEST_KEY = new RegExp(`^integration\\.request\\.${LOCATION}\\.\\S+$`);
const METHOD_PARAMETER = new RegExp(`^method\\.request\\.${LOCATION}\\.\\S+$`);
const METHOD_BODY = /^method\.request\.body(?:\..+)?$/;
const RESPONSE_SOURCE = /^integration\.response\.(?:(?:multivalue)?header\.\S+|body(?:\..+)?)$/;
/** A static value in single quotes, a stage variable or a variable of the context. */
const ANYWHERE = /^(?:'[^']*'|stageVariables\.\S+|context\.\S+)$/;

/**
 * Refuses request parameters of an integration that are not a mapping, or whose source the method does not
 * declare.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 * @param method the integration's method; where it is not given, its declarations are not checked
 * @throws {ServiceError} BadRequestException
 */
export function checkRequestParameters(parameters: Texts, method?: Method): void {
  for (const [key, source] of Object.entries(parameters ?? {})) {
    if (!REQUEST_KEY.test(key)) throw METHOD_WORDS.parameter(key);

    if (METHOD_PARAMETER.test(source)) {
      if (method && !declares(method, source)) throw METHOD_WORDS.parameter(source);
    } else if (!ANYWHERE.test(source) && !METHOD_BODY.test(source)) {
      throw METHOD_WORDS.expression(source);
    }
  }
}

/**
 * Refuses response parameters of an integration response whose header the method response does not declare.
 * @throws {ServiceError} BadRequestException
 */
function checkResponseParameters(parameters: Texts, response: MethodResponse | undefined): void {
  for (const [key, source] of Object.entries(parameters ?? {})) {
    if (!Object.hasOwn(response?.responseParameters ?? {}, key)) throw METHOD_WORDS.parameter(key);
    if (!ANYWHERE.test(source) && !RESPONSE_SOURCE.test(source)) throw METHOD_WORDS.expression(source);
  }
}

/** Refuses templates whose keys are not content types. @throws {ServiceError} BadRequestException */
export function checkTemplates(templates: Texts): void {
  for (const type of Object.keys(templates ?? {})) {
    if (!/^[^\s/]+\/[^\s/]+/.test(type)) throw METHOD_WORDS.contentType(type);
  }
}

/** A multi-value parameter is declared as the single one. */
function declares({ requestParameters = {} }: Method, source: string): boolean {
  return (
    Object.hasOwn(requestParameters, source) || Object.hasOwn(requestParameters, source.replace('.multivalue', '.'))
  );
}

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
    throw ofList(badRequest('Invalid content handling specified. Valid options are CONVERT_TO_BINARY,CONVERT_TO_TEXT'));
  }

  checkResponseParameters(responseParameters, ownValue(method.methodResponses, code));
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
