import { namelessAddress } from '../../kinds/plain-address.js';
import type { CheckInput } from '../../world/views.js';
import type { Check, Outcome } from '../../findings/check.js';
import { aboutTarget } from '../../findings/about.js';
import { listenerEvidence } from '../../findings/evidence.js';
import { listenerOf } from '../../network/balancers/backend.js';
import { fails, holds } from '../../findings/outcome.js';
import { backends, balancedTargets } from '../../network/balancers/balancers.js';
import { wrongVersions } from '../../network/balancers/protocol-version.js';

/** What carries HTTP through without ending TLS itself: `tls` is the business of what stands behind it. */
const PASSES_THROUGH: ReadonlySet<string> = new Set(['TCP', 'TCP_UDP', 'TCP_QUIC']);
const ENDS_TLS: ReadonlySet<string> = new Set(['HTTPS', 'TLS']);

/** `target/protocol`. */
export const targetProtocol: Check = {
  id: 'target/protocol',
  title: 'The listener speaks what the gateway speaks to it',
  severity: 'error',
  about:
    'A gateway speaks HTTP to a backend, over TLS where the target has `tls`. A listener for HTTPS or TLS answers plain HTTP with an error ' +
    'or not at all, one for HTTP does not understand TLS, and one for UDP carries neither. A TCP listener passes on what it gets: there ' +
    'it is up to what stands behind it. It speaks HTTP/1.1: target groups for HTTP/2 or gRPC alone answer 464. A plain address behind an integration instance has no name of its own for which a certificate could be checked.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html',
  ],
  *run(input) {
    yield* namelessAddresses(input);
    for (const { integration, target, backend, balancer } of balancedTargets(input)) {
      const found = listenerOf(integration.link.region, target, backend);
      if (found.is !== 'found') continue;
      const { protocol, port } = found.value;
      const spoken = target.spec.tls === undefined ? 'plain HTTP' : 'HTTPS';
      const name = balancer.name || balancer.id;
      const about = aboutTarget(integration, target);
      const place = () => `integrations.${integration.name}.targets.${target.name}.tls`;
      const wrong =
        ENDS_TLS.has(protocol) && target.spec.tls === undefined
          ? `Write ${place()} with the name on the listener's certificate as serverName, then run \`postern apply\`: it updates the routes.`
          : protocol === 'HTTP' && target.spec.tls !== undefined
            ? `Remove ${place()} and run \`postern apply\`, or write a port of ${name} that listens for HTTPS.`
            : !ENDS_TLS.has(protocol) && !PASSES_THROUGH.has(protocol) && protocol !== 'HTTP'
              ? `Write a listener of ${name} for HTTP, HTTPS, TCP or TLS.`
              : undefined;
      const versions = wrong === undefined ? wrongVersions(input, integration, target, balancer, found.value) : [];
      for (const outcome of versions) yield outcome;
      if (versions.length > 0) continue;
      if (wrong === undefined) {
        yield holds(input, about, () => ({
          message: `${name} understands ${spoken} on ${protocol} ${port}`,
          evidence: [listenerEvidence(found.value)],
        }));
      } else {
        yield fails(about, {
          message: `the gateway would speak ${spoken} to ${name}, which listens for ${protocol} on port ${port}`,
          evidence: [listenerEvidence(found.value)],
          remedy: wrong,
        });
      }
    }
  },
};

/** Addresses that are called without an authorisation, and are to have a name that only an authorisation holds. */
function* namelessAddresses(input: CheckInput): Generator<Outcome> {
  for (const { integration, target } of backends(input)) {
    if (!('address' in target.spec.ref) || integration.spec.owner === 'external') continue;
    const { ref, tls } = target.spec;
    const nameless = namelessAddress(ref, tls, target.target);
    if (nameless === undefined) continue;
    yield fails(aboutTarget(integration, target), {
      message: `${nameless.message}, for which its certificate could be checked: \`postern apply\` refuses it`,
      evidence: [
        {
          kind: 'spec',
          id: `integrations.${integration.name}.targets.${target.name}.tls`,
          text: tls?.serverName ?? '',
        },
      ],
      remedy: nameless.remedy,
    });
  }
}
