import type { RouteSettings, Gateway } from '@postern/core/internal/library';
import { defined, PARAMETER_FORMS, readParameters } from '@postern/core/internal/adapter';
import type { DraftRegion, Lead, View } from '@postern/core/internal/overlay';
import { type Integration, backendTarget, hostIn, openUri, serverNameOf } from './backend-uri.js';
import { unfilledIn, uriPath, writtenPath } from '../../../cloud/backend-paths.js';
import { onStage, variablesIn } from './stage-values.js';

const PATH = 'overwrite:path';
const WRITES_PATH = /^(?:overwrite|append|remove):path$/i;
const HOST = 'overwrite:header.host';

/**
 * Lays where an integration leads: on the stages whose variables name it, and with the ports that its URI may name.
 * `attribute` has the URI.
 * @throws {UnknownAttribute}
 */
export function layLead(
  view: View,
  draft: DraftRegion,
  of: { readonly gatewayId: string; readonly id: string },
  one: Integration,
  attribute: string,
): void {
  const { gatewayId, id } = of;
  const kind = draft.get('gateways', gatewayId)?.kind;
  const isNamed = variablesIn(one.linkId, one.uri, one.balancer).length > 0;
  const on = isNamed ? onStage(view, draft, gatewayId, one) : undefined;
  const named = { ...one, ...(on === undefined ? {} : { linkId: on.linkId, balancer: on.balancer, uri: on.uri }) };
  if (on !== undefined && on.lacking.length > 0) {
    const what = `stage ${on.stage} has no variable ${on.lacking.join(', ')}, by which the integration is named: calls get status 500`;
    draft.routes.broken.set(`${gatewayId} ${id}`, what);
    draft.routes.lead(gatewayId, id, { linkId: one.linkId });
    return;
  }

  const { path, parameters } = one;
  const unmapped = kind === 'rest-api' ? unmappedIn(path, parameters) : undefined;
  const opened = named.uri === undefined ? openUri(view, draft, attribute, { ...named, unmapped }) : undefined;
  const uri = named.uri ?? opened?.uri ?? '';
  const { settings, ...led } = leadOf(draft, kind, { ...named, uri });
  const written = named.uri ?? openText(view, attribute);
  const text = written ?? opened?.text;
  const isRead = kind === 'rest-api' && path !== undefined && parameters !== undefined;
  const unfilled =
    isRead && text !== undefined ? unfilledIn(path, { uri: text, requestParameters: parameters }) : undefined;
  // An open URI without a path may have one that is not known.
  const [sent] = [written, uri].filter((one) => one !== undefined && /^https?:\/\/[^/]+\//i.test(one));
  const lead = {
    ...led,
    ...(unfilled === undefined ? {} : { unfilled }),
    ...(isRead && sent !== undefined ? uriPath(path, sent, parameters) : {}),
  };
  // The host of an open URI is not known.
  const host = kind === 'http-api' || named.uri === undefined ? {} : hostIn(named.uri);
  draft.routes.lead(gatewayId, id, { ...lead, settings: { ...settings, ...host } });
}

/** The variables of a path, as a URI names them, where an integration maps none of the path: `{proxy}` of `/{proxy+}`. */
function unmappedIn(path = '', parameters: Integration['parameters'] = undefined): string | undefined {
  const isMapped = Object.keys(parameters ?? {}).some((name) => name.startsWith('integration.request.path.'));
  if (parameters === undefined || isMapped) return undefined;

  return [...path.matchAll(/\{([^{}]+?)\+?\}/g)].map(([, name = '']) => `{${name}}`).join('/');
}

/** What an open URI has besides its host: known where the sources of the configuration are. */
function openText(view: View, attribute: string): string | undefined {
  const { values, reasons } = view.candidates(attribute, { attribute: 'uri', form: /^https?:\/\/[^/]+\/.*\{/ });
  return values.length === 1 && reasons.length === 0 ? values[0] : undefined;
}

/** Where an integration leads, in the members of a route. */
function leadOf(
  draft: DraftRegion,
  kind: Gateway['kind'] | undefined,
  one: Integration & { readonly uri: string },
): Lead {
  const { linkId, uri, sends, timeoutMs, parameters = {} } = one;
  const written = parametersIn(kind, parameters);
  if (kind !== 'http-api')
    return {
      linkId,
      targetId: backendTarget(draft, linkId, one.balancer, uri),
      ...serverNameOf(uri),
      path: kind === 'rest-api' ? 'overwrite' : 'keep',
      ...(kind === 'rest-api' ? { method: sends } : {}),
      ...(one.anyAuthority === true ? { anyAuthority: true } : {}),
      settings: { timeoutMs: timeoutMs ?? 29_000, ...written },
    };

  const host = Object.entries(parameters).find(([name]) => name.toLowerCase() === HOST)?.[1];
  const { serverName } = one.tls ?? {};
  return {
    linkId,
    targetId: uri,
    ...(one.tls === undefined ? {} : { tls: serverName === undefined ? {} : { serverName } }),
    path: parameters[PATH] === '$request.path' ? 'overwrite' : 'keep',
    ...(Object.keys(parameters).some((name) => WRITES_PATH.test(name)) ? {} : { keepsPath: true }),
    ...defined({ writtenPath: writtenPath(parameters) }),
    method: sends,
    settings: { timeoutMs: timeoutMs ?? 30_000, ...defined({ host }), ...written },
  };
}

/** What the integration writes into calls besides the path and the host. */
function parametersIn(
  kind: Gateway['kind'] | undefined,
  parameters: Readonly<Record<string, string>>,
): Pick<RouteSettings, 'parameters'> {
  if (kind === undefined || !Object.hasOwn(PARAMETER_FORMS, kind)) return {};

  const mapped = Object.entries(parameters).filter(([key]) => !/:path$|:header\.host$|\.path\./i.test(key));
  return defined({ parameters: readParameters(PARAMETER_FORMS[kind as keyof typeof PARAMETER_FORMS], mapped) });
}
