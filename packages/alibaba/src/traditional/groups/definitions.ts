import type { Json, Gateway } from '@postern/core/internal/adapter';
import type { GroupOutput } from './api.js';
import type { VpcAccess } from '../instances/vpc-access.js';

/** What of an API a simulated one is made from: a draft, or what is published. Structures are the service's own. */
interface Form {
  readonly name: string;
  readonly description: string;
  readonly visibility: string;
  readonly authType: string;
  readonly request: Json;
  readonly service: Json;
  readonly backendId?: string | undefined;
}

interface ApiRaw {
  readonly draft?: FormRaw | undefined;
  readonly published?: Readonly<Record<string, FormRaw>> | undefined;
  /** The description that each publication was made with. */
  readonly shown?: Readonly<Record<string, string>> | undefined;
}

interface FormRaw {
  readonly ApiName?: string | undefined;
  readonly Description?: string | undefined;
  readonly Visibility?: string | undefined;
  readonly AuthType?: string | undefined;
  readonly RequestConfig?: Json | undefined;
  readonly ServiceConfig?: Json | undefined;
  readonly BackendEnable?: boolean | undefined;
  readonly BackendConfig?: { readonly BackendId?: string | undefined } | undefined;
}

/**
 * The facts that a world needs and that portable routes, gateways and targets do not contain: the
 * definitions of APIs (draft and by stage), the settings of groups, and the host names of authorizations.
 * `raw` is not written to files, so these facts are in `native`.
 */
export function definitionsOf(
  gateways: readonly Gateway[],
  accesses: readonly VpcAccess[],
): { readonly [name: string]: Json } {
  return {
    apis: sorted(
      gateways.flatMap(({ routes }) => routes),
      (route) => route.id,
    ).map((route) => api(route.id, route.gatewayId, route.raw as ApiRaw)),
    groups: sorted(gateways, ({ id }) => id).map(({ id, raw }) => group(id, raw as GroupOutput)),
    accesses: sorted(accesses, ({ name }) => name).map(({ name, id, hostName }) => ({ name, id, hostName })),
  };
}

/** Sorts items by their key, so that the same world always gives the same text. */
export function sorted<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  return items.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

function api(id: string, groupId: string, { draft = {}, published = {}, shown = {} }: ApiRaw): Json {
  const stages = Object.entries(published).map(([stage, one]): [string, Json] => [
    stage,
    { ...form(one), shown: shown[stage] ?? '' },
  ]);
  return { id, groupId, draft: form(draft), published: Object.fromEntries(stages) };
}

function form(raw: FormRaw): { readonly [name: string]: Json } {
  const made: Form = {
    name: raw.ApiName ?? '',
    description: raw.Description ?? '',
    visibility: raw.Visibility ?? '',
    authType: raw.AuthType ?? '',
    request: raw.RequestConfig ?? {},
    service: raw.ServiceConfig ?? {},
    ...(raw.BackendEnable === true ? { backendId: raw.BackendConfig?.BackendId ?? '' } : {}),
  };
  return { ...made } as { readonly [name: string]: Json };
}

function group(id: string, raw: GroupOutput): Json {
  return {
    id,
    description: raw.Description ?? '',
    basePath: raw.BasePath ?? '/',
    httpsPolicy: raw.HttpsPolicy ?? '',
    trafficLimit: raw.TrafficLimit ?? 0,
    billingStatus: raw.BillingStatus ?? '',
    illegalStatus: raw.IllegalStatus ?? '',
    migrationStatus: raw.MigrationStatus ?? '',
    migrationError: raw.MigrationError ?? '',
  };
}
