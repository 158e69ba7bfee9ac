import type {
  LoadBalancerTypeEnum,
  MutualAuthenticationAttributes,
  ProtocolEnum,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import type { Given } from '../../state/given.js';
import type { ListenerRow, LoadBalancerRow } from '../state.js';
import { completeActions } from './actions.js';
import { defaultCertificate, DEFAULT_SSL_POLICY, SSL_POLICIES } from './certificates.js';
import { invalid, unfit } from '../request.js';
import { getTrustStore, listenersOf } from '../find.js';

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html */
const PROTOCOLS: Readonly<Record<LoadBalancerTypeEnum, readonly ProtocolEnum[]>> = {
  application: ['HTTP', 'HTTPS'],
  network: ['TCP', 'QUIC', 'TCP_QUIC', 'UDP', 'TCP_UDP', 'TLS'],
  gateway: [],
};
const SECURE = new Set<string | undefined>(['HTTPS', 'TLS']);
const ALPN_POLICIES = ['HTTP1Only', 'HTTP2Only', 'HTTP2Optional', 'HTTP2Preferred', 'None'];
const DATAGRAMS = new Set<string | undefined>(['UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC']);

/** The parts of a listener that can be changed. */
export type ListenerSettings = Pick<
  ListenerRow['fields'],
  'Protocol' | 'Port' | 'SslPolicy' | 'Certificates' | 'AlpnPolicy' | 'MutualAuthentication' | 'DefaultActions'
>;

/** What a listener is to be. Absent members mean: none, or the default. */
export type WantedListener = Given<ListenerSettings>;

/**
 * Checks what a listener is to be, and completes it.
 * @throws {ServiceError} `ValidationError`, `InvalidConfigurationRequest`, `SSLPolicyNotFound`, `CertificateNotFound`,
 * `ALPNPolicyNotFound`, `TrustStoreNotFound`, and what {@link completeActions} throws.
 */
export function listenerSettings(call: AwsCall, balancer: LoadBalancerRow, wanted: WantedListener): ListenerSettings {
  checkProtocol(balancer, wanted);
  const { Protocol, Port } = wanted;
  return {
    Protocol,
    Port,
    ...security(call, wanted),
    AlpnPolicy: alpn(wanted),
    MutualAuthentication: mutual(call, wanted),
    DefaultActions: completeActions(call, balancer, Protocol, wanted.DefaultActions),
  };
}

function checkProtocol({ fields }: LoadBalancerRow, { Protocol: protocol, Port: port }: WantedListener): void {
  if (fields.Type === 'gateway') {
    if (port !== undefined) throw invalid('A port cannot be specified for gateway listeners');
    if (protocol !== undefined) throw invalid('A protocol cannot be specified for gateway listeners');

    return;
  }
  if (port === undefined) throw invalid('A listener port must be specified');
  if (protocol === undefined) throw invalid('A listener protocol must be specified');

  const allowed = PROTOCOLS[fields.Type];
  if (!allowed.includes(protocol))
    throw invalid(`Listener protocol '${protocol}' must be one of '${allowed.join(', ')}'`);

  const dualstack = fields.IpAddressType !== 'ipv4' && fields.EnablePrefixForIpv6SourceNat !== 'on';
  if (dualstack && DATAGRAMS.has(protocol)) {
    throw unfit(`Listener protocol '${protocol}' is not supported for load balancers with IP address type 'dualstack'`);
  }
}

function security(call: AwsCall, wanted: WantedListener): Pick<ListenerSettings, 'SslPolicy' | 'Certificates'> {
  const { Protocol: protocol, SslPolicy, Certificates = [] } = wanted;
  if (!SECURE.has(protocol)) {
    if (SslPolicy !== undefined) throw invalid(`An SSL policy cannot be specifed for ${protocol} listeners`); // spelled so by the service
    if (Certificates.length > 0) throw invalid(`A certificate cannot be specified for ${protocol} listeners`);

    return { SslPolicy: undefined, Certificates: undefined };
  }
  if (Certificates.length === 0) throw invalid(`A certificate must be specified for ${protocol} listeners`);

  const name = SslPolicy ?? DEFAULT_SSL_POLICY;
  if (!SSL_POLICIES.includes(name)) {
    throw new ServiceError('SSLPolicyNotFound', `SSL policy '${name}' not found`);
  }

  return { SslPolicy: name, Certificates: [{ CertificateArn: defaultCertificate(call, Certificates) }] };
}

function alpn({ Protocol: protocol, AlpnPolicy: alpnPolicy = [] }: WantedListener): string[] | undefined {
  if (alpnPolicy.length === 0) return undefined;
  if (protocol !== 'TLS') throw unfit(`An ALPN policy cannot be specified for ${protocol} listeners`);

  const [name = '', ...others] = alpnPolicy;
  if (others.length > 0) throw invalid('You can specify only one ALPN policy');
  if (!ALPN_POLICIES.includes(name)) throw new ServiceError('ALPNPolicyNotFound', `ALPN policy '${name}' not found`);

  return [name];
}

/** The modes of mutual authentication by protocol. The refusal of `passthrough` for TLS is [I]. */
const MODES: Readonly<Record<string, readonly string[]>> = {
  HTTPS: ['off', 'passthrough', 'verify'],
  TLS: ['off', 'verify'],
};

/**
 * Listeners for HTTPS, and since November 2026 for TLS. Whether the service shows the mode of one for TLS where none was given is [U].
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_MutualAuthenticationAttributes.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/mutual-authentication.html
 */
function mutual(
  call: AwsCall,
  { Protocol: protocol = 'GENEVE', MutualAuthentication: asked }: WantedListener,
): MutualAuthenticationAttributes | undefined {
  const modes = MODES[protocol];
  if (modes === undefined) {
    if (asked !== undefined) throw unfit(`Mutual authentication cannot be specified for ${protocol} listeners`);

    return undefined;
  }
  if (asked === undefined && protocol === 'TLS') return undefined;

  const mode = asked?.Mode ?? 'off';
  if (!modes.includes(mode)) throw invalid(`'${mode}' must be one of [${modes.join(', ')}]`);
  if (mode === 'verify') {
    if (asked?.TrustStoreArn === undefined) throw invalid("A trust store ARN must be specified with mode 'verify'");

    return {
      IgnoreClientCertificateExpiry: false,
      ...asked,
      TrustStoreArn: getTrustStore(call.state, asked.TrustStoreArn).fields.TrustStoreArn,
    };
  }
  if (asked?.TrustStoreArn !== undefined) throw invalid(`A trust store ARN cannot be specified with mode '${mode}'`);
  if (asked?.IgnoreClientCertificateExpiry !== undefined) {
    throw invalid(`'IgnoreClientCertificateExpiry' cannot be specified with mode '${mode}'`);
  }

  return { Mode: mode };
}

/** Protocols that one port can carry together. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  UDP: ['udp'],
  QUIC: ['udp'],
  TCP_UDP: ['tcp', 'udp'],
  TCP_QUIC: ['tcp', 'udp'],
};
const layers = (protocol: ProtocolEnum | undefined): readonly string[] => LAYERS[protocol ?? ''] ?? ['tcp'];

/** Another listener of the load balancer on the same port, if there is one. TCP and UDP ports are different ports. */
export function portHolder(
  call: AwsCall,
  balancer: LoadBalancerRow,
  { Port: port, Protocol: protocol }: ListenerSettings,
): ListenerRow | undefined {
  const wanted = layers(protocol);
  return listenersOf(call.state, balancer.fields.LoadBalancerArn).find(
    (row) => row.fields.Port === port && layers(row.fields.Protocol).some((layer) => wanted.includes(layer)),
  );
}

/** `DuplicateListener`, in the service's words. */
export function duplicateListener(balancer: LoadBalancerRow): ServiceError {
  return new ServiceError(
    'DuplicateListener',
    `A listener already exists on this port for this load balancer '${balancer.fields.LoadBalancerArn}'`,
  );
}
