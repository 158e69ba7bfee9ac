import type { GatewayKindTraits } from '../../do/kinds/gateway/gateway-traits.js';
import type { RouteSettings } from '../../do/model/route.js';
import type { Problem } from '../problems/problem.js';
import type { KeyPath } from '../source/plain-value.js';

/**
 * Reports settings of a route that its kind of gateway never accepts: one that it does not have, a timeout below the
 * least (the most can be raised), and a path parameter that the route key does not have.
 */
export function checkSettings(
  traits: GatewayKindTraits,
  key: string,
  own: RouteSettings,
  path: KeyPath,
  problems: Problem[],
): void {
  const { settings, title, timeout } = traits;
  for (const setting of Object.keys(own) as (keyof RouteSettings)[]) {
    if (settings.includes(setting)) continue;
    const name = setting === 'timeoutMs' ? 'timeout' : setting;
    const remedy = `Remove ${name}: routes of ${title} do not have it.`;
    problems.push({
      code: 'INVALID_SPEC',
      message: `${title} has no ${name}`,
      remedy,
      path: [...path, name],
      key: true,
    });
  }
  if (own.timeoutMs !== undefined && timeout !== undefined && own.timeoutMs < timeout.leastMs) {
    const message = `${title} accepts no timeout below ${timeout.leastMs} ms`;
    problems.push({
      code: 'INVALID_SPEC',
      message,
      remedy: `Write ${timeout.leastMs}ms or more.`,
      path: [...path, 'timeout'],
    });
  }
  checkPathParameters(traits, key, own, path, problems);
}

/** Where the target sees the path of the route, a parameter of the path is one of its variables. */
function checkPathParameters(
  { sendsOwnPath }: GatewayKindTraits,
  key: string,
  { parameters }: RouteSettings,
  path: KeyPath,
  problems: Problem[],
): void {
  if (parameters === undefined || sendsOwnPath !== true) return;
  const variables = new Set([...key.matchAll(/\{([^{}+]+)\+?\}/g)].map(([, name]) => name));
  for (const part of ['path', 'query', 'header'] as const) {
    for (const [name, source] of Object.entries(parameters[part] ?? {})) {
      const missing = [
        ...(part === 'path' ? [name] : []),
        ...(source.startsWith('path.') ? [source.slice(5)] : []),
      ].find((one) => !variables.has(one));
      if (missing === undefined) continue;
      const message = `the path of the route has no variable {${missing}}`;
      const remedy = `Write {${missing}} in the route key, or remove the parameter.`;
      problems.push({ code: 'INVALID_SPEC', message, remedy, path: [...path, 'parameters', part, name] });
    }
  }
}
