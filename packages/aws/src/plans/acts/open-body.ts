import { hashText } from '@postern/core/internal/adapter';
import {
  ifKnown,
  type Answer,
  type AttributeUse,
  type Caller,
  type NamedText,
  type TextChoice,
} from '@postern/core/internal/overlay';

const token = (form: RegExp): RegExp => new RegExp(`^\\u27e6.*\\u27e7$|${form.source}`);
const LINK: AttributeUse = {
  attribute: 'id',
  form: token(/^[a-z0-9]{5,}$/),
  types: /_vpc_link$/,
  holders: /(?:link|connection)_ids?$/,
};
const BACKEND: AttributeUse = {
  attribute: 'arn',
  form: token(/:listener\/|:servicediscovery:.*:service\/|:loadbalancer\//),
};
const SECURE: ReadonlySet<string> = new Set(['HTTPS', 'TLS']);

/** The key of the route that stands for all of a document that is known later. */
export function keyOfBody(address: string): string {
  return `ANY /{tfd${hashText(address).slice(0, 8)}+}`;
}

/**
 * A document that is known later: a plan says which links and backends it names, and not at which paths. One route stands for all of
 * it, over each pair of a link and a backend.
 */
export function openBody(
  { attribute, path, names, resolved, later }: NamedText,
  caller: Caller,
): TextChoice | undefined {
  const found = [LINK, BACKEND].map(names);
  const reasons = [...new Set(found.flatMap((one) => [...one.reasons, ...(one.undescribed ?? [])]))];
  const known = new Set(found.flatMap(({ values }) => values).flatMap((one) => ifKnown(() => resolved(one)) ?? []));
  const isGuess = reasons.length > 0;
  const own = (all: readonly string[]): readonly string[] => {
    const named = all.filter((id) => known.has(id));
    return named.length > 0 || !isGuess ? named : all;
  };
  const isHttp = caller.type === 'aws_apigatewayv2_api';
  const uses = isHttp ? httpPairs(own, caller) : restPairs(own, caller);
  if (uses === undefined || uses.length === 0 || path.length !== 1) return undefined;

  const what = `${caller.address}.${attribute} is known ${later}`;
  const shown = [...new Set(uses.flatMap(({ shown: ids }) => ids))].join(' and ');
  return {
    alternatives: uses.map(({ integration }) => [documentOf(caller.address, integration)]),
    reading: {
      judged: `${what}: the verdict is for any path over ${shown}, and holds if the document names nothing else`,
      open: `${what}${isGuess ? `: ${reasons.join('; ')}` : ''}. Calls over ${shown} do not all work, and it depends on which of them the document names`,
      ...(isGuess ? { isGuess } : {}),
    },
  };
}

interface Use {
  readonly shown: readonly string[];
  readonly integration: object;
}

type Own = (all: readonly string[]) => readonly string[];

/** Undefined: the name that a certificate has to cover is open. */
function httpPairs(own: Own, caller: Caller): readonly Use[] | undefined {
  const links: readonly Answer[] = caller.call('apigatewayv2.GetVpcLinks', {}).Items ?? [];
  const balancers: readonly Answer[] =
    caller.call('elasticloadbalancingv2.DescribeLoadBalancers', {}).LoadBalancers ?? [];
  const listeners: readonly Answer[] = balancers.flatMap(
    ({ LoadBalancerArn }) =>
      caller.call('elasticloadbalancingv2.DescribeListeners', { LoadBalancerArn }).Listeners ?? [],
  );
  const services: readonly Answer[] = caller.call('servicediscovery.ListServices', {}).Services ?? [];
  const backends = own([...listeners.map((one) => one.ListenerArn), ...services.map((one) => one.Arn)]);
  if (listeners.some((one) => backends.includes(one.ListenerArn) && SECURE.has(one.Protocol))) return undefined;

  return own(links.map((one) => one.VpcLinkId)).flatMap((link) =>
    backends.map((backend) => ({
      shown: [link, backend],
      integration: {
        type: 'http_proxy',
        httpMethod: 'ANY',
        connectionType: 'VPC_LINK',
        connectionId: link,
        uri: backend,
        payloadFormatVersion: '1.0',
      },
    })),
  );
}

function restPairs(own: Own, caller: Caller): readonly Use[] {
  const balancersWithListeners = (balancer: string): readonly Answer[] =>
    caller.call('elasticloadbalancingv2.DescribeListeners', { LoadBalancerArn: balancer }).Listeners ?? [];
  const over = (link: string, balancer: string, more: object): readonly Use[] =>
    balancersWithListeners(balancer)
      .filter(({ Protocol }) => !SECURE.has(Protocol) && Protocol !== 'UDP')
      .map(({ Port }) => ({
        shown: [link],
        integration: {
          type: 'http_proxy',
          httpMethod: 'ANY',
          connectionType: 'VPC_LINK',
          connectionId: link,
          uri: `http://host.example.com:${Port}/`,
          ...more,
        },
      }));
  const links: readonly Answer[] = caller.call('apigateway.GetVpcLinks', {}).items ?? [];
  const named = new Set(own(links.map((one) => one.id)));
  return links.filter((one) => named.has(one.id)).flatMap(({ id, targetArns }) => over(id, targetArns?.[0] ?? '', {}));
}

function documentOf(address: string, integration: object): string {
  const path = keyOfBody(address).replace('ANY ', '');
  const method = { responses: {}, 'x-amazon-apigateway-integration': integration };
  return JSON.stringify({
    openapi: '3.0.1',
    info: { title: 'open', version: '1' },
    paths: { [path]: { 'x-amazon-apigateway-any-method': method } },
  });
}
