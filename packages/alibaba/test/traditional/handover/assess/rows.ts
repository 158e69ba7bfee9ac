import type {
  AssessOptions,
  HandoverSource,
  SourcePlugin,
  SourceWord,
  TargetGateway,
} from '../../../../src/traditional/handover/internal.js';
import { access, api, backend, deployment, domain, group, source, TAKEN_AT } from '../sample-source.js';

/** A group that has one row of the mapping: the rule, the code, the group. */
export type Row = readonly [rule: string, code: string, has: HandoverSource, options?: AssessOptions];

type Deployed = Parameters<typeof deployment>[0];

const REGISTERED = { service: 'orders', namespace: 'public', group: 'DEFAULT_GROUP' };

/** A group with this API alone. */
const with1 = (on: Deployed, more: Partial<HandoverSource> = {}): HandoverSource =>
  source({ apis: [api({ on })], ...more });

const calls = (more: Parameters<typeof backend>[0], facts: Partial<HandoverSource> = {}): HandoverSource =>
  with1({ backend: backend({ accessName: undefined, ...more }) }, facts);

const of = (more: Parameters<typeof group>[0], facts: Partial<HandoverSource> = {}): HandoverSource =>
  source({ group: group(more), ...facts });

const named = (more: Parameters<typeof domain>[0]): HandoverSource => of({ domains: [domain(more)] });

const two = (a: Deployed, b: Deployed): HandoverSource =>
  source({ apis: [api({ on: a }), api({ id: 'api-other', name: 'other', on: b })] });

const plugged = (type: string, body: SourcePlugin['body']): HandoverSource =>
  source({ plugins: [{ id: 'p-1', name: `the-${type}`, type, body, uses: [{ stage: 'RELEASE' }] }] });

const worded = (of: Pick<SourceWord, 'kind' | 'id' | 'stage'>): HandoverSource =>
  source({ words: [{ ...of, name: of.id, attribute: 'AuthType', value: 'PASSKEY' }] });

const mapped = (from: string, to: string): HandoverSource => {
  const place = (text: string) => {
    const [at = '', name = ''] = text.split(' ');
    return { place: at as 'header', name };
  };
  return with1({ mappings: [{ from: place(from), to: place(to) }] });
};

const app = (more: Partial<HandoverSource['apps'][number]>): HandoverSource =>
  source({ apps: [{ id: '1001', name: 'webshop', disabled: false, secret: 'readable', ...more }] });

const limits = (more: Partial<HandoverSource['throttles'][number]>): HandoverSource =>
  source({
    throttles: [
      {
        id: 't-1',
        name: 'slow',
        unit: 'SECOND',
        special: [],
        uses: [{ stage: 'RELEASE', apiId: 'api-orders' }],
        ...more,
      },
    ],
  });

const control = (entries: HandoverSource['ipControls'][number]['entries']): HandoverSource =>
  source({
    ipControls: [
      { id: 'ip-1', name: 'office', allows: true, entries, uses: [{ stage: 'RELEASE', apiId: 'api-orders' }] },
    ],
  });

const paid = (paidUntil: string, more: Partial<NonNullable<HandoverSource['instance']>> = {}): HandoverSource => {
  const { instance, ...rest } = source();
  return { ...rest, ...(instance === undefined ? {} : { instance: { ...instance, paidUntil, ...more } }) };
};

export const target = (more: Partial<TargetGateway> = {}): TargetGateway => ({
  id: 'gw-1',
  name: 'shop-release',
  region: 'cn-hangzhou',
  vpcId: 'vpc-1',
  vSwitchIds: ['vsw-1'],
  groupId: 'sg-gateway',
  status: 'Running',
  type: 'API',
  spec: 'apigw.small.x1',
  access: ['Internet'],
  ...more,
});

