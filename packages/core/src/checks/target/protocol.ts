import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { targetProtocolWords } from './words/protocol.words.js';
import { namelessAddress } from '../../kinds/plain-address.js';
import type { CheckInput } from '../../world/views.js';
import { aboutTarget } from '../../findings/about.js';
import { listenerEvidence } from '../../findings/evidence.js';
import { backends, balancedTargets } from '../../network/balancers/balancers.js';
import { wrongVersions } from '../../network/balancers/protocol-version.js';

const { fails, holds } = stating<(typeof targetProtocolWords)['says']>();

/** Protocols that pass HTTP through without TLS termination: the targets behind the listener terminate TLS. */
const PASSES_THROUGH: ReadonlySet<string> = new Set(['TCP', 'TCP_UDP', 'TCP_QUIC']);
const ENDS_TLS: ReadonlySet<string> = new Set(['HTTPS', 'TLS']);

/** `target/protocol`. */
export const targetProtocol: Judgement = {
  id: 'target/protocol',
  severity: 'error',
  run(input) {
    const said: Statement[] = [];
    for (const one of namelessAddresses(input)) said.push(one);
    for (const one of balancedTargets(input)) {
      const { integration, target, about, backend, balancer } = one;
      const found = backend.listener;
      if (found.is !== 'found') continue;
      const { protocol, port } = found.value;
      const name = balancer.name || balancer.id;
      const fits = ENDS_TLS.has(protocol)
        ? target.spec.tls !== undefined
        : protocol === 'HTTP'
          ? target.spec.tls === undefined
          : PASSES_THROUGH.has(protocol);
      const versions = fits ? wrongVersions(input, one, found.value) : [];
      if (versions.length > 0) {
        said.push(...versions);
        continue;
      }
      if (fits) {
        said.push(
          holds(input, about, 'PROTOCOL_FITS', () => ({
            params: { name, hasTls: target.spec.tls !== undefined, protocol, port },
            evidence: [listenerEvidence(found.value)],
          })),
        );
      } else {
        said.push(
          fails(about, 'PROTOCOL_UNFIT', {
            params: {
              hasTls: target.spec.tls !== undefined,
              name,
              protocol,
              port,
              endsTls: ENDS_TLS.has(protocol),
              integration: integration.name,
              target: target.name,
            },
            evidence: [listenerEvidence(found.value)],
          }),
        );
      }
    }
    return said;
  },
};

/** Addresses that are called without an authorization, but need a name that only an authorization can have. */
function* namelessAddresses(input: CheckInput): Generator<Statement> {
  for (const { integration, target } of backends(input)) {
    if (!('address' in target.spec.ref) || integration.spec.owner === 'external') continue;
    const { ref, tls } = target.spec;
    const nameless = namelessAddress(ref, tls, target.target);
    if (nameless === undefined) continue;
    yield fails(aboutTarget(integration, target), 'PLAN_REFUSES', {
      params: { message: nameless.message, remedy: nameless.remedy },
      evidence: [
        {
          kind: 'spec',
          id: `integrations.${integration.name}.targets.${target.name}.tls`,
          text: tls?.serverName ?? '',
        },
      ],
    });
  }
}
