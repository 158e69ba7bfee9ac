import { isAddress } from '@postern/core/cloud';
import { timeoutSeconds } from '../../mapping/route-match.js';
import { grouped } from '../../mapping/overlaps.js';
import { hostOf, isPrivateName } from '../../mapping/backend-host.js';
import type { About } from '../assessment.js';
import { say, type HandoverRule } from '../rule.js';
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

const access: HandoverRule = {
  id: 'backend/vpc-access',
  classic: 'a VPC access authorization: ECS, CLB or an address, with a port',
  apig: 'a service with a fixed address (VIP), resolved when the plan is made',
  codes: {
    BACKEND_RESOLVED: 'exact',
    ACCESS_ABSENT: 'blocked',
    BACKEND_ABSENT: 'blocked',
    BACKEND_NOT_READ: 'unknown',
  },
  *find(view) {
    for (const { key, about } of eachBackend(view, ({ backend }) =>
      backend?.kind === 'vpc' ? (backend.accessName ?? '') : undefined,
    )) {
      const found = view.access(key);
      if (found === undefined) {
        const gap = view.gap('accesses');
        yield gap === undefined
          ? say.blocked('ACCESS_ABSENT', about, {
              affects: ['callers'],
              who: 'platform',
              waivable: false,
              message: `The VPC access authorization ${key} does not exist.`,
              remedy: 'Create the authorization and publish its APIs again, or publish them with another backend.',
            })
          : say.unknown('BACKEND_NOT_READ', about, {
              who: 'platform',
              waivable: false,
              message: `The VPC access authorization ${key} was not read: ${gap.message}.`,
              remedy: 'Allow `postern` to read the authorizations, and assess again.',
            });
        continue;
      }
      const { instanceId, port, resolved } = found;
      if (resolved.is === 'found') {
        yield say.exact('BACKEND_RESOLVED', about, {
          target: `service VIP ${resolved.address}:${port}`,
          message: `${key} leads to ${instanceId}, which has the address ${resolved.address} as of ${resolved.at}. The service keeps this address: after a change of it, update the service.`,
        });
      } else if (resolved.is === 'absent') {
        yield say.blocked('BACKEND_ABSENT', about, {
          affects: ['callers'],
          who: 'backend',
          waivable: false,
          message: `${key} leads to ${instanceId}, which does not exist as of ${resolved.at}.`,
          remedy: 'Point the authorization to a server or load balancer that exists, or take its APIs offline.',
        });
      } else {
        yield say.unknown('BACKEND_NOT_READ', about, {
          who: 'platform',
          waivable: false,
          message: `The address of ${instanceId} behind ${key} is not known: ${resolved.why}.`,
          remedy: 'Allow `postern` to read servers and load balancers, and assess again.',
        });
      }
    }
  },
};

const http: HandoverRule = {
  id: 'backend/http',
  classic: 'an HTTP backend: a domain name or an address',
  apig: 'a service that is resolved by name (DNS), or with a fixed address (VIP)',
  codes: { HTTP_BACKEND: 'exact', PRIVATE_NAME: 'changed', ADDRESS_MISSING: 'unknown' },
  *find(view) {
    for (const { key, about } of eachBackend(view, ({ backend }) =>
      backend?.kind === 'http' ? (backend.address ?? '') : undefined,
    )) {
      const host = hostOf(key);
      if (key.includes('#')) continue; // a stage variable: stage/variables judges it
      if (host === undefined) {
        yield say.unknown('ADDRESS_MISSING', about, {
          who: 'platform',
          waivable: false,
          message: `The address of an HTTP backend cannot be read as a URL: ${key || 'it is empty'}.`,
          remedy: 'Publish the API with a backend such as https://orders.example.com.',
        });
      } else if (!isAddress(host.name) && isPrivateName(host.name)) {
        yield say.changed('PRIVATE_NAME', about, {
          target: `service DNS ${host.name}:${host.port}`,
          affects: ['backend'],
          who: 'network',
          message: `${host.name} looks like a private name. The target resolves it only if the resolver of its VPC does; private domains of the classic instance are not used.`,
          remedy: 'Add the name to a private zone that is bound to the VPC of the target gateway.',
        });
      } else {
        yield say.exact('HTTP_BACKEND', about, {
          target: `service ${isAddress(host.name) ? 'VIP' : 'DNS'} ${host.name}:${host.port}`,
          message: `${key} becomes a service with the same host and port.`,
        });
      }
    }
  },
};

