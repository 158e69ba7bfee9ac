import { kindOf } from '../../../do/world/link-facts.js';
import { targetHealthReasons } from '../../path/reasons/target-health.js';
import { namelessAddress } from '../../../do/kinds/plain-address.js';
import type { CheckInput } from '../../../do/world/views.js';
import { aboutTarget } from '../../../do/findings/about.js';
import { listenerEvidence } from '../../../do/findings/evidence.js';
import { backends, balancedTargets } from '../../path/balancers/balancers.js';
import { calledListeners } from '../../path/balancers/called-listeners.js';
import { carriesHttp, ENDS_TLS, PASSES_TLS_ON, protocolMissing } from '../../path/balancers/listener-protocol.js';
import { type CalledListener } from '../../path/balancers/balanced-target.js';
import { wrongVersions } from '../../path/balancers/protocol-version.js';
import { defineCheck } from '../define-check.js';
import type { Say } from '../../../do/findings/say-text.js';
import type { Outcome } from '../../../do/findings/check.js';

/** `target/protocol`. */
export const targetProtocol = defineCheck({
  id: 'target/protocol',
  severity: 'error',
  title: 'The listener accepts the protocol that the gateway sends',
  about:
    'A gateway sends HTTP to a backend, over TLS if the target has `tls`. A listener for HTTPS or TLS answers ' +
    'plain HTTP with an error or not at all. A listener for HTTP does not accept TLS, and a listener for UDP ' +
    'accepts neither. A TCP listener passes through what it receives; the targets behind it must accept it. ' +
    'The listener of a load balancer behind it is evaluated as well. The gateway uses HTTP/1.1, which target ' +
    'groups for only HTTP/2 or gRPC do not accept.',
  codes: [
    'HTTP1_REFUSED',
    'PROTOCOL_FITS',
    'PROTOCOL_NOT_READ',
    'BEHIND_NOT_READ',
    'PROTOCOL_UNFIT',
    'FORWARDER_UNFIT',
    'PLAN_REFUSES',
  ],
  *run(input, say) {
    yield* namelessAddresses(say, input);
    for (const one of balancedTargets(input)) {
      for (const called of calledListeners(one)) yield* ofListener(say, input, called);
    }
  },
});

function ofListener(say: Say, input: CheckInput, called: CalledListener): readonly Outcome[] {
  const { at, listener, arriving, by } = called;
  const { integration, target, about, balancer } = at;
  const { protocol, port } = listener;
  const name = balancer.name || balancer.id;
  const open =
    carriesHttp(protocol) === 'unknown'
      ? protocolMissing(protocol, `the listener on port ${port} of ${name}`)
      : arriving === 'unknown' && carriesHttp(protocol) === 'yes' && !PASSES_TLS_ON.has(protocol)
        ? {
            what: `the protocol of target group ${by?.group ?? ''}`,
            remedy: 'Take the snapshot again with `postern snapshot`, which reads it.',
          }
        : undefined;
  if (open !== undefined) {
    return [
      say.unknown(about, 'PROTOCOL_NOT_READ', { name, protocol, port }, open, (p) => ({
        whether: `what arrives at ${p.protocol} ${p.port} of ${p.name} is what it accepts`,
        evidence: [listenerEvidence(listener)],
      })),
    ];
  }
  const hasTls = arriving !== 'plain';
  const fits = ENDS_TLS.has(protocol) ? hasTls : protocol === 'HTTP' ? !hasTls : PASSES_TLS_ON.has(protocol);
  const versions = fits ? wrongVersions(input, at, listener) : [];
  if (versions.length > 0) {
    return versions.map((one) =>
      say.fail(one.about, 'HTTP1_REFUSED', one.facts, (p) => {
        const { because, remedy } = targetHealthReasons.HTTP1_REFUSED(p);
        return { message: because, remedy, evidence: one.evidence };
      }),
    );
  }
  if (fits && called.unread !== undefined) {
    return [
      say.unknown(about, 'BEHIND_NOT_READ', { name, protocol, port }, called.unread, (p) => ({
        whether: `a load balancer behind ${p.protocol} ${p.port} of ${p.name} accepts what it gets`,
        evidence: [listenerEvidence(listener)],
      })),
    ];
  }
  if (fits) {
    return [
      say.pass(
        about,
        'PROTOCOL_FITS',
        () => ({ name, hasTls, protocol, port }),
        (p) => ({
          message: `${p.name} accepts ${!p.hasTls ? 'plain HTTP' : 'HTTPS'} on ${p.protocol} ${p.port}`,
          evidence: [listenerEvidence(listener)],
        }),
      ),
    ];
  }
  const endsTls = ENDS_TLS.has(protocol);
  const names = { name, protocol, port, integration: integration.name, target: target.name };
  const evidence = [listenerEvidence(listener)];
  if (by !== undefined && (arriving === 'tls of a load balancer' || by.protocol === 'TLS')) {
    return [
      say.fail(about, 'FORWARDER_UNFIT', { ...names, hasTls, by: by.name, group: by.group }, (p) => ({
        message: `${p.by} sends ${p.hasTls ? 'TLS' : 'plain TCP'} to ${p.name} (target group ${p.group}), which listens for ${p.protocol} on port ${p.port}`,
        remedy: `Register ${p.name} with a port that listens for ${p.hasTls ? 'HTTPS' : 'HTTP'} in target group ${p.group}, or use a target group for ${p.hasTls ? 'TCP' : 'TLS'}.`,
        evidence,
      })),
    ];
  }
  return [
    say.fail(about, 'PROTOCOL_UNFIT', { ...names, hasTls, endsTls, by }, (p) => ({
      message: `the gateway sends ${p.hasTls ? 'HTTPS' : 'plain HTTP'} ${p.by === undefined ? `to ${p.name}` : `through ${p.by.name} (${p.by.protocol} ${p.by.port}) to ${p.name}`}, which listens for ${p.protocol} on port ${p.port}`,
      remedy: p.endsTls
        ? `Write integrations.${p.integration}.targets.${p.target}.tls with the name on the certificate of the listener as serverName, then run \`postern apply\`: it updates the routes.`
        : p.protocol === 'HTTP'
          ? `Remove integrations.${p.integration}.targets.${p.target}.tls and run \`postern apply\`, or ${p.by === undefined ? `write a port of ${p.name} that listens for HTTPS` : `register ${p.name} in target group ${p.by.group} with a port that listens for HTTPS`}.`
          : `Write a listener of ${p.name} for HTTP, HTTPS, TCP or TLS.`,
      evidence,
    })),
  ];
}

/** Addresses that are called without an authorization, but need a name that only an authorization can have. */
function* namelessAddresses(say: Say, input: CheckInput): Generator<Outcome> {
  for (const { integration, target } of backends(input)) {
    if (!('address' in target.spec.ref) || integration.spec.owner === 'external') continue;
    const { ref, tls } = target.spec;
    const nameless = namelessAddress(integration.link.region.clouds, kindOf(integration.link), ref, tls, target.target);
    if (nameless === undefined) continue;
    yield say.fail(
      aboutTarget(integration, target),
      'PLAN_REFUSES',
      { message: nameless.message, remedy: nameless.remedy },
      (p) => ({
        message: `${p.message} for the verification of its certificate: \`postern apply\` rejects it`,
        remedy: p.remedy,
        evidence: [
          {
            kind: 'spec',
            id: `integrations.${integration.name}.targets.${target.name}.tls`,
            text: tls?.serverName ?? '',
          },
        ],
      }),
    );
  }
}
