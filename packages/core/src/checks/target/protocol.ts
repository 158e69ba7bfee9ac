import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { targetProtocolWords } from './words/protocol.words.js';
import { namelessAddress } from '../../kinds/plain-address.js';
import type { CheckInput } from '../../world/views.js';
import { aboutTarget } from '../../findings/about.js';
import { listenerEvidence } from '../../findings/evidence.js';
import { backends, balancedTargets } from '../../network/balancers/balancers.js';
import {
  calledListeners,
  ENDS_TLS,
  PASSES_TLS_ON,
  type CalledListener,
} from '../../network/balancers/called-listeners.js';
import { wrongVersions } from '../../network/balancers/protocol-version.js';

const { fails, holds, unsure } = stating<(typeof targetProtocolWords)['says']>();

/** `target/protocol`. */
export const targetProtocol: Judgement = {
  id: 'target/protocol',
  severity: 'error',
  run(input) {
    const said: Statement[] = [];
    for (const one of namelessAddresses(input)) said.push(one);
    for (const one of balancedTargets(input)) {
      for (const called of calledListeners(one)) said.push(...ofListener(input, called));
    }
    return said;
  },
};

function ofListener(input: CheckInput, called: CalledListener): readonly Statement[] {
  const { at, listener, arriving, by } = called;
  const { integration, target, about, balancer } = at;
  const { protocol, port } = listener;
  const name = balancer.name || balancer.id;
  if (arriving === 'unknown' && (ENDS_TLS.has(protocol) || protocol === 'HTTP')) {
    const what = `the protocol of target group ${by?.group ?? ''}`;
    const missing = { what, remedy: 'Take the snapshot again with `postern snapshot`, which reads it.' };
    return [
      unsure(about, 'PROTOCOL_NOT_READ', { name, protocol, port }, missing, { evidence: [listenerEvidence(listener)] }),
    ];
  }
  const hasTls = arriving !== 'plain';
  const fits = ENDS_TLS.has(protocol) ? hasTls : protocol === 'HTTP' ? !hasTls : PASSES_TLS_ON.has(protocol);
  const versions = fits ? wrongVersions(input, at, listener) : [];
  if (versions.length > 0) return versions;
  if (fits) {
    return [
      holds(input, about, 'PROTOCOL_FITS', () => ({
        params: { name, hasTls, protocol, port },
        evidence: [listenerEvidence(listener)],
      })),
    ];
  }
  const endsTls = ENDS_TLS.has(protocol);
  const names = { name, protocol, port, integration: integration.name, target: target.name };
  const evidence = [listenerEvidence(listener)];
  if (by !== undefined && (arriving === 'tls of a load balancer' || by.protocol === 'TLS')) {
    return [
      fails(about, 'FORWARDER_UNFIT', {
        params: { ...names, hasTls, by: by.name, group: by.group },
        evidence,
      }),
    ];
  }
  return [fails(about, 'PROTOCOL_UNFIT', { params: { ...names, hasTls, endsTls, by }, evidence })];
}

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