/** What was measured of the instance. */
const peaked = (requestsPerSecond: number, newConnections?: number): HandoverSource => {
  const { instance, ...rest } = source();
  const peak = { requestsPerSecond, newConnections, from: '2026-11-16T00:00:00Z', to: '2026-11-23T00:00:00Z' };
  return { ...rest, ...(instance === undefined ? {} : { instance: { ...instance, peak } }) };
};

const onto = (more: Partial<TargetGateway> = {}): AssessOptions => ({ targets: [target(more)] });

const NAMED = { kind: 'unknown', namedBackend: 'b-1', accessName: undefined } as const;
const PUBLIC = { kind: 'http', address: 'http://orders.example.com' } as const;

/** Section 5.1: what maps exactly. */
export const EXACT: readonly Row[] = [
  ['path/fixed', 'PATH_KEPT', source()],
  ['path/fixed', 'PATH_KEPT', with1({ method: 'ANY' })],
  ['backend/vpc-access', 'BACKEND_RESOLVED', source()],
  ['backend/http', 'HTTP_BACKEND', calls({ kind: 'http', address: 'https://orders.example.com' })],
  ['backend/http', 'HTTP_BACKEND', calls({ kind: 'http', address: 'http://10.10.0.9:8080' })],
  ['backend/timeout', 'TIMEOUT_KEPT', source()],
  ['app/signature', 'APP_KEPT', source()],
  ['app/signature', 'APP_DISABLED', app({ disabled: true })],
  ['ip-control/policy', 'IP_CONTROL_KEPT', control([{ block: '192.0.2.0/24' }])],
  [
    'plugin/ip-control',
    'IP_CONTROL_KEPT',
    plugged('ipControl', { type: 'ALLOW', items: [{ blocks: ['192.0.2.0/24'] }] }),
  ],
  ['plugin/cors', 'CORS_KEPT', plugged('cors', { allowOrigins: 'example.com' })],
  ['domain/certificate', 'CERTIFICATE_KEPT', source()],
  [
    'domain/certificate',
    'HTTP_ONLY',
    { ...named({ certificate: undefined }), apis: [api({ on: { protocols: ['HTTP'] } })] },
  ],
  ['domain/mutual-tls', 'MUTUAL_TLS', named({ mutualTls: true })],
  ['stage/gateway', 'STAGE_GATEWAY', source()],
  ['target/place', 'TARGET_FITS', source(), onto()],
  ['target/size', 'SIZE_FITS', source(), onto({ spec: 'apigw.medium.x1' })],
  ['target/size', 'PEAK_FITS', peaked(700), onto({ spec: 'apigw.small.x1' })],
  ['target/size', 'PEAK_FITS', peaked(900, 700), onto({ spec: 'apigw.small.x1' })],
];

