import type { Says } from '../../findings/statement.js';

/** What is said by `dead-forwards.ts`. */
export const deadForwardsSays = {
  FORWARD_NOT_READ: ({
    part,
    routes,
    answersCount,
    protocol,
    port,
    balancer,
    hasRule,
    ruleText,
    names,
  }: {
    readonly part?: string | undefined;
    readonly routes: string;
    readonly answersCount: number;
    readonly protocol: string;
    readonly port: number;
    readonly balancer: string;
    readonly hasRule: boolean;
    readonly ruleText?: string | undefined;
    readonly names: readonly string[];
  }) =>
    `${part === undefined ? '' : `${part} of the `}calls of ${routes} ${answersCount < 2 ? `to ${protocol} ${port} of ${balancer}` : `that ${!hasRule ? 'fit no rule' : `fit ${ruleText}`} of ${protocol} ${port} of ${balancer}`} meet a healthy target of ${names.join(' and ')}`,
  FORWARD_DEAD: ({
    part,
    routes,
    answersCount,
    protocol,
    port,
    balancer,
    hasRule,
    ruleText,
    names,
    isAnswered,
    isEmpty,
  }: {
    readonly part?: string | undefined;
    readonly routes: string;
    readonly answersCount: number;
    readonly protocol: string;
    readonly port: number;
    readonly balancer: string;
    readonly hasRule: boolean;
    readonly ruleText?: string | undefined;
    readonly names: readonly string[];
    readonly isAnswered: boolean;
    readonly isEmpty?: boolean | undefined;
  }) => ({
    message: `${part === undefined ? '' : `${part} of the `}calls of ${routes} ${answersCount < 2 ? `to ${protocol} ${port} of ${balancer}` : `that ${!hasRule ? 'fit no rule' : `fit ${ruleText}`} of ${protocol} ${port} of ${balancer}`} meet no healthy target: ${!hasRule ? 'they go' : 'it forwards'} to ${names.join(' and ')}${isAnswered ? `, although those of ${names.join(' and ')} answer` : ''}`,
    remedy: `${isAnswered ? `Let the health check of ${names.join(' and ')} take the status code that its targets answer with` : isEmpty === true ? `Register a target in ${names.join(' and ')} that answers its health check` : `Make a target of ${names.join(' and ')} answer its health check`}${part === undefined ? '' : `, give ${names.join(' and ')} the weight 0`}, or put a rule before it that forwards these calls elsewhere.`,
  }),
  FORWARD_MAYBE_DEAD: ({
    routes,
    hasRule,
    ruleText,
    protocol,
    port,
    balancer,
    names,
    isAnswered,
    isEmpty,
  }: {
    readonly routes: string;
    readonly hasRule: boolean;
    readonly ruleText?: string | undefined;
    readonly protocol: string;
    readonly port: number;
    readonly balancer: string;
    readonly names: readonly string[];
    readonly isAnswered: boolean;
    readonly isEmpty?: boolean | undefined;
  }) => ({
    message: `nobody can say whether calls of ${routes} ${!hasRule ? 'fit no rule' : `fit ${ruleText}`} of ${protocol} ${port} of ${balancer}: those that do meet no healthy target of ${names.join(' and ')}${isAnswered ? ', although these answer' : ''}`,
    remedy: `${isAnswered ? `Let the health check of ${names.join(' and ')} take the status code that its targets answer with` : isEmpty === true ? `Register a target in ${names.join(' and ')} that answers its health check` : `Make a target of ${names.join(' and ')} answer its health check`}, or put a rule before it that forwards all calls of ${routes}, by their path.`,
  }),
} satisfies Says;
