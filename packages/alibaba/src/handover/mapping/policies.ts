/** Classes of policies of APIG that a hand-over uses, in the service's own words. */
export type PolicyClass =
  | 'HttpRewrite'
  | 'HeaderModify'
  | 'Timeout'
  | 'RateLimit'
  | 'Cors'
  | 'IpAccessControl'
  | 'ServiceTls'
  | 'DirectResponse';

/** Whole seconds: the sample of the policy Timeout has no other unit. */
export const timeoutSeconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));

/** Units of RateLimit that samples of the service show; a longer one is [U]. */
export const RATE_UNITS: Readonly<Record<string, 'Second' | 'Minute' | undefined>> = {
  SECOND: 'Second',
  MINUTE: 'Minute',
};
