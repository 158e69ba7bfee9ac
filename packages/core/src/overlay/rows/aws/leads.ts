import type { Gateway } from '../../../do/model/gateway.js';
import type { DraftRegion, Lead } from '../../draft/draft-region.js';
import { backendTarget, serverNameOf } from './backend-uri.js';

/** The integration of a route, whether it is written as a resource or in a document. */
export interface Integration {
  readonly linkId: string;
  /** The ARN of a listener or of a service, or a URL. */
  readonly uri: string;
  /** The method that the backend gets; `ANY`: that of the call. */
  readonly sends: string | undefined;
  readonly timeoutMs: number | undefined;
  /** Of HTTP APIs: by the name of what is changed. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** Of HTTP APIs: undefined without TLS. */
  readonly tls?: { readonly serverName: string | undefined } | undefined;
  /** Of REST APIs: the ARN of the load balancer. */
  readonly balancer?: string | undefined;
  readonly anyAuthority?: boolean | undefined;
}

const PATH = 'overwrite:path';
const HOST = 'overwrite:header.host';

/** Where an integration leads, in the members of a route. */
export function leadOf(draft: DraftRegion, kind: Gateway['kind'] | undefined, one: Integration): Lead {
  const { linkId, uri, sends, timeoutMs, parameters = {} } = one;
  if (kind !== 'http-api')
    return {
      linkId,
      targetId: backendTarget(draft, linkId, one.balancer, uri),
      ...serverNameOf(uri),
      path: kind === 'rest-api' ? 'overwrite' : 'keep',
      ...(kind === 'rest-api' ? { method: sends } : {}),
      ...(one.anyAuthority === true ? { anyAuthority: true } : {}),
      settings: { timeoutMs: timeoutMs ?? 29_000 },
    };
  const host = Object.entries(parameters).find(([name]) => name.toLowerCase() === HOST)?.[1];
  const { serverName } = one.tls ?? {};
  return {
    linkId,
    targetId: uri,
    ...(one.tls === undefined ? {} : { tls: serverName === undefined ? {} : { serverName } }),
    path: parameters[PATH] === '$request.path' ? 'overwrite' : 'keep',
    method: sends,
    settings: { timeoutMs: timeoutMs ?? 30_000, ...(host === undefined ? {} : { host }) },
  };
}
