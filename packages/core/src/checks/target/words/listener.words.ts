import type { CheckWords } from '../../../findings/statement.js';

/** `port 443`, or `the named port` if the spec names no number. */
function portText(port: number | undefined): string {
  return port === undefined ? 'the named port' : `port ${port}`;
}

/** The texts of `target/listener`. */
export const targetListenerWords = {
  title: 'The load balancer has a running listener on the port',
  about:
    'A load balancer accepts connections only on the ports of its listeners. On Alibaba Cloud a listener of a CLB instance can be ' +
    'stopped. It then does not answer calls.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html',
    'https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/listener-overview',
  ],
  says: {
    LISTENER_NOT_READ: ({ balancer, port }: { readonly balancer: string; readonly port?: number | undefined }) =>
      `${balancer} listens on ${portText(port)}`,
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
      message: `${balancer} does not listen on ${portText(port)}; its listeners: ${others.join(', ') || 'none'}`,
      remedy:
        othersCount === 0
          ? `Create a listener for ${balancerId}.`
          : `Write the port of one of its listeners, or create a listener for ${balancerId} on this port.`,
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
      `the listener on port ${port} of ${balancer} is running`,
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
