import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const models = path.join(path.dirname(require.resolve('@aws-sdk/client-ec2/package.json')), 'dist-types', 'models');
const declarations = readdirSync(models)
  .filter((name) => /^models_\d+\.d\.ts$/.test(name))
  .map((name) => readFileSync(path.join(models, name), 'utf8'))
  .join('\n');

/** The filters that the SDK documents for an operation of EC2: the bullets above its `Filters` member. */
export function documentedFilters(operation: string): string[] {
  const [, members = ''] = new RegExp(`export interface ${operation}Request \\{([^]*?)\\n\\}`).exec(declarations) ?? [];
  const [, comment = ''] = /\/\*\*((?:(?!\*\/)[^])*)\*\/\s*Filters\?/.exec(members) ?? [];
  return [...comment.matchAll(/<li>\s*\*?\s*<p>\s*\*?\s*<code>([^<]+)<\/code>/g)].map(([, name = '']) => name.trim());
}
