import type { GatewayCall, GatewayAnswer, Trace } from '../../../simulation/traffic/gateway-call.js';
import type { Outcome } from '../../../simulation/traffic/outcomes.js';
import { handshakeProblem } from '../../apig/domain/certificates.js';
import { SERVES } from '../../apig/gateway/gateway-life.js';
import type { ApigDomainRow, ApigGatewayRow, NetworkType } from '../../apig/state.js';
import { notReceived } from '../gateway-error.js';
import { CALLER_HEADER } from '../entrance.js';
import { PROTOCOL_HEADER } from '../protocol-header.js';
import type { ApigGround } from './ground.js';
import { ownAnswer } from './answers.js';

const STATES: Readonly<Record<string, Outcome>> = { Creating: 'link-pending', Deleting: 'link-missing' };

/**
 * What happens to a call before HTTP: no gateway, no way to its load balancer, no TLS, a redirection. Undefined: the gateway receives it.
 * @param via the load balancer whose address the caller has; undefined: the one that the caller reaches
 */
export function stopsAtEntrance(
  ground: ApigGround,
  gateway: ApigGatewayRow,
  domain: ApigDomainRow | undefined,
  call: GatewayCall,
  via: NetworkType | undefined,
  trace: Trace,
): GatewayAnswer | undefined {
  if (!SERVES.has(gateway.status)) {
    return notReceived(STATES[gateway.status] ?? 'link-failed', `Gateway ${gateway.id} is ${gateway.status}.`, trace);
  }
  const unreachable = notReached(ground, gateway, call.headers[CALLER_HEADER], via);
  if (unreachable !== undefined) return notReceived('unreachable', unreachable, trace);
  return domain && stoppedByProtocol(ground, domain, call, trace);
}

function notReached(
  { alibaba }: ApigGround,
  { id, vpcId, loadBalancers }: ApigGatewayRow,
  given: string | undefined,
  via: NetworkType | undefined,
): string | undefined {
  const has = (type: NetworkType): boolean => loadBalancers.some(({ addressType }) => addressType === type);
  // Calls to the simulator have no network position: one to an intranet address counts as coming from the VPC.
  const usual = via === 'Intranet' || !has('Internet') ? vpcId : 'internet';
  const from = given ?? usual;
  const type = via ?? (from === 'internet' || !has('Intranet') ? 'Internet' : 'Intranet');
  if (!has(type)) return `Gateway ${id} has no ${type} load balancer.`;
  if (type === 'Internet' || from === vpcId) return undefined;
  const isPeered = [...alibaba.peerings.values()].some(
    ({ status, requester, accepter }) =>
      status === 'Activated' &&
      [requester.vpcId, accepter.vpcId].includes(from) &&
      [requester.vpcId, accepter.vpcId].includes(vpcId),
  );
  return isPeered ? undefined : `The intranet address of ${id} is called from ${vpcId}, not from ${from}.`;
}

/**
 * Without a header that names the protocol, a domain is called by its own. HTTPS needs a certificate that is for the name. Port 80 of an
 * HTTPS domain is open unless HTTPS is forced [I]; the status of the redirection is [U].
 */
function stoppedByProtocol(
  { state, now }: ApigGround,
  { protocol, certIdentifier, forceHttps, mTLSEnabled }: ApigDomainRow,
  { host, path, headers }: GatewayCall,
  trace: Trace,
): GatewayAnswer | undefined {
  const used = (headers[PROTOCOL_HEADER] ?? protocol).toUpperCase();
  if (used === 'HTTP') {
    if (!forceHttps || protocol !== 'HTTPS') return undefined;
    const because = `${host} forces HTTPS.`;
    return ownAnswer(
      { status: 301, headers: { location: `https://${host}${path}` }, outcome: 'no-route', because },
      trace,
    );
  }
  if (protocol !== 'HTTPS')
    return notReceived('unreachable', `The TLS handshake fails: ${host} is an HTTP domain.`, trace);
  const problem = handshakeProblem(state.apig.certificates.get(certIdentifier), host, now());
  if (problem !== undefined) return notReceived('unreachable', `The TLS handshake fails: ${problem}`, trace);
  if (!mTLSEnabled || headers[CERTIFICATE_HEADER] !== undefined) return undefined;
  return notReceived('unreachable', `The TLS handshake fails: ${host} asks for a certificate of the client.`, trace);
}

/** The caller has a certificate of its own, which counts as a right one. */
const CERTIFICATE_HEADER = 'x-postern-client-certificate';