/** Section 5.2: what maps with a change, or depends on a fact. */
export const CHANGED: readonly Row[] = [
  ['backend/mock', 'MOCK_KEPT', calls({ kind: 'mock', mock: { status: 204, headers: [], hasBody: false } })],
  ['path/parameters', 'PATH_PARAMETERS', with1({ path: '/orders/[id]' })],
  ['path/greedy', 'PATH_GREEDY', with1({ path: '/files/*' })],
  ['path/overlap', 'PATHS_OVERLAP', two({ path: '/files/*' }, { path: '/files/[id]' })],
  ['backend/tls', 'BACKEND_TLS', with1({ backend: backend({ scheme: 'https' }) })],
  ['backend/tls', 'BACKEND_HOST', source({ accesses: [access({ hostName: 'orders.internal' })] })],
  ['backend/path', 'PATH_REWRITTEN', with1({ backend: backend({ path: '/v2/orders' }) })],
  ['backend/http', 'PRIVATE_NAME', calls({ kind: 'http', address: 'http://orders.internal:8080' })],
  ['backend/http', 'ADDRESS_MISSING', calls({ kind: 'http', address: '' })],
  ['parameter/mapping', 'HEADER_RENAMED', mapped('header x-a', 'header x-b')],
  ['parameter/mapping', 'PARAMETER_MOVED', mapped('query id', 'header x-id')],
  ['parameter/constant', 'CONSTANT_HEADER', with1({ constants: [{ name: 'x-shop', place: 'header' }] })],
  ['parameter/constant', 'CONSTANT_ELSEWHERE', with1({ constants: [{ name: 'shop', place: 'query' }] })],
  ['parameter/system', 'SYSTEM_REPLACED', with1({ system: [{ system: 'CaClientIp', name: 'x-ip', place: 'header' }] })],
  ['parameter/system', 'SYSTEM_UNKNOWN', with1({ system: [{ system: 'CaRequestId', name: 'x-id', place: 'header' }] })],
  ['parameter/system', 'SYSTEM_UNKNOWN', with1({ system: [{ system: 'CaApiName', name: 'x-api', place: 'header' }] })],
  [
    'parameter/contract',
    'PARAMETERS_UNCHECKED',
    with1({ parameters: [{ name: 'q', place: 'query', required: true, checked: false }] }),
  ],
  ['parameter/contract', 'PARAMETERS_UNFILTERED', with1({ mode: 'MAPPING' })],
  ['backend/timeout', 'TIMEOUT_ROUNDED', with1({ backend: backend({ timeoutMs: 1500 }) })],
  ['throttle/policy', 'LIMIT_PER_API', limits({ perApi: 100 })],
  ['throttle/policy', 'LIMIT_PER_CALLER', limits({ perApp: 10 })],
  ['throttle/policy', 'LIMIT_UNIT', limits({ unit: 'DAY', perApi: 1000 })],
  ['plugin/traffic-control', 'LIMIT_PER_API', plugged('trafficControl', { unit: 'MINUTE', apiDefault: 100 })],
  ['plugin/traffic-control', 'LIMIT_PER_CALLER', plugged('trafficControl', { unit: 'SECOND', userDefault: 5 })],
  ['plugin/traffic-control', 'LIMIT_UNIT', plugged('trafficControl', { unit: 'HOUR', apiDefault: 100 })],
  [
    'plugin/traffic-control',
    'LIMIT_PER_PARAMETER',
    plugged('trafficControl', { unit: 'SECOND', limits: [{ limit: 5 }] }),
  ],
  ['group/traffic-limit', 'GROUP_LIMIT', of({ trafficLimit: 500 })],
  ['plugin/jwt', 'JWT', plugged('jwtAuth', { parameter: 'token' })],
  ['plugin/basic-auth', 'BASIC_AUTH', plugged('basicAuth', { users: [] })],
  ['api/app-code', 'APP_CODE', with1({ appCode: true })],
  ['api/open-id', 'OPEN_ID', with1({ auth: 'openid' })],
  ['group/custom-app-code', 'CUSTOM_APP_CODE', of({ customAppCode: true })],
  [
    'app/authorization-end',
    'AUTHORIZATION_ENDS',
    source({
      authorizations: [{ appId: '1001', apiId: 'api-orders', stage: 'RELEASE', until: '2027-01-01T00:00:00Z' }],
    }),
  ],
  ['plugin/circuit-breaker', 'CIRCUIT_BREAKER', plugged('circuitBreaker', {})],
  ['plugin/remote-auth', 'REMOTE_AUTH', plugged('remoteAuth', {})],
  ['plugin/error-mapping', 'ERROR_MAPPING', plugged('errorMapping', {})],
  ['plugin/transformer', 'TRANSFORM_HEADERS', plugged('transformer', { headers: [] })],
  [
    'plugin/routing',
    'ROUTING_ROUTES',
    plugged('routing', { parameters: { App: 'Header:x-app' }, routes: [{ name: 'a', condition: "$App = 'x'" }] }),
  ],
  [
    'stage/gateway',
    'STAGES_ON_ONE_DOMAIN',
    source({
      apis: [api({ deployments: [deployment(), deployment({ stage: 'TEST' })] })],
      stages: ['RELEASE', 'TEST'],
    }),
  ],
  [
    'stage/variables',
    'VARIABLE_RESOLVED',
    with1({ variables: ['HOST'] }, { variables: { RELEASE: { HOST: '10.10.0.9' } } }),
  ],
  ['stage/variables', 'VARIABLE_UNKNOWN', with1({ variables: ['HOST'] })],
  ['stage/draft', 'DRAFT_NEWER', source({ apis: [api({ draftModifiedAt: '2026-07-01T08:00:00Z' })] })],
  [
    'stage/unpublished',
    'NOT_PUBLISHED',
    source({ apis: [api(), api({ id: 'api-old', name: 'old', deployments: [] })] }),
  ],
  ['backend/function', 'FUNCTION_V3', calls({ kind: 'function', function: { type: 'FC_HTTP_V3', name: 'f' } })],
  [
    'backend/discovery',
    'NACOS_MANAGED',
    calls({ kind: 'discovery', discovery: { ...REGISTERED, registry: 'nacos', server: 'mse-1:8848', managed: true } }),
  ],
  ['domain/certificate', 'CERTIFICATE_UPLOADED', named({ certificate: { id: '', name: 'own', from: 'uploaded' } })],
  ['domain/certificate', 'CERTIFICATE_ORIGIN', named({ certificate: { id: 'x', name: 'own', from: 'unknown' } })],
  [
    'domain/http-and-https',
    'PORT_80',
    { ...named({ redirectsHttp: false }), apis: [api({ on: { protocols: ['HTTP', 'HTTPS'] } })] },
  ],
  ['domain/dns-record', 'DNS_RECORD', named({ byCname: false })],
  ['group/log', 'LOG_FIELDS', source({ log: { project: 'logs', store: 'api' } })],
  ['group/passthrough-headers', 'HEADERS_PASSED', of({ passthroughHeaders: ['host'] })],
  ['network/public-egress', 'NAT_PRESENT', calls(PUBLIC), onto({ reachesInternet: true })],
  ['network/public-egress', 'NAT_UNKNOWN', calls(PUBLIC)],
  ['network/source-addresses', 'SOURCE_ADDRESSES', source()],
  [
    'network/entrance-control',
    'ENTRANCE_CONTROL',
    paid('2027-01-01T00:00:00Z', { accessControl: { id: 'acl-1', type: 'white' } }),
  ],
  ['instance/kind', 'SHARED', paid('2027-01-01T00:00:00Z', { kind: 'shared' })],
  ['instance/kind', 'INSTANCE_NOT_READ', source({ instance: undefined })],
  ['instance/term', 'TERM_ENDS_FIRST', paid('2027-01-01T00:00:00Z')],
  ['instance/term', 'PAID_BEYOND_END', paid('2028-01-01T00:00:00Z')],
  ['target/size', 'SIZE_SMALLER', source(), onto()],
  ['target/size', 'PEAK_ABOVE', peaked(900), onto({ spec: 'apigw.small.x1' })],
  ['target/size', 'PEAK_ABOVE', peaked(900, 850), onto({ spec: 'apigw.small.x1' })],
  [
    'target/place',
    'SEVERAL_VPCS',
    source({
      apis: [api(), api({ id: 'b', name: 'b', on: { path: '/b', backend: backend({ accessName: 'far' }) } })],
      accesses: [access(), access({ name: 'far', vpcId: 'vpc-2' })],
    }),
  ],
];

