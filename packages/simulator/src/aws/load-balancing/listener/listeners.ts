import type {
  LoadBalancerTypeEnum,
  MutualAuthenticationAttributes,
  ProtocolEnum,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ofList, type AwsCall, ServiceError } from '../../operation/operation.js';
import type { Given } from '../../state/given.js';
import type { ListenerRow, LoadBalancerRow } from '../state.js';
import { completeActions } from './actions.js';
import { defaultCertificate, DEFAULT_SSL_POLICY, SSL_POLICIES } from './certificates.js';
import { invalid, unfit } from '../request.js';
import { getTrustStore, listenersOf } from '../find.js';
import {
  attributesOf,
  BOOLEAN,
  between,
  changedAttributes,
  TEXT,
  type Attribute,
  type AttributeDefinition,
  type AttributeTable,
} from '../attributes.js';

type Definition = AttributeDefinition<ListenerRow['fields']>;

const HTTP = new Set<string | undefined>(['HTTP', 'HTTPS']);

/** The name of a header that the load balancer adds to requests; it can be changed. */
const headerName = (initial: string, protocols: readonly string[]): Definition => ({
  initial: ({ Protocol }) => (protocols.includes(Protocol ?? '') ? initial : undefined),
  value: TEXT,
});
/** A header that the load balancer adds to answers once it has a value. */
const RESPONSE_HEADER: Definition = {
  initial: ({ Protocol }) => (HTTP.has(Protocol) ? '' : undefined),
  value: TEXT,
};
const MTLS = ['HTTPS'];
const ADDED = 'routing.http.response';

/**
 * Attributes and defaults of listeners, by protocol.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ListenerAttribute.html
 */
const LISTENER_ATTRIBUTES: AttributeTable<ListenerRow['fields']> = {
  'tcp.idle_timeout.seconds': {
    // TLS listeners keep 350 seconds; only TCP's and the gateway's (which have no protocol) can be changed.
    initial: ({ Protocol }) => (Protocol === 'TCP' || Protocol === undefined ? '350' : undefined),
    value: between(60, 6000),
  },
  'routing.http.request.x_amzn_mtls_clientcert_serial_number.header_name': headerName(
    'X-Amzn-Mtls-Clientcert-Serial-Number',
    MTLS,
  ),
  'routing.http.request.x_amzn_mtls_clientcert_issuer.header_name': headerName('X-Amzn-Mtls-Clientcert-Issuer', MTLS),
  'routing.http.request.x_amzn_mtls_clientcert_subject.header_name': headerName('X-Amzn-Mtls-Clientcert-Subject', MTLS),
  'routing.http.request.x_amzn_mtls_clientcert_validity.header_name': headerName(
    'X-Amzn-Mtls-Clientcert-Validity',
    MTLS,
  ),
  'routing.http.request.x_amzn_mtls_clientcert_leaf.header_name': headerName('X-Amzn-Mtls-Clientcert-Leaf', MTLS),
  'routing.http.request.x_amzn_mtls_clientcert.header_name': headerName('X-Amzn-Mtls-Clientcert', MTLS),
  'routing.http.request.x_amzn_tls_version.header_name': headerName('X-Amzn-Tls-Version', MTLS),
  'routing.http.request.x_amzn_tls_cipher_suite.header_name': headerName('X-Amzn-Tls-Cipher-Suite', MTLS),
  'routing.http.response.server.enabled': {
    initial: ({ Protocol }) => (HTTP.has(Protocol) ? 'true' : undefined),
    value: BOOLEAN,
  },
  [`${ADDED}.strict_transport_security.header_value`]: RESPONSE_HEADER,
  [`${ADDED}.access_control_allow_origin.header_value`]: RESPONSE_HEADER,
  [`${ADDED}.access_control_allow_methods.header_value`]: RESPONSE_HEADER,
  [`${ADDED}.access_control_allow_headers.header_value`]: RESPONSE_HEADER,
  [`${ADDED}.access_control_allow_credentials.header_value`]: RESPONSE_HEADER,
  [`${ADDED}.access_control_expose_headers.header_value`]: RESPONSE_HEADER,
  [`${ADDED}.access_control_max_age.header_value`]: RESPONSE_HEADER,
  [`${ADDED}.content_security_policy.header_value`]: RESPONSE_HEADER,
  [`${ADDED}.x_content_type_options.header_value`]: RESPONSE_HEADER,
  [`${ADDED}.x_frame_options.header_value`]: RESPONSE_HEADER,
};

/** All attributes of a listener, with their values. */
export function listenerAttributes(row: ListenerRow): Record<string, string> {
  return attributesOf(LISTENER_ATTRIBUTES, row);
}

/**
 * The attributes after a change.
 * @throws {ServiceError} `ValidationError`, `InvalidConfigurationRequest`.
 */
export function changedListenerAttributes(row: ListenerRow, changes: readonly Attribute[]): Record<string, string> {
  return changedAttributes(LISTENER_ATTRIBUTES, row, changes, {
    kind: 'Listener',
    unsupported: (key, { Protocol }) =>
      unfit(`Listener attribute key '${key}' is not supported on listeners with protocol '${Protocol ?? 'GENEVE'}'`),
  });
}

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
    throw ofList(new ServiceError('SSLPolicyNotFound', `SSL policy '${name}' not found`));
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
