import type { CheckWords } from '../../../findings/statement.js';
import type { NearMiss } from '../../../network/listener-rules/near-miss.js';
import { hostHint, remedyForLogin } from '../../path/words/login.js';

/** `GET /orders arrives as GET /prod/orders; the closest match, rule 10 (path /orders*), needs path /orders*`. */
function missText({ route = 'a call', method, paths, hosts, rule, needs }: NearMiss): string {
  const host = hosts === undefined ? '' : ` to ${hosts.join(' or ')}`;
  return `${route} arrives as ${method} ${paths.join(' or ')}${host}; the closest match, ${rule}, needs ${needs.join(' and ')}`;
}

/** The texts of `target/answers`. */
export const targetAnswersWords = {
  title: 'The listener forwards calls and does not answer them itself',
  about:
    'A listener that redirects to HTTPS, often the one on port 80, returns 301 or 308 to API callers, ' +
    'with an address that they cannot reach. A listener with a fixed response returns that response. ' +
    'A listener that requires a login (`authenticate-oidc`, `authenticate-cognito`) redirects callers without a session to a page, ' +
    'or rejects them. The rules of a listener are evaluated before its default action. For each route of the spec, ' +
    'the first rule that matches the path, the method and the addresses of the link decides. ' +
    'The Host of the calls is not documented, and parameters of an integration can set it: write it under `assume.hosts`. ' +
    'Headers, query strings and the values of path parameters such as `{id}` are not known. ' +
    'The result cannot be determined where such a rule may answer calls that other rules or the default action forward. ' +
    'A path that a custom domain adds before the path of a route is not in the snapshot and is not evaluated.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html',
    'https://repost.aws/knowledge-center/api-gateway-500-error-vpc',
  ],
  says: {
    ACTIONS_NOT_READ: ({
      protocol,
      port,
      balancer,
    }: {
      readonly protocol: string;
      readonly port: number;
      readonly balancer: string;
    }) => `listener ${protocol} ${port} of ${balancer} forwards calls`,
    FORWARDS: ({
      byRules,
      protocol,
      port,
      balancer,
    }: {
      readonly byRules: boolean;
      readonly protocol: string;
      readonly port: number;
      readonly balancer: string;
    }) =>
      byRules
        ? `rules of listener ${protocol} ${port} of ${balancer} forward calls`
        : `listener ${protocol} ${port} of ${balancer} forwards calls`,
    LISTENER_ANSWERS: (facts: {
      readonly name: string;
      readonly hasDecides: boolean;
      readonly actionText?: string | undefined;
      readonly isAll: boolean;
      readonly calls: readonly string[];
      readonly missesCount: number;
      readonly misses: readonly NearMiss[];
      /** `redirect`, `fixed-response`, …; undefined: the listener has no action. */
      readonly does?: string | undefined;
      readonly port: number;
      readonly balancer: string;
    }) => {
      const { name, hasDecides, actionText, isAll, calls, missesCount, does, port, balancer } = facts;
      const misses = facts.misses.map(missText);
      const listener = `the listener on port ${port} of ${balancer}`;
      const remedy =
        does === 'authenticate'
          ? remedyForLogin(listener)
          : does === 'redirect'
            ? `Write the port of ${balancer} that ${listener} redirects to, with tls, or change its default action to forward to a target group.`
            : `Change the default action of ${listener} to forward to a target group.`;
      return {
        message: `${name} answers calls itself (${!hasDecides ? 'no action' : actionText}): ${isAll ? 'no call reaches the backend' : `calls of ${calls.join(', ')} do not reach the backend`}${missesCount === 0 ? '' : `; ${misses.join('; ')}`}`,
        remedy:
          missesCount === 0
            ? remedy
            : `Add a rule that matches these calls as the listener receives them. Or: ${remedy}`,
        params: { ...facts, misses },
      };
    },
    RULE_ANSWERS: ({
      ruleText,
      name,
      calls,
      actionText,
      kind,
    }: {
      readonly ruleText: string;
      readonly name: string;
      readonly calls: readonly string[];
      readonly actionText: string;
      readonly kind: string;
    }) => ({
      message: `${ruleText} of ${name} answers ${calls.join(', ')} itself (${actionText}): these calls do not reach the backend`,
      remedy:
        kind === 'authenticate'
          ? remedyForLogin('the rule')
          : `Change the rule to forward to a target group, or add a rule before it that forwards ${calls.join(', ')}.`,
    }),
    RULE_MAY_ANSWER: ({
      host,
      ...params
    }: {
      readonly name: string;
      readonly calls: readonly string[];
      readonly texts: readonly string[];
      readonly hasRule: boolean;
      readonly priority?: number | undefined;
      /** Where the spec can give the host of the calls. */
      readonly host?: string | undefined;
    }) => {
      const { name, calls, texts, hasRule, priority } = params;
      const hint = hostHint(host);
      return {
        message: `cannot determine whether ${name} forwards ${calls.join(', ')}: ${texts.join(' and ')} may answer instead`,
        remedy: `Add a rule before ${!hasRule ? 'the other rules' : `rule ${priority}`} that forwards all calls of ${calls.join(', ')} by their path.${hint}`,
        params: { ...params, hostHint: hint },
      };
    },
  },
} satisfies CheckWords;
