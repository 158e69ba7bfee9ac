import type { Says } from '../../findings/statement.js';

/** A forward of a listener, and the calls that it may get. */
export interface Forward {
  readonly routes: string;
  readonly protocol: string;
  readonly port: number;
  readonly balancer: string;
  /** The rule that the calls fit; undefined where they fit none. */
  readonly ruleText?: string | undefined;
  /** The target groups that it leads to. */
  readonly names: readonly string[];
}

/** A forward that calls surely get. */
export interface SureForward extends Forward {
  /** How much of the calls, where they are shared. */
  readonly part?: string | undefined;
  readonly answersCount: number;
}

/** Why no target of it is healthy. */
export interface Dead {
  readonly isAnswered: boolean;
  readonly isEmpty?: boolean | undefined;
}

const listenerText = ({ protocol, port, balancer }: Forward): string => `${protocol} ${port} of ${balancer}`;
const fitText = ({ ruleText }: Forward): string => (ruleText === undefined ? 'fit no rule' : `fit ${ruleText}`);
const namesText = ({ names }: Forward): string => names.join(' and ');

function callsText(forward: SureForward): string {
  const { part, routes, answersCount } = forward;
  const calls = `${part === undefined ? '' : `${part} of the `}calls of ${routes}`;
  const listener = listenerText(forward);
  return answersCount < 2 ? `${calls} to ${listener}` : `${calls} that ${fitText(forward)} of ${listener}`;
}

function healText({ isAnswered, isEmpty, ...forward }: Forward & Dead): string {
  const names = namesText(forward);
  if (isAnswered) return `Let the health check of ${names} take the status code that its targets answer with`;
  if (isEmpty === true) return `Register a target in ${names} that answers its health check`;
  return `Make a target of ${names} answer its health check`;
}

/** What is said by `dead-forwards.ts`. */
export const deadForwardsSays = {
  FORWARD_NOT_READ: (forward: SureForward) => `${callsText(forward)} meet a healthy target of ${namesText(forward)}`,
  FORWARD_DEAD: (forward: SureForward & Dead) => {
    const names = namesText(forward);
    const who = forward.ruleText === undefined ? 'they go' : 'it forwards';
    const although = forward.isAnswered ? `, although those of ${names} answer` : '';
    const share = forward.part === undefined ? '' : `, give ${names} the weight 0`;
    return {
      message: `${callsText(forward)} meet no healthy target: ${who} to ${names}${although}`,
      remedy: `${healText(forward)}${share}, or put a rule before it that forwards these calls elsewhere.`,
    };
  },
  FORWARD_MAYBE_DEAD: (forward: Forward & Dead) => ({
    message: `nobody can say whether calls of ${forward.routes} ${fitText(forward)} of ${listenerText(forward)}: those that do meet no healthy target of ${namesText(forward)}${forward.isAnswered ? ', although these answer' : ''}`,
    remedy: `${healText(forward)}, or put a rule before it that forwards all calls of ${forward.routes}, by their path.`,
  }),
} satisfies Says;
