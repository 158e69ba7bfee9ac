/** A class of policies. */
export interface PolicyClass {
  readonly name: string;
  readonly attachableResourceTypes: readonly string[];
  /** JSON. */
  readonly configExample: string;
  /** What the data path does with it: `Policies` of `traffic/apig` reads these. */
  readonly isCalled: boolean;
}

const API = ['HttpApi', 'Operation', 'GatewayRoute'];

const row = (name: string, types: readonly string[], example: object, isCalled = true): PolicyClass => ({
  name,
  attachableResourceTypes: types,
  configExample: JSON.stringify(example),
  isCalled,
});

/**
 * The classes, with what each may be attached to. Four schemas of `config` are known: those of Timeout (the official clients), RateLimit
 * and ServiceTls (tests of Terraform's provider), and the first part of Authentication. The others are [I] from the same policies of
 * Microservices Engine, whose Timeout is equal: `UpdateGatewayRoute{HeaderOp,HTTPRewrite,CORS,Retry}`.
 * @see https://github.com/alibabacloud-go/apig-20240327 (client/create_policy_request_model.go)
 * @see https://github.com/alibabacloud-go/mse-20190531 (client/update_gateway_route_header_op_request_model.go)
 */
export const POLICY_CLASSES: readonly PolicyClass[] = [
  row('RateLimit', API, { enable: true, unit: 'Second', limit: 100, responseStatusCode: 429, responseContentBody: '' }),
  row('ConcurrencyLimit', API, { enable: true, limit: 100, responseStatusCode: 429 }, false),
  row('CircuitBreaker', API, { enable: true, strategy: 'ErrorRatio', threshold: 50 }, false),
  row('HttpRewrite', API, { enable: true, pathType: 'PRE', path: '/', host: '' }),
  row('HeaderModify', API, {
    enable: true,
    headerOpItems: [{ directionType: 'Request', opType: 'Add', key: 'x-name', value: 'value' }],
  }),
  row('Cors', API, {
    enable: true,
    allowOrigins: '*',
    allowMethods: 'GET,POST',
    allowHeaders: '*',
    exposeHeaders: '',
    allowCredentials: false,
    timeUnit: 'h',
    unitNum: 24,
  }),
  row('FlowCopy', API, { enable: true, percentage: 100, serviceId: '' }, false),
  row('Timeout', API, { unitNum: 60, timeUnit: 's', enable: true }),
  row('Retry', API, { enable: true, attempts: 2, retryOn: '5xx' }, false),
  row('IpAccessControl', [...API, 'Domain', 'Gateway'], {
    enable: true,
    type: 'BLACK',
    ipBlackWhiteList: ['192.0.2.0/24'],
  }),
  row('Authentication', API, { enable: true, authType: 'AkSk' }),
  row('DirectResponse', ['Operation', 'GatewayRoute'], { enable: true, code: 200, body: '' }),
  row('Fallback', ['Operation', 'GatewayRoute'], { enable: true, serviceId: '' }, false),
  row('Redirect', ['GatewayRoute'], { enable: true, code: 302, host: '', path: '/' }),
  row('ServiceTls', ['GatewayService'], { mode: 'SIMPLE', sni: 'backend.example.com', enable: true }),
  row('ServicePortTls', ['GatewayServicePort'], { mode: 'SIMPLE', sni: 'backend.example.com', enable: true }, false),
  row('ServiceLb', ['GatewayService'], { enable: true, type: 'ROUND_ROBIN' }, false),
  row('Waf', ['GatewayRoute', 'Gateway'], { enable: true }, false),
  row('JWTAuth', ['Gateway'], { enable: true, jwks: '' }, false),
  row('OIDCAuth', ['Gateway'], { enable: true }, false),
  row('ExternalZAuth', ['Gateway'], { enable: true }, false),
];

export const findPolicyClass = (name: string): PolicyClass | undefined =>
  POLICY_CLASSES.find((one) => one.name === name);
