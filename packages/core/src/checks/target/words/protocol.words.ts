import type { CheckWords } from '../../../findings/statement.js';
import type { Forwarder } from '../../../network/balancers/called-listeners.js';
import { http1Refused } from '../../path/words/http1.js';

/** The texts of `target/protocol`. */
export const targetProtocolWords = {
  title: 'The listener accepts the protocol that the gateway sends',
  about:
    'A gateway sends HTTP to a backend, over TLS if the target has `tls`. A listener for HTTPS or TLS answers plain HTTP with an error or ' +
    'not at all. A listener for HTTP does not accept TLS, and a listener for UDP accepts neither. A TCP listener passes through what it ' +
    'receives; the targets behind it must accept it. The listener of a load balancer behind it is evaluated as well. The gateway uses ' +
    'HTTP/1.1: target groups for only HTTP/2 or gRPC return 464. ' +
    'A plain address behind an integration instance has no name of its own for the verification of a certificate.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html',
    'https://repost.aws/knowledge-center/api-gateway-private-integration-errors',
  ],
  says: {
    HTTP1_REFUSED: (facts: { readonly group: string; readonly version?: string | undefined }) => {
      const { because, remedy } = http1Refused(facts);
      return { message: because, remedy };
    },
    PROTOCOL_FITS: ({
      name,
      hasTls,
      protocol,
      port,
    }: {
      readonly name: string;
      readonly hasTls: boolean;
      readonly protocol: string;
      readonly port: number;
    }) => `${name} accepts ${!hasTls ? 'plain HTTP' : 'HTTPS'} on ${protocol} ${port}`,
    PROTOCOL_NOT_READ: ({
      name,
      protocol,
      port,
    }: {
      readonly name: string;
      readonly protocol: string;
      readonly port: number;
    }) => `what arrives at ${protocol} ${port} of ${name} is what it accepts`,
    PROTOCOL_UNFIT: ({
      hasTls,
      name,
      protocol,
      port,
      endsTls,
      integration,
      target,
      by,
    }: {
      readonly hasTls: boolean;
      readonly name: string;
      readonly protocol: string;
      readonly port: number;
      readonly endsTls: boolean;
      readonly integration: string;
      readonly target: string;
      readonly by?: Forwarder | undefined;
    }) => ({
      message: `the gateway sends ${hasTls ? 'HTTPS' : 'plain HTTP'} ${by === undefined ? `to ${name}` : `through ${by.name} (${by.protocol} ${by.port}) to ${name}`}, which listens for ${protocol} on port ${port}`,
      remedy: endsTls
        ? `Write integrations.${integration}.targets.${target}.tls with the name on the certificate of the listener as serverName, then run \`postern apply\`: it updates the routes.`
        : protocol === 'HTTP'
          ? `Remove integrations.${integration}.targets.${target}.tls and run \`postern apply\`, or ${by === undefined ? `write a port of ${name} that listens for HTTPS` : `register ${name} in target group ${by.group} with a port that listens for HTTPS`}.`
          : `Write a listener of ${name} for HTTP, HTTPS, TCP or TLS.`,
    }),
    FORWARDER_UNFIT: ({
      hasTls,
      name,
      protocol,
      port,
      by,
      group,
    }: {
      readonly hasTls: boolean;
      readonly name: string;
      readonly protocol: string;
      readonly port: number;
      readonly by: string;
      readonly group: string;
    }) => ({
      message: `${by} sends ${hasTls ? 'TLS' : 'plain TCP'} to ${name} (target group ${group}), which listens for ${protocol} on port ${port}`,
      remedy: `Register ${name} with a port that listens for ${hasTls ? 'HTTPS' : 'HTTP'} in target group ${group}, or use a target group for ${hasTls ? 'TCP' : 'TLS'}.`,
    }),
    PLAN_REFUSES: ({ message, remedy }: { readonly message: string; readonly remedy: string }) => ({
      message: `${message} for the verification of its certificate: \`postern apply\` rejects it`,
      remedy: remedy,
    }),
  },
} satisfies CheckWords;
