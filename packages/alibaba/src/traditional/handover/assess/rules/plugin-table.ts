import type { Json } from '@postern/core/internal/adapter';
import { blocked, changed, exact, type HandoverRule } from '../rule.js';
import { memberIn, membersOf, textIn } from '../view.js';
import { plainPlugin, pluginRule } from './plugin-rule.js';

/**
 * Plug-ins that become the same whatever their bodies say, by type. `trafficControl`, `ipControl`, `routing` and `transformer` depend on
 * the body.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/overview-of-plug-ins
 * @see https://help.aliyun.com/en/api-gateway/cloud-native-api-gateway/user-guide/parameter-access-control
 */
export const PLAIN_PLUGINS = {
  cors: plainPlugin('cors', {
    id: 'plugin/cors',
    classic: 'the plug-in `cors`',
    apig: 'the policy Cors, with other keys',
    codes: {
      CORS_KEPT: exact(
        'The plug-in {name} ({type}) answers requests of browsers; the policy Cors does the same under other keys.',
        { target: 'policy Cors' },
      ),
    },
  }),
  jwtAuth: plainPlugin('jwtAuth', {
    id: 'plugin/jwt',
    classic: 'the plug-in `jwtAuth`',
    apig: 'a consumer with JWT; claims become headers',
    codes: {
      JWT: changed(
        'The plug-in {name} ({type}) checks tokens. A consumer with JWT checks them with the same key and passes claims as headers; answers of refused calls differ.',
        {
          target: 'consumer with JWT',
          affects: ['callers'],
          who: 'callers',
          remedy: 'Prove one call with a valid token, and one with a token that has expired.',
        },
      ),
    },
  }),
  basicAuth: plainPlugin('basicAuth', {
    id: 'plugin/basic-auth',
    classic: 'the plug-in `basicAuth`',
    apig: 'the plug-in basic-auth',
    codes: {
      BASIC_AUTH: changed(
        'The plug-in {name} ({type}) checks names and passwords. The plug-in basic-auth of the market does, too; the passwords are read when the hand-over runs.',
        { target: 'plug-in basic-auth', affects: ['callers'], who: 'platform' },
      ),
    },
  }),
  circuitBreaker: plainPlugin('circuitBreaker', {
    id: 'plugin/circuit-breaker',
    classic: 'the plug-in `circuitBreaker`',
    apig: 'CircuitBreaker',
    codes: {
      CIRCUIT_BREAKER: changed(
        'The plug-in {name} ({type}) stops calls to a backend that fails. The policy CircuitBreaker counts over other windows. Its keys are not documented, so that `postern handover run` does not create it.',
        {
          target: 'policy CircuitBreaker',
          affects: ['callers'],
          who: 'platform',
          remedy: 'Create the policy CircuitBreaker on the route in the console after the run, and before the switch.',
        },
      ),
    },
  }),
  remoteAuth: plainPlugin('remoteAuth', {
    id: 'plugin/remote-auth',
    classic: 'the plug-in `remoteAuth`',
    apig: 'ExternalZAuth of the whole gateway',
    codes: {
      REMOTE_AUTH: changed(
        'The plug-in {name} ({type}) asks a service about each call. The policy ExternalZAuth does, but is attached to the whole gateway.',
        {
          target: 'policy ExternalZAuth of the gateway',
          affects: ['callers', 'backend'],
          who: 'platform',
          remedy: 'Exclude the routes that it must not apply to.',
        },
      ),
    },
  }),
  errorMapping: plainPlugin('errorMapping', {
    id: 'plugin/error-mapping',
    classic: 'the plug-in `errorMapping`',
    apig: 'custom-response and Fallback: status codes only',
    codes: {
      ERROR_MAPPING: changed(
        'The plug-in {name} ({type}) replaces answers of the backend. The plug-in custom-response maps status codes only; conditions on bodies are lost. `postern handover run` does not install it.',
        {
          target: 'plug-in custom-response, policy Fallback',
          affects: ['callers'],
          who: 'platform',
          remedy:
            'Install the plug-in after the run where callers need other status codes, and compare the answers of failed calls.',
        },
      ),
    },
  }),
  backendSignature: plainPlugin('backendSignature', {
    id: 'plugin/backend-signature',
    classic: 'the plug-in `backendSignature`',
    apig: 'none',
    codes: {
      BACKEND_SIGNATURE: blocked('The plug-in {name} ({type}) signs calls towards the backend. APIG does not [I].', {
        affects: ['backend'],
        who: 'backend',
        remedy:
          'Let the backend trust the security group of the gateway, or a constant header. A waiver means that calls are not signed.',
      }),
    },
  }),
  caching: plainPlugin('caching', {
    id: 'plugin/caching',
    classic: 'the plug-in `caching`',
    apig: 'none',
    codes: {
      CACHING: blocked(
        'The plug-in {name} ({type}) answers from a cache. APIG has no cache [I], so the backend gets every call.',
        {
          affects: ['callers', 'backend'],
          who: 'backend',
          remedy: 'Measure the load without the cache. A waiver means that the backend gets every call.',
        },
      ),
    },
  }),
  logMask: plainPlugin('logMask', {
    id: 'plugin/log-mask',
    classic: 'the plug-in `logMask`',
    apig: 'none',
    codes: {
      LOG_MASK: blocked(
        'The plug-in {name} ({type}) hides values in logs. APIG has no such plug-in [I], and its log would contain them.',
        { who: 'platform', remedy: 'Leave the fields out of the log, or hide them in Log Service.' },
      ),
    },
  }),
  accessControl: plainPlugin('accessControl', {
    id: 'plugin/access-control',
    classic: 'the plug-in `accessControl`',
    apig: 'the plug-in param-access-control, which a run does not install',
    codes: {
      ACCESS_CONTROL: blocked(
        'The plug-in {name} ({type}) allows calls by the values of their parameters. The plug-in param-access-control of the market has such rules; `postern handover run` does not install it.',
        {
          affects: ['callers'],
          who: 'backend',
          remedy:
            'Let the backend refuse them, or install the plug-in after the run and before the switch. A waiver means that all of these calls pass until then.',
        },
      ),
    },
  }),
} satisfies Readonly<Record<string, HandoverRule>>;

