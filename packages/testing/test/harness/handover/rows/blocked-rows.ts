import { api, backendSees, constant, header, moved, served, type ShownRow } from './row.js';

const BARRED = '192.0.2.0/24';

/** Section 5.3: what does not map. It is waived, so that a call shows what is lost. */
export const BLOCKED_ROWS: readonly ShownRow[] = [
  {
    rule: 'backend/method',
    code: 'METHOD_CHANGED',
    shows: 'the backend gets the method of the caller',
    api: served('GET /method', { ServiceHttpMethod: 'POST' }),
    see: backendSees('method'),
    classic: 'POST',
    target: 'GET',
  },
  {
    rule: 'parameter/mapping',
    code: 'HEADER_RENAMED',
    shows: 'the backend does not get a header under its other name',
    api: api('GET /renamed', moved(['Head', 'x-from'], ['Head', 'x-to'])),
    headers: { 'x-from': 'a' },
    see: header('x-to'),
    classic: 'a',
    target: undefined,
  },
  {
    rule: 'parameter/mapping',
    code: 'PARAMETER_MOVED',
    shows: 'the backend does not get a query parameter as a header',
    api: api('GET /moved', moved(['Query', 'id'], ['Head', 'x-id'])),
    path: '/moved?id=7',
    see: header('x-id'),
    classic: '7',
    target: undefined,
  },
  {
    rule: 'parameter/constant',
    code: 'CONSTANT_ELSEWHERE',
    shows: 'the backend does not get a constant in its query',
    api: api('GET /constants', constant('QUERY', 'shop')),
    see: backendSees('query'),
    classic: 'shop=shop',
    target: '',
  },
  {
    rule: 'domain/bound-stage',
    code: 'BOUND_TO_STAGE',
    shows: 'a domain of one stage is not answered by the gateway of another one',
    api: { ...api('GET /bound'), stages: ['TEST'] },
    has: ({ call, groupId: GroupId, ownHost: Value }) => {
      call('CloudAPI', 'SetDomain', { GroupId, DomainName: 'test.example.com', BindStageName: 'TEST' });
      call('Alidns', 'AddDomainRecord', { DomainName: 'example.com', RR: 'test', Type: 'CNAME', Value });
    },
    host: 'test.example.com',
    classic: 200,
    target: 404,
  },
  {
    rule: 'group/own-domain',
    code: 'OWN_DOMAIN_CALLERS',
    shows: 'the own domain of the group is not answered',
    api: api('GET /own'),
    host: 'own',
    classic: 200,
    target: 404,
  },
  {
    rule: 'caller/error-bodies',
    code: 'ERROR_ANSWERS',
    shows: 'errors have no code in a header',
    api: api('GET /errors'),
    path: '/nothing',
    see: ({ status, headers }) => [status, headers['x-ca-error-code']],
    classic: [404, 'I404NF'],
    target: [404, undefined],
  },
  {
    rule: 'api/nonce',
    code: 'NONCE_CHECK',
    shows: 'a call that is sent again is served',
    api: { ...api('GET /nonce', { ForceNonceCheck: true }), apps: ['webshop'] },
    signs: { app: 'webshop', nonce: 'one' },
    times: 2,
    classic: 403,
    target: 200,
  },
  {
    rule: 'api/internet-disabled',
    code: 'INTRANET_ONLY',
    shows: 'an API that is refused on public names is served',
    api: api('GET /intranet', { DisableInternet: true }),
    classic: 403,
    target: 200,
  },
  {
    rule: 'ip-control/policy',
    code: 'IP_CONTROL_OF_APP',
    shows: 'an app is served at addresses that its entry does not have',
    api: { ...api('GET /office'), apps: ['webshop'] },
    has: ({ call, groupId: GroupId, appIds }, ApiIds) => {
      const items = [{ CidrIp: BARRED, AppId: appIds['webshop'] }];
      const made = { IpControlName: 'office', IpControlType: 'ALLOW', IpControlPolicys: items };
      const { IpControlId } = call('CloudAPI', 'CreateIpControl', made);
      call('CloudAPI', 'SetIpControlApis', { IpControlId, GroupId, ApiIds, StageName: 'RELEASE' });
    },
    signs: { app: 'webshop' },
    classic: 403,
    target: 200,
  },
  {
    rule: 'plugin/ip-control',
    code: 'IP_CONTROL_OF_APP',
    shows: 'callers are served at addresses that the entry of one app does not have',
    api: api('GET /offices'),
    plugin: ['ipControl', { type: 'ALLOW', items: [{ blocks: [BARRED], appId: 1 }] }],
    classic: 403,
    target: 200,
  },
  {
    rule: 'signature/backend',
    code: 'BACKEND_SIGNATURE',
    shows: 'calls to the backend are not signed with the key of a policy',
    api: api('GET /signed'),
    has: ({ call, groupId: GroupId }, ApiIds) => {
      const made = { SignatureName: 'old_key', SignatureKey: 'key_of_rows', SignatureSecret: 'secret_of_rows' };
      const { SignatureId } = call('CloudAPI', 'CreateSignature', made);
      call('CloudAPI', 'SetSignatureApis', { SignatureId, GroupId, ApiIds, StageName: 'RELEASE' });
    },
    see: header('x-ca-proxy-signature-secret-key'),
    classic: 'key_of_rows',
    target: undefined,
  },
  {
    rule: 'plugin/backend-signature',
    code: 'BACKEND_SIGNATURE',
    shows: 'calls to the backend are not signed',
    api: api('GET /signature'),
    plugin: ['backendSignature', { type: 'APIGW_BACKEND', key: 'a-key', secret: 'canary-of-a-signature' }],
    see: header('x-ca-proxy-signature-secret-key'),
    classic: 'a-key',
    target: undefined,
  },
  {
    rule: 'plugin/caching',
    code: 'CACHING',
    shows: 'the second call reaches the backend, too',
    api: api('GET /cached'),
    plugin: ['caching', { duration: 3600 }],
    times: 2,
    see: ({ headers }) => headers['x-ca-caching'],
    classic: 'true',
    target: undefined,
  },
  {
    rule: 'plugin/access-control',
    code: 'ACCESS_CONTROL',
    shows: 'a call with other parameters is served',
    api: api('GET /access'),
    plugin: [
      'accessControl',
      {
        parameters: { kind: 'Header:x-kind' },
        rules: [{ name: 'staff', condition: "$kind = 'staff'", ifFalse: 'DENY' }],
      },
    ],
    classic: 403,
    target: 200,
  },
  {
    rule: 'plugin/routing',
    code: 'ROUTING_CONDITION',
    shows: 'a path parameter does not choose the backend',
    api: api('GET /conditions/[id]'),
    plugin: [
      'routing',
      {
        parameters: { id: 'Path:id' },
        routes: [{ name: 'old', condition: '$id = 1', backend: { type: 'MOCK', statusCode: 410, mockBody: 'old' } }],
      },
    ],
    path: '/conditions/1',
    classic: 410,
    target: 200,
  },
  {
    rule: 'network/public-egress',
    code: 'NAT_MISSING',
    shows: 'a public backend is not reached without a NAT gateway',
    api: { key: 'GET /public', backend: 'public' },
    classic: 200,
    target: 503,
  },
];
