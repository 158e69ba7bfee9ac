import type {
  Certificate,
  LoadBalancerTypeEnum,
  MutualAuthenticationAttributes,
  ProtocolEnum,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import type { Action, ListenerRow, LoadBalancerRow } from '../state.js';
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

/** What a listener is to be. Absent members mean: none, or the default. */
export interface WantedListener {
  readonly protocol: ProtocolEnum | undefined;
  readonly port: number | undefined;
  readonly sslPolicy: string | undefined;
  readonly certificates: readonly Certificate[] | undefined;
  readonly alpnPolicy: string[] | undefined;
  readonly mutualAuthentication: MutualAuthenticationAttributes | undefined;
  readonly defaultActions: readonly Action[];
}

/** The parts of a listener that can be changed. */
export type ListenerSettings = Pick<
  ListenerRow,
  'protocol' | 'port' | 'sslPolicy' | 'certificateArn' | 'alpnPolicy' | 'mutualAuthentication' | 'defaultActions'
>;

/**
 * Checks what a listener is to be, and completes it.
 * @throws {ServiceError} `ValidationError`, `InvalidConfigurationRequest`, `SSLPolicyNotFound`, `CertificateNotFound`,
 * `ALPNPolicyNotFound`, `TrustStoreNotFound`, and what {@link completeActions} throws.
 */
export function listenerSettings(call: AwsCall, balancer: LoadBalancerRow, wanted: WantedListener): ListenerSettings {
  checkProtocol(balancer, wanted);
  const { protocol, port } = wanted;
  return {
    protocol,
    port,
    ...security(call, wanted),
    alpnPolicy: alpn(wanted),
    mutualAuthentication: mutual(call, wanted),
    defaultActions: completeActions(call, balancer, protocol, wanted.defaultActions),
  };
}

function checkProtocol(balancer: LoadBalancerRow, { protocol, port }: WantedListener): void {
  if (balancer.type === 'gateway') {
    if (port !== undefined) throw invalid('A port cannot be specified for gateway listeners');
    if (protocol !== undefined) throw invalid('A protocol cannot be specified for gateway listeners');

    return;
  }
  if (port === undefined) throw invalid('A listener port must be specified');
  if (protocol === undefined) throw invalid('A listener protocol must be specified');

  const allowed = PROTOCOLS[balancer.type];
  if (!allowed.includes(protocol))
    throw invalid(`Listener protocol '${protocol}' must be one of '${allowed.join(', ')}'`);

  const dualstack = balancer.ipAddressType !== 'ipv4' && balancer.prefixForIpv6SourceNat !== 'on';
  if (dualstack && DATAGRAMS.has(protocol)) {
    throw unfit(`Listener protocol '${protocol}' is not supported for load balancers with IP address type 'dualstack'`);
  }
}

function security(call: AwsCall, wanted: WantedListener): Pick<ListenerRow, 'sslPolicy' | 'certificateArn'> {
  const { protocol, sslPolicy, certificates } = wanted;
  if (!SECURE.has(protocol)) {
    if (sslPolicy !== undefined) throw invalid(`An SSL policy cannot be specifed for ${protocol} listeners`); // spelled so by the service
    if (certificates !== undefined && certificates.length > 0) {
      throw invalid(`A certificate cannot be specified for ${protocol} listeners`);
    }

    return { sslPolicy: undefined, certificateArn: undefined };
  }
  if (certificates === undefined || certificates.length === 0) {
    throw invalid(`A certificate must be specified for ${protocol} listeners`);
  }

  const name = sslPolicy ?? DEFAULT_SSL_POLICY;
  if (!SSL_POLICIES.includes(name)) {
    throw new ServiceError('SSLPolicyNotFound', `SSL policy '${name}' not found`);
  }

  return { sslPolicy: name, certificateArn: defaultCertificate(call, certificates) };
}

function alpn({ protocol, alpnPolicy }: WantedListener): string[] | undefined {
  if (alpnPolicy === undefined || alpnPolicy.length === 0) return undefined;
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
  { protocol = 'GENEVE', mutualAuthentication: asked }: WantedListener,
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
      TrustStoreArn: getTrustStore(call.state, asked.TrustStoreArn).arn,
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
  { port, protocol }: Pick<ListenerRow, 'port' | 'protocol'>,
): ListenerRow | undefined {
  const wanted = layers(protocol);
  return listenersOf(call.state, balancer.arn).find(
    (row) => row.port === port && layers(row.protocol).some((layer) => wanted.includes(layer)),
  );
}

/** `DuplicateListener`, in the service's words. */
export function duplicateListener(balancer: LoadBalancerRow): ServiceError {
  return new ServiceError(
    'DuplicateListener',
    `A listener already exists on this port for this load balancer '${balancer.arn}'`,
  );
}
