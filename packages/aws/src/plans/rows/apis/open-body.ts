import { hashText, type Route } from '@postern/core/internal/adapter';
import { type DraftRegion, isMarked, marksAt, UnknownAttribute, type View } from '@postern/core/internal/overlay';
import { AWS } from '../id-forms.js';
import { SECURE } from './backend-uri.js';
import { layLead } from './integration-target.js';

/**
 * Lays one route for all of a document that is known later: a plan says which links and backends it names, and not at which
 * paths. Where the document is in a local value, it may name what the plan creates. False: nothing is known of it, or the API
 * has routes, which the document may keep or not.
 */
export function layOpenBody(view: View, draft: DraftRegion, gatewayId: string): boolean {
  const { instance } = view;
  const { kind, routes = [] } = draft.get('gateways', gatewayId) ?? {};
  if (kind === undefined || routes.length > 0 || isMarked(marksAt(instance.sensitive, ['body']))) return false;

  const id = `tfd${hashText(instance.address).slice(0, 8)}`;
  const key = `ANY /{${id}+}`;
  try {
    const { linkId, backend } = named(view, draft, kind === 'http-api');
    const of = { gatewayId, id: kind === 'rest-api' ? `${id}/ANY` : id };
    const [uri, balancer] = kind === 'http-api' ? [backend, undefined] : [undefined, backend];
    layLead(view, draft, of, { linkId, uri, balancer, sends: undefined, timeoutMs: undefined }, 'body');
    draft.routes.put(gatewayId, { id: of.id, gatewayId, key, integrationId: of.id } as Route);
    draft.routes.address(gatewayId, of.id, instance.address);
    draft.symbols.set(key, instance.address);
    return true;
  } catch (error) {
    if (error instanceof UnknownAttribute) return false;

    throw error;
  }
}

/** The link of a document and what it leads to, each of several in turn: of a link V1 the load balancer is that of the link. */
function named(
  view: View,
  draft: DraftRegion,
  isHttp: boolean,
): { readonly linkId: string; readonly backend: string | undefined } {
  // What may hold neither a link nor what it leads to, such as the URL of a stage, decides nothing.
  const found = [AWS.link, isHttp ? AWS.uri : AWS.balancer].map((wanted) => view.candidates('body', wanted));
  const reasons = [...new Set(found.flatMap((one) => [...one.reasons, ...(one.undescribed ?? [])]))];
  const isGuess = reasons.length > 0;
  /** Of a list what the document names, else what the plan creates or changes and the document may name. */
  const ofList = (list: 'links' | 'listeners' | 'services' | 'loadBalancers'): readonly string[] => {
    const ids = draft.all(list).map(({ id }) => id);
    const own = ids.filter((id) => inDocument.has(id));
    return own.length > 0 || !isGuess ? own : ids.filter((id) => draft.isChanged(list, id));
  };
  const inDocument = new Set(
    [AWS.gatewayPart, AWS.uri, AWS.balancer].flatMap((wanted) => view.candidates('body', wanted).values),
  );
  const links = ofList('links').filter((id) => !isHttp || draft.get('links', id)?.kind === 'vpc-link-v2');
  const backends = isHttp ? [...ofList('listeners'), ...ofList('services')] : ofList('loadBalancers');
  // The name that a certificate has to cover is open.
  if (isHttp && backends.some((id) => SECURE.has(draft.get('listeners', id)?.protocol ?? '')))
    throw view.unknown('body', reasons);

  const pairs = links.flatMap((id): readonly (readonly string[])[] =>
    draft.get('links', id)?.kind === 'vpc-link-v1' ? [[id]] : backends.map((backend) => [id, backend]),
  );
  if (pairs.length === 0) throw view.unknown('body', reasons);

  const shown = [...new Set(pairs.flat())].join(' and ');
  const what = `${view.instance.address}.body is known ${view.lookup.words.later}`;
  const [linkId = '', backend] = view.reading('body of links', pairs, {
    judged: `${what}: the verdict is for any path over ${shown}, and holds if the document names nothing else`,
    open: `${what}${isGuess ? `: ${reasons.join('; ')}` : ''}. Calls over ${shown} do not all work, and it depends on which of them the document names`,
    isGuess: isGuess || undefined,
  });
  return { linkId, backend };
}
