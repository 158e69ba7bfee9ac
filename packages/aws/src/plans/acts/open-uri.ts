import type { ActValues, Answer, Caller, NamedText, TextChoice } from '@postern/core/internal/overlay';
import { ifKnown, single } from '@postern/core/internal/overlay';

const PORT = { attribute: 'port', form: /^(?:[1-9]\d{0,4}|\u27e6.*#port\u27e7)$/ };
const HOST = { attribute: 'dns_name', form: /^(?:\u27e6.*\u27e7|(?=.*[a-z])[a-z0-9-]+(?:\.[a-z0-9-]+)+)$/i };
const SECURE: ReadonlySet<string> = new Set(['HTTPS', 'TLS']);

/**
 * A URI that is known after the apply, such as `http://${aws_lb.shop.dns_name}/orders`. Its host is only the `Host` of calls:
 * the link or the integration has the load balancer. So the port is open, and it is that of a listener, or no call
 * arrives. One that the configuration names by a reference counts. Open is as well whether it names variables of the path that have no
 * value: then calls fail.
 */
export function openUri(text: NamedText, caller: Caller): TextChoice | undefined {
  const { attribute, values, names, resolved, later } = text;
  const balancer = balancerOf(values, caller);
  if (balancer === undefined) return undefined;

  const all: readonly Answer[] =
    caller.call('elasticloadbalancingv2.DescribeListeners', { LoadBalancerArn: balancer }).Listeners ?? [];
  const listeners = all.filter(({ Protocol }) => Protocol !== 'UDP' && Protocol !== 'QUIC');
  if (listeners.length === 0)
    return { alternatives: [[`http://host.example.com/${placeholders(values, caller).mapped}`]] };

  const ports = names(PORT).values.flatMap((one) => ifKnown(() => Number(resolved(one))) ?? []);
  const byName = listeners.filter(({ Port }) => ports.includes(Port));
  const [host, ...others] = names(HOST).values.flatMap((one) => ifKnown(() => resolved(one)) ?? []);
  const uris: string[] = [];
  for (const { Port, Protocol } of (byName.length > 0 ? byName : listeners).toSorted((a, b) => a.Port - b.Port)) {
    const isSecure = SECURE.has(Protocol) || Port === 443;
    // The name that a certificate has to cover is open.
    if (isSecure && (host === undefined || others.length > 0)) return undefined;

    uris.push(`${isSecure ? 'https' : 'http'}://${host ?? 'host.example.com'}:${Port}`);
  }
  const shown = uris.map((uri) => /:(\d+)$/.exec(uri)?.[1]).join(' and ');
  const what = `${caller.address}.${attribute} is known ${later}, and with it the port`;
  const { mapped, unmapped } = placeholders(values, caller);
  const paths = mapped !== '' || unmapped === '' ? [mapped] : ['', unmapped];
  const lacking = `the integration maps no parameter of the path, and it depends on whether the URI names ${unmapped}, which then has no value`;
  return {
    alternatives: uris.flatMap((one) => paths.map((path) => [`${one}/${path}`])),
    reading: {
      judged: `${what}: the verdict is for ${shown}, where the load balancer has a listener, and holds if the URI names no other port, no variable that the stage lacks and no placeholder without a value`,
      open:
        paths.length > 1
          ? `${caller.address}.${attribute} is known ${later}: ${lacking}. Map the parameter, or write the host as text: it is only the Host of calls`
          : `${what}: the load balancer has listeners on ${shown}, and it depends on which. Name the port by the listener's attribute \`port\`, or write the host as text: it is only the Host of calls`,
    },
  };
}

/** The load balancer that an integration names, or that of its link. */
function balancerOf(values: ActValues, caller: Caller): unknown {
  const named = ifKnown(() => single(values['integration_target']));
  if (typeof named === 'string') return named;

  const link = ifKnown(() => single(values['connection_id']));
  if (typeof link !== 'string') return undefined;

  const links: readonly Answer[] = caller.call('apigateway.GetVpcLinks', { limit: 500 }).items ?? [];
  return links.find(({ id }) => id === link)?.targetArns?.[0];
}

/** The variables of a path that a URI has to name since the integration maps them, and those that it maps not. */
function placeholders(values: ActValues, caller: Caller): { readonly mapped: string; readonly unmapped: string } {
  const parameters = Object.keys((values['request_parameters'] ?? {}) as object);
  const names = parameters.flatMap((name) => /^integration\.request\.path\.(.+)$/.exec(name)?.[1] ?? []);
  const text = (all: readonly string[]): string => all.map((name) => `{${name}}`).join('/');
  const [restApiId, resourceId] = ['rest_api_id', 'resource_id'].map((name) => ifKnown(() => single(values[name])));
  const path: unknown =
    typeof resourceId === 'string' ? caller.call('apigateway.GetResource', { restApiId, resourceId }).path : '';
  return {
    mapped: text(names),
    unmapped: text([...String(path).matchAll(/\{([^{}]+?)\+?\}/g)].map(([, name = '']) => name)),
  };
}

/** A variable of a stage that is a host: with one name in it, it is taken for that. */
export function openHost(
  { attribute, path, names, resolved, later }: NamedText,
  { address }: Caller,
): TextChoice | undefined {
  if (path.length < 2) return undefined;

  const hosts = names(HOST).values.flatMap((one) => ifKnown(() => resolved(one)) ?? []);
  if (hosts.length !== 1) return undefined;

  const what = `${address}.${attribute} is known ${later}`;
  return {
    alternatives: [hosts],
    reading: { judged: `${what}: the verdict is for ${hosts[0]}, and holds if it names no port`, open: what },
  };
}
