import { jsonIn, canonicalJson, CloudError, isObject, unlessGone, type Json } from '@postern/core/internal/adapter';
import type { FoundObject, BuiltPolicy } from '../../run/driver.js';
import { listApig } from '../../../../client/lists.js';
import { numberOf } from '../../../../client/plain.js';
import { definitionKey } from '../source/source-api.js';
import { markOf, REMOVED, type At, type KindMethods } from './kind.js';
import type { PlannedRoute } from '../../plan/plan-values.js';

const TYPES = { service: 'GatewayService', route: 'GatewayRoute' } as const;

/** Policies, each created and attached in one call. A change is in effect without another publication: user guide, "Configure policies and plug-ins". */
export const policyKind: KindMethods<'policy'> = {
  find: async (at): Promise<FoundObject | undefined> => {
    const { object, place, session, ctx, fresh = false } = at;
    if (!fresh && place.isNew(object.on, object.of)) return undefined;

    const query = { attachResourceId: resourceOf(at), attachResourceType: TYPES[object.on] };
    // For each route: that the list of all policies has more than one page is not in the official models.
    const what = `policies of ${object.on} ${object.of}`;
    const list = () => listApig(session, ctx, what, 'ListPolicies', { query });
    const rows = await place.once(what, list, fresh);
    const row = rows.find((one) => one.description === markOf(at));
    if (row?.policyId === undefined) return undefined;

    // Without the classic API there is nothing to compare it with.
    const values = await unlessGone(valuesOf(at));
    const isEqual = values === undefined || isSame(row.config, policyConfig(object.planned, object.route, values));
    return { id: row.policyId, differs: isEqual ? [] : ['config'], isOurs: true };
  },
  create: async (at) => {
    const { object, place, session, ctx } = at;
    const config = policyConfig(object.planned, object.route, await valuesOf(at));
    const { policyId } = await session.apig(
      ctx,
      'CreateAndAttachPolicy',
      {
        body: {
          className: object.planned.class,
          name: object.name,
          description: markOf(at),
          config: JSON.stringify(config),
          attachResourceType: TYPES[object.on],
          attachResourceIds: [resourceOf(at)],
          gatewayId: place.gatewayId,
        },
      },
      'create',
    );
    return policyId ?? object.name;
  },
  remove: async ({ session, ctx }, policyId) => {
    await unlessGone(session.apig(ctx, 'DeleteAndDetachPolicy', { path: { policyId } }));
    return REMOVED;
  },
};

const resourceOf = ({ object, place }: At<'policy'>): string => place.idOf(object.on, object.of);

function isSame(config: string | undefined, wanted: { readonly [name: string]: Json }): boolean {
  return config === undefined || canonicalJson((jsonIn(config) ?? '') as Json) === canonicalJson(wanted);
}

/** Values that may be secrets, read from the classic service where a policy needs them: they go into the call, and nowhere else. */
async function valuesOf({ object, place, session, ctx, definitions }: At<'policy'>): Promise<ClassicValues> {
  const { planned, route } = object;
  if (route === undefined || (planned.valuesOf ?? []).length === 0) return { constants: {} };

  const ids = { GroupId: place.groupId, ApiId: route.apiId, StageName: place.stage };
  const key = definitionKey(route.apiId, place.stage);
  const api = definitions.get(key) ?? (await session.call(ctx, 'CloudAPI', 'DescribeDeployedApi', ids));
  definitions.set(key, api);
  const rows = api.ConstantParameters?.ConstantParameter ?? [];
  const constants = Object.fromEntries(
    rows.map(({ ServiceParameterName = '', ConstantValue = '' }) => [ServiceParameterName, ConstantValue]),
  );
  session.noteSecrets(Object.values(constants));
  const missing =
    planned.class === 'HeaderModify'
      ? (planned.valuesOf ?? []).find((name) => constants[name] === undefined)
      : undefined;
  if (missing !== undefined) {
    throw new CloudError('WORLD_MOVED', `API ${route.apiId} no longer has the constant ${missing}`, {
      operation: 'DescribeDeployedApi',
      remedy: 'Plan the hand-over again.',
    });
  }

  const { MockResult = '', MockStatusCode } = api.ServiceConfig ?? {};
  return { constants, mock: { status: numberOf(MockStatusCode) ?? route.mock?.status ?? 200, body: MockResult } };
}

