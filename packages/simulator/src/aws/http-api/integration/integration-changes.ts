import type { UpdateIntegrationRequest } from '@aws-sdk/client-apigatewayv2';
import type { ApiRow, IntegrationRow } from '../state.js';
import { patch, patchMap } from '../patch.js';
import { isWebSocket } from '../web-socket/route-rules.js';

/** What names the row. */
const NAMES = { ApiId: undefined, IntegrationId: undefined } as const;

/** What the service ignores in HTTP APIs. */
const IGNORED = {
  ContentHandlingStrategy: undefined,
  PassthroughBehavior: undefined,
  RequestTemplates: undefined,
  TemplateSelectionExpression: undefined,
} as const;

/**
 * An integration as it is after a change. Members left out stay; empty strings clear; request parameters are merged;
 * response parameters are replaced status by status, and an empty map clears one.
 */
export function changedIntegration<T extends Omit<IntegrationRow, 'IntegrationId'>>(
  api: ApiRow,
  row: T,
  input: Partial<UpdateIntegrationRequest>,
): T {
  const { RequestParameters, ResponseParameters, TlsConfig, ...rest } = input;
  const changed: Omit<IntegrationRow, 'IntegrationId'> = patch<Omit<IntegrationRow, 'IntegrationId'>>(row, {
    ...rest,
    ...NAMES,
    ...(isWebSocket(api) ? {} : IGNORED),
  });
  const parameters = patchMap(row.RequestParameters, RequestParameters);
  const responses = { ...row.ResponseParameters, ...ResponseParameters };
  const kept = Object.entries(responses).filter(([, mappings]) => Object.keys(mappings).length > 0);
  const result: Record<string, unknown> = {
    ...changed,
    ...(parameters && { RequestParameters: parameters }),
    ...(kept.length > 0 && { ResponseParameters: Object.fromEntries(kept) }),
  };
  if (kept.length === 0) delete result['ResponseParameters'];
  if (TlsConfig !== undefined) {
    const name = TlsConfig.ServerNameToVerify ?? '';
    if (name === '') delete result['TlsConfig'];
    else result['TlsConfig'] = { ServerNameToVerify: name };
  }
  return result as T;
}
