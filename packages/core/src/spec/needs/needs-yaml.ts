import { stringify } from 'yaml';
import type { OptionAdvice } from '../../planner/advice.js';
import { EXAMPLE_NEEDS } from '../../planner/needs/example.js';

/** Needs to start from, as YAML. */
export function exampleNeedsYaml(): string {
  return `# What services need. \`postern advise\` compares the options.\n${stringify(EXAMPLE_NEEDS, { lineWidth: 0 })}`;
}

/** The spec of an option, as YAML; undefined where it has none. */
export function optionSpecYaml({ title, spec }: Pick<OptionAdvice, 'title' | 'spec'>): string | undefined {
  if (spec === null) return undefined;
  const head = `# ${title}. Replace the names of subnets and load balancers with yours, and set the variables.\n`;
  return head + stringify(spec, { lineWidth: 0, aliasDuplicateObjects: false });
}
