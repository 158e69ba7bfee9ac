import { notSimulated } from '../words.js';

/** What the context of a call is made of. */
export interface Circumstances {
  readonly apiId: string;
  readonly account: string;
  readonly stage: string;
  readonly verb: string;
  /** With the stage. */
  readonly path: string;
  readonly resourceId: string;
  readonly resourcePath: string;
  readonly requestId: string;
  readonly extendedRequestId: string | undefined;
  readonly domainName: string;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
  readonly isCanary: boolean;
  readonly nowMs: number;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html */
const VARIABLES: Readonly<Record<string, (of: Circumstances) => string | undefined>> = {
  accountId: ({ account }) => account,
  apiId: ({ apiId }) => apiId,
  domainName: ({ domainName }) => domainName,
  domainPrefix: ({ domainName }) => domainName.split('.')[0],
  extendedRequestId: ({ extendedRequestId }) => extendedRequestId,
  httpMethod: ({ verb }) => verb,
  'identity.sourceIp': ({ sourceIp }) => sourceIp,
  'identity.userAgent': ({ userAgent }) => userAgent,
  isCanaryRequest: ({ isCanary }) => (isCanary ? 'true' : undefined),
  path: ({ path }) => path,
  protocol: () => 'HTTP/1.1',
  requestId: ({ requestId }) => requestId,
  requestTimeEpoch: ({ nowMs }) => `${nowMs}`,
  resourceId: ({ resourceId }) => resourceId,
  resourcePath: ({ resourcePath }) => resourcePath,
  stage: ({ stage }) => stage,
};

/**
 * A variable of a call's context; undefined where it has no value.
 * @throws {ServiceError} NotImplemented for one that is not simulated
 */
export function contextVariable(of: Circumstances, name: string): string | undefined {
  const read = Object.hasOwn(VARIABLES, name) ? VARIABLES[name] : undefined;
  if (!read) throw notSimulated(`The variable context.${name}`);
  return read(of);
}
