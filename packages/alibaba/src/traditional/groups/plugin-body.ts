import { jsonIn, isPosternError } from '@postern/core/internal/adapter';
import { type EndpointInText, endpointInText, addressesInText } from './text-endpoints.js';

/** A plug-in's body, parsed; or why it cannot be. */
export type PluginBody = { readonly body: unknown } | { readonly unreadable: string };

/**
 * Reads bodies, which are YAML or JSON. JSON is a part of YAML but for tabs, so it is tried first. Both are
 * bounded before anything parses them: the parser of YAML aborts the process on deep nesting.
 */
export async function pluginBodyReader(): Promise<(text: string) => PluginBody> {
  const [{ parse }, { scanText }] = await Promise.all([import('yaml'), import('@postern/core/internal/spec')]);
  return (text) => {
    try {
      const clean = scanText(text);
      return objectIn(jsonIn(clean) ?? parse(clean, { maxAliasCount: 100, uniqueKeys: false, logLevel: 'error' }));
    } catch (error) {
      const tooLarge = isPosternError(error, 'INPUT_TOO_LARGE');
      return { unreadable: tooLarge ? `its body is too large: ${error.message}` : 'its body is neither YAML nor JSON' };
    }
  };
}

/** Plain JSON, so that shared parts of the text (aliases) and dates do not travel on. */
function objectIn(body: unknown): PluginBody {
  if (typeof body !== 'object' || body === null) return { unreadable: 'its body is neither YAML nor JSON' };

  return { body: JSON.parse(JSON.stringify(body)) };
}

/** What a body refers to, at any place in it: routing, remote authorization, keys. */
export function references(body: unknown): {
  readonly vpcAccessNames: readonly string[];
  readonly addresses: readonly string[];
  readonly endpoints: readonly EndpointInText[];
  readonly mentioned: readonly string[];
} {
  const names = new Set<string>();
  const mentioned = new Set<string>();
  const endpoints = new Map<string, EndpointInText>();
  const walk = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      if (/^vpcAccessName$/i.test(key)) names.add(value);
      const endpoint = endpointInText(value.trim());
      if (endpoint !== undefined) endpoints.set(JSON.stringify(endpoint), endpoint);
      // A condition selects callers. Its addresses are not called.
      else if (!/^condition$/i.test(key)) for (const address of addressesInText(value)) mentioned.add(address);
    } else if (Array.isArray(value)) for (const item of value) walk(item, key);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, item] of Object.entries(value)) {
        for (const address of addressesInText(name)) mentioned.add(address);
        walk(item, name);
      }
    }
  };
  walk(body, '');
  const found = [...endpoints.values()];
  // A bare address may be any value. It is a backend only in plug-ins that make calls.
  const hosts = new Set(found.flatMap(({ host, scheme }) => (scheme === undefined ? [] : (host ?? []))));
  const called = new Set(found.map(({ host }) => host));
  return {
    vpcAccessNames: [...names],
    addresses: [...hosts],
    endpoints: found,
    mentioned: [...mentioned].filter((address) => !called.has(address)),
  };
}
