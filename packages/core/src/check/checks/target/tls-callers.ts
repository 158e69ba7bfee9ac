import type { Evidence } from '../../../do/findings/finding.js';
import type { About } from '../../../do/findings/subject.js';
import type { Listener } from '../../../do/model/load-balancer.js';
import { PASSES_TLS_ON } from '../../path/balancers/listener-protocol.js';
import { type CalledListener } from '../../path/balancers/balanced-target.js';
import type { Say } from '../../../do/findings/say-text.js';
import type { Outcome } from '../../../do/findings/check.js';
import { stagesShow, type ClientCertificates } from './client-certificates.js';

export const TLS_CALLERS_CODES = ['TLS_PASSED_ON', 'ASKS_FOR_CERTIFICATE', 'MUTUAL_TLS_NOT_READ'] as const;

/**
 * What terminates TLS behind it, with certificates that no API reports: targets other than load balancers of the snapshot, whose
 * listeners are judged themselves.
 */
export function* passedOn(
  say: Say,
  about: About,
  { listener: { id, port, protocol }, leadsOut }: CalledListener,
  name: string,
  serverName: string | undefined,
): Generator<Outcome> {
  if (!PASSES_TLS_ON.has(protocol) || !leadsOut) return;
  const of = serverName === undefined ? 'their name' : serverName;
  yield say.unknown(
    about,
    'TLS_PASSED_ON',
    { port, name, serverName },
    {
      what: `the certificate of the targets behind port ${port} of ${name}`,
      remedy: `Check that they present one for ${of} of a public certificate authority: ${name} passes TLS through to them.`,
    },
    (p) => ({
      whether: `the targets behind port ${p.port} of ${p.name} present a certificate for ${p.serverName === undefined ? 'their name' : p.serverName}`,
      severity: 'warning',
      evidence: [{ kind: 'listener', id, text: `${protocol} ${port} passes TLS through` }],
    }),
  );
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
  say: Say,
  about: About,
  listener: Listener,
  name: string,
  { name: by, certificates }: TlsCaller,
): Generator<Outcome> {
  const { id, port, protocol, clientCertificates } = listener;
  if (clientCertificates === 'none' || clientCertificates === 'passed') return;
  if (clientCertificates === 'required') {
    const evidence: readonly Evidence[] = [{ kind: 'listener', id, text: 'mutual TLS: verify' }];
    if (certificates !== undefined) {
      yield* stagesShow(say, about, certificates, { port, name, by }, evidence);
      return;
    }
    yield say.fail(about, 'ASKS_FOR_CERTIFICATE', { port, name, by, protocol }, (p) => ({
      message: `port ${p.port} of ${p.name} requires a client certificate, and ${p.by} ${p.by.endsWith(' APIs') ? 'have' : 'has'} none`,
      remedy: `Write a listener of ${p.name} without mutual TLS, or set the mode of mutual TLS to off${p.protocol === 'TLS' ? '' : ' or passthrough'}.`,
      evidence,
    }));
    return;
  }
  yield say.unknown(
    about,
    'MUTUAL_TLS_NOT_READ',
    { port, name },
    {
      what: `the mutual TLS mode of port ${port} of ${name}`,
      remedy: 'Take the snapshot again with `postern snapshot`, which reads it.',
    },
    (p) => ({
      whether: `port ${p.port} of ${p.name} accepts callers without a client certificate`,
      severity: 'warning',
    }),
  );
}
