import { stringify } from 'yaml';
import type { Json } from '../../ground/json.js';
import type { OptionAdvice } from '../../planner/advice.js';
import type { Needs } from '../../planner/needs/needs.js';

/** Needs to start from, as YAML. */
export function exampleNeedsYaml(example: Needs): string {
  return `# What services need. \`postern advise\` compares the options.\n${stringify(example, { lineWidth: 0 })}`;
}

/**
 * The spec of an option, as YAML; undefined where it has none. `identity`: that of the spec, by which it owns what it
 * creates.
 */
export function optionSpecYaml(
  { title, spec, notInSpec = [] }: Pick<OptionAdvice, 'title' | 'spec'> & Partial<Pick<OptionAdvice, 'notInSpec'>>,
  identity?: string,
): string | undefined {
  if (spec === null || typeof spec !== 'object' || Array.isArray(spec)) return undefined;
  const { version, project, ...rest } = spec as Readonly<Record<string, Json>>;
  const whole = { version, project, ...(identity === undefined ? {} : { spec: identity }), ...rest };
  const unset = notInSpec.length === 0 ? '' : `# Set on the API, and not by this spec: ${notInSpec.join(', ')}.\n`;
  const head = `# ${title}. Replace the names of subnets and load balancers with yours, and set the variables.\n`;
  return head + unset + stringify(whole, { lineWidth: 0, aliasDuplicateObjects: false });
}
