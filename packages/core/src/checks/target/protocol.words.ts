import type { CheckWords } from '../../findings/statement.js';
import { versionSays } from '../../network/balancers/version-text.js';

/** The texts of `target/protocol`. */
export const targetProtocolWords = {
  title: 'The listener speaks what the gateway speaks to it',
  about:
    'A gateway speaks HTTP to a backend, over TLS where the target has `tls`. A listener for HTTPS or TLS answers plain HTTP with an error ' +
    'or not at all, one for HTTP does not understand TLS, and one for UDP carries neither. A TCP listener passes on what it gets: there ' +
    'it is up to what stands behind it. It speaks HTTP/1.1: target groups for HTTP/2 or gRPC alone answer 464. A plain address behind an integration instance has no name of its own for which a certificate could be checked.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html',
  ],
  says: {
    ...versionSays,
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
    }) => `${name} understands ${!hasTls ? 'plain HTTP' : 'HTTPS'} on ${protocol} ${port}`,
    PROTOCOL_UNFIT: ({
      hasTls,
      name,
      protocol,
      port,
      endsTls,
      integration,
      target,
    }: {
      readonly hasTls: boolean;
      readonly name: string;
      readonly protocol: string;
      readonly port: number;
      readonly endsTls: boolean;
      readonly integration: string;
      readonly target: string;
    }) => ({
      message: `the gateway would speak ${hasTls ? 'HTTPS' : 'plain HTTP'} to ${name}, which listens for ${protocol} on port ${port}`,
      remedy: endsTls
        ? `Write integrations.${integration}.targets.${target}.tls with the name on the listener's certificate as serverName, then run \`postern apply\`: it updates the routes.`
        : protocol === 'HTTP'
          ? `Remove integrations.${integration}.targets.${target}.tls and run \`postern apply\`, or write a port of ${name} that listens for HTTPS.`
          : `Write a listener of ${name} for HTTP, HTTPS, TCP or TLS.`,
    }),
    PLAN_REFUSES: ({ message, remedy }: { readonly message: string; readonly remedy: string }) => ({
      message: `${message}, for which its certificate could be checked: \`postern apply\` refuses it`,
      remedy: remedy,
    }),
  },
} satisfies CheckWords;
