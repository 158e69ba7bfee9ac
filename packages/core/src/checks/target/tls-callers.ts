import { stating, type Statement } from '../../findings/statement.js';
import type { tlsCallersSays } from './words/tls-callers.words.js';
import type { About } from '../../findings/subject.js';
import type { Listener } from '../../model/load-balancer.js';
import { PASSES_TLS_ON, type CalledListener } from '../../network/balancers/called-listeners.js';

const { fails, unsure } = stating<typeof tlsCallersSays>();

/**
 * What terminates TLS behind it, with certificates that no API reports: targets other than load balancers of the snapshot, whose
 * listeners are judged themselves.
 */
export function* passedOn(
  about: About,
  { listener: { id, port, protocol }, leadsOut }: CalledListener,
  name: string,
  serverName: string | undefined,
): Generator<Statement> {
  if (!PASSES_TLS_ON.has(protocol) || !leadsOut) return;
  const of = serverName === undefined ? 'their name' : serverName;
  yield unsure(
    about,
    'TLS_PASSED_ON',
    { port, name, serverName },
    {
      what: `the certificate of the targets behind port ${port} of ${name}`,
      remedy: `Check that they present one for ${of} of a public certificate authority: ${name} passes TLS through to them.`,
    },
    { severity: 'warning', evidence: [{ kind: 'listener', id, text: `${protocol} ${port} passes TLS through` }] },
  );
}

/**
 * The client certificate that a listener requires. A gateway of HTTP APIs has none, nor has a load balancer.
 * @param by what opens the TLS connection: a load balancer, or gateways of a kind (`HTTP APIs`)
 */
export function* callersShow(about: About, listener: Listener, name: string, by: string): Generator<Statement> {
  const { id, port, protocol, clientCertificates } = listener;
  if (protocol !== 'HTTPS' || clientCertificates === 'none' || clientCertificates === 'passed') return;
  if (clientCertificates === 'required') {
    yield fails(about, 'ASKS_FOR_CERTIFICATE', {
      params: { port, name, by },
      evidence: [{ kind: 'listener', id, text: 'mutual TLS: verify' }],
    });
    return;
  }
  yield unsure(
    about,
    'MUTUAL_TLS_NOT_READ',
    { port, name },
    {
      what: `the mutual TLS mode of port ${port} of ${name}`,
      remedy: 'Take the snapshot again with `postern snapshot`, which reads it.',
    },
    { severity: 'warning' },
  );
}
