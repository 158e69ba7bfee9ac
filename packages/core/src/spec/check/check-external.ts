import type { LinkSpec } from '../../do/spec.js';
import type { Problem } from '../problems/problem.js';
import type { KeyPath } from '../source/plain-value.js';

/**
 * The keys that an external link may not declare: Postern does not change the link, so the key would have no
 * effect.
 */
export function checkExternal(
  links: Readonly<Record<string, LinkSpec>>,
  pathOf: (name: string) => KeyPath,
  problems: Problem[],
): void {
  for (const [name, { owner, allowlist, protect }] of Object.entries(links)) {
    if (owner !== 'external') continue;
    for (const [key, value] of Object.entries({ allowlist, protect })) {
      if (value === undefined) continue;
      problems.push({
        code: 'INVALID_SPEC',
        message: `link ${name} is external: its ${key} is not changed`,
        remedy: `Remove ${key}, or remove \`owner: external\` to manage the link here.`,
        path: [...pathOf(name), key],
      });
    }
  }
}
