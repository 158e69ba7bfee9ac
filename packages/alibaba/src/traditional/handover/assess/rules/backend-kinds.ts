import type { SourceBackend } from '../../source/source-api.js';
import type { Actor } from '../assessment.js';
import { say, type HandoverRule } from '../rule.js';
import type { Published } from '../view.js';

const mock: HandoverRule = {
  id: 'backend/mock',
  classic: 'a MOCK backend',
  apig: 'a route with the scene Mock: a status and a body, and no headers of its own',
  codes: { MOCK_KEPT: 'changed' },
  *find(view) {
    for (const one of view.published) {
      const { mock: answer, kind } = one.backend ?? {};
      if (kind !== 'mock') continue;
      yield say.changed('MOCK_KEPT', one.about, {
        target: `scene Mock, status ${answer?.status ?? 200}`,
        affects: ['callers'],
        who: 'callers',
        // Envoy's own answers have this type [I]: https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/local_reply
        message: `${one.api.name} answers ${answer?.status ?? 200} by itself, and so does the route: with the same body, the content type text/plain, and no other header.`,
      });
    }
  },
};

interface KindText {
  readonly code: string;
  readonly verdict: 'changed' | 'blocked';
  readonly target?: string | undefined;
  readonly who: Actor;
  readonly text: string;
  readonly remedy?: string | undefined;
}

/** A rule for backends of one kind. */
const ofKind = (
  kind: SourceBackend['kind'],
  row: Pick<HandoverRule, 'id' | 'classic' | 'apig' | 'codes'>,
  of: (backend: SourceBackend) => KindText,
): HandoverRule => ({
  ...row,
  *find(view) {
    for (const one of view.published) {
      if (one.backend?.kind !== kind) continue;
      const { code, verdict, target, who, text, remedy } = of(one.backend);
      yield say[verdict](code, one.about, {
        target,
        who,
        remedy,
        affects: ['backend'],
        // A route without a backend would serve nothing.
        ...(verdict === 'blocked' ? { waivable: false as const } : {}),
        message: `${one.api.name} ${text}`,
      });
    }
  },
});

const functions = ofKind(
  'function',
  {
    id: 'backend/function',
    classic: 'a function of Function Compute',
    apig: 'a service of type FC3; Function Compute 2.0 is not supported',
    codes: { FUNCTION_V3: 'changed', FUNCTION_V2: 'blocked' },
  },
  ({ function: one }) =>
    /_V3$/i.test(one?.type ?? '')
      ? {
          code: 'FUNCTION_V3',
          verdict: 'changed',
          target: `service FC3 ${one?.name ?? ''}`,
          who: 'platform',
          text: `calls the function ${one?.name ?? ''} of Function Compute 3.0. The target calls it with a service role of its own.`,
          remedy:
            'Create the service role of the target for Function Compute, and compare the event that the function gets.',
        }
      : {
          code: 'FUNCTION_V2',
          verdict: 'blocked',
          who: 'backend',
          text: `calls the function ${one?.service ?? ''}/${one?.name ?? ''} of Function Compute 2.0, which APIG does not call.`,
          remedy: 'Move the function to Function Compute 3.0, and publish the API with it.',
        },
);

const discovery = ofKind(
  'discovery',
  {
    id: 'backend/discovery',
    classic: 'a registry: Nacos or ZooKeeper',
    apig: 'a source MSE_NACOS, for registries of Microservices Engine only',
    codes: { NACOS_MANAGED: 'changed', REGISTRY_UNSUPPORTED: 'blocked' },
  },
  ({ discovery: one }) =>
    one?.registry === 'nacos' && one.managed
      ? {
          code: 'NACOS_MANAGED',
          verdict: 'changed',
          target: `source MSE_NACOS ${one.server}`,
          who: 'platform',
          text: `finds its backend in the Nacos registry ${one.server}. The target needs a source with this address. A run creates the service ${one.service} there, and leaves it.`,
          remedy: `Add the MSE Nacos instance ${one.server} to the target gateway: Service > Source > Create Source in the console.`,
        }
      : {
          code: 'REGISTRY_UNSUPPORTED',
          verdict: 'blocked',
          who: 'backend',
          text: `finds its backend in ${one?.server ?? 'a registry'} (${one?.registry ?? 'other'}). APIG reads registries of Microservices Engine only.`,
          remedy: 'Publish the API with the address of a load balancer before the instances.',
        },
);

const oss = ofKind(
  'oss',
  {
    id: 'backend/oss',
    classic: 'a bucket of Object Storage Service',
    apig: "a service of type DNS with the bucket's domain, and a rewrite; no signature towards the bucket",
    codes: { OSS_BACKEND: 'blocked' },
  },
  () => ({
    code: 'OSS_BACKEND',
    verdict: 'blocked',
    who: 'backend',
    text: 'reads a bucket of Object Storage Service. APIG has no backend of this kind: no signature is added towards the bucket.',
    remedy: 'Publish the API with the domain of a public bucket, or let callers use signed URLs.',
  }),
);

const events = ofKind(
  'event-bridge',
  { id: 'backend/event-bridge', classic: 'EventBridge', apig: 'none', codes: { EVENT_BRIDGE: 'blocked' } },
  () => ({
    code: 'EVENT_BRIDGE',
    verdict: 'blocked',
    who: 'backend',
    text: 'sends its calls to EventBridge. APIG has no backend of this kind [I].',
    remedy: 'Put a function of Function Compute 3.0 between them.',
  }),
);

const unread: HandoverRule = {
  id: 'backend/unread',
  classic: 'a backend that could not be read',
  apig: 'undecided',
  codes: { BACKEND_UNREAD: 'unknown', NAMED_BACKEND_ABSENT: 'blocked' },
  *find(view) {
    for (const one of view.published) {
      const { backend: named } = one.deployment;
      if (one.backend !== undefined && one.backend.kind !== 'unknown') continue;
      yield one.backend === undefined && view.gap('backends') === undefined
        ? say.blocked('NAMED_BACKEND_ABSENT', one.about, {
            affects: ['callers'],
            who: 'platform',
            waivable: false,
            message: `${one.api.name} names the backend ${named.namedBackend ?? ''}, which does not exist on stage ${one.deployment.stage}.`,
            remedy: 'Define the backend for this stage, and publish the API.',
          })
        : say.unknown('BACKEND_UNREAD', one.about, {
            who: 'platform',
            waivable: false,
            message: `The backend of ${one.api.name} is not known: ${whyUnread(view.gap('backends')?.message, one)}.`,
            remedy:
              view.gap('backends') === undefined
                ? 'Give it a backend in a VPC or with an address, or unpublish it, and assess again.'
                : 'Allow `postern` to read backends, and assess again.',
          });
    }
  },
};

const whyUnread = (gap: string | undefined, { deployment }: Published): string =>
  gap ?? `its kind was not recognized (stage ${deployment.stage})`;

export const backendKindRules: readonly HandoverRule[] = [mock, functions, discovery, oss, events, unread];
