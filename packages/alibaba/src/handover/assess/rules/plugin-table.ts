import type { Actor, HandoverVerdict } from '../assessment.js';

/** What becomes of a plug-in of one type, whatever its body says. */
export interface PluginRow {
  readonly code: string;
  readonly verdict: Exclude<HandoverVerdict, 'waived' | 'unknown'>;
  /** On APIG. */
  readonly target?: string | undefined;
  readonly affects?: readonly ('callers' | 'backend')[] | undefined;
  readonly who?: Actor | undefined;
  /** After `The plug-in NAME (TYPE)`. */
  readonly text: string;
  readonly remedy?: string | undefined;
}

/**
 * Types of plug-ins. `trafficControl`, `ipControl`, `routing` and `transformer` depend on the body, and have code of their own.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/overview-of-plug-ins
 * @see https://help.aliyun.com/en/api-gateway/cloud-native-api-gateway/user-guide/parameter-access-control
 */
export const PLUGIN_ROWS: Readonly<Record<string, PluginRow>> = {
  cors: {
    code: 'CORS_KEPT',
    verdict: 'exact',
    target: 'policy Cors',
    text: 'answers requests of browsers; the policy Cors does the same under other keys.',
  },
  jwtAuth: {
    code: 'JWT',
    verdict: 'changed',
    target: 'consumer with JWT',
    affects: ['callers'],
    who: 'callers',
    text: 'checks tokens. A consumer with JWT checks them with the same key and passes claims as headers; answers of refused calls differ.',
    remedy: 'Prove one call with a valid token, and one with a token that has expired.',
  },
  basicAuth: {
    code: 'BASIC_AUTH',
    verdict: 'changed',
    target: 'plug-in basic-auth',
    affects: ['callers'],
    who: 'platform',
    text: 'checks names and passwords. The plug-in basic-auth of the market does, too; the passwords are read when the hand-over runs.',
  },
  circuitBreaker: {
    code: 'CIRCUIT_BREAKER',
    verdict: 'changed',
    target: 'policy CircuitBreaker',
    affects: ['callers'],
    who: 'platform',
    text: 'stops calls to a backend that fails. The policy CircuitBreaker counts over other windows. Its keys are not documented, so that `postern handover run` does not create it.',
    remedy: 'Create the policy CircuitBreaker on the route in the console after the run, and before the switch.',
  },
  remoteAuth: {
    code: 'REMOTE_AUTH',
    verdict: 'changed',
    target: 'policy ExternalZAuth of the gateway',
    affects: ['callers', 'backend'],
    who: 'platform',
    text: 'asks a service about each call. The policy ExternalZAuth does, but is attached to the whole gateway.',
    remedy: 'Exclude the routes that it must not apply to.',
  },
  errorMapping: {
    code: 'ERROR_MAPPING',
    verdict: 'changed',
    target: 'plug-in custom-response, policy Fallback',
    affects: ['callers'],
    who: 'platform',
    text: 'replaces answers of the backend. The plug-in custom-response maps status codes only; conditions on bodies are lost. `postern handover run` does not install it.',
    remedy:
      'Install the plug-in after the run where callers need other status codes, and compare the answers of failed calls.',
  },
  backendSignature: {
    code: 'BACKEND_SIGNATURE',
    verdict: 'blocked',
    affects: ['backend'],
    who: 'backend',
    text: 'signs calls towards the backend. APIG does not [I].',
    remedy:
      'Let the backend trust the security group of the gateway, or a constant header. A waiver means that calls are not signed.',
  },
  caching: {
    code: 'CACHING',
    verdict: 'blocked',
    affects: ['callers', 'backend'],
    who: 'backend',
    text: 'answers from a cache. APIG has no cache [I], so the backend gets every call.',
    remedy: 'Measure the load without the cache. A waiver means that the backend gets every call.',
  },
  logMask: {
    code: 'LOG_MASK',
    verdict: 'blocked',
    who: 'platform',
    text: 'hides values in logs. APIG has no such plug-in [I], and its log would contain them.',
    remedy: 'Leave the fields out of the log, or hide them in Log Service.',
  },
  accessControl: {
    code: 'ACCESS_CONTROL',
    verdict: 'blocked',
    affects: ['callers'],
    who: 'backend',
    text: 'allows calls by the values of their parameters. The plug-in param-access-control of the market has such rules; `postern handover run` does not install it.',
    remedy:
      'Let the backend refuse them, or install the plug-in after the run and before the switch. A waiver means that all of these calls pass until then.',
  },
};
