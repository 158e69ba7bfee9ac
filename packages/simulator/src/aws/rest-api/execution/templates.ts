import type { Integration } from '@aws-sdk/client-api-gateway';
import { notSimulated } from '../words.js';
import { ExecutionFailure } from './failure.js';
import { contentType, header, type MethodRequest } from './method-request.js';

const JSON_TYPE = 'application/json';

/** A template as text. @throws {ServiceError} NotImplemented for one with directives or references */
export function plainTemplate(template: string): string {
  if (/[#$]/.test(template)) throw notSimulated('A mapping template that is not plain text');
  return template;
}

/**
 * The request template for a call's content type; undefined where the body passes as it is.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html
 * @throws {ExecutionFailure} UNSUPPORTED_MEDIA_TYPE. {ServiceError} NotImplemented
 */
export function requestTemplate(own: Integration, request: MethodRequest): string | undefined {
  const { requestTemplates = {}, passthroughBehavior: passthrough } = own;
  const template = requestTemplates[contentType(request)];
  if (template !== undefined) return plainTemplate(template);
  const hasTemplates = Object.keys(requestTemplates).length > 0;
  if (passthrough !== 'NEVER' && !(passthrough === 'WHEN_NO_TEMPLATES' && hasTemplates)) return undefined;
  throw new ExecutionFailure(
    `No request template for ${contentType(request)}, and its body does not pass through: ${passthrough}`,
    'UNSUPPORTED_MEDIA_TYPE',
  );
}

/** The template for what the caller accepts, else the one for JSON, else the first, with its content type. */
export function templateFor(
  templates: Readonly<Record<string, string>> = {},
  { headers }: Pick<MethodRequest, 'headers'>,
): readonly [type: string, template: string] | undefined {
  const all = Object.entries(templates);
  const accepted = all.length > 1 ? header(headers, 'accept') : undefined;
  return all.find(([type]) => type === accepted) ?? all.find(([type]) => type === JSON_TYPE) ?? all[0];
}