/** Section 5.3, and what the issue calls bad input: what does not map. */
export const BLOCKED: readonly Row[] = [
  ['path/one-route', 'ONE_ROUTE', two({ path: '/orders/[id]' }, { path: '/orders/[number]' })],
  ['backend/vpc-access', 'ACCESS_ABSENT', source({ accesses: [] })],
  [
    'backend/vpc-access',
    'BACKEND_ABSENT',
    source({ accesses: [access({ resolved: { is: 'absent', at: TAKEN_AT } })] }),
  ],
  [
    'backend/vpc-access',
    'BACKEND_NOT_READ',
    source({ accesses: [access({ resolved: { is: 'unknown', why: 'not allowed' } })] }),
  ],
  [
    'backend/vpc-access',
    'BACKEND_NOT_READ',
    source({ accesses: [], gaps: [{ part: 'accesses', code: 'PERMISSION_DENIED', message: 'not allowed' }] }),
  ],
  ['backend/method', 'METHOD_CHANGED', with1({ backend: backend({ method: 'POST' }) })],
  [
    'backend/function',
    'FUNCTION_V2',
    calls({ kind: 'function', function: { type: 'FC_EVENT', name: 'f', service: 's' } }),
  ],
  [
    'backend/discovery',
    'REGISTRY_UNSUPPORTED',
    calls({
      kind: 'discovery',
      discovery: { ...REGISTERED, registry: 'zookeeper', server: 'zk:2181', managed: false },
    }),
  ],
  ['backend/oss', 'OSS_BACKEND', calls({ kind: 'oss' })],
  ['backend/event-bridge', 'EVENT_BRIDGE', calls({ kind: 'event-bridge' })],
  ['backend/unread', 'BACKEND_UNREAD', calls({ kind: 'unknown' })],
  [
    'backend/unread',
    'BACKEND_UNREAD',
    calls(NAMED, { gaps: [{ part: 'backends', code: 'PERMISSION_DENIED', message: 'not allowed' }] }),
  ],
  ['backend/unread', 'NAMED_BACKEND_ABSENT', calls(NAMED)],
  ['app/signature', 'APP_SECRET_UNREADABLE', app({ secret: 'unreadable' })],
  ['app/signature', 'APP_NOT_READ', app({ secret: 'not-read' })],
  ['api/nonce', 'NONCE_CHECK', with1({ forceNonce: true })],
  ['api/internet-disabled', 'INTRANET_ONLY', two({ internetDisabled: true }, { path: '/other' })],
  ['api/product', 'API_PRODUCT', source({ apis: [api({ products: ['gold'] })] })],
  ['throttle/policy', 'LIMIT_SPECIAL', limits({ special: [{ kind: 'app', key: '1001', limit: 5 }] })],
  ['plugin/traffic-control', 'LIMIT_SPECIAL', plugged('trafficControl', { specials: [{ type: 'APP' }] })],
  ['ip-control/policy', 'IP_CONTROL_OF_APP', control([{ block: '192.0.2.0/24', appId: '1001' }])],
  ['plugin/ip-control', 'IP_CONTROL_OF_APP', plugged('ipControl', { items: [{ blocks: [], appId: 1001 }] })],
  [
    'signature/backend',
    'BACKEND_SIGNATURE',
    source({ signatures: [{ id: 's-1', name: 'signed', uses: [{ stage: 'RELEASE' }] }] }),
  ],
  ['plugin/backend-signature', 'BACKEND_SIGNATURE', plugged('backendSignature', {})],
  ['plugin/caching', 'CACHING', plugged('caching', {})],
  ['plugin/log-mask', 'LOG_MASK', plugged('logMask', {})],
  ['plugin/access-control', 'ACCESS_CONTROL', plugged('accessControl', {})],
  ['plugin/transformer', 'TRANSFORM_BODY', plugged('transformer', { request: { body: 'x' } })],
  [
    'plugin/routing',
    'ROUTING_CONDITION',
    plugged('routing', { parameters: { Id: 'Path:id' }, routes: [{ condition: '$Id = 1' }] }),
  ],
  ['plugin/dataset', 'DATASET', plugged('ipControl', { datasetId: 'd-1' })],
  ['plugin/unread', 'PLUGIN_TYPE', plugged('newest', {})],
  ['plugin/attribute', 'PLUGIN_ATTRIBUTE', plugged('ipControl', { type: 'ALLOW', items: [], resource: 'XFF:-1' })],
  ['source/word', 'UNDOCUMENTED_WORD', plugged('ipControl', { type: 'OBSERVE', items: [] })],
  ['source/word', 'UNDOCUMENTED_WORD', worded({ kind: 'api', id: 'api-orders', stage: 'RELEASE' })],
  ['source/word', 'UNDOCUMENTED_WORD', worded({ kind: 'domain', id: 'api.example.com' })],
  ['parameter/mapping', 'PARAMETER_PLACE', mapped('other id', 'query id')],
  ['parameter/constant', 'PARAMETER_PLACE', with1({ constants: [{ name: 'shop', place: 'other' }] })],
  ['throttle/policy', 'LIMIT_UNIT', limits({ unit: 'FORTNIGHT', perApi: 1000 })],
  ['plugin/unread', 'PLUGIN_UNREADABLE', plugged('routing', null)],
  ['domain/bound-stage', 'BOUND_TO_STAGE', named({ stage: 'RELEASE' })],
  ['domain/ocsp', 'OCSP', named({ ocsp: true })],
  ['domain/client-name', 'CLIENT_NAME', named({ passesClientName: true })],
  ['domain/wildcard-pattern', 'WILDCARD_PATTERN', named({ wildcardPatterns: ['${shop}.example.com'] })],
  ['domain/certificate', 'CERTIFICATE_MISSING', named({ certificate: undefined })],
  [
    'domain/certificate',
    'CERTIFICATE_EXPIRED',
    named({ certificate: { id: '1', name: 'old', from: 'managed', validUntil: '2026-01-01T00:00:00Z' } }),
  ],
  ['domain/state', 'DOMAIN_ABNORMAL', named({ problem: 'ABNORMAL' })],
  ['group/marketplace', 'MARKETPLACE', of({ marketplace: true })],
  ['group/own-domain', 'ONLY_OWN_DOMAIN', of({ domains: [] })],
  ['group/own-domain', 'OWN_DOMAIN_CALLERS', of({ subDomainDisabled: false })],
  ['group/locked', 'GROUP_LOCKED', of({ lock: 'an overdue bill' })],
  [
    'group/not-read',
    'NOT_READ',
    source({ gaps: [{ part: 'plugins', code: 'PERMISSION_DENIED', message: 'not allowed' }] }),
  ],
  ['caller/error-bodies', 'ERROR_ANSWERS', source()],
  ['instance/kind', 'CLUSTER', paid('2027-01-01T00:00:00Z', { kind: 'cluster' })],
  ['instance/term', 'TERM_ENDED', paid('2026-11-01T00:00:00Z')],
  ['instance/term', 'SERVICE_ENDED', source(), { now: '2027-09-20T16:00:00Z' }],
  ['network/public-egress', 'NAT_MISSING', calls(PUBLIC), onto({ reachesInternet: false })],
  ['stage/unpublished', 'NOTHING_PUBLISHED', source({ apis: [] })],
  ['target/place', 'OTHER_REGION', source(), onto({ region: 'cn-beijing' })],
  ['target/place', 'OTHER_VPC', source(), onto({ vpcId: 'vpc-9' })],
  ['target/state', 'TARGET_NOT_RUNNING', source(), onto({ status: 'Upgrading' })],
  ['target/state', 'TARGET_TYPE', source(), onto({ type: 'AI' })],
  ['target/state', 'TARGET_ELASTIC', source(), onto({ elastic: true })],
  ['target/state', 'TARGET_ACCESS', source(), onto({ access: ['Intranet'] })],
  ['target/state', 'TARGET_ACCESS_NOT_READ', source(), onto({ access: [] })],
];
