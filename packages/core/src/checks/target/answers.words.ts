import type { CheckWords } from '../../findings/statement.js';
import { remedyForLogin } from '../../network/listener-rules/deciding.js';

/** The texts of `target/answers`. */
export const targetAnswersWords = {
  title: 'The listener forwards calls instead of answering them itself',
  about:
    'A listener that redirects to HTTPS, as port 80 often does, sends 301 or 308 to the callers of the API, with an address that ' +
    'they cannot reach; one with a fixed response answers by itself; one that asks for a login (`authenticate-oidc`, `authenticate-cognito`) sends callers ' +
    'without a session to a page, or refuses them. The rules of the listener go before its default action: for each ' +
    'route of the spec the first rule decides that its calls fit, by their path, method and the addresses of the link. Which host ' +
    'calls name is documented nowhere, and parameters of an integration may set it: write it under `assume.hosts`. Headers and query strings are not ' +
    'known, nor what `{id}` stands for: where such a rule may answer by itself and what else may be done forwards, nobody can say. A path that a custom domain puts before that of a route is in no snapshot and is not looked at.',
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
    LISTENER_ANSWERS: ({
      name,
      hasDecides,
      actionText,
      isAll,
      calls,
      missesCount,
      misses,
      does,
      port,
      balancer,
    }: {
      readonly name: string;
      readonly hasDecides: boolean;
      readonly actionText?: string | undefined;
      readonly isAll: boolean;
      readonly calls: readonly string[];
      readonly missesCount: number;
      readonly misses: readonly string[];
      /** `redirect`, `fixed-response`, …; undefined: the listener has no action. */
      readonly does?: string | undefined;
      readonly port: number;
      readonly balancer: string;
    }) => {
      const listener = `the listener on port ${port} of ${balancer}`;
      const remedy =
        does === 'authenticate'
          ? remedyForLogin(listener)
          : does === 'redirect'
            ? `Write the port of ${balancer} that it redirects to, with tls, or let the listener on port ${port} forward to a target group.`
            : `Let the default action of ${listener} forward to a target group.`;
      return {
        message: `${name} answers by itself (${!hasDecides ? 'no action' : actionText}): ${isAll ? 'no call gets to the backend' : `calls of ${calls.join(', ')} do not get to the backend`}${missesCount === 0 ? '' : `; ${misses.join('; ')}`}`,
        remedy: missesCount === 0 ? remedy : `Write a rule that these calls fit as they come. Or: ${remedy}`,
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
      message: `${ruleText} of ${name} answers ${calls.join(', ')} by itself (${actionText}): these calls do not get to the backend`,
      remedy:
        kind === 'authenticate'
          ? remedyForLogin('the rule')
          : `Let the rule forward to a target group, or put one before it that forwards ${calls.join(', ')}.`,
    }),
    RULE_MAY_ANSWER: ({
      name,
      calls,
      texts,
      hasRule,
      priority,
      hostHint,
    }: {
      readonly name: string;
      readonly calls: readonly string[];
      readonly texts: readonly string[];
      readonly hasRule: boolean;
      readonly priority?: number | undefined;
      readonly hostHint: string;
    }) => ({
      message: `nobody can say whether ${name} forwards ${calls.join(', ')}: ${texts.join(' and ')} may answer instead`,
      remedy: `Put a rule before ${!hasRule ? 'the others' : `rule ${priority}`} that forwards all calls of ${calls.join(', ')}, by their path.${hostHint}`,
    }),
  },
} satisfies CheckWords;
