import type { MemberLimit } from '../../operation/operation.js';

/** Lengths and values of an integration's members. @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html */
export const INTEGRATION_LIMITS: Readonly<Record<string, MemberLimit>> = {
  ConnectionType: { values: ['INTERNET', 'VPC_LINK'] },
  ContentHandlingStrategy: { values: ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'] },
  IntegrationType: { values: ['AWS', 'HTTP', 'MOCK', 'HTTP_PROXY', 'AWS_PROXY'] },
  PassthroughBehavior: { values: ['WHEN_NO_MATCH', 'NEVER', 'WHEN_NO_TEMPLATES'] },
  ConnectionId: { length: [0, 1024] },
  Description: { length: [0, 1024] },
  IntegrationMethod: { length: [0, 64] },
  IntegrationUri: { length: [0, 2048] },
  'TlsConfig.ServerNameToVerify': { length: [0, 512] },
};
