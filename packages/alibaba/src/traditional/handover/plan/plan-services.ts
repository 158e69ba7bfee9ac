import { defined } from '@postern/core/internal/adapter';
import { isAddress } from '@postern/core/internal/cloud';
import { NACOS } from '../../../cloud-native/cloud/sources.js';
import { hostOf } from '../mapping/backend-host.js';
import type { AssessView, Published } from '../assess/view.js';
import { namesFrom } from './fingerprint.js';
import type { PlannedPolicy, PlannedService } from './plan-values.js';

/** The services of a stage, and which of them each API calls. */
export interface PlannedServices {
  readonly services: readonly PlannedService[];
  readonly serviceOf: (one: Published) => string | undefined;
}

/** One service for each backend: an authorization, an address, a function or a registry. */
export function planServices(view: AssessView, published: readonly Published[]): PlannedServices {
  const nameOf = namesFrom();
  const services = new Map<string, PlannedService>();
  for (const one of published) {
    const key = keyOf(one);
    if (key === undefined || services.has(key)) continue;

    const service = serviceFor(view, one);
    if (service !== undefined) services.set(key, { ...service, name: nameOf(service.name) });
  }
  return {
    services: [...services.values()],
    serviceOf: (one) => services.get(keyOf(one) ?? '')?.name,
  };
}

function keyOf({ backend, deployment }: Published): string | undefined {
  if (backend === undefined || backend.kind === 'mock') return undefined;

  const { kind, scheme, accessName = '', address = '', function: fn, discovery } = backend;
  const { server = '', namespace = '', group = '', service = '' } = discovery ?? {};
  const registered = [server, namespace, group, service];
  return [deployment.stage, kind, scheme, accessName, address, fn?.name ?? '', ...registered].join(' ');
}

function serviceFor(view: AssessView, { backend, deployment }: Published): PlannedService | undefined {
  if (backend === undefined) return undefined;

  const https = backend.scheme === 'https';
  const base = { protocol: https ? ('HTTPS' as const) : ('HTTP' as const), healthCheck: { protocol: 'TCP' as const } };
  if (backend.kind === 'vpc') {
    const access = view.access(backend.accessName ?? '');
    if (access?.resolved.is !== 'found') return undefined;

    const { name, instanceId, port, hostName, resolved } = access;
    return {
      ...base,
      name,
      kind: 'VIP',
      addresses: [`${resolved.address}:${port}`],
      from: { access: name, instanceId, at: resolved.at },
      policies: https ? [tlsPolicy(hostName)] : [],
    };
  }
  if (backend.kind === 'http') {
    const host = hostOf(resolvedText(view, deployment.stage, backend.address ?? ''));
    if (host === undefined) return undefined;

    const kind = isAddress(host.name) ? 'VIP' : 'DNS';
    return {
      ...base,
      name: host.name,
      kind,
      addresses: [`${host.name}:${host.port}`],
      policies: https ? [tlsPolicy(kind === 'DNS' ? host.name : undefined)] : [],
    };
  }
  if (backend.kind === 'function') {
    const name = backend.function?.name ?? '';
    return { name, kind: 'FC3', protocol: 'HTTP', addresses: [name], policies: [] };
  }
  if (backend.kind === 'discovery') {
    const { server = '', service = '', namespace = '', group = '' } = backend.discovery ?? {};
    const registered = { service, namespace, group };
    return { name: service || server, kind: NACOS, protocol: 'HTTP', addresses: [server], registered, policies: [] };
  }

  return undefined;
}

/** The keys of the service's own sample. */
const tlsPolicy = (sni: string | undefined): PlannedPolicy => ({
  class: 'ServiceTls',
  settings: { mode: 'SIMPLE', ...defined({ sni }), enable: true },
});

/** A text with the values of stage variables. */
export function resolvedText({ source }: Pick<AssessView, 'source'>, stage: string, text: string): string {
  return text.replace(/#(\w+)#/g, (whole, name: string) => source.variables[stage]?.[name] ?? whole);
}
