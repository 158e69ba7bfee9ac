import type { Actor, HandoverVerdict, About } from '../assessment.js';
import type { Json } from '@postern/core/adapter';
import { memberIn, membersOf, textIn } from '../view.js';
import { say, type Found } from '../rule.js';

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

/** Where a parameter of a condition is: routes of APIG match headers and queries, and weights are shares. */
const MATCHED = /^(?:header|query)(?::|$)/i;

/**
 * What becomes of a routing plug-in: `{ parameters: { App: "Header:x-app" }, routes: [{ condition: "$App = 'x'", backend }] }`.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/plug-ins-of-the-routing-type
 */
export function* routingItems(title: string, body: Json, about: About): Iterable<Found> {
  const places = memberIn(body, 'parameters');
  const routes = membersOf(body, 'routes');
  const lost = routes.filter((route) => !isMatched(textIn(route, 'condition') ?? '', places));
  const kept = routes.length - lost.length;
  if (kept > 0) {
    yield say.changed('ROUTING_ROUTES', about, {
      target: `${kept} more routes for each API`,
      affects: ['callers'],
      who: 'platform',
      message: `${title} sends calls to other backends by ${kept} conditions of headers and queries. A route that matches them does the same; \`postern handover run\` does not create it.`,
      remedy: 'Create a route for each condition after the run and before the switch, and call each.',
    });
  }
  if (lost.length > 0) {
    const names = lost.map((route, at) => textIn(route, 'name') ?? `${at + 1}`).join(', ');
    yield say.blocked('ROUTING_CONDITION', about, {
      affects: ['callers'],
      who: 'platform',
      message: `${title} decides by conditions that routes of APIG do not have: ${names}.`,
      remedy:
        'Write conditions of headers and queries with =, or let the backend decide. A waiver leaves these routes out.',
    });
  }
}

/** Whether a condition is a list of equalities of headers and queries. */
function isMatched(condition: string, places: Json | undefined): boolean {
  if (condition === '' || /\bor\b|!=|<|>|\blike\b|\bin\b|\bnot\b/i.test(condition)) return false;
  const names = [...condition.matchAll(/\$\{?(\w+)\}?/g)].map(([, name = '']) => name);
  return names.length > 0 && names.every((name) => MATCHED.test(textIn(places, name) ?? ''));
}
