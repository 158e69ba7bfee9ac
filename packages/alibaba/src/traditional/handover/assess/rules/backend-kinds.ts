import type { SourceBackend } from '../../source/source-api.js';
import { apiRule, blocked, changed, unknown, type Found, type HandoverRule } from '../rule.js';
import type { Published } from '../view.js';

const mock = apiRule({
  id: 'backend/mock',
  classic: 'a MOCK backend',
  apig: 'a route with the scene Mock: a status and a body, and no headers of its own',
  codes: {
    MOCK_KEPT: changed(
      // Envoy's own answers have this type [I]: https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/local_reply
      '{api} answers {status} by itself, and so does the route: with the same body, the content type text/plain, and no other header.',
      { target: 'scene Mock, status {status}', affects: ['callers'], who: 'callers' },
    ),
  },
  find: ({ api: { name: api }, backend, about }, say) =>
    backend?.kind === 'mock' ? say.MOCK_KEPT(about, { api, status: backend.mock?.status ?? 200 }) : undefined,
});

/** What an API calls, where it is of one kind. */
const ofKind = (kind: SourceBackend['kind'], { backend }: Published): SourceBackend | undefined =>
  backend?.kind === kind ? backend : undefined;

const functions = apiRule({
  id: 'backend/function',
  classic: 'a function of Function Compute',
  apig: 'a service of type FC3; Function Compute 2.0 is not supported',
  codes: {
    FUNCTION_V3: changed(
      '{api} calls the function {name|} of Function Compute 3.0. The target calls it with a service role of its own.',
      {
        target: 'service FC3 {name|}',
        affects: ['backend'],
        who: 'platform',
        remedy:
          'Create the service role of the target for Function Compute, and compare the event that the function gets.',
      },
    ),
    FUNCTION_V2: blocked(
      '{api} calls the function {service|}/{name|} of Function Compute 2.0, which APIG does not call.',
      {
        affects: ['backend'],
        who: 'backend',
        waivable: false,
        remedy: 'Move the function to Function Compute 3.0, and publish the API with it.',
      },
    ),
  },
  find: (one, say): Found | undefined => {
    const backend = ofKind('function', one);
    if (backend === undefined) return undefined;

    const { type = '', name, service } = backend.function ?? {};
    const api = one.api.name;
    return /_V3$/i.test(type)
      ? say.FUNCTION_V3(one.about, { api, name })
      : say.FUNCTION_V2(one.about, { api, name, service });
  },
});

const discovery = apiRule({
  id: 'backend/discovery',
  classic: 'a registry: Nacos or ZooKeeper',
  apig: 'a source MSE_NACOS, for registries of Microservices Engine only',
  codes: {
    NACOS_MANAGED: changed(
      '{api} finds its backend in the Nacos registry {server}. The target needs a source with this address. A run creates the service {service} there, and leaves it.',
      {
        target: 'source MSE_NACOS {server}',
        affects: ['backend'],
        who: 'platform',
        remedy:
          'Add the MSE Nacos instance {server} to the target gateway: Service > Source > Create Source in the console.',
      },
    ),
    REGISTRY_UNSUPPORTED: blocked(
      '{api} finds its backend in {server|a registry} ({registry|other}). APIG reads registries of Microservices Engine only.',
      {
        affects: ['backend'],
        who: 'backend',
        waivable: false,
        remedy: 'Publish the API with the address of a load balancer before the instances.',
      },
    ),
  },
  find: (one, say): Found | undefined => {
    const backend = ofKind('discovery', one);
    if (backend === undefined) return undefined;

    const { discovery: found } = backend;
    const api = one.api.name;
    return found?.registry === 'nacos' && found.managed
      ? say.NACOS_MANAGED(one.about, { api, server: found.server, service: found.service })
      : say.REGISTRY_UNSUPPORTED(one.about, { api, server: found?.server, registry: found?.registry });
  },
});

const oss = apiRule({
  id: 'backend/oss',
  classic: 'a bucket of Object Storage Service',
  apig: "a service of type DNS with the bucket's domain, and a rewrite; no signature towards the bucket",
  codes: {
    OSS_BACKEND: blocked(
      '{api} reads a bucket of Object Storage Service. APIG has no backend of this kind: no signature is added towards the bucket.',
      {
        affects: ['backend'],
        who: 'backend',
        // A route without a backend would serve nothing.
        waivable: false,
        remedy: 'Publish the API with the domain of a public bucket, or let callers use signed URLs.',
      },
    ),
  },
  find: (one, say) =>
    ofKind('oss', one) === undefined ? undefined : say.OSS_BACKEND(one.about, { api: one.api.name }),
});

const events = apiRule({
  id: 'backend/event-bridge',
  classic: 'EventBridge',
  apig: 'none',
  codes: {
    EVENT_BRIDGE: blocked('{api} sends its calls to EventBridge. APIG has no backend of this kind [I].', {
      affects: ['backend'],
      who: 'backend',
      waivable: false,
      remedy: 'Put a function of Function Compute 3.0 between them.',
    }),
  },
  find: (one, say) =>
    ofKind('event-bridge', one) === undefined ? undefined : say.EVENT_BRIDGE(one.about, { api: one.api.name }),
});

const unread = apiRule({
  id: 'backend/unread',
  classic: 'a backend that could not be read',
  apig: 'undecided',
  codes: {
    BACKEND_UNREAD: unknown(
      'The backend of {api} is not known: {why|its kind was not recognized}[if isRead:  (stage {stage})].',
      {
        who: 'platform',
        waivable: false,
        remedy:
          '[if isRead: Give it a backend in a VPC or with an address, or unpublish it, and assess again.|Allow `postern` to read backends, and assess again.]',
      },
    ),
    NAMED_BACKEND_ABSENT: blocked('{api} names the backend {backend|}, which does not exist on stage {stage}.', {
      affects: ['callers'],
      who: 'platform',
      waivable: false,
      remedy: 'Define the backend for this stage, and publish the API.',
    }),
  },
  find: ({ api: { name: api }, backend, deployment, about }, say, view) => {
    if (backend !== undefined && backend.kind !== 'unknown') return undefined;

    const { stage } = deployment;
    const gap = view.gap('backends');
    const isRead = gap === undefined;
    return backend === undefined && isRead
      ? say.NAMED_BACKEND_ABSENT(about, { api, backend: deployment.backend.namedBackend, stage })
      : say.BACKEND_UNREAD(about, { api, why: gap?.message, isRead, stage });
  },
});

export const backendKindRules: readonly HandoverRule[] = [mock, functions, discovery, oss, events, unread];
