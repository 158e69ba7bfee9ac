import { isAddress } from '@postern/core/internal/cloud';
import { grouped } from '@postern/core/internal/kinds';
import { timeoutSeconds } from '../../mapping/route-match.js';
import { hostOf, isPrivateName } from '../../mapping/backend-host.js';
import type { About } from '../assessment.js';
import { apiRule, blocked, changed, exact, handoverRule, unknown, type Found, type HandoverRule } from '../rule.js';
import type { AssessView, Published } from '../view.js';
import { keyText } from './paths.js';

/** Each backend of a kind once for all APIs that call it. */
function* eachBackend(
  view: AssessView,
  keyOf: (one: Published) => string | undefined,
): Iterable<{ key: string; apis: readonly Published[]; about: About }> {
  const named = view.published.filter((one) => keyOf(one) !== undefined);
  const groups = grouped(named, (one) => `${one.deployment.stage}\n${keyOf(one) ?? ''}`);
  for (const [at, apis] of groups) {
    const [stage = '', key = ''] = at.split('\n');
    const about: About = {
      source: { kind: 'backend', id: key, name: key },
      stage,
      apis: apis.map(({ api }) => api.id).toSorted(),
    };
    yield { key, apis, about };
  }
}

const access = handoverRule({
  id: 'backend/vpc-access',
  classic: 'a VPC access authorization: ECS, CLB or an address, with a port',
  apig: 'a service with a fixed address (VIP), resolved when the plan is made',
  codes: {
    BACKEND_RESOLVED: exact(
      '{access} leads to {instance}, which has the address {address} as of {at}. The service keeps this address: after a change of it, update the service.',
      { target: 'service VIP {address}:{port}' },
    ),
    ACCESS_ABSENT: blocked('The VPC access authorization {access} does not exist.', {
      affects: ['callers'],
      who: 'platform',
      waivable: false,
      remedy: 'Create the authorization and publish its APIs again, or publish them with another backend.',
    }),
    BACKEND_ABSENT: blocked('{access} leads to {instance}, which does not exist as of {at}.', {
      affects: ['callers'],
      who: 'backend',
      waivable: false,
      remedy: 'Point the authorization to a server or load balancer that exists, or take its APIs offline.',
    }),
    BACKEND_NOT_READ: unknown(
      [
        'The address of {instance} behind {access} is not known: {why}.',
        'The VPC access authorization {access} was not read: {why}.',
      ],
      {
        who: 'platform',
        waivable: false,
        remedy:
          'Allow `postern` to read [if instance: servers and load balancers|the authorizations], and assess again.',
      },
    ),
  },
  *find(view, say) {
    for (const { key, about } of eachBackend(view, ({ backend }) =>
      backend?.kind === 'vpc' ? (backend.accessName ?? '') : undefined,
    )) {
      const found = view.access(key);
      if (found === undefined) {
        const gap = view.gap('accesses');
        yield gap === undefined
          ? say.ACCESS_ABSENT(about, { access: key })
          : say.BACKEND_NOT_READ(about, { access: key, instance: undefined, why: gap.message });
        continue;
      }

      const { instanceId: instance, port, resolved } = found;
      if (resolved.is === 'found') {
        const { address, at } = resolved;
        yield say.BACKEND_RESOLVED(about, { access: key, instance, address, at, port });
      } else if (resolved.is === 'absent') yield say.BACKEND_ABSENT(about, { access: key, instance, at: resolved.at });
      else yield say.BACKEND_NOT_READ(about, { access: key, instance, why: resolved.why });
    }
  },
});

const http = handoverRule({
  id: 'backend/http',
  classic: 'an HTTP backend: a domain name or an address',
  apig: 'a service that is resolved by name (DNS), or with a fixed address (VIP)',
  codes: {
    HTTP_BACKEND: exact('{url} becomes a service with the same host and port.', {
      target: 'service {isAddress?VIP:DNS} {host}:{port}',
    }),
    PRIVATE_NAME: changed(
      '{host} looks like a private name. The target resolves it only if the resolver of its VPC does; private domains of the classic instance are not used.',
      {
        target: 'service DNS {host}:{port}',
        affects: ['backend'],
        who: 'network',
        remedy: 'Add the name to a private zone that is bound to the VPC of the target gateway.',
      },
    ),
    ADDRESS_MISSING: unknown('The address of an HTTP backend cannot be read as a URL: {url|it is empty}.', {
      who: 'platform',
      waivable: false,
      remedy: 'Publish the API with a backend such as https://orders.example.com.',
    }),
  },
  *find(view, say) {
    for (const { key: url, about } of eachBackend(view, ({ backend }) =>
      backend?.kind === 'http' ? (backend.address ?? '') : undefined,
    )) {
      if (url.includes('#')) continue; // a stage variable: stage/variables judges it

      const found = hostOf(url);
      if (found === undefined) {
        yield say.ADDRESS_MISSING(about, { url });
        continue;
      }

      const { name: host, port } = found;
      yield !isAddress(host) && isPrivateName(host)
        ? say.PRIVATE_NAME(about, { host, port })
        : say.HTTP_BACKEND(about, { url, isAddress: isAddress(host), host, port });
    }
  },
});

