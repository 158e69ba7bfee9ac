import type { About } from '../../findings/subject.js';
import type { Listener } from '../../model/load-balancer.js';
import type { Outcome } from '../../findings/check.js';
import { fails, unsure } from '../../findings/outcome.js';

/** What carries TLS through without ending it. */
const PASSES_THROUGH: ReadonlySet<string> = new Set(['TCP', 'TCP_UDP', 'TCP_QUIC']);

/** Targets behind it end TLS, with certificates that no API tells. */
export function* passedOn(
  about: About,
  { id, port, protocol }: Listener,
  name: string,
  serverName: string | undefined,
): Generator<Outcome> {
  if (!PASSES_THROUGH.has(protocol)) return;
  const of = serverName === undefined ? 'its name' : serverName;
  yield unsure(
    about,
    `what stands behind port ${port} of ${name} shows a certificate for ${of}`,
    {
      what: `the certificate of the targets behind port ${port} of ${name}`,
      remedy: `Look whether they show one for ${of} of a public authority: ${name} passes TLS on to them.`,
    },
    { severity: 'warning', evidence: [{ kind: 'listener', id, text: `${protocol} ${port} passes TLS on` }] },
  );
}

/** What a listener asks callers to show. A gateway of HTTP APIs has nothing to show. */
export function* callersShow(about: About, listener: Listener, name: string): Generator<Outcome> {
  const { id, port, protocol, clientCertificates } = listener;
  if (protocol !== 'HTTPS' || clientCertificates === 'none' || clientCertificates === 'passed') return;
  if (clientCertificates === 'required') {
    yield fails(about, {
      message: `port ${port} of ${name} asks callers for a certificate, and HTTP APIs have none to show`,
      evidence: [{ kind: 'listener', id, text: 'mutual TLS: verify' }],
      remedy: `Write a listener of ${name} without mutual TLS, or switch its mode to off or passthrough.`,
    });
    return;
  }
  yield unsure(
    about,
    `port ${port} of ${name} takes callers without a certificate`,
    {
      what: `whether port ${port} of ${name} asks callers for a certificate`,
      remedy: 'Take the snapshot again with `postern snapshot`, which reads it.',
    },
    { severity: 'warning' },
  );
}
