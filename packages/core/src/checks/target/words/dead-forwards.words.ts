import type { Says } from '../../../findings/statement.js';

/** A forward of a listener, and the calls that it may get. */
export interface Forward {
  readonly routes: string;
  readonly protocol: string;
  readonly port: number;
  readonly balancer: string;
  /** The rule that the calls match; undefined if they match none. */
  readonly ruleText?: string | undefined;
  /** The target groups that it forwards to. */
  readonly names: readonly string[];
}

/** A forward that certainly receives calls. */
export interface SureForward extends Forward {
  /** Its part of the calls, if several groups share them. */
  readonly part?: string | undefined;
  readonly answersCount: number;
}

/** Why no target of it is healthy. */
export interface Dead {
  readonly isAnswered: boolean;
  readonly isEmpty?: boolean | undefined;
}

const listenerText = ({ protocol, port, balancer }: Forward): string => `${protocol} ${port} of ${balancer}`;
const matchText = ({ ruleText }: Forward): string => (ruleText === undefined ? 'match no rule' : `match ${ruleText}`);
const namesText = ({ names }: Forward): string => names.join(' and ');

function callsText(forward: SureForward): string {
  const { part, routes, answersCount } = forward;
  const calls = `${part === undefined ? '' : `${part} of the `}calls of ${routes}`;
  const listener = listenerText(forward);
  return answersCount < 2 ? `${calls} to ${listener}` : `${calls} that ${matchText(forward)} of ${listener}`;
}

function healthText({ isAnswered, isEmpty, ...forward }: Forward & Dead): string {
  const names = namesText(forward);
  if (isAnswered) return `Change the health check of ${names} to accept the status code that its targets return`;
  if (isEmpty === true) return `Register a target in ${names} that passes its health check`;
  return `Make a target of ${names} pass its health check`;
}

/** The texts of `dead-forwards.ts`. */
export const deadForwardsSays = {
  FORWARD_NOT_READ: (forward: SureForward) => `${callsText(forward)} reach a healthy target of ${namesText(forward)}`,
  FORWARD_DEAD: (forward: SureForward & Dead) => {
    const names = namesText(forward);
    const who = forward.ruleText === undefined ? 'the default action' : 'the rule';
    const although = forward.isAnswered ? `, although the targets of ${names} answer` : '';
    const share = forward.part === undefined ? '' : `, set the weight of ${names} to 0`;
    return {
      message: `${callsText(forward)} reach no healthy target: ${who} forwards to ${names}${although}`,
      remedy: `${healthText(forward)}${share}, or add a rule before it that forwards these calls to another target group.`,
    };
  },
  FORWARD_MAYBE_DEAD: (forward: Forward & Dead) => ({
    message: `cannot determine whether calls of ${forward.routes} ${matchText(forward)} of ${listenerText(forward)}: those that do reach no healthy target of ${namesText(forward)}${forward.isAnswered ? ', although the targets answer' : ''}`,
    remedy: `${healthText(forward)}, or add a rule before it that forwards all calls of ${forward.routes} by their path.`,
  }),
} satisfies Says;