const tls = handoverRule({
  id: 'backend/tls',
  classic: '`VpcScheme` HTTPS or `VpcTargetHostName`; an HTTPS backend',
  apig: 'the policy ServiceTls with mode and server name; HttpRewrite of the host',
  codes: {
    BACKEND_TLS: changed(
      [
        'Calls to {backend} use TLS. The target needs the policy ServiceTls with the server name {name}, and HttpRewrite sets the same Host.',
        'Calls to {backend} use TLS. The target needs the policy ServiceTls; no server name is set, so the host of the call is used [I].',
      ],
      {
        target: 'policy ServiceTls SIMPLE[, server name {name}]',
        affects: ['backend'],
        who: 'backend',
        remedy: 'Check that the certificate of the backend has this name.',
      },
    ),
    BACKEND_HOST: changed(
      'The backend gets the Host {name} now. Without the policy HttpRewrite it would get the Host of the caller [I].',
      { target: 'policy HttpRewrite, host {name}', affects: ['backend'], who: 'platform' },
    ),
  },
  *find(view, say) {
    for (const { key, apis, about } of eachBackend(view, ({ backend }) => backend?.accessName ?? backend?.address)) {
      const { backend } = apis[0] as Published;
      const name = backend?.kind === 'vpc' ? view.access(key)?.hostName : undefined;
      if (backend?.scheme === 'https') yield say.BACKEND_TLS(about, { backend: key, name });
      else if (name !== undefined) yield say.BACKEND_HOST(about, { name });
    }
  },
});

const path = apiRule({
  id: 'backend/path',
  classic: 'a backend path that differs from the request path',
  apig: 'the policy HttpRewrite',
  codes: {
    PATH_REWRITTEN: changed('The backend of {api} gets {to} for {path}. The policy HttpRewrite does the same.', {
      target: 'policy HttpRewrite {path} → {to}',
      affects: ['backend'],
      who: 'platform',
      remedy: 'Compare what the backend gets while the hand-over is proven.',
    }),
  },
  find: (one, say) => {
    const { path: to, kind } = one.backend ?? {};
    return to === undefined || to === one.path || kind === 'mock'
      ? undefined
      : say.PATH_REWRITTEN(one.about, { api: one.api.name, to, path: one.path });
  },
});

const method = apiRule({
  id: 'backend/method',
  classic: 'a backend method that differs from the request method',
  apig: 'none',
  codes: {
    METHOD_CHANGED: blocked(
      '{api} is called with {method}, and calls its backend with {to}. No policy of APIG changes the method [I].',
      {
        affects: ['backend'],
        who: 'backend',
        remedy: 'Make the backend accept {method}, and publish the API with it.',
      },
    ),
  },
  find: (one, say) => {
    const { method: to, kind } = one.backend ?? {};
    return to === undefined || to === one.method || to === 'ANY' || kind === 'mock'
      ? undefined
      : say.METHOD_CHANGED(one.about, { api: one.api.name, method: one.method, to });
  },
});

const timeout = apiRule({
  id: 'backend/timeout',
  classic: 'a timeout in milliseconds',
  apig: 'the policy Timeout in whole seconds',
  codes: {
    TIMEOUT_KEPT: exact('The timeout of {key} stays {seconds} s.', { target: 'policy Timeout {seconds} s' }),
    TIMEOUT_ROUNDED: changed(
      'The timeout of {key} is {ms} ms, and becomes {seconds} s: the policy takes whole seconds.',
      { target: 'policy Timeout {seconds} s', affects: ['callers'], who: 'platform' },
    ),
  },
  find: (one, say): Found | undefined => {
    const { timeoutMs: ms, kind } = one.backend ?? {};
    if (ms === undefined || kind === 'mock') return undefined;

    const seconds = timeoutSeconds(ms);
    const key = keyText(one);
    return seconds * 1000 === ms
      ? say.TIMEOUT_KEPT(one.about, { key, seconds })
      : say.TIMEOUT_ROUNDED(one.about, { key, ms, seconds });
  },
});

export const backendRules: readonly HandoverRule[] = [access, http, tls, path, method, timeout];
