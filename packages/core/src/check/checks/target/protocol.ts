import { fail, pass, unknown, type Say } from '../../../do/findings/say.js';
import { targetHealthReasons } from '../../path/reasons/target-health.js';
import { namelessAddress } from '../../../do/kinds/id-kinds.js';
import type { CheckInput } from '../../../do/world/views.js';
import { aboutTarget } from '../../../do/findings/subject.js';
import { listenerEvidence } from '../../../do/findings/evidence.js';
import { backends, balancedTargets, type CalledListener } from '../../path/balancers/balancers.js';
import { calledListeners } from '../../path/balancers/called-listeners.js';
import {
  carriesHttp,
  ENDS_TLS,
  PASSES_TLS_ON,
  protocolMissing,
  wrongVersions,
} from '../../path/balancers/listener-protocol.js';
import { defineCheck } from '../define-check.js';
import type { Outcome } from '../../../do/findings/check.js';

const CODES = {
  HTTP1_REFUSED: fail('{because}', '{remedy|}'),
  PROTOCOL_FITS: pass('{name} accepts {hasTls?HTTPS:plain HTTP} on {protocol} {port}'),
  PROTOCOL_NOT_READ: unknown('what arrives at {protocol} {port} of {name} is what it accepts'),
  BEHIND_NOT_READ: unknown('a load balancer behind {protocol} {port} of {name} accepts what it gets'),
  PROTOCOL_UNFIT: fail(
    'the gateway sends {hasTls?HTTPS:plain HTTP} [through {through} ]to {name}, which listens for {protocol} on port {port}',
    [
      'if endsTls: Write integrations.{integration}.targets.{target}.tls with the name on the certificate of the listener as serverName, then run `postern apply`: it updates the routes.',
      'if protocol=HTTP: Remove integrations.{integration}.targets.{target}.tls and run `postern apply`, or [register {name} in target group {group} with a port that listens for HTTPS|write a port of {name} that listens for HTTPS].',
      'Write a listener of {name} for HTTP, HTTPS, TCP or TLS.',
    ],
    undefined,
    [
      'if endsTls: Write integrations.{integration}.targets.{target}.tls.',
      'if protocol=HTTP: Remove integrations.{integration}.targets.{target}.tls, or [register {name} in target group {group} with a port that listens for HTTPS|write a port of {name} that listens for HTTPS].',
      'Write a listener of {name} for HTTP, HTTPS, TCP or TLS.',
    ],
  ),
  FORWARDER_UNFIT: fail(
    '{by} sends {hasTls?TLS:plain TCP} to {name} (target group {group}), which listens for {protocol} on port {port}',
    'Register {name} with a port that listens for {hasTls?HTTPS:HTTP} in target group {group}, or use a target group for {hasTls?TCP:TLS}.',
  ),
  PLAN_REFUSES: fail('{message} for the verification of its certificate: `postern apply` rejects it', '{remedy}'),
};

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
  codes: CODES,
  *run(input, say) {
    yield* namelessAddresses(say, input);
    for (const one of balancedTargets(input)) {
      for (const called of calledListeners(one)) yield* ofListener(say, input, called);
    }
  },
});

function ofListener(say: Say<typeof CODES>, input: CheckInput, called: CalledListener): readonly Outcome[] {
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
  const on = { name, protocol, port };
  const evidence = [listenerEvidence(listener)];
  if (open !== undefined) return [say.PROTOCOL_NOT_READ(about, on, open, evidence)];

  const hasTls = arriving !== 'plain';
  const endsTls = ENDS_TLS.has(protocol);
  const fits = endsTls ? hasTls : protocol === 'HTTP' ? !hasTls : PASSES_TLS_ON.has(protocol);
  const versions = fits ? wrongVersions(input, at, listener) : [];
  if (versions.length > 0) {
    return versions.map((one) => {
      const { because, remedy } = targetHealthReasons.HTTP1_REFUSED(one.facts);
      return say.HTTP1_REFUSED(one.about, one.facts, { evidence: one.evidence, words: { because, remedy } });
    });
  }
  if (fits && called.unread !== undefined) return [say.BEHIND_NOT_READ(about, on, called.unread, evidence)];
  if (fits) return [say.PROTOCOL_FITS(about, { name, hasTls, protocol, port }, evidence)];

  const names = { ...on, integration: integration.name, target: target.name };
  if (by !== undefined && (arriving === 'tls of a load balancer' || by.protocol === 'TLS'))
    return [say.FORWARDER_UNFIT(about, { ...names, hasTls, by: by.name, group: by.group }, evidence)];

  const words = { through: by && `${by.name} (${by.protocol} ${by.port})`, group: by?.group };
  return [say.PROTOCOL_UNFIT(about, { ...names, hasTls, endsTls, by }, { evidence, words })];
}

/** Addresses that are called without an authorization, but need a name that only an authorization can have. */
function* namelessAddresses(say: Say<typeof CODES>, input: CheckInput): Generator<Outcome> {
  for (const { integration, target } of backends(input)) {
    if (!('address' in target.spec.ref) || integration.spec.owner === 'external') continue;

    const { ref, tls } = target.spec;
    const nameless = namelessAddress(integration.link.region.clouds, integration.link.kind, ref, tls, target.target);
    if (nameless === undefined) continue;

    yield say.PLAN_REFUSES(aboutTarget(integration, target), { message: nameless.message, remedy: nameless.remedy }, [
      {
        kind: 'spec',
        id: `integrations.${integration.name}.targets.${target.name}.tls`,
        text: tls?.serverName ?? '',
      },
    ]);
  }
}
