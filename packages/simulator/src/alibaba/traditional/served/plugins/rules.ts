import type { GatewayAnswer, GatewayCall } from '../../../../simulation/traffic/gateway-call.js';
import { errorAnswer, type Failure, type Received } from '../received.js';
import { bodyOf, numberIn, rowsIn, textIn, type Body, listIn } from './body.js';
import { holds, filledIn, valuesOf, type ValueOf, type Looked } from './condition.js';
import { withHeaders } from '../../../traffic/journey.js';
import type { AppRow } from '../../control/app/state.js';
import { blockHas } from '../../../vpc/request/text-rules.js';
import type { Route, PublishedApi } from '../group-view.js';
import { resolved } from '../../control/backend/backend-use.js';
import { findVpcAccessByName } from '../../control/request/find.js';
import type { ApiVersionRow } from '../../control/state.js';
import type { AlibabaRegionState } from '../../../state/alibaba-state.js';
import type { JsonObject } from '../../../state/json-object.js';

/** Why rules refuse a call, or why that cannot be decided. */
type RuleStop = { readonly answer: GatewayAnswer } | { readonly undecided: string };

/**
 * Whether the plug-in `accessControl` refuses a call: the first rule that says ALLOW or DENY decides. Its code is seen in public clients.
 * @see https://help.aliyun.com/document_detail/154200.html
 */
export function refusedByRules(looked: Looked, requestId: string): RuleStop | undefined {
  const body = bodyOf(looked.match.route.published, 'accessControl');
  if (!body) return undefined;

  const valueOf = valuesOf(body, looked);
  for (const rule of rowsIn(body, 'rules')) {
    const result = holds(textIn(rule, 'condition'), valueOf);
    if (result === undefined) return { undecided: `The condition ${textIn(rule, 'condition')} is not simulated.` };

    const action = textIn(rule, result ? 'ifTrue' : 'ifFalse').toUpperCase();
    if (action === 'ALLOW') return undefined;
    if (action !== 'DENY') continue;

    const name = textIn(rule, 'name');
    const because = `Rule ${name} of the plug-in accessControl denies the call.`;
    const failure: Failure = { code: 'A403AC', detail: name, outcome: 'unauthorized', because };
    return { answer: said(errorAnswer(failure, requestId, looked.trace), rule, valueOf) };
  }
  return undefined;
}

/**
 * What callers get of an answer where the plug-in `errorMapping` takes it for an error. The outcome of the call stays: its backend answered.
 * @see https://www.alibabacloud.com/help/doc-detail/148586.htm
 */
export function mappedError(answer: GatewayAnswer, looked: Looked): GatewayAnswer {
  const body = bodyOf(looked.match.route.published, 'errorMapping');
  if (!body) return answer;

  const valueOf = valuesOf(body, { ...looked, answer });
  if (holds(textIn(body, 'errorCondition'), valueOf) !== true) return answer;

  const code = valueOf(textIn(body, 'errorCode'));
  const mapping =
    rowsIn(body, 'mappings').find((one) => textIn(one, 'code') === code) ??
    (body['defaultMapping'] as Body | undefined);
  return mapping ? said(answer, mapping, valueOf) : answer;
}

/** An answer in the words of a rule or a mapping. */
function said(answer: GatewayAnswer, words: Body, valueOf: ValueOf): GatewayAnswer {
  const message = textIn(words, 'errorMessage');
  const own = words['responseHeaders'];
  const headers = typeof own === 'object' && own !== null ? (own as Body) : {};
  const texts = Object.entries(headers).map(([name, value]) => [name, filledIn(String(value), valueOf)]);
  const shown = message === '' ? [] : [['X-Ca-Error-Message', filledIn(message, valueOf)]];
  return withHeaders(
    {
      ...answer,
      status: numberIn(words, 'statusCode') ?? answer.status,
      ...('responseBody' in words && { body: filledIn(textIn(words, 'responseBody'), valueOf) }),
    },
    Object.fromEntries([...texts, ...shown]) as Record<string, string>,
  );
}

/**
 * Whether the plug-in `basicAuth` refuses a call. Which code it answers is [U].
 * @see https://help.aliyun.com/en/api-gateway/traditional-api-gateway/user-guide/plugins/ (BasicAuth plugin)
 */
export function withoutPassword({ published }: Route, { headers }: Received['call']): Failure | undefined {
  const body = bodyOf(published, 'basicAuth');
  if (!body) return undefined;

  const [, given = ''] = /^Basic\s+(\S+)$/i.exec(headers['authorization'] ?? '') ?? [];
  const sent = Buffer.from(given, 'base64').toString('utf8');
  const isKnown = rowsIn(body, 'users').some(
    (user) => sent === `${textIn(user, 'username')}:${textIn(user, 'password')}`,
  );
  if (isKnown) return undefined;

  return { code: 'A403PR', detail: 'basicAuth', outcome: 'unauthorized', because: 'The call has no known password.' };
}

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
