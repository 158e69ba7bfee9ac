import type { Integration, IntegrationResponse } from '@aws-sdk/client-api-gateway';
import type { MethodRow, RestApiRow } from '../../state/rest-api-state.js';
import { shownMap } from './execution-log.js';
import { header, mappedValue, plainTemplate } from './mapped-value.js';
import { CONFIGURATION_ERROR, failedAnswer, type TestAnswer } from './test-answer.js';
import type { TestRequest } from './test-request.js';

/** Milliseconds [I]. */
const LATENCY_MS = 5;
const JSON_TYPE = 'application/json';

/**
 * The answer of a MOCK integration. The status of its request template selects the integration response.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 * @throws {ServiceError} NotImplemented for templates that are not plain text, and other sources of headers
 */
export function mockAnswer(api: RestApiRow, method: MethodRow, own: Integration, request: TestRequest): TestAnswer {
  const failed = (reason: string) =>
    failedAnswer(api, { reason: `${CONFIGURATION_ERROR} ${reason}`, latencyMs: LATENCY_MS });
  const status = statusOf(own, request);
  if (status === undefined) return failed('statusCode should be an integer which defined in request template');
  const response = selected(Object.values(own.integrationResponses ?? {}), status);
  if (!response) {
    return failed(
      `No match for output mapping and no default output mapping configured. Endpoint Response Status Code: ${status}`,
    );
  }
  const { statusCode = '' } = response;
  if (!Object.hasOwn(method.methodResponses ?? {}, statusCode)) {
    return failed(`Output mapping refers to an invalid method response: ${statusCode}`);
  }
  const [type = JSON_TYPE, template = ''] = templateFor(response.responseTemplates, header(request.headers, 'Accept'));
  const body = plainTemplate(template);
  const headers = { ...mappedHeaders(response, request), 'Content-Type': type };
  return {
    status: Number(statusCode),
    body,
    headers,
    lines: [
      `Method response body after transformations: ${body}`,
      `Method response headers: ${shownMap(headers)}`,
      'Successfully completed execution',
      `Method completed with status: ${statusCode}`,
    ].map((text) => ({ text, afterMs: LATENCY_MS })),
    latencyMs: LATENCY_MS,
  };
}

/** The `statusCode` of the request's template, or of its body where no template is for its content type. */
function statusOf({ requestTemplates = {} }: Integration, { headers, body }: TestRequest): number | undefined {
  const type = header(headers, 'Content-Type') ?? JSON_TYPE;
  const template = requestTemplates[type];
  try {
    const value = JSON.parse(template === undefined ? body : plainTemplate(template)) as {
      statusCode?: unknown;
    } | null;
    return Number.isInteger(value?.statusCode) ? (value?.statusCode as number) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The response whose pattern the status matches, else the one without a pattern. */
function selected(responses: readonly IntegrationResponse[], status: number): IntegrationResponse | undefined {
  const matching = responses.find(
    ({ selectionPattern = '' }) => selectionPattern !== '' && matches(selectionPattern, status),
  );
  return matching ?? responses.find(({ selectionPattern = '' }) => selectionPattern === '');
}

/** The service reads patterns as Java does. One that is not a pattern matches nothing here [I]. */
function matches(pattern: string, status: number): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(`${status}`);
  } catch {
    return false;
  }
}

/** The template for what the caller accepts, else the first one. */
function templateFor(
  templates: Readonly<Record<string, string>> = {},
  accepted: string | undefined,
): readonly [type: string, template: string] | readonly [] {
  const all = Object.entries(templates);
  return all.find(([type]) => type === accepted) ?? all.find(([type]) => type === JSON_TYPE) ?? all[0] ?? [];
}

function mappedHeaders({ responseParameters = {} }: IntegrationResponse, request: TestRequest): Record<string, string> {
  return Object.fromEntries(
    Object.entries(responseParameters).flatMap(([target, source]) => {
      const value = mappedValue(request, source);
      return value === undefined ? [] : [[target.replace(/^method\.response\.header\./, ''), value]];
    }),
  );
}
