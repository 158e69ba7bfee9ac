/** What stands for a system parameter of the classic service on APIG. */
export interface SystemSubstitute {
  /** How the backend gets it: the header that the engine adds by itself, or a header that a policy sets from this variable. */
  readonly how: string;
  /** Whether a source confirms it; the others are [U]. */
  readonly confirmed: boolean;
}

/**
 * System parameters by name. Those that are not here have no known counterpart.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/system-parameters
 */
export const SYSTEM_PARAMETERS: Readonly<Record<string, SystemSubstitute>> = {
  // FAQ of APIG: the gateway appends the caller's address to this header.
  CaClientIp: { how: 'the first address in X-Forwarded-For', confirmed: true },
  // Consumers are named to the backend: README of hmac-auth in alibaba/higress.
  CaAppId: { how: 'the name of the consumer in X-Mse-Consumer', confirmed: true },
  CaClientUa: { how: 'the header User-Agent, which is passed on', confirmed: true },
  CaDomain: { how: 'the header Host, where no policy rewrites it', confirmed: true },
  CaHttpSchema: { how: 'the header X-Forwarded-Proto', confirmed: false },
  CaRequestId: { how: 'the header X-Request-Id', confirmed: false },
};
