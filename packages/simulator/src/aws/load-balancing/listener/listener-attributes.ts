import type { ListenerRow } from '../state.js';
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
import { unfit } from '../request.js';

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