/** Where a parameter of a condition is: routes of APIG match headers and queries, and weights are shares. */
const MATCHED = /^(?:header|query)(?::|$)/i;

/**
 * What becomes of a routing plug-in: `{ parameters: { App: "Header:x-app" }, routes: [{ condition: "$App = 'x'", backend }] }`.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/plug-ins-of-the-routing-type
 */
export const routing = pluginRule({
  type: 'routing',
  id: 'plugin/routing',
  classic: 'the plug-in `routing`',
  apig: 'several routes with matches of headers and query; none for other conditions',
  codes: {
    ROUTING_ROUTES: changed(
      'The plug-in {name} ({type}) sends calls to other backends by {kept} conditions of headers and queries. A route that matches them does the same; `postern handover run` does not create it.',
      {
        target: '{kept} more routes for each API',
        affects: ['callers'],
        who: 'platform',
        remedy: 'Create a route for each condition after the run and before the switch, and call each.',
      },
    ),
    ROUTING_CONDITION: blocked(
      'The plug-in {name} ({type}) decides by conditions that routes of APIG do not have: {conditions}.',
      {
        affects: ['callers'],
        who: 'platform',
        remedy:
          'Write conditions of headers and queries with =, or let the backend decide. A waiver leaves these routes out.',
      },
    ),
  },
  *find({ plugin: { body }, about, shown }, say) {
    const places = memberIn(body, 'parameters');
    const routes = membersOf(body, 'routes');
    const lost = routes.filter((route) => !isMatched(textIn(route, 'condition') ?? '', places));
    const kept = routes.length - lost.length;
    const conditions = lost.map((route, at) => textIn(route, 'name') ?? `${at + 1}`);
    if (kept > 0) yield say.ROUTING_ROUTES(about, { ...shown, kept });
    if (lost.length > 0) yield say.ROUTING_CONDITION(about, { ...shown, conditions });
  },
});

/** Whether a condition is a list of equalities of headers and queries. */
function isMatched(condition: string, places: Json | undefined): boolean {
  if (condition === '' || /\bor\b|!=|<|>|\blike\b|\bin\b|\bnot\b/i.test(condition)) return false;

  const names = [...condition.matchAll(/\$\{?(\w+)\}?/g)].map(([, name = '']) => name);
  return names.length > 0 && names.every((name) => MATCHED.test(textIn(places, name) ?? ''));
}
