import type { GatewayCall } from '../../../../simulation/traffic/gateway-call.js';
import type { AppRow } from '../../control/app/state.js';
import { blockHas } from '../../../vpc/request/text-rules.js';
import type { Failure } from '../gateway-error.js';
import type { PublishedApi } from '../group-view.js';
import type { Route } from '../router.js';
import { bodyOf, listIn, rowsIn, textIn, type Body } from './body.js';
import { resolved } from '../../control/backend/backend-use.js';
import { findVpcAccessByName } from '../../control/request/find.js';
import type { ApiVersionRow } from '../../control/state.js';
import type { AlibabaRegionState } from '../../../state/region-state.js';
import { holds, valuesOf, type Looked } from './condition.js';
import type { JsonObject } from '../../../state/json-object.js';

/** Addresses, for calls of all applications or of one. */
interface Entry {
  readonly blocks: readonly string[];
  /** Empty: all. */
  readonly appId: string;
}

interface Control {
  readonly name: string;
  readonly allows: boolean;
  readonly entries: readonly Entry[];
  /** Which address of `X-Forwarded-For` counts, from its end where it is below 0; undefined: that of the connection. */
  readonly forwarded?: number | undefined;
}

/**
 * Whether the access control of addresses refuses a call: a plug-in `ipControl`, or a policy of the older form where there is none [I]. An
 * entry for an application holds for its calls only; other applications are not affected where there are no entries for all. An API that
 * asks for no application then refuses everybody. Without entries a control has no effect.
 * @see https://help.aliyun.com/en/api-gateway/traditional-api-gateway/user-guide/plug-ins-of-the-ip-access-control-type
 * @see https://help.aliyun.com/document_detail/400360.html (CreateIpControl: entries with an application)
 */
export function refusedAddress({ published }: Route, call: GatewayCall, app: AppRow | undefined): Failure | undefined {
  const control = controlOf(published);
  if (!control || control.entries.length === 0) return undefined;

  const address = addressOf(control, call);
  const own = control.entries.filter(({ appId }) => appId === '' || appId === String(app?.AppId ?? ''));
  const has = own.some(({ blocks }) => blocks.some((block) => blockHas(block, address)));
  const isUnaffected = own.length === 0 && app !== undefined;
  if (control.allows ? has || isUnaffected : !has) return undefined;

  return { code: 'A403IP', outcome: 'unauthorized', because: `${control.name} refuses ${address}.` };
}

function controlOf(published: PublishedApi): Control | undefined {
  const body = bodyOf(published, 'ipControl');
  if (body) return ofPlugin(body);

  const { ipControl: policy } = published;
  if (!policy) return undefined;

  const allows = policy.type === 'ALLOW';
  const entries = policy.items.map(({ cidrIp, appId }) => ({ blocks: cidrIp.split(';'), appId: allows ? appId : '' }));
  return { name: policy.name, allows, entries };
}

function ofPlugin(body: Body): Control {
  const allows = textIn(body, 'type').toUpperCase() !== 'REFUSE';
  const [, at] = /^XFF:(-?\d+)$/i.exec(textIn(body, 'resource')) ?? [];
  return {
    name: 'The plug-in ipControl',
    allows,
    entries: rowsIn(body, 'items').map((item) => ({
      blocks: listIn(item, 'blocks'),
      appId: allows ? textIn(item, 'appId') : '',
    })),
    forwarded: at === undefined ? undefined : Number(at),
  };
}

function addressOf({ forwarded }: Control, { headers, sourceIp }: GatewayCall): string {
  if (forwarded === undefined) return sourceIp;

  const given = (headers['x-forwarded-for'] ?? '').split(',').map((one) => one.trim());
  return given.at(forwarded) ?? sourceIp;
}

/**
 * The API with the backend that the plug-in `routing` chooses: the first route whose condition holds, of type MOCK, HTTP or HTTP-VPC. A
 * route without a condition, or with one that is not simulated (`Random()`), is not taken. Constants and paths of routes are not simulated.
 * @see https://www.alibabacloud.com/help/doc-detail/125301.htm
 */
export function routedApi(state: AlibabaRegionState, looked: Looked): PublishedApi {
  const { published } = looked.match.route;
  const body = bodyOf(published, 'routing');
  if (!body) return published;

  const valueOf = valuesOf(body, looked);
  const route = rowsIn(body, 'routes').find((one) => holds(textIn(one, 'condition'), valueOf) === true);
  if (!route) return published;

  const version = versionOf(state, published.version, (route['backend'] ?? {}) as Body);
  return { ...published, version, isRouted: true };
}

function versionOf(state: AlibabaRegionState, version: ApiVersionRow, backend: Body): ApiVersionRow {
  const of = (config: JsonObject, more: Partial<ApiVersionRow>): ApiVersionRow => ({
    ...version,
    vpc: undefined,
    serviceAddress: '',
    definition: { ...version.definition, serviceConfig: config, backendEnable: false },
    ...more,
  });
  switch (textIn(backend, 'type').toUpperCase().replace('_', '-')) {
    case 'MOCK':
      return of(
        { Mock: 'TRUE', MockStatusCode: textIn(backend, 'statusCode'), MockResult: textIn(backend, 'mockBody') },
        {},
      );
    case 'HTTP':
      return of({}, { serviceAddress: textIn(backend, 'address') });
    case 'HTTP-VPC': {
      const access = findVpcAccessByName(state, textIn(backend, 'vpcAccessName'));
      if (!access) return of({}, {});

      const { id: _, ...vpc } = resolved(access, textIn(backend, 'vpcScheme'));
      return of({}, { vpc });
    }
    default:
      return version;
  }
}
