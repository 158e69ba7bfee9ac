import type { Json } from '@postern/core/adapter';
import type { BuiltPolicy } from '../../run/driver.js';
import type { PlannedRoute } from '../../plan/plan-values.js';

/** What is read of an API when its policies are written. */
export interface ClassicValues {
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
export function policyConfig(policy: BuiltPolicy, route: PlannedRoute | undefined, values: ClassicValues): Config {
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
    .split(/(\[[^\]]*\]|\*$)/)
    .map((part) => {
      if (part !== '*' && !part.startsWith('[')) return part.replace(/[.+?^${}()|\\*]/g, '\\$&');
      names.push(part);
      return part === '*' ? '(.*)' : '([^/]+)';
    })
    .join('');
  const path = to.replace(/\[[^\]]*\]|\*$/g, (part) => {
    const at = names.indexOf(part);
    return at === -1 ? part : `\\${at + 1}`;
  });
  return { pathType: 'REGEX', pattern: `^${pattern}$`, path };
}

/** The classic plug-in's own names: lists are texts with commas, `maxAge` is in seconds. */
function cors(classic: Json): Config {
  const given = (typeof classic === 'object' && classic !== null && !Array.isArray(classic) ? classic : {}) as Config;
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
