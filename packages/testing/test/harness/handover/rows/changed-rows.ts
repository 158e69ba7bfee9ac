import { KEY } from '../token.js';
import { answered, api, backendSees, constant, declared, header, served, system, type ShownRow } from './row.js';

/** Section 5.2: what maps with a change. */
export const CHANGED_ROWS: readonly ShownRow[] = [
  {
    rule: 'path/parameters',
    code: 'PATH_PARAMETERS',
    shows: 'a path with a parameter is answered as before',
    api: api('GET /parameters/[id]'),
    path: '/parameters/7',
    classic: 200,
    target: 200,
  },
  {
    rule: 'path/greedy',
    code: 'PATH_GREEDY',
    shows: 'the path in front of /* is answered, too',
    api: api('GET /greedy/*'),
    path: '/greedy',
    classic: 404,
    target: 200,
  },
  {
    rule: 'path/overlap',
    code: 'PATHS_OVERLAP',
    shows: 'of two APIs that match a call the longer expression answers',
    api: { key: 'GET /over/[id]/lines', backend: 'mock' },
    has: ({ publish }) => void publish(api('GET /over/a/*')),
    path: '/over/a/lines',
    see: ({ body }) => body === 'a fixed answer',
    classic: false,
    target: true,
  },
  {
    rule: 'backend/mock',
    code: 'MOCK_KEPT',
    shows: 'a mock loses its headers',
    api: served('GET /mock', {
      ServiceVpcEnable: 'FALSE',
      Mock: 'TRUE',
      MockResult: 'a text',
      MockHeaders: [{ HeaderName: 'x-mock', HeaderValue: 'yes' }],
    }),
    see: answered('x-mock'),
    classic: 'yes',
    target: undefined,
  },
  {
    rule: 'backend/tls',
    code: 'BACKEND_HOST',
    shows: 'the backend gets the same Host',
    needs: ({ call, networkId, server, serverGroup }) => {
      const to = { VpcId: networkId, InstanceId: server, Port: 8081 };
      call('CloudAPI', 'SetVpcAccess', { ...to, Name: 'named', VpcTargetHostName: 'orders.internal' });
      const rule = { IpProtocol: 'tcp', PortRange: '8081/8081', SourceCidrIp: '100.104.0.0/16' };
      call('Ecs', 'AuthorizeSecurityGroup', { ...rule, SecurityGroupId: serverGroup });
    },
    api: served('GET /host', {}, 'named'),
    see: header('host'),
    classic: 'orders.internal',
    target: 'orders.internal',
  },
  {
    rule: 'backend/path',
    code: 'PATH_REWRITTEN',
    shows: 'the backend gets the same path',
    api: served('GET /rewritten', { ServicePath: '/v2/rewritten' }),
    see: backendSees('path'),
    classic: '/v2/rewritten',
    target: '/v2/rewritten',
  },
  {
    rule: 'backend/timeout',
    code: 'TIMEOUT_ROUNDED',
    shows: 'a backend that takes 1.8 s is waited for',
    api: served('GET /slow', { ServiceTimeout: 1500 }),
    backend: { delayMs: 1800 },
    classic: 504,
    target: 200,
  },
  {
    rule: 'parameter/constant',
    code: 'CONSTANT_HEADER',
    shows: 'the backend gets the same constant header',
    api: api('GET /constant', constant('HEAD', 'x-shop')),
    see: header('x-shop'),
    classic: 'shop',
    target: 'shop',
  },
  {
    rule: 'parameter/system',
    code: 'SYSTEM_REPLACED',
    shows: 'the backend gets no header of its own with the address of the caller',
    api: api('GET /address', system('CaClientIp', 'x-address')),
    see: header('x-address'),
    classic: '203.0.113.10',
    target: undefined,
  },
  {
    rule: 'parameter/system',
    code: 'SYSTEM_UNKNOWN',
    shows: 'the backend gets no name of the API',
    api: api('GET /system', { ApiName: 'named_api', ...system('CaApiName', 'x-api') }),
    see: header('x-api'),
    classic: 'named_api',
    target: undefined,
  },
  {
    rule: 'parameter/contract',
    code: 'PARAMETERS_UNCHECKED',
    shows: 'a call without a required parameter reaches the backend',
    api: api(
      'GET /contract',
      declared('GET /contract', 'MAPPING_PASSTHROUGH', { ApiParameterName: 'q', Required: 'REQUIRED' }),
    ),
    classic: 400,
    target: 200,
  },
  {
    rule: 'parameter/contract',
    code: 'PARAMETERS_UNFILTERED',
    shows: 'the backend gets parameters that are not declared',
    api: api('GET /filtered', declared('GET /filtered', 'MAPPING', { ApiParameterName: 'q' })),
    path: '/filtered?q=1&other=2',
    see: backendSees('query'),
    classic: 'q=1',
    target: 'q=1&other=2',
  },
  {
    rule: 'throttle/policy',
    code: 'LIMIT_PER_API',
    shows: 'calls above the limit get 429 without an error code',
    api: api('GET /limited'),
    has: ({ call, groupId: GroupId }, ApiIds) => {
      const policy = { TrafficControlName: 'limits', TrafficControlUnit: 'MINUTE', ApiDefault: 2 };
      const { TrafficControlId } = call('CloudAPI', 'CreateTrafficControl', policy);
      call('CloudAPI', 'SetTrafficControlApis', { TrafficControlId, GroupId, ApiIds, StageName: 'RELEASE' });
    },
    throttles: true,
    times: 3,
    see: ({ status, headers }) => [status, headers['x-ca-error-code']],
    classic: [429, 'T429PR'],
    target: [429, undefined],
  },
  {
    rule: 'plugin/traffic-control',
    code: 'LIMIT_PER_API',
    shows: 'calls above the limit of the plug-in get 429 without an error code',
    api: api('GET /limits'),
    plugin: ['trafficControl', { unit: 'MINUTE', apiDefault: 2 }],
    throttles: true,
    times: 3,
    see: ({ status, headers }) => [status, headers['x-ca-error-code']],
    classic: [429, 'T429PR'],
    target: [429, undefined],
  },
  {
    rule: 'plugin/traffic-control',
    code: 'LIMIT_PER_CALLER',
    shows: 'an app is not limited until the plug-in of the market is installed',
    api: { ...api('GET /per-app'), apps: ['webshop'] },
    plugin: ['trafficControl', { unit: 'MINUTE', appDefault: 1 }],
    signs: { app: 'webshop' },
    throttles: true,
    times: 2,
    classic: 429,
    target: 200,
  },
  {
    rule: 'plugin/traffic-control',
    code: 'LIMIT_UNIT',
    shows: 'a limit for an hour has no effect',
    api: api('GET /per-hour'),
    plugin: ['trafficControl', { unit: 'HOUR', apiDefault: 1 }],
    throttles: true,
    times: 2,
    classic: 429,
    target: 200,
  },
  {
    rule: 'throttle/policy',
    code: 'LIMIT_UNIT',
    shows: 'a limit of a policy for a day has no effect',
    api: api('GET /per-day'),
    has: ({ call, groupId: GroupId }, ApiIds) => {
      const policy = { TrafficControlName: 'daily', TrafficControlUnit: 'DAY', ApiDefault: 1 };
      const { TrafficControlId } = call('CloudAPI', 'CreateTrafficControl', policy);
      call('CloudAPI', 'SetTrafficControlApis', { TrafficControlId, GroupId, ApiIds, StageName: 'RELEASE' });
    },
    throttles: true,
    times: 2,
    classic: 429,
    target: 200,
  },
  {
    rule: 'plugin/jwt',
    code: 'JWT',
    shows: 'a call without a token is refused by another status',
    api: api('GET /token'),
    plugin: ['jwtAuth', { parameter: 'X-Token', parameterLocation: 'header', jwk: KEY }],
    see: ({ status, headers }) => [status, headers['x-ca-error-code']],
    classic: [400, 'A400JR'],
    target: [401, undefined],
  },
  {
    rule: 'plugin/basic-auth',
    code: 'BASIC_AUTH',
    shows: 'a call without a password is served until the plug-in of the market is installed',
    api: api('GET /password'),
    plugin: ['basicAuth', { users: [{ username: 'ann', password: 'canary-of-a-password' }] }],
    classic: 403,
    target: 200,
  },
  {
    rule: 'api/app-code',
    code: 'APP_CODE',
    shows: 'a call with an AppCode is refused until its app has an API key',
    api: { ...api('GET /code', { AppCodeAuthType: 'HEADER' }), apps: ['webshop'] },
    headers: { authorization: 'APPCODE canary-of-a-code' },
    classic: 200,
    target: 401,
  },
  {
    rule: 'app/authorization-end',
    code: 'AUTHORIZATION_ENDS',
    shows: 'an app may call after the end of its authorization',
    api: { ...api('GET /ending'), apps: ['webshop'] },
    has: ({ call, groupId: GroupId, appIds, now }, ApiId) => {
      const AuthValidTime = new Date(now + 6 * 3_600_000).toUTCString();
      const at = { GroupId, ApiId, StageName: 'RELEASE', AppIds: appIds['webshop'] };
      call('CloudAPI', 'SetAppsAuthorities', { ...at, AuthValidTime });
    },
    signs: { app: 'webshop' },
    afterMs: 24 * 3_600_000,
    classic: 403,
    target: 200,
  },
  {
    rule: 'plugin/error-mapping',
    code: 'ERROR_MAPPING',
    shows: 'callers get the error as the backend writes it',
    api: api('GET /mapped'),
    plugin: [
      'errorMapping',
      {
        parameters: { code: 'BodyJsonField:$.code' },
        errorCondition: "$code = 'NO_ROLE'",
        errorCode: 'code',
        mappings: [{ code: 'NO_ROLE', statusCode: 404 }],
      },
    ],
    backend: { body: '{"code":"NO_ROLE"}' },
    classic: 404,
    target: 200,
  },
  {
    rule: 'plugin/routing',
    code: 'ROUTING_ROUTES',
    shows: 'old callers reach the backend of the others until routes with matches are created',
    api: api('GET /routed'),
    plugin: [
      'routing',
      {
        parameters: { version: 'Header:x-version' },
        routes: [
          { name: 'old', condition: "$version = '1'", backend: { type: 'MOCK', statusCode: 410, mockBody: 'old' } },
        ],
      },
    ],
    headers: { 'x-version': '1' },
    classic: 410,
    target: 200,
  },
  {
    rule: 'stage/gateway',
    code: 'STAGES_ON_ONE_DOMAIN',
    shows: 'a header does not choose the stage: TEST is on a gateway of its own',
    api: { ...api('GET /staged'), stages: ['TEST'] },
    headers: { 'x-ca-stage': 'TEST' },
    classic: 200,
    target: 404,
  },
  {
    rule: 'throttle/policy',
    code: 'LIMIT_PER_CALLER',
    shows: 'an app is not limited by a policy until the plug-in of the market is installed',
    api: { ...api('GET /app-policy'), apps: ['webshop'] },
    has: ({ call, groupId: GroupId }, ApiIds) => {
      const policy = { TrafficControlName: 'per_app', TrafficControlUnit: 'MINUTE', ApiDefault: 900, AppDefault: 1 };
      const { TrafficControlId } = call('CloudAPI', 'CreateTrafficControl', policy);
      call('CloudAPI', 'SetTrafficControlApis', { TrafficControlId, GroupId, ApiIds, StageName: 'RELEASE' });
    },
    signs: { app: 'webshop' },
    throttles: true,
    times: 2,
    classic: 429,
    target: 200,
  },
  {
    rule: 'stage/draft',
    code: 'DRAFT_NEWER',
    shows: 'what was published is answered, and not the draft',
    api: served('GET /draft', { ServicePath: '/published' }),
    later: ({ call, groupId: GroupId }, ApiId) => {
      const { more } = served('GET /draft', { ServicePath: '/draft' });
      const request = declared('GET /draft', 'PASSTHROUGH', { ApiParameterName: 'q' });
      const named = { ApiName: 'the_draft', Visibility: 'PRIVATE', AuthType: 'ANONYMOUS' };
      call('CloudAPI', 'ModifyApi', { GroupId, ApiId, ...named, ...request, ...more });
    },
    see: backendSees('path'),
    classic: '/published',
    target: '/published',
  },
  {
    rule: 'stage/unpublished',
    code: 'NOT_PUBLISHED',
    shows: 'an API that no stage publishes is answered by neither gateway',
    api: { ...api('GET /unpublished'), stages: [] },
    classic: 404,
    target: 404,
  },
  {
    rule: 'network/source-addresses',
    code: 'SOURCE_ADDRESSES',
    shows: 'the backend is called from the vSwitches of the gateway',
    api: api('GET /source'),
    see: (answer) => String(backendSees('source')(answer)).split('.')[0] === '10',
    classic: false,
    target: true,
  },
];
