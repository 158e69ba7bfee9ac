import type { CheckWords } from '../../findings/statement.js';

/** The texts of `target/listener`. */
export const targetListenerWords = {
  title: 'The load balancer listens on the port, and the listener runs',
  about:
    'A load balancer answers on the ports of its listeners only. On Alibaba Cloud a listener of a CLB instance can be stopped, and ' +
    'then answers nobody.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html',
    'https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/listener-overview',
  ],
  says: {
    LISTENER_NOT_READ: ({ balancer, port }: { readonly balancer: string; readonly port?: number | undefined }) =>
      `${balancer} listens on port ${port ?? 'named'}`,
    NO_LISTENER: ({
      balancer,
      port,
      others,
      othersCount,
      balancerId,
    }: {
      readonly balancer: string;
      readonly port?: number | undefined;
      readonly others: readonly string[];
      readonly othersCount: number;
      readonly balancerId: string;
    }) => ({
      message: `${balancer} does not listen on port ${port ?? 'named'}; it has ${others.join(', ') || 'no listener'}`,
      remedy:
        othersCount === 0
          ? `Give ${balancerId} a listener.`
          : `Write a port that it listens on, or give ${balancerId} a listener on this one.`,
    }),
    LISTENER_STOPPED: ({
      protocol,
      port,
      balancer,
      balancerId,
    }: {
      readonly protocol: string;
      readonly port: number;
      readonly balancer: string;
      readonly balancerId: string;
    }) => ({
      message: `the listener ${protocol} ${port} of ${balancer} is stopped`,
      remedy: `Start the listener on port ${port} of ${balancerId}.`,
    }),
    STATE_NOT_READ: ({ port, balancer }: { readonly port: number; readonly balancer: string }) =>
      `the listener on port ${port} of ${balancer} runs`,
    LISTENS: ({
      balancer,
      protocol,
      port,
    }: {
      readonly balancer: string;
      readonly protocol: string;
      readonly port: number;
    }) => `${balancer} listens on ${protocol} ${port}`,
  },
} satisfies CheckWords;
