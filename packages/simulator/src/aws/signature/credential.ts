import type { WireRequest } from '../../simulation/wire.js';

/** The members of a SigV4 signature. */
export interface Credential {
  readonly accessKeyId: string;
  /** `20260601`. */
  readonly date: string;
  readonly region: string;
  /** The service's name for signing: `apigateway`, `ec2`, … */
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly presigned: boolean;
}

const HEADER = /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+)\s*,\s*SignedHeaders=([^,\s]*)\s*,\s*Signature=([0-9a-f]+)\s*$/;
const SCOPE = /^([^/\s]{1,128})\/(\d{8})\/([a-z0-9-]{1,32})\/([a-z0-9-]{1,64})\/aws4_request$/;

/** Whether a request carries, or claims to carry, an AWS signature. */
export function isSigned({ headers: { authorization = '' }, query }: WireRequest): boolean {
  return authorization.startsWith('AWS4-') || /(^|&)X-Amz-Credential=/i.test(query);
}

/** Reads the signature from the `Authorization` header, or from the query of a presigned request. */
export function readCredential({ headers: { authorization = '' }, query }: WireRequest): Credential | undefined {
  if (authorization !== '') {
    const [, scope = '', headers = '', signature = ''] = HEADER.exec(authorization) ?? [];
    return credential(scope, headers, signature, false);
  }
  const parameters = new Map([...new URLSearchParams(query)].map(([key, value]) => [key.toLowerCase(), value]));
  if (parameters.get('x-amz-algorithm') !== 'AWS4-HMAC-SHA256') return undefined;
  const value = (name: string) => parameters.get(name) ?? '';
  return credential(value('x-amz-credential'), value('x-amz-signedheaders'), value('x-amz-signature'), true);
}

function credential(scope: string, headers: string, signature: string, presigned: boolean): Credential | undefined {
  const [, accessKeyId, date, region, service] = SCOPE.exec(scope) ?? [];
  if (accessKeyId === undefined || date === undefined || region === undefined || service === undefined)
    return undefined;
  return { accessKeyId, date, region, service, signedHeaders: headers.split(';'), signature, presigned };
}
