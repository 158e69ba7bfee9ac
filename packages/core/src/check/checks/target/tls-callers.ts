import type { Evidence } from '../../../do/findings/finding.js';
import type { About } from '../../../do/findings/subject.js';
import type { Listener } from '../../../do/model/load-balancer.js';
import { PASSES_TLS_ON } from '../../path/balancers/listener-protocol.js';
import type { CalledListener } from '../../path/balancers/balancers.js';
import { fail, unknown, type Say } from '../../../do/findings/say.js';
import type { Outcome } from '../../../do/findings/check.js';
import { CLIENT_CERTIFICATE_CODES, stagesShow, type ClientCertificates } from './client-certificates.js';

export const TLS_CALLERS_CODES = {
  TLS_PASSED_ON: unknown(
    'the targets behind port {port} of {name} present a certificate for {serverName|their name}',
    'warning',
  ),
  ASKS_FOR_CERTIFICATE: fail(
    'port {port} of {name} requires a client certificate, and {by} {areMany?have:has} none',
    'Write a listener of {name} without mutual TLS, or set the mode of mutual TLS to [if protocol=TLS: off|off or passthrough].',
  ),
  MUTUAL_TLS_NOT_READ: unknown('port {port} of {name} accepts callers without a client certificate', 'warning'),
  ...CLIENT_CERTIFICATE_CODES,
};

/**
 * What terminates TLS behind it, with certificates that no API reports: targets other than load balancers of the snapshot, whose
 * listeners are judged themselves.
 */
export function* passedOn(
  say: Say<typeof TLS_CALLERS_CODES>,
  about: About,
  { listener: { id, port, protocol }, leadsOut }: CalledListener,
  name: string,
  serverName: string | undefined,
): Generator<Outcome> {
  if (!PASSES_TLS_ON.has(protocol) || !leadsOut) return;

  const missing = {
    what: `the certificate of the targets behind port ${port} of ${name}`,
    remedy: `Check that they present one for ${serverName ?? 'their name'} of a public certificate authority: ${name} passes TLS through to them.`,
  };
  const evidence = [{ kind: 'listener', id, text: `${protocol} ${port} passes TLS through` }];
  yield say.TLS_PASSED_ON(about, { port, name, serverName }, missing, evidence);
}

/** What opens the TLS connection: a load balancer, or gateways of a kind (`HTTP APIs`). */
export interface TlsCaller {
  readonly name: string;
  /** Of the stages that call; undefined where the caller never presents a certificate. */
  readonly certificates?: ClientCertificates | undefined;
}

/**
 * The client certificate that a listener requires. A gateway of HTTP APIs has none, nor has a load balancer. Stages of others can
 * have one. Whether the trust store of the listener accepts it cannot be read: the store contains a bundle in S3.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/mutual-authentication.html
 */
export function* callersShow(
  say: Say<typeof TLS_CALLERS_CODES>,
  about: About,
  listener: Listener,
  name: string,
  { name: by, certificates }: TlsCaller,
): Generator<Outcome> {
  const { id, port, protocol, clientCertificates } = listener;
  if (clientCertificates === 'none' || clientCertificates === 'passed') return;
  if (clientCertificates === undefined) {
    const what = `the mutual TLS mode of port ${port} of ${name}`;
    const remedy = 'Take the snapshot again with `postern snapshot`, which reads it.';
    yield say.MUTUAL_TLS_NOT_READ(about, { port, name }, { what, remedy });
    return;
  }

  const evidence: readonly Evidence[] = [{ kind: 'listener', id, text: 'mutual TLS: verify' }];
  if (certificates !== undefined) yield* stagesShow(say, about, certificates, { port, name }, by, evidence);
  else {
    const words = { areMany: by.endsWith(' APIs') };
    yield say.ASKS_FOR_CERTIFICATE(about, { port, name, by, protocol }, { evidence, words });
  }
}
