import type { MemberLimit } from '../operation.js';

/** Lengths of an integration's members. @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html */
export const INTEGRATION_LIMITS: Readonly<Record<string, MemberLimit>> = {
  ConnectionId: { length: [0, 1024] },
  Description: { length: [0, 1024] },
  IntegrationMethod: { length: [0, 64] },
  IntegrationUri: { length: [0, 2048] },
  'TlsConfig.ServerNameToVerify': { length: [0, 512] },
};
