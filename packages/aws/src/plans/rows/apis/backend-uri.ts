import { type DraftRegion, type View, type AttributeUse, UnknownAttribute } from '@postern/core/internal/overlay';
import type { Gateway, Listener, RouteSettings, Route } from '@postern/core/internal/snapshot';

const URI = /^(https?):\/\/([^/:?#]+)(?::(\d+))?(?:[/?#]|$)/i;

/** The DNS name of a load balancer, which no certificate covers. */
const OWN_NAME = /\.elb\.(?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?$/i;

/**
 * The target of an integration that names a port by its URI: the listener on that port of the load balancer, which is that
 * of a V1 link unless the integration names one.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 */
export function backendTarget(
  draft: DraftRegion,
  linkId: string,
  named: string | undefined,
  uri: string,
): string | undefined {
  const balancer = named ?? balancerOf(draft, linkId);
  const [, scheme = '', , port] = URI.exec(uri) ?? [];
  if (balancer === undefined || scheme === '') return undefined;

  const number = port === undefined ? (scheme.toLowerCase() === 'https' ? 443 : 80) : Number(port);
  const listener = listenersOf(draft, balancer).find((one) => one.port === number);
  return listener?.id ?? `${balancer}:${number}`;
}

/** The load balancer of a V1 link. */
function balancerOf(draft: DraftRegion, linkId: string): string | undefined {
  return draft.get('links', linkId)?.loadBalancerIds?.[0];
}

function listenersOf(draft: DraftRegion, balancer: string): readonly Listener[] {
  return draft
    .all('listeners')
    .filter((one) => one.loadBalancerId === balancer && one.protocol !== 'UDP' && one.protocol !== 'QUIC');
}

const PORT: AttributeUse = { attribute: 'port', form: /^[1-9]\d{0,4}$/ };
const HOST: AttributeUse = { attribute: 'dns_name', form: /^(?=.*[a-z])[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i };
export const SECURE: ReadonlySet<string> = new Set(['HTTPS', 'TLS']);

/**
 * A URI that is known after the apply, such as `http://${aws_lb.shop.dns_name}/orders`. Its host is only the `Host` of calls:
 * the link or the integration has the load balancer. So the port is open, and it is that of a listener, or no call
 * arrives. One that the configuration names by a reference counts. Open is as well whether it names `unmapped`, the variables of
 * a path that have no value: then calls fail. `text` has them, or not.
 * @throws {UnknownAttribute} where the listeners are not known
 */
export function openUri(
  view: View,
  draft: DraftRegion,
  attribute: string,
  {
    linkId,
    balancer: named,
    unmapped = '',
  }: { readonly linkId: string; readonly balancer?: string | undefined; readonly unmapped?: string | undefined },
): { readonly uri: string; readonly text?: string | undefined } {
  const balancer = named ?? balancerOf(draft, linkId);
  const isListed =
    balancer !== undefined &&
    draft.get('loadBalancers', balancer) !== undefined &&
    ![...draft.base.gaps, ...draft.gaps].some(({ of }) => of === 'listeners');
  // A link that does not exist answers no call, whatever the port.
  if (balancer === undefined && draft.get('links', linkId) === undefined) return { uri: 'http://host' };
  if (!isListed)
    throw view.unknown(attribute, ['its port is open, and the listeners of its load balancer are not known']);

  const listeners = listenersOf(draft, balancer);
  if (listeners.length === 0) return { uri: 'http://host' };

  const written = writtenUri(view, attribute);
  if (written?.startsWith('http:') === true) return { uri: written };

  const ports = view.candidates(attribute, PORT).values.map(Number);
  const byName = listeners.filter(({ port }) => ports.includes(port));
  const [host, ...others] = view.candidates(attribute, HOST).values;
  const uris = (byName.length > 0 ? byName : listeners)
    .toSorted((a, b) => a.port - b.port)
    .map(({ port, protocol }) => {
      const isSecure = SECURE.has(protocol) || port === 443;
      if (isSecure && (host === undefined || others.length > 0))
        throw view.unknown(attribute, ['the name that a certificate has to cover is open']);

      return `${isSecure ? 'https' : 'http'}://${host ?? 'host'}:${port}`;
    });
  const shown = uris.map((uri) => /:(\d+)$/.exec(uri)?.[1]).join(' and ');
  const what = `${view.instance.address}.${attribute} is known ${view.lookup.words.later}, and with it the port`;
  const texts = unmapped === '' || written !== undefined ? [''] : ['', `http://host/${unmapped}`];
  const lacking = `the integration maps no parameter of the path, and it depends on whether the URI names ${unmapped}, which then has no value`;
  const [uri = 'http://host', text] = view.reading(
    attribute,
    uris.flatMap((one) => texts.map((path) => [one, path])),
    {
      judged: `${what}: the verdict is for ${shown}, where the load balancer has a listener, and holds if the URI names no other port, no variable that the stage lacks and no placeholder without a value`,
      open:
        texts.length > 1
          ? `${view.instance.address}.${attribute} is known ${view.lookup.words.later}: ${lacking}. Map the parameter, or write the host as text: it is only the Host of calls`
          : `${what}: the load balancer has listeners on ${shown}, and it depends on which. Name the port by the listener's attribute \`port\`, or write the host as text: it is only the Host of calls`,
    },
  );
  return { uri, text };
}

/** An open URI as the sources write it: the host is open, and the port is not. Undefined: they do not have all of it. */
function writtenUri(view: View, attribute: string): string | undefined {
  const { values, reasons, isWhole } = view.candidates(attribute, { attribute: 'uri', form: URI });
  const [uri, ...others] = values;
  return isWhole === true && reasons.length === 0 && others.length === 0 ? uri : undefined;
}

/** The `Host` of calls. */
export function hostIn(uri: string): RouteSettings {
  const [, , host] = URI.exec(uri) ?? [];
  return host === undefined ? {} : { host };
}

/** How calls speak TLS: the certificate is checked for the host of the URI. */
export function serverNameOf(uri: string): Pick<Route, 'tls'> {
  const [, scheme = '', host = ''] = URI.exec(uri) ?? [];
  if (scheme.toLowerCase() !== 'https') return {};

  return { tls: OWN_NAME.test(host) ? {} : { serverName: host } };
}

/** A listener that is named by a port, and not by its ARN: what the port leads to after the plan. */
const BY_PORT: ReadonlySet<Gateway['kind']> = new Set(['rest-api', 'websocket-api']);

/** Routes that the plan leaves as they are, and whose URI names a port: they lead to what listens there after it. */
export function followPorts(draft: DraftRegion): void {
  const before = new Map(draft.base.listeners.map((one) => [one.id, one] as const));
  const targetOf = (route: Route): string | undefined => {
    const { targetId = '' } = route;
    const listener = before.get(targetId);
    const [, named, port] = /^([^/]+:loadbalancer\/.+):(\d+)$/.exec(targetId) ?? [];
    const balancer = listener?.loadBalancerId ?? named;
    if (balancer === undefined || route.linkId === undefined) return route.targetId;

    return backendTarget(draft, route.linkId, balancer, `http://host:${listener?.port ?? port}`);
  };
  for (const { id, kind, routes, stages } of draft.all('gateways')) {
    if (!BY_PORT.has(kind)) continue;

    let isSame = true;
    const follow = (route: Route): Route => {
      const targetId = targetOf(route);
      isSame &&= targetId === route.targetId;
      return { ...route, targetId };
    };
    const unlessLed = (route: Route): Route =>
      draft.routes.isLed(id, route.integrationId ?? route.id) ? route : follow(route);
    const followed = {
      routes: routes.map(unlessLed),
      // A deployment that the plan does not make has integrations as they were.
      stages: stages.map(({ served, ...one }) => ({
        ...one,
        served: served && {
          ...served,
          routes: served.routes.map(draft.routes.deployments.has(one.deploymentId ?? '') ? unlessLed : follow),
        },
      })),
    };
    if (!isSame) draft.patch('gateways', id, () => followed);
  }
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['-1', 'all'],
  ['all', 'all'],
  ['1', 'icmp'],
  ['6', 'tcp'],
  ['17', 'udp'],
  ['58', 'icmpv6'],
]);

/** A protocol as the model names it: EC2 takes names and numbers. */
export function protocolOf(protocol: string | undefined): string {
  const word = (protocol ?? '-1').toLowerCase();
  return NAMES.get(word) ?? word;
}

/** The integration of a route, whether it is written as a resource or in a document. */
export interface Integration {
  readonly linkId: string;
  /** The ARN of a listener or of a service, or a URL. Undefined: a URL that is known later. */
  readonly uri: string | undefined;
  /** The method that the backend gets; `ANY`: that of the call. */
  readonly sends: string | undefined;
  readonly timeoutMs: number | undefined;
  /** Of REST APIs: the path of the route. */
  readonly path?: string | undefined;
  /** By the name of what is changed, or filled. Undefined: not known. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** Of HTTP APIs: undefined without TLS. */
  readonly tls?: { readonly serverName: string | undefined } | undefined;
  /** Of REST APIs: the ARN of the load balancer. */
  readonly balancer?: string | undefined;
  readonly anyAuthority?: boolean | undefined;
}

/** A URI that must be there. Undefined: it is known later. @throws {UnknownAttribute} where it is not set, or sensitive */
export function uriOf(view: View, name: string): string | undefined {
  try {
    return view.needed(name);
  } catch (error) {
    if (error instanceof UnknownAttribute && error.isLater) return undefined;

    throw error;
  }
}

/** A text that a plan has already. */
export function knownText({ instance, when }: View, name: string): string | undefined {
  const value = instance[when]?.[name];
  return typeof value === 'string' ? value : undefined;
}
