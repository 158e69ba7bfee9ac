import { isPosternError } from '@postern/core/adapter';
import { loadPackage } from '../client/credentials.js';
import { jsonIn } from '../client/plain.js';

/** A plug-in's body, parsed; or why it cannot be. */
export type PluginBody = { readonly body: unknown } | { readonly unreadable: string };

/**
 * Reads bodies, which are YAML or JSON. JSON is a part of YAML but for tabs, so it is tried first. Both are
 * bounded before anything parses them: the parser of YAML aborts the process on deep nesting.
 */
export async function pluginBodyReader(): Promise<(text: string) => PluginBody> {
  const [{ parse }, { scanText }] = await Promise.all([
    loadPackage('yaml', () => import('yaml')),
    import('@postern/core/spec'),
  ]);
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