/** What is read of an API when its policies are written. */
interface ClassicValues {
  /** By the name of the header. */
  readonly constants: Readonly<Record<string, string>>;
  readonly mock?: { readonly status: number; readonly body: string } | undefined;
}

type Config = { readonly [name: string]: Json };

/**
 * The `config` of a policy. Those of Timeout, RateLimit, ServiceTls and the first part of Authentication are in official sources;
 * the keys of HttpRewrite, HeaderModify, Cors and IpAccessControl are those of the same policies of Microservices Engine [I].
 * @see https://github.com/alibabacloud-go/mse-20190531 (client/update_gateway_route_http_rewrite_request_model.go)
 */
function policyConfig(policy: BuiltPolicy, route: PlannedRoute | undefined, values: ClassicValues): Config {
  const { settings } = policy;
  switch (policy.class) {
    case 'HttpRewrite':
      return {
        enable: true,
        ...rewrite(settings, route),
        ...(settings['host'] === undefined ? {} : { host: settings['host'] }),
      };
    case 'HeaderModify':
      return {
        enable: true,
        headerOpItems: (policy.valuesOf ?? []).map((key) => ({
          directionType: 'Request',
          opType: 'Update',
          key,
          value: values.constants[key] ?? '',
        })),
      };
    case 'Cors':
      return cors(settings['classic'] ?? {});
    case 'IpAccessControl':
      return {
        enable: true,
        type: settings['allow'] === true ? 'WHITE' : 'BLACK',
        ipBlackWhiteList: settings['blocks'] ?? [],
      };
    case 'DirectResponse':
      return { ...settings, code: values.mock?.status ?? 200, body: values.mock?.body ?? '' };
    case 'RateLimit':
      return { enable: true, ...settings };
    default:
      return settings;
  }
}

/** A parameter of the caller's path is a group of an expression; what is below a prefix stays. */
function rewrite({ from, path: to }: Config, route: PlannedRoute | undefined): Config {
  if (typeof from !== 'string' || typeof to !== 'string') return {};
  if (route?.match.path.type === 'Prefix') return { pathType: 'PRE', path: to.replace(/\*$/, '') };
  if (route?.match.path.type !== 'Regex') return { pathType: 'EXACT', path: to };

  const names: string[] = [];
  const pattern = from
    .split(/(\[[^[\]]*\]|\*$)/)
    .map((part) => {
      if (part !== '*' && !part.startsWith('[')) return part.replace(/[.+?^${}()|\\*]/g, '\\$&');

      names.push(part);
      return part === '*' ? '(.*)' : '([^/]+)';
    })
    .join('');
  const path = to.replace(/\[[^[\]]*\]|\*$/g, (part) => {
    const at = names.indexOf(part);
    return at === -1 ? part : `\\${at + 1}`;
  });
  return { pathType: 'REGEX', pattern: `^${pattern}$`, path };
}

/** The classic plug-in's own names: lists are texts with commas, `maxAge` is in seconds. */
function cors(classic: Json): Config {
  const given = (isObject(classic) ? classic : {}) as Config;
  const text = (name: string, usual: string): string => {
    const value = given[name];
    return value === undefined || value === null
      ? usual
      : Array.isArray(value)
        ? value.join(',')
        : String(value as string);
  };
  return {
    enable: true,
    allowOrigins: originsOf(text('allowOrigins', '*')),
    allowMethods: text('allowMethods', '*'),
    allowHeaders: text('allowHeaders', '*'),
    exposeHeaders: text('exposeHeaders', ''),
    allowCredentials: text('allowCredentials', 'false') === 'true',
    timeUnit: 's',
    unitNum: Number(text('maxAge', '86400')),
  };
}

/** The classic plug-in takes names of hosts; the policy compares whole origins, but for `*` and names that begin with it [I]. */
function originsOf(text: string): string {
  const origins = text.split(',').map((one) => one.trim());
  const isWhole = (one: string): boolean => one.startsWith('*') || one.includes('://');
  return origins.flatMap((one) => (isWhole(one) ? [one] : [`https://${one}`, `http://${one}`])).join(',');
}
