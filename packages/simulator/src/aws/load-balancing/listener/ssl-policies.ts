/** A security policy: the TLS versions and ciphers that a listener accepts. */
interface SslPolicyRow {
  readonly name: string;
  readonly protocols: readonly string[];
  /** In the order of preference. */
  readonly ciphers: readonly string[];
}

const TLS13 = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'];
const FORWARD_GCM_128 = ['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256'];
const FORWARD_GCM_256 = ['ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384'];
const FORWARD_SHA2_128 = ['ECDHE-ECDSA-AES128-SHA256', 'ECDHE-RSA-AES128-SHA256'];
const FORWARD_SHA2_256 = ['ECDHE-ECDSA-AES256-SHA384', 'ECDHE-RSA-AES256-SHA384'];
const FORWARD_SHA1_128 = ['ECDHE-ECDSA-AES128-SHA', 'ECDHE-RSA-AES128-SHA'];
const FORWARD_SHA1_256 = ['ECDHE-RSA-AES256-SHA', 'ECDHE-ECDSA-AES256-SHA'];
const RSA_SHA2 = ['AES128-GCM-SHA256', 'AES128-SHA256', 'AES256-GCM-SHA384', 'AES256-SHA256'];
const RSA = ['AES128-GCM-SHA256', 'AES128-SHA256', 'AES128-SHA', 'AES256-GCM-SHA384', 'AES256-SHA256', 'AES256-SHA'];

const FORWARD_GCM = [...FORWARD_GCM_128, ...FORWARD_GCM_256];
const FORWARD_SHA2 = [...FORWARD_GCM_128, ...FORWARD_SHA2_128, ...FORWARD_GCM_256, ...FORWARD_SHA2_256];
const FORWARD_ALL = [
  ...FORWARD_GCM_128,
  ...FORWARD_SHA2_128,
  ...FORWARD_SHA1_128,
  ...FORWARD_GCM_256,
  ...FORWARD_SHA2_256,
  ...FORWARD_SHA1_256,
];

const policy = (name: string, protocols: string, ...ciphers: (readonly string[])[]): SslPolicyRow => ({
  name: `ELBSecurityPolicy-${name}`,
  protocols: protocols.split(' '),
  ciphers: ciphers.flat(),
});

const V1_0 = 'TLSv1 TLSv1.1 TLSv1.2';
const V1_1 = 'TLSv1.1 TLSv1.2';

/** Every listener that names no policy has this one. */
export const DEFAULT_SSL_POLICY = 'ELBSecurityPolicy-2016-08';

/**
 * The predefined security policies (those with FIPS modules and the post-quantum ones are left out).
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export const SSL_POLICIES: readonly SslPolicyRow[] = [
  policy('TLS13-1-3-2021-06', 'TLSv1.3', TLS13),
  policy('TLS13-1-2-2021-06', 'TLSv1.2 TLSv1.3', TLS13, FORWARD_SHA2),
  policy('TLS13-1-2-Res-2021-06', 'TLSv1.2 TLSv1.3', TLS13, FORWARD_GCM),
  policy('TLS13-1-2-Ext1-2021-06', 'TLSv1.2 TLSv1.3', TLS13, FORWARD_SHA2, RSA_SHA2),
  policy('TLS13-1-2-Ext2-2021-06', 'TLSv1.2 TLSv1.3', TLS13, FORWARD_ALL, RSA),
  policy('TLS13-1-1-2021-06', `${V1_1} TLSv1.3`, TLS13, FORWARD_ALL, RSA),
  policy('TLS13-1-0-2021-06', `${V1_0} TLSv1.3`, TLS13, FORWARD_ALL, RSA),
  policy('2016-08', V1_0, FORWARD_ALL, RSA),
  policy('TLS-1-2-2017-01', 'TLSv1.2', FORWARD_SHA2, RSA_SHA2),
  policy('TLS-1-1-2017-01', V1_1, FORWARD_ALL, RSA),
  policy('TLS-1-2-Ext-2018-06', 'TLSv1.2', FORWARD_ALL, RSA),
  policy('FS-2018-06', V1_0, FORWARD_ALL),
  policy('FS-1-1-2019-08', V1_1, FORWARD_ALL),
  policy('FS-1-2-2019-08', 'TLSv1.2', FORWARD_ALL),
  policy('FS-1-2-Res-2019-08', 'TLSv1.2', FORWARD_SHA2),
  policy('FS-1-2-Res-2020-10', 'TLSv1.2', FORWARD_GCM),
  policy('TLS-1-0-2015-04', V1_0, FORWARD_ALL, RSA, ['DES-CBC3-SHA']),
];