const tls: HandoverRule = {
  id: 'backend/tls',
  classic: '`VpcScheme` HTTPS or `VpcTargetHostName`; an HTTPS backend',
  apig: 'the policy ServiceTls with mode and server name; HttpRewrite of the host',
  codes: { BACKEND_TLS: 'changed', BACKEND_HOST: 'changed' },
  *find(view) {
    for (const { key, apis, about } of eachBackend(view, ({ backend }) => backend?.accessName ?? backend?.address)) {
      const { backend } = apis[0] as Published;
      const name = backend?.kind === 'vpc' ? view.access(key)?.hostName : undefined;
      if (backend?.scheme === 'https') {
        yield say.changed('BACKEND_TLS', about, {
          target: `policy ServiceTls SIMPLE${name === undefined ? '' : `, server name ${name}`}`,
          affects: ['backend'],
          who: 'backend',
          message: `Calls to ${key} use TLS. The target needs the policy ServiceTls${name === undefined ? '; no server name is set, so the host of the call is used [I]' : ` with the server name ${name}, and HttpRewrite sets the same Host`}.`,
          remedy: 'Check that the certificate of the backend has this name.',
        });
      } else if (name !== undefined) {
        yield say.changed('BACKEND_HOST', about, {
          target: `policy HttpRewrite, host ${name}`,
          affects: ['backend'],
          who: 'platform',
          message: `The backend gets the Host ${name} now. Without the policy HttpRewrite it would get the Host of the caller [I].`,
        });
      }
    }
  },
};

const path: HandoverRule = {
  id: 'backend/path',
  classic: 'a backend path that differs from the request path',
  apig: 'the policy HttpRewrite',
  codes: { PATH_REWRITTEN: 'changed' },
  *find(view) {
    for (const one of view.published) {
      const to = one.backend?.path;
      if (to === undefined || to === one.path || one.backend?.kind === 'mock') continue;
      yield say.changed('PATH_REWRITTEN', one.about, {
        target: `policy HttpRewrite ${one.path} → ${to}`,
        affects: ['backend'],
        who: 'platform',
        message: `The backend of ${one.api.name} gets ${to} for ${one.path}. The policy HttpRewrite does the same.`,
        remedy: 'Compare what the backend gets while the hand-over is proven.',
      });
    }
  },
};

const method: HandoverRule = {
  id: 'backend/method',
  classic: 'a backend method that differs from the request method',
  apig: 'none',
  codes: { METHOD_CHANGED: 'blocked' },
  *find(view) {
    for (const one of view.published) {
      const to = one.backend?.method;
      if (to === undefined || to === one.method || to === 'ANY' || one.backend?.kind === 'mock') continue;
      yield say.blocked('METHOD_CHANGED', one.about, {
        affects: ['backend'],
        who: 'backend',
        message: `${one.api.name} is called with ${one.method}, and calls its backend with ${to}. No policy of APIG changes the method [I].`,
        remedy: `Make the backend accept ${one.method}, and publish the API with it.`,
      });
    }
  },
};

const timeout: HandoverRule = {
  id: 'backend/timeout',
  classic: 'a timeout in milliseconds',
  apig: 'the policy Timeout in whole seconds',
  codes: { TIMEOUT_KEPT: 'exact', TIMEOUT_ROUNDED: 'changed' },
  *find(view) {
    for (const one of view.published) {
      const ms = one.backend?.timeoutMs;
      if (ms === undefined || one.backend?.kind === 'mock') continue;
      const seconds = timeoutSeconds(ms);
      const target = `policy Timeout ${seconds} s`;
      yield seconds * 1000 === ms
        ? say.exact('TIMEOUT_KEPT', one.about, {
            target,
            message: `The timeout of ${keyText(one)} stays ${seconds} s.`,
          })
        : say.changed('TIMEOUT_ROUNDED', one.about, {
            target,
            affects: ['callers'],
            who: 'platform',
            message: `The timeout of ${keyText(one)} is ${ms} ms, and becomes ${seconds} s: the policy takes whole seconds.`,
          });
    }
  },
};

export const backendRules: readonly HandoverRule[] = [access, http, tls, path, method, timeout];
