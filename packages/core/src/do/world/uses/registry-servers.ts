import type { GatewayUse } from '../../model/gateway.js';
import type { AssumedFacts } from '../../spec.js';
import { readAddress } from '../../../cidr/read-address.js';

/** A host, an address or a name, and its port as far as it is written. */
interface Server {
  readonly host: string;
  readonly port?: number | undefined;
}

/** The default port of Nacos: https://nacos.io/en/docs/deployment/ */
const NACOS = 8848;

/**
 * `10.0.0.5:8848`, `[fd00::5]:2181`, `nacos.internal:8848`, `#host#:8848`; a scheme before it, and a path
 * after it, do not belong to it.
 */
const SERVER = /^(?:[a-z]+:\/\/)?(\[[0-9a-f:.]{2,45}\]|#[^#\s/]{1,128}#|[^\s/?#:[\]]{1,255})(?::(\d{1,5}))?(?:\/.*)?$/i;

/**
 * The uses of a gateway. Each backend behind a registry is replaced by the servers that must be reached:
 * those of the registry itself (`10.0.0.5:8848,10.0.0.6:8848`), and those that it returns, as far as
 * `assume.registries` names them. All keep `registry`, which records why they are called. The servers of a
 * registry without a readable address are unknown.
 */
export function registryUses(
  uses: readonly GatewayUse[],
  registries: AssumedFacts['registries'],
): readonly GatewayUse[] {
  return uses.flatMap((use) => {
    const { registry, host, targetId } = use;
    if (registry === undefined || host !== undefined || targetId !== undefined) return [use];

    const own = serversOf(registry)?.map(({ host: at, port = NACOS }) => ({ host: at, port }));
    if (own === undefined)
      return [{ ...use, unreadable: `the address of its registry, ${registry}, has an undocumented form` }];

    const named = Object.hasOwn(registries ?? {}, registry) ? (registries?.[registry] ?? []) : [];
    const handed = named.flatMap((text) => serversOf(text) ?? []);
    return [...own, ...handed].map((server) => ({ ...use, ...server }));
  });
}

/** Undefined where a part of the text is not a server. */
function serversOf(text: string): readonly Server[] | undefined {
  const servers = text.split(',').map((part) => serverOf(part.trim()));
  return servers.every((one) => one !== undefined) ? servers : undefined;
}

function serverOf(text: string): Server | undefined {
  if (readAddress(text) !== undefined) return { host: text };

  const [, host, port] = SERVER.exec(text) ?? [];
  if (host === undefined) return undefined;

  const bare = host.startsWith('#') ? host : host.replace(/^\[|\]$/g, '').toLowerCase();
  return port === undefined ? { host: bare } : { host: bare, port: Number(port) };
}
