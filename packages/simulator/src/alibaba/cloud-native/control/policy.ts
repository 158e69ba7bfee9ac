import { ownValue } from '../../../simulation/own-value.js';
import type { AlibabaCall } from '../../operation/operation.js';
import type { AlibabaRegionState } from '../../state/alibaba-state.js';
import { gatewayOfEnvironment } from './request/find.js';
import { refusals } from './request/parameters.js';
import type { PolicyAttachmentRow, PolicyRow } from './state.js';

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

const findPolicyClass = (name: string): PolicyClass | undefined => POLICY_CLASSES.find((one) => one.name === name);

/** What a policy is attached to, as requests write it. */
export interface GivenAttachment {
  readonly attachResourceType?: string | undefined;
  readonly attachResourceId?: string | undefined;
  readonly attachResourceIds?: readonly string[] | undefined;
  readonly environmentId?: string | undefined;
  readonly gatewayId?: string | undefined;
}

/** @throws {AlibabaError} `InvalidParameter` for a class that is not one, and for a text that is not a JSON object */
export function checkPolicy(className: string, config: string): void {
  if (!findPolicyClass(className)) throw refusals.invalid('className');
  if (readConfig(config) === undefined) throw refusals.invalid('config', 'It is a JSON object, written as a text.');
}

/** The configuration of a policy; undefined for a text that is none. */
export function readConfig(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** Attaches a policy. @throws {AlibabaError} `InvalidParameter`, and those of a resource that does not exist */
export function attach(call: AlibabaCall, policy: PolicyRow, given: GivenAttachment): PolicyAttachmentRow {
  const { attachResourceType = '', attachResourceId, attachResourceIds = [], environmentId = '' } = given;
  const types = findPolicyClass(policy.className)?.attachableResourceTypes ?? [];
  if (!types.includes(attachResourceType)) {
    throw refusals.invalid('attachResourceType', `${policy.className} is attached to ${types.join(', ')}.`);
  }

  const ids = attachResourceId === undefined ? attachResourceIds : [attachResourceId];
  const [first] = ids;
  if (first === undefined) throw refusals.invalid('attachResourceIds', 'It is required.');

  for (const id of ids) checkResource(call.state, attachResourceType, id);
  const named = [given.gatewayId, environmentId].find((id) => id !== undefined && id !== '');
  const gateway = named === undefined ? undefined : gatewayOfEnvironment(call.state, named);
  const row: PolicyAttachmentRow = {
    policyAttachmentId: call.id('pr-', 20),
    attachResourceType,
    attachResourceId: first,
    attachResourceIds: ids,
    environmentId: gateway?.environmentId ?? '',
    gatewayId: gateway?.id ?? '',
    policyId: policy.policyId,
  };
  call.state.apig.policyAttachments.set(row.policyAttachmentId, row);
  return row;
}

function checkResource({ apig }: AlibabaRegionState, type: string, id: string): void {
  const rows: Readonly<Record<string, ReadonlyMap<string, unknown>>> = {
    HttpApi: apig.apis,
    Operation: apig.operations,
    GatewayRoute: apig.routes,
    GatewayService: apig.services,
    Gateway: apig.gateways,
    Domain: apig.domains,
  };
  const of = ownValue(rows, type);
  if (of && !of.has(id)) throw refusals.invalid('attachResourceId', `The ${type} ${id} does not exist.`);
}

export const attachmentsOf = ({ apig }: AlibabaRegionState, policyId: string): readonly PolicyAttachmentRow[] =>
  [...apig.policyAttachments.values()].filter((row) => row.policyId === policyId);

/** An attachment where its policy is named already. */
export function attachmentView(row: PolicyAttachmentRow) {
  const { policyId: _, ...shown } = row;
  return shown;
}

/** Removes a policy with all its attachments, or one attachment; a policy without any is removed. */
export function removePolicy({ apig }: AlibabaRegionState, policyId: string, attachmentId?: string): void {
  const all = [...apig.policyAttachments.values()].filter((row) => row.policyId === policyId);
  const gone =
    attachmentId === undefined || attachmentId === ''
      ? all
      : all.filter((row) => row.policyAttachmentId === attachmentId);
  if (attachmentId !== undefined && attachmentId !== '' && gone.length === 0) {
    throw refusals.missing('policy attachment', attachmentId);
  }

  for (const { policyAttachmentId } of gone) apig.policyAttachments.delete(policyAttachmentId);
  if (gone.length === all.length) apig.policies.delete(policyId);
}
